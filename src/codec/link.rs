//! The fragment of a link: one token with a header that is frozen for ever. What stands around it is not ours.

use crate::codec::bytes::{base64_from, bytes_from_base64, checksum};
use crate::codec::sections::{Fingerprint, fingerprint_of, payload_from, plan_from_payload};
use crate::plan::{Plan, Refusal, joined};

const MAGIC: &str = "bcst";
/// Version 1 of the container, the payload as it is.
const KIND: &str = "1r";
/// Magic, kind, length, checksum.
const HEADER_CHARS: usize = 4 + 2 + 4 + 6;

/// The longest text in which a link is looked for, in bytes.
pub const MAX_LINK_TEXT: usize = 250_000;

/// A plan that came in a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The plan.
    pub plan: Plan,
    /// The state it was made from: its own, unless the sender had changed a plan that she had got.
    pub base: Fingerprint,
}

/// Why a link opens no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// No link of ours: to be left alone.
    NotALink,
    /// The beginning of a link and no plan.
    Empty,
    /// The end is missing.
    CutOff {
        /// The characters that are there.
        arrived: usize,
        /// The characters that there were, if as much as that arrived.
        of: Option<usize>,
    },
    /// Something in it has changed on the way.
    Damaged,
    /// Made with a newer version.
    Newer,
    /// It arrived as it was made, and holds no plan that keeps the rules.
    Invalid(Fault),
}

/// What is wrong with a plan that arrived as it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The section with this id is missing or does not read; 0: the sections cannot be told apart.
    Section(u8),
    /// It breaks a reference or a limit.
    Refused(Refusal),
}

/// The token that carries the plan: what follows the `#` in a link.
///
/// Without a `base` the state of the plan itself is the base, and takes no room.
pub fn link_from_plan(plan: &Plan, base: Option<Fingerprint>) -> String {
    let payload = base64_from(&payload_from(plan, base));
    // The largest plan has some 120,000 characters.
    let [_, length @ ..] = u32::try_from(payload.len()).unwrap_or(u32::MAX).to_be_bytes();
    let checksum = checksum(KIND.as_bytes(), payload.as_bytes());
    joined(&[MAGIC, KIND, &base64_from(&length), &checksum, &payload], "")
}

/// The plan in the link in `text`, which may be anything that [`find_token`] reads.
///
/// # Errors
/// See [`LinkError`]: length is checked first, then the checksum, then the version, then the plan.
pub fn plan_from_link(text: &str) -> Result<Shared, LinkError> {
    let token = find_token(text).ok_or(LinkError::NotALink)?;
    let (plan, base) = plan_from_token(&token)?;
    let base = base.unwrap_or_else(|| fingerprint_of(&plan));
    Ok(Shared { plan, base })
}

/// As [`plan_from_link`], of the token and nothing but the token; with the base if it is written there.
pub fn plan_from_token(token: &str) -> Result<(Plan, Option<Fingerprint>), LinkError> {
    let rest = token.strip_prefix(MAGIC).ok_or(LinkError::NotALink)?.as_bytes();
    if rest.is_empty() {
        return Err(LinkError::Empty);
    }
    let arrived = token.len();
    let cut_before_length = LinkError::CutOff { arrived, of: None };
    let (kind, rest) = rest.split_at_checked(2).ok_or(cut_before_length)?;
    let (length, rest) = rest.split_at_checked(4).ok_or(cut_before_length)?;
    let length = length_from(length).ok_or(LinkError::Damaged)?;
    let cut = LinkError::CutOff { arrived, of: Some(HEADER_CHARS + length) };
    let (sum, payload) = rest.split_at_checked(6).ok_or(cut)?;
    if payload.len() < length {
        return Err(cut);
    }
    if payload.len() > length {
        return Err(LinkError::Damaged);
    }
    if payload.is_empty() {
        return Err(LinkError::Empty);
    }
    if checksum(kind, payload).as_bytes() != sum {
        return Err(LinkError::Damaged);
    }
    if kind != KIND.as_bytes() {
        return Err(LinkError::Newer);
    }
    plan_from_payload(&bytes_from_base64(payload).ok_or(LinkError::Damaged)?)
}

/// The token in what people paste: a whole URL, with the `#` percent-encoded once or more, wrapped in another URL, or none at all;
/// broken into lines by a mail program, and with words after it. `None`: there is none, or the text is longer than
/// [`MAX_LINK_TEXT`].
pub fn find_token(text: &str) -> Option<String> {
    if text.len() > MAX_LINK_TEXT {
        return None;
    }
    let mut elsewhere = None;
    // By windows: a search for a text would bring its machinery along.
    for (start, _) in text.as_bytes().windows(4).enumerate().filter(|(_, bytes)| *bytes == MAGIC.as_bytes()) {
        let (before, token) = text.split_at_checked(start)?;
        if ends_with_hash(before) {
            return Some(token_at_start(token));
        }
        let free =
            before.chars().next_back().is_none_or(|last| breaks(last) || matches!(last, '=' | '<' | '"' | '\'' | '('));
        if free && elsewhere.is_none() {
            elsewhere = Some(token);
        }
    }
    elsewhere.map(token_at_start)
}

/// `#`, `%23`, `%2523`, …
fn ends_with_hash(text: &str) -> bool {
    let Some(mut escape) = text.strip_suffix("23") else { return text.ends_with('#') };
    while let Some(shorter) = escape.strip_suffix("25") {
        escape = shorter;
    }
    escape.ends_with('%')
}

/// The token that `text` begins with, without the line breaks in it. It ends where its header says, if a word follows after a
/// break; a character that follows at once belongs to it, and is one too many.
fn token_at_start(text: &str) -> String {
    let mut token = String::new();
    let mut end = usize::MAX;
    let mut after_break = false;
    for character in text.chars() {
        if breaks(character) {
            after_break = true;
        } else if !(character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
            || (after_break && token.len() >= end)
        {
            break;
        } else {
            after_break = false;
            token.push(character);
            if token.len() == HEADER_CHARS {
                let length = token.as_bytes().get(6..10).and_then(length_from);
                end = HEADER_CHARS + length.unwrap_or_default();
            }
        }
    }
    token
}

/// What mail programs put between the characters of a long word.
fn breaks(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn length_from(digits: &[u8]) -> Option<usize> {
    let bytes: [u8; 3] = bytes_from_base64(digits)?.try_into().ok()?;
    Some(bytes.iter().fold(0, |length, &byte| length << 8 | usize::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::Date;

    fn shared() -> (String, Shared) {
        let plan = examples::six_stages(Lineage([7; 8]), Date::from_ymd(2026, 11, 22).unwrap());
        let base = Fingerprint([3; 8]);
        (link_from_plan(&plan, Some(base)), Shared { plan, base })
    }

    fn sealed(kind: &str, payload: &str) -> String {
        let [_, length @ ..] = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let sum = checksum(kind.as_bytes(), payload.as_bytes());
        format!("{MAGIC}{kind}{}{sum}{payload}", base64_from(&length))
    }

    #[test]
    fn a_link_opens_however_it_is_pasted() {
        let (token, shared) = shared();
        let (first, second) = token.split_at(70);
        for text in [
            token.clone(),
            format!("#{token}"),
            format!("https://bcst.example.org/bcst/#{token}"),
            format!("https://example.org/app/%23{token}"),
            format!("https://example.org/app/%2523{token}"),
            format!("https://example.org/app/%252523{token}"),
            format!(
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.org%2F%23{token}&amp;data=05%7C01"
            ),
            format!("https://example.org/?p={token}&amp;x=1"),
            format!("Here it is:\n<https://example.org/#{token}>.\nRegards, Anna"),
            format!("https://example.org/#{first}\r\n{second}\r\n\r\nRegards, Anna"),
            format!("  {first}\n  {second}  "),
            format!("{token} and some words"),
            format!("<a href=\"https://example.org/#{token}\">"),
            format!("bcst: https://example.org/#{token}"),
        ] {
            assert_eq!(plan_from_link(&text).as_ref(), Ok(&shared), "{text}");
        }
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        for text in [
            "",
            "#",
            "#funnel",
            "https://example.org/#section-2",
            "abcst",
            "https://bcst.org/",
            "BCST1r",
            "23bcst",
            "%24bcst",
        ] {
            assert_eq!(plan_from_link(text), Err(LinkError::NotALink), "{text}");
        }
        let (token, _) = shared();
        let long = token.clone() + &" ".repeat(MAX_LINK_TEXT);
        assert_eq!(plan_from_link(&long), Err(LinkError::NotALink));
        assert!(plan_from_link(&long[..MAX_LINK_TEXT]).is_ok());
    }

    #[test]
    fn a_link_that_is_cut_says_how_much_is_missing() {
        let (token, _) = shared();
        assert_eq!(plan_from_link("bcst"), Err(LinkError::Empty));
        assert_eq!(plan_from_link(&sealed(KIND, "")), Err(LinkError::Empty));
        for arrived in 5..token.len() {
            let of = (arrived >= 10).then_some(token.len());
            assert_eq!(plan_from_link(&token[..arrived]), Err(LinkError::CutOff { arrived, of }));
        }
        assert_eq!(plan_from_link(&format!("{token}A")), Err(LinkError::Damaged));
    }

    #[test]
    fn versions_come_after_the_checksum() {
        let (token, _) = shared();
        let payload = &token[HEADER_CHARS..];
        assert_eq!(sealed(KIND, payload), token);
        assert_eq!(plan_from_link(&sealed("2r", payload)), Err(LinkError::Newer));
        assert_eq!(plan_from_link(&sealed("1d", payload)), Err(LinkError::Newer));
        assert_eq!(plan_from_link(&token.replacen("1r", "2r", 1)), Err(LinkError::Damaged));
    }

    #[test]
    fn base64_that_is_not_canonical_is_damaged() {
        assert_eq!(plan_from_link(&sealed(KIND, "AAAAB")), Err(LinkError::Damaged));
        assert_eq!(plan_from_link(&sealed(KIND, "AAAAAB")), Err(LinkError::Damaged));
        assert_eq!(plan_from_link(&sealed(KIND, "AAAA")), Err(LinkError::Invalid(Fault::Section(0))));
    }

    #[test]
    fn a_link_is_its_own_base_unless_it_says_otherwise() {
        let (_, Shared { plan, .. }) = shared();
        let opened = plan_from_link(&link_from_plan(&plan, None)).unwrap();
        assert_eq!(opened.base, fingerprint_of(&plan));
    }
}
