//! Which limits together make a programme impossible.

use crate::method::{self, Claim};
use crate::programme::{Answer, Limit, Limits, Place, Programme, Row, Side, Variable};
use crate::solve::{Verdict, decide};

/// An irreducible set of limits that nothing is within: those that a short certificate names, less each that is not needed (a
/// deletion filter: Chinneck and Dravnieks 1991), and after each less those that the next certificate does not name.
pub(crate) fn explain(programme: &Programme, named: &[Limit]) -> Answer {
    let mut left = programme.without_costs();
    let liftable = programme.limits().filter(|(_, limits)| limits.liftable);
    let mut open: Vec<Limit> = liftable.map(|(limit, _)| limit).collect();
    lift_others(&mut left, &mut open, named);
    if let Some(named) = shorter(&left) {
        let (mut fewer, mut named_open) = (left.clone(), open.clone());
        lift_others(&mut fewer, &mut named_open, &named);
        if let Verdict::Impossible(named) = decide(&fewer) {
            (left, open) = (fewer, named_open);
            lift_others(&mut left, &mut open, &named);
        }
    }
    let mut needed = Vec::new();
    while let Some(limit) = open.pop() {
        let mut without = left.clone();
        without.lift(limit);
        match decide(&without) {
            Verdict::Best(_) => needed.push(limit),
            Verdict::Impossible(named) => {
                left = without;
                lift_others(&mut left, &mut open, &named);
            }
            Verdict::Endless | Verdict::Unknown => return Answer::Stalled,
        }
    }
    // Some were lifted because of a certificate alone: what is left must have one of its own.
    if !matches!(decide(&left), Verdict::Impossible(_)) {
        return Answer::Stalled;
    }
    let (mut rows, mut bounds) = (Vec::new(), Vec::new());
    for (place, side) in needed {
        match place {
            Place::Row(place) => rows.push((place, side)),
            Place::Bound(place) => bounds.push((place, side)),
        }
    }
    for limits in [&mut rows, &mut bounds] {
        limits.sort_unstable_by_key(|&(place, side)| (place, side == Side::Most));
    }
    Answer::Impossible { rows, bounds }
}

/// Lifts each of the open limits that is not named.
fn lift_others(programme: &mut Programme, open: &mut Vec<Limit>, named: &[Limit]) {
    open.retain(|limit| {
        let keep = named.contains(limit);
        if !keep {
            programme.lift(*limit);
        }
        keep
    });
}

/// What a certificate names that is short in limits that could be lifted. Certificates are the solutions of a programme of their own,
/// whose corners name few (Gleeson and Ryan 1990): multipliers of limits, such that the variables cancel out and one is left. It saves
/// the filter a third of its time where there are many reasons.
fn shorter(programme: &Programme) -> Option<Vec<Limit>> {
    let nothing = Row { terms: Vec::new(), limits: Limits::exactly(0.0) };
    let mut rows = vec![nothing; programme.variables().len()];
    let mut left = Row { terms: Vec::new(), limits: Limits::exactly(1.0) };
    let mut multipliers = Vec::new();
    for ((place, side), limits) in programme.limits() {
        let at = multipliers.len();
        let sign = if side == Side::Least { 1.0 } else { -1.0 };
        let mut add = |variable: usize, factor: f64| {
            if let Some(row) = rows.get_mut(variable) {
                row.terms.push((at, sign * factor));
            }
        };
        match place {
            Place::Bound(variable) => add(variable, 1.0),
            Place::Row(row) => {
                let terms = programme.rows().get(row).map_or(&[][..], |row| &row.terms);
                terms.iter().for_each(|&(variable, factor)| add(variable, factor));
            }
        }
        left.terms.push((at, sign * limits.at(side)));
        // Uneven, so that one corner is best and not a whole edge.
        let uneven = f64::from(u16::try_from(at.wrapping_mul(40_503) % 65_536).unwrap_or(0)) / 65_536.0;
        let cost = if limits.liftable { (1.0 + uneven) * (1.0 + limits.at(side).abs()) } else { 0.0 };
        multipliers.push(Variable { cost, limits: Limits::COUNT });
    }
    rows.push(left);
    // Not proved: that those which it names are enough is asked of them.
    let Claim::Best { values, .. } = method::ask(&Programme::new(multipliers, rows)?) else { return None };
    let named = programme.limits().zip(values).filter(|&(_, value)| value > 0.0);
    Some(named.map(|((limit, _), _)| limit).collect())
}
