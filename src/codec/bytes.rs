//! Bytes in and out: numbers of variable length, amounts, texts, checksums. Reading is total.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};

/// Appends a number, seven bits a byte, the lowest first.
pub fn put_number(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

/// Appends a number of which round ones are short: mantissa × 16 + exponent. Up to 2⁶⁰.
pub fn put_amount(out: &mut Vec<u8>, amount: u64) {
    let mut mantissa = amount;
    let mut exponent = 0;
    while mantissa > 0 && mantissa.is_multiple_of(10) && exponent < 15 {
        mantissa /= 10;
        exponent += 1;
    }
    put_number(out, mantissa << 4 | exponent);
}

/// Appends the length in bytes and the bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// What is left to read.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Whether all has been read.
    pub fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    /// All the rest.
    pub fn take_rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// A number in its one spelling; `None` above 64 bits or with needless zero bytes.
    pub fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for position in 0..10 {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            let digit = u64::from(byte & 0x7f);
            if position == 9 && digit > 1 {
                return None;
            }
            number |= digit << (7 * position);
            if byte < 0x80 {
                return (byte > 0 || position == 0).then_some(number);
            }
        }
        None
    }

    /// A number that [`put_amount`] wrote.
    pub fn amount(&mut self) -> Option<u64> {
        let number = self.number()?;
        let exponent = u32::try_from(number & 15).ok()?;
        (number >> 4).checked_mul(10_u64.checked_pow(exponent)?)
    }

    /// As many bytes as the number before them says.
    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = self.number()?;
        self.take(count)
    }

    /// As [`Reader::bytes`], in UTF-8.
    pub fn text(&mut self) -> Option<&'a str> {
        text_from(self.bytes()?)
    }
}

/// The text, if it is UTF-8.
pub fn text_from(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Base64url without padding (RFC 4648, section 5).
pub fn base64_from(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for position in 0..=chunk.len() {
            let [.., digit] = (bits >> (18 - 6 * position)).to_be_bytes();
            text.push(char::from(match digit & 63 {
                digit @ 0..26 => b'A' + digit,
                digit @ 26..52 => b'a' + digit - 26,
                digit @ 52..62 => b'0' + digit - 52,
                62 => b'-',
                _ => b'_',
            }));
        }
    }
    text
}

/// The bytes of canonical base64url without padding.
pub fn bytes_from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for &character in text {
        let digit = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            let [.., byte] = (bits >> count).to_be_bytes();
            bytes.push(byte);
            bits &= (1 << count) - 1;
        }
    }
    (bits == 0 && count < 6).then_some(bytes)
}

/// The CRC-32 of both parts, one after the other, in six characters of base64url.
pub fn checksum(first: &[u8], second: &[u8]) -> String {
    // Eight steps a byte, no table: links are short.
    let crc = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);
    let mut digest = crc.digest();
    digest.update(first);
    digest.update(second);
    base64_from(&digest.finalize().to_be_bytes())
}

/// FNV-1a, 64 bits, big-endian: the same for ever.
pub fn hash(bytes: &[u8]) -> [u8; 8] {
    let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step).to_be_bytes()
}

/// Eight bytes as sixteen hexadecimal digits.
pub fn hex_from(bytes: [u8; 8]) -> String {
    format!("{:016x}", u64::from_be_bytes(bytes))
}

/// The bytes that sixteen hexadecimal digits stand for.
pub fn bytes_from_hex(text: &str) -> Option<[u8; 8]> {
    let is_hex = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex.then(|| u64::from_str_radix(text, 16).ok().map(u64::to_be_bytes)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        for number in [0, 1, 127, 128, 16_383, 16_384, 1 << 62, u64::MAX] {
            let mut out = Vec::new();
            put_number(&mut out, number);
            assert_eq!(Reader(&out).number(), Some(number));
        }
        for bytes in
            [&[][..], &[0x80], &[0x80, 0], &[0xff; 10], &[0xff; 11], b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"]
        {
            assert_eq!(Reader(bytes).number(), None, "{bytes:?}");
        }
    }

    #[test]
    fn round_amounts_are_short() {
        for (amount, length) in [(0, 1), (2_000_000_000, 1), (1_000_000_000_000_000_000, 2), (18_500_000, 2)] {
            let mut out = Vec::new();
            put_amount(&mut out, amount);
            assert_eq!((Reader(&out).amount(), out.len()), (Some(amount), length));
        }
        let mut out = Vec::new();
        put_number(&mut out, u64::MAX);
        assert_eq!(Reader(&out).amount(), None, "out of range, not wrapped");
    }

    #[test]
    fn hashes_are_the_published_ones() {
        // draft-eastlake-fnv, appendix C; the check value of CRC-32/ISO-HDLC.
        assert_eq!(hash(b""), 0xcbf2_9ce4_8422_2325_u64.to_be_bytes());
        assert_eq!(hash(b"foobar"), 0x8594_4171_f739_67e8_u64.to_be_bytes());
        assert_eq!(checksum(b"1234", b"56789"), base64_from(&0xcbf4_3926_u32.to_be_bytes()));
    }

    #[test]
    fn base64_is_canonical() {
        assert_eq!(bytes_from_base64(b"AA"), Some(vec![0]));
        for text in [&b"A"[..], b"AB", b"AA==", b"A+AA", b"AA\n"] {
            assert_eq!(bytes_from_base64(text), None, "{text:?}");
        }
    }
}
