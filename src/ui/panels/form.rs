//! Fields as data: where a figure of the plan lies, and what its field says. One renderer for all of them.

use leptos::prelude::*;

use crate::browser::locale::{self, Locale};
use crate::engine::Outcome;
use crate::plan::{ItemId, Place, Plan, Scope};
use crate::report::number::Kind;
use crate::report::words;
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
    fields.iter().map(|field| draw(field, at, look_of, None)).collect_view().into_any()
}

/// Fields as cells of a table's row; the row's name goes with each field's.
pub fn cells(fields: &'static [Field], at: At, name: fn(&Plan, At) -> String) -> AnyView {
    fields
        .iter()
        .map(|field| view! { <td>{draw(field, at, "compact", Some(name))}</td> }.into_any())
        .collect_view()
        .into_any()
}

/// What a field shows.
#[derive(Default, PartialEq)]
struct Shown {
    label: String,
    note: String,
    issue: String,
    unit: String,
    /// What applies while the field is empty, if it may be.
    empty: Option<String>,
    figure: Option<i64>,
    text: String,
    words: Vec<String>,
    chosen: usize,
}

impl Shown {
    fn of(field: &Field, at: At, name: Option<fn(&Plan, At) -> String>, plan: &Plan, outcome: &Outcome) -> Self {
        let said = |said: Said| match said {
            Said::As(words) => words.to_owned(),
            Said::Of(words) => words(plan, at),
        };
        let mut shown = Self { label: said(field.label), note: said(field.note), ..Self::default() };
        if let Some(name) = name {
            shown.label = format!("{} {}", shown.label, name(plan, at));
        }
        shown.issue = words::issue_at(plan, outcome, (field.place)(plan, at));
        match field.what {
            What::Figure(kind, get, _, empty) => {
                (shown.figure, shown.empty) = (get(plan, at), empty(plan, at));
                if let Kind::Money = kind {
                    shown.unit = locale::currency_symbol(plan.currency);
                }
            }
            What::Word(words, get, _) => (shown.words, shown.chosen) = (words(plan, at), get(plan, at)),
            What::Text(_, get, _) => shown.text = get(plan, at),
        }
        shown
    }
}

/// A field. What it shows is one memo: the plan has as many listeners as fields, and a field that shows the same is left alone.
fn draw(field: &'static Field, at: At, look_of: &'static str, name: Option<fn(&Plan, At) -> String>) -> AnyView {
    let workbench = Desk::get().workbench;
    let shown = Memo::new(move |_| workbench.read(|plan, outcome| Shown::of(field, at, name, plan, outcome)));
    let text = |say: fn(&Shown) -> &String| Text::live(move || say(&shown.read()).clone());
    let (label, note, issue) = (text(|shown| &shown.label), text(|shown| &shown.note), text(|shown| &shown.issue));
    match field.what {
        What::Figure(kind, _, set, _) => {
            let suffix = match kind {
                Kind::Rate | Kind::Factor => "%",
                Kind::Days => "days",
                Kind::Money | Kind::Count => "",
            };
            view! {
                <NumberField
                    label=label
                    kind=kind
                    value=look(move || shown.read().figure)
                    optional=shown.read_untracked().empty.is_some()
                    placeholder=Text::live(move || shown.read().empty.clone().unwrap_or_default())
                    prefix=text(|shown| &shown.unit)
                    suffix=suffix
                    note=note
                    issue=issue
                    look=look_of
                    on_value=move |exact| workbench.type_in(|plan| set(plan, at, exact))
                />
            }
            .into_any()
        }
        What::Word(_, _, set) => view! {
            <Choice
                label=label
                words=look(move || shown.read().words.clone())
                chosen=look(move || shown.read().chosen)
                note=note
                look=look_of
                on_choose=move |place| workbench.edit(|plan| set(plan, at, place))
            />
        }
        .into_any(),
        What::Text(max_chars, _, set) => view! {
            <TextField
                label=label
                value=text(|shown| &shown.text)
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
