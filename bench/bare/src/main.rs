//! One input, one memo.
use leptos::prelude::*;

fn main() {
    mount_to_body(|| {
        let (text, set_text) = signal(String::new());
        let length = Memo::new(move |_| text.read().len());
        view! {
            <label>"Text " <input on:input:target=move |event| set_text.set(event.target().value()) /></label>
            <output>{length}</output>
        }
    });
}
