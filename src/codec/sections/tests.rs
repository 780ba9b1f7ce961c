//! The bytes of each section, spelled out; and what comes back of them.

use super::*;
use crate::codec::sections::writer::Writer;
use crate::plan::{
    Basis, Channel, HeadChange, ItemId, Mission, Move, Open, Own, OwnStep, Owner, Profile, Rounding, Rule, SalesTeam,
    Segment, SegmentGoal, Source, TargetKind, Term, Tier, examples,
};
use crate::units::{Count, Date, Days, Factor, Money, Month, Rate};

fn six_stages() -> Plan {
    examples::six_stages(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
}

fn read(payload: &[u8]) -> Result<(Plan, Option<Fingerprint>), LinkError> {
    plan_from_payload(payload)
}

/// The payload of the plan with one more section in its place.
fn with_section(plan: &Plan, id: u8, bytes: &[u8]) -> Vec<u8> {
    let mut sections = [GOAL, STAGES, INHERITED].map(|id| (id, written(id, plan))).to_vec();
    sections.extend([(LINEAGE, plan.lineage.0.to_vec()), (id, bytes.to_vec())]);
    sections.sort();
    let mut payload = Vec::new();
    sections.iter().for_each(|(id, bytes)| put_section(&mut payload, *id, bytes));
    payload
}

fn written(id: u8, plan: &Plan) -> Vec<u8> {
    let mut writer = Writer::NEW;
    let sections = STATE.iter().map(|section| (section.id, writer.section(section, &mut plan.clone())));
    sections.collect::<Vec<_>>().into_iter().find(|section| section.0 == id).unwrap().1.unwrap()
}

#[track_caller]
fn says(id: u8, change: fn(&mut Plan), bytes: &[u8]) {
    let mut plan = six_stages();
    change(&mut plan);
    assert_eq!(written(id, &plan), bytes);
    let payload = with_section(&six_stages(), id, bytes);
    assert_eq!(payload, payload_from(&plan, None), "it is the only one");
    assert_eq!(read(&payload), Ok((plan, None)));
}

#[test]
fn sections_are_spelled_as_documented() {
    says(BASES, |plan| plan.base.steps[1].basis = Basis::Measured, &[12]);
    says(SEGMENTS, |plan| plan.segments[0].name = "EU".into(), &[0, 2, 2, b'E', b'U']);
    says(
        SEGMENTS,
        |plan| {
            let first = &mut plan.segments[0];
            "EU".clone_into(&mut first.region);
            first.goal = SegmentGoal::Amount(Money::from_major(5));
            first.shares = Some([Rate::ZERO, Rate::ONE, Rate::ZERO, Rate::ZERO, Rate::ZERO]);
            first.booked = Money::from_major(1);
            first.addressable = Count::new(30);
            let mut second = Segment::new(ItemId(2), "EU");
            second.deal_type = "New".into();
            second.own.asp = Some(Money::from_major(7));
            let days = Days::new(9);
            second.own.steps = vec![OwnStep { from: ItemId(8), rate: Some((Rate::ONE, Basis::Agreed)), days }];
            second.own.steps.push(OwnStep { from: ItemId(4), rate: None, days: None });
            let open =
                Open { stage: ItemId(8), source: Source::Partners, count: Count::default(), amount: None, age: days };
            second.open = vec![Open { stage: ItemId(4), amount: Some(Money::ZERO), age: None, ..open }, open];
            plan.segments.push(second);
        },
        &[
            1, // one more than one; the first:
            0xa4, 0xc1, 98, 2, b'E', b'U', 83, 100, 49, 19, // the second, with two steps and two rows:
            0xf3, 0x8a, 8, 2, 0, 4, b'N', b'e', b'w', 0, 115, 0xb5, 1, 100, 9, 1, 0x81, 1, 0, 0, 0xd5, 1, 0, 9,
        ],
    );
    says(SOURCES, |plan| plan.mission = Mission::Both, &[4]);
    says(
        SOURCES,
        |plan| {
            plan.sources[1].entry = Some(ItemId(4));
            plan.sources[4].own = Own { asp: Some(Money::ZERO), steps: vec![] };
        },
        &[0x83, 0xb0, 0x80, 0x84, 1, 100, 0, 0, 0],
    );
    says(CIRCLE, |plan| plan.circle.recycled_to = Some(ItemId(5)), &[8]);
    says(
        CIRCLE,
        |plan| {
            plan.circle.referrals = Factor::from_millionths(300_000).unwrap();
            plan.circle.referred_as = Source::Customers;
            plan.revenue.kind = TargetKind::NetNew;
        },
        &[0xc0, 0xc2, 17, 30],
    );
    says(
        TIMING,
        |plan| {
            plan.timing.profile = Profile::Season;
            plan.timing.weights = vec![Factor::ONE, Factor::ZERO];
            plan.timing.sized_for_spread = true;
        },
        &[0x96, 0x80, 4, 100, 0],
    );
    says(
        TIMING,
        |plan| {
            plan.timing.fiscal_start = 4;
            plan.timing.spread = Factor::ONE;
            plan.timing.rate_season = vec![Factor::ONE];
            plan.timing.next_target = Some(Money::ZERO);
            plan.timing.landing = Rate::ZERO;
            plan.timing.stale_rate = Rate::ONE;
        },
        &[0x81, 0xc4, 11, 4, 100, 0, 100, 0, 100],
    );
}

#[test]
fn sellers_are_spelled_as_documented() {
    says(
        SALES,
        |plan| {
            let mut team = SalesTeam::new(ItemId(2), "");
            team.heads = Count::new(4).unwrap();
            let (month, heads) = (Month::FIRST, Count::new(3).unwrap());
            team.changes = vec![HeadChange { month, what: Move::Leave, heads }];
            team.ramp = vec![Rate::from_percent(50)];
            team.backfills = true;
            plan.segments[0].team = Some(team.id);
            plan.sales.push(team);
        },
        // One team; of it 1 + 4 + 256 + 512 + 32768 + 4194304: an id, a segment, heads, a change, a month of ramp, replaced.
        &[1, 0x85, 0x86, 0x82, 2, 2, 3, 64, 1, 0, 48, 50],
    );
}

#[test]
fn sales_development_is_spelled_as_documented() {
    says(
        DEVELOPMENT,
        |plan| {
            plan.development.works = Some(ItemId(5));
            plan.development.outside = Some(Rate::ZERO);
            plan.development.within = Count::new(5).unwrap();
            let (month, heads) = (Month::FIRST, Count::new(3).unwrap());
            plan.development.changes = vec![HeadChange { month, what: Move::Leave, heads }];
        },
        // 2 × 2 + 512 + 2048 + 16384: the second stage, outside, within, an arrival of which 1 says that they leave.
        &[0x84, 0x94, 1, 0, 80, 1, 0, 48],
    );
    says(DEVELOPMENT, |plan| plan.development.touches = Factor::ONE, &[32, 100]);
    says(DEVELOPMENT, |plan| plan.development.odds_most = Rate::ZERO, &[0x80, 64, 0]);
}

#[test]
fn spending_is_spelled_as_documented() {
    says(SPENDING, |plan| plan.spending.budget = Some(Money::ZERO), &[64, 0]);
    says(SPENDING, |plan| plan.spending.term = Term::new(36).unwrap(), &[0x80, 32, 36]);
    says(
        SPENDING,
        |plan| {
            let mut channel = Channel::new(ItemId(1), "");
            channel.buys = Count::new(3).unwrap();
            plan.spending.channels = vec![channel.clone()];
            channel.id = ItemId(2);
            channel.name = "Ads".into();
            channel.cost = Money::from_major(5);
            channel.ceiling = Count::new(0);
            channel.validated = Rate::ZERO;
            channel.segment = Some(plan.segments[0].id);
            channel.entry = Some(ItemId(5));
            channel.tiers = vec![Tier { beyond: Count::new(7).unwrap(), cost: Money::from_major(6) }];
            channel.buys_in = vec![(Month::FIRST, Count::default())];
            plan.spending.channels.push(channel);
            plan.spending.margin = Rate::ONE;
            plan.spending.budget_in = vec![(Month::FIRST, Money::from_major(1))];
            plan.segments[0].churn = Some(Rate::from_percent(2));
        },
        &[
            // Two channels, a margin, a budget and a segment with figures of its own; the first channel:
            0x82, 0xc8, 32, 9, 1, 48, // the second, with a tier and a purchase:
            0xae, 0xcb, 8, 3, b'A', b'd', b's', 83, 48, 0, 0, 3, 0, 112, 99, 0, 0, 0, // and the rest:
            100, 0, 0, 19, 2, 3, 2,
        ],
    );
}

#[test]
fn what_is_not_spelled_as_it_would_be_written_is_invalid() {
    for (id, bytes) in [
        (ROUNDING, &[][..]),
        (ROUNDING, &[0]),
        (ROUNDING, &[3]),
        (ROUNDING, &[4]),
        (ROUNDING, &[1, 0]),
        (BASES, &[]),
        (BASES, &[0]),
        (BASES, &[12, 0]),
        (BASES, &[0x8c, 0]),
        (BASES, &[0x80, 8]),
        (SEGMENTS, &[0, 0]),
        (SEGMENTS, &[40]),
        (SEGMENTS, &[0, 2, 1, b'E', 0]),
        (SEGMENTS, &[0, 2, 0]),
        (SEGMENTS, &[0, 2, 1]),
        (SEGMENTS, &[0, 2, 1, 0xff]),
        (SEGMENTS, &[0, 3, 3, 1, b'E']),
        (SEGMENTS, &[0, 6, 1, b'E', 2, b'E']),
        (SEGMENTS, &[0, 2, 0xa1, 1, b'E']),
        (SEGMENTS, &[0, 32]),
        (SEGMENTS, &[0, 0x60, 100]),
        (SEGMENTS, &[0, 0xe0, 1, 50, 0]),
        (SEGMENTS, &[0, 0x60, 0xc9, 1]),
        (SEGMENTS, &[0, 0x80, 4, 0]),
        (SEGMENTS, &[0, 0x80, 4, 6]),
        (SEGMENTS, &[0, 0x80, 0x80, 6, 1, 0]),
        (SOURCES, &[0]),
        (SOURCES, &[6]),
        (SOURCES, &[3, 100]),
        (SOURCES, &[3]),
        (SOURCES, &[3, 50, 0]),
        (SOURCES, &[27, 50]),
        (CIRCLE, &[0]),
        (CIRCLE, &[1, 0]),
        (CIRCLE, &[24]),
        (CIRCLE, &[64, 0]),
        (TIMING, &[0]),
        (TIMING, &[1, 1]),
        (TIMING, &[1, 13]),
        (TIMING, &[8]),
        (TIMING, &[0x80, 0x80, 1, 0]),
        (TIMING, &[0x80, 0x80, 2, 80]),
        (TIMING, &[0x80, 0x80, 16]),
        (DEVELOPMENT, &[0]),
        (DEVELOPMENT, &[1, 0]),
        (DEVELOPMENT, &[12]),
        (DEVELOPMENT, &[32, 0xa0, 6]),
        (DEVELOPMENT, &[0x80, 0x80, 1, 2, 0, 48]),
        (SPENDING, &[0]),
        (SPENDING, &[0x80, 32, 12]),
        (SPENDING, &[0x80, 32, 0]),
        (SPENDING, &[0x80, 32, 121]),
        (SPENDING, &[0x80, 0x80, 32]),
        (SPENDING, &[0x80, 0x80, 32, 0, 3]),
        (SPENDING, &[0x80, 0x80, 32, 1, 9, 50]),
        (SPENDING, &[0x80, 0x80, 64, 1, 3, 50, 2, 3, 50]),
    ] {
        assert_eq!(read(&with_section(&six_stages(), id, bytes)), Err(invalid(id)), "{id}: {bytes:?}");
    }
    // The id of the first segment stands in section 6 already.
    let payload = with_section(&six_stages(), SEGMENTS, &[0, 3, 2, 1, b'E']);
    assert_eq!(read(&payload), Err(invalid(INHERITED)));
}

#[test]
fn old_sections_have_one_spelling_too() {
    let plan = six_stages();
    let mut stages = written(STAGES, &plan);
    assert_eq!(stages[4], 3, "the name of the first stage: Visitor");
    stages.splice(4..5, [1, 7].into_iter().chain(*b"Visitor"));
    let mut payload = Vec::new();
    put_section(&mut payload, LINEAGE, &plan.lineage.0);
    put_section(&mut payload, GOAL, &written(GOAL, &plan));
    put_section(&mut payload, STAGES, &stages);
    put_section(&mut payload, INHERITED, &written(INHERITED, &plan));
    assert_eq!(read(&payload), Err(invalid(STAGES)));
}

#[test]
fn a_section_of_a_newer_version_is_not_an_error_of_the_plan() {
    assert_eq!(read(&with_section(&six_stages(), 15, b"new")), Err(LinkError::Newer));
    assert_eq!(read(&with_section(&six_stages(), 0x7f, b"")), Err(LinkError::Newer));
}

#[test]
fn sections_that_are_missing_long_twice_or_in_disorder_are_invalid() {
    let plan = Plan { mission: Mission::Both, ..six_stages() };
    let sections = [LINEAGE, GOAL, STAGES, INHERITED, SOURCES].map(|id| {
        let bytes = if id == LINEAGE { plan.lineage.0.to_vec() } else { written(id, &plan) };
        (id, bytes)
    });
    let payload = |order: &[usize]| {
        let mut out = Vec::new();
        order.iter().for_each(|&index| put_section(&mut out, sections[index].0, &sections[index].1));
        out
    };
    assert_eq!(read(&payload(&[0, 1, 2, 3, 4])), Ok((plan.clone(), None)));
    assert_eq!(read(&payload(&[0, 1, 2, 3])), Ok((six_stages(), None)), "the last may be left out");
    for (order, section) in [
        (&[1, 2, 3][..], 1),
        (&[0, 2, 3], 3),
        (&[0, 1, 3], 6),
        (&[0, 1, 2], 6),
        (&[0, 2, 1, 3], 0),
        (&[0, 0, 1, 2, 3], 0),
        (&[0, 1, 2, 3, 3], 0),
        (&[0, 1, 2, 3, 4, 4], 0),
        (&[0, 1, 2, 4, 3], 0),
    ] {
        assert_eq!(read(&payload(order)), Err(invalid(section)), "{order:?}");
    }
    for index in [0, 2, 3, 4] {
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
    let mut plan = six_stages();
    plan.segments[0].own.steps = vec![OwnStep { from: ItemId(5), rate: None, days: None }; 2];
    let refusal = plan.check().unwrap_err();
    assert_eq!(refusal.rule, Rule::StepCount);
    assert_eq!(read(&payload_from(&plan, None)), Err(LinkError::Invalid(Fault::Refused(refusal))));
    let mut plan = six_stages();
    plan.add_channel();
    plan.spending.channels[0].segment = Some(ItemId(99));
    let refusal = plan.check().unwrap_err();
    assert_eq!(refusal.rule, Rule::KnownSegment);
    assert_eq!(read(&payload_from(&plan, None)), Err(LinkError::Invalid(Fault::Refused(refusal))));
}

#[test]
fn the_fingerprint_is_that_of_the_state() {
    let plan = six_stages();
    let elsewhere = Plan { lineage: Lineage([9; 8]), ..plan.clone() };
    let other = Plan { rounding: Rounding::CeilEachStage, ..plan.clone() };
    assert_eq!(fingerprint_of(&plan), fingerprint_of(&elsewhere));
    assert_ne!(fingerprint_of(&plan), fingerprint_of(&other));
    let written = [GOAL, STAGES, INHERITED].map(|id| {
        let mut out = Vec::new();
        put_section(&mut out, id, &written(id, &plan));
        out
    });
    assert_eq!(fingerprint_of(&plan), Fingerprint(hash(&written.concat())), "an unsplit plan has no new sections");
}

/// The numbers of the variants are part of the format.
#[test]
fn variants_keep_their_numbers() {
    assert_eq!(Owner::ALL.map(|one| one as u8), [0, 1, 2]);
    assert_eq!(Owner::ALL, [Owner::Marketing, Owner::SalesDevelopment, Owner::Sales]);
    let roundings = [Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage];
    assert_eq!(roundings.map(|one| one as u8), [0, 1, 2]);
    assert_eq!(Basis::ALL.map(|one| one as u8), [0, 1, 2, 3]);
    assert_eq!(Basis::ALL, [Basis::Guess, Basis::Agreed, Basis::Snapshot, Basis::Measured]);
    assert_eq!(Source::ALL.map(|one| one as u8), [0, 1, 2, 3, 4]);
    use Source::{Customers, Marketing, Partners, SalesDevelopment, Sellers};
    assert_eq!(Source::ALL, [Marketing, SalesDevelopment, Sellers, Partners, Customers]);
    assert_eq!(Mission::ALL.map(|one| one as u8), [0, 1, 2]);
    assert_eq!(Mission::ALL, [Mission::FillPipeline, Mission::OwnTarget, Mission::Both]);
    assert_eq!(TargetKind::ALL.map(|one| one as u8), [0, 1, 2]);
    assert_eq!(TargetKind::ALL, [TargetKind::NewBusiness, TargetKind::TotalRevenue, TargetKind::NetNew]);
    assert_eq!(Profile::ALL.map(|one| one as u8), [0, 1, 2, 3]);
    assert_eq!(Profile::ALL, [Profile::Even, Profile::Quarters, Profile::Months, Profile::Season]);
}
