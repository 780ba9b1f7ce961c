//! A JSON document as a tree in which numbers stay as they were written: a binary fraction would not give `0.1` back.
//!
//! RFC 8259, strictly; no key twice, no nesting beyond [`MAX_DEPTH`], no object beyond [`MAX_FIELDS`].
//!
//! A hundred lines of our own rather than serde_json, whose reader is 9 of the 160 kilobytes of the page (brotli, measured) and
//! reads numbers as binary fractions. It is held against serde_json in `tests/json.rs`.

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
    /// A list.
    List(Vec<Json>),
    /// Names and values, in the order of the document.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value of a field; nothing when there is none.
    pub fn field(&self, name: &str) -> &Json {
        let Self::Object(fields) = self else { return &Self::Null };
        fields.iter().find(|(known, _)| known == name).map_or(&Self::Null, |(_, value)| value)
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
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).and_then(|value| {
        reader.skip_space();
        if reader.at == text.len() { Ok(value) } else { Err("something stands after its end") }
    });
    value.map_err(|wrong| {
        let before = text.get(..reader.at).unwrap_or(text);
        format!("{wrong}, on line {}", before.bytes().filter(|&byte| byte == b'\n').count() + 1)
    })
}

type Read<T> = Result<T, &'static str>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
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

    fn value(&mut self, depth: usize) -> Read<Json> {
        if depth > MAX_DEPTH {
            return Err("lists and objects stand too deeply in each other");
        }
        self.skip_space();
        match self.peek() {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::Text),
            b'-' | b'0'..=b'9' => self.number(),
            _ => {
                for (word, value) in [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))] {
                    if self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err("a value is missing")
            }
        }
    }

    fn list(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        let mut list = Vec::new();
        if self.step_over(b']') {
            return Ok(Json::List(list));
        }
        loop {
            list.push(self.value(depth + 1)?);
            if self.step_over(b']') {
                return Ok(Json::List(list));
            }
            if !self.step_over(b',') {
                return Err("a list is not closed");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        let mut fields: Vec<(String, Json)> = Vec::new();
        if self.step_over(b'}') {
            return Ok(Json::Object(fields));
        }
        loop {
            self.skip_space();
            if self.peek() != b'"' {
                return Err("a name in quotation marks is missing");
            }
            let name = self.string()?;
            if fields.len() == MAX_FIELDS {
                return Err("an object has more than 64 fields");
            }
            if fields.iter().any(|(known, _)| *known == name) {
                return Err("a name stands twice in one object");
            }
            if !self.step_over(b':') {
                return Err("a colon is missing");
            }
            fields.push((name, self.value(depth + 1)?));
            if self.step_over(b'}') {
                return Ok(Json::Object(fields));
            }
            if !self.step_over(b',') {
                return Err("an object is not closed");
            }
        }
    }

    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err("a number is not finished") }
    }

    fn number(&mut self) -> Read<Json> {
        let start = self.at;
        self.at += usize::from(self.peek() == b'-');
        let has_leading_zero = self.peek() == b'0';
        let whole = self.at;
        self.digits()?;
        if has_leading_zero && self.at > whole + 1 {
            return Err("a number begins with a zero");
        }
        if self.peek() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(Json::Number(self.text.get(start..self.at).unwrap_or_default().to_owned()))
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut string = String::new();
        loop {
            let start = self.at;
            while !matches!(self.peek(), b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            string.push_str(self.text.get(start..self.at).unwrap_or_default());
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return Ok(string);
                }
                b'\\' => {
                    self.at += 1;
                    string.push(self.escape()?);
                }
                _ => return Err("a text is not closed"),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err("an escape in a text is unknown"),
        })
    }

    /// `\u` and four digits, or two of them for a character beyond the first plane.
    fn code_point(&mut self) -> Read<char> {
        let wrong = "an escape in a text is no character";
        let first = self.unit().ok_or(wrong)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(wrong);
        }
        let is_pair = self.peek() == b'\\' && self.text.as_bytes().get(self.at + 1) == Some(&b'u');
        self.at += 2;
        let second = if is_pair { self.unit().ok_or(wrong)? } else { 0 };
        if !(0xdc00..0xe000).contains(&second) {
            return Err(wrong);
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(wrong)
    }

    fn unit(&mut self) -> Option<u32> {
        let digits =
            self.text.get(self.at..self.at + 4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        self.at += 4;
        u32::from_str_radix(digits?, 16).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    #[test]
    fn documents_are_read() {
        assert_eq!(parse(" [ ] "), Ok(Json::List(vec![])));
        assert_eq!(parse("{\"a\":[1.50,-0,2e+9],\"b\":null}").map(|json| json.field("a").clone()), {
            Ok(Json::List(["1.50", "-0", "2e+9"].map(|digits| Json::Number(digits.to_owned())).to_vec()))
        });
        assert_eq!(parse(r#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é""#), Ok(text("\"\\/\u{8}\u{c}\n\r\té😀é")));
        assert_eq!(parse("[true,false,null]"), Ok(Json::List(vec![Json::Bool(true), Json::Bool(false), Json::Null])));
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
