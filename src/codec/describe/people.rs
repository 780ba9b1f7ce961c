//! Who closes the deals and works the leads, what is bought, and what that costs.

use crate::codec::archive::{Archive, Need, list, maybe, must, unusual};
use crate::codec::describe::{before_last, tag};
use crate::codec::kinds::{
    CHANGES, CHANNELS, COME_OR_GO, COUNT, DAYS, FACTOR, Figure, HEADS, ID, IN_MONTHS, Kind, MONEY, MONTH, OWN_SEGMENTS,
    RAMP, RATE, TEAM_SEGMENTS, TEAMS, TERM, TIERS, YES,
};
use crate::plan::{Channel, HeadChange, ItemId, Move, Plan, SalesTeam, Segment, Tier};
use crate::units::{Count, Money, Month, Rate};

/// What is usual, in millionths: for an attainment and the like, for touches and hours, for minutes and days, for what is promised.
const ONE: u64 = 1_000_000;
const EIGHT: u64 = 8_000_000;
const FIVE: u64 = 5_000_000;
const USUAL_PROMISE: u64 = 900_000;
/// For how many months a price usually pays.
const YEAR: u64 = 12;

/// Who closes the deals. A segment that no team names is the first one's.
pub fn sales(archive: &mut dyn Archive, plan: &mut Plan) {
    let Plan { segments, sales, .. } = plan;
    let blank = || SalesTeam::new(ItemId(0), "");
    list(archive, "sales", &TEAMS, sales, blank, &mut |archive, team, _| {
        archive.open("", Need::Must);
        archive.id(&mut team.id);
        tag(archive, "name", &mut team.name);
        let mut works: Vec<ItemId> = Vec::new();
        for segment in &*segments {
            if segment.team == Some(team.id) {
                works.push(segment.id);
            }
        }
        list(archive, "segments", &TEAM_SEGMENTS, &mut works, || ItemId(0), &mut |archive, id, _| {
            must(archive, "", &ID, id);
        });
        for id in works {
            match segments.iter_mut().find(|segment| segment.id == id) {
                Some(segment) if segment.team.is_none_or(|known| known == team.id) => segment.team = Some(team.id),
                _ => archive.refuse("segments", "must be ids of segments, each in one team"),
            }
        }
        unusual(archive, "heads", &COUNT, &mut team.heads, 0);
        head_changes(archive, &HEADS, &mut team.changes);
        list(archive, "ramp", &RAMP, &mut team.ramp, Rate::default, &mut |archive, share, _| {
            must(archive, "", &RATE, share);
        });
        unusual(archive, "attrition", &RATE, &mut team.attrition, 0);
        unusual(archive, "backfills", &YES, &mut team.backfills, 0);
        unusual(archive, "timeToFill", &DAYS, &mut team.time_to_fill, 0);
        unusual(archive, "quota", &MONEY, &mut team.quota, 0);
        unusual(archive, "attainment", &FACTOR, &mut team.attainment, ONE);
        archive.close();
    });
}

/// What is one of `HEADS`, or of `COME_OR_GO` where there is no team to move to.
fn head_changes(archive: &mut dyn Archive, kind: &'static Kind, changes: &mut Vec<HeadChange>) {
    let blank = || HeadChange { month: Month::FIRST, what: Move::Start, heads: Count::default() };
    list(archive, "changes", &CHANGES, changes, blank, &mut |archive, change, _| {
        archive.open("", Need::Must);
        must(archive, "month", &MONTH, &mut change.month);
        let (mut what, mut to): (u8, Option<u32>) = match change.what {
            Move::Start => (0, None),
            Move::Leave => (1, None),
            Move::To(team) => (2, Some(team.0)),
        };
        must(archive, "what", kind, &mut what);
        if kind.max == HEADS.max {
            maybe(archive, "to", &ID, &mut to);
        }
        change.what = match (what, to) {
            (0, None) => Move::Start,
            (1, None) => Move::Leave,
            (2, Some(team)) => Move::To(ItemId(team)),
            _ => {
                archive.refuse("to", "must be the id of a team for what is \"move\", and for nothing else");
                Move::Start
            }
        };
        must(archive, "heads", &COUNT, &mut change.heads);
        archive.close();
    });
}

/// Who works the leads.
pub fn development(archive: &mut dyn Archive, plan: &mut Plan) {
    let among = before_last(plan);
    let development = &mut plan.development;
    archive.open("development", Need::Unusual);
    unusual(archive, "heads", &COUNT, &mut development.heads, 0);
    archive.stage("works", &among, Need::Unusual, &mut development.works);
    unusual(archive, "touches", &FACTOR, &mut development.touches, EIGHT);
    unusual(archive, "minutes", &FACTOR, &mut development.minutes, FIVE);
    unusual(archive, "hours", &FACTOR, &mut development.hours, EIGHT);
    unusual(archive, "days", &FACTOR, &mut development.days, FIVE);
    maybe(archive, "outside", &RATE, &mut development.outside);
    unusual(archive, "promise", &RATE, &mut development.promise, USUAL_PROMISE);
    unusual(archive, "within", &COUNT, &mut development.within, 0);
    unusual(archive, "odds", &FACTOR, &mut development.odds, ONE);
    unusual(archive, "oddsMost", &RATE, &mut development.odds_most, ONE);
    head_changes(archive, &COME_OR_GO, &mut development.changes);
    archive.close();
}

/// What is bought, and what it costs and brings; of segments what they have of their own in it.
pub fn spending(archive: &mut dyn Archive, plan: &mut Plan) {
    let among = before_last(plan);
    let Plan { segments, spending, .. } = plan;
    archive.open("spending", Need::Unusual);
    let blank = || Channel::new(ItemId(0), "");
    list(archive, "channels", &CHANNELS, &mut spending.channels, blank, &mut |archive, channel, _| {
        archive.open("", Need::Must);
        archive.id(&mut channel.id);
        tag(archive, "name", &mut channel.name);
        unusual(archive, "cost", &MONEY, &mut channel.cost, 0);
        unusual(archive, "buys", &COUNT, &mut channel.buys, 0);
        unusual(archive, "floor", &COUNT, &mut channel.floor, 0);
        maybe(archive, "ceiling", &COUNT, &mut channel.ceiling);
        unusual(archive, "quality", &FACTOR, &mut channel.quality, ONE);
        unusual(archive, "validated", &RATE, &mut channel.validated, ONE);
        let mut segment = channel.segment.map(|id| id.0);
        maybe(archive, "segment", &ID, &mut segment);
        channel.segment = segment.map(ItemId);
        if channel.segment.is_some_and(|id| segments.iter().all(|segment| segment.id != id)) {
            archive.refuse("segment", "must be the id of a segment");
        }
        archive.stage("entry", &among, Need::Unusual, &mut channel.entry);
        list(archive, "tiers", &TIERS, &mut channel.tiers, Tier::default, &mut |archive, tier, _| {
            archive.open("", Need::Must);
            must(archive, "beyond", &COUNT, &mut tier.beyond);
            must(archive, "cost", &MONEY, &mut tier.cost);
            archive.close();
        });
        let none = || (Month::FIRST, Count::default());
        list(archive, "buysIn", &IN_MONTHS, &mut channel.buys_in, none, &mut |archive, (month, count), _| {
            in_month(archive, month, "count", &COUNT, count);
        });
        archive.close();
    });
    maybe(archive, "budget", &MONEY, &mut spending.budget);
    unusual(archive, "other", &MONEY, &mut spending.other, 0);
    unusual(archive, "seller", &MONEY, &mut spending.seller, 0);
    unusual(archive, "developer", &MONEY, &mut spending.developer, 0);
    unusual(archive, "margin", &RATE, &mut spending.margin, 0);
    unusual(archive, "churn", &RATE, &mut spending.churn, 0);
    unusual(archive, "term", &TERM, &mut spending.term, YEAR);
    let none = || (Month::FIRST, Money::ZERO);
    list(archive, "budgetIn", &IN_MONTHS, &mut spending.budget_in, none, &mut |archive, (month, budget), _| {
        in_month(archive, month, "amount", &MONEY, budget);
    });
    own_margins(archive, segments);
    archive.close();
}

/// What is another number in one month.
fn in_month(
    archive: &mut dyn Archive,
    month: &mut Month,
    name: &'static str,
    kind: &'static Kind,
    value: &mut dyn Figure,
) {
    archive.open("", Need::Must);
    must(archive, "month", &MONTH, month);
    must(archive, name, kind, value);
    archive.close();
}

/// What segments have of their own of margin and churn: segments with nothing else stand for them.
fn own_margins(archive: &mut dyn Archive, segments: &mut [Segment]) {
    let mut owns: Vec<Segment> = Vec::new();
    for segment in &mut *segments {
        let (margin, churn) = (segment.margin.take(), segment.churn.take());
        if margin.is_some() || churn.is_some() {
            owns.push(Segment { margin, churn, ..Segment::new(segment.id, "") });
        }
    }
    let blank = || Segment::new(ItemId(0), "");
    list(archive, "segments", &OWN_SEGMENTS, &mut owns, blank, &mut |archive, own, _| {
        archive.open("", Need::Must);
        must(archive, "segment", &ID, &mut own.id);
        maybe(archive, "margin", &RATE, &mut own.margin);
        maybe(archive, "churn", &RATE, &mut own.churn);
        match segments.iter_mut().find(|segment| segment.id == own.id) {
            Some(segment) if segment.margin.is_none() && segment.churn.is_none() => {
                (segment.margin, segment.churn) = (own.margin, own.churn);
            }
            _ => archive.refuse("segment", "must be the id of a segment, another one in each"),
        }
        archive.close();
    });
}
