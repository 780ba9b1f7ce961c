//! The plan as JSON, for people and for programs: exact decimals in strings, a stable order, one line a stage.

mod read;
mod value;

pub use read::{JsonError, MAX_JSON_BYTES, plan_from_json};

use crate::codec::bytes::hex_from;
use crate::plan::{Owner, Plan, Rounding, Stage};

const FORMAT: &str = "backcast-plan";
const VERSION: u64 = 1;

/// The plan as a JSON document that [`plan_from_json`] reads back exactly.
pub fn json_from_plan(plan: &Plan) -> String {
    let period = format!("{{ \"start\": \"{}\", \"months\": {} }}", plan.period.start, plan.period.months);
    let mut out = String::from("{\n");
    for (name, value) in [
        ("format", quoted(FORMAT)),
        ("version", VERSION.to_string()),
        ("lineage", quoted(&hex_from(plan.lineage.0))),
        ("nextId", plan.next_id.to_string()),
        ("name", quoted(&plan.name)),
        ("currency", quoted(plan.currency.code())),
        ("period", period),
        ("asOf", quoted(&plan.as_of.to_string())),
        ("target", quoted(&plan.target.to_string())),
        ("rounding", quoted(rounding_word(plan.rounding))),
        ("headline", plan.headline.0.to_string()),
    ] {
        push_all(&mut out, &["  \"", name, "\": ", &value, ",\n"]);
    }
    out.push_str("  \"stages\": [\n");
    for (position, stage) in plan.stages.iter().enumerate() {
        push_all(&mut out, &[comma_before(position), "    ", &stage_text(stage)]);
    }
    let segment = &plan.segment;
    let asp = segment.asp.to_string();
    push_all(&mut out, &["\n  ],\n  \"segments\": [\n    {\n      \"id\": ", &segment.id.0.to_string()]);
    push_all(&mut out, &[",\n      \"asp\": \"", &asp, "\",\n      \"steps\": [\n"]);
    for (position, step) in segment.steps.iter().enumerate() {
        let rate = step.rate.to_string();
        let days = step.days.get().to_string();
        push_all(&mut out, &[comma_before(position), "        { \"rate\": \"", &rate, "\", \"days\": ", &days, " }"]);
    }
    out.push_str("\n      ]\n    }\n  ]\n}\n");
    out
}

fn stage_text(stage: &Stage) -> String {
    let mut out = String::new();
    push_all(&mut out, &["{ \"id\": ", &stage.id.0.to_string(), ", \"singular\": ", &quoted(&stage.singular)]);
    push_all(&mut out, &[", \"plural\": ", &quoted(&stage.plural), ", \"owner\": ", &quoted(owner_word(stage.owner))]);
    if !stage.definition.is_empty() {
        push_all(&mut out, &[", \"definition\": ", &quoted(&stage.definition)]);
    }
    if let Some(count) = stage.available {
        push_all(&mut out, &[", \"available\": ", &count.get().to_string()]);
    }
    out.push_str(" }");
    out
}

fn push_all(out: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| out.push_str(part));
}

fn comma_before(position: usize) -> &'static str {
    if position > 0 { ",\n" } else { "" }
}

fn owner_word(owner: Owner) -> &'static str {
    match owner {
        Owner::Marketing => "marketing",
        Owner::SalesDevelopment => "salesDevelopment",
        Owner::Sales => "sales",
    }
}

fn rounding_word(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Carry => "carry",
        Rounding::CeilEachStage => "ceil",
        Rounding::RoundEachStage => "round",
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
