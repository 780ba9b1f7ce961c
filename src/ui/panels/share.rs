//! The plan as a link.

use leptos::prelude::*;

use crate::browser::clipboard;
use crate::browser::locale::Locale;
use crate::report::Format as _;
use crate::ui::desk::Desk;
use crate::ui::fields::{Button, plain_button};
use crate::ui::markup::view;

/// Up to here a link survives every chat, mail and browser history.
const SAFE: usize = 2_000;
/// Beyond this mail programs stop treating it as a link.
const LONGEST: usize = 8_000;

/// The link, how long it is, and what that means.
#[component]
pub fn SharePanel() -> impl IntoView {
    let desk = Desk::get();
    let workbench = desk.workbench;
    let link = desk.share();
    let length = link.chars().count();
    let (copied, failed) = (RwSignal::new("Copy link".to_owned()), RwSignal::new(String::new()));
    let (plain, html) = (link.clone(), hyperlink(&workbench.plan_now().name, &link));
    let copy = move |()| {
        if clipboard::copy(&plain, Some(&html)) {
            copied.set("Copied".to_owned());
            desk.speak("Link copied.");
        } else {
            failed.set("This browser did not let the page copy. The link above is marked: copy it.".to_owned());
            clipboard::select("share-link");
        }
    };
    let verdict = if length <= SAFE {
        "short enough for chat, mail and every browser's history"
    } else if length <= LONGEST {
        "long: some chats and mail programs cut it off. Better send the plan as a file."
    } else {
        "too long for most programs. Send the plan as a file."
    };
    let shown = Locale.number(f64::from(u32::try_from(length).unwrap_or(u32::MAX)), 0);
    let size = format!(
        "<meter aria-label=\"Length of the link\" max=\"{LONGEST}\" high=\"{SAFE}\" optimum=\"0\" value=\"{length}\"></meter>{shown} characters, {verdict}"
    );
    view! {
        <p>"The whole plan is in the link, behind the #, which browsers do not send to any server. Whoever opens it gets a copy of their own."</p>
        <div class="field">
            <label for="share-link">"Link to this plan"</label>
            <div class="box">
                <input id="share-link" readonly="true" value=link />
            </div>
        </div>
        <p class="size" inner_html=size></p>
        <div class="actions">
            <Button text=copied look="primary" on_press=copy />
            {plain_button("Download as a file", "", move || desk.download())}
        </div>
        <p class="error" role="status">{failed}</p>
    }
}

/// The link under the plan's name, for programs that take formatted text.
fn hyperlink(name: &str, link: &str) -> String {
    let name = name.replace('&', "&amp;").replace('<', "&lt;");
    format!("<a href=\"{link}\">{}</a>", if name.is_empty() { "Backcast" } else { &name })
}
