//! Which part of the plan is looked at.

use leptos::prelude::*;

use crate::browser::page;
use crate::plan::Scope;
use crate::report::parts;
use crate::ui::desk::Desk;
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
        let note = desk.part_text(|_, part| {
            match part.scope {
                Scope::Whole => "Applies wherever a part has nothing of its own.",
                _ => "Empty fields inherit; what is typed applies to this part alone.",
            }
            .to_owned()
        });
        view! { <div class="scope"><Choice label="Show" words=names chosen=chosen note=note on_choose=choose /></div> }
            .into_any()
    };
    when(look(move || scopes().len() > 1), draw.into())
}
