//! Where people paste what is longer than a line.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Button, Text, error_id, fresh_id};
use crate::ui::markup::view;

/// A box that opens, to paste a text into and hand it on.
#[component]
pub fn PasteBox(
    /// What opens it.
    summary: &'static str,
    /// What can be pasted.
    #[prop(optional)]
    help: &'static str,
    /// The accessible name of the box.
    label: &'static str,
    /// What hands the text on.
    action: &'static str,
    /// Takes the text; what it says is wrong with it stands beside the box.
    take: Arc<dyn Fn(String) -> Result<(), String> + Send + Sync>,
) -> impl IntoView {
    let id = fresh_id();
    let pasted = RwSignal::new(String::new());
    let wrong = RwSignal::new(String::new());
    let (described, shown) = (error_id(&id), Text::from(wrong));
    let hand_on = move |()| match take(pasted.get_untracked()) {
        Ok(()) => {
            pasted.try_set(String::new());
            wrong.try_set(String::new());
        }
        Err(why) => wrong.set(why),
    };
    view! {
        <details>
            <summary>{summary}</summary>
            <p class="help">{help}</p>
            <div class="field">
                <label for=id.clone()>{label}</label>
                <div class="box">
                    <textarea
                        id=id
                        aria-describedby=described.clone()
                        prop:value=move || pasted.get()
                        on:input:target=move |event| pasted.set(event.target().value())
                    ></textarea>
                </div>
                <p class="error" role="alert" id=described>{shown}</p>
            </div>
            <Button text=action on_press=hand_on />
        </details>
    }
}
