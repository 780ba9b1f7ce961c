//! What is said when a plan is not stored, or a link does not open.

use crate::codec::{self, LinkError};
use crate::library::NotSaved;
use crate::report::words;

/// Why something is not stored, in a sentence.
pub fn not_saved(reason: &NotSaved) -> String {
    match reason {
        NotSaved::Blocked => "This browser blocks storage for this page. Download the plan, or share it as a link, before you leave.",
        NotSaved::Full => "The storage of this browser for this site is full. Download the plan, or delete plans that you no longer need.",
        NotSaved::ChangedElsewhere(_) => "This plan was changed in another window too. Keep both, or take what the other window has.",
        NotSaved::Newer => "A newer version of Backcast has stored this plan. Download it, then reload the page to get that version.",
    }
    .to_owned()
}

/// Why a link does not open, and whom to ask.
pub fn link_error(error: LinkError) -> String {
    let what = match error {
        LinkError::NotALink => return "There is no plan in this text. Paste a link, or the text of a plan file.".to_owned(),
        LinkError::Empty => "This link carries no plan: only its beginning arrived. Ask the sender for the whole link.".to_owned(),
        LinkError::CutOff { arrived, of: Some(of) } => format!(
            "This link was cut off on its way: {arrived} of {of} characters arrived. Ask the sender for the whole link, or for the plan as a file."
        ),
        LinkError::CutOff { of: None, .. } => {
            "This link was cut off on its way. Ask the sender for the whole link, or for the plan as a file.".to_owned()
        }
        LinkError::Damaged => {
            "This link was changed on its way, so its figures cannot be trusted. Ask the sender for it again, or for the plan as a file.".to_owned()
        }
        LinkError::Newer => {
            "This link was made with a newer version of Backcast. Reload this page to get that version, then open the link again.".to_owned()
        }
        LinkError::Invalid(fault) => match fault {
            codec::Fault::Refused(refusal) => format!("This link holds a plan that cannot be opened. {}", words::refusal(refusal)),
            _ => "This link holds something that is no plan.".to_owned(),
        },
    };
    format!("{what} Your own plans are untouched.")
}
