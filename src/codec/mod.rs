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
//! nothing new. From 7 on that is so. No section comes twice, and none is empty.
//!
//! Everything has one spelling, the one that is written: a section that would be written otherwise is refused.
//!
//! `n` is a LEB128 number (seven bits a byte, the lowest first, no needless zero bytes); `text` is its length in bytes as `n`, then
//! UTF-8; an *amount* is an `n` of `mantissa × 16 + exponent` for mantissa × 10^exponent, exponents up to 15, no zero at the end of
//! the mantissa that fits into it; *money* is an amount of thousandths, a *count* an amount, *days* an `n`.
//!
//! | id | section | bytes |
//! |---|---|---|
//! | 1 | lineage | 8 |
//! | 2 | base | 8; left out: the link is its own base |
//! | 3 | goal | currency `n` (three letters as a number to the base of 26), first month `n` (since 1970-01), months `n`, as-of day `n` (since 1970-01-01), target (money), next id `n`, then the name in UTF-8 to the end |
//! | 4 | rounding | `n`: 1 ceil each stage, 2 round each stage; left out: carry |
//! | 5 | stages | how many `n`, position of the headline `n`, then the stages |
//! | 6 | what everything inherits | id of the first segment `n`, average selling price (money), then to the end the steps: rate, days |
//! | 7 | what those rates are | a record; left out: all are guesses |
//! | 8 | segments | a record; left out: one without a name that is to bring everything and inherits it |
//! | 9 | sources | a record; left out: everything is marketing's, who fill the pipeline |
//! | 10 | circle | a record; left out: nothing comes back, and the target counts new business |
//! | 11 | timing | a record; left out: the target lies evenly in time |
//! | 12 | sellers | a record; left out: there is no team |
//! | 13 | sales development | a record; left out: nobody works the leads |
//! | 14 | spending | a record; left out: nothing is bought, and nobody has said what anything costs |
//!
//! A *stage* is a head `n` (owner: 0 marketing, 1 sales development, 2 sales; +4: an amount of what is available follows; +8: the id
//! is given, else it is one more than that of the stage before, beginning at 1), the id `n` if given, its names, its definition and
//! the amount if there is one. *Names* are `n`: 0 singular and plural as two texts; 1 singular as text and plural with an *s*;
//! 2 one text for both; from 3 on a pair of the frozen list. A *definition* is `n`: 0 none; 1 a text; from 2 on one of the frozen
//! list. A *rate* is 0 to 100 for whole per cent, then 101 + hundredths of a per cent, then 10,102 + millionths. A *factor* is 0 to
//! 10,000 for whole per cent, then 10,001 + millionths.
//!
//! A *record* is a head `n` and what follows it. The head is made of digits, the first worth 1, each further one worth as much as
//! the one before times the base of that. The parts of a record, in the order of the table below, each have a digit in the head,
//! bytes after it, or both:
//!
//! | part | written | its digit | its bytes |
//! |---|---|---|---|
//! | figure | by its kind | none | as its kind has it |
//! | figure that is left out when it is as usual | `?` | base 2: 1 if it is there | the same, if it is there |
//! | one of several | `/b` | base `b`: which one | none |
//! | stage | `stage` | base 16: 0 for none, else position + 1 | none |
//! | tag | `tag` | base 2: 1 if it is not empty | the tag, if it is not |
//! | id | `id` | base 2: 1 if it is given, else it is one more than the one before, and of the first segment that of section 6 | `n` if it is given |
//! | parts that may be missing as a whole | `(…)?` | base 2: 1 if they are there, then the digits of those parts | theirs |
//! | list | `[…]/b` | base `b`: how many, of segments how many more than one | those in the list: figures as they are, all else as records |
//!
//! | record | parts |
//! |---|---|
//! | section 7 | for each step of section 6 what its rate is `/4` |
//! | section 8 | `[segment]/64` |
//! | segment | id; name, region, vertical and deal type `tag`; what it is to bring (share rate`?`, amount money`?`)`?`, of the two always one, and left out as a whole by an only segment that is to bring everything; own; its shares (five times rate`?`)`?`; accounts count`?`; booked money`?`; `[row]/64` |
//! | own | price money`?`; `[step]/16` |
//! | step | from `stage`; rate`?`; what it is `/4`; days`?` |
//! | row | `stage`; source `/5`; count; amount money`?`; age days`?` |
//! | section 9 | (for each of the five sources (share rate; entry `stage`; own)`?`)`?`; mission `/3` |
//! | section 10 | what is tried again: rate`?`, days`?`, `stage`, source `/5`; what is referred: factor`?`, days`?`, `stage`, source `/5`; what the target counts `/3`; opening revenue money`?`; gross retention rate`?`; net retention factor`?` |
//! | section 11 | first month of the fiscal year `n?`; profile `/4`; weights `[factor]/64`; season of the last rate `[factor]/16`; next target money`?`; spread factor`?`; landing rate`?`; sized for the spread `/2`; rate of what is stale rate`?` |
//! | section 12 | `[team]/64` |
//! | team | id, counted on from the last segment's; name `tag`; ids of the segments that it works `[n]/64`; heads count`?`; `[change]/64`; ramp `[rate]/64`; attrition rate`?`; replaced `/2`; time to fill days`?`; quota money`?`; attainment factor`?` |
//! | change | month `n` (since 1970-01); start, leave or move `/4`; the id of the team moved to `n?`; heads count |
//! | section 13 | heads count`?`; the stage whose entries are worked `stage`; touches factor`?`, minutes factor`?`, hours factor`?`, days factor`?`; outside of them rate`?`; promised rate`?`, within minutes count`?`; odds factor`?`, at most rate`?`; `[arrival]/64` |
//! | arrival | month `n`; start or leave `/4`; heads count |
//! | section 14 | `[channel]/64`; budget money`?`; other money`?`; a seller money`?`; a developer money`?`; margin rate`?`; churn rate`?`; months that a price pays `n?`; `[budget]/64`; `[own figures]/64` |
//! | channel | id, counted on from the last team's; name `tag`; cost money`?`; buys count`?`; floor count`?`; ceiling count`?`; quality factor`?`; validated rate`?`; id of its segment `n?`; entry `stage`; `[tier]/16`; `[purchase]/64` |
//! | tier | beyond count; cost money |
//! | purchase | month `n`; how many count |
//! | budget | month `n`; how much money |
//! | own figures | id of the segment `n`; margin rate`?`; churn rate`?`: of each segment that has one of them, in their order |
//!
//! Usual is none or zero, of both retentions, the attainment, the odds, the most they come to, the quality and what is validated
//! one, of the landing 80 per cent and of what is promised 90, of touches and hours eight, of minutes and days five, of the months
//! that a price pays twelve and of the fiscal year January. Ids of channels are counted on from the last segment's where there is no
//! team. *Own* is no record: its parts belong to that in which it stands. A section of nothing but zeros is left out. Stages are
//! referred to by their *position* from 0. The numbers of what is *one of several* are, from 0: guess, agreed, snapshot, measured;
//! marketing, sales development, sellers, partners, customers; fill the pipeline, own target, both; new business, total revenue, net
//! new; even, quarters, months, season; no, yes; start, leave, move.
//!
//! A *tag* is `n`: below *k* one of the *k* different tags that the link has had so far, in their order; from there on `n` − *k*
//! is the length in bytes of a new one, which follows in UTF-8 (at most 160 bytes).
//!
//! The fingerprint of a plan is the FNV-1a hash (64 bits, big-endian) of sections 3 and up as they are written here, so it stays the
//! same across copies, and for ever.

mod archive;
mod bytes;
mod describe;
mod examples;
mod json;
mod kinds;
mod link;
mod record;
mod sections;
mod wording;

pub use bytes::{bytes_from_hex, hex_from};
pub use examples::{EXAMPLES, example};
pub use json::{JsonError, MAX_JSON_BYTES, json_from_plan, plan_from_json};
pub use link::{Fault, LinkError, MAX_LINK_TEXT, Shared, find_token, link_from_plan, plan_from_link};
pub use record::{Record, RecordError, record_from_text, text_from_record};
pub use sections::{Fingerprint, fingerprint_of};
