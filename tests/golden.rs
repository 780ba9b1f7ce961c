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
        assert_eq!(now, then, "{}", file.display());
    }
}

#[test]
fn the_examples_say_what_they_said() {
    let today = Date::parse_iso("2026-11-22").unwrap();
    says_what_it_said("three_figures", &examples::three_figures(Lineage([1; 8]), today));
    says_what_it_said("six_stages", &examples::six_stages(Lineage([1; 8]), today));
}

#[test]
fn a_target_that_no_float_holds_is_exact() {
    let mut plan = examples::three_figures(Lineage([1; 8]), Date::parse_iso("2026-11-22").unwrap());
    plan.target = Money::from_thousandths(9_007_199_254_740_993).unwrap();
    assert_eq!(outcome_json(&plan, &engine::evaluate(&plan))["target"], "9007199254740.993");
}
