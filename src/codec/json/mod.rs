//! The plan as JSON, for people and for programs: exact decimals in strings, a stable order, one line a stage.

mod reader;
mod value;
mod writer;

use std::fmt;

use crate::codec::archive::{Archive, Need};
use crate::codec::bytes::hash;
use crate::codec::describe;
use crate::plan::{ItemId, Lineage, Place, Plan, Refusal, Rule, joined};

const FORMAT: &str = "backcast-plan";

/// The longest document that is read, in bytes.
pub const MAX_JSON_BYTES: usize = 1_000_000;

/// Why a text is no plan: one line that names the field and says what is allowed there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError(String);

impl fmt::Display for JsonError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for JsonError {}

/// The plan as a JSON document that [`plan_from_json`] reads back exactly.
pub fn json_from_plan(plan: &Plan) -> String {
    let mut writer = writer::Writer::NEW;
    writer.open("", Need::Must);
    writer.part("format", &quoted(FORMAT));
    writer.part("version", "1");
    // Writing hands everything over to be changed, and changes nothing.
    describe::document(&mut writer, &mut plan.clone());
    writer.close();
    writer.finish()
}

/// The plan in the document.
///
/// May be left out: `lineage` (then made from the document), `nextId`, ids (then counted on from the highest given one: stages
/// first, then the segments, the teams and the channels), `headline` (the first stage), `rounding` (carry), `name`, one of `singular` and `plural`,
/// `definition`, `available`; the goal of an only segment (all of it); everything else that may be empty or be inherited.
/// Amounts and rates may be numbers instead of texts. `null` is the same as nothing.
///
/// Documents of before plans had a `base` have one segment, whose price and steps it is.
///
/// # Errors
/// One line for the first thing that is wrong; see [`JsonError`].
pub fn plan_from_json(text: &str) -> Result<Plan, JsonError> {
    if text.len() > MAX_JSON_BYTES {
        return Err(JsonError(format!("the document is longer than {MAX_JSON_BYTES} bytes")));
    }
    let mut root = value::parse(text.strip_prefix('\u{feff}').unwrap_or(text))
        .map_err(|wrong| JsonError(joined(&["this is not JSON", &wrong], ": ")))?;
    let old_base = reader::take_old_base(&mut root);
    let mut reader = reader::Reader::new(&root, old_base.as_ref());
    let mut plan = describe::nothing();
    if reader.begins(FORMAT) {
        describe::document(&mut reader, &mut plan);
        reader.close();
    }
    if let Some(wrong) = reader.wrong {
        return Err(JsonError(wrong));
    }
    let is_said = |name| !root.field(name).is_null();
    if !is_said("lineage") {
        plan.lineage = Lineage(hash(text.as_bytes()));
    }
    if !is_said("nextId") {
        // The items without an id have theirs by now.
        plan.next_id = reader.next_id;
    }
    if !is_said("headline") {
        plan.headline = plan.stages.first().map_or(ItemId(0), |stage| stage.id);
    }
    match plan.check() {
        Ok(()) => Ok(plan),
        Err(refusal) => Err(JsonError(wrong_from_refusal(&plan, refusal))),
    }
}

/// What a refusal is about that no field could say by itself.
fn wrong_from_refusal(plan: &Plan, refusal: Refusal) -> String {
    let (list, position, id) = match (refusal.place, refusal.rule) {
        (Place::StageId(position), _) => ("stages", position, plan.stages.get(position).map(|stage| stage.id)),
        (Place::Segment(position), _) => ("segments", position, plan.segments.get(position).map(|segment| segment.id)),
        (Place::Team(position), _) => ("sales", position, plan.sales.get(position).map(|team| team.id)),
        (Place::Channel(position), _) => {
            ("spending.channels", position, plan.spending.channels.get(position).map(|channel| channel.id))
        }
        (Place::HeadChanges(position), _) => {
            return format!("sales[{position}].changes: must move to the id of a team");
        }
        (Place::Stages, Rule::NothingAfterWon) => {
            let last = plan.stages.len() - 1;
            return format!("stages[{last}].available: must be left out in the last stage: nothing waits there");
        }
        (Place::Period, _) => return "period: must end before December 2199".to_owned(),
        (Place::Headline, _) => return "headline: must be the id of a stage".to_owned(),
        _ => return "the document: breaks a rule that every plan keeps".to_owned(),
    };
    match id {
        Some(ItemId(id)) if id >= plan.next_id => format!("nextId: must be higher than every id; one is {id}"),
        _ => format!("{list}[{position}].id: ids must differ from each other"),
    }
}

/// The text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_one_line_of_json() {
        let text = "a\"b\\c\n\t\u{0}\u{1f}é😀";
        assert_eq!(serde_json::from_str::<String>(&quoted(text)).unwrap(), text);
        assert!(!quoted(text).contains('\n'));
    }
}
