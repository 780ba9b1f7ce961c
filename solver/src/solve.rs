//! From a programme to its answer.

use crate::explain;
use crate::method::{self, Claim};
use crate::programme::{Answer, Limit, Place, Programme, Side, TOLERANCE};
use crate::proof::{self, Sum};

/// The answer to a programme.
pub fn solve(programme: &Programme) -> Answer {
    match decide(programme) {
        Verdict::Best(best) => best,
        Verdict::Impossible(named) => explain::explain(programme, &named),
        // Costs fall without end from anything that is within the limits: is anything?
        Verdict::Endless => match decide(&programme.without_costs()) {
            Verdict::Best(_) => Answer::Endless,
            Verdict::Impossible(named) => explain::explain(programme, &named),
            Verdict::Endless | Verdict::Unknown => Answer::Stalled,
        },
        Verdict::Unknown => Answer::Stalled,
    }
}

/// What is proved of a programme.
pub(crate) enum Verdict {
    /// [`Answer::Best`].
    Best(Answer),
    /// Nothing is within these limits together with those that cannot be lifted.
    Impossible(Vec<Limit>),
    /// There is a way on which costs fall without end, from wherever it starts.
    Endless,
    /// Nothing.
    Unknown,
}

/// Asks the method and proves what it claims.
pub(crate) fn decide(programme: &Programme) -> Verdict {
    if let Some(((place, _), _)) = programme.limits().find(|(_, limits)| limits.cross()) {
        return Verdict::Impossible(Side::ALL.map(|side| (place, side)).to_vec());
    }
    let proved = match method::ask(programme) {
        Claim::Best { values, on_bounds, prices } => {
            // A row of large figures does not allow every step onto a bound.
            let proved = best(programme, on_bounds, prices.clone()).or_else(|| best(programme, values, prices));
            proved.map(Verdict::Best)
        }
        Claim::Impossible { prices } => impossible(programme, &prices).map(Verdict::Impossible),
        Claim::Endless { way } => proof::leads_on(programme, &way).then_some(Verdict::Endless),
        Claim::Unknown => None,
    };
    proved.unwrap_or(Verdict::Unknown)
}

fn best(programme: &Programme, mut values: Vec<f64>, mut prices: Vec<f64>) -> Option<Answer> {
    for (value, variable) in values.iter_mut().zip(programme.variables()) {
        *value = value.max(variable.limits.least).min(variable.limits.most);
    }
    proof::drop_loose(programme, &values, &mut prices);
    let (bound_prices, least) = proof::least_cost(programme, &prices)?;
    let mut cost = Sum::default();
    for (&value, variable) in values.iter().zip(programme.variables()) {
        cost.add(variable.cost * value);
    }
    let close = cost.value - least.value <= TOLERANCE * (cost.size + least.size);
    (close && proof::within(programme, &values)).then_some(Answer::Best {
        values,
        objective: cost.value,
        prices,
        bound_prices,
    })
}

/// Prices at which everything within the limits would cost more than the nothing that it costs name the limits that they are of.
fn impossible(programme: &Programme, prices: &[f64]) -> Option<Vec<Limit>> {
    let (bound_prices, least) = proof::least_cost(&programme.without_costs(), prices)?;
    (least.value > TOLERANCE * least.size).then(|| {
        let price = |place: Place| match place {
            Place::Row(place) => prices.get(place),
            Place::Bound(place) => bound_prices.get(place),
        };
        let named =
            |&(place, side): &Limit| price(place).is_some_and(|&price| price != 0.0 && proof::binding(price) == side);
        programme.limits().map(|(limit, _)| limit).filter(named).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{Limits, Row, Variable};

    /// 50 and 80 a lead, 100 leads, the first channel has 60.
    fn leads(ceiling: f64) -> Programme {
        let variables = [50.0, 80.0].map(|cost| Variable { cost, limits: Limits::COUNT }).to_vec();
        let need = Row { terms: vec![(0, 1.0), (1, 1.0)], limits: Limits::at_least(100.0) };
        let limits = Limits::at_most(ceiling).liftable();
        let first = Row { terms: vec![(0, 1.0)], limits };
        let second = Row { terms: vec![(1, 1.0)], limits };
        Programme::new(variables, vec![need, first, second]).unwrap()
    }

    /// What the method may claim, and what is made of it.
    #[test]
    fn no_claim_is_taken_on_trust() {
        let leads_to = |values: [f64; 2], prices: [f64; 3]| best(&leads(60.0), values.to_vec(), prices.to_vec());
        let right = leads_to([60.0, 40.0], [80.0, -30.0, 0.0]);
        assert!(matches!(right, Some(Answer::Best { objective: 6200.0, .. })), "{right:?}");
        // Too few; more than the ceiling; dearer than need be; with prices that prove too little; not a number.
        for (values, prices) in [
            ([60.0, 39.999], [80.0, -30.0, 0.0]),
            ([60.001, 40.0], [80.0, -30.0, 0.0]),
            ([59.0, 41.0], [80.0, -30.0, 0.0]),
            ([60.0, 40.0], [79.0, -30.0, 0.0]),
            ([60.0, 40.0], [80.0, 0.0, 0.0]),
            ([f64::NAN, 40.0], [80.0, -30.0, 0.0]),
            ([60.0, 40.0], [f64::NAN, -30.0, 0.0]),
        ] {
            assert_eq!(leads_to(values, prices), None, "{values:?} {prices:?}");
        }
        let named = vec![(Place::Row(0), Side::Least), (Place::Row(1), Side::Most), (Place::Row(2), Side::Most)];
        assert_eq!(impossible(&leads(49.0), &[1.0, -1.0, -1.0]), Some(named));
        assert_eq!(impossible(&leads(50.0), &[1.0, -1.0, -1.0]), None);
        assert_eq!(impossible(&leads(49.0), &[1.0, -1.0, 0.0]), None);
        assert_eq!(impossible(&leads(49.0), &[1.0, -1.0, f64::NAN]), None);
        let endless = Programme::new(vec![Variable { cost: -1.0, limits: Limits::COUNT }; 2], vec![]).unwrap();
        assert!(proof::leads_on(&endless, &[1.0, 0.0]) && !proof::leads_on(&endless, &[2.0, -1.0]));
        assert!(!proof::leads_on(&leads(60.0), &[-1.0, 1.0]) && !proof::leads_on(&leads(60.0), &[1.0, 0.0]));
    }
}
