//! The whole plan or a part of it: what applies there, and how it is changed there.

use crate::plan::{Basis, ItemId, Open, Own, OwnStep, Plan, Segment, Source, Sourcing, Step};
use crate::units::{Days, Money, Rate};

/// What somebody looks at, or changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everything; changes are made to what the parts inherit.
    #[default]
    Whole,
    /// One segment.
    Segment(ItemId),
    /// One source.
    Source(Source),
}

impl Plan {
    /// The segment with this id.
    pub fn segment(&self, id: ItemId) -> Option<&Segment> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The segment with this id, to change it.
    pub fn segment_mut(&mut self, id: ItemId) -> Option<&mut Segment> {
        self.segments.iter_mut().find(|segment| segment.id == id)
    }

    /// What a source is to create and how it differs.
    pub fn sourcing(&self, source: Source) -> &Sourcing {
        let [marketing, development, sellers, partners, customers] = &self.sources;
        match source {
            Source::Marketing => marketing,
            Source::SalesDevelopment => development,
            Source::Sellers => sellers,
            Source::Partners => partners,
            Source::Customers => customers,
        }
    }

    /// The same, to change it.
    pub fn sourcing_mut(&mut self, source: Source) -> &mut Sourcing {
        let [marketing, development, sellers, partners, customers] = &mut self.sources;
        match source {
            Source::Marketing => marketing,
            Source::SalesDevelopment => development,
            Source::Sellers => sellers,
            Source::Partners => partners,
            Source::Customers => customers,
        }
    }

    /// What each source is to create of a segment's wins, in the order of [`Source::ALL`].
    pub fn shares(&self, segment: &Segment) -> [Rate; 5] {
        segment.shares.unwrap_or(Source::ALL.map(|source| self.sourcing(source).share))
    }

    /// Where the items of a source enter; the first stage if its own is not there.
    pub fn entry(&self, source: Source) -> usize {
        self.sourcing(source).entry.and_then(|stage| self.position(stage)).unwrap_or(0)
    }

    /// The step out of the stage at `position`, where a source's own goes before a segment's, and that before the base.
    pub fn step(&self, position: usize, segment: Option<&Segment>, source: Option<Source>) -> Option<Step> {
        let mut step = *self.base.steps.get(position)?;
        let from = self.stages.get(position)?.id;
        if let Some(segment) = segment {
            segment.own.apply(from, &mut step);
        }
        if let Some(source) = source {
            self.sourcing(source).own.apply(from, &mut step);
        }
        Some(step)
    }

    /// The average selling price, likewise.
    pub fn asp(&self, segment: Option<&Segment>, source: Option<Source>) -> Money {
        let of_source = source.and_then(|source| self.sourcing(source).own.asp);
        of_source.or(segment.and_then(|segment| segment.own.asp)).unwrap_or(self.base.asp)
    }

    /// The step out of the stage at `position` as it applies in a scope.
    pub fn step_in(&self, scope: Scope, position: usize) -> Option<Step> {
        let (segment, source) = self.of(scope);
        self.step(position, segment, source)
    }

    /// The average selling price as it applies in a scope.
    pub fn asp_in(&self, scope: Scope) -> Money {
        let (segment, source) = self.of(scope);
        self.asp(segment, source)
    }

    fn of(&self, scope: Scope) -> (Option<&Segment>, Option<Source>) {
        match scope {
            Scope::Whole => (None, None),
            Scope::Segment(id) => (self.segment(id), None),
            Scope::Source(source) => (None, Some(source)),
        }
    }

    /// What open items bring if all of them are won, at the average selling price that applies to them, in major units.
    pub fn worth(&self, segment: &Segment, open: &Open) -> f64 {
        open.count.as_f64() * self.asp(Some(segment), Some(open.source)).major()
    }

    /// What a part has of its own; nothing for the whole.
    pub fn own(&self, scope: Scope) -> Option<&Own> {
        match scope {
            Scope::Whole => None,
            Scope::Segment(id) => self.segment(id).map(|segment| &segment.own),
            Scope::Source(source) => Some(&self.sourcing(source).own),
        }
    }

    fn own_mut(&mut self, scope: Scope) -> Option<&mut Own> {
        match scope {
            Scope::Whole => None,
            Scope::Segment(id) => self.segment_mut(id).map(|segment| &mut segment.own),
            Scope::Source(source) => Some(&mut self.sourcing_mut(source).own),
        }
    }

    /// What is different in a scope about the step out of the stage at `position`.
    pub fn own_step(&self, scope: Scope, position: usize) -> Option<&OwnStep> {
        self.own(scope)?.step(self.stages.get(position)?.id)
    }

    /// Sets the average selling price of a scope; none: as inherited, which for the whole is nothing at all.
    pub fn set_asp(&mut self, scope: Scope, asp: Option<Money>) {
        if scope == Scope::Whole {
            self.base.asp = asp.unwrap_or_default();
        } else if let Some(own) = self.own_mut(scope) {
            own.asp = asp;
        }
    }

    /// Sets the rate of the step out of the stage at `position`, likewise. What the rate is stays; a part's own is a guess at first.
    pub fn set_rate(&mut self, scope: Scope, position: usize, rate: Option<Rate>) {
        self.change_step(
            scope,
            position,
            |step| step.rate = rate.unwrap_or_default(),
            |own| own.rate = rate.map(|rate| (rate, own.rate.map_or(Basis::Guess, |(_, basis)| basis))),
        );
    }

    /// Says what the rate of the step out of the stage at `position` is.
    pub fn set_basis(&mut self, scope: Scope, position: usize, basis: Basis) {
        let Some(Step { rate, .. }) = self.step_in(scope, position) else { return };
        self.change_step(scope, position, |step| step.basis = basis, |own| own.rate = Some((rate, basis)));
    }

    /// Sets the days of the step out of the stage at `position`, likewise.
    pub fn set_days(&mut self, scope: Scope, position: usize, days: Option<Days>) {
        self.change_step(scope, position, |step| step.days = days.unwrap_or_default(), |own| own.days = days);
    }

    fn change_step(&mut self, scope: Scope, position: usize, base: impl FnOnce(&mut Step), own: impl Fn(&mut OwnStep)) {
        let Some(from) = self.stages.get(position).map(|stage| stage.id) else { return };
        if scope != Scope::Whole {
            // A part that is gone has nothing to change.
            self.own_mut(scope).into_iter().for_each(|part| part.change_step(from, &own));
        } else if let Some(step) = self.base.steps.get_mut(position) {
            base(step);
        }
    }

    /// Everything that a part has of its own, to change it.
    pub(super) fn owns_mut(&mut self) -> Vec<&mut Own> {
        let mut owns: Vec<_> = self.segments.iter_mut().map(|segment| &mut segment.own).collect();
        owns.extend(self.sources.iter_mut().map(|sourcing| &mut sourcing.own));
        owns
    }
}
