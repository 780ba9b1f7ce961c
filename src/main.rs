//! Starts the app in the page.

fn main() {
    backcast::ui::app::start();
}
