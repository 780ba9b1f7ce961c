//! Laws of the codec, for every plan and for whatever arrives instead of one.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use backcast::codec::{self, Fault, Fingerprint, LinkError, Record, Shared};
use backcast::plan::{
    Base, Basis, Channel, Circle, Development, HeadChange, ItemId, Lineage, Mission, Move, Open, Own, OwnStep, Owner,
    Period, Plan, Profile, Revenue, Rounding, SalesTeam, Segment, SegmentGoal, Source, Sourcing, Spending, Stage, Step,
    TargetKind, Term, Tier, Timing, clean_text, limits, templates,
};
use backcast::units::{Count, Currency, Date, Days, Factor, Money, Month, Rate};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

const HEADER: usize = 16;
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Any text that a field keeps, up to the longest.
fn text(max: usize) -> impl Strategy<Value = String> {
    let any = vec(any::<char>(), 0..=max).prop_map(move |chars| clean_text(&String::from_iter(chars), max));
    let latin = vec(select(&['a', 'Z', 's', ' ', 'é', '漢', '"', '\\', '<', '=', '😀'][..]), 0..=max)
        .prop_map(String::from_iter);
    let longest = select(&['x', '😀'][..]).prop_map(move |char| String::from_iter(vec![char; max]));
    prop_oneof![4 => any, 4 => latin, 1 => longest, 1 => Just(String::new())]
}

fn amount(max: u64) -> impl Strategy<Value = u64> {
    let round =
        (0..1000_u64, 0..16_u32).prop_map(move |(mantissa, exponent)| (mantissa * 10_u64.pow(exponent)).min(max));
    prop_oneof![0..=max, round, Just(0), Just(max)]
}

fn money() -> impl Strategy<Value = Money> {
    amount(1_000_000_000_000_000_000).prop_map(|amount| Money::from_thousandths(amount.try_into().unwrap()).unwrap())
}

fn rate() -> impl Strategy<Value = Rate> {
    prop_oneof![
        (0..=100_u8).prop_map(Rate::from_percent),
        (0..=10_000_u32).prop_map(|hundredths| Rate::from_millionths(hundredths * 100).unwrap()),
        (0..=1_000_000_u32).prop_map(|millionths| Rate::from_millionths(millionths).unwrap()),
    ]
}

fn factor() -> impl Strategy<Value = Factor> {
    let millionths =
        prop_oneof![(0..=200_u32).prop_map(|per_cent| per_cent * 10_000), 0..=100_000_000_u32, Just(100_000_000)];
    millionths.prop_map(|millionths| Factor::from_millionths(millionths).unwrap())
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![0..=3650_u16, Just(0), Just(3650)].prop_map(|days| Days::new(days).unwrap())
}

fn count() -> impl Strategy<Value = Count> {
    amount(Count::MAX.get()).prop_map(|count| Count::new(count).unwrap())
}

/// A stage whose words travel as a number.
fn listed_stage() -> impl Strategy<Value = &'static templates::TemplateStage> {
    select(Vec::from_iter(templates::ALL.iter().flat_map(|template| template.stages)))
}

fn names() -> impl Strategy<Value = (String, String)> {
    let listed = listed_stage();
    prop_oneof![
        listed.prop_map(|stage| (stage.singular.to_owned(), stage.plural.to_owned())),
        (text(limits::STAGE_NAME_CHARS), text(limits::STAGE_NAME_CHARS)),
        text(limits::STAGE_NAME_CHARS - 1).prop_map(|singular| (singular.clone(), singular + "s")),
        text(limits::STAGE_NAME_CHARS).prop_map(|name| (name.clone(), name)),
    ]
}

fn stage() -> impl Strategy<Value = Stage> {
    let listed = listed_stage();
    let definition = prop_oneof![
        Just(String::new()),
        listed.prop_map(|stage| stage.definition.to_owned()),
        text(limits::DEFINITION_CHARS)
    ];
    (names(), select(&Owner::ALL[..]), definition, option::of(count())).prop_map(
        |(names, owner, definition, available)| {
            let (singular, plural) = names;
            Stage { id: ItemId(0), singular, plural, owner, definition, available }
        },
    )
}

/// Different ids for `count` items, and a counter above them.
fn ids(count: usize) -> impl Strategy<Value = (Vec<u32>, u32)> {
    let few = subsequence(Vec::from_iter(0..100_u32), count).prop_map(BTreeSet::from_iter);
    let many = btree_set(0..u32::MAX, count);
    let in_a_row = (0..u32::MAX - 60).prop_map(move |first| (first..).take(count).collect());
    let ids = prop_oneof![few, many, in_a_row, Just((1..).take(count).collect())];
    ids.prop_flat_map(|ids| {
        let lowest = ids.last().unwrap() + 1;
        let ids = Vec::from_iter(ids);
        let next = prop_oneof![Just(lowest), Just(u32::MAX), lowest..=u32::MAX];
        (prop_oneof![Just(ids.clone()), Just(ids).prop_shuffle()], next)
    })
}

/// What a part has of its own, at some of these stages in any order.
fn own(stages: Vec<ItemId>) -> impl Strategy<Value = Own> {
    let count = stages.len();
    let said = (option::of((rate(), select(&Basis::ALL[..]))), option::of(days()));
    let steps = (subsequence(stages, 0..=count).prop_shuffle(), vec(said, count)).prop_map(|(stages, said)| {
        stages.into_iter().zip(said).map(|(from, (rate, days))| OwnStep { from, rate, days }).collect()
    });
    let some = (option::of(money()), steps).prop_map(|(asp, steps)| Own { asp, steps });
    prop_oneof![1 => Just(Own::default()), 2 => some]
}

fn shares() -> impl Strategy<Value = [Rate; 5]> {
    prop_oneof![
        Just([Rate::ZERO; 5]),
        Just(Plan::one_source().map(|one| one.share)),
        [rate(), rate(), rate(), rate(), rate()]
    ]
}

fn open(stages: Vec<ItemId>) -> impl Strategy<Value = Open> {
    let rest = (select(&Source::ALL[..]), count(), option::of(money()), option::of(days()));
    (select(stages), rest).prop_map(|(stage, (source, count, amount, age))| Open { stage, source, count, amount, age })
}

/// Tags that come again, and others.
fn tag() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(&["", "", "EU", "New", "SaaS"][..]).prop_map(str::to_owned), 1 => text(limits::TAG_CHARS)]
}

/// A segment without an id.
fn segment(stages: Vec<ItemId>) -> impl Strategy<Value = Segment> {
    let goal = prop_oneof![
        Just(SegmentGoal::Share(Rate::ONE)),
        rate().prop_map(SegmentGoal::Share),
        money().prop_map(SegmentGoal::Amount),
    ];
    let rows = prop_oneof![19 => Just(0..3_usize), 1 => Just(limits::MAX_OPEN..limits::MAX_OPEN + 1)];
    let open = rows.prop_flat_map({
        let stages = stages.clone();
        move |rows| vec(open(stages.clone()), rows)
    });
    let booked = prop_oneof![Just(Money::ZERO), money()];
    (tag(), [tag(), tag(), tag()], goal, own(stages), option::of(shares()), option::of(count()), booked, open).prop_map(
        |(name, [region, vertical, deal_type], goal, own, shares, addressable, booked, open)| Segment {
            id: ItemId(0),
            name,
            region,
            vertical,
            deal_type,
            goal,
            own,
            shares,
            addressable,
            booked,
            open,
            team: None,
            margin: None,
            churn: None,
        },
    )
}

fn segments(ids: Vec<ItemId>, stages: Vec<ItemId>) -> impl Strategy<Value = Vec<Segment>> {
    let whole = Segment::whole(ids[0]);
    let some = vec(segment(stages), ids.len()).prop_map(move |mut segments| {
        segments.iter_mut().zip(&ids).for_each(|(segment, id)| segment.id = *id);
        segments
    });
    prop_oneof![1 => Just(vec![whole]), 3 => some]
}

fn sources(stages: Vec<ItemId>) -> impl Strategy<Value = [Sourcing; 5]> {
    let one = || {
        let own = prop_oneof![2 => Just(Own::default()), 1 => own(stages.clone())];
        (option::of(select(stages.clone())), own)
    };
    let all = (shares(), [one(), one(), one(), one(), one()]).prop_map(|(shares, all)| {
        let mut shares = shares.into_iter();
        all.map(|(entry, own)| Sourcing { share: shares.next().unwrap(), entry, own })
    });
    prop_oneof![Just(Plan::one_source()), Just(Default::default()), all]
}

fn circle(stages: Vec<ItemId>) -> impl Strategy<Value = Circle> {
    let way = || (days(), option::of(select(stages.clone())), select(&Source::ALL[..]));
    let none = || Just((Days::ZERO, None, Source::Marketing));
    let recycled = prop_oneof![(Just(Rate::ZERO), none()), (rate(), way())];
    let referred = prop_oneof![(Just(Factor::ZERO), none()), (factor(), way())];
    (recycled, referred).prop_map(|(recycled, referred)| Circle {
        recycled: recycled.0,
        recycled_after: recycled.1.0,
        recycled_to: recycled.1.1,
        recycled_as: recycled.1.2,
        referrals: referred.0,
        referred_after: referred.1.0,
        referred_to: referred.1.1,
        referred_as: referred.1.2,
    })
}

fn revenue() -> impl Strategy<Value = Revenue> {
    let some = (select(&TargetKind::ALL[..]), money(), rate(), factor())
        .prop_map(|(kind, opening, grr, nrr)| Revenue { kind, opening, grr, nrr });
    prop_oneof![Just(Revenue::default()), some]
}

fn timing() -> impl Strategy<Value = Timing> {
    let usual = Timing::default;
    let lists =
        prop_oneof![(vec(factor(), 0..=36), vec(factor(), 0..=12)), (vec(factor(), 0..=1), vec(factor(), 0..=1)),];
    let rest = (
        prop_oneof![Just(1_u8), 1..=12_u8],
        select(&Profile::ALL[..]),
        option::of(money()),
        prop_oneof![Just(usual().spread), factor()],
        prop_oneof![Just(usual().landing), rate()],
        any::<bool>(),
        prop_oneof![Just(usual().stale_rate), rate()],
    );
    let some = (prop_oneof![Just((vec![], vec![])), lists], rest).prop_map(|((weights, rate_season), rest)| {
        let (fiscal_start, profile, next_target, spread, landing, sized_for_spread, stale_rate) = rest;
        Timing {
            fiscal_start,
            profile,
            weights,
            rate_season,
            next_target,
            spread,
            landing,
            sized_for_spread,
            stale_rate,
        }
    });
    prop_oneof![1 => Just(Timing::default()), 3 => some]
}

prop_compose! {
    /// A plan that has not been split.
    fn unsplit()(count in limits::MIN_STAGES..=limits::MAX_STAGES, parts in prop_oneof![29 => 1..5_usize, 1 => Just(limits::MAX_SEGMENTS)])(
        mut stages in vec(stage(), count),
        (ids, next_id) in ids(count + parts),
        headline in 0..count,
        steps in vec((rate(), prop_oneof![Just(Basis::Guess), select(&Basis::ALL[..])], days()), count - 1),
        lineage in any::<[u8; 8]>(),
        name in text(limits::NAME_CHARS),
        currency in "[A-Z]{3}",
        (start, months) in (1..=limits::MAX_MONTHS).prop_flat_map(|months| (0..2760 - u16::from(months), Just(months))),
        as_of in prop_oneof![0..84_000, Just(0), Just(Date::from_ymd(2199, 12, 31).unwrap().day_number())],
        target in money(),
        asp in money(),
        rounding in select(&[Rounding::Carry, Rounding::CeilEachStage, Rounding::RoundEachStage][..]),
    ) -> (Plan, Vec<ItemId>) {
        let (stage_ids, segment_ids) = ids.split_at(stages.len());
        for (stage, id) in stages.iter_mut().zip(stage_ids) {
            stage.id = ItemId(*id);
        }
        stages.last_mut().unwrap().available = None;
        let plan = Plan {
            lineage: Lineage(lineage),
            next_id,
            name,
            currency: Currency::new(&currency).unwrap(),
            period: Period { start: Month::from_index(start).unwrap(), months },
            as_of: Date::from_day_number(as_of).unwrap(),
            target,
            rounding,
            headline: stages[headline].id,
            stages,
            base: Base { asp, steps: steps.into_iter().map(|(rate, basis, days)| Step { rate, basis, days }).collect() },
            segments: vec![],
            sources: Plan::one_source(),
            mission: Mission::default(),
            circle: Circle::default(),
            revenue: Revenue::default(),
            timing: Timing::default(),
            sales: Vec::new(),
            development: Development::default(),
            spending: Spending::default(),
        };
        (plan, segment_ids.iter().copied().map(ItemId).collect())
    }
}

/// The plan with teams of sellers, who work some of its segments; some plans have none.
fn with_sales(plan: Plan) -> impl Strategy<Value = Plan> {
    let change = (0..2760_u16, 0..6_usize, count());
    let of_one = (rate(), any::<bool>(), days(), money(), prop_oneof![Just(Factor::ONE), factor()]);
    let team = (text(limits::TAG_CHARS), count(), vec(change, 0..4), vec(rate(), 0..4), of_one);
    let team = team.boxed();
    let teams =
        prop_oneof![3 => vec(team.clone(), 0..=0), 4 => vec(team.clone(), 1..4), 1 => vec(team, limits::MAX_TEAMS)];
    (Just(plan), teams, vec(0..6_usize, limits::MAX_SEGMENTS)).prop_map(|(mut plan, teams, works)| {
        // Where the counter is at its end there is no id for one.
        let room = usize::try_from(u32::MAX - plan.next_id).unwrap();
        let ids: Vec<ItemId> = teams.iter().take(room).map(|_| plan.new_id()).collect();
        for (&id, (name, heads, changes, ramp, (attrition, backfills, time_to_fill, quota, attainment))) in
            ids.iter().zip(teams)
        {
            let changes = changes.into_iter().map(|(month, what, heads)| {
                let what = match what {
                    0 | 1 => Move::Start,
                    2 => Move::Leave,
                    to => Move::To(ids[to % ids.len()]),
                };
                HeadChange { month: Month::from_index(month).unwrap(), what, heads }
            });
            let changes = changes.collect();
            plan.sales.push(SalesTeam {
                id,
                name,
                heads,
                changes,
                ramp,
                attrition,
                backfills,
                time_to_fill,
                quota,
                attainment,
            });
        }
        for (segment, team) in plan.segments.iter_mut().zip(works) {
            segment.team = ids.get(team).copied();
        }
        plan
    })
}

/// Who works the leads.
fn development(stages: Vec<ItemId>) -> impl Strategy<Value = Development> {
    let usual = Development::default;
    let change = (0..2760_u16, any::<bool>(), count()).prop_map(|(month, starts, heads)| {
        let what = if starts { Move::Start } else { Move::Leave };
        HeadChange { month: Month::from_index(month).unwrap(), what, heads }
    });
    let changes = prop_oneof![Just(vec![]), vec(change, 1..4)];
    let times = [Just(usual().touches).boxed(), factor().boxed(), Just(usual().minutes).boxed()];
    let times = || prop_oneof![times[0].clone(), times[1].clone(), times[2].clone()];
    let share = || prop_oneof![Just(usual().promise), Just(Rate::ONE), rate()];
    let who = (prop_oneof![Just(Count::default()), count()], option::of(select(stages)), changes);
    let when = (times(), times(), times(), times(), option::of(rate()));
    let promise =
        (share(), prop_oneof![Just(Count::default()), count()], prop_oneof![Just(Factor::ONE), factor()], share());
    let some = (who, when, promise).prop_map(|(who, when, promise)| {
        let ((heads, works, changes), (touches, minutes, hours, days, outside)) = (who, when);
        let (promise, within, odds, odds_most) = promise;
        Development { heads, changes, works, touches, minutes, hours, days, outside, promise, within, odds, odds_most }
    });
    prop_oneof![1 => Just(Development::default()), 2 => some]
}

/// Months, each with something.
fn in_months<T: std::fmt::Debug>(value: impl Strategy<Value = T> + 'static) -> impl Strategy<Value = Vec<(Month, T)>> {
    let most = usize::from(limits::MAX_MONTHS);
    let some = prop_oneof![10 => Just(0..3_usize), 1 => Just(most..most + 1)];
    let value = (0..2760_u16, value).prop_map(|(month, value)| (Month::from_index(month).unwrap(), value)).boxed();
    some.prop_flat_map(move |count| vec(value.clone(), count))
}

/// A channel without an id.
fn channel(segments: Vec<ItemId>, stages: Vec<ItemId>) -> impl Strategy<Value = Channel> {
    let none = || Just(Count::default());
    let tier = (count(), money()).prop_map(|(beyond, cost)| Tier { beyond, cost });
    let tiers = prop_oneof![Just(vec![]), vec(tier, 1..=limits::MAX_TIERS)];
    let where_to = (option::of(select(segments)), option::of(select(stages)));
    let amounts = (prop_oneof![none().boxed(), count().boxed()], option::of(count()), count(), in_months(count()));
    let quality = (prop_oneof![Just(Factor::ONE), factor()], prop_oneof![Just(Rate::ONE), rate()]);
    (tag(), where_to, money(), tiers, amounts, quality).prop_map(|(name, where_to, cost, tiers, amounts, quality)| {
        let (floor, ceiling, buys, buys_in) = amounts;
        Channel {
            id: ItemId(0),
            name,
            segment: where_to.0,
            entry: where_to.1,
            cost,
            tiers,
            floor,
            ceiling,
            quality: quality.0,
            validated: quality.1,
            buys,
            buys_in,
        }
    })
}

/// What is bought, with channels that have no id.
fn spending(segments: Vec<ItemId>, stages: Vec<ItemId>) -> impl Strategy<Value = Spending> {
    let channel = channel(segments, stages).boxed();
    let channels = prop_oneof![
        3 => Just(vec![]),
        4 => vec(channel.clone(), 1..4),
        1 => vec(channel, limits::MAX_CHANNELS),
    ];
    let cost = || prop_oneof![Just(Money::ZERO), money()];
    let share = || prop_oneof![Just(Rate::ZERO), rate()];
    let term = prop_oneof![Just(12), 1..=Term::MAX].prop_map(|months| Term::new(months).unwrap());
    let costs = (option::of(money()), in_months(money()), cost(), cost(), cost());
    let some = (channels, costs, share(), share(), term).prop_map(|(channels, costs, margin, churn, term)| {
        let (budget, budget_in, other, seller, developer) = costs;
        Spending { channels, budget, budget_in, other, seller, developer, margin, churn, term }
    });
    prop_oneof![1 => Just(Spending::default()), 3 => some]
}

/// The plan with sales development, channels and what they cost; some plans have none.
fn with_spending(plan: Plan) -> impl Strategy<Value = Plan> {
    let stages = Vec::from_iter(plan.stages[..plan.stages.len() - 1].iter().map(|stage| stage.id));
    let segments = Vec::from_iter(plan.segments.iter().map(|segment| segment.id));
    let own = vec((option::of(rate()), option::of(rate())), segments.len());
    let own = prop_oneof![Just(vec![]), own];
    let parts = (development(stages.clone()).boxed(), spending(segments, stages).boxed(), own);
    (Just(plan), parts).prop_map(|(mut plan, (development, mut spending, own))| {
        let room = usize::try_from(u32::MAX - plan.next_id).unwrap();
        spending.channels.truncate(room);
        for channel in &mut spending.channels {
            channel.id = plan.new_id();
        }
        for (segment, (margin, churn)) in plan.segments.iter_mut().zip(own) {
            (segment.margin, segment.churn) = (margin, churn);
        }
        Plan { development, spending, ..plan }
    })
}

/// Any plan at all.
fn plan() -> BoxedStrategy<Plan> {
    // Boxed: all of it would not fit on a stack.
    unsplit()
        .boxed()
        .prop_flat_map(|(plan, ids)| {
            let before_last = plan.stages[..plan.stages.len() - 1].iter().map(|stage| stage.id).collect::<Vec<_>>();
            let parts = (
                segments(ids, before_last.clone()).boxed(),
                sources(before_last.clone()).boxed(),
                circle(before_last).boxed(),
            );
            let mission = prop_oneof![Just(Mission::default()), select(&Mission::ALL[..])];
            (Just(plan), parts, mission, revenue().boxed(), timing().boxed())
                .prop_flat_map(|(plan, parts, mission, revenue, timing)| {
                    let (segments, sources, circle) = parts;
                    with_sales(Plan { segments, sources, circle, mission, revenue, timing, ..plan }).boxed()
                })
                .boxed()
                .prop_flat_map(|plan| with_spending(plan).boxed())
                .prop_map(|plan| {
                    assert_eq!(plan.check(), Ok(()));
                    plan
                })
                .boxed()
        })
        .boxed()
}

fn base() -> impl Strategy<Value = Option<Fingerprint>> {
    option::of(any::<[u8; 8]>().prop_map(Fingerprint))
}

/// A header as the documentation has it, around any payload.
fn sealed(kind: &str, payload: &[u8]) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(format!("{kind}{payload}").as_bytes());
    let length = URL_SAFE_NO_PAD.encode(&u32::try_from(payload.len()).unwrap().to_be_bytes()[1..]);
    format!("bcst{kind}{length}{}{payload}", URL_SAFE_NO_PAD.encode(crc.to_be_bytes()))
}

fn payload_of(token: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(&token[HEADER..]).unwrap()
}

proptest! {
    #[test]
    fn a_link_brings_back_the_plan(plan in plan(), base in base()) {
        let token = codec::link_from_plan(&plan, base);
        prop_assert!(token.bytes().all(|byte| ALPHABET.contains(&byte)));
        prop_assert_eq!(&sealed("1r", &payload_of(&token)), &token, "the header is the documented one");
        let base = base.unwrap_or(codec::fingerprint_of(&plan));
        prop_assert_eq!(codec::plan_from_link(&token), Ok(Shared { plan, base }));
    }

    #[test]
    fn json_brings_back_the_plan(plan in plan()) {
        let json = codec::json_from_plan(&plan);
        prop_assert_eq!(codec::plan_from_json(&json), Ok(plan.clone()));
        let reordered = serde_json::from_str::<serde_json::Value>(&json).unwrap().to_string();
        prop_assert_eq!(codec::plan_from_json(&reordered), Ok(plan), "order and white space say nothing");
    }

    #[test]
    fn a_record_brings_back_the_plan(plan in plan(), base in base(), revision: u64, saved_at_ms: u64) {
        let record = Record { revision, saved_at_ms, plan, base };
        let text = codec::text_from_record(&record);
        prop_assert!(!text.contains(char::is_whitespace));
        prop_assert_eq!(codec::record_from_text(&text), Ok(record));
    }

    #[test]
    fn fingerprints_tell_states_apart(plan in plan(), other in plan(), lineage: [u8; 8]) {
        let moved = Plan { lineage: Lineage(lineage), ..plan.clone() };
        prop_assert_eq!(codec::fingerprint_of(&moved), codec::fingerprint_of(&plan));
        prop_assume!(Plan { lineage: other.lineage, ..plan.clone() } != other);
        prop_assert_ne!(codec::fingerprint_of(&other), codec::fingerprint_of(&plan));
    }

    #[test]
    fn a_changed_character_is_noticed(plan in plan(), base in base(), at: Index, by in select(ALPHABET)) {
        let token = codec::link_from_plan(&plan, base);
        let position = at.index(token.len());
        let mut changed = token.clone().into_bytes();
        prop_assume!(changed[position] != by);
        changed[position] = by;
        let error = codec::plan_from_link(&String::from_utf8(changed).unwrap()).unwrap_err();
        match position {
            0..4 => prop_assert_eq!(error, LinkError::NotALink),
            6..10 => prop_assert!(matches!(error, LinkError::CutOff { .. } | LinkError::Damaged), "{error:?}"),
            _ => prop_assert_eq!(error, LinkError::Damaged),
        }
    }

    #[test]
    fn a_missing_end_is_told_from_damage(plan in plan(), at: Index) {
        let token = codec::link_from_plan(&plan, None);
        let arrived = at.index(token.len());
        let error = codec::plan_from_link(&token[..arrived]).unwrap_err();
        let of = (arrived >= 10).then_some(token.len());
        prop_assert_eq!(error, match arrived {
            0..4 => LinkError::NotALink,
            4 => LinkError::Empty,
            _ => LinkError::CutOff { arrived, of },
        });
    }

    #[test]
    fn what_is_put_in_taken_out_or_swapped_is_noticed(plan in plan(), at: Index, with in "[A-Za-z0-9_-]{1,5}") {
        let token = codec::link_from_plan(&plan, None);
        let position = HEADER + at.index(token.len() - HEADER);
        let (before, after) = token.split_at(position);
        prop_assert_eq!(codec::plan_from_link(&format!("{before}{with}{after}")), Err(LinkError::Damaged));
        let lost = codec::plan_from_link(&format!("{before}{}", &after[1..]));
        prop_assert_eq!(lost, Err(LinkError::CutOff { arrived: token.len() - 1, of: Some(token.len()) }));
        let replaced = format!("{before}{}", after.chars().rev().collect::<String>());
        prop_assert_eq!(codec::plan_from_link(&replaced).is_ok(), replaced == token);
        let other_case = |text: &str| text.chars().map(|char| if char.is_ascii_lowercase() { char.to_ascii_uppercase() } else { char.to_ascii_lowercase() }).collect::<String>();
        let swapped = format!("{before}{}", other_case(after));
        prop_assert_eq!(codec::plan_from_link(&swapped).is_ok(), swapped == token);
        let lowered = codec::plan_from_link(&token.to_lowercase()).unwrap_err();
        prop_assert!(matches!(lowered, LinkError::Damaged | LinkError::CutOff { .. }), "{lowered:?}");
    }

    #[test]
    fn lines_and_words_around_a_link_change_nothing(
        plan in plan(),
        breaks in vec((any::<Index>(), select(&["\n", "\r\n", " ", "\n  ", "\u{ad}", "\u{200b}\n"][..])), 0..4),
        before in select(&["", "#", "https://example.org/app/#", "https://x.org/%2523", "see\nhttps://x.org/#", "https://s.example/?url=https%3A%2F%2Fx.org%2F%23"][..]),
        after in select(&["", ".", "&amp;data=1", "\n\nRegards, Anna", ">", "%20", " and"][..]),
    ) {
        let token = codec::link_from_plan(&plan, None);
        let mut broken = token.clone();
        for (at, line_break) in breaks {
            // Not within the magic, and not over itself.
            let free = Vec::from_iter(broken.char_indices().map(|(position, _)| position).filter(|&position| position > 4));
            broken.insert_str(free[at.index(free.len())], line_break);
        }
        let found = codec::find_token(&format!("{before}{broken}{after}"));
        prop_assert_eq!(found, Some(token));
    }

    #[test]
    fn a_record_with_a_changed_character_is_corrupt(plan in plan(), at: Index, by in any::<char>(), cut: Index) {
        let text = codec::text_from_record(&Record { revision: 7, saved_at_ms: 1_795_000_000_000, plan, base: None });
        let position = at.index(text.len());
        prop_assume!(!text[position..].starts_with(by));
        let changed = format!("{}{by}{}", &text[..position], &text[position + 1..]);
        prop_assert_eq!(codec::record_from_text(&changed), Err(codec::RecordError::Corrupt));
        prop_assert_eq!(codec::record_from_text(&text[..cut.index(text.len())]), Err(codec::RecordError::Corrupt));
        prop_assert_eq!(codec::record_from_text(&text[cut.index(text.len()) + 1..]), Err(codec::RecordError::Corrupt));
    }

    #[test]
    fn any_bytes_read_as_a_plan_that_keeps_the_rules_or_not_at_all(bytes in vec(any::<u8>(), 0..600)) {
        holds_a_sound_plan_or_none(&bytes)?;
    }

    #[test]
    fn a_changed_payload_reads_as_a_plan_that_keeps_the_rules_or_not_at_all(
        plan in plan(),
        changes in vec((any::<Index>(), any::<u8>()), 1..4),
        cut in option::of(any::<Index>()),
    ) {
        let mut payload = payload_of(&codec::link_from_plan(&plan, None));
        for (at, byte) in changes {
            let position = at.index(payload.len());
            payload[position] = byte;
        }
        payload.truncate(cut.map_or(payload.len(), |cut| cut.index(payload.len())));
        holds_a_sound_plan_or_none(&payload)?;
    }

    #[test]
    fn a_changed_section_reads_as_a_plan_that_keeps_the_rules_or_not_at_all(
        plan in plan(),
        which: Index,
        changes in vec((0..4_u8, any::<Index>(), prop_oneof![any::<u8>(), 0..16_u8]), 0..4),
        drop in option::of(any::<Index>()),
    ) {
        let mut sections = sections_of(&payload_of(&codec::link_from_plan(&plan, None)));
        let (_, bytes) = which.get(&sections);
        let mut bytes = bytes.clone();
        for (change, at, byte) in changes {
            let position = at.index(bytes.len() + 1);
            match change {
                0 => bytes.insert(position, byte),
                1 => bytes = [&bytes[..position], bytes.get(position + 1..).unwrap_or_default()].concat(),
                _ => bytes.iter_mut().skip(position).take(1).for_each(|old| *old = byte),
            }
        }
        let which = which.index(sections.len());
        sections[which].1 = bytes;
        if let Some(drop) = drop {
            sections.remove(drop.index(sections.len()));
        }
        holds_a_sound_plan_or_none(&payload_from(&sections))?;
    }

    #[test]
    fn any_text_is_read_without_a_panic(
        text in prop_oneof![any::<String>(), "[#%25bcst1r\\-_A\n ]{0,80}", "bcst1rAA[A-Za-z0-9_-]{0,60}", "[{}\\[\\]\":,0-9a-z.-]{0,60}", "1\\.[0-9.]{0,30}"],
    ) {
        let token = codec::find_token(&text);
        prop_assert!(token.is_none_or(|token| token.len() <= text.len() && token.bytes().all(|byte| ALPHABET.contains(&byte))));
        prop_assert!(codec::plan_from_link(&text).is_err());
        prop_assert!(codec::record_from_text(&text).is_err());
        let error = codec::plan_from_json(&text).unwrap_err().to_string();
        prop_assert!(error.len() < 300 && !error.contains('\n'), "{error}");
    }

    #[test]
    fn a_changed_document_is_read_without_a_panic(plan in plan(), at: Index, by in select(b"{}[]\":,0123456789-.eE tnul\\".as_slice())) {
        let json = codec::json_from_plan(&plan);
        let mut changed = json.into_bytes();
        let position = at.index(changed.len());
        changed[position] = by;
        let Ok(text) = String::from_utf8(changed) else { return Ok(()) };
        match codec::plan_from_json(&text) {
            Ok(plan) => {
                prop_assert_eq!(plan.check(), Ok(()));
                prop_assert_eq!(codec::plan_from_json(&codec::json_from_plan(&plan)), Ok(plan));
            }
            Err(error) => {
                let error = error.to_string();
                prop_assert!(!error.contains('\n') && !error.contains("breaks a rule"), "{error}");
            }
        }
    }
}

/// The sections of a payload as the documentation has them: id and bytes.
fn sections_of(payload: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let (mut sections, mut rest) = (vec![], payload);
    while let [id, after @ ..] = rest {
        let digits = after.iter().position(|byte| *byte < 128).unwrap() + 1;
        let length = after[..digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 127));
        let (bytes, further) = after[digits..].split_at(length);
        sections.push((*id, bytes.to_vec()));
        rest = further;
    }
    sections
}

fn payload_from(sections: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut payload = vec![];
    for (id, bytes) in sections {
        payload.push(*id);
        let mut length = bytes.len();
        while length > 127 {
            payload.push(u8::try_from(length & 127).unwrap() | 128);
            length >>= 7;
        }
        payload.push(u8::try_from(length).unwrap());
        payload.extend(bytes);
    }
    payload
}

/// Whatever the payload is: a plan that passes the check and is written as this very payload, or an error that is not about the way.
fn holds_a_sound_plan_or_none(payload: &[u8]) -> Result<(), TestCaseError> {
    match codec::plan_from_link(&sealed("1r", payload)) {
        Ok(Shared { plan, base }) => {
            prop_assert_eq!(plan.check(), Ok(()));
            let again = [None, Some(base)].map(|base| codec::link_from_plan(&plan, base));
            prop_assert!(again.contains(&sealed("1r", payload)), "it has another spelling");
        }
        Err(LinkError::Empty) => prop_assert!(payload.is_empty()),
        Err(LinkError::Newer | LinkError::Invalid(_)) => {}
        Err(error) => prop_assert!(false, "{error:?}"),
    }
    Ok(())
}

/// What a payload promises is checked against what is there before room is made for it.
#[test]
fn promises_of_endless_content_are_invalid() {
    let huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    let lineage = [1, 8, 0, 0, 0, 0, 0, 0, 0, 0];
    // EUR, January 1970, 12 months, the first day, nothing, next id 9, no name.
    let goal = [3, 7, 0xa9, 0x19, 0, 12, 0, 0, 9];
    let section = |id: u8, body: &[u8]| [&[id, u8::try_from(body.len()).unwrap()], body].concat();
    let endless_section = [&lineage[..], &goal, &[5], &huge].concat();
    let endless_stages = [&lineage[..], &goal, &section(5, &huge)].concat();
    let endless_name = [&lineage[..], &goal, &section(5, &[&[2, 0, 0, 0][..], &huge].concat())].concat();
    let many_steps =
        [&lineage[..], &goal, &section(5, &[2, 0, 0, 3, 0, 2, 23, 0]), &section(6, &[&[7, 0][..], &[1; 100]].concat())]
            .concat();
    let stages = |stages: &[u8]| [&lineage[..], &goal, &section(5, stages)].concat();
    let eleven_stages = stages(&[&[11, 0][..], &[0, 3, 0].repeat(11)].concat());
    let unknown_head = stages(&[2, 0, 16, 3, 0, 2, 23, 0]);
    for (payload, fault) in [
        (eleven_stages, 5),
        (unknown_head, 5),
        (endless_section, 0),
        (endless_stages, 5),
        (endless_name, 5),
        (many_steps, 6),
    ] {
        let error = codec::plan_from_link(&sealed("1r", &payload));
        assert_eq!(error, Err(LinkError::Invalid(Fault::Section(fault))));
    }
    let whole = [&lineage[..], &goal, &section(5, &[2, 0, 0, 3, 0, 2, 23, 0]), &section(6, &[7, 0, 20, 90])].concat();
    assert!(codec::plan_from_link(&sealed("1r", &whole)).is_ok(), "the rest of it is sound");
}

/// As many segments as there may be, each with everything of its own, in figures that are as long as they get.
fn split_as_far_as_it_goes(plan: &mut Plan) {
    let money = Money::from_thousandths(Money::MAX.thousandths() - 1).unwrap();
    let rate = Rate::from_millionths(999_999).unwrap();
    let count = Count::new(Count::MAX.get() - 1).unwrap();
    let factor = Factor::from_millionths(99_999_999).unwrap();
    let before_last = plan.stages[..9].iter().map(|stage| stage.id).collect::<Vec<_>>();
    let step = |from: &ItemId| OwnStep { from: *from, rate: Some((rate, Basis::Measured)), days: Some(Days::MAX) };
    let own = Own { asp: Some(money), steps: before_last.iter().map(step).collect() };
    let last = before_last.last().copied();
    let open =
        Open { stage: last.unwrap(), source: Source::Customers, count, amount: Some(money), age: Some(Days::MAX) };
    let segment = |position: u32| {
        let tag = |letter: char| format!("{position:02}{letter}{}", "😀".repeat(limits::TAG_CHARS - 3));
        Segment {
            region: tag('r'),
            vertical: tag('v'),
            deal_type: tag('d'),
            goal: SegmentGoal::Amount(money),
            own: own.clone(),
            shares: Some([rate; 5]),
            addressable: Some(count),
            booked: money,
            open: vec![open; limits::MAX_OPEN],
            ..Segment::new(ItemId(u32::MAX - 1 - 2 * position), &tag('n'))
        }
    };
    plan.base.steps.iter_mut().for_each(|step| *step = Step { rate, basis: Basis::Measured, days: Days::MAX });
    plan.segments = (0..u32::try_from(limits::MAX_SEGMENTS).unwrap()).map(segment).collect();
    plan.sources.iter_mut().for_each(|one| *one = Sourcing { share: rate, entry: last, own: own.clone() });
    plan.mission = Mission::Both;
    plan.circle = Circle {
        recycled: rate,
        recycled_after: Days::MAX,
        recycled_to: last,
        recycled_as: Source::Customers,
        referrals: factor,
        referred_after: Days::MAX,
        referred_to: last,
        referred_as: Source::Customers,
    };
    plan.revenue = Revenue { kind: TargetKind::NetNew, opening: money, grr: rate, nrr: factor };
    plan.timing = Timing {
        fiscal_start: 12,
        profile: Profile::Season,
        weights: vec![factor; limits::MAX_MONTHS.into()],
        rate_season: vec![factor; 12],
        next_target: Some(money),
        spread: factor,
        landing: rate,
        sized_for_spread: true,
        stale_rate: rate,
    };
    let month = Month::from_index(2759).unwrap();
    let name = |letter: char, id: u32| format!("{letter}{id}{}", "😀".repeat(limits::TAG_CHARS - 4));
    let change = HeadChange { month, what: Move::Start, heads: count };
    let team = |number: u32| SalesTeam {
        heads: count,
        changes: vec![HeadChange { what: Move::To(ItemId(3_000_000_000)), ..change }; limits::MAX_CHANGES],
        ramp: vec![rate; limits::MAX_RAMP],
        attrition: rate,
        backfills: true,
        time_to_fill: Days::MAX,
        quota: money,
        attainment: factor,
        ..SalesTeam::new(ItemId(3_000_000_000 + 2 * number), &name('t', number))
    };
    plan.sales = (0..u32::try_from(limits::MAX_TEAMS).unwrap()).map(team).collect();
    plan.development = Development {
        heads: count,
        changes: vec![change; limits::MAX_CHANGES],
        works: last,
        touches: factor,
        minutes: factor,
        hours: factor,
        days: factor,
        outside: Some(rate),
        promise: rate,
        within: count,
        odds: factor,
        odds_most: rate,
    };
    let channel = |number: u32| Channel {
        id: ItemId(3_500_000_000 + 2 * number),
        name: name('c', number),
        segment: plan.segments.last().map(|segment| segment.id),
        entry: last,
        cost: money,
        tiers: vec![Tier { beyond: count, cost: money }; limits::MAX_TIERS],
        floor: count,
        ceiling: Some(count),
        quality: factor,
        validated: rate,
        buys: count,
        buys_in: vec![(month, count); limits::MAX_MONTHS.into()],
    };
    plan.spending = Spending {
        channels: (0..u32::try_from(limits::MAX_CHANNELS).unwrap()).map(channel).collect(),
        budget: Some(money),
        budget_in: vec![(month, money); limits::MAX_MONTHS.into()],
        other: money,
        seller: money,
        developer: money,
        margin: rate,
        churn: rate,
        term: Term::new(Term::MAX).unwrap(),
    };
    for segment in &mut plan.segments {
        segment.team = Some(ItemId(3_000_000_000));
        (segment.margin, segment.churn) = (Some(rate), Some(rate));
    }
}

/// The longest inputs are as long as the caps, and the largest plan stays far below them.
#[test]
fn the_largest_plan_fits_and_what_is_longer_is_not_read() {
    let mut plan = backcast::plan::examples::six_stages(Lineage([255; 8]), Date::from_ymd(2190, 1, 1).unwrap());
    plan.next_id = u32::MAX;
    plan.name = "😀".repeat(limits::NAME_CHARS);
    while plan.stages.len() < limits::MAX_STAGES {
        plan.insert_stage_after(0, "", "");
    }
    for (stage, id) in plan.stages.iter_mut().zip((u32::MAX / 2..).step_by(2)) {
        stage.id = ItemId(id);
        stage.singular = "😀".repeat(limits::STAGE_NAME_CHARS);
        stage.plural = "🙂".repeat(limits::STAGE_NAME_CHARS);
        stage.definition = "😀".repeat(limits::DEFINITION_CHARS);
    }
    plan.headline = plan.stages[9].id;
    split_as_far_as_it_goes(&mut plan);
    assert_eq!(plan.check(), Ok(()));
    let (link, json) = (codec::link_from_plan(&plan, None), codec::json_from_plan(&plan));
    println!("the largest plan: {} characters of link, {} bytes of JSON", link.len(), json.len());
    assert!(
        link.len() < codec::MAX_LINK_TEXT * 3 / 4 && json.len() < codec::MAX_JSON_BYTES / 2,
        "{} {}",
        link.len(),
        json.len()
    );
    assert_eq!(codec::plan_from_link(&link).unwrap().plan, plan);
    assert_eq!(codec::plan_from_json(&json).unwrap(), plan);

    for unit in ["bcst", "#bcst", "%25", "25", "#bcst1r", "\u{200b}", "23bcst", "=bcst ", "{\"a\":", "["] {
        let longest = unit.repeat(codec::MAX_LINK_TEXT / unit.len());
        assert!(codec::find_token(&longest).is_none_or(|token| token.len() <= longest.len()));
        assert!(codec::plan_from_link(&longest).is_err());
        let longer = format!("#{link}{}", unit.repeat(codec::MAX_LINK_TEXT / unit.len()));
        assert_eq!(codec::find_token(&longer), None);
        let longest = unit.repeat(codec::MAX_JSON_BYTES / unit.len());
        assert!(codec::plan_from_json(&longest).is_err(), "no deep nesting exhausts the stack");
        assert!(codec::record_from_text(&longest).is_err());
    }
}
