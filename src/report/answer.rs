//! The answer as sentences that somebody can repeat in a meeting.

use crate::engine::{CloseRate, Forward, Need, Obstacle, Outcome, Part, Window};
use crate::plan::{Plan, Scope, TargetKind};
use crate::report::calendar::LOST;
use crate::report::{DateStyle, Format, amount, count, parts, words};
use crate::units::{Date, Money};

/// A part of a sentence; strong where the eye should land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words, with the spaces around them.
    pub text: String,
    /// Whether this is a figure to look at.
    pub strong: bool,
}

/// A sentence, or a few, in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Span>);

impl Sentence {
    /// The words alone, to copy or to speak.
    pub fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    pub(super) fn say(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), strong: false });
        self
    }

    pub(super) fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Span { text: text.into(), strong: true });
        self
    }
}

/// *To book €2,000,000 by 31 December 2027 you need 10,417 leads by 18 September, 1,215 a month from January. Later
/// ones count for 2028.*
pub fn answer(plan: &Plan, outcome: &Outcome, format: &dyn Format) -> Sentence {
    let Some(headline) = outcome.whole().stages.get(outcome.headline) else { return Sentence::default() };
    let target = amount(format, plan.target.major(), plan.currency);
    let end = plan.period.last_day();
    if plan.target == Money::ZERO {
        return Sentence::default().say("Type a revenue target: with nothing to book, nothing is needed.");
    }
    let (aim, of) = match plan.revenue.kind {
        TargetKind::NewBusiness => ("To book ", ""),
        TargetKind::TotalRevenue => ("To reach ", " of recurring revenue"),
        TargetKind::NetNew => ("To grow recurring revenue by ", ""),
    };
    let goal =
        Sentence::default().say(aim).strong(&target).say(format!("{of} by {}", format.date(end, DateStyle::Full)));
    let volume = match headline.volume {
        Need::Of(_) if outcome.whole().togo <= 0.0 => {
            return goal.say(" nothing new is needed: what is there reaches it.");
        }
        Need::Of(volume) => count(format, volume),
        Need::OutOfReach(Obstacle::Price) => {
            return Sentence::default().strong(target).say(format!(
                " is out of reach: no number of {} adds up to it while the average selling price is zero.",
                words::plural(plan, plan.stages.len().saturating_sub(1))
            ));
        }
        Need::OutOfReach(Obstacle::Rate(step)) => {
            return Sentence::default().strong(target).say(format!(
                " is out of reach: no {} becomes {} while that rate is 0 %.",
                words::singular(plan, step),
                words::indefinite(plan, step + 1)
            ));
        }
    };
    let needed = format!("{volume} {}", noun(plan, outcome.headline, &volume));
    let Some((window, pace)) = headline.window.zip(headline.pace.and_then(Need::figure)) else {
        return goal
            .say(" takes ")
            .strong(needed)
            .say(format!(", but an entry had to come by {}", format.date(headline.last_useful, DateStyle::Full)))
            .say(". What enters now counts for the next period.");
    };
    let last_useful = near(format, window.to, end);
    let mut sentence = goal.say(" you need ").strong(needed).say(" by ").strong(last_useful);
    if headline.earliest_last_useful < window.to {
        sentence = sentence.say(format!(", some by {}", near(format, headline.earliest_last_useful, end)));
    }
    if window.months() > 1.5 {
        let from = beginning(format, window);
        sentence = sentence.say(format!(", {} a month from {from}", count(format, pace)));
    }
    if window.to == end {
        return sentence.say(".");
    }
    sentence.say(format!(". Later ones count for {}.", next_period(plan)))
}

/// *100 deals at €20,000. One lead is worth €192 of bookings.*
pub fn support(plan: &Plan, outcome: &Outcome, format: &dyn Format) -> Option<String> {
    let wins = count(format, outcome.whole().stages.last()?.volume.figure()?);
    let headline = outcome.whole().stages.get(outcome.headline)?;
    let whole = outcome.whole();
    if whole.togo <= 0.0 {
        return None;
    }
    let there = if whole.togo < whole.target {
        let there = amount(format, whole.target - whole.togo, plan.currency);
        format!("{there} is booked, or expected of what is open; for the rest ")
    } else {
        String::new()
    };
    let price = price(plan, whole.togo / whole.stages.last()?.carried.figure()?, format);
    let mut deals = format!("{there}{wins} {} at {price}.", noun(plan, plan.stages.len().saturating_sub(1), &wins));
    if whole.lost > 0.0 {
        deals += &format!(" {}{LOST}", amount(format, whole.lost, plan.currency));
    }
    if outcome.headline + 1 == plan.stages.len() || headline.value_each <= 0.0 {
        return Some(deals);
    }
    let one = words::singular(plan, outcome.headline);
    let worth = amount(format, headline.value_each, plan.currency);
    Some(format!("{deals} One {one} is worth {worth} of bookings."))
}

/// What a deal brings, or, where that differs, what deals bring on average.
fn price(plan: &Plan, average: f64, format: &dyn Format) -> String {
    let asp = plan.base.asp.major();
    if average.is_nan() || (average - asp).abs() <= 1e-6 * asp {
        return amount(format, asp, plan.currency);
    }
    format!("{} on average", amount(format, average, plan.currency))
}

/// What a volume that one has would bring, and what would close the gap; nothing where none was typed.
pub fn brings(plan: &Plan, outcome: &Outcome, position: usize, format: &dyn Format) -> Option<Sentence> {
    let (figures, close_rate) = (outcome.whole().stages.get(position)?, outcome.whole().close_rate);
    let forward = figures.forward?;
    let money = |value: f64| amount(format, value, plan.currency);
    let available = count(format, forward.available.as_f64());
    let wins = count(format, forward.wins);
    let sentence = Sentence::default()
        .say(format!(
            "{available} {} {} ",
            noun(plan, position, &available),
            if available == "1" { "brings" } else { "bring" }
        ))
        .strong(money(forward.revenue))
        .say(format!(
            ": {wins} {} at {}.",
            noun(plan, plan.stages.len().saturating_sub(1), &wins),
            price(plan, figures.value_each / figures.wins_each, format)
        ));
    // Less than a thousandth of the currency is nobody's gap.
    if forward.gap.abs() < 0.0005 {
        return Some(sentence.say(" That is the target exactly."));
    }
    if forward.gap < 0.0 {
        return Some(sentence.say(format!(" That is {} more than the target.", money(-forward.gap))));
    }
    // Who has the very number that is shown as needed misses a fraction of an item.
    let is_shown = |need: Need| need.figure().is_some_and(|needed| count(format, needed) == available);
    if is_shown(figures.carried) && is_shown(figures.volume) {
        let one = words::singular(plan, position);
        return Some(sentence.say(format!(" That is the target, to the nearest {one}.")));
    }
    let missing = sentence.say(" ").strong(format!("{} is missing", money(forward.gap)));
    Some(match forward.close_rate {
        CloseRate::At(rate) => missing
            .say("; a close rate of ")
            .strong(format.percent(rate))
            .say(format!(" instead of {} would close the gap.", format.percent(close_rate))),
        CloseRate::OverOne(_) => missing.say("; no close rate closes that gap, even if every one were won."),
        CloseRate::None => {
            missing.say("; no close rate closes that gap, because ").say(why_no_close_rate(&forward)).say(".")
        }
    })
}

/// What is in the way where no close rate would do.
pub(super) fn why_no_close_rate(forward: &Forward) -> &'static str {
    if forward.at_last_step > 0.0 { "a deal brings nothing" } else { "nothing arrives at the last step" }
}

/// What the picture of a part shows, in a sentence: *From 250 leads to 50 deals.*
pub fn picture(plan: &Plan, part: &Part, format: &dyn Format) -> String {
    let volume = |position: usize| {
        let need = part.stages.get(position).map(|stage| stage.volume);
        let shown =
            need.and_then(Need::figure).map_or_else(|| "no number of".to_owned(), |volume| count(format, volume));
        format!("{shown} {}", noun(plan, position, &shown))
    };
    let last = plan.stages.len().saturating_sub(1);
    let first = part.stages.iter().position(|stage| stage.is_passed).unwrap_or(0);
    let from = match part.scope {
        Scope::Whole => "From".to_owned(),
        scope => format!("{}: from", parts::scope(plan, scope)),
    };
    let through = format!("{from} {} to {}", volume(first), volume(last));
    let stages = part.stages.iter().take(last).enumerate().filter(|(_, stage)| stage.is_passed);
    let rates = stages.map(|(step, stage)| (step, stage.rate_to_next));
    match rates.min_by(|(_, one), (_, other)| one.total_cmp(other)) {
        Some((step, narrowest)) if last > first + 1 => format!(
            "{through}; the narrowest step is from {} to {}, where {} go on.",
            words::singular(plan, step),
            words::singular(plan, step + 1),
            format.percent(narrowest)
        ),
        _ => format!("{through}."),
    }
}

/// What breaking the funnel down did to the headline: *It was 500 leads; now it is 10,417 leads. …*
pub fn break_down(before: (&Plan, &Outcome), after: (&Plan, &Outcome), format: &dyn Format) -> String {
    let lead = |(plan, outcome): (&Plan, &Outcome)| {
        let volume = outcome.whole().stages.get(outcome.headline).and_then(|stage| stage.volume.figure());
        let volume = volume.map_or_else(|| "no number of".to_owned(), |volume| count(format, volume));
        format!("{volume} {}", noun(plan, outcome.headline, &volume))
    };
    let (was, is) = (lead(before), lead(after));
    let last_step = after.0.stages.len().saturating_sub(2);
    let close_rate = format.percent(after.0.close_rate().fraction());
    format!(
        "It was {was}; now it is {is}. Your close rate of {close_rate} is now that of {}; the other rates are the template's.",
        words::plural(after.0, last_step)
    )
}

/// *lead* after 1, *leads* after anything else.
pub(super) fn noun(plan: &Plan, position: usize, shown: &str) -> String {
    if shown == "1" { words::singular(plan, position) } else { words::plural(plan, position) }
}

/// A date without its year where the year is plain from the period's end.
pub(super) fn near(format: &dyn Format, date: Date, end: Date) -> String {
    let style = if date.ymd().0 == end.ymd().0 { DateStyle::DayAndMonth } else { DateStyle::Full };
    format.date(date, style)
}

/// *January*, *22 November 2026*: where a window begins.
pub(super) fn beginning(format: &dyn Format, window: Window) -> String {
    let ((from_year, _, day), (to_year, _, _)) = (window.from.ymd(), window.to.ymd());
    let style = match (day, from_year == to_year) {
        (1, true) => DateStyle::Month,
        (1, false) => DateStyle::MonthAndYear,
        (_, true) => DateStyle::DayAndMonth,
        (_, false) => DateStyle::Full,
    };
    format.date(window.from, style)
}

/// *2028*, when the period is a calendar year; *the next period* otherwise.
fn next_period(plan: &Plan) -> String {
    if plan.period.start.number() == 1 && plan.period.months == 12 {
        return (plan.period.start.year() + 1).to_string();
    }
    "the next period".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::evaluate;
    use crate::plan::{Lineage, Source, examples};
    use crate::report::Plain;
    use crate::units::{Count, Days, Rate};

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    fn said(plan: &Plan) -> String {
        answer(plan, &evaluate(plan), &Plain).text()
    }

    #[test]
    fn the_answer_is_a_sentence_to_repeat() {
        let mut plan = plan();
        assert_eq!(
            said(&plan),
            "To book EUR 2,000,000 by 31 December 2027 you need 10,417 leads by 18 September, 1,053 a month from 22 November 2026. Later ones count for 2028."
        );
        plan.as_of = Date::parse_iso("2027-01-01").unwrap();
        assert_eq!(
            said(&plan),
            "To book EUR 2,000,000 by 31 December 2027 you need 10,417 leads by 18 September, 1,215 a month from January. Later ones count for 2028."
        );
        let outcome = evaluate(&plan);
        assert_eq!(
            support(&plan, &outcome, &Plain).unwrap(),
            "100 deals at EUR 20,000. One lead is worth EUR 192 of bookings."
        );
    }

    #[test]
    fn what_is_reached_already_needs_nothing() {
        let mut plan = plan();
        plan.revenue.kind = TargetKind::TotalRevenue;
        plan.revenue.opening = Money::from_major(3_000_000);
        let there = "To reach EUR 2,000,000 of recurring revenue by 31 December 2027 nothing new is needed: \
                     what is there reaches it.";
        assert_eq!(said(&plan), there);
        assert_eq!(support(&plan, &evaluate(&plan), &Plain), None);
    }

    #[test]
    fn what_cannot_be_reached_is_said_in_words() {
        let mut plan = plan();
        plan.as_of = Date::parse_iso("2027-09-19").unwrap();
        assert_eq!(
            said(&plan),
            "To book EUR 2,000,000 by 31 December 2027 takes 10,417 leads, but an entry had to come by 18 September 2027. What enters now counts for the next period."
        );
        plan.base.steps[3].rate = Rate::ZERO;
        assert_eq!(said(&plan), "EUR 2,000,000 is out of reach: no SQL becomes an opportunity while that rate is 0 %.");
        plan.base.asp = Money::ZERO;
        assert!(said(&plan).starts_with("EUR 2,000,000 is out of reach: no number of deals"));
        plan.target = Money::ZERO;
        assert!(said(&plan).starts_with("Type a revenue target"));
    }

    #[test]
    fn the_part_that_takes_longest_has_its_date_said() {
        let mut plan = plan();
        plan.split_segment(plan.segments[0].id);
        let slow = Scope::Segment(plan.segments[1].id);
        plan.set_days(slow, 4, Days::new(120));
        assert!(said(&plan).contains(" by 18 September, some by 15 July, "), "{}", said(&plan));
        plan.as_of = Date::parse_iso("2027-08-01").unwrap();
        let outcome = evaluate(&plan);
        let support = support(&plan, &outcome, &Plain).unwrap();
        assert!(support.contains(" can no longer be won in this period by anything that enters now."), "{support}");
        assert!((outcome.whole().lost - outcome.part(slow).lost).abs() < 1e-6 && outcome.part(slow).lost > 0.0);
    }

    #[test]
    fn the_picture_has_its_sentence() {
        let plan = plan();
        assert_eq!(
            picture(&plan, evaluate(&plan).whole(), &Plain),
            "From 520,833 visitors to 100 deals; the narrowest step is from visitor to lead, where 2 % go on."
        );
        let mut with_sellers = plan.clone();
        let [marketing, _, sellers, ..] = &mut with_sellers.sources;
        (marketing.share, sellers.share) = (Rate::from_percent(60), Rate::from_percent(40));
        for (entry, expected) in [
            (4, "Sellers, outbound: from 200 opportunities to 40 deals."),
            (
                3,
                "Sellers, outbound: from 500 SQLs to 40 deals; the narrowest step is from opportunity to deal, where 20 % go on.",
            ),
        ] {
            with_sellers.sources[2].entry = Some(plan.stages[entry].id);
            let outcome = evaluate(&with_sellers);
            let part = outcome.part(Scope::Source(Source::Sellers));
            assert_eq!(picture(&with_sellers, part, &Plain), expected);
        }
        let short = examples::three_figures(Lineage([1; 8]), plan.as_of);
        assert_eq!(picture(&short, evaluate(&short).whole(), &Plain), "From 250 leads to 50 deals.");
    }

    #[test]
    fn breaking_down_says_what_the_leads_were_and_are() {
        let mut plan = plan();
        plan.stages.drain(..4);
        plan.base.steps.drain(..4);
        plan.headline = plan.stages[0].id;
        let before = (plan.clone(), evaluate(&plan));
        plan.break_down(&crate::plan::templates::SALES_LED);
        let after = (plan.clone(), evaluate(&plan));
        assert_eq!(
            break_down((&before.0, &before.1), (&after.0, &after.1), &Plain),
            "It was 500 opportunities; now it is 10,417 leads. Your close rate of 20 % is now that of opportunities; the other rates are the template's."
        );
    }

    #[test]
    fn the_other_direction_names_the_gap_and_what_closes_it() {
        let mut plan = plan();
        let mut with = |available: u64| {
            plan.stages[4].available = Count::new(available);
            let outcome = evaluate(&plan);
            brings(&plan, &outcome, 4, &Plain).unwrap().text()
        };
        assert_eq!(
            with(400),
            "400 opportunities bring EUR 1,600,000: 80 deals at EUR 20,000. EUR 400,000 is missing; a close rate of 25 % instead of 20 % would close the gap."
        );
        assert!(
            with(50).ends_with("EUR 1,800,000 is missing; no close rate closes that gap, even if every one were won.")
        );
        assert!(with(500).ends_with("That is the target exactly."));
        assert!(with(600).ends_with("That is EUR 400,000 more than the target."));
        assert!(with(499).contains("EUR 4,000 is missing"));
        assert!(with(0).ends_with("no close rate closes that gap, because nothing arrives at the last step."));
        plan.base.asp = Money::ZERO;
        plan.stages[4].available = Count::new(50);
        let said = brings(&plan, &evaluate(&plan), 4, &Plain).unwrap().text();
        assert!(said.ends_with("no close rate closes that gap, because a deal brings nothing."), "{said}");
        plan.base.asp = Money::from_major(20_000);
        // 476.19 are needed, shown as 476.
        plan.base.steps[4].rate = Rate::from_percent(21);
        let mut with = |available: u64| {
            plan.stages[4].available = Count::new(available);
            brings(&plan, &evaluate(&plan), 4, &Plain).unwrap().text()
        };
        assert!(with(476).ends_with("That is the target, to the nearest opportunity."));
        assert!(with(475).contains("EUR 5,000 is missing"));
        plan.rounding = crate::plan::Rounding::CeilEachStage;
        plan.stages[4].available = Count::new(476);
        let rounded_up = brings(&plan, &evaluate(&plan), 4, &Plain).unwrap().text();
        assert!(rounded_up.contains("EUR 800 is missing"), "477 are asked for then");
    }
}
