//! The parts of the market: what each is to bring, and what it has of its own.

use crate::plan::{Basis, ItemId, Plan, Source, Step, limits};
use crate::units::{Count, Days, Money, Rate};

/// What everything is sold for and how, unless a segment or a source has something of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// What one won deal brings on average.
    pub asp: Money,
    /// One per stage but the last: the step from that stage to the next.
    pub steps: Vec<Step>,
}

/// A part of the market. What it does not say of its own is inherited from the [`Base`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The segment's id.
    pub id: ItemId,
    /// What people call it; may be empty while there is only one.
    pub name: String,
    /// Where its customers are; may be empty.
    pub region: String,
    /// What business they are in; may be empty.
    pub vertical: String,
    /// What kind of deal it is (new, expansion, renewal, …); may be empty.
    pub deal_type: String,
    /// What it is to bring.
    pub goal: SegmentGoal,
    /// Its own price, rates and days.
    pub own: Own,
    /// What each source is to create here, in the order of [`Source::ALL`]; none: as in the whole plan.
    pub shares: Option<[Rate; 5]>,
    /// How many accounts there are at all, counted at the headline stage.
    pub addressable: Option<Count>,
    /// What is booked in the period up to the as-of date.
    pub booked: Money,
    /// What is open on the as-of date.
    pub open: Vec<Open>,
    /// The team of sellers that works it; none: the first.
    pub team: Option<ItemId>,
    /// Its own gross margin.
    pub margin: Option<Rate>,
    /// Its own share of customers that is lost in a month.
    pub churn: Option<Rate>,
}

impl Segment {
    /// A segment that inherits everything and is to bring nothing yet.
    pub fn new(id: ItemId, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            region: String::new(),
            vertical: String::new(),
            deal_type: String::new(),
            goal: SegmentGoal::Share(Rate::ZERO),
            own: Own::default(),
            shares: None,
            addressable: None,
            booked: Money::ZERO,
            open: Vec::new(),
            team: None,
            margin: None,
            churn: None,
        }
    }

    /// The only segment of a plan that has not been split.
    pub fn whole(id: ItemId) -> Self {
        Self { goal: SegmentGoal::Share(Rate::ONE), ..Self::new(id, "") }
    }
}

/// What segments can be grouped and compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Where its customers are.
    Region,
    /// What business they are in.
    Vertical,
    /// What kind of deal it is.
    DealType,
}

impl Tag {
    /// Every tag, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Region, Self::Vertical, Self::DealType];

    /// What a segment says of it; may be empty.
    pub fn of(self, segment: &Segment) -> &str {
        match self {
            Self::Region => &segment.region,
            Self::Vertical => &segment.vertical,
            Self::DealType => &segment.deal_type,
        }
    }

    /// The same, to change it.
    pub fn of_mut(self, segment: &mut Segment) -> &mut String {
        match self {
            Self::Region => &mut segment.region,
            Self::Vertical => &mut segment.vertical,
            Self::DealType => &mut segment.deal_type,
        }
    }
}

/// What a segment is to bring of the new business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentGoal {
    /// A share of it.
    Share(Rate),
    /// An amount of bookings.
    Amount(Money),
}

/// What a segment or a source has of its own; what is `None` is inherited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Its own average selling price.
    pub asp: Option<Money>,
    /// Its own steps, at most one per stage, in any order.
    pub steps: Vec<OwnStep>,
}

/// What is different about one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnStep {
    /// The stage it leads from.
    pub from: ItemId,
    /// Its own rate, and what that is.
    pub rate: Option<(Rate, Basis)>,
    /// Its own days.
    pub days: Option<Days>,
}

impl Own {
    /// What is different about the step from this stage.
    pub fn step(&self, from: ItemId) -> Option<&OwnStep> {
        self.steps.iter().find(|step| step.from == from)
    }

    /// Changes what is different about the step from this stage; forgets it when nothing is left.
    pub fn change_step(&mut self, from: ItemId, change: impl FnOnce(&mut OwnStep)) {
        let mut step = self.step(from).copied().unwrap_or(OwnStep { from, rate: None, days: None });
        change(&mut step);
        let position = self.steps.iter().position(|known| known.from == from);
        match (position, step.rate.is_some() || step.days.is_some()) {
            (Some(position), true) => {
                if let Some(known) = self.steps.get_mut(position) {
                    *known = step;
                }
            }
            (Some(position), false) => drop(self.steps.remove(position)),
            (None, true) => self.steps.push(step),
            (None, false) => {}
        }
    }

    /// The step with what is different about it.
    pub(super) fn apply(&self, from: ItemId, step: &mut Step) {
        if let Some(own) = self.step(from) {
            (step.rate, step.basis) = own.rate.unwrap_or((step.rate, step.basis));
            step.days = own.days.unwrap_or(step.days);
        }
    }
}

/// Opportunities, or whatever waits at a stage, that are open on the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// The stage in which they wait.
    pub stage: ItemId,
    /// Who created them.
    pub source: Source,
    /// How many.
    pub count: Count,
    /// What they would bring together if all were won; none: count × average selling price.
    pub amount: Option<Money>,
    /// How long they have been in the stage; none: anything up to the step's days.
    pub age: Option<Days>,
}

impl SegmentGoal {
    /// The share, if that is what it is; none of it otherwise.
    pub fn share(self) -> Rate {
        if let Self::Share(share) = self { share } else { Rate::ZERO }
    }

    /// What it is of this much new business, in major units.
    pub fn part_major(self, new_business: Money) -> f64 {
        match self {
            Self::Share(share) => new_business.major() * share.fraction(),
            Self::Amount(amount) => amount.major(),
        }
    }

    /// What it is of this much new business, in millionths of a thousandth of the currency: a share of an amount, exactly.
    pub fn part(self, new_business: Money) -> u128 {
        let (amount, millionths) = match self {
            Self::Share(share) => (new_business, share.millionths()),
            Self::Amount(amount) => (amount, Rate::ONE.millionths()),
        };
        u128::from(amount.thousandths().unsigned_abs()) * u128::from(millionths)
    }
}

impl Plan {
    /// Splits a segment into two halves, equal but for their name and what cannot be halved. Does nothing when there is no room.
    ///
    /// A channel that brings entries for the segment stays with the first half: so nothing more is bought, and nothing at another
    /// price.
    pub fn split_segment(&mut self, id: ItemId) {
        let position = self.segments.iter().position(|segment| segment.id == id);
        let Some(position) = position.filter(|_| self.segments.len() < limits::MAX_SEGMENTS) else { return };
        let new_id = self.new_id();
        let is_free = |name: &String| self.segments.iter().all(|segment| segment.name != *name);
        let name = (position + 2..).map(|number| format!("Segment {number}")).find(is_free).unwrap_or_default();
        let Some(first) = self.segments.get_mut(position) else { return };
        let mut second = Segment { id: new_id, name, ..first.clone() };
        if first.name.is_empty() {
            first.name = format!("Segment {}", position + 1);
        }
        let halves = |whole: u64| (whole - whole / 2, whole / 2);
        let money = |whole: Money| {
            let (one, other) = halves(whole.thousandths().unsigned_abs());
            let half = |half: u64| i64::try_from(half).ok().and_then(Money::from_thousandths).unwrap_or_default();
            (half(one), half(other))
        };
        let count = |whole: Count| {
            let (one, other) = halves(whole.get());
            (Count::new(one).unwrap_or_default(), Count::new(other).unwrap_or_default())
        };
        (first.goal, second.goal) = match first.goal {
            SegmentGoal::Share(share) => {
                let half = Rate::from_millionths(share.millionths() / 2).unwrap_or_default();
                let rest = Rate::from_millionths(share.millionths() - half.millionths()).unwrap_or_default();
                (SegmentGoal::Share(rest), SegmentGoal::Share(half))
            }
            SegmentGoal::Amount(amount) => {
                let (one, other) = money(amount);
                (SegmentGoal::Amount(one), SegmentGoal::Amount(other))
            }
        };
        (first.booked, second.booked) = money(first.booked);
        if let Some(accounts) = first.addressable {
            let (one, other) = count(accounts);
            (first.addressable, second.addressable) = (Some(one), Some(other));
        }
        for (one, other) in first.open.iter_mut().zip(&mut second.open) {
            (one.count, other.count) = count(one.count);
            if let Some(amount) = one.amount {
                let (half, rest) = money(amount);
                (one.amount, other.amount) = (Some(half), Some(rest));
            }
        }
        self.segments.insert(position + 1, second);
    }

    /// Takes a segment out; what it was to bring is then shared out to nobody, and its channels bring entries for all. The last
    /// one stays, and is the whole.
    pub fn remove_segment(&mut self, id: ItemId) {
        if self.segments.len() > 1 {
            self.segments.retain(|segment| segment.id != id);
            for channel in &mut self.spending.channels {
                channel.segment = channel.segment.filter(|&segment| segment != id);
            }
        }
        // The one that is left is the whole again.
        if let [only] = self.segments.as_mut_slice() {
            only.goal = SegmentGoal::Share(Rate::ONE);
        }
    }

    /// Has the segments add up to the new business, each in its proportion; alike where none has any. Where one states an amount,
    /// all do.
    pub fn share_out(&mut self, new_business: Money) {
        let as_amounts = self.segments.iter().any(|segment| matches!(segment.goal, SegmentGoal::Amount(_)));
        let whole: f64 = self.segments.iter().map(|segment| segment.goal.part_major(new_business)).sum();
        let left = self.restate(as_amounts, new_business, whole);
        // What rounding has left over goes to the one that brings most.
        let units = |segment: &&mut Segment| match segment.goal {
            SegmentGoal::Share(share) => share.millionths().into(),
            SegmentGoal::Amount(amount) => amount.thousandths(),
        };
        if let Some(largest) = self.segments.iter_mut().max_by_key(units) {
            largest.goal = match largest.goal {
                SegmentGoal::Share(share) => share_of(i64::from(share.millionths()) + left),
                SegmentGoal::Amount(amount) => amount_of(amount.thousandths() + left),
            };
        }
    }

    /// Has every segment say what it is to bring as an amount, or as a share: the same, to the nearest unit.
    pub fn state_goals(&mut self, as_amounts: bool, new_business: Money) {
        self.restate(as_amounts, new_business, new_business.major());
    }

    /// Restates every goal as its part of `whole`, alike where that is nothing; what is left of the new business, in units.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "what is lost is left over")]
    fn restate(&mut self, as_amounts: bool, new_business: Money, whole: f64) -> i64 {
        let all = if as_amounts { new_business.thousandths() } else { i64::from(Rate::ONE.millionths()) };
        let alike = 1.0 / self.segments.len() as f64;
        let mut left = all;
        for segment in &mut self.segments {
            let part = if whole > 0.0 { segment.goal.part_major(new_business) / whole } else { alike };
            let units = (part * all as f64).round() as i64;
            segment.goal = if as_amounts { amount_of(units) } else { share_of(units) };
            left -= units;
        }
        left
    }
}

fn share_of(millionths: i64) -> SegmentGoal {
    SegmentGoal::Share(u32::try_from(millionths.max(0)).ok().and_then(Rate::from_millionths).unwrap_or(Rate::ONE))
}

fn amount_of(thousandths: i64) -> SegmentGoal {
    SegmentGoal::Amount(Money::from_thousandths(thousandths.max(0)).unwrap_or(Money::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Lineage, examples};
    use crate::units::Date;

    fn plan() -> Plan {
        examples::six_stages(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap())
    }

    fn goals(plan: &Plan) -> Vec<SegmentGoal> {
        plan.segments.iter().map(|segment| segment.goal).collect()
    }

    #[test]
    fn halves_add_up_to_the_whole() {
        let mut plan = plan();
        let first = plan.segments[0].id;
        plan.segments[0].booked = Money::from_thousandths(3).unwrap();
        let open = Open {
            stage: plan.stages[4].id,
            source: Source::Marketing,
            count: Count::new(7).unwrap(),
            amount: None,
            age: None,
        };
        plan.segments[0].open.push(open);
        plan.segments[0].margin = Some(Rate::from_percent(70));
        plan.segments[0].churn = Some(Rate::from_percent(2));
        plan.add_channel();
        plan.spending.channels[0].segment = Some(first);
        let spending = plan.spending.clone();
        plan.split_segment(first);
        plan.split_segment(first);
        assert_eq!(plan.check(), Ok(()));
        assert_eq!(goals(&plan), [25, 25, 50].map(|share| SegmentGoal::Share(Rate::from_percent(share))));
        assert_eq!(plan.segments.iter().map(|segment| segment.booked.thousandths()).sum::<i64>(), 3);
        assert_eq!(plan.segments.iter().map(|segment| segment.open[0].count.get()).sum::<u64>(), 7);
        assert_eq!(plan.spending, spending, "nothing more is bought");
        for segment in &plan.segments {
            assert_eq!((segment.margin, segment.churn), (Some(Rate::from_percent(70)), Some(Rate::from_percent(2))));
        }
        let names: Vec<&str> = plan.segments.iter().map(|segment| segment.name.as_str()).collect();
        assert_eq!(names, ["Segment 1", "Segment 3", "Segment 2"]);
        for _ in 0..50 {
            plan.split_segment(first);
        }
        assert_eq!(plan.segments.len(), limits::MAX_SEGMENTS);
        assert_eq!(plan.check(), Ok(()));
    }

    #[test]
    fn sharing_out_mends_whatever_does_not_add_up() {
        let target = Money::from_major(1_000);
        let mut plan = plan();
        let first = plan.segments[0].id;
        plan.split_segment(first);
        plan.split_segment(first);
        plan.segments[1].goal = SegmentGoal::Share(Rate::ZERO);
        plan.share_out(target);
        assert_eq!(goals(&plan)[1], SegmentGoal::Share(Rate::ZERO));
        assert_eq!(plan.segments.iter().map(|segment| segment.goal.share().millionths()).sum::<u32>(), 1_000_000);
        plan.state_goals(true, target);
        assert_eq!(goals(&plan)[2], SegmentGoal::Amount(Money::from_thousandths(666_667).unwrap()));
        plan.share_out(target);
        let sum: u128 = plan.segments.iter().map(|segment| segment.goal.part(target)).sum();
        assert_eq!(sum, 1_000_000 * 1_000_000);
        for segment in &mut plan.segments {
            segment.goal = SegmentGoal::Amount(Money::ZERO);
        }
        plan.share_out(Money::MAX);
        let sum: u128 = plan.segments.iter().map(|segment| segment.goal.part(Money::MAX)).sum();
        assert_eq!(sum, Money::MAX.thousandths().unsigned_abs() as u128 * 1_000_000);
    }

    #[test]
    fn the_last_segment_is_the_whole_again() {
        let mut plan = plan();
        let first = plan.segments[0].id;
        plan.split_segment(first);
        let second = plan.segments[1].id;
        for segment in [first, second] {
            plan.add_channel();
            plan.spending.channels.last_mut().unwrap().segment = Some(segment);
        }
        plan.remove_segment(first);
        assert_eq!((plan.spending.channels[0].segment, plan.spending.channels[1].segment), (None, Some(second)));
        plan.remove_segment(second);
        assert_eq!(plan.spending.channels[1].segment, Some(second), "it is still there");
        assert_eq!(goals(&plan), [SegmentGoal::Share(Rate::ONE)]);
        assert_eq!(plan.check(), Ok(()));
    }
}
