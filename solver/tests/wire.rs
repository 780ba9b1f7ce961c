//! What goes by wire comes back the same, and nothing that is sent traps.
#![allow(clippy::float_cmp, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use backcast_solver::programme::Side;
use backcast_solver::wire::{decode, decode_answer, encode, encode_answer};
use backcast_solver::{Answer, Programme};
use common::{Chance, random};

#[test]
fn a_programme_comes_back() {
    for seed in 0..300 {
        let programme = random(&mut Chance(seed), 12, 3);
        assert_eq!(decode(&encode(&programme)), Some(programme));
    }
    let empty = Programme::new(vec![], vec![]).unwrap();
    assert_eq!(encode(&empty), [1.0, 0.0, 0.0, 0.0]);
    assert_eq!(decode(&encode(&empty)), Some(empty));
}

#[test]
fn an_answer_comes_back() {
    let best =
        Answer::Best { values: vec![1.0, 2.0], objective: -3.0, prices: vec![0.5], bound_prices: vec![0.0, -1.0] };
    let impossible =
        Answer::Impossible { rows: vec![(0, Side::Most)], bounds: vec![(0, Side::Least), (1, Side::Most)] };
    for answer in [best, impossible, Answer::Endless, Answer::Stalled] {
        let sent = encode_answer(&answer);
        assert_eq!(decode_answer(&sent, 2, 1), Some(answer));
        for end in 0..sent.len() {
            assert_eq!(decode_answer(&sent[..end], 2, 1), None, "{sent:?} cut at {end}");
        }
    }
    // Of another programme; no such place; refused.
    assert_eq!(decode_answer(&[1.0, 1.0, 0.0, 1.0, 0.0], 2, 1), None);
    assert_eq!(decode_answer(&[4.0], 2, 1), None);
}

/// Cut off, longer than it says, and with any number replaced by any other.
#[test]
fn what_is_no_programme_is_refused() {
    let sent = encode(&random(&mut Chance(7), 6, 1));
    for end in 0..sent.len() {
        assert_eq!(decode(&sent[..end]), None, "cut at {end}");
    }
    assert_eq!(decode(&[&sent[..], &[0.0]].concat()), None);
    // One row of one term, which says that it has none.
    assert_eq!(decode(&[1.0, 1.0, 1.0, 1.0, 5.0, 0.0, 9.0, 0.0, 1.0, 2.0, 0.0, 0.0, 0.0, 4.0]), None);
    let others = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -1.0,
        -0.0,
        0.5,
        1e18,
        1_048_577.0,
        18_446_744_073_709_551_616.0,
        3.0,
        1e300,
        5e-324,
    ];
    for at in 0..sent.len() {
        for other in others {
            let mut changed = sent.clone();
            changed[at] = other;
            let programme = decode(&changed);
            assert!(at >= 4 || programme.is_none() || changed[at] == sent[at], "{other} at {at}");
            // Whatever it is: an answer, not a trap.
            #[cfg(feature = "solve")]
            if let Some(programme) = programme {
                backcast_solver::solve(&programme);
            }
        }
    }
}

/// Numbers from the smallest to the largest there are, in any mixture: an answer, not a trap.
#[test]
#[cfg(feature = "solve")]
fn extreme_numbers_do_not_trap() {
    for seed in 0..300 {
        let mut chance = Chance(seed + 7000);
        let mut sent = encode(&random(&mut chance, 6, 1));
        for number in sent.iter_mut().skip(4).filter(|number| number.fract() != 0.0) {
            let other = f64::from_bits(chance.next());
            if chance.one_in(4) && other.is_finite() {
                *number = other;
            }
        }
        if let Some(programme) = decode(&sent) {
            backcast_solver::solve(&programme);
        }
    }
}
