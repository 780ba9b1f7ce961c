//! What a plan is, described once for all who write it or read it: fields in the order in which JSON has them.
//!
//! The bytes of a section are made of what stands here, so order, kinds and needs are frozen with the section; a field that comes
//! later gets a section of its own.

mod people;

pub use people::{development, sales, spending};

use crate::codec::archive::{Archive, Need, list, maybe, must, said, unusual};
use crate::codec::kinds::{
    BASIS, COUNT, CURRENCY, DAY, DAYS, FACTOR, ID, LINEAGE, List, MISSION, MONEY, MONTH, MONTH_OF_YEAR, MONTHS, OPEN,
    OWN_STEPS, OWNER, PROFILE, RATE, ROUNDING, SEASON, SEGMENTS, SOURCE, SOURCES, STAGES, TARGET, WEIGHTS, YES,
};
use crate::plan::{
    Base, Basis, Circle, Development, ItemId, Lineage, Mission, Open, Own, OwnStep, Owner, Period, Plan, Revenue,
    Rounding, Segment, SegmentGoal, Source, Sourcing, Spending, Stage, Step, Timing, limits,
};
use crate::units::{Count, Currency, Days, Factor, Money, Month, Rate};

/// What a plan is before anything is read: what is left out stays as it is here.
pub fn nothing() -> Plan {
    Plan {
        lineage: Lineage([0; 8]),
        next_id: 0,
        name: String::new(),
        currency: Currency::EUR,
        period: Period { start: Month::FIRST, months: 1 },
        as_of: Month::FIRST.first_day(),
        target: Money::ZERO,
        rounding: Rounding::Carry,
        headline: ItemId(0),
        stages: Vec::new(),
        base: Base { asp: Money::ZERO, steps: Vec::new() },
        segments: vec![Segment::whole(ItemId(0))],
        sources: Plan::one_source(),
        mission: Mission::default(),
        circle: Circle::default(),
        revenue: Revenue::default(),
        timing: Timing::default(),
        sales: Vec::new(),
        development: Development::default(),
        spending: Spending::default(),
    }
}

/// What is usual for a retention, and for the landing, in millionths.
const ONE: u64 = 1_000_000;
const USUAL_LANDING: u64 = 800_000;

/// All of it, in the order of a document.
pub fn document(archive: &mut dyn Archive, plan: &mut Plan) {
    said(archive, "lineage", &LINEAGE, &mut plan.lineage);
    name(archive, plan);
    goal(archive, plan);
    rounding(archive, plan);
    said(archive, "headline", &ID, &mut plan.headline);
    stages(archive, plan);
    base(archive, plan);
    segments(archive, plan);
    sources(archive, plan);
    circle(archive, plan);
    timing(archive, plan);
    sales(archive, plan);
    development(archive, plan);
    spending(archive, plan);
}

pub fn name(archive: &mut dyn Archive, plan: &mut Plan) {
    said(archive, "nextId", &ID, &mut plan.next_id);
    archive.text("name", limits::NAME_CHARS, Need::Said, &mut plan.name);
}

pub fn goal(archive: &mut dyn Archive, plan: &mut Plan) {
    must(archive, "currency", &CURRENCY, &mut plan.currency);
    archive.open("period", Need::Must);
    must(archive, "start", &MONTH, &mut plan.period.start);
    must(archive, "months", &MONTHS, &mut plan.period.months);
    archive.close();
    must(archive, "asOf", &DAY, &mut plan.as_of);
    must(archive, "target", &MONEY, &mut plan.target);
}

pub fn rounding(archive: &mut dyn Archive, plan: &mut Plan) {
    said(archive, "rounding", &ROUNDING, &mut plan.rounding);
}

/// A stage before it is read.
pub fn blank_stage() -> Stage {
    Stage {
        id: ItemId(0),
        singular: String::new(),
        plural: String::new(),
        owner: Owner::Sales,
        definition: String::new(),
        available: None,
    }
}

/// The stages of a document; section 5 has a description of its own.
fn stages(archive: &mut dyn Archive, plan: &mut Plan) {
    list(archive, "stages", &STAGES, &mut plan.stages, blank_stage, &mut |archive, stage, _| {
        archive.open("", Need::Must);
        archive.id(&mut stage.id);
        let has_singular = archive.text("singular", limits::STAGE_NAME_CHARS, Need::Said, &mut stage.singular);
        let has_plural = archive.text("plural", limits::STAGE_NAME_CHARS, Need::Said, &mut stage.plural);
        match (has_singular, has_plural) {
            (true, true) => {}
            (true, false) => stage.plural.clone_from(&stage.singular),
            (false, true) => stage.singular.clone_from(&stage.plural),
            (false, false) => {
                archive.refuse("singular", "is missing; must be what one of them is called, like \"Lead\"");
            }
        }
        must(archive, "owner", &OWNER, &mut stage.owner);
        archive.text("definition", limits::DEFINITION_CHARS, Need::Unusual, &mut stage.definition);
        maybe(archive, "available", &COUNT, &mut stage.available);
        archive.close();
    });
}

/// What everything inherits. In section 6, which has no heads, nothing is said of what the rates are.
pub fn base(archive: &mut dyn Archive, plan: &mut Plan) {
    let count = plan.stages.len().saturating_sub(1);
    let steps = List { base: 1, min: count, max: count, allowed: "a list of steps, one for each stage but the last" };
    let blank = || Step { rate: Rate::ZERO, basis: Basis::Guess, days: Days::ZERO };
    archive.open("base", Need::Must);
    must(archive, "asp", &MONEY, &mut plan.base.asp);
    list(archive, "steps", &steps, &mut plan.base.steps, blank, &mut |archive, step, _| {
        archive.open("", Need::Must);
        must(archive, "rate", &RATE, &mut step.rate);
        must(archive, "days", &DAYS, &mut step.days);
        basis(archive, &mut step.basis);
        archive.close();
    });
    archive.close();
}

/// What the rates are that everything inherits.
pub fn bases(archive: &mut dyn Archive, plan: &mut Plan) {
    for step in &mut plan.base.steps {
        basis(archive, &mut step.basis);
    }
}

fn basis(archive: &mut dyn Archive, value: &mut Basis) {
    unusual(archive, "basis", &BASIS, value, 0);
}

pub fn segments(archive: &mut dyn Archive, plan: &mut Plan) {
    let among = before_last(plan);
    let blank = || Segment::new(ItemId(0), "");
    list(archive, "segments", &SEGMENTS, &mut plan.segments, blank, &mut |archive, segment, count| {
        archive.open("", Need::Must);
        archive.id(&mut segment.id);
        tag(archive, "name", &mut segment.name);
        tag(archive, "region", &mut segment.region);
        tag(archive, "vertical", &mut segment.vertical);
        tag(archive, "dealType", &mut segment.deal_type);
        segment_goal(archive, &mut segment.goal, count == 1);
        own(archive, &among, &mut segment.own);
        shares(archive, &mut segment.shares);
        maybe(archive, "addressable", &COUNT, &mut segment.addressable);
        unusual(archive, "booked", &MONEY, &mut segment.booked, 0);
        open(archive, &among, &mut segment.open);
        archive.close();
    });
}

fn tag(archive: &mut dyn Archive, name: &'static str, value: &mut String) {
    archive.text(name, limits::TAG_CHARS, Need::Unusual, value);
}

/// What an only segment is to bring need not be said when it is everything.
fn segment_goal(archive: &mut dyn Archive, goal: &mut SegmentGoal, is_only: bool) {
    let all = SegmentGoal::Share(Rate::ONE);
    let mut is_said = !is_only || *goal != all;
    archive.has("goal", &mut is_said);
    if is_only && !is_said {
        *goal = all;
        return;
    }
    let (mut share, mut amount) = match *goal {
        SegmentGoal::Share(share) => (Some(share), None),
        SegmentGoal::Amount(amount) => (None, Some(amount)),
    };
    archive.open("goal", Need::Must);
    maybe(archive, "share", &RATE, &mut share);
    maybe(archive, "amount", &MONEY, &mut amount);
    archive.close();
    match (share, amount) {
        (Some(share), None) => *goal = SegmentGoal::Share(share),
        (None, Some(amount)) => *goal = SegmentGoal::Amount(amount),
        _ => archive.refuse("goal", "must have either share or amount"),
    }
}

/// What a segment or a source has of its own.
fn own(archive: &mut dyn Archive, among: &[ItemId], own: &mut Own) {
    maybe(archive, "asp", &MONEY, &mut own.asp);
    let blank = || OwnStep { from: ItemId(0), rate: None, days: None };
    let mut seen = Vec::new();
    list(archive, "steps", &OWN_STEPS, &mut own.steps, blank, &mut |archive, step, _| {
        archive.open("", Need::Must);
        stage(archive, "from", among, &mut step.from);
        if seen.contains(&step.from) {
            archive.refuse("from", "must be another stage in each step");
        }
        seen.push(step.from);
        let (mut rate, mut what) = step.rate.map_or((None, Basis::Guess), |(rate, basis)| (Some(rate), basis));
        maybe(archive, "rate", &RATE, &mut rate);
        basis(archive, &mut what);
        if rate.is_none() && what != Basis::Guess {
            archive.figure("rate", &RATE, Need::Must, &mut None);
        }
        step.rate = rate.map(|rate| (rate, what));
        maybe(archive, "days", &DAYS, &mut step.days);
        archive.close();
    });
}

fn shares(archive: &mut dyn Archive, shares: &mut Option<[Rate; 5]>) {
    let mut is_there = shares.is_some();
    archive.has("shares", &mut is_there);
    let mut all = shares.unwrap_or_default();
    *shares = None;
    if is_there {
        archive.open("shares", Need::Must);
        for (name, share) in SOURCES.iter().zip(&mut all) {
            unusual(archive, name, &RATE, share, 0);
        }
        archive.close();
        *shares = Some(all);
    }
}

fn open(archive: &mut dyn Archive, among: &[ItemId], rows: &mut Vec<Open>) {
    let blank =
        || Open { stage: ItemId(0), source: Source::Marketing, count: Count::default(), amount: None, age: None };
    list(archive, "open", &OPEN, rows, blank, &mut |archive, open, _| {
        archive.open("", Need::Must);
        stage(archive, "stage", among, &mut open.stage);
        must(archive, "source", &SOURCE, &mut open.source);
        must(archive, "count", &COUNT, &mut open.count);
        maybe(archive, "amount", &MONEY, &mut open.amount);
        maybe(archive, "age", &DAYS, &mut open.age);
        archive.close();
    });
}

/// Who creates the pipeline.
pub fn sources(archive: &mut dyn Archive, plan: &mut Plan) {
    let among = before_last(plan);
    let mut is_split = plan.sources != Plan::one_source();
    archive.has("sources", &mut is_split);
    if is_split {
        archive.open("sources", Need::Must);
        for (name, sourcing) in SOURCES.iter().zip(&mut plan.sources) {
            let mut is_there = *sourcing != Sourcing::default();
            archive.has(name, &mut is_there);
            if is_there {
                archive.open(name, Need::Must);
                must(archive, "share", &RATE, &mut sourcing.share);
                archive.stage("entry", &among, Need::Unusual, &mut sourcing.entry);
                own(archive, &among, &mut sourcing.own);
                archive.close();
            } else {
                *sourcing = Sourcing::default();
            }
        }
        archive.close();
    }
    unusual(archive, "mission", &MISSION, &mut plan.mission, 0);
}

/// What comes back, and what the target counts.
pub fn circle(archive: &mut dyn Archive, plan: &mut Plan) {
    let among = before_last(plan);
    let circle = &mut plan.circle;
    archive.open("circle", Need::Unusual);
    unusual(archive, "recycled", &RATE, &mut circle.recycled, 0);
    unusual(archive, "recycledAfter", &DAYS, &mut circle.recycled_after, 0);
    archive.stage("recycledTo", &among, Need::Unusual, &mut circle.recycled_to);
    unusual(archive, "recycledAs", &SOURCE, &mut circle.recycled_as, 0);
    unusual(archive, "referrals", &FACTOR, &mut circle.referrals, 0);
    unusual(archive, "referredAfter", &DAYS, &mut circle.referred_after, 0);
    archive.stage("referredTo", &among, Need::Unusual, &mut circle.referred_to);
    unusual(archive, "referredAs", &SOURCE, &mut circle.referred_as, 0);
    archive.close();
    let revenue = &mut plan.revenue;
    archive.open("revenue", Need::Unusual);
    unusual(archive, "kind", &TARGET, &mut revenue.kind, 0);
    unusual(archive, "opening", &MONEY, &mut revenue.opening, 0);
    unusual(archive, "grr", &RATE, &mut revenue.grr, ONE);
    unusual(archive, "nrr", &FACTOR, &mut revenue.nrr, ONE);
    archive.close();
}

/// How the target lies in time.
pub fn timing(archive: &mut dyn Archive, plan: &mut Plan) {
    let timing = &mut plan.timing;
    archive.open("timing", Need::Unusual);
    unusual(archive, "fiscalStart", &MONTH_OF_YEAR, &mut timing.fiscal_start, 1);
    unusual(archive, "profile", &PROFILE, &mut timing.profile, 0);
    factors(archive, "weights", &WEIGHTS, &mut timing.weights);
    factors(archive, "rateSeason", &SEASON, &mut timing.rate_season);
    maybe(archive, "nextTarget", &MONEY, &mut timing.next_target);
    unusual(archive, "spread", &FACTOR, &mut timing.spread, 0);
    unusual(archive, "landing", &RATE, &mut timing.landing, USUAL_LANDING);
    unusual(archive, "sizedForSpread", &YES, &mut timing.sized_for_spread, 0);
    unusual(archive, "staleRate", &RATE, &mut timing.stale_rate, 0);
    archive.close();
}

fn factors(archive: &mut dyn Archive, name: &'static str, of: &List, factors: &mut Vec<Factor>) {
    list(archive, name, of, factors, Factor::default, &mut |archive, factor, _| must(archive, "", &FACTOR, factor));
}

/// A stage that something waits in.
fn stage(archive: &mut dyn Archive, name: &'static str, among: &[ItemId], value: &mut ItemId) {
    let mut stage = Some(*value);
    archive.stage(name, among, Need::Must, &mut stage);
    *value = stage.unwrap_or(*value);
}

/// The stages that something waits in or enters: not the last.
fn before_last(plan: &Plan) -> Vec<ItemId> {
    let mut stages = Vec::new();
    plan.stages.iter().for_each(|stage| stages.push(stage.id));
    stages.pop();
    stages
}
