//! The rounding rules on exact integers: in floating point, ceil(57 ÷ 0.57) is 101.

use crate::plan::Rounding;
use crate::units::Rate;

/// A whole number of items, exact as long as it fits and carried on as a float beyond: above 2⁵³ no rounding shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Whole {
    Exact(u128),
    Beyond(f64),
}

impl Whole {
    #[expect(clippy::cast_precision_loss, reason = "the figure that is shown")]
    pub(super) fn as_f64(self) -> f64 {
        match self {
            Self::Exact(whole) => whole as f64,
            Self::Beyond(float) => float,
        }
    }
}

/// Which way a division is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    HalfUp,
    Down,
}

impl Direction {
    /// The direction of a rule on the way from the target up; `None` when fractions are carried.
    pub(super) fn backwards(rule: Rounding) -> Option<Self> {
        match rule {
            Rounding::Carry => None,
            Rounding::CeilEachStage => Some(Self::Up),
            Rounding::RoundEachStage => Some(Self::HalfUp),
        }
    }

    /// The direction of a rule on the way down to won: nobody counts a part of a deal.
    pub(super) fn forwards(rule: Rounding) -> Option<Self> {
        match rule {
            Rounding::Carry => None,
            Rounding::CeilEachStage => Some(Self::Down),
            Rounding::RoundEachStage => Some(Self::HalfUp),
        }
    }
}

/// Whole deals: an amount divided by a price, in one unit; `None` when a deal brings nothing.
pub(super) fn deals(amount: u128, price: u128, direction: Direction) -> Option<Whole> {
    quotient(amount, price, direction).map(Whole::Exact)
}

/// The whole number for a carried figure. What is whole but for the float's last digits stays what it is.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2⁵³")]
pub(super) fn rounded(figure: f64, direction: Direction) -> Whole {
    const EXACT: f64 = 9e15;
    if !(0.0..EXACT).contains(&figure) {
        return Whole::Beyond(figure);
    }
    let slack = 1e-9 * figure.max(1.0);
    Whole::Exact(match direction {
        Direction::Up => (figure - slack).ceil(),
        Direction::HalfUp => (figure + 0.5 + slack).floor(),
        Direction::Down => (figure + slack).floor(),
    } as u128)
}

/// Whole entries for this many exits of a step; `None` when it converts nobody.
pub(super) fn entries(exits: Whole, rate: Rate, direction: Direction) -> Option<Whole> {
    if rate == Rate::ZERO {
        return None;
    }
    if let Whole::Exact(whole) = exits
        && let Some(scaled) = whole.checked_mul(u128::from(Rate::ONE.millionths()))
        && let Some(entries) = quotient(scaled, u128::from(rate.millionths()), direction)
    {
        return Some(Whole::Exact(entries));
    }
    Some(Whole::Beyond(exits.as_f64() / rate.fraction()))
}

/// Whole exits of a step for this many entries.
pub(super) fn exits(entries: Whole, rate: Rate, direction: Direction) -> Whole {
    if let Whole::Exact(whole) = entries
        && let Some(scaled) = whole.checked_mul(u128::from(rate.millionths()))
        && let Some(exits) = quotient(scaled, u128::from(Rate::ONE.millionths()), direction)
    {
        return Whole::Exact(exits);
    }
    Whole::Beyond(entries.as_f64() * rate.fraction())
}

/// `None` when dividing by zero, or when the half-up comparison would not fit.
fn quotient(dividend: u128, divisor: u128, direction: Direction) -> Option<u128> {
    let down = dividend.checked_div(divisor)?;
    let rest = dividend.checked_rem(divisor)?;
    let up = match direction {
        Direction::Down => false,
        Direction::Up => rest > 0,
        Direction::HalfUp => rest.checked_mul(2)? >= divisor,
    };
    Some(down + u128::from(up))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(millionths: u32) -> Rate {
        Rate::from_millionths(millionths).unwrap()
    }

    #[test]
    fn whole_quotients_stay_whole() {
        // In floating point 57 / 0.57 is 100.00000000000001.
        assert_eq!(entries(Whole::Exact(57), rate(570_000), Direction::Up), Some(Whole::Exact(100)));
        assert_eq!(entries(Whole::Exact(58), rate(570_000), Direction::Up), Some(Whole::Exact(102)));
    }

    #[test]
    fn halves_go_up_and_thirds_go_down() {
        let half_up = |exits, millionths| entries(Whole::Exact(exits), rate(millionths), Direction::HalfUp);
        assert_eq!(half_up(1, 400_000), Some(Whole::Exact(3)), "2.5");
        assert_eq!(half_up(1, 300_000), Some(Whole::Exact(3)), "3.33");
        assert_eq!(exits(Whole::Exact(1), rate(999_999), Direction::Down), Whole::Exact(0));
    }

    #[test]
    fn what_does_not_fit_is_carried_on() {
        let mut volume = Whole::Exact(10_u128.pow(18));
        for _ in 0..9 {
            volume = entries(volume, rate(100), Direction::Up).unwrap();
        }
        assert!((volume.as_f64() / 1e54 - 1.0).abs() < 1e-12, "{volume:?}");
        assert_eq!(entries(volume, Rate::ZERO, Direction::Up), None);
    }
}
