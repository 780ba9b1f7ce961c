//! A JSON document as a tree in which numbers stay as they were written: a binary fraction would not give `0.1` back.
//!
//! RFC 8259, strictly; no key twice, no nesting beyond [`MAX_DEPTH`], no object beyond [`MAX_FIELDS`].
//!
//! A hundred lines of our own rather than serde_json, whose reader is 9 of the 160 kilobytes of the page (brotli, measured) and
//! reads numbers as binary fractions. It is held against serde_json in `tests/json.rs`.

use crate::plan::joined;

/// How deeply lists and objects may stand in each other.
const MAX_DEPTH: usize = 32;
/// How many fields an object may have: far more than any of ours. Each name is compared with all before it.
const MAX_FIELDS: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// A list, of which no part has a name.
    List(Vec<(String, Json)>),
    /// Names and values, in the order of the document.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a field; nothing when there is none.
    pub fn field(&self, name: &str) -> &Json {
        let Self::Object(fields) = self else { return &Self::Null };
        fields.iter().find(|(known, _)| known == name).map_or(&Self::Null, |(_, value)| value)
    }

    /// Whether it is nothing.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The parts of a list; none of anything else.
    pub fn items(&self) -> &[(String, Json)] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number, if it is one that is not negative and has no fraction or exponent.
    pub fn as_whole(&self) -> Option<u64> {
        if let Self::Number(digits) = self { digits.parse().ok() } else { None }
    }
}

/// Reads a document.
///
/// # Errors
/// Says what is wrong and on which line.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0, wrong: None };
    let value = reader.value(0);
    reader.skip_space();
    if reader.at < reader.text.len() {
        reader.fail("something stands after its end");
    }
    let Some((wrong, at)) = reader.wrong else { return Ok(value) };
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    Err(joined(&[wrong, ", on line ", &line.to_string()], ""))
}

/// Reads on over whatever is wrong: from there on the document has its end.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// What is wrong first, and where.
    wrong: Option<(&'static str, usize)>,
}

impl Reader<'_> {
    fn fail(&mut self, wrong: &'static str) {
        self.wrong.get_or_insert((wrong, self.at));
        self.text = "";
    }

    fn peek(&self) -> u8 {
        // No document has a zero byte where one is looked at: the end reads as one.
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n') {
            self.at += 1;
        }
    }

    /// Steps over `wanted`, and the space before it.
    fn step_over(&mut self, wanted: u8) -> bool {
        self.skip_space();
        let is_there = self.peek() == wanted;
        self.at += usize::from(is_there);
        is_there
    }

    /// What stands between two places.
    fn from(&self, start: usize) -> &str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn value(&mut self, depth: usize) -> Json {
        if depth > MAX_DEPTH {
            self.fail("lists and objects stand too deeply in each other");
        }
        self.skip_space();
        match self.peek() {
            b'{' => Json::Object(self.parts(depth, b'}', "an object is not closed")),
            b'[' => Json::List(self.parts(depth, b']', "a list is not closed")),
            b'"' => Json::Text(self.string()),
            b'-' | b'0'..=b'9' => Json::Number(self.number()),
            b'n' => self.word("null", Json::Null),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            _ => {
                self.fail("a value is missing");
                Json::Null
            }
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Json {
        let start = self.at;
        self.at += word.len();
        if self.from(start) != word {
            self.at = start;
            self.fail("a value is missing");
        }
        value
    }

    /// The parts of a list or an object; those of an object have names.
    fn parts(&mut self, depth: usize, end: u8, is_open: &'static str) -> Vec<(String, Json)> {
        self.at += 1;
        let mut parts = Vec::new();
        if self.step_over(end) {
            return parts;
        }
        loop {
            let mut name = String::new();
            if end == b'}' {
                name = self.name();
                if parts.len() == MAX_FIELDS {
                    self.fail("an object has more than 64 fields");
                    return parts;
                }
                if parts.iter().any(|(known, _)| *known == name) {
                    self.fail("a name stands twice in one object");
                }
                if !self.step_over(b':') {
                    self.fail("a colon is missing");
                }
            }
            parts.push((name, self.value(depth + 1)));
            if self.step_over(end) {
                return parts;
            }
            if !self.step_over(b',') {
                self.fail(is_open);
                return parts;
            }
        }
    }

    fn name(&mut self) -> String {
        self.skip_space();
        if self.peek() != b'"' {
            self.fail("a name in quotation marks is missing");
        }
        self.string()
    }

    fn digits(&mut self) {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == start {
            self.fail("a number is not finished");
        }
    }

    fn number(&mut self) -> String {
        let start = self.at;
        self.at += usize::from(self.peek() == b'-');
        let has_leading_zero = self.peek() == b'0';
        let whole = self.at;
        self.digits();
        if has_leading_zero && self.at > whole + 1 {
            self.fail("a number begins with a zero");
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits();
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits();
        }
        self.from(start).to_owned()
    }

    fn string(&mut self) -> String {
        let mut string = String::new();
        loop {
            self.at += 1;
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            string += self.from(start);
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return string;
                }
                b'\\' => string.push(self.escape()),
                _ => {
                    self.fail("a text is not closed");
                    return string;
                }
            }
        }
    }

    /// The character of an escape; ends on the last of its own.
    fn escape(&mut self) -> char {
        self.at += 1;
        match self.peek() {
            letter @ (b'"' | b'\\' | b'/') => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.code_point().unwrap_or_else(|| {
                self.fail("an escape in a text is no character");
                '?'
            }),
            _ => {
                self.fail("an escape in a text is unknown");
                '?'
            }
        }
    }

    /// `u` and four digits, or two of them for a character beyond the first plane.
    fn code_point(&mut self) -> Option<char> {
        let mut unit = self.unit()?;
        if (0xd800..0xdc00).contains(&unit) {
            self.at += 2;
            if self.text.as_bytes().get(self.at - 1..=self.at) != Some(b"\\u") {
                return None;
            }
            let second = self.unit()?;
            if !(0xdc00..0xe000).contains(&second) {
                return None;
            }
            unit = 0x1_0000 + ((unit - 0xd800) << 10) + (second - 0xdc00);
        }
        char::from_u32(unit)
    }

    /// Four digits after this place, to the last of them.
    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            self.at += 1;
            unit = unit << 4 | char::from(self.peek()).to_digit(16)?;
        }
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    fn list(items: [Json; 3]) -> Json {
        Json::List(items.map(|item| (String::new(), item)).into())
    }

    #[test]
    fn documents_are_read() {
        assert_eq!(parse(" [ ] "), Ok(Json::List(vec![])));
        assert_eq!(parse("{\"a\":[1.50,-0,2e+9],\"b\":null}").map(|json| json.field("a").clone()), {
            Ok(list(["1.50", "-0", "2e+9"].map(|digits| Json::Number(digits.to_owned()))))
        });
        assert_eq!(parse(r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#), Ok(text("\"\\/\u{8}\u{c}\n\r\té😀é")));
        assert_eq!(parse("[true,false,null]"), Ok(list([Json::Bool(true), Json::Bool(false), Json::Null])));
    }

    #[test]
    fn what_is_no_document_says_where() {
        for (document, wrong) in [
            ("", "a value is missing, on line 1"),
            ("{\n\"a\":1\n", "an object is not closed, on line 3"),
            ("[1,\n2", "a list is not closed, on line 2"),
            ("[1,]", "a value is missing, on line 1"),
            ("{\"a\":1,\"a\":2}", "a name stands twice in one object, on line 1"),
            ("{a:1}", "a name in quotation marks is missing, on line 1"),
            ("{\"a\" 1}", "a colon is missing, on line 1"),
            ("\"abc", "a text is not closed, on line 1"),
            ("\"a\nb\"", "a text is not closed, on line 1"),
            ("\"\\x\"", "an escape in a text is unknown, on line 1"),
            ("\"\\ud800\"", "an escape in a text is no character, on line 1"),
            ("\"\\ud800\\u0041\"", "an escape in a text is no character, on line 1"),
            ("01", "a number begins with a zero, on line 1"),
            ("1.", "a number is not finished, on line 1"),
            ("1 2", "something stands after its end, on line 1"),
        ] {
            assert_eq!(parse(document), Err(wrong.to_owned()), "{document}");
        }
    }

    #[test]
    fn objects_have_an_end() {
        let object = |fields: usize| {
            let fields: Vec<String> = (0..fields).map(|number| format!("\"{number}\":0")).collect();
            format!("{{{}}}", fields.join(","))
        };
        assert!(parse(&object(MAX_FIELDS)).is_ok());
        assert_eq!(parse(&object(100_000)), Err("an object has more than 64 fields, on line 1".to_owned()));
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert!(parse(&nested(1_000_000)).is_err());
    }
}
