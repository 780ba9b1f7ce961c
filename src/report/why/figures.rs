//! The figures of a working that are made of several.

use super::Writer;
use crate::engine::{Need, Obstacle};
use crate::plan::{Rounding, TargetKind, joined};
use crate::report::words::capitalised;
use crate::report::{DateStyle, count, words};
use crate::units::Date;

impl Writer<'_> {
    /// What new entries must bring.
    pub(super) fn due(&self) -> &'static str {
        if self.part.togo < self.part.target {
            "what is still to be won"
        } else if self.plan.revenue.kind == TargetKind::NewBusiness {
            "target"
        } else {
            "new business"
        }
    }

    /// By what more or less it takes for another reason than the funnel; empty when nothing.
    pub(super) fn factor(&self, more: f64, than: f64, sign: char) -> String {
        let factor = if than > 0.0 { more / than } else { 1.0 };
        if (factor - 1.0).abs() < 1e-9 {
            return String::new();
        }
        format!(" {sign} {} (what comes back, the season, the spread)", self.digits.operand(factor))
    }

    /// *Lead to won: 30 % × 40 % × 40 % × 20 % = 0.96 %*
    pub(super) fn rates(&self, stage: usize) -> Option<String> {
        let steps = self.line.as_ref()?.steps.get(stage..)?;
        let factors: Vec<String> = steps.iter().map(|step| self.digits.share(step.rate.fraction())).collect();
        self.chain(stage, &factors, " × ", &self.digits.share(self.part.stages.get(stage)?.rate_to_won))
    }

    /// *Lead to won: 21 + 10 + 18 + 55 = 104 days*
    pub(super) fn days(&self, stage: usize) -> Option<String> {
        let sum = format!("{} days", self.part.stages.get(stage)?.days_to_won);
        let steps = self.line.as_ref()?.steps.get(stage..)?;
        let summands: Vec<String> = steps.iter().map(|step| step.days.get().to_string()).collect();
        self.chain(stage, &summands, " + ", &sum)
    }

    pub(super) fn chain(&self, stage: usize, links: &[String], sign: &str, result: &str) -> Option<String> {
        let one = capitalised(&words::singular(self.plan, stage));
        Some(if links.len() < 2 {
            format!("{one} to won: {result}")
        } else {
            format!("{one} to won: {} = {result}", joined(links, sign))
        })
    }

    pub(super) fn rounding(&self, volume: Need) -> String {
        let shown = match volume {
            Need::Of(volume) => count(self.format, volume),
            obstacle => self.need(obstacle),
        };
        let how = match self.plan.rounding {
            Rounding::Carry => {
                return format!("Fractions are carried from stage to stage and rounded for display: {shown}.");
            }
            Rounding::CeilEachStage => "up",
            Rounding::RoundEachStage => "half up",
        };
        format!("Each stage is rounded {how}, from the deals on, and carried: {shown}. Money is not rounded.")
    }

    /// A figure to calculate on with, or what is in the way.
    pub(super) fn need(&self, need: Need) -> String {
        match need {
            Need::Of(figure) => self.digits.operand(figure),
            Need::OutOfReach(Obstacle::Rate(step)) => {
                format!("out of reach: the rate from {} on is 0 %", words::singular(self.plan, step))
            }
            Need::OutOfReach(Obstacle::Price) => "out of reach: a deal brings nothing".to_owned(),
        }
    }

    pub(super) fn money_need(&self, need: Need) -> String {
        match need {
            Need::Of(value) => self.digits.money_result(value),
            obstacle => self.need(obstacle),
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        self.format.date(date, DateStyle::Full)
    }
}
