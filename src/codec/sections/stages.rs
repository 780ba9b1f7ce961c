//! Section 5: the stages. Older than the description that JSON has, and shorter: words travel as numbers.

use crate::codec::archive::{Archive, Need, must};
use crate::codec::describe::blank_stage;
use crate::codec::kinds::{COUNT, ID, List, OWNER};
use crate::codec::wording::{DEFINITIONS, NAMES};
use crate::plan::{Plan, Stage, limits};

/// How many there are is all that the head says.
const STAGES: List = List { base: 1 << 32, min: 0, max: limits::MAX_STAGES, allowed: "" };

pub fn stages(archive: &mut dyn Archive, plan: &mut Plan) {
    let mut count = plan.stages.len();
    archive.list("", &STAGES, &mut count);
    let headline = number(archive, plan.headline_position());
    while plan.stages.len() < count {
        plan.stages.push(blank_stage());
    }
    for stage in &mut plan.stages {
        archive.open("", Need::Must);
        must(archive, "", &OWNER, &mut stage.owner);
        let mut has_available = stage.available.is_some();
        archive.has("", &mut has_available);
        archive.id(&mut stage.id);
        names(archive, stage);
        definition(archive, &mut stage.definition);
        if has_available {
            let mut available = stage.available.unwrap_or_default();
            must(archive, "", &COUNT, &mut available);
            stage.available = Some(available);
        }
        archive.close();
    }
    archive.close();
    if let Some(stage) = plan.stages.get(headline) {
        plan.headline = stage.id;
    }
}

fn names(archive: &mut dyn Archive, stage: &mut Stage) {
    let Stage { singular, plural, .. } = stage;
    let listed = NAMES.iter().position(|pair| *pair == (singular.as_str(), plural.as_str()));
    let how = match listed {
        Some(listed) => listed + 3,
        None if singular == plural => 2,
        None => usize::from(plural.strip_suffix('s') == Some(singular.as_str())),
    };
    let how = number(archive, how);
    if let Some(listed) = how.checked_sub(3) {
        if let Some((one, many)) = NAMES.get(listed) {
            (*one).clone_into(singular);
            (*many).clone_into(plural);
        }
        return;
    }
    archive.text("", 0, Need::Must, singular);
    match how {
        0 => drop(archive.text("", 0, Need::Must, plural)),
        _ => {
            plural.clone_from(singular);
            if how == 1 {
                plural.push('s');
            }
        }
    }
}

fn definition(archive: &mut dyn Archive, definition: &mut String) {
    let listed = DEFINITIONS.iter().position(|listed| listed == definition);
    let how = listed.map_or(usize::from(!definition.is_empty()), |listed| listed + 2);
    match number(archive, how) {
        0 => {}
        1 => drop(archive.text("", 0, Need::Must, definition)),
        listed => {
            if let Some(listed) = DEFINITIONS.get(listed - 2) {
                (*listed).clone_into(definition);
            }
        }
    }
}

/// A number with no field of its own.
fn number(archive: &mut dyn Archive, number: usize) -> usize {
    let mut number = u32::try_from(number).unwrap_or(u32::MAX);
    must(archive, "", &ID, &mut number);
    number.try_into().unwrap_or(usize::MAX)
}
