//! The only user of the float library, so that a link shows the same figures on every machine.

/// The logarithm to base ten.
pub fn log10(x: f64) -> f64 {
    libm::log(x) * std::f64::consts::LOG10_E
}

/// The share that is left of something after a time in which an e-th of it would be: e⁻ˣ.
pub fn left_after(x: f64) -> f64 {
    libm::exp(-x)
}

/// The logarithm of the odds of a share.
pub fn log_odds(share: f64) -> f64 {
    libm::log(share / (1.0 - share))
}

/// What grows by the factor `x` a year has grown by after so many months: whole years to the last digit.
pub fn grown(x: f64, months: u8) -> f64 {
    let mut grown =
        if months.is_multiple_of(12) { 1.0 } else { libm::exp(libm::log(x) * f64::from(months % 12) / 12.0) };
    for _ in 0..months / 12 {
        grown *= x;
    }
    grown
}

/// A gamma distribution with scale one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    shape: f64,
    /// ln Γ(shape), which is asked for with every share.
    ln_gamma: f64,
}

impl Gamma {
    /// With this shape, above zero.
    pub fn new(shape: f64) -> Self {
        Self { shape, ln_gamma: ln_gamma(shape) }
    }

    /// Its shape, which is its mean, too.
    pub fn shape(self) -> f64 {
        self.shape
    }

    /// The share that lies below `x`: the regularised lower incomplete gamma function, to about twelve digits. And by how much that
    /// share is smaller for a shape that is one more: xᵃ e⁻ˣ ÷ Γ(a + 1).
    ///
    /// Source: series and continued fraction, DLMF 8.11.4 and 8.9.2 (by the modified Lentz method); the recurrence, 8.8.5.
    pub fn below(self, x: f64) -> (f64, f64) {
        let shape = self.shape;
        if x <= 0.0 {
            return (0.0, 0.0);
        }
        // Near the mean it takes some √shape steps.
        const STEPS: u32 = 10_000;
        let more = libm::exp(shape * libm::log(x) - x - self.ln_gamma) / shape;
        let front = more * shape;
        if x < shape + 1.0 {
            let mut term = 1.0 / shape;
            let mut sum = term;
            for step in 1..STEPS {
                term *= x / (shape + f64::from(step));
                sum += term;
                if term < sum * 1e-15 {
                    break;
                }
            }
            return ((front * sum).min(1.0), more);
        }
        const TINY: f64 = 1e-300;
        let mut b = x + 1.0 - shape;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / b;
        let mut fraction = d;
        for step in 1..STEPS {
            let step = f64::from(step);
            let a = step * (shape - step);
            b += 2.0;
            d = 1.0 / not_zero(a * d + b, TINY);
            c = not_zero(b + a / c, TINY);
            let factor = d * c;
            fraction *= factor;
            if (factor - 1.0).abs() < 1e-15 {
                break;
            }
        }
        ((1.0 - front * fraction).clamp(0.0, 1.0), more)
    }
}

/// The logarithm of the gamma function above zero. libm's own knows negative numbers, too, and with them sine and cosine.
///
/// Source: Stirling's series, DLMF 5.11.1, from 15 on; below by the recurrence, 5.5.1.
fn ln_gamma(x: f64) -> f64 {
    const HALF_LN_TAU: f64 = 0.918_938_533_204_672_7;
    let (mut x, mut below) = (x, 1.0);
    while x < 15.0 {
        below *= x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / x;
    (x - 0.5) * libm::log(x) - x + HALF_LN_TAU + series - libm::log(below)
}

fn not_zero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_a_power() {
        for (x, months, expected) in
            [(1.1, 12, 1.1), (1.1, 36, 1.331), (0.81, 18, 0.729), (0.0, 6, 0.0), (0.0, 12, 0.0)]
        {
            assert!((grown(x, months) - expected).abs() < 1e-15, "{x} {months}");
        }
        assert!((log10(1000.0) - 3.0).abs() < 1e-15 && (log10(2.0) - std::f64::consts::LOG10_2).abs() < 1e-15);
    }

    /// Against mpmath: `gammainc(shape, 0, x, regularized=True)`.
    #[test]
    fn the_gamma_distribution_is_that_of_mpmath() {
        for (shape, x, expected) in [
            (1.0, 1.0, 0.632_120_558_828_558),
            (4.0, 2.0, 0.142_876_539_501_453),
            (4.0, 6.0, 0.848_796_117_223_352),
            (0.5, 0.1, 0.345_279_153_981_423),
            (100.0, 90.0, 0.158_220_989_186_43),
            (400.0, 420.0, 0.841_442_110_599_993),
        ] {
            let (share, more) = Gamma::new(shape).below(x);
            assert!((share - expected).abs() < 1e-11, "{shape} {x}: {share}");
            assert!((Gamma::new(shape + 1.0).below(x).0 - (share - more)).abs() < 1e-11, "{shape} {x}: {more}");
        }
        assert_eq!(Gamma::new(3.0).below(0.0), (0.0, 0.0));
    }
}
