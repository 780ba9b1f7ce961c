//! Fields as data: where a figure of the plan lies, and what its field says. One renderer for all of them, and for what is read
//! and pressed beside them in the rows of tables.

use leptos::prelude::*;

use crate::browser::locale::{self, Locale};
use crate::engine::Outcome;
use crate::plan::{ItemId, Place, Plan, Scope};
use crate::report::number::Kind;
use crate::report::words;
use crate::ui::desk::Desk;
use crate::ui::fields::{Choice, NumberField, Text, TextField, effect, look, named_button};
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
    /// Where in the plan something may not be right with it; `None` where nothing is ever wrong but what cannot be read.
    pub place: Option<fn(&Plan, At) -> Option<Place>>,
    /// What is typed or chosen.
    pub what: What,
}

/// A field of which name and help never change, and with which nothing is ever wrong but what cannot be read.
pub const fn field(label: &'static str, note: &'static str, what: What) -> Field {
    Field { label: Said::As(label), note: Said::As(note), place: None, what }
}

/// Words beside a field.
#[derive(Clone, Copy)]
pub enum Said {
    /// Always the same.
    As(&'static str),
    /// They follow from the plan.
    Of(fn(&Plan, At) -> String),
}

/// What is typed or chosen in a field; or, in a table, what is read or pressed in its place.
pub enum What {
    /// A figure in its kind's exact unit. The field may be empty while there is something that applies then, which stands in it;
    /// `None` where the plan says nothing without the figure.
    Figure(Kind, fn(&Plan, At) -> Option<i64>, fn(&mut Plan, At, Option<i64>), Option<fn(&Plan, At) -> Option<String>>),
    /// One of a few words, by its place among them.
    Word(fn(&Plan, At) -> Vec<String>, fn(&Plan, At) -> usize, fn(&mut Plan, At, usize)),
    /// A text of at most so many characters.
    Text(usize, fn(&Plan, At) -> String, fn(&mut Plan, At, String)),
    /// A text that follows from the plan, to be read.
    Told(fn(&Plan, &Outcome, At) -> String),
    /// A button that says this, and does that.
    Press(&'static str, fn(Desk, At)),
}

/// No words.
pub const SILENT: Said = Said::As("");

/// Whether a field of a part of the plan may be empty: then what is typed for the whole applies.
pub fn inherits(at: At) -> bool {
    at.scope != Scope::Whole
}

/// Fields side by side.
pub fn form(fields: &'static [Field], at: At) -> AnyView {
    view! { <div class="fields">{column(fields, at, "")}</div> }.into_any()
}

/// Fields one after the other.
pub fn column(fields: &'static [Field], at: At, look_of: &'static str) -> AnyView {
    all(fields, at, look_of, None).collect_view().into_any()
}

/// Fields as cells of a table's row; the row's name goes with each field's.
pub fn cells(fields: &'static [Field], at: At, name: fn(&Plan, At) -> String) -> AnyView {
    let cell = |(field, what): (&Field, AnyView)| {
        let class = if let What::Told(_) | What::Press(..) = field.what { "number" } else { "" };
        view! { <td class=class>{what}</td> }.into_any()
    };
    fields.iter().zip(all(fields, at, "compact", Some(name))).map(cell).collect_view().into_any()
}

/// The view of each field, in order.
///
/// What they show is one signal for all of them, a copy that is set where the plan changed it: of the fields of forty rows, those of
/// one hear of a key. A memo in its place would have each of its listeners look again.
fn all(
    fields: &'static [Field],
    at: At,
    look_of: &'static str,
    name: Option<fn(&Plan, At) -> String>,
) -> impl Iterator<Item = AnyView> {
    let workbench = Desk::get().workbench;
    let now = move || -> Vec<Shown> {
        workbench.read(|plan, outcome| fields.iter().map(|field| Shown::of(field, at, name, plan, outcome)).collect())
    };
    let shown = RwSignal::new(untrack(now));
    effect(Box::new(move || {
        let now = now();
        if *shown.read_untracked() != now {
            shown.set(now);
        }
    }));
    fields.iter().enumerate().map(move |(index, field)| draw(field, at, look_of, shown, index))
}

/// What a field shows.
#[derive(Default, PartialEq)]
struct Shown {
    label: String,
    note: String,
    issue: String,
    unit: String,
    figure: Option<i64>,
    is_optional: bool,
    /// What is typed or told; of a figure, what applies while its field is empty.
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
        shown.issue = words::issue_at(plan, &outcome.issues, field.place.and_then(|place| place(plan, at)));
        match field.what {
            What::Figure(kind, get, _, empty) => {
                shown.figure = get(plan, at);
                (shown.is_optional, shown.text) =
                    empty.and_then(|empty| empty(plan, at)).map_or_else(Default::default, |text| (true, text));
                if let Kind::Money = kind {
                    shown.unit = locale::currency_symbol(plan.currency);
                }
            }
            What::Word(words, get, _) => (shown.words, shown.chosen) = (words(plan, at), get(plan, at)),
            What::Text(_, get, _) => shown.text = get(plan, at),
            What::Told(say) => shown.text = say(plan, outcome, at),
            What::Press(..) => {}
        }
        shown
    }
}

/// A field, of which this is the index among what is shown.
fn draw(field: &'static Field, at: At, look_of: &'static str, shown: RwSignal<Vec<Shown>>, index: usize) -> AnyView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let text =
        |say: fn(&Shown) -> &String| Text::live(move || shown.read().get(index).map(say).cloned().unwrap_or_default());
    let (label, note, issue) = (text(|shown| &shown.label), text(|shown| &shown.note), text(|shown| &shown.issue));
    match field.what {
        What::Figure(kind, _, set, _) => {
            let suffix = match kind {
                Kind::Rate | Kind::Factor => "%",
                Kind::Days => "days",
                Kind::Money | Kind::Count | Kind::Decimal => "",
            };
            view! {
                <NumberField
                    label=label
                    kind=kind
                    value=look(move || shown.read().get(index)?.figure)
                    optional=shown.read_untracked().get(index).is_some_and(|shown| shown.is_optional)
                    placeholder=text(|shown| &shown.text)
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
                words=look(move || shown.read().get(index).map(|shown| shown.words.clone()).unwrap_or_default())
                chosen=look(move || shown.read().get(index).map_or(0, |shown| shown.chosen))
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
        What::Told(_) => view! {
            <output aria-label=label aria-live="off">{text(|shown| &shown.text)}</output>
        }
        .into_any(),
        What::Press(text, act) => named_button(text, label, "why", move || act(desk, at)),
    }
}

/// A figure as it stands in a field, for [`What::Figure`]'s empty ones.
pub fn shown(kind: Kind, exact: impl Into<i64>) -> String {
    kind.show(exact.into(), &Locale)
}
