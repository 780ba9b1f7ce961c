//! The sections of the payload: what a plan is in bytes. Frozen for ever; the module above says it in words.

use crate::codec::bytes::{Reader, hash, put_amount, put_bytes, put_number, text_from};
use crate::codec::link::{Fault, LinkError};
use crate::codec::wording::{DEFINITIONS, NAMES};
use crate::plan::{ItemId, Lineage, Owner, Period, Plan, Rounding, Segment, Stage, Step, limits};
use crate::units::{Count, Currency, Date, Days, Money, Month, Rate};

const LINEAGE: u8 = 1;
const BASE: u8 = 2;
const GOAL: u8 = 3;
const ROUNDING: u8 = 4;
const STAGES: u8 = 5;
const SEGMENT: u8 = 6;

const HAS_AVAILABLE: u64 = 4;
const HAS_ID: u64 = 8;

/// Eight bytes that stand for the state of a plan, wherever it came from: equal plans have equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 8]);

/// The fingerprint of the plan, without its lineage. The same for ever.
pub fn fingerprint_of(plan: &Plan) -> Fingerprint {
    let mut state = Vec::new();
    put_state(&mut state, plan);
    Fingerprint(hash(&state))
}

/// The plan in bytes, and the state it was made from if that is another.
pub fn payload_from(plan: &Plan, base: Option<Fingerprint>) -> Vec<u8> {
    let mut out = Vec::new();
    put_section(&mut out, LINEAGE, &plan.lineage.0);
    if let Some(base) = base {
        put_section(&mut out, BASE, &base.0);
    }
    put_state(&mut out, plan);
    out
}

/// The plan that the bytes hold, checked.
pub fn plan_from_payload(payload: &[u8]) -> Result<(Plan, Option<Fingerprint>), LinkError> {
    let mut sections: [Option<&[u8]>; 7] = [None; 7];
    let mut reader = Reader(payload);
    let mut last = 0;
    while !reader.is_at_end() {
        let id = reader.number().ok_or(invalid(0))?;
        let bytes = reader.bytes();
        // A newer version may send further segments; it sends no other section twice.
        let again = id == last && id == u64::from(SEGMENT);
        let slot = usize::try_from(id).ok().and_then(|id| sections.get_mut(id)).filter(|_| !again);
        let slot = slot.ok_or(LinkError::Newer)?;
        if id <= last {
            return Err(invalid(0));
        }
        *slot = Some(bytes.ok_or(invalid(0))?);
        last = id;
    }
    let [_, lineage, base, goal, rounding, stages, segment] = sections;
    let lineage = Lineage(eight(lineage).ok_or(invalid(LINEAGE))?);
    let base = match base {
        Some(bytes) => Some(Fingerprint(eight(Some(bytes)).ok_or(invalid(BASE))?)),
        None => None,
    };
    let goal = goal.and_then(goal_from).ok_or(invalid(GOAL))?;
    let rounding = match rounding {
        None => Rounding::Carry,
        Some([1]) => Rounding::CeilEachStage,
        Some([2]) => Rounding::RoundEachStage,
        Some(_) => return Err(invalid(ROUNDING)),
    };
    let (stages, headline) = stages.and_then(stages_from).ok_or(invalid(STAGES))?;
    let segment = segment.and_then(segment_from).ok_or(invalid(SEGMENT))?;
    let Goal { currency, period, as_of, target, next_id, name } = goal;
    let plan = Plan { lineage, next_id, name, currency, period, as_of, target, rounding, headline, stages, segment };
    match plan.check() {
        Ok(()) => Ok((plan, base)),
        Err(refusal) => Err(LinkError::Invalid(Fault::Refused(refusal))),
    }
}

/// Everything but lineage and base.
fn put_state(out: &mut Vec<u8>, plan: &Plan) {
    put_section(out, GOAL, &goal_bytes(plan));
    match plan.rounding {
        Rounding::Carry => {}
        Rounding::CeilEachStage => put_section(out, ROUNDING, &[1]),
        Rounding::RoundEachStage => put_section(out, ROUNDING, &[2]),
    }
    put_section(out, STAGES, &stages_bytes(plan));
    put_section(out, SEGMENT, &segment_bytes(&plan.segment));
}

fn put_section(out: &mut Vec<u8>, id: u8, bytes: &[u8]) {
    out.push(id);
    put_bytes(out, bytes);
}

fn invalid(section: u8) -> LinkError {
    LinkError::Invalid(Fault::Section(section))
}

fn eight(bytes: Option<&[u8]>) -> Option<[u8; 8]> {
    bytes?.try_into().ok()
}

struct Goal {
    currency: Currency,
    period: Period,
    as_of: Date,
    target: Money,
    next_id: u32,
    name: String,
}

fn goal_bytes(plan: &Plan) -> Vec<u8> {
    let mut out = Vec::new();
    let letters = plan.currency.code().bytes();
    put_number(&mut out, letters.fold(0, |number, letter| number * 26 + u64::from(letter.saturating_sub(b'A'))));
    put_number(&mut out, plan.period.start.index().into());
    put_number(&mut out, plan.period.months.into());
    // No date lies before 1970.
    put_number(&mut out, plan.as_of.day_number().unsigned_abs().into());
    put_amount(&mut out, plan.target.thousandths().unsigned_abs());
    put_number(&mut out, plan.next_id.into());
    out.extend_from_slice(plan.name.as_bytes());
    out
}

fn goal_from(bytes: &[u8]) -> Option<Goal> {
    let mut reader = Reader(bytes);
    let currency = currency_from(reader.number()?)?;
    let start = Month::from_index(u16::try_from(reader.number()?).ok()?)?;
    let months = u8::try_from(reader.number()?).ok()?;
    let as_of = Date::from_day_number(i32::try_from(reader.number()?).ok()?)?;
    let target = money(&mut reader)?;
    let next_id = id(&mut reader)?;
    let name = text_from(reader.take_rest())?;
    Some(Goal { currency, period: Period { start, months }, as_of, target, next_id, name })
}

fn currency_from(number: u64) -> Option<Currency> {
    let number = u16::try_from(number).ok().filter(|&number| number < 26 * 26 * 26)?;
    let letter = |number: u16| Some(char::from(b'A' + u8::try_from(number % 26).ok()?));
    Currency::new(&String::from_iter([letter(number / 676)?, letter(number / 26)?, letter(number)?]))
}

fn money(reader: &mut Reader<'_>) -> Option<Money> {
    Money::from_thousandths(i64::try_from(reader.amount()?).ok()?)
}

fn id(reader: &mut Reader<'_>) -> Option<u32> {
    u32::try_from(reader.number()?).ok()
}

fn stages_bytes(plan: &Plan) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, plan.stages.len() as u64);
    put_number(&mut out, plan.headline_position() as u64);
    let mut expected = 1;
    for stage in &plan.stages {
        put_stage(&mut out, stage, expected);
        expected = stage.id.0.saturating_add(1);
    }
    out
}

fn stages_from(bytes: &[u8]) -> Option<(Vec<Stage>, ItemId)> {
    let mut reader = Reader(bytes);
    let count = reader.number().filter(|&count| count <= limits::MAX_STAGES as u64)?;
    let headline = usize::try_from(reader.number()?).ok()?;
    let mut stages = Vec::new();
    let mut expected = 1;
    for _ in 0..count {
        let stage = stage_from(&mut reader, expected)?;
        expected = stage.id.0.saturating_add(1);
        stages.push(stage);
    }
    let headline = stages.get(headline)?.id;
    reader.is_at_end().then_some((stages, headline))
}

fn put_stage(out: &mut Vec<u8>, stage: &Stage, expected: u32) {
    let mut head = match stage.owner {
        Owner::Marketing => 0,
        Owner::SalesDevelopment => 1,
        Owner::Sales => 2,
    };
    if stage.available.is_some() {
        head |= HAS_AVAILABLE;
    }
    if stage.id.0 != expected {
        head |= HAS_ID;
    }
    put_number(out, head);
    if stage.id.0 != expected {
        put_number(out, stage.id.0.into());
    }
    put_names(out, &stage.singular, &stage.plural);
    put_definition(out, &stage.definition);
    if let Some(count) = stage.available {
        put_amount(out, count.get());
    }
}

fn stage_from(reader: &mut Reader<'_>, expected: u32) -> Option<Stage> {
    let head = reader.number()?;
    let owner = match head & 3 {
        0 => Owner::Marketing,
        1 => Owner::SalesDevelopment,
        2 => Owner::Sales,
        _ => return None,
    };
    if head > (3 | HAS_AVAILABLE | HAS_ID) {
        return None;
    }
    let id = ItemId(if head & HAS_ID > 0 { id(reader)? } else { expected });
    let (singular, plural) = names_from(reader)?;
    let definition = definition_from(reader)?;
    let available = if head & HAS_AVAILABLE > 0 { Some(Count::new(reader.amount()?)?) } else { None };
    Some(Stage { id, singular, plural, owner, definition, available })
}

fn put_names(out: &mut Vec<u8>, singular: &str, plural: &str) {
    if let Some(number) = NAMES.iter().position(|&pair| pair == (singular, plural)) {
        put_number(out, number as u64 + 3);
    } else if singular == plural {
        out.push(2);
        put_bytes(out, singular.as_bytes());
    } else if plural.strip_suffix('s') == Some(singular) {
        out.push(1);
        put_bytes(out, singular.as_bytes());
    } else {
        out.push(0);
        put_bytes(out, singular.as_bytes());
        put_bytes(out, plural.as_bytes());
    }
}

fn names_from(reader: &mut Reader<'_>) -> Option<(String, String)> {
    let number = reader.number()?;
    if let Some(listed) = number.checked_sub(3) {
        let &(singular, plural) = NAMES.get(usize::try_from(listed).ok()?)?;
        return Some((singular.to_owned(), plural.to_owned()));
    }
    let singular = reader.text()?;
    let plural = match number {
        0 => reader.text()?,
        1 => singular.clone() + "s",
        _ => singular.clone(),
    };
    Some((singular, plural))
}

fn put_definition(out: &mut Vec<u8>, definition: &str) {
    if definition.is_empty() {
        out.push(0);
    } else if let Some(number) = DEFINITIONS.iter().position(|&listed| listed == definition) {
        put_number(out, number as u64 + 2);
    } else {
        out.push(1);
        put_bytes(out, definition.as_bytes());
    }
}

fn definition_from(reader: &mut Reader<'_>) -> Option<String> {
    match reader.number()? {
        0 => Some(String::new()),
        1 => reader.text(),
        listed => DEFINITIONS.get(usize::try_from(listed - 2).ok()?).map(|&text| text.to_owned()),
    }
}

fn segment_bytes(segment: &Segment) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, segment.id.0.into());
    put_amount(&mut out, segment.asp.thousandths().unsigned_abs());
    for step in &segment.steps {
        put_number(&mut out, number_from_rate(step.rate));
        put_number(&mut out, step.days.get().into());
    }
    out
}

fn segment_from(bytes: &[u8]) -> Option<Segment> {
    let mut reader = Reader(bytes);
    let id = ItemId(id(&mut reader)?);
    let asp = money(&mut reader)?;
    let mut steps = Vec::new();
    while !reader.is_at_end() {
        if steps.len() >= limits::MAX_STAGES {
            return None;
        }
        let rate = rate_from(reader.number()?)?;
        let days = Days::new(u16::try_from(reader.number()?).ok()?)?;
        steps.push(Step { rate, days });
    }
    Some(Segment { id, asp, steps })
}

/// One byte for whole per cent, two for hundredths of them, three for all else.
fn number_from_rate(rate: Rate) -> u64 {
    let millionths = u64::from(rate.millionths());
    if millionths.is_multiple_of(10_000) {
        millionths / 10_000
    } else if millionths.is_multiple_of(100) {
        101 + millionths / 100
    } else {
        10_102 + millionths
    }
}

fn rate_from(number: u64) -> Option<Rate> {
    let millionths = match number {
        0..=100 => number * 10_000,
        101..=10_101 => (number - 101) * 100,
        _ => number - 10_102,
    };
    Rate::from_millionths(u32::try_from(millionths).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::examples;

    fn six_stages() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
    }

    fn read(payload: &[u8]) -> Result<(Plan, Option<Fingerprint>), LinkError> {
        plan_from_payload(payload)
    }

    #[test]
    fn every_rate_survives_in_three_bytes() {
        for millionths in 0..=1_000_000 {
            let rate = Rate::from_millionths(millionths).unwrap();
            let number = number_from_rate(rate);
            assert_eq!(rate_from(number), Some(rate));
            assert!(number < 1 << 21);
        }
        assert_eq!(rate_from(1_010_103), None);
    }

    #[test]
    fn a_section_of_a_newer_version_is_not_an_error_of_the_plan() {
        let mut payload = payload_from(&six_stages(), None);
        let whole = payload.len();
        put_section(&mut payload, 7, b"new");
        assert_eq!(read(&payload), Err(LinkError::Newer));
        payload.truncate(whole);
        put_section(&mut payload, SEGMENT, &segment_bytes(&six_stages().segment));
        assert_eq!(read(&payload), Err(LinkError::Newer), "a second segment");
    }

    #[test]
    fn sections_that_are_missing_long_twice_or_in_disorder_are_invalid() {
        let plan = six_stages();
        let sections: [(u8, Vec<u8>); 4] = [
            (LINEAGE, plan.lineage.0.to_vec()),
            (GOAL, goal_bytes(&plan)),
            (STAGES, stages_bytes(&plan)),
            (SEGMENT, segment_bytes(&plan.segment)),
        ];
        let payload = |order: &[usize]| {
            let mut out = Vec::new();
            order.iter().for_each(|&index| put_section(&mut out, sections[index].0, &sections[index].1));
            out
        };
        assert_eq!(read(&payload(&[0, 1, 2, 3])), Ok((plan.clone(), None)));
        for (order, section) in [
            (&[1, 2, 3][..], 1),
            (&[0, 2, 3], 3),
            (&[0, 1, 3], 5),
            (&[0, 1, 2], 6),
            (&[0, 2, 1, 3], 0),
            (&[0, 0, 1, 2, 3], 0),
        ] {
            assert_eq!(read(&payload(order)), Err(invalid(section)), "{order:?}");
        }
        for index in [0, 2, 3] {
            let mut longer = sections.clone();
            longer[index].1.push(0);
            let mut out = Vec::new();
            longer.iter().for_each(|(id, bytes)| put_section(&mut out, *id, bytes));
            assert_eq!(read(&out), Err(invalid(longer[index].0)));
        }
    }

    #[test]
    fn what_the_plan_refuses_is_refused_here() {
        let mut plan = six_stages();
        plan.name = "a\u{202e}b".into();
        let refusal = plan.check().unwrap_err();
        assert_eq!(read(&payload_from(&plan, None)), Err(LinkError::Invalid(Fault::Refused(refusal))));
    }

    #[test]
    fn the_fingerprint_is_that_of_the_state() {
        let plan = six_stages();
        let elsewhere = Plan { lineage: Lineage([9; 8]), ..plan.clone() };
        let other = Plan { rounding: Rounding::CeilEachStage, ..plan.clone() };
        assert_eq!(fingerprint_of(&plan), fingerprint_of(&elsewhere));
        assert_ne!(fingerprint_of(&plan), fingerprint_of(&other));
    }
}
