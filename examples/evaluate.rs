//! Plan JSON in, outcome JSON out: `cargo run --release --example evaluate -- plan.json` (`-` for standard input).
//!
//! A file that is no plan gives one line that names the field and what is allowed, and exit code 2.

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use backcast::{codec, engine, report};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        return fail("usage: evaluate PLAN.json (or - for standard input)");
    };
    let text = match read(&path) {
        Ok(text) => text,
        Err(error) => return fail(&format!("{path}: {error}")),
    };
    let plan = match codec::plan_from_json(&text) {
        Ok(plan) => plan,
        Err(error) => return fail(&format!("{path}: {error}")),
    };
    let outcome = report::outcome_json::outcome_json(&plan, &engine::evaluate(&plan));
    match writeln!(io::stdout(), "{outcome:#}") {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever was to read it has gone.
        Err(_) => ExitCode::FAILURE,
    }
}

/// A little more than the largest plan, so that a larger file is refused as such and not cut off.
const MOST_BYTES: u64 = 2 * codec::MAX_JSON_BYTES as u64;

fn read(path: &str) -> io::Result<String> {
    let mut text = String::new();
    if path == "-" {
        io::stdin().take(MOST_BYTES).read_to_string(&mut text)?;
    } else {
        std::fs::File::open(path)?.take(MOST_BYTES).read_to_string(&mut text)?;
    }
    Ok(text)
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}
