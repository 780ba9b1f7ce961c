//! Fields as data: where a figure of the plan lies, and what its field says. One renderer for all of them.

use leptos::prelude::*;

use crate::browser::locale::{self, Locale};
use crate::plan::{ItemId, Place, Plan, Scope};
use crate::report::number::Kind;
use crate::ui::desk::Desk;
use crate::ui::fields::{Choice, NumberField, Text, TextField, look};
use crate::ui::markup::view;

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

impl At {
    /// What belongs to the plan as a whole.
    pub const PLAN: Self = Self { scope: Scope::Whole, id: ItemId(0), row: 0 };
}

/// A field.
pub struct Field {
    /// Its accessible name.
    pub label: Said,
    /// A line of help.
    pub note: Said,
    /// Where what is not yet right with it is said.
    pub place: fn(&Plan, At) -> Option<Place>,
    /// What is typed or chosen.
    pub what: What,
}

/// Words beside a field.
#[derive(Clone, Copy)]
pub enum Said {
    /// Always the same.
    As(&'static str),
    /// They follow from the plan.
    Of(fn(&Plan, At) -> String),
}

/// What is typed or chosen in a field.
pub enum What {
    /// A figure in its kind's exact unit. The field may be empty while there is something that applies then, which stands in it.
    Figure(Kind, fn(&Plan, At) -> Option<i64>, fn(&mut Plan, At, Option<i64>), fn(&Plan, At) -> Option<String>),
    /// One of a few words, by its place among them.
    Word(fn(&Plan, At) -> Vec<String>, fn(&Plan, At) -> usize, fn(&mut Plan, At, usize)),
    /// A text of at most so many characters.
    Text(usize, fn(&Plan, At) -> String, fn(&mut Plan, At, String)),
}

/// No words.
pub const SILENT: Said = Said::As("");

/// A field whose place is nowhere: nothing is ever wrong with it but what cannot be read.
pub fn nowhere(_: &Plan, _: At) -> Option<Place> {
    None
}

/// A figure without which the plan says nothing.
pub fn required(_: &Plan, _: At) -> Option<String> {
    None
}

/// Whether a field of a part of the plan may be empty: then what is typed for the whole applies.
pub fn inherits(at: At) -> bool {
    at.scope != Scope::Whole
}

/// Words to choose from, for [`What::Word`].
pub fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Fields side by side.
pub fn form(fields: &'static [Field], at: At) -> AnyView {
    view! { <div class="fields">{column(fields, at, "")}</div> }.into_any()
}

/// Fields one after the other.
pub fn column(fields: &'static [Field], at: At, look_of: &'static str) -> AnyView {
    fields.iter().map(|field| draw(field, at, said(field.label, at), look_of)).collect_view().into_any()
}

/// Fields as cells of a table's row; the row's name goes with each field's.
pub fn cells(fields: &'static [Field], at: At, name: &Text) -> AnyView {
    let cell = |field: &'static Field| {
        let (label, name) = (said(field.label, at), name.clone());
        let label = Text::live(move || format!("{} {}", label.get(), name.get()));
        view! { <td>{draw(field, at, label, "compact")}</td> }.into_any()
    };
    fields.iter().map(cell).collect_view().into_any()
}

fn said(said: Said, at: At) -> Text {
    match said {
        Said::As(words) => words.into(),
        Said::Of(words) => Desk::get().workbench.text(move |plan, _| words(plan, at)),
    }
}

/// A field under a name of its own.
pub fn draw(field: &'static Field, at: At, label: Text, look_of: &'static str) -> AnyView {
    let workbench = Desk::get().workbench;
    let note = said(field.note, at);
    let issue = workbench.issue_at(move |plan| (field.place)(plan, at));
    match field.what {
        What::Figure(kind, get, set, empty) => {
            let prefix = workbench.text(move |plan, _| match kind {
                Kind::Money => locale::currency_symbol(plan.currency),
                _ => String::new(),
            });
            let suffix = match kind {
                Kind::Rate | Kind::Factor => "%",
                Kind::Days => "days",
                Kind::Money | Kind::Count => "",
            };
            view! {
                <NumberField
                    label=label
                    kind=kind
                    value=look(move || workbench.read(|plan, _| get(plan, at)))
                    optional=workbench.now(|plan, _| empty(plan, at).is_some())
                    placeholder=workbench.text(move |plan, _| empty(plan, at).unwrap_or_default())
                    prefix=prefix
                    suffix=suffix
                    note=note
                    issue=issue
                    look=look_of
                    on_value=move |exact| workbench.type_in(|plan| set(plan, at, exact))
                />
            }
            .into_any()
        }
        What::Word(words, get, set) => view! {
            <Choice
                label=label
                words=look(move || workbench.read(|plan, _| words(plan, at)))
                chosen=look(move || workbench.read(|plan, _| get(plan, at)))
                note=note
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
                note=note
                issue=issue
                look=look_of
                on_value=move |text| workbench.type_in(|plan| set(plan, at, text))
            />
        }
        .into_any(),
    }
}

/// A figure as it stands in a field, for [`What::Figure`]'s empty ones.
pub fn shown(kind: Kind, exact: impl Into<i64>) -> String {
    kind.show(exact.into(), &Locale)
}
