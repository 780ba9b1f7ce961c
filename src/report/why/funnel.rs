//! How many, what they are worth, and what that takes.

use super::CARRIED;
use super::{Explanation, FUNNEL, Figure, VALUE, Writer};
use crate::engine::{CloseRate, Need};
use crate::plan::{Scope, Source, TargetKind};
use crate::report::words::capitalised;
use crate::report::{answer, count, parts, words};

impl Writer<'_> {
    pub(super) fn needed(&self, stage: usize) -> Option<Explanation> {
        let figures = self.part.stages.get(stage)?;
        let deals = self.part.stages.last()?.carried;
        let won = words::plural(self.plan, self.plan.stages.len().saturating_sub(1));
        let plural = words::plural(self.plan, stage);
        let is_last = stage + 1 == self.plan.stages.len();
        let mut formula = if is_last {
            format!("{} = {} ÷ average selling price", capitalised(&won), self.due())
        } else {
            format!("{} = {won} that come of them ÷ the share of {plural} that is won", capitalised(&plural))
        };
        let mut working = Vec::new();
        if !figures.is_passed {
            "Everything enters further down: nothing passes this stage.".clone_into(&mut formula);
        } else if let Some(line) = &self.line {
            let togo = self.part.togo;
            if togo < self.part.target {
                working.push(format!(
                    "{} is due, {} is still to be won",
                    self.digits.money(self.part.target),
                    self.digits.money(togo)
                ));
            }
            working.push(format!(
                "{} = {} ÷ {} = {}",
                capitalised(&won),
                self.digits.money(togo),
                self.digits.money(line.asp.major()),
                self.need(deals)
            ));
            if !is_last {
                working.push(self.rates(stage)?);
                working.push(match (figures.carried, deals) {
                    (Need::Of(carried), Need::Of(deals)) => {
                        let effort = self.factor(carried * figures.rate_to_won, deals, '×');
                        let (deals, share) = (self.digits.operand(deals), self.digits.share(figures.rate_to_won));
                        format!("{deals} ÷ {share}{effort} = {}", self.digits.result(carried))
                    }
                    (obstacle, _) => self.need(obstacle),
                });
            }
        }
        Some(Explanation {
            title: format!("{} needed", self.plan.stages.get(stage)?.plural),
            formula,
            working,
            rounding: self.rounding(figures.volume),
            source: FUNNEL,
        })
    }

    pub(super) fn worth(&self, stage: usize) -> Option<Explanation> {
        let figures = self.passed(stage)?;
        let one = words::singular(self.plan, stage);
        let working = match &self.line {
            Some(line) => {
                let (share, worth) = (figures.rate_to_won, figures.value_each);
                let effort = self.factor(share * line.asp.major(), worth, '÷');
                let (share, price) = (self.digits.share(share), self.digits.money(line.asp.major()));
                vec![self.rates(stage)?, format!("{share} × {price}{effort} = {}", self.digits.money_result(worth))]
            }
            None => Vec::new(),
        };
        Some(Explanation {
            title: format!("What one {one} is worth"),
            formula: format!(
                "Worth of {} = the share of {} that is won × average selling price",
                words::indefinite(self.plan, stage),
                words::plural(self.plan, stage)
            ),
            working,
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    pub(super) fn rate_to_won(&self, stage: usize) -> Option<Explanation> {
        self.passed(stage)?;
        let (formula, working) = match self.line {
            Some(_) => ("The product of the rates of every step from here", vec![self.rates(stage)?]),
            None => ("Wins ÷ entries, sums over sums", Vec::new()),
        };
        Some(Explanation {
            title: format!("From {} to won", words::singular(self.plan, stage)),
            formula: formula.to_owned(),
            working,
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    pub(super) fn pipeline(&self) -> Option<Explanation> {
        let created = self.plan.stages.len().checked_sub(2)?;
        let mut working = Vec::new();
        if let Some(line) = &self.line {
            let rate = line.steps.last().map_or(0.0, |step| step.rate.fraction());
            let result = self.value(self.part, Figure::Pipeline)?;
            working.push(format!("{} ÷ {} = {result}", self.digits.money(self.part.togo), self.digits.share(rate)));
        }
        working.push(format!(
            "The close rate is won ÷ all {} created, those without a decision included.",
            words::plural(self.plan, created)
        ));
        Some(Explanation {
            title: "Pipeline to create".to_owned(),
            formula: format!("{} ÷ close rate, in money", capitalised(self.due())),
            working,
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    pub(super) fn handoff(&self, stage: usize) -> Option<Explanation> {
        self.outcome.handoffs.iter().find(|handoff| handoff.stage == stage)?;
        let figures = self.passed(stage)?;
        let plural = words::plural(self.plan, stage);
        let mut working = Vec::new();
        match (figures.carried_pace, figures.worth_a_month) {
            (Some(Need::Of(pace)), Some(Need::Of(worth))) if self.line.is_some() => {
                let (pace, each) = (self.digits.operand(pace), self.digits.money(figures.value_each));
                working.push(format!("{pace} × {each} = {}", self.digits.money_result(worth)));
            }
            (None, _) => working.push(self.too_late(stage)?),
            _ => {}
        }
        Some(Explanation {
            title: format!("What {plural} are worth at the hand-off"),
            formula: format!("{} a month × what one is worth", capitalised(&plural)),
            working,
            rounding: CARRIED.to_owned(),
            source: VALUE,
        })
    }

    pub(super) fn brings(&self, stage: usize) -> Option<Explanation> {
        let figures = self.part.stages.get(stage)?;
        let forward = figures.forward?;
        let plural = words::plural(self.plan, stage);
        let available = count(self.format, forward.available.as_f64());
        Some(Explanation {
            title: format!("What {available} {plural} bring"),
            formula: format!("Bookings = {plural} available × what one is worth"),
            working: vec![format!(
                "{available} × {} = {}",
                self.digits.money(figures.value_each),
                self.digits.money_result(forward.revenue)
            )],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    pub(super) fn close_rate(&self, stage: usize) -> Option<Explanation> {
        let forward = self.part.stages.get(stage)?.forward?;
        let result = match forward.close_rate {
            CloseRate::At(rate) => self.format.percent(rate),
            CloseRate::OverOne(rate) => format!("{}: more than all of them", self.format.percent_to(rate, 8)),
            CloseRate::None => format!("no close rate: {}", answer::why_no_close_rate(&forward)),
        };
        let all_won = self.digits.money(forward.all_won);
        Some(Explanation {
            title: "The close rate that would close the gap".to_owned(),
            formula:
                "What is still to be won ÷ what would be booked if every one that arrives at the last step were won"
                    .to_owned(),
            working: vec![
                format!(
                    "{} {} arrive at the last step, worth {all_won} if all were won",
                    self.digits.operand(forward.at_last_step),
                    words::plural(self.plan, self.plan.stages.len().saturating_sub(2))
                ),
                format!("{} ÷ {all_won} = {result}", self.digits.money(self.part.togo)),
            ],
            rounding: CARRIED.to_owned(),
            source: FUNNEL,
        })
    }

    pub(super) fn creates(&self, source: Source) -> Explanation {
        let title = match self.part.scope {
            Scope::Source(_) => "Pipeline and bookings".to_owned(),
            _ => format!("{}: pipeline and bookings", parts::source(source)),
        };
        Explanation {
            rounding: "It answers for what it hands over; marketing by its mission.".to_owned(),
            source: FUNNEL,
            ..self.sums(
                title,
                "Bookings = its share of what is still to be won, less what of it comes back, and what comes back under its name; pipeline = that ÷ close rate",
            )
        }
    }

    pub(super) fn new_business(&self) -> Option<Explanation> {
        let (plan, goal) = (self.plan, self.outcome.goal);
        let revenue = plan.revenue;
        let (opening, target) = (revenue.opening.major(), plan.target.major());
        let (end, at_the_end) = match revenue.kind {
            TargetKind::NewBusiness => return None,
            TargetKind::TotalRevenue => (target, String::new()),
            TargetKind::NetNew => {
                (opening + target, format!("{} + {} = ", self.digits.money(opening), self.digits.money(target)))
            }
        };
        let rest = end - goal.kept;
        let end = self.digits.money(end);
        let (nrr, kept) = (self.digits.share(revenue.nrr.times()), self.digits.money(goal.kept));
        Some(Explanation {
            title: "What new business has to bring".to_owned(),
            formula: "What is to be there at the end − what existing customers are worth by then; none if that is more"
                .to_owned(),
            working: vec![
                format!("At the end: {at_the_end}{end}"),
                format!(
                    "Customers: {} × {nrr} a year for {} months = {kept}",
                    self.digits.money(opening),
                    plan.period.months
                ),
                format!("New business: {end} − {kept} = {}", self.digits.money_result(rest)),
            ],
            rounding: CARRIED.to_owned(),
            source: "Net retention to the power of months ÷ 12; by growing: net less gross.",
        })
    }
}
