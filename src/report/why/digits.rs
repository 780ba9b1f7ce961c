//! The digits that make a working true.

use crate::report::{Format, decimals};
use crate::units::Currency;

/// How the figures of a working are written.
pub(in crate::report) struct Digits<'a> {
    pub format: &'a dyn Format,
    pub currency: Currency,
    /// Significant digits of what is calculated on with: so many more than a result has that two of them leave it true.
    pub operand: u8,
    /// The most significant digits of a result.
    pub result: u8,
}

/// How most figures are rounded.
pub(in crate::report) const CARRIED: &str = "Computed from the carried chain, rounded for display only.";

/// Significant digits of a product of rates.
const SHARE: u8 = 12;

impl Digits<'_> {
    /// A figure to calculate on with.
    pub fn operand(&self, value: f64) -> String {
        self.format.number(value, decimals(value, self.operand).max(2))
    }

    pub fn result(&self, value: f64) -> String {
        self.format.number(value, self.result_decimals(value))
    }

    /// A share, as typed or as the product of several.
    pub fn share(&self, share: f64) -> String {
        self.format.percent_to(share, SHARE)
    }

    /// An amount to calculate on with; as it was typed, if it was.
    pub fn money(&self, value: f64) -> String {
        self.format.money(value, self.currency, decimals(value, self.operand).max(3))
    }

    pub fn money_result(&self, value: f64) -> String {
        self.format.money(value, self.currency, self.result_decimals(value))
    }

    /// *€60,000 ÷ 960 = €62.50*
    pub fn quotient(&self, amount: f64, by: f64) -> String {
        format!("{} ÷ {} = {}", self.money(amount), self.operand(by), self.money_result(amount / by))
    }

    /// Two decimals; more of what is small, fewer of what has so many digits that the last would not be true.
    fn result_decimals(&self, value: f64) -> u8 {
        decimals(value, 3).max(2).min(decimals(value, self.result))
    }
}
