//! The only user of the float library, so that a link shows the same figures on every machine.

/// The logarithm to base ten.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}
