//! PLAN <-> BYTES AND TEXT. Links, JSON files, stored records.
//!
//! Every entrance goes through [`Plan::check`](crate::plan::Plan::check): nothing becomes a plan unchecked. What arrives may be
//! anything; reading it is total, and bounded in time and memory by its length, which is capped first.
//!
//! # The wire format of a link
//!
//! Frozen for ever: what is written here is never changed, only added to.
//!
//! ```text
//! bcst 1 r LLLL CCCCCC payload
//! ```
//!
//! One token of `[A-Za-z0-9_-]`, 16 characters of header and the payload:
//!
//! | characters | meaning |
//! |---|---|
//! | `bcst` | the magic; a fragment without it is not ours |
//! | `1` | the version of the container |
//! | `r` | how the payload is packed: raw |
//! | 4 | base64url of the payload's length in characters, 3 bytes, big-endian |
//! | 6 | base64url of the CRC-32 (ISO-HDLC) of version, packing and payload as text, 4 bytes, big-endian |
//! | rest | the payload in base64url without padding, canonical |
//!
//! It is checked in this order: length, checksum, version and packing, sections. The checksum is against accidents, not forgery.
//!
//! The payload is a run of sections with ascending ids: `id, length in bytes, bytes`. An unknown id means *made with a newer
//! version*. A section is frozen once released: whatever it cannot say gets a section of its own, which is left out when it says
//! nothing new. Of an id that may come again (6), the newer version sends more.
//!
//! `n` is a LEB128 number (seven bits a byte, the lowest first, no needless zero bytes); `text` is its length in bytes as `n`, then
//! UTF-8; an *amount* is an `n` of `mantissa × 16 + exponent` for mantissa × 10^exponent, exponents up to 15.
//!
//! | id | section | bytes |
//! |---|---|---|
//! | 1 | lineage | 8 |
//! | 2 | base | 8; left out: the link is its own base |
//! | 3 | goal | currency `n` (three letters as a number to the base of 26), first month `n` (since 1970-01), months `n`, as-of day `n` (since 1970-01-01), target (amount of thousandths), next id `n`, then the name in UTF-8 to the end |
//! | 4 | rounding | `n`: 1 ceil each stage, 2 round each stage; left out: carry |
//! | 5 | stages | how many `n`, position of the headline `n`, then the stages |
//! | 6 | segment | id `n`, average selling price (amount of thousandths), then to the end the steps: rate `n`, days `n` |
//!
//! A *stage* is a head `n` (owner: 0 marketing, 1 sales development, 2 sales; +4: an amount of what is available follows; +8: the id
//! is given, else it is one more than that of the stage before, beginning at 1), the id `n` if given, its names, its definition and
//! the amount if there is one. *Names* are `n`: 0 singular and plural as two texts; 1 singular as text and plural with an *s*;
//! 2 one text for both; from 3 on a pair of the frozen list. A *definition* is `n`: 0 none; 1 a text; from 2 on one of the frozen
//! list. A *rate* is 0 to 100 for whole per cent, then 101 + hundredths of a per cent, then 10,102 + millionths.
//!
//! The fingerprint of a plan is the FNV-1a hash (64 bits, big-endian) of sections 3 and up as they are written here, so it stays the
//! same across copies, and for ever.

mod bytes;
mod json;
mod link;
mod record;
mod sections;
mod wording;

pub use bytes::{bytes_from_hex, hex_from};
pub use json::{JsonError, MAX_JSON_BYTES, json_from_plan, plan_from_json};
pub use link::{Fault, LinkError, MAX_LINK_TEXT, Shared, find_token, link_from_plan, plan_from_link};
pub use record::{Record, RecordError, record_from_text, text_from_record};
pub use sections::{Fingerprint, fingerprint_of};
