//! Starts the app in the page.

/// Two-level segregated fit, in a tenth of the bytes of the allocator that comes with Rust.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    backcast::ui::app::start();
}
