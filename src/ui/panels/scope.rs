//! Which part of the plan is looked at.

use leptos::prelude::*;

use crate::browser::page;
use crate::plan::Scope;
use crate::report::parts;
use crate::ui::desk::{Desk, Page};
use crate::ui::fields::{Choice, look, when};
use crate::ui::markup::view;

/// A list of the parts; nothing while the plan is in one piece.
#[component]
pub fn ScopeChoice() -> impl IntoView {
    let desk = Desk::get();
    let scopes = move || desk.workbench.read(parts::scopes);
    let draw = move || {
        let names = look(move || {
            desk.workbench.read(|plan, outcome| {
                parts::scopes(plan, outcome).into_iter().map(|scope| parts::scope(plan, scope)).collect()
            })
        });
        let chosen = look(move || {
            let scope = desk.scope();
            scopes().into_iter().position(|known| known == scope).unwrap_or(0)
        });
        let choose = move |place: usize| {
            desk.look_at(untrack(scopes).get(place).copied().unwrap_or_default());
            page::focus_later(".scope select".to_owned());
        };
        let note = desk.part_text(move |_, part| {
            let of_whole =
                if desk.page() == Page::Funnel { " The answer and the target stay the whole plan's." } else { "" };
            match part.scope {
                Scope::Whole => "Parts inherit what is typed here.".to_owned(),
                _ => format!("Empty fields inherit; what is typed applies to this part alone.{of_whole}"),
            }
        });
        view! { <div class="scope"><Choice label="Show" words=names chosen=chosen note=note on_choose=choose /></div> }
            .into_any()
    };
    when(look(move || scopes().len() > 1), draw.into())
}
