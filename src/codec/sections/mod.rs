//! The sections of the payload: what a plan is in bytes. Frozen for ever; the module above says it in words.

mod reader;
mod stages;
#[cfg(test)]
mod tests;
mod writer;

use crate::codec::archive::Archive;
use crate::codec::bytes::{Reader, hash, put_bytes};
use crate::codec::describe;
use crate::codec::link::{Fault, LinkError};
use crate::plan::{Lineage, Plan};

const LINEAGE: u8 = 1;
const BASE: u8 = 2;
const GOAL: u8 = 3;
const ROUNDING: u8 = 4;
const STAGES: u8 = 5;
const INHERITED: u8 = 6;
const BASES: u8 = 7;
const SEGMENTS: u8 = 8;
const SOURCES: u8 = 9;
const CIRCLE: u8 = 10;
const TIMING: u8 = 11;
const SALES: u8 = 12;
const DEVELOPMENT: u8 = 13;
const SPENDING: u8 = 14;

/// A section of the plan's state.
struct Section {
    id: u8,
    /// Whether it is older than heads: always there, and without one.
    is_plain: bool,
    describe: fn(&mut dyn Archive, &mut Plan),
}

static STATE: [Section; 12] = [
    Section { id: GOAL, is_plain: true, describe: describe_goal },
    Section { id: ROUNDING, is_plain: false, describe: describe::rounding },
    Section { id: STAGES, is_plain: false, describe: stages::stages },
    Section { id: INHERITED, is_plain: true, describe: describe_inherited },
    Section { id: BASES, is_plain: false, describe: describe::bases },
    Section { id: SEGMENTS, is_plain: false, describe: describe::segments },
    Section { id: SOURCES, is_plain: false, describe: describe::sources },
    Section { id: CIRCLE, is_plain: false, describe: describe::circle },
    Section { id: TIMING, is_plain: false, describe: describe::timing },
    Section { id: SALES, is_plain: false, describe: describe::sales },
    Section { id: DEVELOPMENT, is_plain: false, describe: describe::development },
    Section { id: SPENDING, is_plain: false, describe: describe::spending },
];

fn describe_goal(archive: &mut dyn Archive, plan: &mut Plan) {
    describe::goal(archive, plan);
    describe::name(archive, plan);
}

fn describe_inherited(archive: &mut dyn Archive, plan: &mut Plan) {
    if let Some(first) = plan.segments.first_mut() {
        archive.id(&mut first.id);
    }
    describe::base(archive, plan);
}

/// Eight bytes that stand for the state of a plan, wherever it came from: equal plans have equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 8]);

/// The fingerprint of the plan, without its lineage. The same for ever.
pub fn fingerprint_of(plan: &Plan) -> Fingerprint {
    let mut state = Vec::new();
    put_state(&mut state, plan);
    Fingerprint(hash(&state))
}

/// The plan in bytes, and the state it was made from if that is another.
pub fn payload_from(plan: &Plan, base: Option<Fingerprint>) -> Vec<u8> {
    let mut out = Vec::new();
    put_section(&mut out, LINEAGE, &plan.lineage.0);
    if let Some(base) = base {
        put_section(&mut out, BASE, &base.0);
    }
    put_state(&mut out, plan);
    out
}

/// The plan that the bytes hold, checked. What it is written as is these bytes again, or they are refused.
pub fn plan_from_payload(payload: &[u8]) -> Result<(Plan, Option<Fingerprint>), LinkError> {
    let mut sections: [Option<&[u8]>; 15] = [None; 15];
    let mut reader = Reader(payload);
    let mut last = 0;
    while !reader.is_at_end() {
        let id = reader.number().ok_or(invalid(0))?;
        let bytes = reader.bytes();
        let slot = usize::try_from(id).ok().and_then(|id| sections.get_mut(id)).ok_or(LinkError::Newer)?;
        if id <= last {
            return Err(invalid(0));
        }
        *slot = Some(bytes.ok_or(invalid(0))?);
        last = id;
    }
    let [_, lineage, base, state @ ..] = sections;
    let lineage = eight(lineage).ok_or(invalid(LINEAGE))?;
    if base.is_some() && eight(base).is_none() {
        return Err(invalid(BASE));
    }
    let mut plan = describe::nothing();
    plan.lineage = Lineage(lineage);
    let mut reader = reader::Reader::NEW;
    for (section, bytes) in STATE.iter().zip(state) {
        reader.section(section, bytes.unwrap_or_default(), &mut plan);
    }
    // The one spelling is the one that is written: who reads need not look for others.
    let mut writer = writer::Writer::NEW;
    for (section, bytes) in STATE.iter().zip(state) {
        if writer.section(section, &mut plan).as_deref() != bytes {
            return Err(invalid(section.id));
        }
    }
    match plan.check() {
        Ok(()) => Ok((plan, eight(base).map(Fingerprint))),
        Err(refusal) => Err(LinkError::Invalid(Fault::Refused(refusal))),
    }
}

/// Everything but lineage and base.
fn put_state(out: &mut Vec<u8>, plan: &Plan) {
    // Writing hands everything over to be changed, and changes nothing.
    let mut plan = plan.clone();
    let mut writer = writer::Writer::NEW;
    for section in &STATE {
        if let Some(bytes) = writer.section(section, &mut plan) {
            put_section(out, section.id, &bytes);
        }
    }
}

fn put_section(out: &mut Vec<u8>, id: u8, bytes: &[u8]) {
    out.push(id);
    put_bytes(out, bytes);
}

fn invalid(section: u8) -> LinkError {
    LinkError::Invalid(Fault::Section(section))
}

fn eight(bytes: Option<&[u8]>) -> Option<[u8; 8]> {
    bytes?.try_into().ok()
}
