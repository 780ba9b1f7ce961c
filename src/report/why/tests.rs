//! Each line of an explanation is true to the digits it shows, and every figure of every part can be asked.

use super::*;
use crate::engine::{MonthOutcome, evaluate};
use crate::plan::{Lineage, Open, Owner, Rounding, TargetKind, examples};
use crate::report::Plain;
use crate::units::{Count, Date, Factor};

fn plan() -> Plan {
    examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
}

#[test]
fn a_figure_shows_its_working() {
    let plan = plan();
    let explanation = why(&plan, &evaluate(&plan), Scope::Whole, Figure::Needed(1), &Plain).unwrap();
    assert_eq!(explanation.title, "Leads needed");
    assert_eq!(
        explanation.working,
        [
            "Deals = EUR 2,000,000 ÷ EUR 20,000 = 100",
            "Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %",
            "100 ÷ 0.96 % = 10,416.67"
        ]
    );
    let last_useful = why(&plan, &evaluate(&plan), Scope::Whole, Figure::LastUseful(1), &Plain).unwrap();
    assert_eq!(
        last_useful.working,
        ["Lead to won: 21 + 10 + 18 + 55 = 104 days", "31 December 2027 − 104 days = 18 September 2027"]
    );
}

/// Kellogg's first example: 2,000,000 at 75,000 a deal, of which one in five is won.
#[test]
fn a_fraction_of_a_deal_is_shown_as_one() {
    let mut plan = plan();
    plan.base.asp = Money::from_major(75_000);
    let working = |plan: &Plan, figure| why(plan, &evaluate(plan), Scope::Whole, figure, &Plain).unwrap().working;
    assert_eq!(
        working(&plan, Figure::Needed(4)),
        ["Deals = EUR 2,000,000 ÷ EUR 75,000 = 26.6666667", "Opportunity to won: 20 %", "26.6666667 ÷ 20 % = 133.33"]
    );
    plan.base.asp = Money::from_thousandths(2_500_505).unwrap();
    plan.base.steps[4].rate = Rate::from_millionths(123_456).unwrap();
    assert_eq!(
        working(&plan, Figure::Worth(4)),
        ["Opportunity to won: 12.3456 %", "12.3456 % × EUR 2,500.505 = EUR 308.7"]
    );
}

/// What stands before the last `=` of a line, worked out, and the figure behind it with the size of its last digit.
pub(in crate::report) fn equation(line: &str) -> Option<(f64, f64, f64)> {
    let (left, result) = line.rsplit_once(" = ").filter(|_| !line.contains('^'))?;
    let left = left.rsplit([':', '=']).next()?.trim();
    let figure = |text: &str| {
        let percent = if text.contains('%') { 100.0 } else { 1.0 };
        let text = text.replace([',', '(', ')', '%'], "");
        let plain = text.split(' ').find(|word| word.parse::<f64>().is_ok())?;
        let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Some((plain.parse::<f64>().ok()? / percent, format!("1e-{decimals}").parse::<f64>().ok()? / percent))
    };
    // Whatever is divided by is divided by one by one: a ÷ (b × c) is a ÷ b ÷ c.
    let (mut value, mut is_within, mut operator) = (None, false, '+');
    for part in left.split_inclusive(['×', '÷', '+', '−']) {
        is_within |= part.contains('(');
        let (number, _) = figure(part.trim_end_matches(['×', '÷', '+', '−']))?;
        value = Some(match (value, operator) {
            (None, _) => number,
            (Some(value), '×') if !is_within => value * number,
            (Some(value), '+') => value + number,
            (Some(value), '−') if !is_within => value - number,
            (Some(value), _) => value / number,
        });
        operator = part.chars().last()?;
    }
    let (result, last_digit) = figure(result)?;
    Some((value?, result, last_digit))
}

/// Whether a line is an equation; if it is, it is true to the digits it shows.
#[track_caller]
pub(in crate::report) fn is_true(line: &str) -> bool {
    let Some((value, shown, last_digit)) = equation(line) else { return false };
    let is_true = (value - shown).abs() <= 0.51 * last_digit.max(shown.abs() * 1e-11);
    assert!(is_true, "{line}: {value} is not {shown}");
    true
}

/// How many lines of these explanations are equations; each of them is true to the digits it shows.
#[track_caller]
fn equations(plan: &Plan, figures: impl IntoIterator<Item = Figure>) -> usize {
    let outcome = evaluate(plan);
    let mut checked = 0;
    // A date is no equation of numbers.
    for figure in figures.into_iter().filter(|figure| !matches!(figure, Figure::LastUseful(_))) {
        for line in why(plan, &outcome, Scope::Whole, figure, &Plain).into_iter().flat_map(|why| why.working) {
            let plain = line.replace(" (what comes back, the season, the spread)", "");
            checked += usize::from(is_true(&plain));
        }
    }
    checked
}

#[test]
fn every_line_is_true_to_the_digits_it_shows() {
    let mut checked = 0;
    for (target, price, rate, rounding) in [
        (2_000_000_000, 75_000_000, 200_000, Rounding::Carry),
        (1_000_000_007, 3_333_333, 333_333, Rounding::CeilEachStage),
        (98_765_432_100, 19_999_999, 71_429, Rounding::RoundEachStage),
        (1_234_567, 1_005, 999_999, Rounding::Carry),
    ] {
        let mut plan = Plan { rounding, ..plan() };
        plan.target = Money::from_thousandths(target).unwrap();
        plan.base.asp = Money::from_thousandths(price).unwrap();
        plan.base.steps[3].rate = Rate::from_millionths(rate).unwrap();
        plan.base.steps[4].rate = Rate::from_millionths(rate).unwrap();
        for stage in 0..5 {
            plan.stages[stage].available = Count::new(777);
        }
        checked += equations(&plan, (0..6).flat_map(ALL));
        checked += equations(&plan, (0..6).map(Figure::Brings));
        checked += equations(&plan, (0..9).map(Figure::Months));
    }
    assert!(checked > 200, "{checked}");
}

const ALL: fn(usize) -> [Figure; 16] = |stage| {
    [
        Figure::Needed(stage),
        Figure::Pace(stage),
        Figure::LastUseful(stage),
        Figure::Worth(stage),
        Figure::RateToWon(stage),
        Figure::DaysToWon(stage),
        Figure::Pipeline,
        Figure::Handoff(stage),
        Figure::CloseRate(stage),
        Figure::Togo,
        Figure::Behind,
        Figure::Lost,
        Figure::Overdue(stage),
        Figure::ShouldBeOpen(stage),
        Figure::Coverage,
        Figure::Creates(Source::Sellers),
    ]
};

/// What comes back, a season, booked and open: the equations of one line hold with all of them.
#[test]
fn every_line_is_true_with_all_that_bends_the_funnel() {
    let mut plan = plan();
    plan.circle.recycled = Rate::from_percent(30);
    plan.circle.referrals = Factor::from_millionths(200_000).unwrap();
    plan.timing.rate_season = vec![Factor::from_millionths(800_000).unwrap(); 12];
    plan.timing.spread = Factor::from_millionths(400_000).unwrap();
    plan.segments[0].booked = Money::from_major(123_456);
    plan.stages[1].available = Count::new(777);
    let checked = equations(&plan, (0..6).flat_map(ALL));
    assert!(checked > 20, "{checked}");
    assert_eq!(equations(&plan, (0..9).map(Figure::Months)), 0, "a season has no one worth");
}

/// Two segments of two sources: a sum says of what it is one, a part says its name.
#[test]
fn a_sum_says_what_it_is_made_of() {
    let mut plan = plan();
    plan.split_segment(plan.segments[0].id);
    plan.segments[1].own.asp = Some(Money::from_major(40_000));
    "Enterprise".clone_into(&mut plan.segments[1].name);
    let working = |plan: &Plan, scope, figure| why(plan, &evaluate(plan), scope, figure, &Plain).unwrap().working;
    assert_eq!(
        working(&plan, Scope::Whole, Figure::Needed(1)),
        ["Segment 1: 5,208.33", "Enterprise: 2,604.17", "In all: 7,812.5"]
    );
    let id = plan.segments[1].id;
    assert_eq!(working(&plan, Scope::Segment(id), Figure::Needed(5)), ["Deals = EUR 1,000,000 ÷ EUR 40,000 = 25"]);
    plan.sources[0].share = Rate::from_percent(75);
    plan.sources[2].share = Rate::from_percent(25);
    plan.sources[2].entry = Some(plan.stages[4].id);
    assert_eq!(working(&plan, Scope::Segment(id), Figure::Needed(1)), ["In all: 1,953.12"]);
    plan.remove_segment(id);
    assert_eq!(
        working(&plan, Scope::Whole, Figure::Needed(4)),
        ["Marketing: 375", "Sellers, outbound: 125", "In all: 500"]
    );
    let source = Scope::Source(Source::Sellers);
    let title = why(&plan, &evaluate(&plan), source, Figure::Needed(4), &Plain).unwrap().title;
    assert_eq!(title, "Sellers, outbound: Opportunities needed");
    assert_eq!(working(&plan, source, Figure::Needed(1)), [""; 0]);
    for scope in [Scope::Whole, Scope::Segment(plan.segments[0].id), source] {
        let outcome = evaluate(&plan);
        for why in (0..6).flat_map(ALL).filter_map(|figure| why(&plan, &outcome, scope, figure, &Plain)) {
            assert!(!why.working.concat().contains("NaN"), "{why:?}");
            assert_eq!(why.title.starts_with(&parts::scope(&plan, scope)), scope != Scope::Whole, "{why:?}");
        }
    }
}

#[test]
fn what_is_too_late_is_said_in_words() {
    let mut plan = plan();
    plan.as_of = Date::parse_iso("2028-06-01").unwrap();
    for figure in [Figure::Pace(2), Figure::Handoff(2)] {
        assert_eq!(
            why(&plan, &evaluate(&plan), Scope::Whole, figure, &Plain).unwrap().working,
            ["Too late: the last useful date, 9 October 2027, is before the as-of date, 1 June 2028."]
        );
    }
}

#[test]
fn every_figure_of_every_stage_can_be_asked_in_every_state() {
    let mut impossible = plan();
    impossible.base.steps[2].rate = Rate::ZERO;
    let mut late = plan();
    late.as_of = Date::parse_iso("2028-06-01").unwrap();
    for mut plan in [plan(), impossible, late] {
        for stage in 0..5 {
            plan.stages[stage].available = Count::new(100);
        }
        let outcome = evaluate(&plan);
        for stage in 0..6 {
            for figure in [
                Figure::Needed(stage),
                Figure::Pace(stage),
                Figure::LastUseful(stage),
                Figure::Worth(stage),
                Figure::RateToWon(stage),
                Figure::DaysToWon(stage),
                Figure::Pipeline,
            ] {
                let explanation = why(&plan, &outcome, Scope::Whole, figure, &Plain).unwrap();
                assert!(!explanation.working.is_empty() && !explanation.formula.is_empty(), "{figure:?}");
            }
        }
        for figure in [Figure::Togo, Figure::Behind, Figure::Lost, Figure::Months(0), Figure::Months(8)] {
            let explanation = why(&plan, &outcome, Scope::Whole, figure, &Plain).unwrap();
            assert!(!explanation.working.is_empty() && !explanation.formula.is_empty(), "{figure:?}");
        }
        for stage in 0..5 {
            assert!(why(&plan, &outcome, Scope::Whole, Figure::Brings(stage), &Plain).is_some());
            assert!(why(&plan, &outcome, Scope::Whole, Figure::CloseRate(stage), &Plain).is_some());
        }
        assert!(why(&plan, &outcome, Scope::Whole, Figure::Handoff(2), &Plain).is_some());
        assert_eq!(why(&plan, &outcome, Scope::Whole, Figure::Handoff(0), &Plain), None);
        assert_eq!(why(&plan, &outcome, Scope::Whole, Figure::Needed(6), &Plain), None);
    }
}

/// Retention of 90 and 110 %: of 1,000,000 stay 900,000 and become 1,100,000; half a year counts for its square root.
#[test]
fn the_new_business_that_a_target_implies_is_worked_out() {
    let mut plan = plan();
    assert_eq!(why(&plan, &evaluate(&plan), Scope::Whole, Figure::NewBusiness, &Plain), None);
    plan.revenue.kind = TargetKind::TotalRevenue;
    plan.revenue.opening = Money::from_major(1_000_000);
    plan.revenue.grr = Rate::from_percent(90);
    plan.revenue.nrr = Factor::from_millionths(1_100_000).unwrap();
    let working = |plan: &Plan| why(plan, &evaluate(plan), Scope::Whole, Figure::NewBusiness, &Plain).unwrap().working;
    assert_eq!(
        working(&plan),
        [
            "At the end: EUR 2,000,000",
            "Customers: EUR 1,000,000 × 110 % a year for 12 months = EUR 1,100,000",
            "New business: EUR 2,000,000 − EUR 1,100,000 = EUR 900,000"
        ]
    );
    plan.revenue.kind = TargetKind::NetNew;
    plan.period.months = 6;
    let kept = 1e6 * 1.1_f64.sqrt();
    let shown = format!("= EUR {}", Plain.number(3e6 - kept, 1));
    assert_eq!(working(&plan)[0], "At the end: EUR 1,000,000 + EUR 2,000,000 = EUR 3,000,000");
    assert!(working(&plan)[2].ends_with(&shown), "{:?} {shown}", working(&plan));
}

/// 520,000 open against 1,000,000 that is not booked yet, all of it marketing's; sellers are to bring the other half.
#[test]
fn coverage_and_what_sources_create_are_told_source_by_source() {
    let mut plan = plan();
    plan.sources[0].share = Rate::from_percent(50);
    plan.sources[2].share = Rate::from_percent(50);
    plan.segments[0].open = vec![Open {
        stage: plan.stages[4].id,
        source: Source::Marketing,
        count: Count::new(12).unwrap(),
        amount: Some(Money::from_major(520_000)),
        age: None,
    }];
    let working = |figure| why(&plan, &evaluate(&plan), Scope::Whole, figure, &Plain).unwrap().working;
    assert_eq!(
        working(Figure::Coverage),
        [
            "Marketing: EUR 520,000 ÷ EUR 1,000,000 = 0.52",
            "Sellers, outbound: EUR 0 ÷ EUR 1,000,000 = 0",
            "In all: EUR 520,000 ÷ EUR 2,000,000 = 0.26"
        ]
    );
    plan.segments[0].open[0].source = Source::Partners;
    let lines = why(&plan, &evaluate(&plan), Scope::Whole, Figure::Coverage, &Plain).unwrap().working;
    assert_eq!(
        lines[2..],
        ["Other sources: EUR 520,000".to_owned(), "In all: EUR 520,000 ÷ EUR 2,000,000 = 0.26".to_owned()]
    );
    plan.segments[0].open.clear();
    plan.split_segment(plan.segments[0].id);
    let working = |figure| why(&plan, &evaluate(&plan), Scope::Whole, figure, &Plain).unwrap().working;
    assert_eq!(
        working(Figure::Creates(Source::Sellers)),
        [
            "Segment 1: bookings EUR 500,000, pipeline EUR 2,500,000",
            "Segment 2: bookings EUR 500,000, pipeline EUR 2,500,000",
            "In all: bookings EUR 1,000,000, pipeline EUR 5,000,000"
        ]
    );
}

/// By hand: 100 deals a year, 100 ÷ 12 a month, evenly within it; 55 days from opportunity to won, of which one in five is won.
#[test]
fn what_is_overdue_and_should_be_open_is_explained_as_it_is() {
    let mut plan = plan();
    plan.as_of = Date::parse_iso("2027-06-01").unwrap();
    let all = |figure| why(&plan, &evaluate(&plan), Scope::Whole, figure, &Plain).unwrap().working;
    // What enters on 31 May is won on 25 July. In the 55 days before 1 June enters what is due in June and until 25 July.
    let a_month = 100.0 / 12.0 / 0.2;
    let open = a_month * (1.0 + 25.0 / 31.0);
    assert_eq!(all(Figure::ShouldBeOpen(4)), [format!("In all: {}", Plain.number(open, 2))]);
    // Nothing has entered: all that is due until 25 July.
    let overdue = a_month * (6.0 + 25.0 / 31.0);
    assert_eq!(all(Figure::Overdue(4)), [format!("In all: {}", Plain.number(overdue, 2))]);
}

/// By hand: what enters as an opportunity in March 2027 is won 55 days later, from 25 April to 25 May: 6 of 30 and 25 of 31 days' deals.
#[test]
fn a_month_says_what_it_asks_for_and_by_when_that_is_due() {
    let mut plan = plan();
    let months =
        |plan: &Plan, column| why(plan, &evaluate(plan), Scope::Whole, Figure::Months(column), &Plain).unwrap();
    let march = |plan: &Plan, column| {
        let lines = months(plan, column).working;
        lines.into_iter().find_map(|line| line.strip_prefix("March 2027: ").map(str::to_owned)).unwrap()
    };
    let won = 2e6 / 12.0 * (6.0 / 30.0 + 25.0 / 31.0);
    let (shown, entries) = (Plain.number(won, 3), Plain.number(won / 4000.0, 2));
    assert_eq!(months(&plan, 4).title, "Opportunities, month by month");
    assert_eq!(march(&plan, 4), format!("EUR {shown} by 25 May 2027 ÷ EUR 4,000 = {entries}"));
    assert_eq!(march(&plan, 6), "EUR 166,666.67");
    // What is booked is not asked for: of the last day of January's deals on, 500,000 are there until 31 March.
    plan.segments[0].booked = Money::from_major(500_000);
    assert!(march(&plan, 5).starts_with("EUR 0 by 31 March 2027"), "{}", march(&plan, 5));
    plan.segments[0].booked = Money::ZERO;
    // A season weighs each day: there is no one worth to divide by.
    plan.timing.rate_season = vec![Factor::from_millionths(500_000).unwrap(); 6];
    assert!(!march(&plan, 4).contains('÷'), "{}", march(&plan, 4));
    plan.timing.rate_season.clear();
    plan.split_segment(plan.segments[0].id);
    let half = Plain.number(won / 8000.0, 2);
    assert_eq!(march(&plan, 4), format!("Segment 1: {half}, Segment 2: {half}, in all {entries}"));
    plan.base.steps[2].rate = Rate::ZERO;
    assert!(months(&plan, 1).working[0].starts_with("out of reach: "));
    assert_eq!(why(&plan, &evaluate(&plan), Scope::Whole, Figure::Months(9), &Plain), None);
}

#[test]
fn groups_say_what_share_they_win() {
    let mut plan = plan();
    plan.split_segment(plan.segments[0].id);
    plan.segments[0].region = "EMEA".into();
    plan.segments[1].region = "US".into();
    plan.split_segment(plan.segments[1].id);
    let why = why(&plan, &evaluate(&plan), Scope::Whole, Figure::Compared(Tag::Region), &Plain).unwrap();
    assert_eq!(why.working, ["EMEA: 50 ÷ 5,208.33333 = 0.96 %", "US: 50 ÷ 5,208.33333 = 0.96 %"]);
}

/// Holds each segment and source of a plan against the sum of what it is made of.
#[track_caller]
fn adds_up(plan: &Plan) {
    let outcome = evaluate(plan);
    for part in outcome.parts.iter().filter(|part| part.scope != Scope::Whole) {
        let members = made_of(plan, part.scope);
        assert!(members.len() > 1, "{:?}", part.scope);
        let same = |what: &str, figure: &dyn Fn(&Part) -> f64| {
            let (whole, sum) = (figure(part), members.iter().map(figure).sum::<f64>());
            let is_same = (whole - sum).abs() <= 1e-9 * whole.abs().max(1.0);
            assert!(is_same, "{what} of {:?}: {whole} is not {sum}", part.scope);
        };
        same("target", &|part| part.target);
        same("togo", &|part| part.togo);
        same("behind", &|part| part.behind);
        same("lost", &|part| part.lost);
        for stage in 0..plan.stages.len() {
            same("carried", &|part| part.stages[stage].carried.figure().unwrap_or(0.0));
            same("overdue", &|part| part.stages[stage].overdue);
            same("should be open", &|part| part.stages[stage].should_be_open);
        }
        for month in part.months.iter().map(|month| month.month) {
            let of = |part: &Part, figure: &dyn Fn(&MonthOutcome) -> f64| {
                part.months.iter().find(|known| known.month == month).map_or(0.0, figure)
            };
            same("due", &|part| of(part, &|month| month.due));
            same("from open", &|part| of(part, &|month| month.from_open));
            same("from new", &|part| of(part, &|month| month.from_new));
            same("entries", &|part| of(part, &|month| month.entries.iter().sum()));
        }
    }
}

/// What a segment or a source is made of adds up to what is said of it.
#[test]
fn a_part_is_made_of_what_adds_up_to_it() {
    let mut plan = plan();
    plan.as_of = Date::parse_iso("2027-03-10").unwrap();
    plan.split_segment(plan.segments[0].id);
    plan.segments[1].own.asp = Some(Money::from_major(35_000));
    plan.segments[0].booked = Money::from_major(90_000);
    let (stage, count) = (plan.stages[4].id, Count::new(12).unwrap());
    plan.segments[1].open = vec![Open { stage, source: Source::Sellers, count, amount: None, age: None }];
    plan.sources[0].share = Rate::from_percent(70);
    plan.sources[2].share = Rate::from_percent(30);
    plan.sources[2].entry = Some(stage);
    plan.circle.recycled = Rate::from_percent(20);
    plan.circle.recycled_as = Source::Customers;
    plan.timing.rate_season = vec![Factor::from_millionths(800_000).unwrap(); 5];
    adds_up(&plan);
    // However segments state their goals, whatever the target counts, and with times that spread.
    let mut other = plan.clone();
    other.timing.spread = Factor::from_millionths(450_000).unwrap();
    adds_up(&other);
    other.timing.sized_for_spread = true;
    other.timing.rate_season.clear();
    other.circle = Circle::default();
    other.as_of = Date::parse_iso("2026-08-01").unwrap();
    adds_up(&other);
    other.revenue.kind = TargetKind::TotalRevenue;
    other.revenue.opening = Money::from_major(700_000);
    other.revenue.grr = Rate::from_percent(90);
    other.revenue.nrr = Factor::from_millionths(1_050_000).unwrap();
    adds_up(&other);
    let new_business = evaluate(&other).goal.new_business;
    other.state_goals(true, new_business);
    adds_up(&other);
    let outcome = evaluate(&plan);
    let lines = why(&plan, &outcome, Scope::Source(Source::Sellers), Figure::Needed(4), &Plain).unwrap().working;
    assert!(lines[0].starts_with("Segment 1: ") && lines[1].starts_with("Segment 2: "), "{lines:?}");
    let id = plan.segments[0].id;
    let lines = why(&plan, &outcome, Scope::Segment(id), Figure::Months(4), &Plain).unwrap().working;
    assert!(lines[0].contains(": Marketing: ") && lines[0].contains(", Sellers, outbound: "), "{lines:?}");
    // What comes back of what marketing created is the customers' here.
    plan.stages[5].owner = Owner::Marketing;
    let handoff =
        |plan: &Plan| why(plan, &evaluate(plan), Scope::Segment(id), Figure::Handoff(4), &Plain).unwrap().working;
    assert_eq!(handoff(&plan).len(), 1);
    plan.circle.recycled = Rate::ZERO;
    let each: Vec<f64> = handoff(&plan)
        .iter()
        .map(|line| line.rsplit_once(' ').unwrap().1.replace(',', "").parse::<f64>().unwrap())
        .collect();
    assert_eq!(each.len(), 3);
    assert!((each[0] + each[1] - each[2]).abs() <= 0.02, "{each:?}");
}
