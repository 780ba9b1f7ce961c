//! What sellers can close of what the pipeline brings: the sentence, the pictures, the table.

use leptos::prelude::*;

use super::answer::spans;
use super::why::explained;
use crate::browser::locale::Locale;
use crate::charts::people::{self as chart, SCALE_NOTE};
use crate::engine::money::{self, Spend};
use crate::engine::{self, Outcome, People};
use crate::plan::Plan;
use crate::report;
use crate::report::people::{self, Bar};
use crate::report::why::Explanation;
use crate::ui;
use crate::ui::desk::Desk;
use crate::ui::fields::{Picture, look, part, when};
use crate::ui::markup::view;

/// What follows from the plan on this page.
pub struct Worked {
    /// For the sellers, if there are any.
    pub people: Option<People>,
    /// For the money, unless the period is over.
    pub spend: Option<Spend>,
}

impl Worked {
    /// Works it out.
    pub fn out(plan: &Plan, outcome: &Outcome) -> Self {
        Self { people: engine::people(plan, outcome), spend: money::spend(plan, outcome) }
    }

    fn bars(&self, outcome: &Outcome) -> Vec<Bar> {
        people::bars(outcome, self.people.as_ref(), self.spend.as_ref())
    }
}

/// What follows, worked out once for each state of the plan.
pub type Followed = ui::followed::Followed<Worked>;

/// How the figures of a subject come about.
pub type WhyOfSellers = fn(&Plan, &Outcome, &Worked, usize) -> Vec<Explanation>;

/// Of the sellers.
pub fn why_of_sellers(plan: &Plan, outcome: &Outcome, worked: &Worked, subject: usize) -> Vec<Explanation> {
    people::explain(plan, outcome, worked.people.as_ref(), worked.spend.as_ref(), subject, &Locale)
}

/// The answer of the page, the bars, and the months.
#[component]
pub fn CapacityPanel(followed: Followed, why: WhyOfSellers) -> impl IntoView {
    let said = followed.clone();
    let sentence = move || spans(said.read(|plan, _, worked| people::answer(plan, worked.people.as_ref(), &Locale)));
    let said = followed.clone();
    let spent = move || spans(said.read(|plan, _, worked| report::money::answer(plan, worked.spend.as_ref(), &Locale)));
    let quotas = followed.text(|plan, _, worked| people::quotas(plan, worked.people.as_ref(), &Locale));
    let bars = followed.text(|plan, outcome, worked| chart::bar_picture(plan, &worked.bars(outcome), &Locale));
    let verdict = followed.text(|_, outcome, worked| people::verdict(&worked.bars(outcome)).to_owned());
    let known = followed.clone();
    let is_known = look(move || known.read(|_, _, worked| worked.people.is_some()));
    let whys = followed.clone();
    let explain = move |subject| whys.read(|plan, outcome, worked| why(plan, outcome, worked, subject));
    let subjects = look(|| Desk::get().workbench.read(|plan, _| people::subjects(plan)));
    let months = move || {
        let picture = followed.text(|plan, _, worked| {
            worked.people.as_ref().map(|people| chart::month_picture(plan, people, &Locale)).unwrap_or_default()
        });
        let table = followed.text(|plan, _, worked| {
            worked.people.as_ref().map(|people| people::months(plan, &people.all, &Locale).html()).unwrap_or_default()
        });
        view! {
            <figure class="calendar">
                <Picture class="capacity" html=picture />
                <figcaption>{SCALE_NOTE}</figcaption>
                <details class="table">
                    <summary>"Show as a table"</summary>
                    <div class="scroll" tabindex="0" role="region" aria-label="The months of the sellers as a table" inner_html=table.class()></div>
                </details>
            </figure>
        }
        .into_any()
    };
    view! {
        <section class="answer" aria-label="Answer">
            <h1>{part(sentence.into())}</h1>
            <p class="brings">{part(spent.into())}</p>
            <p class="under">{quotas}</p>
        </section>
        <figure class="calendar">
            <Picture class="bars" html=bars />
            <figcaption>{verdict}</figcaption>
        </figure>
        {when(is_known, months.into())}
        {explained(subjects, Box::new(explain))}
    }
}
