//! Links that were once sent open for ever: `links/*.txt` holds the token and the base it must show, `links/*.json` the plan.
//!
//! A file in there is never changed and never taken away. A new version adds its own.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use backcast::codec::{Fingerprint, fingerprint_of, link_from_plan, plan_from_json, plan_from_link};
use backcast::plan::{Lineage, Plan, examples, templates};
use backcast::units::Date;

/// The longest link of the worked example, in characters of the fragment.
const BUDGET: usize = 160;

fn six_stages() -> Plan {
    examples::six_stages(Lineage(*b"\x9e\x37\x79\xb9\x7f\x4a\x7c\x15"), Date::from_ymd(2026, 11, 22).unwrap())
}

#[test]
fn every_link_that_was_ever_released_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let links = Vec::from_iter(files.filter(|path| path.extension().is_some_and(|ending| ending == "txt")));
    assert!(links.len() >= 10, "released links are missing");
    for path in links {
        opens_as_expected(&path);
    }
}

#[track_caller]
fn opens_as_expected(path: &PathBuf) {
    let text = fs::read_to_string(path).unwrap();
    let (token, base) = text.trim_end().split_once('\n').unwrap();
    let base = Fingerprint(u64::from_str_radix(base, 16).unwrap().to_be_bytes());
    let plan = plan_from_json(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
    let shared = plan_from_link(token).unwrap();
    assert_eq!(shared.plan, plan, "{}", path.display());
    assert_eq!(shared.base, base, "{}", path.display());
    // Fingerprints hash what is written, so this version must go on writing it like that.
    let written = [None, Some(base)].map(|base| link_from_plan(&plan, base));
    assert!(written.contains(&token.to_owned()), "{} is written as {written:?}", path.display());
}

#[test]
fn the_worked_example_fits_into_the_budget() {
    let plan = six_stages();
    for link in [link_from_plan(&plan, None), link_from_plan(&plan, Some(fingerprint_of(&plan)))] {
        assert!(link.len() <= BUDGET, "{} characters: {link}", link.len());
    }
}

#[test]
fn every_template_fits_into_the_budget() {
    for template in templates::ALL {
        let mut plan = six_stages();
        plan.break_down(template);
        let link = link_from_plan(&plan, Some(fingerprint_of(&plan)));
        assert!(link.len() <= BUDGET, "{}: {} characters", template.name, link.len());
    }
}

#[test]
fn ten_stages_with_long_names_of_their_own_go_everywhere() {
    let mut plan = six_stages();
    for position in 0..4 {
        plan.insert_stage_after(position, "", "");
    }
    for (position, stage) in plan.stages.iter_mut().enumerate() {
        stage.singular = format!("Reference customer visit, round {position}");
        stage.plural = format!("Reference customer visits, round {position}");
        stage.definition = format!("Seen by two people of the buying group, number {position}, and written down.");
    }
    assert_eq!(plan.check(), Ok(()));
    let length = link_from_plan(&plan, Some(fingerprint_of(&plan))).len();
    assert!(length <= 2200, "{length} characters");
    for stage in &mut plan.stages {
        stage.definition.clear();
    }
    let length = link_from_plan(&plan, Some(fingerprint_of(&plan))).len();
    assert!(length <= 1200, "{length} characters without definitions");
}
