//! The JSON document: what it looks like, what may be left out, and what is said when it is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use backcast::codec::{MAX_JSON_BYTES, json_from_plan, plan_from_json};
use backcast::plan::{ItemId, Lineage, Plan, Rounding, examples};
use backcast::units::{Count, Date, Money, Rate};

fn three_figures() -> Plan {
    examples::three_figures(Lineage(*b"\x00\x01\x02\x03\x04\x05\x06\xff"), Date::from_ymd(2026, 11, 22).unwrap())
}

const THREE_FIGURES: &str = r#"{
  "format": "backcast-plan",
  "version": 1,
  "lineage": "00010203040506ff",
  "nextId": 4,
  "name": "My plan",
  "currency": "EUR",
  "period": { "start": "2027-01", "months": 12 },
  "asOf": "2026-11-22",
  "target": "1000000",
  "rounding": "carry",
  "headline": 1,
  "stages": [
    { "id": 1, "singular": "Lead", "plural": "Leads", "owner": "marketing" },
    { "id": 2, "singular": "Won", "plural": "Won", "owner": "sales" }
  ],
  "base": {
    "asp": "20000",
    "steps": [
      { "rate": "0.2", "days": 90 }
    ]
  },
  "segments": [
    { "id": 3 }
  ]
}
"#;

/// As it was written before plans had a base and segments.
const OLD_FORM: &str = r#"{
  "format": "backcast-plan",
  "version": 1,
  "lineage": "00010203040506ff",
  "nextId": 4,
  "name": "My plan",
  "currency": "EUR",
  "period": { "start": "2027-01", "months": 12 },
  "asOf": "2026-11-22",
  "target": "1000000",
  "rounding": "carry",
  "headline": 1,
  "stages": [
    { "id": 1, "singular": "Lead", "plural": "Leads", "owner": "marketing" },
    { "id": 2, "singular": "Won", "plural": "Won", "owner": "sales" }
  ],
  "segments": [
    {
      "id": 3,
      "asp": "20000",
      "steps": [
        { "rate": "0.2", "days": 90 }
      ]
    }
  ]
}
"#;

/// Every field there is, as it is written.
const EVERY_FIELD: &str = include_str!("links/v1-every-field.json");

/// What [`THREE_FIGURES`] has behind its segments when every field of people and money is there.
const PEOPLE_AND_MONEY: &str = r#"  ],
  "sales": [
    {
      "id": 4,
      "name": "Hunters",
      "segments": [3],
      "heads": 4,
      "changes": [
        { "month": "2027-02", "what": "move", "to": 5, "heads": 1 }
      ],
      "ramp": ["0", "0.5"],
      "attrition": "0.15",
      "backfills": true,
      "timeToFill": 60,
      "quota": "480000",
      "attainment": "0.85"
    },
    { "id": 5 }
  ],
  "development": {
    "heads": 3,
    "works": 1,
    "touches": "7.5",
    "minutes": "4",
    "hours": "7",
    "days": "6",
    "outside": "0.3",
    "promise": "0.95",
    "within": 15,
    "odds": "1.4",
    "oddsMost": "0.6",
    "changes": [
      { "month": "2027-01", "what": "start", "heads": 2 },
      { "month": "2027-06", "what": "leave", "heads": 1 }
    ]
  },
  "spending": {
    "channels": [
      {
        "id": 6,
        "name": "Paid search",
        "cost": "85.5",
        "buys": 120,
        "floor": 10,
        "ceiling": 400,
        "quality": "1.1",
        "validated": "0.92",
        "segment": 3,
        "entry": 1,
        "tiers": [
          { "beyond": 150, "cost": "110" },
          { "beyond": 250, "cost": "145" }
        ],
        "buysIn": [
          { "month": "2027-08", "count": 40 }
        ]
      },
      { "id": 7 }
    ],
    "budget": "60000",
    "other": "25000",
    "seller": "130000",
    "developer": "70000",
    "margin": "0.78",
    "churn": "0.0125",
    "term": 24,
    "budgetIn": [
      { "month": "2027-12", "amount": "0" }
    ],
    "segments": [
      { "segment": 3, "margin": "0.7", "churn": "0.02" }
    ]
  }
}
"#;

fn people_and_money() -> String {
    let (before, _) = THREE_FIGURES.rsplit_once("  ]").unwrap();
    before.replace(r#""nextId": 4"#, r#""nextId": 8"#) + PEOPLE_AND_MONEY
}

const BY_HAND: &str = r#"{
  "format": "backcast-plan", "version": 1,
  "currency": "eur",
  "period": { "start": "2027-01", "months": 12 },
  "asOf": "2026-11-22",
  "target": 1000000,
  "stages": [{ "plural": "Leads", "owner": "marketing", "available": null }, { "singular": "Won", "owner": "sales" }],
  "segments": [{ "asp": 20000.5, "steps": [{ "rate": 0.2, "days": 90 }] }]
}"#;

#[test]
fn the_document_is_stable() {
    assert_eq!(json_from_plan(&three_figures()), THREE_FIGURES);
    assert_eq!(plan_from_json(THREE_FIGURES), Ok(three_figures()));
    assert_eq!(plan_from_json(&format!("\u{feff}{THREE_FIGURES}")), Ok(three_figures()), "as Windows saves it");
}

#[test]
fn a_document_of_before_opens_for_ever() {
    assert_eq!(plan_from_json(OLD_FORM), Ok(three_figures()));
}

#[test]
fn every_field_is_written_as_it_is_read() {
    let plan = plan_from_json(EVERY_FIELD).unwrap();
    assert_eq!(json_from_plan(&plan), EVERY_FIELD);
}

#[test]
fn everything_that_can_be_left_out_is_written_when_it_is_there() {
    let mut plan = three_figures();
    let lead = plan.stages.first_mut().unwrap();
    lead.definition = "Said \"yes\"".into();
    lead.available = Count::new(800);
    plan.rounding = Rounding::CeilEachStage;
    plan.base.asp = Money::from_thousandths(1).unwrap();
    let json = json_from_plan(&plan);
    assert!(json.contains(r#""owner": "marketing", "definition": "Said \"yes\"", "available": 800 }"#), "{json}");
    assert!(json.contains(r#""rounding": "ceil""#) && json.contains(r#""asp": "0.001""#), "{json}");
    assert_eq!(plan_from_json(&json), Ok(plan));
}

#[test]
fn what_a_document_by_hand_leaves_out_is_worked_out() {
    let plan = plan_from_json(BY_HAND).unwrap();
    let ids = Vec::from_iter(plan.stages.iter().map(|stage| stage.id.0));
    assert_eq!((ids, plan.segments[0].id, plan.next_id), (vec![1, 2], ItemId(3), 4));
    assert_eq!((plan.headline, plan.rounding, plan.name.as_str()), (ItemId(1), Rounding::Carry, ""));
    assert_eq!(
        plan.stages.first().map(|lead| (lead.singular.as_str(), lead.plural.as_str())),
        Some(("Leads", "Leads"))
    );
    assert_eq!(plan.base.asp, Money::from_thousandths(20_000_500).unwrap());
    assert_eq!(plan_from_json(BY_HAND).unwrap().lineage, plan.lineage, "the same document is the same plan");
    assert_ne!(plan_from_json(&BY_HAND.replace("90", "91")).unwrap().lineage, plan.lineage);
    let mixed = BY_HAND.replace(r#""plural": "Leads""#, r#""plural": "Leads", "id": 7"#);
    let plan = plan_from_json(&mixed.replace(r#""asp""#, r#""id": 2, "asp""#)).unwrap();
    let ids = Vec::from_iter(plan.stages.iter().map(|stage| stage.id.0));
    assert_eq!((ids, plan.segments[0].id, plan.next_id), (vec![7, 8], ItemId(2), 9));
}

#[test]
fn every_error_names_the_field_and_what_is_allowed() {
    let amount = r#"must be an amount from 0 to 1000000000000000 with at most three decimals, like "20000" or "0.5""#;
    let rate = r#"must be a share from 0 to 1 with at most six decimals, like "0.2""#;
    for (from, to, error) in [
        (r#""0.2""#, r#""1.5""#, format!(r#"base.steps[0].rate: {rate}; got "1.5""#)),
        (r#""0.2""#, r#""0.1234567""#, format!(r#"base.steps[0].rate: {rate}; got "0.1234567""#)),
        (r#""0.2""#, "1.5", format!("base.steps[0].rate: {rate}; got 1.5")),
        (r#""0.2""#, "null", format!("base.steps[0].rate: is missing; {rate}")),
        (r#""1000000""#, r#""-5""#, format!(r#"target: {amount}; got "-5""#)),
        (r#""1000000""#, r#""+5""#, format!(r#"target: {amount}; got "+5""#)),
        (r#""1000000""#, r#"".5""#, format!(r#"target: {amount}; got ".5""#)),
        (r#""1000000""#, "-5", format!("target: {amount}; got -5")),
        (r#""1000000""#, r#""1,000""#, format!(r#"target: {amount}; got "1,000""#)),
        (r#""1000000""#, r#""1000000000000001""#, format!(r#"target: {amount}; got "1000000000000001""#)),
        (r#""1000000""#, r#""1000000000000000.001""#, format!(r#"target: {amount}; got "1000000000000000.001""#)),
        (r#""1000000""#, "1234567890123.4567", format!("target: {amount}; got 1234567890123.4567")),
        (r#""20000""#, "[]", format!("base.asp: {amount}; got a list")),
        ("12 }", "37 }", "period.months: must be a whole number from 1 to 36; got 37".into()),
        ("12 }", "1.5 }", "period.months: must be a whole number from 1 to 36; got 1.5".into()),
        ("2027-01\"", "2027-13\"", r#"period.start: must be a month from 1970 to 2199, like "2027-01"; got "2027-13""#.into()),
        ("2026-11-22", "2026-11-31", r#"asOf: must be a day from 1970 to 2199, like "2026-11-22"; got "2026-11-31""#.into()),
        (r#""asOf": "2026-11-22","#, "", r#"asOf: is missing; must be a day from 1970 to 2199, like "2026-11-22""#.into()),
        ("EUR", "EURO", r#"currency: must be three letters, like "EUR"; got "EURO""#.into()),
        ("carry", "floor", r#"rounding: must be "carry", "ceil" or "round"; got "floor""#.into()),
        ("00010203040506ff", "ff", r#"lineage: must be 16 hexadecimal digits; got "ff""#.into()),
        (r#""start": "2027-01""#, r#""start": "2199-06""#, "period: must end before December 2199".into()),
        (r#""asp""#, r#""price": 1, "asp""#, r#"base: has no field "price"; its fields are asp, steps"#.into()),
        ("00010203040506ff", "+0010203040506ff", r#"lineage: must be 16 hexadecimal digits; got "+0010203040506ff""#.into()),
        ("\"marketing\"", "\"Marketing\"", r#"stages[0].owner: must be "marketing", "salesDevelopment" or "sales"; got "Marketing""#.into()),
        (r#""name": "My plan""#, r#""name": 5"#, "name: must be a text; got 5".into()),
        (r#""name""#, r#""nmae""#, r#"the document: has no field "nmae"; its fields are format, version, lineage, nextId, name, currency, period, asOf, target, rounding, headline, stages, base, segments, sources, mission, circle, revenue, timing, sales, development, spending"#.into()),
        (r#""rate": "0.2""#, r#""rate": "0.2", "day": 1"#, r#"base.steps[0]: has no field "day"; its fields are rate, days, basis"#.into()),
        (r#""plural": "Won""#, r#""plural\n": "Won""#, r#"stages[1]: has no field "plural"; its fields are id, singular, plural, owner, definition, available"#.into()),
        (r#""months": 12"#, r#""months": 12, "days": 3"#, r#"period: has no field "days"; its fields are start, months"#.into()),
        (r#""headline": 1"#, r#""headline": 3"#, "headline: must be the id of a stage".into()),
        (r#""nextId": 4"#, r#""nextId": 3"#, "nextId: must be higher than every id; one is 3".into()),
        (r#""id": 2"#, r#""id": 1"#, "stages[1].id: ids must differ from each other".into()),
        (r#""id": 2"#, r#""id": 4"#, "nextId: must be higher than every id; one is 4".into()),
        (r#""id": 3"#, r#""id": 2"#, "segments[0].id: ids must differ from each other".into()),
        (r#""id": 2"#, r#""id": -1"#, "stages[1].id: must be a whole number from 0 to 4294967295; got -1".into()),
        (r#""owner": "sales""#, r#""owner": "sales", "available": 5"#, "stages[1].available: must be left out in the last stage: nothing waits there".into()),
        (r#""owner": "marketing""#, r#""owner": "marketing", "available": 1000000000001"#, "stages[0].available: must be a whole number from 0 to 1000000000000; got 1000000000001".into()),
        (r#""plural": "Leads""#, r#""plural": "a\u200bb""#, "stages[0].plural: must have no control or invisible characters".into()),
        (r#""days": 90 }"#, r#""days": 90, "basis": "known" }"#, r#"base.steps[0].basis: must be "guess", "agreed", "snapshot" or "measured"; got "known""#.into()),
        ("My plan", "a\u{202e}b", "name: must have no control or invisible characters".into()),
        (r#""singular": "Lead", "plural": "Leads", "#, "", r#"stages[0].singular: is missing; must be what one of them is called, like "Lead""#.into()),
        (r#""days": 90 }"#, r#""days": 90 }, { "rate": 1, "days": 0 }"#, "base.steps: must be a list of steps, one for each stage but the last; got 2".into()),
        (r#""days": 90"#, r#""days": 3651"#, "base.steps[0].days: must be a whole number of days from 0 to 3650; got 3651".into()),
        (r#""version": 1"#, r#""version": 2, "channels": []"#, "version: 2 was made with a newer version; this one reads 1".into()),
        (r#""version": 1"#, r#""version": "1""#, r#"version: must be 1; got "1""#.into()),
        ("backcast-plan", "backcast-outcome", r#"format: must be "backcast-plan"; got "backcast-outcome""#.into()),
    ] {
        let document = THREE_FIGURES.replacen(from, to, 1);
        assert_ne!(document, THREE_FIGURES, "{from}");
        assert_eq!(plan_from_json(&document).unwrap_err().to_string(), error);
    }
}

#[test]
fn every_error_in_a_part_names_the_field_too() {
    let rate = r#"must be a share from 0 to 1 with at most six decimals, like "0.2""#;
    let factor = r#"must be a number from 0 to 100 with at most six decimals, like "1.2""#;
    let stage = "must be the id of a stage before the last";
    for (from, to, error) in [
        (r#""Manufacturing""#, r#""Manu\u0000""#, "segments[0].vertical: must have no control or invisible characters".into()),
        (r#""New""#, &format!("\"{}\"", "é".repeat(41)), "segments[0].dealType: must have at most 40 characters".into()),
        (r#""name": "DACH Mid-market""#, r#""name": 5"#, "segments[1].name: must be a text; got 5".into()),
        (r#"{ "share": "0.123456" }"#, "{}", "segments[1].goal: must have either share or amount".into()),
        (r#"{ "share": "0.123456" }"#, r#"{ "share": 1, "amount": 1 }"#, "segments[1].goal: must have either share or amount".into()),
        (r#"{ "share": "0.123456" }"#, "null", "segments[1].goal: is missing; must be an object with share, amount".into()),
        (r#"{ "share": "0.123456" }"#, r#"{ "share": 2 }"#, format!("segments[1].goal.share: {rate}; got 2")),
        (r#""asp": "18500""#, r#""asp": -1"#, r#"segments[1].asp: must be an amount from 0 to 1000000000000000 with at most three decimals, like "20000" or "0.5"; got -1"#.into()),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "from": 9, "days": 7 }"#, format!("segments[1].steps[1].from: {stage}; got 9")),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "days": 7 }"#, format!("segments[1].steps[1].from: is missing; {stage}")),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "from": 8, "days": 7 }"#, "segments[1].steps[1].from: must be another stage in each step".into()),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "from": 4, "basis": "agreed" }"#, format!("segments[1].steps[1].rate: is missing; {rate}")),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "from": 4, "days": 3651 }"#, "segments[1].steps[1].days: must be a whole number of days from 0 to 3650; got 3651".into()),
        (r#"{ "from": 4, "days": 7 }"#, r#"{ "from": 4, "rate": "20 %" }"#, format!(r#"segments[1].steps[1].rate: {rate}; got "20 %""#)),
        (r#""partners": "0.3""#, r#""partner": "0.3""#, r#"segments[0].shares: has no field "partner"; its fields are marketing, salesDevelopment, sellers, partners, customers"#.into()),
        (r#""partners": "0.3""#, r#""partners": "3""#, format!(r#"segments[0].shares.partners: {rate}; got "3""#)),
        (r#""addressable": 4200"#, r#""addressable": 0.5"#, "segments[0].addressable: must be a whole number from 0 to 1000000000000; got 0.5".into()),
        (r#"{ "stage": 7, "source": "marketing""#, r#"{ "stage": 70, "source": "marketing""#, format!("segments[1].open[1].stage: {stage}; got 70")),
        (r#""source": "sellers""#, r#""source": "seller""#, r#"segments[1].open[0].source: must be "marketing", "salesDevelopment", "sellers", "partners" or "customers"; got "seller""#.into()),
        (r#""source": "sellers", "count": 15"#, r#""source": "sellers""#, "segments[1].open[0].count: is missing; must be a whole number from 0 to 1000000000000".into()),
        (r#""age": 3650"#, r#""age": -1"#, "segments[1].open[3].age: must be a whole number of days from 0 to 3650; got -1".into()),
        (r#""share": "0.00125","#, "", format!("sources.partners.share: is missing; {rate}")),
        (r#""entry": 6"#, r#""entry": "6""#, format!(r#"sources.partners.entry: {stage}; got "6""#)),
        (r#"{ "from": 7, "rate": "0.6""#, r#"{ "from": 9, "rate": "0.6""#, format!("sources.partners.steps[0].from: {stage}; got 9")),
        (r#""mission": "both""#, r#""mission": "none""#, r#"mission: must be "fillPipeline", "ownTarget" or "both"; got "none""#.into()),
        (r#""recycledTo": 7"#, r#""recycledTo": 9"#, format!("circle.recycledTo: {stage}; got 9")),
        (r#""referrals": "0.350001""#, r#""referrals": "100.000001""#, format!(r#"circle.referrals: {factor}; got "100.000001""#)),
        (r#""kind": "netNew""#, r#""kind": "net""#, r#"revenue.kind: must be "newBusiness", "totalRevenue" or "netNew"; got "net""#.into()),
        (r#""nrr": "1.12""#, r#""nrr": "112 %""#, format!(r#"revenue.nrr: {factor}; got "112 %""#)),
        (r#""fiscalStart": 4"#, r#""fiscalStart": 13"#, "timing.fiscalStart: must be a month from 1 to 12; got 13".into()),
        (r#""fiscalStart": 4"#, r#""fiscalStart": 0"#, "timing.fiscalStart: must be a month from 1 to 12; got 0".into()),
        (r#""profile": "quarters""#, r#""profile": 2"#, r#"timing.profile: must be "even", "quarters", "months" or "season"; got 2"#.into()),
        (r#"["0.9", "2","#, r#"["0.9", "-2","#, format!(r#"timing.weights[1]: {factor}; got "-2""#)),
        (r#""0.8", "0.7"]"#, r#""0.8", "0.7", 1, 1, 1, 1, 1]"#, "timing.rateSeason: must be a list of at most 12 numbers; got 13".into()),
        (r#""sizedForSpread": true"#, r#""sizedForSpread": 1"#, "timing.sizedForSpread: must be true or false; got 1".into()),
        (r#""staleRate""#, r#""stale""#, r#"timing: has no field "stale"; its fields are fiscalStart, profile, weights, rateSeason, nextTarget, spread, landing, sizedForSpread, staleRate"#.into()),
        (r#""base": {"#, r#""bases": {"#, r#"the document: has no field "bases"; its fields are format, version, lineage, nextId, name, currency, period, asOf, target, rounding, headline, stages, base, segments, sources, mission, circle, revenue, timing, sales, development, spending"#.into()),
        (r#""nextId": 30"#, r#""nextId": 12"#, "nextId: must be higher than every id; one is 20".into()),
        (r#""id": 20,"#, r#""id": 11,"#, "segments[2].id: ids must differ from each other".into()),
    ] {
        let document = EVERY_FIELD.replacen(from, to, 1);
        assert_ne!(document, EVERY_FIELD, "{from}");
        assert_eq!(plan_from_json(&document).unwrap_err().to_string(), error);
    }
}

#[test]
fn people_and_money_are_written_as_they_are_read() {
    let plan = plan_from_json(&people_and_money()).unwrap();
    assert_eq!(json_from_plan(&plan), people_and_money());
    assert_eq!(plan.segments[0].churn, Rate::from_millionths(20_000));
    assert_eq!((plan.spending.term.get(), plan.spending.budget_in[0].1), (24, Money::ZERO));
}

#[test]
fn items_without_an_id_are_counted_on_after_all_others() {
    let mut document = people_and_money();
    for id in [r#""nextId": 8,"#, r#""id": 4,"#, r#""id": 5"#, r#""id": 6,"#] {
        document = document.replacen(id, "", 1);
    }
    let plan = plan_from_json(&document.replace(r#""to": 5"#, r#""to": 9"#)).unwrap();
    let teams = [plan.sales[0].id, plan.sales[1].id];
    let channels = [plan.spending.channels[0].id, plan.spending.channels[1].id];
    assert_eq!((teams, channels, plan.next_id), ([ItemId(8), ItemId(9)], [ItemId(10), ItemId(7)], 11));
}

#[test]
fn every_error_in_people_and_money_names_the_field_too() {
    let amount = r#"must be an amount from 0 to 1000000000000000 with at most three decimals, like "20000" or "0.5""#;
    let rate = r#"must be a share from 0 to 1 with at most six decimals, like "0.2""#;
    let factor = r#"must be a number from 0 to 100 with at most six decimals, like "1.2""#;
    let whole = "must be a whole number from 0 to 1000000000000";
    let stage = "must be the id of a stage before the last";
    let month = r#"must be a month from 1970 to 2199, like "2027-01""#;
    let tier = r#"{ "beyond": 250, "cost": "145" }"#;
    let budget = r#"{ "month": "2027-12", "amount": "0" }"#;
    let twice = r#"{ "segment": 3, "margin": "0.7" }, { "segment": 3, "margin": "0.7" }"#;
    for (from, to, error) in [
        (r#""id": 5 }"#, r#""id": 3 }"#, "sales[1].id: ids must differ from each other".into()),
        (r#""to": 5"#, r#""to": 6"#, "sales[0].changes: must move to the id of a team".into()),
        (r#""id": 7 }"#, r#""id": 3 }"#, "spending.channels[1].id: ids must differ from each other".into()),
        (r#""nextId": 8"#, r#""nextId": 7"#, "nextId: must be higher than every id; one is 7".into()),
        (r#""works": 1"#, r#""works": 2"#, format!("development.works: {stage}; got 2")),
        (r#""touches": "7.5""#, r#""touches": "101""#, format!(r#"development.touches: {factor}; got "101""#)),
        (r#""outside": "0.3""#, r#""outside": "30 %""#, format!(r#"development.outside: {rate}; got "30 %""#)),
        (r#""within": 15"#, r#""within": 1.5"#, format!("development.within: {whole}; got 1.5")),
        (r#""what": "leave""#, r#""what": "move""#, r#"development.changes[1].what: must be "start" or "leave"; got "move""#.into()),
        (r#""what": "leave""#, r#""what": "leave", "to": 5"#, r#"development.changes[1]: has no field "to"; its fields are month, what, heads"#.into()),
        (r#""oddsMost""#, r#""most""#, r#"development: has no field "most"; its fields are heads, works, touches, minutes, hours, days, outside, promise, within, odds, oddsMost, changes"#.into()),
        (r#""Paid search""#, r#""Paid\u0000""#, "spending.channels[0].name: must have no control or invisible characters".into()),
        (r#""85.5""#, "-1", format!("spending.channels[0].cost: {amount}; got -1")),
        (r#""buys": 120"#, r#""buys": "120""#, format!(r#"spending.channels[0].buys: {whole}; got "120""#)),
        (r#""segment": 3,
        "entry""#, r#""segment": 4, "entry""#, "spending.channels[0].segment: must be the id of a segment".into()),
        (r#""entry": 1"#, r#""entry": 2"#, format!("spending.channels[0].entry: {stage}; got 2")),
        (r#"{ "beyond": 150, "cost": "110" }"#, r#"{ "beyond": 150 }"#, format!("spending.channels[0].tiers[0].cost: is missing; {amount}")),
        (tier, &[tier; 6].join(","), "spending.channels[0].tiers: must be a list of at most 6 prices; got 7".into()),
        (r#""month": "2027-08""#, r#""month": "08/2027""#, format!(r#"spending.channels[0].buysIn[0].month: {month}; got "08/2027""#)),
        (r#""count": 40"#, r#""amount": 40"#, r#"spending.channels[0].buysIn[0]: has no field "amount"; its fields are month, count"#.into()),
        (r#""term": 24"#, r#""term": 0"#, "spending.term: must be a whole number of months from 1 to 120; got 0".into()),
        (r#""term": 24"#, r#""term": 121"#, "spending.term: must be a whole number of months from 1 to 120; got 121".into()),
        (r#""margin": "0.78""#, r#""margin": 78"#, format!("spending.margin: {rate}; got 78")),
        (budget, &[budget; 37].join(","), "spending.budgetIn: must be a list of at most 36 months; got 37".into()),
        (r#"{ "segment": 3, "margin""#, r#"{ "segment": 4, "margin""#, "spending.segments[0].segment: must be the id of a segment, another one in each".into()),
        (r#"{ "segment": 3, "margin": "0.7", "churn": "0.02" }"#, twice, "spending.segments[1].segment: must be the id of a segment, another one in each".into()),
        (r#""developer""#, r#""sdr""#, r#"spending: has no field "sdr"; its fields are channels, budget, other, seller, developer, margin, churn, term, budgetIn, segments"#.into()),
    ] {
        let document = people_and_money().replacen(from, to, 1);
        assert_ne!(document, people_and_money(), "{from}");
        assert_eq!(plan_from_json(&document).unwrap_err().to_string(), error);
    }
    let channels = |count| {
        let some = format!(r#""spending": {{ "channels": [{}] }}, "base""#, vec!["{}"; count].join(","));
        plan_from_json(&THREE_FIGURES.replace(r#""base""#, &some).replace(r#""nextId": 4,"#, ""))
    };
    assert_eq!(channels(24).unwrap().spending.channels.len(), 24);
    let error = channels(25).unwrap_err().to_string();
    assert_eq!(error, "spending.channels: must be a list of at most 24 channels; got 25");
}

#[test]
fn what_a_plan_by_hand_need_not_say() {
    let edit = |from: &str, to: &str| THREE_FIGURES.replacen(from, to, 1);
    let (first, rest) = THREE_FIGURES.split_once("  \"base\"").unwrap();
    let wrong = |document: &str| plan_from_json(document).unwrap_err().to_string();
    for only in [r#"{ "id": 3, "name": null, "steps": [], "goal": { "share": 1 } }"#, "{}"] {
        assert_eq!(plan_from_json(&edit(r#"{ "id": 3 }"#, only)), Ok(three_figures()), "{only}");
    }
    let two = r#"{ "goal": { "share": 0.25 } }, { "goal": { "amount": 5 }, "shares": {} }"#;
    let plan = plan_from_json(&edit(r#"{ "id": 3 }"#, two).replace(r#""nextId": 4,"#, "")).unwrap();
    assert_eq!((plan.segments[0].id, plan.segments[1].id, plan.next_id), (ItemId(3), ItemId(4), 5));
    assert_eq!(plan.segments[1].shares, Some([Rate::ZERO; 5]), "no shares are not the plan's shares");
    let shares = plan_from_json(&edit(r#""base""#, r#""sources": {}, "base""#)).unwrap().sources;
    assert_eq!(shares, <[backcast::plan::Sourcing; 5]>::default());
    assert!(first.ends_with('\n') && rest.contains("segments"));
    let no_base = |segments: &str| format!("{first}  \"segments\": [{segments}]\n}}");
    for segments in ["{}", r#"{ "asp": 1, "steps": [] }, { "asp": 1, "steps": [] }"#] {
        assert_eq!(wrong(&no_base(segments)), "base: is missing; must be an object with asp, steps");
    }
    let old = r#"{ "asp": 1, "steps": [{ "rate": 1, "days": 1 }] }"#;
    assert!(plan_from_json(&no_base(old)).is_ok());
    assert_eq!(
        wrong(&no_base(r#"{ "asp": 1, "steps": [] }"#)),
        "segments[0].steps: must be a list of steps, one for each stage but the last; got 0"
    );
    let named = r#"{ "name": "EU", "asp": 1, "steps": [{ "rate": 1, "days": 1 }] }"#;
    assert_eq!(wrong(&no_base(named)), r#"segments[0]: has no field "name"; its fields are id, asp, steps"#);
}

#[test]
fn lists_have_limits() {
    let stage = r#"{ "id": 2, "singular": "Won", "plural": "Won", "owner": "sales" }"#;
    let eleven = THREE_FIGURES.replace(stage, &[stage; 10].join(","));
    assert_eq!(plan_from_json(&eleven).unwrap_err().to_string(), "stages: must be a list of 2 to 10 stages; got 11");
    for (count, error) in [(0, "got 0"), (41, "got 41")] {
        let segments = THREE_FIGURES.replace(r#"{ "id": 3 }"#, &vec!["{}"; count].join(","));
        let error = format!("segments: must be a list of 1 to 40 segments; {error}");
        assert_eq!(plan_from_json(&segments).unwrap_err().to_string(), error);
    }
    let row = r#"{ "stage": 1, "source": "sellers", "count": 1 }"#;
    let open =
        |count| THREE_FIGURES.replace(r#"{ "id": 3 }"#, &format!(r#"{{ "open": [{}] }}"#, vec![row; count].join(",")));
    assert_eq!(plan_from_json(&open(50)).unwrap().segments[0].open.len(), 50);
    let error = plan_from_json(&open(51)).unwrap_err().to_string();
    assert_eq!(error, "segments[0].open: must be a list of at most 50 rows; got 51");
    let weights = |count| {
        THREE_FIGURES
            .replace(r#""base""#, &format!(r#""timing": {{ "weights": [{}] }}, "base""#, vec!["1"; count].join(",")))
    };
    assert_eq!(plan_from_json(&weights(36)).unwrap().timing.weights.len(), 36);
    let error = plan_from_json(&weights(37)).unwrap_err().to_string();
    assert_eq!(error, "timing.weights: must be a list of at most 36 numbers; got 37");
}

#[test]
fn other_documents_are_refused() {
    for (document, error) in [
        ("", "this is not JSON: a value is missing, on line 1"),
        ("{\"format\": \"backcast-plan\",}", "this is not JSON: a name in quotation marks is missing, on line 1"),
        ("[]", r#"format: is missing; must be "backcast-plan""#),
        ("{}", r#"format: is missing; must be "backcast-plan""#),
        (r#"{"format":"backcast-plan"}"#, "version: is missing; must be 1"),
        (r#"{"format":"backcast-plan","version":1}"#, r#"currency: is missing; must be three letters, like "EUR""#),
        (
            r#"{"format":"backcast-plan","version":1,"currency":"EUR"}"#,
            "period: is missing; must be an object with start, months",
        ),
    ] {
        assert_eq!(plan_from_json(document).unwrap_err().to_string(), error);
    }
    let nested = "[".repeat(100_000);
    assert!(plan_from_json(&nested).unwrap_err().to_string().contains("too deeply"));
    let long = format!("{THREE_FIGURES}{}", " ".repeat(MAX_JSON_BYTES));
    assert_eq!(plan_from_json(&long).unwrap_err().to_string(), "the document is longer than 1000000 bytes");
}

#[test]
fn numbers_are_read_as_they_are_written() {
    for millionths in [1, 10, 123_456, 999_999, 333_333, 100_001] {
        let number = format!("0.{millionths:06}");
        let plan = plan_from_json(&THREE_FIGURES.replace("\"0.2\"", &number)).unwrap();
        assert_eq!(plan.close_rate(), Rate::from_millionths(millionths).unwrap(), "{number}");
    }
    for (number, thousandths) in [
        ("999999999999.999", 999_999_999_999_999),
        ("1000000000000000", 1_000_000_000_000_000_000),
        ("1e6", 1_000_000_000),
        ("1.5E+6", 1_500_000_000),
        ("2500e-2", 25_000),
        ("9007199254740.993", 9_007_199_254_740_993),
        ("0.0", 0),
        ("0e99", 0),
        ("12.00000000000000000000000000", 12_000),
        ("\"000000000000000000000000020.5\"", 20_500),
        ("100200.300", 100_200_300),
    ] {
        let plan = plan_from_json(&THREE_FIGURES.replace("\"1000000\"", number)).unwrap();
        assert_eq!(plan.target.thousandths(), thousandths, "{number}");
    }
}

/// The reader is our own; serde_json says whether it is right.
#[test]
fn the_reader_agrees_with_serde_json_on_what_a_document_is() {
    let mut rng = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        rng ^= rng << 13;
        rng ^= rng >> 7;
        rng ^= rng << 17;
        usize::try_from(rng % 1_000_003).unwrap() % below
    };
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "null",
        "tru",
        "0",
        "12",
        "-",
        ".",
        "e",
        "5",
        " ",
        "\n",
        "\\u00e9",
        "\\ud83d\\ude00",
        "é",
        "a",
    ];
    let (mut documents, mut others) = (0, 0);
    for _ in 0..20_000 {
        // Half of them are pieces at random, half are a plan with some of it exchanged.
        let text = if next(2) == 0 {
            (0..=next(8)).map(|_| pieces[next(pieces.len())]).collect::<String>()
        } else {
            let mut plan: Vec<char> = THREE_FIGURES.chars().collect();
            for _ in 0..next(3) {
                let at = next(plan.len());
                plan.splice(at..=at, pieces[next(pieces.len())].chars());
            }
            plan.into_iter().collect()
        };
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        let ours = plan_from_json(&text).map_err(|error| error.to_string());
        let ours_is_json = !ours.is_err_and(|error| error.starts_with("this is not JSON"));
        // A name that stands twice is not refused by serde_json; a number beyond f64 is by it alone.
        let twice = theirs.is_ok() && !ours_is_json && plan_from_json(&text).unwrap_err().to_string().contains("twice");
        let too_large = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        assert!(ours_is_json == theirs.is_ok() || twice || too_large, "{text}\n{theirs:?}");
        if theirs.is_ok() { documents += 1 } else { others += 1 }
    }
    assert!(documents > 1_000 && others > 1_000, "{documents} and {others}");
}
