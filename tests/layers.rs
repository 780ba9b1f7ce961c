//! Layers look down only: the table of the crate docs, held against the `crate::` paths of the source.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test that cannot go on ends there; equal means the same bits"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer, and the layers it may name.
const LAYERS: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("plan", &["units"]),
    ("engine", &["plan", "units"]),
    ("codec", &["plan", "units"]),
    ("report", &["engine", "plan", "units"]),
    ("charts", &["report", "engine", "plan", "units"]),
    ("library", &["codec", "plan", "units"]),
    ("browser", &["report", "units"]),
    ("ui", &["browser", "charts", "codec", "engine", "library", "plan", "report", "units"]),
];

/// Crates that only some layers may name.
const CRATES: &[(&str, &[&str])] = &[
    ("leptos", &["ui"]),
    ("web_sys", &["browser"]),
    ("gloo_storage", &["browser"]),
    ("js_sys", &["browser"]),
    ("wasm_bindgen", &["browser"]),
    ("wasm_split_helpers", &["ui"]),
    ("plotters", &["charts"]),
    ("plotters_backend", &["charts"]),
    ("libm", &["engine"]),
    ("backcast_solver", &["engine"]),
    ("serde_json", &["report"]),
    ("crc", &["codec"]),
];

fn rust_files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            rust_files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.push(path.to_owned());
    }
}

/// The files of a layer: `src/layer.rs` or everything under `src/layer/`.
fn files_of(layer: &str) -> Vec<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let (file, folder) = (source.join(format!("{layer}.rs")), source.join(layer));
    rust_files(if file.exists() { &file } else { &folder }, &mut files);
    assert!(!files.is_empty(), "no source for the layer {layer}");
    files
}

/// The lines of a file that are code, without its unit tests.
fn code(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect()
}

/// Whether a line names something in a crate: `web_sys::Event`, whatever stands before it.
fn names(line: &str, name: &str) -> bool {
    let is_part_of_word = |before: &str| before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
    line.match_indices(&format!("{name}::")).any(|(at, _)| !is_part_of_word(&line[..at]))
}

/// The word after each occurrence of `before` in a line.
fn words_after<'a>(line: &'a str, before: &str) -> Vec<&'a str> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    line.split(before).skip(1).map(|rest| rest.split(|character| !is_word(character)).next().unwrap_or("")).collect()
}

#[test]
fn layers_look_down_only() {
    for (layer, allowed) in LAYERS {
        for file in files_of(layer) {
            for line in code(&file) {
                for used in words_after(&line, "crate::") {
                    let known = used == *layer || allowed.contains(&used);
                    assert!(known, "{layer} names {used} in {}: {line}", file.display());
                }
            }
        }
    }
}

#[test]
fn crates_stay_in_their_layers() {
    for (layer, _) in LAYERS {
        for file in files_of(layer) {
            for line in code(&file) {
                for (name, layers) in CRATES {
                    assert!(
                        !names(&line, name) || layers.contains(layer),
                        "{layer} names {name} in {}: {line}",
                        file.display()
                    );
                }
            }
        }
    }
}

#[test]
fn a_crate_is_noticed_wherever_it_is_named() {
    for line in ["use web_sys::Event;", "fn on(event: &web_sys::Event)", "Option<web_sys::File>", "(web_sys::window())"]
    {
        assert!(names(line, "web_sys"), "{line}");
    }
    assert!(!names("use my_web_sys::Event; use web_system::x;", "web_sys"));
}

#[test]
fn the_table_names_every_folder_of_the_source() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(source).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let known = matches!(name.as_str(), "lib" | "main") || LAYERS.iter().any(|(layer, _)| *layer == name);
        assert!(known, "{name} is in no layer");
    }
}
