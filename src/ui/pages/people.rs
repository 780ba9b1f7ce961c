//! The people: whether what the pipeline brings can be closed, and whom that takes; whether the leads can be worked.
//!
//! The page is not in the first load: it arrives when it is first opened.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

use crate::ui::fields::{Text, part, plain_button};
use crate::ui::markup::view;
use crate::ui::panels::{
    BudgetPanel, CapacityPanel, ChangePanel, ChannelsPanel, DevelopmentPanel, Followed, MixPanel, MoneyPanel,
    MonthlyPanel, SellersPanel, WhyOfSellers, Worked, development_form, why_of_sellers,
};

/// The page that answers *with whom*; what there is to say until it is here.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let told = RwSignal::new(String::new());
    let load = move || {
        told.set("Loading\u{2026}".to_owned());
        spawn_local(async move {
            let failed = load_page().await.is_err();
            told.try_set(if failed { FAILED.to_owned() } else { String::new() });
        });
    };
    load();
    let page = move || match told.get() {
        told if told.is_empty() => at_once(page(&FORMS)).and_then(Result::ok).into_any(),
        told => {
            let retry = (told == FAILED).then(|| plain_button("Try again", "", load));
            view! { <section class="answer"><p>{told}</p>{retry}</section> }.into_any()
        }
    };
    part(page.into())
}

const FAILED: &str = "This page did not arrive. Your plan is safe: try again, or reload.";

/// What has been loaded does not let anybody wait.
fn at_once<T>(drawn: impl Future<Output = T>) -> Option<T> {
    match pin!(drawn).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(drawn) => Some(drawn),
        Poll::Pending => None,
    }
}

/// What people type into, and why, handed to the page that is loaded: forms and explanations share most of their code with those of
/// other pages, and are smaller beside them.
struct Forms {
    sellers: fn(Followed) -> AnyView,
    development: fn(Text) -> AnyView,
    channels: fn() -> AnyView,
    budget: fn() -> AnyView,
    why: WhyOfSellers,
}

static FORMS: Forms = Forms {
    sellers: |followed| view! { <SellersPanel followed=followed /> }.into_any(),
    development: development_form,
    channels: || view! { <ChannelsPanel /> }.into_any(),
    budget: || view! { <BudgetPanel /> <MonthlyPanel /> }.into_any(),
    why: why_of_sellers,
};

#[wasm_split(people, fallible, preload(load_page))]
fn page(forms: &'static Forms) -> Result<AnyView, SplitLoaderError> {
    let followed = Followed::new(Worked::out);
    Ok(view! {
        <section>
            <CapacityPanel followed=followed.clone() why=forms.why />
            {(forms.sellers)(followed.clone())}
            <DevelopmentPanel form=forms.development />
            {(forms.channels)()}
            {(forms.budget)()}
            <MoneyPanel followed=followed />
            <ChangePanel />
            <MixPanel />
        </section>
    }
    .into_any())
}
