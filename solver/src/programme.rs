//! A linear programme and its answer.

/// The least `costs · x` such that every row and every variable is within its limits. Each number is finite, each variable that a
/// row names is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    variables: Vec<Variable>,
    rows: Vec<Row>,
}

/// What is to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variable {
    /// What a unit of it costs; below zero, what it brings.
    pub cost: f64,
    /// Its bounds.
    pub limits: Limits,
}

/// A sum of variables that has limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Variables by their place, and the factor of each. Terms of the same variable add up.
    pub terms: Vec<(usize, f64)>,
    /// What the sum may be.
    pub limits: Limits,
}

/// From the least to the most, both included. A least above the most is allowed: nothing meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Or minus infinity.
    pub least: f64,
    /// Or infinity.
    pub most: f64,
    /// Whether somebody could lift it. What holds in any case (the need, a definition, that a count is not below zero) is never
    /// named as a reason why nothing fits. A floor above zero is a row with one term, so that zero stays when it is lifted.
    pub liftable: bool,
}

/// One end of some limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The least.
    Least,
    /// The most.
    Most,
}

/// What came of a programme.
///
/// *Within* a limit is here: beyond it by no more than [`TOLERANCE`] of the sum of the absolute terms and the limit itself. Bounds of
/// variables hold to the last digit.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Nothing costs less. Where several mixes cost the same, the values lie between them.
    Best {
        /// Each variable.
        values: Vec<f64>,
        /// `costs · values`. That nothing costs less than it by more than [`TOLERANCE`] of the absolute terms, is proved by the prices.
        objective: f64,
        /// Of each row: by how much the objective changes per unit by which its limit is raised. Above zero where the least binds,
        /// below where the most does, zero where neither does. Where both are the same: as both are raised. At a corner where more
        /// limits bind than are needed, lowering and raising can be worth different amounts: then the price lies between them.
        prices: Vec<f64>,
        /// The same of each variable's bounds.
        bound_prices: Vec<f64>,
    },
    /// Nothing is within all limits. These of the liftable ones, together with those that are not liftable, cannot be met; without any
    /// one of them they can. There can be further such sets. None at all: what is not liftable is impossible by itself.
    Impossible {
        /// Rows by their place.
        rows: Vec<(usize, Side)>,
        /// Variables by their place.
        bounds: Vec<(usize, Side)>,
    },
    /// It can cost less than any amount.
    Endless,
    /// Not decided: the numbers are too far apart, or so near to the border between possible and impossible that rounding decides.
    Stalled,
}

/// What has limits.
#[cfg(feature = "solve")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Row(usize),
    Bound(usize),
}

/// One of them.
#[cfg(feature = "solve")]
pub(crate) type Limit = (Place, Side);

/// How closely an answer is held against its programme.
pub const TOLERANCE: f64 = 1e-7;

impl Limits {
    /// No limit.
    pub const NONE: Self = Self { least: f64::NEG_INFINITY, most: f64::INFINITY, liftable: false };

    /// Not below zero, which cannot be lifted.
    pub const COUNT: Self = Self { least: 0.0, ..Self::NONE };

    /// At least this, which holds in any case.
    pub const fn at_least(least: f64) -> Self {
        Self { least, ..Self::NONE }
    }

    /// At most this, which holds in any case.
    pub const fn at_most(most: f64) -> Self {
        Self { most, ..Self::NONE }
    }

    /// This and nothing else, which holds in any case.
    pub const fn exactly(value: f64) -> Self {
        Self { least: value, most: value, liftable: false }
    }

    /// The same, but somebody could lift it.
    pub const fn liftable(self) -> Self {
        Self { liftable: true, ..self }
    }

    /// The limit on this side, or an infinity.
    pub fn at(self, side: Side) -> f64 {
        match side {
            Side::Least => self.least,
            Side::Most => self.most,
        }
    }

    /// Without the limit on this side.
    pub fn without(self, side: Side) -> Self {
        match side {
            Side::Least => Self { least: f64::NEG_INFINITY, ..self },
            Side::Most => Self { most: f64::INFINITY, ..self },
        }
    }

    /// Whether nothing but one value is within.
    #[cfg(feature = "solve")]
    pub(crate) fn are_one(self) -> bool {
        self.least >= self.most
    }

    /// Whether nothing is within, by more than rounding.
    #[cfg(feature = "solve")]
    pub(crate) fn cross(self) -> bool {
        self.least - self.most > TOLERANCE * (self.least.abs() + self.most.abs())
    }

    fn sound(self) -> bool {
        self.least < f64::INFINITY && self.most > f64::NEG_INFINITY
    }
}

impl Side {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Least, Self::Most];
}

impl Programme {
    /// `None` where a cost or a factor is not finite, a limit is not a number or lies at the wrong infinity, or a term names a variable
    /// that is not there.
    pub fn new(variables: Vec<Variable>, rows: Vec<Row>) -> Option<Self> {
        let count = variables.len();
        let variables_sound = variables.iter().all(|variable| variable.cost.is_finite() && variable.limits.sound());
        let rows_sound = rows.iter().all(|row| {
            row.limits.sound() && row.terms.iter().all(|&(place, factor)| place < count && factor.is_finite())
        });
        (variables_sound && rows_sound).then_some(Self { variables, rows })
    }

    /// What is to be found.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The sums that have limits.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The same where nothing costs anything, so that any values within the limits will do.
    #[cfg(feature = "solve")]
    pub(crate) fn without_costs(&self) -> Self {
        let mut free = self.clone();
        for variable in &mut free.variables {
            variable.cost = 0.0;
        }
        free
    }

    /// Each limit that there is.
    #[cfg(feature = "solve")]
    pub(crate) fn limits(&self) -> impl Iterator<Item = (Limit, Limits)> {
        let rows = self.rows.iter().enumerate().map(|(place, row)| (Place::Row(place), row.limits));
        let bounds = self.variables.iter().enumerate().map(|(place, variable)| (Place::Bound(place), variable.limits));
        rows.chain(bounds).flat_map(|(place, limits)| {
            let there = Side::ALL.into_iter().filter(move |&side| limits.at(side).is_finite());
            there.map(move |side| ((place, side), limits))
        })
    }

    /// Lifts a limit.
    #[cfg(feature = "solve")]
    pub(crate) fn lift(&mut self, (place, side): Limit) {
        let limits = match place {
            Place::Row(place) => self.rows.get_mut(place).map(|row| &mut row.limits),
            Place::Bound(place) => self.variables.get_mut(place).map(|variable| &mut variable.limits),
        };
        if let Some(limits) = limits {
            *limits = limits.without(side);
        }
    }
}
