//! Each explanation is true to the digits it shows and ends with the figure of its table.

use super::*;
use crate::plan::Term;
use crate::report::why::{equation, is_true};

/// How many cells have an explanation: each of its equations is true to the digits shown, and the last gives the figure of the cell.
#[track_caller]
fn explained(plan: &Plan) -> usize {
    let spend = of(plan).unwrap();
    let mut cells = Vec::new();
    for (place, row) in channels(plan, &spend, &Plain).rows.into_iter().enumerate() {
        cells.push((MoneyFigure::CostPerLead(place), row[4].clone()));
        cells.push((MoneyFigure::CostPerWin(place), row[6].clone()));
        cells.push((MoneyFigure::Return(place), row[9].clone()));
        let explanation = why(plan, &spend, MoneyFigure::Bookings(place), &Plain).unwrap();
        assert!(is_true(&explanation.working[1]));
        let (all, ..) = equation(&explanation.working[1]).unwrap();
        let Value::Number { figure: within, .. } = row[7] else { panic!("an amount") };
        let Value::Number { figure: after, .. } = row[8] else { panic!("an amount") };
        assert!((all - within - after - spend.channels[place].bookings.before).abs() < 1e-6 * all.max(1.0));
    }
    let marketing = why(plan, &spend, MoneyFigure::Marketing, &Plain).unwrap();
    assert!(is_true(&marketing.working[0]), "{marketing:?}");
    for (place, row) in stages(plan, &spend, &Plain).rows.into_iter().enumerate() {
        cells.push((MoneyFigure::StageCost(place), row[1].clone()));
    }
    let rows = customers(plan, &spend, &Plain).rows;
    let whole = rows.len() - 1;
    for (place, row) in rows.into_iter().enumerate() {
        let place = (place < whole).then_some(place);
        cells.push((MoneyFigure::Cac(place), row[1].clone()));
        cells.push((MoneyFigure::Payback(place), row[2].clone()));
        cells.push((MoneyFigure::Ltv(place), row[3].clone()));
        cells.push((MoneyFigure::LtvToCac(place), row[4].clone()));
    }
    let mut checked = 0;
    for (figure, cell) in cells {
        let explanation = why(plan, &spend, figure, &Plain);
        let Value::Number { figure: expected, .. } = cell else {
            assert_eq!(explanation, None, "{figure:?}");
            continue;
        };
        let working = explanation.unwrap_or_else(|| panic!("{figure:?} has no explanation")).working;
        for line in &working {
            is_true(line);
        }
        let (_, shown, last_digit) = equation(working.last().unwrap()).unwrap();
        assert!((shown - expected).abs() <= 0.51 * last_digit.max(1e-6), "{figure:?}: {working:?} is not {expected}");
        checked += 1;
    }
    checked
}

#[test]
fn every_explanation_ends_with_the_figure_of_its_table() {
    assert_eq!(explained(&plan()), 3 + 2 + 4);
    let mut plan = many();
    assert_eq!(explained(&plan), 3 * 3 + 6 + 3 * 4);
    // Every month has its rate: no two deals of a channel are won alike.
    plan.timing.rate_season = vec![Factor::from_millionths(777_777).unwrap(); 5];
    plan.timing.spread = Factor::from_millionths(400_000).unwrap();
    plan.as_of = Date::parse_iso("2026-10-17").unwrap();
    plan.spending.term = Term::new(7).unwrap();
    assert_eq!(explained(&plan), 3 * 3 + 6 + 3 * 4);
    // No margin in one segment: of it and of the whole, only what a customer costs. Then one for all.
    plan.segments[1].margin = Some(Rate::ZERO);
    assert_eq!(explained(&plan), 3 * 2 + 1 + 6 + 4 + 1 + 1);
    plan.segments[1].margin = None;
    assert_eq!(explained(&plan), 3 * 3 + 6 + 3 * 4);
    plan.segments[1].churn = None;
    assert_eq!(explained(&plan), 3 * 3 + 6 + 3 * 4);
    plan.spending.churn = Rate::ZERO;
    assert_eq!(explained(&plan), 3 * 3 + 6 + 3 * 2);
    plan.spending.margin = Rate::ZERO;
    assert_eq!(explained(&plan), 3 * 2 + 6 + 3);
    plan.spending.channels.clear();
    assert_eq!(explained(&plan), 3);
}

#[test]
fn awkward_figures_are_true_to_the_digits_shown() {
    let mut checked = 0;
    for odd in (7_u32..20_000).step_by(499) {
        let mut plan = many();
        let rate = |by: u32| Rate::from_millionths(1 + odd * by % 999_983).unwrap();
        let price = |by: u32| Money::from_thousandths(i64::from(odd * by % 77_777_777 + 1)).unwrap();
        (plan.segments[0].own.asp, plan.base.asp) = (Some(price(7_919)), price(104_729));
        (plan.segments[1].margin, plan.segments[1].churn) = (Some(rate(31)), Some(rate(37)));
        (plan.spending.margin, plan.spending.churn) = (rate(41), rate(43));
        (plan.spending.other, plan.spending.seller) = (price(47), price(53));
        for channel in &mut plan.spending.channels {
            (channel.cost, channel.validated) = (price(59), rate(61));
        }
        plan.base.steps[3].rate = rate(67);
        checked += explained(&plan);
    }
    assert_eq!(checked, 41 * 27);
}

#[test]
fn an_explanation_shows_its_working() {
    let plan = many();
    let spend = of(&plan).unwrap();
    let why = |figure| why(&plan, &spend, figure, &Plain).unwrap();
    let lead = why(MoneyFigure::CostPerLead(0));
    assert_eq!((lead.title.as_str(), lead.source), ("Search: cost per lead", ""));
    // November has nine days left of thirty.
    assert_eq!(lead.working, ["93,100 visitors × EUR 3 = EUR 279,300", "EUR 279,300 ÷ 93,100 = EUR 3"]);
    assert_eq!(why(MoneyFigure::Cac(Some(0))).title, "Enterprise: CAC");
    let cac = why(MoneyFigure::Cac(None));
    // At 33,000 and at 7,000 they bring all that comes together. Twelve months of channels and three sellers.
    let [enterprise, others] = [0, 1].map(|segment| spend.segments[segment].customers);
    let (customers, buys) = (enterprise + others, spend.buys);
    assert!((33_000.0 * enterprise + 7_000.0 * others - buys.open - buys.others - buys.channels).abs() < 1e-3);
    let channels = 12.0 * (21_000.0 + 4_100.0 + 200.0 * 77.0 + 13.0 * 530.0 + 4_700.0);
    assert_eq!(
        cac.working,
        [
            format!(
                "{} new customers: what is open, planned and bought, as far as people close it",
                Plain.number(customers, 2)
            ),
            format!(
                "Marketing, and sellers and sales development: EUR {} + EUR 330,000 = EUR {}",
                Plain.number(channels, 0),
                Plain.number(channels + 330_000.0, 0)
            ),
            format!(
                "EUR {} ÷ {} = EUR {}",
                Plain.number(channels + 330_000.0, 0),
                Plain.number(customers, 9),
                Plain.number((channels + 330_000.0) / customers, 2)
            )
        ]
    );
    let ltv = why(MoneyFigure::Ltv(Some(1)));
    assert_eq!(
        ltv.working,
        ["A customer pays EUR 7,000 ÷ 12 months = EUR 583.33 a month", "EUR 583.333333333 × 55 % ÷ 7 % = EUR 4,583.33"]
    );
    assert!(ltv.source.contains("Wall Street Prep"));
    assert_eq!(super::super::why(&plan, &spend, MoneyFigure::Return(3), &Plain), None);
    assert_eq!(super::super::why(&plan, &spend, MoneyFigure::Cac(Some(2)), &Plain), None);
    assert_eq!(super::super::why(&plan, &spend, MoneyFigure::StageCost(6), &Plain), None);
}

#[test]
fn every_subject_explains_its_figures() {
    let plan = many();
    let spend = of(&plan).unwrap();
    assert_eq!(
        subjects(&plan),
        ["Everything", "Search", "LinkedIn", "Channel 3", "Enterprise", "Segment 2", "Cost by stage"]
    );
    let counts: Vec<usize> = (0..8).map(|subject| explain(&plan, &spend, subject, &Plain).len()).collect();
    assert_eq!(counts, [5, 4, 4, 4, 4, 4, 6, 6]);
    let titles = |subject| explain(&plan, &spend, subject, &Plain).remove(0).title;
    assert_eq!([1, 3, 5].map(titles), ["Search: cost per lead", "Channel 3: cost per lead", "Segment 2: CAC"]);
}
