//! The example plans: each says today what it said when it was looked at. `tests/golden/` holds plan and outcome; to look again
//! after a formula has changed on purpose, run with `BACKCAST_LOOKED_AT_IT=1`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

use std::{env, fs, path::Path};

use backcast::plan::{Lineage, Plan, examples};
use backcast::report::outcome_json::outcome_json;
use backcast::units::{Date, Money};
use backcast::{codec, engine};

#[track_caller]
fn says_what_it_said(name: &str, plan: &Plan) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let outcome = format!("{:#}\n", outcome_json(plan, &engine::evaluate(plan)));
    for (file, now) in [("plan.json", codec::json_from_plan(plan)), ("outcome.json", outcome)] {
        let file = folder.join(format!("{name}.{file}"));
        if env::var_os("BACKCAST_LOOKED_AT_IT").is_some() {
            fs::write(&file, &now).unwrap();
        }
        let then = fs::read_to_string(&file).unwrap();
        assert!(now == then, "{} says something else now", file.display());
    }
}

#[test]
fn the_examples_say_what_they_said() {
    let today = Date::parse_iso("2026-11-22").unwrap();
    says_what_it_said("three_figures", &examples::three_figures(Lineage([1; 8]), today));
    says_what_it_said("six_stages", &examples::six_stages(Lineage([1; 8]), today));
}

#[test]
fn the_examples_that_are_offered_say_what_they_said() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/plans");
    let today = Date::parse_iso("2026-11-22").unwrap();
    for (name, token) in ["smb-saas", "enterprise", "product-led", "manufacturer"].into_iter().zip(codec::EXAMPLES) {
        let json = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let plan = codec::plan_from_json(&json).unwrap();
        let link = codec::link_from_plan(&plan, None);
        if env::var_os("BACKCAST_LOOKED_AT_IT").is_some() {
            fs::write(folder.join(format!("{name}.link")), &link).unwrap();
        }
        assert!(link.len() <= 700, "{name}: {} characters", link.len());
        assert_eq!(token, link, "{name}: run once more, if it was written just now");
        let plan = codec::example(token, Lineage([1; 8]), today).unwrap();
        assert_eq!(plan.check(), Ok(()));
        assert_eq!(plan.issues(), [], "{name}");
        assert!(engine::evaluate(&plan).issues.is_empty(), "{name}");
        says_what_it_said(name, &plan);
        // A later day moves it, and it is whole then, too.
        let later = codec::example(token, Lineage([2; 8]), Date::parse_iso("2028-02-29").unwrap()).unwrap();
        assert_eq!((later.as_of.to_string(), later.period.start.to_string()), ("2028-02-29".into(), "2028-04".into()));
        assert!(engine::evaluate(&later).issues.is_empty(), "{name}");
    }
}

#[test]
fn a_target_that_no_float_holds_is_exact() {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.target = Money::from_thousandths(9_007_199_254_740_993).unwrap();
    assert_eq!(outcome_json(&plan, &engine::evaluate(&plan))["target"], "9007199254740.993");
}
