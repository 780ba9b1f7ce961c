//! The JSON document: what it looks like, what may be left out, and what is said when it is wrong.
#![allow(clippy::unwrap_used, reason = "tests")]

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
fn everything_that_can_be_left_out_is_written_when_it_is_there() {
    let mut plan = three_figures();
    let lead = plan.stages.first_mut().unwrap();
    lead.definition = "Said \"yes\"".into();
    lead.available = Count::new(800);
    plan.rounding = Rounding::CeilEachStage;
    plan.segment.asp = Money::from_thousandths(1).unwrap();
    let json = json_from_plan(&plan);
    assert!(json.contains(r#""owner": "marketing", "definition": "Said \"yes\"", "available": 800 }"#), "{json}");
    assert!(json.contains(r#""rounding": "ceil""#) && json.contains(r#""asp": "0.001""#), "{json}");
    assert_eq!(plan_from_json(&json), Ok(plan));
}

#[test]
fn what_a_document_by_hand_leaves_out_is_worked_out() {
    let plan = plan_from_json(BY_HAND).unwrap();
    let ids = Vec::from_iter(plan.stages.iter().map(|stage| stage.id.0));
    assert_eq!((ids, plan.segment.id, plan.next_id), (vec![1, 2], ItemId(3), 4));
    assert_eq!((plan.headline, plan.rounding, plan.name.as_str()), (ItemId(1), Rounding::Carry, ""));
    assert_eq!(
        plan.stages.first().map(|lead| (lead.singular.as_str(), lead.plural.as_str())),
        Some(("Leads", "Leads"))
    );
    assert_eq!(plan.segment.asp, Money::from_thousandths(20_000_500).unwrap());
    assert_eq!(plan_from_json(BY_HAND).unwrap().lineage, plan.lineage, "the same document is the same plan");
    assert_ne!(plan_from_json(&BY_HAND.replace("90", "91")).unwrap().lineage, plan.lineage);
    let mixed = BY_HAND.replace(r#""plural": "Leads""#, r#""plural": "Leads", "id": 7"#);
    let plan = plan_from_json(&mixed.replace(r#""asp""#, r#""id": 2, "asp""#)).unwrap();
    let ids = Vec::from_iter(plan.stages.iter().map(|stage| stage.id.0));
    assert_eq!((ids, plan.segment.id, plan.next_id), (vec![7, 8], ItemId(2), 9));
}

#[test]
fn every_error_names_the_field_and_what_is_allowed() {
    let amount = r#"must be an amount from 0 to 1000000000000000 with at most three decimals, like "20000" or "0.5""#;
    let rate = r#"must be a share from 0 to 1 with at most six decimals, like "0.2""#;
    for (from, to, error) in [
        (r#""0.2""#, r#""1.5""#, format!(r#"segments[0].steps[0].rate: {rate}; got "1.5""#)),
        (r#""0.2""#, r#""0.1234567""#, format!(r#"segments[0].steps[0].rate: {rate}; got "0.1234567""#)),
        (r#""0.2""#, "1.5", format!("segments[0].steps[0].rate: {rate}; got 1.5")),
        (r#""0.2""#, "null", format!("segments[0].steps[0].rate: is missing; {rate}")),
        (r#""1000000""#, r#""-5""#, format!(r#"target: {amount}; got "-5""#)),
        (r#""1000000""#, r#""+5""#, format!(r#"target: {amount}; got "+5""#)),
        (r#""1000000""#, r#"".5""#, format!(r#"target: {amount}; got ".5""#)),
        (r#""1000000""#, "-5", format!("target: {amount}; got -5")),
        (r#""1000000""#, r#""1,000""#, format!(r#"target: {amount}; got "1,000""#)),
        (r#""1000000""#, r#""1000000000000001""#, format!(r#"target: {amount}; got "1000000000000001""#)),
        (r#""1000000""#, r#""1000000000000000.001""#, format!(r#"target: {amount}; got "1000000000000000.001""#)),
        (r#""1000000""#, "1234567890123.4567", format!("target: {amount}; got 1234567890123.4567")),
        (r#""20000""#, "[]", format!("segments[0].asp: {amount}; got a list")),
        ("12 }", "37 }", "period: must have 1 to 36 months and end before December 2199".into()),
        ("12 }", "1.5 }", "period.months: must be a whole number from 1 to 36; got 1.5".into()),
        ("2027-01\"", "2027-13\"", r#"period.start: must be a month from 1970 to 2199, like "2027-01"; got "2027-13""#.into()),
        ("2026-11-22", "2026-11-31", r#"asOf: must be a day from 1970 to 2199, like "2026-11-22"; got "2026-11-31""#.into()),
        (r#""asOf": "2026-11-22","#, "", r#"asOf: is missing; must be a day from 1970 to 2199, like "2026-11-22""#.into()),
        ("EUR", "EURO", r#"currency: must be three letters, like "EUR"; got "EURO""#.into()),
        ("carry", "floor", r#"rounding: must be "carry", "ceil" or "round"; got "floor""#.into()),
        ("00010203040506ff", "ff", r#"lineage: must be 16 hexadecimal digits; got "ff""#.into()),
        (r#""asp""#, r#""price": 1, "asp""#, r#"segments[0]: has no field "price"; its fields are id, asp, steps"#.into()),
        ("00010203040506ff", "+0010203040506ff", r#"lineage: must be 16 hexadecimal digits; got "+0010203040506ff""#.into()),
        ("\"marketing\"", "\"Marketing\"", r#"stages[0].owner: must be "marketing", "salesDevelopment" or "sales"; got "Marketing""#.into()),
        (r#""name": "My plan""#, r#""name": 5"#, "name: must be a text; got 5".into()),
        (r#""name""#, r#""nmae""#, r#"the document: has no field "nmae"; its fields are format, version, lineage, nextId, name, currency, period, asOf, target, rounding, headline, stages, segments"#.into()),
        (r#""rate": "0.2""#, r#""rate": "0.2", "day": 1"#, r#"segments[0].steps[0]: has no field "day"; its fields are rate, days"#.into()),
        (r#""plural": "Won""#, r#""plural\n": "Won""#, r#"stages[1]: has no field "plural"; its fields are id, singular, plural, owner, definition, available"#.into()),
        (r#""months": 12"#, r#""months": 12, "days": 3"#, r#"period: has no field "days"; its fields are start, months"#.into()),
        (r#""headline": 1"#, r#""headline": 3"#, "headline: must be the id of a stage".into()),
        (r#""nextId": 4"#, r#""nextId": 3"#, "segments[0]: ids must differ from each other and be lower than nextId".into()),
        (r#""id": 2"#, r#""id": 1"#, "stages[1].id: ids must differ from each other and be lower than nextId".into()),
        (r#""id": 2"#, r#""id": -1"#, "stages[1].id: must be a whole number from 0 to 4294967295; got -1".into()),
        (r#""owner": "sales""#, r#""owner": "sales", "available": 5"#, "stages: nothing can be available in the last stage".into()),
        (r#""owner": "marketing""#, r#""owner": "marketing", "available": 1000000000001"#, "stages[0].available: must be a whole number from 0 to 1000000000000; got 1000000000001".into()),
        ("My plan", "a\u{202e}b", "name: must have no control or invisible characters".into()),
        (r#""singular": "Lead", "plural": "Leads", "#, "", r#"stages[0].singular: is missing; must be what one of them is called, like "Lead""#.into()),
        (r#""days": 90 }"#, r#""days": 90 }, { "rate": 1, "days": 0 }"#, "segments[0]: must have one step for each stage but the last".into()),
        (r#""days": 90"#, r#""days": 3651"#, "segments[0].steps[0].days: must be a whole number of days from 0 to 3650; got 3651".into()),
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
fn lists_have_limits() {
    let stage = r#"{ "id": 2, "singular": "Won", "plural": "Won", "owner": "sales" }"#;
    let eleven = THREE_FIGURES.replace(stage, &[stage; 10].join(","));
    assert_eq!(plan_from_json(&eleven).unwrap_err().to_string(), "stages: must be a list of 2 to 10 stages; got 11");
    let segments = r#"{"currency": "EUR","period":{"start":"2027-01","months":1},"stages":[{},{}],"segments":[{},{}],"format":"backcast-plan","version":1}"#;
    assert_eq!(plan_from_json(segments).unwrap_err().to_string(), "segments: must be a list of one segment; got 2");
}

#[test]
fn other_documents_are_refused() {
    for (document, error) in [
        ("", "this is not JSON: a value is missing, on line 1"),
        ("{\"format\": \"backcast-plan\",}", "this is not JSON: a name in quotation marks is missing, on line 1"),
        ("[]", r#"format: is missing; must be "backcast-plan""#),
        ("{}", r#"format: is missing; must be "backcast-plan""#),
        (r#"{"format":"backcast-plan"}"#, "version: is missing; must be 1"),
        (r#"{"format":"backcast-plan","version":1}"#, "period: is missing; must be an object with start, months"),
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
