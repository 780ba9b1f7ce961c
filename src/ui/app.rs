//! Boot order, what every component can reach, and the page.

use leptos::prelude::*;

use crate::browser::clock::Debounce;
use crate::browser::locale::Locale;
use crate::browser::{clipboard, files, page};
use crate::report::answer;
use crate::ui::desk::{Desk, Page};
use crate::ui::dialog::DialogHost;
use crate::ui::fields::{Text, effect, part, plain_button};
use crate::ui::markup::view;
use crate::ui::pages::{CalendarPage, FunnelPage, PeoplePage};
use crate::ui::panels::{Footer, Header, Notices};

/// Starts the app: panics are reported first, the first text goes last.
pub fn start() {
    page::report_panics();
    let Some(place) = page::mount_point() else { return };
    mount_to(place, App).forget();
    page::ready();
}

/// The whole app.
#[component]
fn App() -> impl IntoView {
    let desk = Desk::open_at_start();
    let workbench = desk.workbench;
    provide_context(desk);

    effect(Box::new(move || {
        let name = workbench.read(|plan, _| plan.name.clone());
        page::set_title(&if name.trim().is_empty() { "Backcast".to_owned() } else { format!("{name} · Backcast") });
    }));
    page::on_shortcut(move |shortcut| {
        // Over the page stands a dialog: what is behind it stays as it is.
        if page::is_dialog_open() {
            return false;
        }
        match shortcut {
            page::Shortcut::Undo => workbench.undo(),
            page::Shortcut::Redo => workbench.redo(),
        }
        true
    });
    clipboard::on_paste(move |text| desk.open_text(&text));
    files::on_drop(move |file| match file {
        Ok(text) => desk.open_text(&text),
        Err(reason) => desk.warn(reason, vec![]),
    });

    // Drawn anew for each document that is opened, so that no draft of one stands in another.
    let header = move || {
        desk.opened.track();
        view! { <Header /> }.into_any()
    };
    // Drawn anew, too, when the part that is looked at is gone, or segments state their goals in another way.
    let forms = Memo::new(move |_| desk.forms());
    let page = move || {
        desk.opened.track();
        // Read, not only tracked: a memo that nobody has read follows nothing.
        forms.get();
        match desk.page() {
            Page::Funnel => view! { <FunnelPage /> }.into_any(),
            Page::Calendar => view! { <CalendarPage /> }.into_any(),
            Page::People => view! { <PeoplePage /> }.into_any(),
        }
    };
    view! {
        {plain_button("Skip to the plan", "skip", || page::focus("#main"))}
        {part(header.into())}
        <main id="main">
            <Notices />
            {part(page.into())}
        </main>
        <Footer />
        <DialogHost />
        <Announcer desk=desk />
    }
}

/// Speaks once and late: the answer when it has stood for a second, and what was done.
#[component]
fn Announcer(desk: Desk) -> impl IntoView {
    let late = Debounce::new(1000);
    let mut said = None;
    effect(Box::new(move || {
        let answer = desk.workbench.read(|plan, outcome| answer::answer(plan, outcome, &Locale).text());
        // What stands there at the start is read with the page.
        if said.replace(answer.clone()).is_some_and(|said| said != answer) {
            late.run(move || desk.speak(&answer));
        }
    }));
    let spoken = Text::live(move || desk.spoken());
    view! { <p class="visually-hidden" role="status" aria-label="Announcements">{spoken}</p> }
}
