//! The plans on this device.

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::browser::{files, locale};
use crate::codec::Record;
use crate::library::{DocId, Entry};
use crate::plan::limits;
use crate::ui::desk::Desk;
use crate::ui::dialog::Dialogs;
use crate::ui::fields::TextField;

/// From so many plans on a list wants to be searched.
const MANY: usize = 8;

/// The library: open, new, import; rename, duplicate, delete.
#[component]
pub fn PlansPanel() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let search = RwSignal::new(String::new());
    let entries = Memo::new(move |_| desk.entries());
    let found = move || {
        let wanted = search.get().to_lowercase();
        let fits = |entry: &Entry| {
            entry.record.as_ref().is_none_or(|record| record.plan.name.to_lowercase().contains(&wanted))
        };
        entries.get().into_iter().filter(fits).collect::<Vec<_>>()
    };
    let chosen = move |input: HtmlInputElement| {
        files::read_chosen(&input, move |file| {
            match file {
                Ok(text) => desk.open_text(&text),
                Err(reason) => desk.warn(reason, vec![]),
            }
            dialogs.close();
        });
    };
    let new_plan = move |_| {
        desk.new_plan();
        dialogs.close();
    };
    view! {
        <div class="actions">
            <button type="button" class="primary" on:click=new_plan>"New plan"</button>
            <label class="button">
                "Open a file"
                <input type="file" class="visually-hidden" accept=".json,.txt,application/json,text/plain" on:change:target=move |event| chosen(event.target()) />
            </label>
        </div>
        <PasteBox />
        {move || (entries.read().len() >= MANY).then(|| view! {
            <TextField label="Search" value=search max_chars=limits::NAME_CHARS on_value=move |text: String| search.set(text) />
        })}
        <ul class="plans">
            <For each=found key=|entry| (entry.id, entry.record.as_ref().map(|record| record.revision)) let:entry>
                <PlanItem id=entry.id record=entry.record />
            </For>
        </ul>
        {move || entries.read().is_empty().then(|| view! { <p class="help">"No plan is stored yet. A plan is stored at its first change."</p> })}
        <Leftovers />
    }
}

/// A link or the text of a plan file, pasted.
#[component]
fn PasteBox() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let pasted = RwSignal::new(String::new());
    view! {
        <details>
            <summary>"Paste a link or the text of a plan"</summary>
            <div class="field">
                <label for="paste">"Link or text"</label>
                <div class="box">
                    <textarea id="paste" rows="3" spellcheck="false" prop:value=pasted on:input:target=move |event| pasted.set(event.target().value())></textarea>
                </div>
            </div>
            <button type="button" on:click=move |_| { desk.open_text(&pasted.get_untracked()); dialogs.close(); }>"Open it"</button>
        </details>
    }
}

/// One stored plan.
#[component]
fn PlanItem(id: DocId, record: Option<Record>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let Some(record) = record else {
        return view! { <li><p>"A plan that a newer version of Backcast has stored. Reload the page to open it."</p></li> }.into_any();
    };
    let renaming = RwSignal::new(None::<String>);
    let name = if record.plan.name.trim().is_empty() { "Untitled".to_owned() } else { record.plan.name.clone() };
    let (open_label, copy_label, rename_label, delete_label) =
        (format!("Open {name}"), format!("Duplicate {name}"), format!("Rename {name}"), format!("Delete {name}"));
    let (first_name, deleted_name) = (record.plan.name, name.clone());
    let finish = move || {
        if let Some(name) = renaming.get_untracked() {
            desk.rename(id, &name);
        }
        renaming.set(None);
    };
    let rename_box = move || {
        renaming.get().is_some().then(|| view! {
            <form class="rename" on:submit=move |event| { event.prevent_default(); finish(); }>
                <TextField label="New name" value=move || renaming.get().unwrap_or_default() max_chars=limits::NAME_CHARS on_value=move |name: String| renaming.set(Some(name)) />
                <button type="submit">"Rename"</button>
            </form>
        })
    };
    let is_renaming = Memo::new(move |_| renaming.read().is_some());
    view! {
        <li class:current=move || { desk.shelf_changes.track(); desk.is_open(id) }>
            <button type="button" class="open" aria-label=open_label on:click=move |_| { desk.open(id); dialogs.close(); }>
                <b>{name}</b>
                <small>{locale::day_and_time(record.saved_at_ms)}</small>
            </button>
            <span class="actions">
                <button type="button" class="link" aria-label=rename_label on:click=move |_| renaming.set(Some(first_name.clone()))>"Rename"</button>
                <button type="button" class="link" aria-label=copy_label on:click=move |_| desk.duplicate(id)>"Duplicate"</button>
                <button type="button" class="link" aria-label=delete_label on:click=move |_| desk.delete(id, &deleted_name)>"Delete"</button>
            </span>
            {move || is_renaming.get().then(rename_box)}
        </li>
    }
    .into_any()
}

/// Deleted plans that can come back, and what could not be read.
#[component]
fn Leftovers() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let deleted = move || {
        let entries = desk.deleted();
        (!entries.is_empty()).then(|| {
            let item = |entry: Entry| {
                let name = entry.record.map(|record| record.plan.name).unwrap_or_default();
                view! { <li><span>{name.clone()}</span> <button type="button" class="link" aria-label=format!("Bring back {name}") on:click=move |_| desk.restore(entry.id)>"Bring back"</button></li> }
            };
            view! {
                <details>
                    <summary>"Deleted plans"</summary>
                    <ul class="plans">{entries.into_iter().map(item).collect_view()}</ul>
                    <button type="button" on:click=move |_| desk.empty_bin()>"Forget them for good"</button>
                </details>
            }
        })
    };
    let aside = move || {
        let texts = desk.put_aside();
        (!texts.is_empty()).then(|| {
            let item = |(key, text): (String, String)| {
                let forgotten = key.clone();
                view! {
                    <li>
                        <span>{format!("{} characters", text.len())}</span>
                        <button type="button" class="link" on:click=move |_| files::download(&format!("{key}.txt"), "text/plain", text.as_bytes())>"Download"</button>
                        <button type="button" class="link" on:click=move |_| desk.forget_aside(&forgotten)>"Forget"</button>
                    </li>
                }
            };
            view! {
                <h3>"Could not be read"</h3>
                <p class="help">"These stored texts are damaged. They are kept as they are."</p>
                <ul class="plans">{texts.into_iter().map(item).collect_view()}</ul>
            }
        })
    };
    view! { {deleted} {aside} }
}
