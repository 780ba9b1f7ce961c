//! The plans on this device.

use std::sync::Arc;

use leptos::prelude::*;

use crate::browser::{files, locale};
use crate::codec::{self, Record};
use crate::library::{DocId, Entry};
use crate::plan::limits;
use crate::ui::desk::{Desk, Next};
use crate::ui::fields::{Button, PasteBox, Text, TextField, look, named_button, part, places, plain_button, when};
use crate::ui::markup::view;

/// From so many plans on a list wants to be searched.
const MANY: usize = 8;

/// The library: open, new, import; rename, duplicate, delete.
#[component]
pub fn PlansPanel() -> impl IntoView {
    let desk = Desk::get();
    let search = RwSignal::new(String::new());
    let renaming = Renaming { whose: RwSignal::default(), draft: RwSignal::new(None) };
    // A place while a name is typed: not told again with every letter.
    let typing = Memo::new(move |_| places(renaming.draft.read().is_some().into()));
    let new_plan = move || {
        desk.go(Next::New);
        desk.close_dialog();
    };
    let open = move |text: String| {
        desk.open_text(&text);
        desk.close_dialog();
        Ok(())
    };
    let are_many = look(move || desk.entries().len() >= MANY);
    let search_box = move || {
        view! { <TextField label="Search" value=search max_chars=limits::NAME_CHARS on_value=move |text| search.set(text) /> }
            .into_any()
    };
    let list = move || {
        let wanted = search.get().to_ascii_lowercase();
        let fits = |entry: &Entry| {
            entry.record.as_ref().is_none_or(|record| is_in(&wanted, &record.plan.name.to_ascii_lowercase()))
        };
        // What is stored meanwhile does not take a name away that is being typed.
        let entries = if !typing.read().is_empty() { untrack(|| desk.entries()) } else { desk.entries() };
        let found: Vec<AnyView> = entries.into_iter().filter(fits).map(|entry| plan_item(entry, renaming)).collect();
        match (found.is_empty(), wanted.is_empty()) {
            (true, true) => {
                view! { <li class="help">"No plan is stored yet. A plan is stored at its first change."</li> }
                    .into_any()
            }
            (true, false) => view! { <li class="help">"No plan has this in its name."</li> }.into_any(),
            _ => found.into_any(),
        }
    };
    view! {
        <div class="actions">
            {plain_button("New plan", "primary", new_plan)}
            <FileButton />
        </div>
        <PasteBox summary="Paste a link or the text of a plan" label="Link or text" action="Open it" take=Arc::new(open) />
        {when(are_many, search_box.into())}
        <ul class="plans">{part(list.into())}</ul>
        {part((move || deleted(desk, renaming)).into())}
        {part((move || put_aside(desk)).into())}
        <h3>"Examples"</h3>
        <ul class="cards">{STORIES.into_iter().zip(codec::EXAMPLES).map(example).collect_view()}</ul>
    }
}

/// What each of the [`codec::EXAMPLES`] is called, and what it shows.
const STORIES: [(&str, &str); 4] = [
    ("SMB software", "Two segments, three sources, a season; lost ones are tried again."),
    ("Enterprise, long cycle", "Three segments, ten months to won: what can no longer be mended."),
    ("Product-led", "A target of recurring revenue; customers stay and refer."),
    ("Manufacturer with partners", "Direct, by dealers, and parts for existing customers."),
];

fn example(((name, story), token): ((&'static str, &'static str), &'static str)) -> AnyView {
    let desk = Desk::get();
    let open = move |()| {
        desk.open_example(token);
        desk.close_dialog();
    };
    view! { <li><Button text=name more=story look="card" on_press=open /></li> }.into_any()
}

/// Whether `wanted` is part of the text.
fn is_in(wanted: &str, text: &str) -> bool {
    wanted.is_empty() || text.as_bytes().windows(wanted.len()).any(|part| part == wanted.as_bytes())
}

/// A plan from a file.
#[component]
fn FileButton() -> impl IntoView {
    let desk = Desk::get();
    let chosen = move |file: files::FileText| {
        match file {
            Ok(text) => desk.open_text(&text),
            Err(reason) => desk.warn(reason, vec![]),
        }
        desk.close_dialog();
    };
    view! {
        <label
            class="button"
            on:change=move |event| files::read_chosen(&event, chosen)
            inner_html="Open a file<input type=\"file\" class=\"visually-hidden\" accept=\".json,.txt,application/json,text/plain\">"
        ></label>
    }
}

/// The name that is being typed, and the id of the plan that is to have it; no name while none is.
#[derive(Clone, Copy)]
struct Renaming {
    whose: RwSignal<String>,
    draft: RwSignal<Option<String>>,
}

/// One stored plan.
fn plan_item(entry: Entry, renaming: Renaming) -> AnyView {
    let Some(record) = entry.record else {
        return view! { <li>"A plan that a newer version of Backcast has stored. Reload the page to open it."</li> }
            .into_any();
    };
    view! { <PlanItem id=entry.id record=record renaming=renaming /> }.into_any()
}

#[component]
fn PlanItem(id: DocId, record: Record, renaming: Renaming) -> impl IntoView {
    let desk = Desk::get();
    let Renaming { whose, draft } = renaming;
    let name = if record.plan.name.trim().is_empty() { "Untitled".to_owned() } else { record.plan.name.clone() };
    let (first_name, deleted_name) = (record.plan.name, name.clone());
    let open = move |()| {
        desk.go(Next::Stored(id));
        desk.close_dialog();
    };
    let is_renaming = look(move || draft.read().is_some() && *whose.read() == id.to_string());
    let rename = move || {
        whose.set(id.to_string());
        draft.set(Some(first_name.clone()));
    };
    let duplicate = move || {
        draft.set(None);
        desk.duplicate(id);
    };
    let delete = move || {
        draft.set(None);
        desk.delete(id, &deleted_name);
    };
    let rename_box = move || {
        let value = Text::live(move || draft.get().unwrap_or_default());
        let name = move |name| draft.set(Some(name));
        let done = move |()| {
            if let Some(name) = draft.get_untracked() {
                draft.set(None);
                desk.rename(id, &name);
            }
        };
        view! { <TextField label="New name" value=value max_chars=limits::NAME_CHARS on_value=name on_done=done /> }
            .into_any()
    };
    view! {
        <li class=if desk.is_open(id) { "current" } else { "" }>
            <Button text=name.clone() name=format!("Open {name}") look="open" on_press=open />
            <small>{locale::moment(record.saved_at_ms)}</small>
            <span class="actions">
                {named_button("Rename", format!("Rename {name}"), "link", rename)}
                {named_button("Duplicate", format!("Duplicate {name}"), "link", duplicate)}
                {named_button("Delete", format!("Delete {name}"), "link", delete)}
            </span>
            {when(is_renaming, rename_box.into())}
        </li>
    }
}

/// Deleted plans that can come back.
fn deleted(desk: Desk, renaming: Renaming) -> AnyView {
    let entries = desk.deleted();
    if entries.is_empty() {
        return ().into_any();
    }
    let item = |entry: Entry| {
        let name = entry.record.map(|record| record.plan.name).unwrap_or_default();
        let restore = move || {
            renaming.draft.set(None);
            desk.restore(entry.id);
        };
        view! {
            <li>
                <span>{name.clone()}</span>
                {named_button("Bring back", format!("Bring back {name}"), "link", restore)}
            </li>
        }
        .into_any()
    };
    view! {
        <details>
            <summary>"Deleted plans"</summary>
            <ul class="plans">{entries.into_iter().map(item).collect_view()}</ul>
            {plain_button("Forget them for good", "", move || desk.empty_bin())}
        </details>
    }
    .into_any()
}

/// What could not be read, to be handed out as it is.
fn put_aside(desk: Desk) -> AnyView {
    let texts = desk.put_aside();
    if texts.is_empty() {
        return ().into_any();
    }
    let item = |(key, text): (String, String)| {
        let (forgotten, size) = (key.clone(), format!("{} characters", text.chars().count()));
        let download = move || files::download(&format!("{key}.txt"), "text/plain", text.as_bytes());
        view! {
            <li>
                <span>{size}</span>
                {plain_button("Download", "link", download)}
                {plain_button("Forget", "link", move || desk.forget_aside(&forgotten))}
            </li>
        }
        .into_any()
    };
    view! {
        <h3>"Could not be read"</h3>
        <p class="help">"These stored texts are damaged. They are kept as they are."</p>
        <ul class="plans">{texts.into_iter().map(item).collect_view()}</ul>
    }
    .into_any()
}
