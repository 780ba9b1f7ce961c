//! Laws of the codec, for every plan and for whatever arrives instead of one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "tests")]

use backcast::codec::{self, Fault, Fingerprint, LinkError, Record, Shared};
use backcast::plan::{
    ItemId, Lineage, Owner, Period, Plan, Rounding, Segment, Stage, Step, clean_text, limits, templates,
};
use backcast::units::{Count, Currency, Date, Days, Money, Month, Rate};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};

const HEADER: usize = 16;
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Any text that a field keeps, up to the longest.
fn text(max: usize) -> impl Strategy<Value = String> {
    let any = vec(any::<char>(), 0..=max).prop_map(move |chars| clean_text(&String::from_iter(chars), max));
    let latin = vec(select(&['a', 'Z', 's', ' ', 'é', '漢', '"', '\\', '<', '=', '😀'][..]), 0..=max)
        .prop_map(String::from_iter);
    let longest = select(&['x', '😀'][..]).prop_map(move |char| String::from_iter(vec![char; max]));
    prop_oneof![4 => any, 4 => latin, 1 => longest, 1 => Just(String::new())]
}

fn amount(max: u64) -> impl Strategy<Value = u64> {
    let round =
        (0..1000_u64, 0..16_u32).prop_map(move |(mantissa, exponent)| (mantissa * 10_u64.pow(exponent)).min(max));
    prop_oneof![0..=max, round, Just(0), Just(max)]
}

fn money() -> impl Strategy<Value = Money> {
    amount(1_000_000_000_000_000_000).prop_map(|amount| Money::from_thousandths(amount.try_into().unwrap()).unwrap())
}

fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![
        (0..=100_u8).prop_map(Rate::from_percent),
        (0..=10_000_u32).prop_map(|hundredths| Rate::from_millionths(hundredths * 100).unwrap()),
        (0..=1_000_000_u32).prop_map(|millionths| Rate::from_millionths(millionths).unwrap()),
    ]
}

/// A stage whose words travel as a number.
fn listed_stage() -> impl Strategy<Value = &'static templates::TemplateStage> {
    select(Vec::from_iter(templates::ALL.iter().flat_map(|template| template.stages)))
}

fn names() -> impl Strategy<Value = (String, String)> {
    let listed = listed_stage();
    prop_oneof![
        listed.prop_map(|stage| (stage.singular.to_owned(), stage.plural.to_owned())),
        (text(limits::STAGE_NAME_CHARS), text(limits::STAGE_NAME_CHARS)),
        text(limits::STAGE_NAME_CHARS - 1).prop_map(|singular| (singular.clone(), singular + "s")),
        text(limits::STAGE_NAME_CHARS).prop_map(|name| (name.clone(), name)),
    ]
}

fn stage() -> impl Strategy<Value = Stage> {
    let listed = listed_stage();
    let definition = prop_oneof![
        Just(String::new()),
        listed.prop_map(|stage| stage.definition.to_owned()),
        text(limits::DEFINITION_CHARS)
    ];
    let available = proptest::option::of(amount(Count::MAX.get()).prop_map(|count| Count::new(count).unwrap()));
    (names(), select(&Owner::ALL[..]), definition, available).prop_map(|(names, owner, definition, available)| {
        let (singular, plural) = names;
        Stage { id: ItemId(0), singular, plural, owner, definition, available }
    })
}

/// Different ids for `count` items, and a counter above them.
fn ids(count: usize) -> impl Strategy<Value = (Vec<u32>, u32)> {
    let few = btree_set(0..40_u32, count);
    let many = btree_set(0..u32::MAX, count);
    let in_a_row = (0..u32::MAX - 20).prop_map(move |first| (first..).take(count).collect());
    let ids = prop_oneof![few, many, in_a_row, Just((1..).take(count).collect())];
    ids.prop_flat_map(|ids| {
        let lowest = ids.last().unwrap() + 1;
        let ids = Vec::from_iter(ids);
        let next = prop_oneof![Just(lowest), Just(u32::MAX), lowest..=u32::MAX];
        (prop_oneof![Just(ids.clone()), Just(ids).prop_shuffle()], next)
    })
}

prop_compose! {
    fn plan()(count in limits::MIN_STAGES..=limits::MAX_STAGES)(
        mut stages in vec(stage(), count),
        (ids, next_id) in ids(count + 1),
        headline in 0..count,
        steps in vec((rate(), 0..=3650_u16), count - 1),
        lineage in any::<[u8; 8]>(),
        name in text(limits::NAME_CHARS),
        currency in "[A-Z]{3}",
        (start, months) in (1..=limits::MAX_MONTHS).prop_flat_map(|months| (0..2760 - u16::from(months), Just(months))),
        as_of in prop_oneof![0..84_000, Just(0), Just(Date::from_ymd(2199, 12, 31).unwrap().day_number())],
        target in money(),
        asp in money(),
        rounding in select(&[Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage][..]),
    ) -> Plan {
        for (stage, id) in stages.iter_mut().zip(&ids) {
            stage.id = ItemId(*id);
        }
        stages.last_mut().unwrap().available = None;
        let plan = Plan {
            lineage: Lineage(lineage),
            next_id,
            name,
            currency: Currency::new(&currency).unwrap(),
            period: Period { start: Month::from_index(start).unwrap(), months },
            as_of: Date::from_day_number(as_of).unwrap(),
            target,
            rounding,
            headline: stages[headline].id,
            stages,
            segment: Segment {
                id: ItemId(*ids.last().unwrap()),
                asp,
                steps: steps.into_iter().map(|(rate, days)| Step { rate, days: Days::new(days).unwrap() }).collect(),
            },
        };
        assert_eq!(plan.check(), Ok(()));
        plan
    }
}

fn base() -> impl Strategy<Value = Option<Fingerprint>> {
    proptest::option::of(any::<[u8; 8]>().prop_map(Fingerprint))
}

/// A header as the documentation has it, around any payload.
fn sealed(kind: &str, payload: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(format!("{kind}{payload}").as_bytes());
    let length = URL_SAFE_NO_PAD.encode(&u32::try_from(payload.len()).unwrap().to_be_bytes()[1..]);
    format!("bcst{kind}{length}{}{payload}", URL_SAFE_NO_PAD.encode(crc.to_be_bytes()))
}

fn payload_of(token: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(&token[HEADER..]).unwrap()
}

proptest! {
    #[test]
    fn a_link_brings_back_the_plan(plan in plan(), base in base()) {
        let token = codec::link_from_plan(&plan, base);
        prop_assert!(token.bytes().all(|byte| ALPHABET.contains(&byte)));
        prop_assert_eq!(&sealed("1r", &payload_of(&token)), &token, "the header is the documented one");
        let base = base.unwrap_or(codec::fingerprint_of(&plan));
        prop_assert_eq!(codec::plan_from_link(&token), Ok(Shared { plan, base }));
    }

    #[test]
    fn json_brings_back_the_plan(plan in plan()) {
        let json = codec::json_from_plan(&plan);
        prop_assert_eq!(codec::plan_from_json(&json), Ok(plan.clone()));
        let reordered = serde_json::from_str::<serde_json::Value>(&json).unwrap().to_string();
        prop_assert_eq!(codec::plan_from_json(&reordered), Ok(plan), "order and white space say nothing");
    }

    #[test]
    fn a_record_brings_back_the_plan(plan in plan(), base in base(), revision: u64, saved_at_ms: u64) {
        let record = Record { revision, saved_at_ms, plan, base };
        let text = codec::text_from_record(&record);
        prop_assert!(!text.contains(char::is_whitespace));
        prop_assert_eq!(codec::record_from_text(&text), Ok(record));
    }

    #[test]
    fn fingerprints_tell_states_apart(plan in plan(), other in plan(), lineage: [u8; 8]) {
        let moved = Plan { lineage: Lineage(lineage), ..plan.clone() };
        prop_assert_eq!(codec::fingerprint_of(&moved), codec::fingerprint_of(&plan));
        prop_assume!(Plan { lineage: other.lineage, ..plan.clone() } != other);
        prop_assert_ne!(codec::fingerprint_of(&other), codec::fingerprint_of(&plan));
    }

    #[test]
    fn a_changed_character_is_noticed(plan in plan(), base in base(), at: Index, by in select(ALPHABET)) {
        let token = codec::link_from_plan(&plan, base);
        let position = at.index(token.len());
        let mut changed = token.clone().into_bytes();
        prop_assume!(changed[position] != by);
        changed[position] = by;
        let error = codec::plan_from_link(&String::from_utf8(changed).unwrap()).unwrap_err();
        match position {
            0..4 => prop_assert_eq!(error, LinkError::NotALink),
            6..10 => prop_assert!(matches!(error, LinkError::CutOff { .. } | LinkError::Damaged), "{error:?}"),
            _ => prop_assert_eq!(error, LinkError::Damaged),
        }
    }

    #[test]
    fn a_missing_end_is_told_from_damage(plan in plan(), at: Index) {
        let token = codec::link_from_plan(&plan, None);
        let arrived = at.index(token.len());
        let error = codec::plan_from_link(&token[..arrived]).unwrap_err();
        let of = (arrived >= 10).then_some(token.len());
        prop_assert_eq!(error, match arrived {
            0..4 => LinkError::NotALink,
            4 => LinkError::Empty,
            _ => LinkError::CutOff { arrived, of },
        });
    }

    #[test]
    fn what_is_put_in_taken_out_or_swapped_is_noticed(plan in plan(), at: Index, with in "[A-Za-z0-9_-]{1,5}") {
        let token = codec::link_from_plan(&plan, None);
        let position = HEADER + at.index(token.len() - HEADER);
        let (before, after) = token.split_at(position);
        prop_assert_eq!(codec::plan_from_link(&format!("{before}{with}{after}")), Err(LinkError::Damaged));
        let lost = codec::plan_from_link(&format!("{before}{}", &after[1..]));
        prop_assert_eq!(lost, Err(LinkError::CutOff { arrived: token.len() - 1, of: Some(token.len()) }));
        let replaced = format!("{before}{}", after.chars().rev().collect::<String>());
        prop_assert_eq!(codec::plan_from_link(&replaced).is_ok(), replaced == token);
        let other_case = |text: &str| text.chars().map(|char| if char.is_ascii_lowercase() { char.to_ascii_uppercase() } else { char.to_ascii_lowercase() }).collect::<String>();
        let swapped = format!("{before}{}", other_case(after));
        prop_assert_eq!(codec::plan_from_link(&swapped).is_ok(), swapped == token);
        let lowered = codec::plan_from_link(&token.to_lowercase()).unwrap_err();
        prop_assert!(matches!(lowered, LinkError::Damaged | LinkError::CutOff { .. }), "{lowered:?}");
    }

    #[test]
    fn lines_and_words_around_a_link_change_nothing(
        plan in plan(),
        breaks in vec((any::<Index>(), select(&["\n", "\r\n", " ", "\n  ", "\u{ad}", "\u{200b}\n"][..])), 0..4),
        before in select(&["", "#", "https://example.org/app/#", "https://x.org/%2523", "see\nhttps://x.org/#", "https://s.example/?url=https%3A%2F%2Fx.org%2F%23"][..]),
        after in select(&["", ".", "&amp;data=1", "\n\nRegards, Anna", ">", "%20", " and"][..]),
    ) {
        let token = codec::link_from_plan(&plan, None);
        let mut broken = token.clone();
        for (at, line_break) in breaks {
            // Not within the magic, and not over itself.
            let free = Vec::from_iter(broken.char_indices().map(|(position, _)| position).filter(|&position| position > 4));
            broken.insert_str(free[at.index(free.len())], line_break);
        }
        let found = codec::find_token(&format!("{before}{broken}{after}"));
        prop_assert_eq!(found, Some(token));
    }

    #[test]
    fn a_record_with_a_changed_character_is_corrupt(plan in plan(), at: Index, by in any::<char>(), cut: Index) {
        let text = codec::text_from_record(&Record { revision: 7, saved_at_ms: 1_795_000_000_000, plan, base: None });
        let position = at.index(text.len());
        prop_assume!(!text[position..].starts_with(by));
        let changed = format!("{}{by}{}", &text[..position], &text[position + 1..]);
        prop_assert_eq!(codec::record_from_text(&changed), Err(codec::RecordError::Corrupt));
        prop_assert_eq!(codec::record_from_text(&text[..cut.index(text.len())]), Err(codec::RecordError::Corrupt));
        prop_assert_eq!(codec::record_from_text(&text[cut.index(text.len()) + 1..]), Err(codec::RecordError::Corrupt));
    }

    #[test]
    fn any_bytes_read_as_a_plan_that_keeps_the_rules_or_not_at_all(bytes in vec(any::<u8>(), 0..600)) {
        holds_a_sound_plan_or_none(&bytes)?;
    }

    #[test]
    fn a_changed_payload_reads_as_a_plan_that_keeps_the_rules_or_not_at_all(
        plan in plan(),
        changes in vec((any::<Index>(), any::<u8>()), 1..4),
        cut in proptest::option::of(any::<Index>()),
    ) {
        let mut payload = payload_of(&codec::link_from_plan(&plan, None));
        for (at, byte) in changes {
            let position = at.index(payload.len());
            payload[position] = byte;
        }
        payload.truncate(cut.map_or(payload.len(), |cut| cut.index(payload.len())));
        holds_a_sound_plan_or_none(&payload)?;
    }

    #[test]
    fn any_text_is_read_without_a_panic(
        text in prop_oneof![any::<String>(), "[#%25bcst1r\\-_A\n ]{0,80}", "bcst1rAA[A-Za-z0-9_-]{0,60}", "[{}\\[\\]\":,0-9a-z.-]{0,60}", "1\\.[0-9.]{0,30}"],
    ) {
        let token = codec::find_token(&text);
        prop_assert!(token.is_none_or(|token| token.len() <= text.len() && token.bytes().all(|byte| ALPHABET.contains(&byte))));
        prop_assert!(codec::plan_from_link(&text).is_err());
        prop_assert!(codec::record_from_text(&text).is_err());
        let error = codec::plan_from_json(&text).unwrap_err().to_string();
        prop_assert!(error.len() < 300 && !error.contains('\n'), "{error}");
    }

    #[test]
    fn a_changed_document_is_read_without_a_panic(plan in plan(), at: Index, by in select(b"{}[]\":,0123456789-.eE tnul\\".as_slice())) {
        let json = codec::json_from_plan(&plan);
        let mut changed = json.into_bytes();
        let position = at.index(changed.len());
        changed[position] = by;
        let Ok(text) = String::from_utf8(changed) else { return Ok(()) };
        match codec::plan_from_json(&text) {
            Ok(plan) => prop_assert_eq!(plan.check(), Ok(())),
            Err(error) => prop_assert!(!error.to_string().contains('\n')),
        }
    }
}

/// Whatever the payload is: a plan that passes the check and comes back from a link of its own, or an error that is not about the way.
fn holds_a_sound_plan_or_none(payload: &[u8]) -> Result<(), TestCaseError> {
    match codec::plan_from_link(&sealed("1r", payload)) {
        Ok(Shared { plan, base }) => {
            prop_assert_eq!(plan.check(), Ok(()));
            let again = codec::link_from_plan(&plan, Some(base));
            prop_assert_eq!(codec::plan_from_link(&again), Ok(Shared { plan, base }));
        }
        Err(LinkError::Empty) => prop_assert!(payload.is_empty()),
        Err(LinkError::Newer | LinkError::Invalid(_)) => {}
        Err(error) => prop_assert!(false, "{error:?}"),
    }
    Ok(())
}

/// What a payload promises is checked against what is there before room is made for it.
#[test]
fn promises_of_endless_content_are_invalid() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    let lineage = [1, 8, 0, 0, 0, 0, 0, 0, 0, 0];
    // EUR, January 1970, 12 months, the first day, nothing, next id 9, no name.
    let goal = [3, 7, 0xa9, 0x19, 0, 12, 0, 0, 9];
    let section = |id: u8, body: &[u8]| [&[id, u8::try_from(body.len()).unwrap()], body].concat();
    let endless_section = [&lineage[..], &goal, &[5], &huge].concat();
    let endless_stages = [&lineage[..], &goal, &section(5, &huge)].concat();
    let endless_name = [&lineage[..], &goal, &section(5, &[&[2, 0, 0, 0][..], &huge].concat())].concat();
    let many_steps =
        [&lineage[..], &goal, &section(5, &[2, 0, 0, 3, 0, 2, 23, 0]), &section(6, &[&[7, 0][..], &[1; 100]].concat())]
            .concat();
    let stages = |stages: &[u8]| [&lineage[..], &goal, &section(5, stages)].concat();
    let eleven_stages = stages(&[&[11, 0][..], &[0, 3, 0].repeat(11)].concat());
    let unknown_head = stages(&[2, 0, 16, 3, 0, 2, 23, 0]);
    for (payload, fault) in [
        (eleven_stages, 5),
        (unknown_head, 5),
        (endless_section, 0),
        (endless_stages, 5),
        (endless_name, 5),
        (many_steps, 6),
    ] {
        let error = codec::plan_from_link(&sealed("1r", &payload));
        assert_eq!(error, Err(LinkError::Invalid(Fault::Section(fault))));
    }
    let whole = [&lineage[..], &goal, &section(5, &[2, 0, 0, 3, 0, 2, 23, 0]), &section(6, &[7, 0, 20, 90])].concat();
    assert!(codec::plan_from_link(&sealed("1r", &whole)).is_ok(), "the rest of it is sound");
}

/// The longest inputs are as long as the caps, and the largest plan stays far below them.
#[test]
fn the_largest_plan_fits_and_what_is_longer_is_not_read() {
    let mut plan = backcast::plan::examples::six_stages(Lineage([255; 8]), Date::from_ymd(2190, 1, 1).unwrap());
    plan.next_id = u32::MAX;
    plan.name = "😀".repeat(limits::NAME_CHARS);
    while plan.stages.len() < limits::MAX_STAGES {
        plan.insert_stage_after(0, "", "");
    }
    for (stage, id) in plan.stages.iter_mut().zip((u32::MAX / 2..).step_by(2)) {
        stage.id = ItemId(id);
        stage.singular = "😀".repeat(limits::STAGE_NAME_CHARS);
        stage.plural = "🙂".repeat(limits::STAGE_NAME_CHARS);
        stage.definition = "😀".repeat(limits::DEFINITION_CHARS);
    }
    plan.headline = plan.stages[9].id;
    assert_eq!(plan.check(), Ok(()));
    let (link, json) = (codec::link_from_plan(&plan, None), codec::json_from_plan(&plan));
    assert!(link.len() < 30_000 && json.len() < 30_000, "{} {}", link.len(), json.len());
    assert_eq!(codec::plan_from_link(&link).unwrap().plan, plan);
    assert_eq!(codec::plan_from_json(&json).unwrap(), plan);

    for unit in ["bcst", "#bcst", "%25", "25", "#bcst1r", "\u{200b}", "23bcst", "=bcst ", "{\"a\":", "["] {
        let longest = unit.repeat(codec::MAX_LINK_TEXT / unit.len());
        assert!(codec::find_token(&longest).is_none_or(|token| token.len() <= longest.len()));
        assert!(codec::plan_from_link(&longest).is_err());
        let longer = format!("#{link}{}", unit.repeat(codec::MAX_LINK_TEXT / unit.len()));
        assert_eq!(codec::find_token(&longer), None);
        let longest = unit.repeat(codec::MAX_JSON_BYTES / unit.len());
        assert!(codec::plan_from_json(&longest).is_err(), "no deep nesting exhausts the stack");
        assert!(codec::record_from_text(&longest).is_err());
    }
}
