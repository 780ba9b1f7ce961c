//! Links that were once sent open for ever: `links/*.txt` holds the token and the base it must show, `links/*.json` the plan.
//!
//! A file in there is never changed and never taken away. A new version adds its own.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use backcast::codec::{
    EXAMPLES, Fingerprint, example, fingerprint_of, json_from_plan, link_from_plan, plan_from_json, plan_from_link,
};
use backcast::plan::{
    Basis, Channel, Circle, Development, HeadChange, ItemId, Lineage, Mission, Move, Open, Own, OwnStep, Plan, Profile,
    Revenue, SalesTeam, Segment, SegmentGoal, Source, Sourcing, Spending, TargetKind, Term, Tier, Timing, examples,
    templates,
};
use backcast::units::{Count, Date, Days, Factor, Money, Month, Rate};

/// The longest link of the worked example, in characters of the fragment.
const BUDGET: usize = 160;
/// The longest link of [`three_segments`].
const SPLIT_BUDGET: usize = 450;
/// The longest link of [`staffed_and_bought`].
const PEOPLE_BUDGET: usize = 700;

fn six_stages() -> Plan {
    examples::six_stages(Lineage(*b"\x9e\x37\x79\xb9\x7f\x4a\x7c\x15"), Date::from_ymd(2026, 11, 22).unwrap())
}

fn per_cent(per_cent: u32) -> Factor {
    Factor::from_millionths(per_cent * 10_000).unwrap()
}

fn own_rate(from: u32, per_cent: u8, basis: Basis, days: Option<u16>) -> OwnStep {
    let rate = Some((Rate::from_percent(per_cent), basis));
    OwnStep { from: ItemId(from), rate, days: days.and_then(Days::new) }
}

fn open(stage: u32, source: Source, count: u64, thousands: Option<u32>, age: Option<u16>) -> Open {
    let amount = thousands.map(|thousands| Money::from_major(thousands * 1000));
    Open { stage: ItemId(stage), source, count: Count::new(count).unwrap(), amount, age: age.and_then(Days::new) }
}

/// A plan that has been worked on: segments with a price and rates of their own, sources, open pipeline, a season.
fn three_segments() -> Plan {
    let mut plan = six_stages();
    let segment = |id, name: &str, tags: [&str; 3], bring, asp, opportunities, deals| Segment {
        region: tags[0].to_owned(),
        vertical: tags[1].to_owned(),
        deal_type: tags[2].to_owned(),
        goal: SegmentGoal::Amount(Money::from_major(bring)),
        own: Own {
            asp: Some(Money::from_major(asp)),
            steps: vec![own_rate(7, opportunities, Basis::Agreed, None), own_rate(8, deals, Basis::Measured, None)],
        },
        ..Segment::new(ItemId(id), name)
    };
    plan.segments = vec![
        segment(3, "DACH Enterprise", ["DACH", "Manufacturing", "New"], 900_000, 48_000, 45, 18),
        segment(10, "DACH Mid-market", ["DACH", "Manufacturing", "New"], 700_000, 18_500, 40, 22),
        segment(11, "Nordics", ["Nordics", "Software", "Expansion"], 400_000, 12_000, 38, 27),
    ];
    plan.next_id = 12;
    plan.segments[0].open = vec![
        open(8, Source::Marketing, 12, Some(520), Some(20)),
        open(7, Source::SalesDevelopment, 9, Some(410), Some(12)),
    ];
    plan.segments[0].booked = Money::from_major(144_000);
    plan.segments[1].open =
        vec![open(8, Source::Sellers, 15, Some(280), Some(41)), open(7, Source::Marketing, 22, None, None)];
    for (source, share) in [(Source::Marketing, 55), (Source::SalesDevelopment, 25), (Source::Sellers, 20)] {
        plan.sourcing_mut(source).share = Rate::from_percent(share);
    }
    plan.timing.profile = Profile::Season;
    plan.timing.weights = [80, 85, 110, 90, 95, 120, 70, 60, 125, 105, 110, 150].map(per_cent).to_vec();
    plan.timing.spread = per_cent(50);
    plan
}

/// The first example, split into three segments, with a team that hires and ramps, and four channels within a budget.
fn staffed_and_bought() -> Plan {
    let mut plan = example(EXAMPLES[0], six_stages().lineage, six_stages().as_of).unwrap();
    plan.split_segment(plan.segments[1].id);
    "Mid-market".clone_into(&mut plan.segments[2].name);
    "Nordics".clone_into(&mut plan.segments[2].region);
    "Upper mid-market".clone_into(&mut plan.segments[1].name);
    assert_eq!((plan.name.as_str(), plan.segments.len()), ("SMB software", 3));
    let count = |count: u64| Count::new(count).unwrap();
    plan.add_team();
    let start = plan.period.start;
    let hire =
        |month: u16, heads| HeadChange { month: start.plus_months(month), what: Move::Start, heads: count(heads) };
    plan.sales[0] = SalesTeam {
        heads: count(4),
        changes: vec![hire(0, 1), hire(3, 1), hire(6, 1)],
        ramp: [0, 25, 50, 75].map(Rate::from_percent).to_vec(),
        attrition: Rate::from_percent(15),
        quota: Money::from_major(480_000),
        attainment: per_cent(85),
        ..plan.sales[0].clone()
    };
    for (name, cost, buys) in
        [("Paid search", 85, 120), ("LinkedIn", 140, 60), ("Review sites", 95, 40), ("Events", 210, 25)]
    {
        plan.add_channel();
        let channel = plan.spending.channels.last_mut().unwrap();
        name.clone_into(&mut channel.name);
        (channel.cost, channel.buys) = (Money::from_major(cost), count(buys));
    }
    let channels = [(0, [(150, 110), (250, 145)], 400), (1, [(80, 175), (120, 220)], 160)];
    for (position, tiers, ceiling) in channels {
        let channel = &mut plan.spending.channels[position];
        channel.tiers =
            tiers.map(|(beyond, cost)| Tier { beyond: count(beyond), cost: Money::from_major(cost) }).to_vec();
        channel.ceiling = Some(count(ceiling));
        channel.quality = per_cent(110);
        channel.validated = Rate::from_percent(92);
    }
    plan.spending.budget = Some(Money::from_major(60_000));
    plan.spending.margin = Rate::from_percent(78);
    plan.spending.churn = Rate::from_millionths(12_500).unwrap();
    plan
}

/// A plan in which nothing is as usual.
fn every_field() -> Plan {
    let mut plan = three_segments();
    plan.rounding = backcast::plan::Rounding::RoundEachStage;
    plan.headline = ItemId(6);
    plan.stages[2].available = Count::new(750);
    for (step, basis) in plan.base.steps.iter_mut().zip([Basis::Measured, Basis::Snapshot, Basis::Agreed]) {
        step.basis = basis;
    }
    let half = Rate::from_percent(50);
    let [first, second, third] = plan.segments.as_mut_slice() else { unreachable!() };
    first.shares = Some([half, Rate::ZERO, Rate::ZERO, Rate::from_percent(30), Rate::from_percent(20)]);
    first.addressable = Count::new(4200);
    second.id = ItemId(20);
    second.goal = SegmentGoal::Share(Rate::from_millionths(123_456).unwrap());
    second.own.steps = vec![
        own_rate(8, 21, Basis::Snapshot, Some(80)),
        OwnStep { from: ItemId(4), rate: None, days: Days::new(7) },
        own_rate(5, 33, Basis::Guess, None),
    ];
    second.open.push(open(4, Source::Partners, 0, Some(0), None));
    second.open.push(open(5, Source::Customers, 3, None, Some(3650)));
    third.own = Own::default();
    third.name = "Größe XL 漢".into();
    third.region = third.name.clone();
    plan.next_id = 30;
    plan.mission = Mission::Both;
    plan.sources[3] = Sourcing {
        share: Rate::from_millionths(1_250).unwrap(),
        entry: Some(ItemId(6)),
        own: Own {
            asp: Some(Money::from_thousandths(17_250_500).unwrap()),
            steps: vec![own_rate(7, 60, Basis::Agreed, Some(5))],
        },
    };
    plan.sources[4].entry = Some(ItemId(4));
    plan.circle = Circle {
        recycled: Rate::from_percent(15),
        recycled_after: Days::new(120).unwrap(),
        recycled_to: Some(ItemId(7)),
        recycled_as: Source::SalesDevelopment,
        referrals: Factor::from_millionths(350_001).unwrap(),
        referred_after: Days::new(60).unwrap(),
        referred_to: Some(ItemId(5)),
        referred_as: Source::Customers,
    };
    plan.revenue = Revenue {
        kind: TargetKind::NetNew,
        opening: Money::from_major(3_400_000),
        grr: Rate::from_percent(92),
        nrr: per_cent(112),
    };
    plan.timing = Timing {
        fiscal_start: 4,
        profile: Profile::Quarters,
        weights: vec![per_cent(90), per_cent(200), Factor::ZERO, Factor::MAX],
        rate_season: [100, 100, 100, 100, 100, 95, 80, 70].map(per_cent).to_vec(),
        next_target: Some(Money::from_major(3_000_000)),
        spread: per_cent(130),
        landing: Rate::from_percent(90),
        sized_for_spread: true,
        stale_rate: Rate::from_percent(5),
    };
    plan
}

fn heads(year: u16, month: u8, what: Move, heads: u64) -> HeadChange {
    HeadChange { month: Month::new(year, month).unwrap(), what, heads: Count::new(heads).unwrap() }
}

fn channel(id: u32, name: &str, cost: u32, buys: u64) -> Channel {
    let (cost, buys) = (Money::from_major(cost), Count::new(buys).unwrap());
    Channel { cost, buys, ..Channel::new(ItemId(id), name) }
}

/// One team that ramps, with a hire: section 12 and none after it.
fn sellers() -> Plan {
    let mut plan = six_stages();
    plan.add_team();
    plan.sales[0].heads = Count::new(4).unwrap();
    plan.sales[0].changes = vec![heads(2027, 2, Move::Start, 1)];
    plan.sales[0].ramp = [0, 50].map(Rate::from_percent).to_vec();
    plan.sales[0].quota = Money::from_major(500_000);
    plan
}

/// Sales development with a promise: section 13 alone.
fn sales_development() -> Plan {
    let mut plan = six_stages();
    plan.development.heads = Count::new(3).unwrap();
    plan.development.within = Count::new(15).unwrap();
    plan.development.changes = vec![heads(2027, 3, Move::Start, 2)];
    plan
}

/// Two channels and a budget: section 14 alone.
fn channels() -> Plan {
    let mut plan = six_stages();
    let first = plan.new_id();
    let second = plan.new_id();
    plan.spending.channels = vec![channel(first.0, "Search", 45, 400), channel(second.0, "LinkedIn", 140, 40)];
    plan.spending.channels[0].ceiling = Count::new(600);
    plan.spending.budget = Some(Money::from_major(30_000));
    plan
}

/// People and money in which nothing is as usual.
fn people_and_money() -> Plan {
    let mut plan = three_segments();
    let count = |count: u64| Count::new(count).unwrap();
    let month = |year: u16, month: u8| Month::new(year, month).unwrap();
    // The first with the name of a segment and the next id, the second with a name and an id of its own, the third without a name.
    plan.sales = vec![
        SalesTeam {
            heads: count(5),
            changes: vec![
                heads(2027, 2, Move::Start, 2),
                heads(2027, 5, Move::Leave, 1),
                heads(2027, 6, Move::To(ItemId(20)), 1),
                heads(2028, 1, Move::Start, 0),
            ],
            ramp: [0, 250_000, 500_001, 1_000_000].map(|share| Rate::from_millionths(share).unwrap()).to_vec(),
            attrition: Rate::from_percent(18),
            backfills: true,
            time_to_fill: Days::new(45).unwrap(),
            quota: Money::from_major(480_000),
            attainment: per_cent(85),
            ..SalesTeam::new(ItemId(12), "Nordics")
        },
        SalesTeam {
            heads: count(1_200),
            changes: vec![heads(1999, 12, Move::To(ItemId(12)), 3)],
            attrition: Rate::from_percent(5),
            quota: Money::from_thousandths(750_000_500).unwrap(),
            attainment: Factor::from_millionths(1_100_001).unwrap(),
            ..SalesTeam::new(ItemId(20), "Größe XXL 漢")
        },
        SalesTeam { time_to_fill: Days::new(60).unwrap(), ..SalesTeam::new(ItemId(21), "") },
    ];
    for (segment, team) in plan.segments.iter_mut().zip([Some(20), None, Some(12)]) {
        segment.team = team.map(ItemId);
    }
    plan.development = Development {
        heads: count(6),
        changes: vec![heads(2027, 1, Move::Start, 2), heads(2027, 9, Move::Leave, 1)],
        works: Some(ItemId(6)),
        touches: per_cent(1_250),
        minutes: per_cent(350),
        hours: per_cent(750),
        days: per_cent(600),
        outside: Some(Rate::from_percent(35)),
        promise: Rate::from_percent(95),
        within: count(5),
        odds: per_cent(130),
        odds_most: Rate::from_percent(60),
    };
    let tiers =
        [(150, 110), (250, 145)].map(|(beyond, cost)| Tier { beyond: count(beyond), cost: Money::from_major(cost) });
    plan.spending = Spending {
        channels: vec![
            Channel {
                segment: Some(ItemId(10)),
                entry: Some(ItemId(5)),
                tiers: tiers.to_vec(),
                floor: count(20),
                ceiling: Some(count(400)),
                quality: per_cent(110),
                validated: Rate::from_percent(92),
                buys_in: vec![(month(2027, 7), count(60)), (month(2027, 8), count(0))],
                ..channel(30, "Paid search", 85, 120)
            },
            Channel { ceiling: Some(count(0)), validated: Rate::ZERO, ..channel(31, "DACH", 0, 0) },
            Channel { quality: Factor::ZERO, ..Channel::new(ItemId(40), "") },
        ],
        budget: Some(Money::from_major(60_000)),
        budget_in: vec![(month(2027, 3), Money::from_major(90_000)), (month(2027, 12), Money::ZERO)],
        other: Money::from_major(30_000),
        seller: Money::from_major(110_000),
        developer: Money::from_thousandths(65_000_250).unwrap(),
        margin: Rate::from_percent(78),
        churn: Rate::from_millionths(12_500).unwrap(),
        term: Term::new(24).unwrap(),
    };
    plan.segments[0].margin = Some(Rate::from_percent(70));
    plan.segments[1].churn = Some(Rate::from_millionths(8_000).unwrap());
    (plan.segments[2].margin, plan.segments[2].churn) = (Some(Rate::ZERO), Some(Rate::ZERO));
    plan.next_id = 41;
    plan
}

#[test]
fn every_link_that_was_ever_released_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let links = Vec::from_iter(files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")));
    assert!(links.len() >= 17, "released links are missing");
    for path in links {
        opens_as_expected(&path);
    }
}

#[track_caller]
fn opens_as_expected(path: &PathBuf) {
    let text = fs::read_to_string(path).unwrap();
    let (token, base) = text.trim_end().split_once('\n').unwrap();
    let base = Fingerprint(u64::from_str_radix(base, 16).unwrap().to_be_bytes());
    let plan = plan_from_json(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
    let shared = plan_from_link(token).unwrap();
    assert_eq!(shared.plan, plan, "{}", path.display());
    assert_eq!(shared.base, base, "{}", path.display());
    // Fingerprints hash what is written, so this version must go on writing it like that.
    let written = [None, Some(base)].map(|base| link_from_plan(&plan, base));
    assert!(written.contains(&token.to_owned()), "{} is written as {written:?}", path.display());
}

#[test]
fn the_worked_example_fits_into_the_budget() {
    let plan = six_stages();
    for link in [link_from_plan(&plan, None), link_from_plan(&plan, Some(fingerprint_of(&plan)))] {
        assert!(link.len() <= BUDGET, "{} characters: {link}", link.len());
    }
}

#[test]
fn a_plan_with_segments_sources_and_a_season_fits_into_its_budget() {
    let plan = three_segments();
    assert_eq!(plan.check(), Ok(()));
    let link = link_from_plan(&plan, Some(fingerprint_of(&plan)));
    println!("three segments: {} characters; {} without a base", link.len(), link_from_plan(&plan, None).len());
    assert!(link.len() <= SPLIT_BUDGET, "{} characters: {link}", link.len());
    assert_eq!(plan_from_link(&link).unwrap().plan, plan);
    assert_eq!(plan_from_json(&json_from_plan(&plan)), Ok(plan));
}

#[test]
fn a_plan_with_people_and_money_fits_into_its_budget() {
    let plan = staffed_and_bought();
    assert_eq!((plan.check(), plan.issues()), (Ok(()), vec![]));
    let link = link_from_plan(&plan, Some(fingerprint_of(&plan)));
    println!("people and money: {} characters", link.len());
    assert!(link.len() <= PEOPLE_BUDGET, "{} characters: {link}", link.len());
    assert_eq!(plan_from_link(&link).unwrap().plan, plan);
    assert_eq!(plan_from_json(&json_from_plan(&plan)), Ok(plan));
}

#[test]
fn every_template_fits_into_the_budget() {
    for template in templates::ALL {
        let mut plan = six_stages();
        plan.break_down(template);
        let link = link_from_plan(&plan, Some(fingerprint_of(&plan)));
        assert!(link.len() <= BUDGET, "{}: {} characters", template.name, link.len());
    }
}

#[test]
fn ten_stages_with_long_names_of_their_own_go_everywhere() {
    let mut plan = six_stages();
    for position in 0..4 {
        plan.insert_stage_after(position, "", "");
    }
    for (position, stage) in plan.stages.iter_mut().enumerate() {
        stage.singular = format!("Reference customer visit, round {position}");
        stage.plural = format!("Reference customer visits, round {position}");
        stage.definition = format!("Seen by two people of the buying group, number {position}, and written down.");
    }
    assert_eq!(plan.check(), Ok(()));
    let length = link_from_plan(&plan, Some(fingerprint_of(&plan))).len();
    assert!(length <= 2200, "{length} characters");
    for stage in &mut plan.stages {
        stage.definition.clear();
    }
    let length = link_from_plan(&plan, Some(fingerprint_of(&plan))).len();
    assert!(length <= 1200, "{length} characters without definitions");
}

/// The two links with segments, written again from what they were made of.
#[test]
fn plans_with_segments_are_written_as_they_were() {
    for (plan, file) in [
        (three_segments(), include_str!("links/v1-three-segments.txt")),
        (every_field(), include_str!("links/v1-every-field.txt")),
    ] {
        assert_eq!(plan.check(), Ok(()));
        assert_eq!(Some(link_from_plan(&plan, None).as_str()), file.lines().next());
    }
}

/// The links with people and money, written again from what they were made of.
#[test]
fn plans_with_people_and_money_are_written_as_they_were() {
    for (plan, file) in [
        (sellers(), include_str!("links/v1-sellers.txt")),
        (sales_development(), include_str!("links/v1-sales-development.txt")),
        (channels(), include_str!("links/v1-channels.txt")),
        (people_and_money(), include_str!("links/v1-people-and-money.txt")),
    ] {
        assert_eq!(plan.check(), Ok(()));
        assert_eq!(Some(link_from_plan(&plan, None).as_str()), file.lines().next());
    }
}
