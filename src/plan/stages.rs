//! Changes to the list of stages. Each keeps one step for every stage but the last, and leaves the rest of the funnel as it was.

use crate::plan::templates::Template;
use crate::plan::{Basis, ItemId, Own, Owner, Plan, Stage, Step, limits};
use crate::units::{Days, Rate};

impl Plan {
    /// Puts a stage after the one at `position`, converting everybody at once: the figures stay as they are until its rate is typed.
    ///
    /// Does nothing after the last stage, or when the funnel is full.
    pub fn insert_stage_after(&mut self, position: usize, singular: &str, plural: &str) {
        if position + 1 >= self.stages.len() || self.stages.len() >= limits::MAX_STAGES {
            return;
        }
        let owner = self.stages.get(position).map_or(Owner::Marketing, |stage| stage.owner);
        let stage = Stage {
            id: self.new_id(),
            singular: singular.to_owned(),
            plural: plural.to_owned(),
            owner,
            definition: String::new(),
            available: None,
        };
        self.stages.insert(position + 1, stage);
        self.base.steps.insert(position + 1, Step { rate: Rate::ONE, basis: Basis::Guess, days: Days::ZERO });
    }

    /// Takes the stage at `position` out. Its step joins the one before it (rates multiplied, rounded to a millionth; days
    /// added), so that what lies above needs the same.
    ///
    /// Does nothing to the last stage, or when only two are left.
    pub fn remove_stage(&mut self, position: usize) {
        if position + 1 >= self.stages.len() || self.stages.len() <= limits::MIN_STAGES {
            return;
        }
        let removed = self.stages.remove(position);
        let step = self.base.steps.remove(position);
        let before = position.checked_sub(1);
        let inherited = before.and_then(|before| self.base.steps.get(before)).copied();
        if let Some(first) = before.and_then(|before| self.base.steps.get_mut(before)) {
            *first = joined(*first, step);
        }
        let from = before.and_then(|before| self.stages.get(before)).map(|stage| stage.id);
        for own in self.owns_mut() {
            own.join_steps(from.zip(inherited), (removed.id, step));
        }
        // What waits or enters there does so in the stage behind it; in the one before where nothing can wait behind.
        for own in self.owns_mut() {
            own.steps.retain(|step| step.from != removed.id);
        }
        let behind = self.stages.get(position).filter(|_| position + 1 < self.stages.len()).map(|stage| stage.id);
        if let Some(heir) = behind.or(from) {
            self.rename_stage(removed.id, heir);
        }
        if self.headline == removed.id
            && let Some(heir) = self.stages.get(position.saturating_sub(1))
        {
            self.headline = heir.id;
        }
    }

    /// Swaps the stage at `position` with the one below it, each with its own step. The last stage stays the last.
    pub fn swap_with_next(&mut self, position: usize) {
        if position + 2 < self.stages.len() {
            self.stages.swap(position, position + 1);
            self.base.steps.swap(position, position + 1);
        }
    }

    /// Replaces the stages by those of a template. Target, average selling price and the last rate are kept, and so is the
    /// volume typed for a stage of the same name.
    pub fn break_down(&mut self, template: &Template) {
        let (close_rate, basis) = self.base.steps.last().map(|step| (step.rate, step.basis)).unwrap_or_default();
        let old = std::mem::take(&mut self.stages);
        self.base.steps.clear();
        for (position, stage) in template.stages.iter().enumerate() {
            let id = self.new_id();
            let is_last = position + 1 == template.stages.len();
            let known = old.iter().find(|old| old.plural == stage.plural);
            self.stages.push(Stage {
                id,
                singular: stage.singular.to_owned(),
                plural: stage.plural.to_owned(),
                owner: stage.owner,
                definition: stage.definition.to_owned(),
                available: known.filter(|_| !is_last).and_then(|old| old.available),
            });
            if !is_last {
                self.base.steps.push(Step { rate: stage.rate, basis: Basis::Guess, days: stage.days });
            }
            if position == template.headline {
                self.headline = id;
            }
        }
        if let Some(last) = self.base.steps.last_mut() {
            (last.rate, last.basis) = (close_rate, basis);
        }
        for (position, stage) in old.iter().enumerate() {
            // Of two old stages of one name the first is meant.
            let is_first = !old.iter().take(position).any(|other| other.plural == stage.plural);
            let heir = self.stages.iter().rev().skip(1).find(|new| is_first && new.plural == stage.plural);
            match heir.map(|new| new.id) {
                Some(heir) => self.rename_stage(stage.id, heir),
                None => self.forget_stage(stage.id),
            }
        }
    }

    /// Forgets what refers to a stage that is gone: what a part has of its own there, and what is open there.
    fn forget_stage(&mut self, id: ItemId) {
        for own in self.owns_mut() {
            own.steps.retain(|step| step.from != id);
        }
        self.segments.iter_mut().for_each(|segment| segment.open.retain(|open| open.stage != id));
        self.relink(id, None);
    }

    /// Has everything that refers to a stage refer to the one that takes its place.
    fn rename_stage(&mut self, id: ItemId, heir: ItemId) {
        for own in self.owns_mut() {
            own.steps.iter_mut().filter(|step| step.from == id).for_each(|step| step.from = heir);
        }
        for segment in &mut self.segments {
            segment.open.iter_mut().filter(|open| open.stage == id).for_each(|open| open.stage = heir);
        }
        self.relink(id, Some(heir));
    }

    /// Has every field that names this stage to enter at, or to work, name another one.
    fn relink(&mut self, id: ItemId, heir: Option<ItemId>) {
        let mut links = vec![&mut self.circle.recycled_to, &mut self.circle.referred_to];
        links.extend(self.sources.iter_mut().map(|sourcing| &mut sourcing.entry));
        links.push(&mut self.development.works);
        for channel in &mut self.spending.channels {
            links.push(&mut channel.entry);
        }
        links.into_iter().filter(|link| **link == Some(id)).for_each(|link| *link = heir);
    }

    /// The stage with this id, to change it.
    pub fn stage_mut(&mut self, id: ItemId) -> Option<&mut Stage> {
        self.stages.iter_mut().find(|stage| stage.id == id)
    }
}

impl Own {
    /// Joins what is different about two steps that become one, where something is; `before` is the first step as it is inherited.
    fn join_steps(&mut self, before: Option<(ItemId, Step)>, (removed, inherited): (ItemId, Step)) {
        let Some((from, mut first)) = before else { return };
        let mut second = inherited;
        if self.step(from).is_none() && self.step(removed).is_none() {
            return;
        }
        self.apply(from, &mut first);
        self.apply(removed, &mut second);
        let step = joined(first, second);
        self.change_step(from, |own| {
            own.rate = Some((step.rate, step.basis));
            own.days = Some(step.days);
        });
    }
}

/// Two steps as one. A rate below half a millionth becomes one millionth rather than nobody, unless one of the two is zero.
fn joined(first: Step, second: Step) -> Step {
    let product = u64::from(first.rate.millionths()) * u64::from(second.rate.millionths());
    let rounded = (product + 500_000) / 1_000_000;
    let millionths = if product > 0 { rounded.max(1) } else { 0 };
    let rate = u32::try_from(millionths).ok().and_then(Rate::from_millionths).unwrap_or(Rate::ONE);
    let days = Days::new(first.days.get().saturating_add(second.days.get())).unwrap_or(Days::MAX);
    Step { rate, basis: first.basis, days }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, Open, Source, examples, templates};
    use crate::units::{Count, Date};

    fn six_stages() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap())
    }

    #[test]
    fn a_stage_that_is_put_in_and_taken_out_changes_no_step() {
        let plan = six_stages();
        let mut changed = plan.clone();
        changed.insert_stage_after(2, "SAL", "SALs");
        assert_eq!(changed.stages.len(), 7);
        assert_eq!(changed.check(), Ok(()));
        changed.remove_stage(3);
        assert_eq!(changed.base, plan.base);
        assert_eq!(changed.stages, plan.stages);
        assert_eq!(changed.next_id, plan.next_id + 1, "ids are not used again");
    }

    #[test]
    fn removing_joins_the_steps() {
        let mut plan = six_stages();
        plan.remove_stage(2);
        assert_eq!(
            plan.base.steps[1],
            Step { rate: Rate::from_percent(12), basis: Basis::Guess, days: Days::new(31).unwrap() }
        );
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn what_waits_or_enters_in_a_stage_that_goes_stays() {
        let mut plan = six_stages();
        let (sql, opportunity) = (plan.stages[3].id, plan.stages[4].id);
        plan.sources[1].entry = Some(sql);
        plan.circle.recycled_to = Some(opportunity);
        plan.development.works = Some(sql);
        plan.add_channel();
        plan.spending.channels[0].entry = Some(opportunity);
        let count = Count::new(9).unwrap();
        for stage in [sql, opportunity] {
            plan.segments[0].open.push(Open { stage, source: Source::Marketing, count, amount: None, age: None });
        }
        plan.remove_stage(3);
        assert_eq!((plan.sources[1].entry, plan.development.works), (Some(opportunity), Some(opportunity)));
        assert_eq!(plan.segments[0].open.iter().map(|open| open.stage).collect::<Vec<_>>(), [opportunity; 2]);
        // Nothing waits behind the last step: then it waits before.
        plan.remove_stage(3);
        let mql = plan.stages[2].id;
        assert_eq!((plan.sources[1].entry, plan.circle.recycled_to), (Some(mql), Some(mql)));
        assert_eq!((plan.development.works, plan.spending.channels[0].entry), (Some(mql), Some(mql)));
        assert_eq!(plan.segments[0].open.len(), 2);
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn a_template_keeps_what_enters_where_a_stage_has_its_name() {
        let mut plan = six_stages();
        plan.add_channel();
        plan.spending.channels[0].entry = Some(plan.stages[3].id);
        plan.development.works = Some(plan.stages[0].id);
        plan.break_down(&templates::SALES_LED);
        assert_eq!(plan.spending.channels[0].entry, Some(plan.stages[3].id));
        plan.break_down(&templates::E_COMMERCE);
        assert_eq!((plan.spending.channels[0].entry, plan.development.works), (None, Some(plan.stages[0].id)));
        plan.break_down(&templates::OUTBOUND);
        assert_eq!(plan.development.works, None, "nobody visits there");
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn removing_the_headline_leaves_one() {
        let mut plan = six_stages();
        plan.remove_stage(1);
        assert_eq!(plan.headline, plan.stages[0].id);
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn the_last_stage_stays_and_two_remain() {
        let mut plan = six_stages();
        plan.remove_stage(5);
        plan.swap_with_next(4);
        plan.insert_stage_after(5, "X", "Xs");
        assert_eq!(plan, six_stages());
        for _ in 0..9 {
            plan.remove_stage(0);
        }
        assert_eq!(plan.stages.len(), 2);
        for _ in 0..20 {
            plan.insert_stage_after(0, "X", "Xs");
        }
        assert_eq!(plan.stages.len(), 10);
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn breaking_down_keeps_what_was_typed() {
        let mut plan = examples::three_figures(Lineage([1; 8]), Date::from_ymd(2026, 11, 22).unwrap());
        plan.base.steps[0].rate = Rate::from_percent(17);
        plan.stages[0].available = Count::new(800);
        for template in templates::ALL {
            let mut broken = plan.clone();
            broken.break_down(template);
            assert_eq!(broken.check(), Ok(()), "{}", template.name);
            assert_eq!(
                (broken.target, broken.base.asp, broken.close_rate()),
                (plan.target, plan.base.asp, plan.close_rate())
            );
        }
        plan.break_down(&templates::SALES_LED);
        assert_eq!(plan.stages[1].available, Count::new(800));
    }

    #[test]
    fn of_two_stages_of_one_name_the_first_has_an_heir() {
        let mut plan = six_stages();
        plan.stages[2].plural = plan.stages[1].plural.clone();
        for (position, percent) in [(1, 11), (2, 22)] {
            let scope = crate::plan::Scope::Segment(plan.segments[0].id);
            plan.set_rate(scope, position, Some(Rate::from_percent(percent)));
        }
        plan.break_down(&templates::SALES_LED);
        assert_eq!(plan.check(), Ok(()));
        let own: Vec<Option<(Rate, Basis)>> = plan.segments[0].own.steps.iter().map(|step| step.rate).collect();
        assert_eq!(own, [Some((Rate::from_percent(11), Basis::Guess))]);
    }
}
