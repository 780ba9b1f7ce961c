//! Fields as data: where a figure of the plan lies, and what its field says. One renderer for all of them.

use leptos::prelude::*;

use crate::browser::locale::{self, Locale};
use crate::engine::Outcome;
use crate::plan::{ItemId, Place, Plan, Scope};
use crate::report::number::Kind;
use crate::ui::desk::Desk;
use crate::ui::fields::{NumberField, OneOf, Text, TextField, look};

/// Whose field it is: the part of the plan that is looked at, a stage or a segment, a row within it.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// The part of the plan.
    pub scope: Scope,
    /// The stage or the segment.
    pub id: ItemId,
    /// The row within it.
    pub row: usize,
}

/// A field.
pub struct Field {
    /// Its accessible name.
    pub label: &'static str,
    /// A line of help.
    pub note: &'static str,
    /// Where what is not yet right with it is said.
    pub place: fn(&Plan, At) -> Option<Place>,
    /// What is typed or chosen.
    pub what: What,
}

/// What is typed or chosen in a field.
pub enum What {
    /// A figure in its kind's exact unit. With a text to stand in it, the field may be empty.
    Figure(Kind, fn(&Plan, At) -> Option<i64>, fn(&mut Plan, At, Option<i64>), Option<fn(&Plan, At) -> String>),
    /// One of a few words, by its place among them.
    Word(fn(&Plan, At) -> Vec<String>, fn(&Plan, At) -> usize, fn(&mut Plan, At, usize)),
    /// A text of at most so many characters.
    Text(usize, fn(&Plan, At) -> String, fn(&mut Plan, At, String)),
}

/// A field whose place is nowhere: nothing is ever wrong with it but what cannot be read.
pub fn nowhere(_: &Plan, _: At) -> Option<Place> {
    None
}

/// Words to choose from, for [`What::Word`].
pub fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Fields side by side.
pub fn form(fields: &'static [Field], at: At) -> AnyView {
    let fields = fields.iter().map(|field| draw(field, at, field.label.into(), "")).collect_view();
    view! { <div class="fields">{fields}</div> }.into_any()
}

/// Fields as cells of a table's row; the row's name goes with each field's.
pub fn cells(fields: &'static [Field], at: At, name: &Text) -> AnyView {
    let cell = |field: &'static Field| {
        let name = name.clone();
        let label = Text::live(move || format!("{} {}", field.label, name.get()));
        view! { <td>{draw(field, at, label, "compact")}</td> }.into_any()
    };
    fields.iter().map(cell).collect_view().into_any()
}

/// A field under a name of its own.
pub fn draw(field: &'static Field, at: At, label: Text, look_of: &'static str) -> AnyView {
    let workbench = expect_context::<Desk>().workbench;
    let issue = workbench.issue_at(move |plan| (field.place)(plan, at));
    match field.what {
        What::Figure(kind, get, set, empty) => {
            let prefix = workbench.text(move |plan, _: &Outcome| match kind {
                Kind::Money => locale::currency_symbol(plan.currency),
                _ => String::new(),
            });
            let suffix = match kind {
                Kind::Rate | Kind::Factor => "%",
                Kind::Days => "days",
                Kind::Money | Kind::Count => "",
            };
            let placeholder = workbench.text(move |plan, _| empty.map(|empty| empty(plan, at)).unwrap_or_default());
            view! {
                <NumberField
                    label=label
                    kind=kind
                    value=look(move || workbench.read(|plan, _| get(plan, at)))
                    optional=empty.is_some()
                    placeholder=placeholder
                    prefix=prefix
                    suffix=suffix
                    note=field.note
                    issue=issue
                    look=look_of
                    on_value=move |exact| workbench.type_in(|plan| set(plan, at, exact))
                />
            }
            .into_any()
        }
        What::Word(words, get, set) => view! {
            <OneOf
                label=label
                words=look(move || workbench.read(|plan, _| words(plan, at)))
                chosen=look(move || workbench.read(|plan, _| get(plan, at)))
                note=field.note
                look=look_of
                on_choose=move |place| workbench.edit(|plan| set(plan, at, place))
            />
        }
        .into_any(),
        What::Text(max_chars, get, set) => view! {
            <TextField
                label=label
                value=workbench.text(move |plan, _| get(plan, at))
                max_chars=max_chars
                note=field.note
                issue=issue
                look=look_of
                on_value=move |text| workbench.type_in(|plan| set(plan, at, text))
            />
        }
        .into_any(),
    }
}

/// A figure as it stands in a field, for [`What::Figure`]'s empty ones.
pub fn shown(kind: Kind, exact: i64) -> String {
    kind.show(exact, &Locale)
}
