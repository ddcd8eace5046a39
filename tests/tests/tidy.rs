//! What the compiler does not hold together: the invariants of `api/README.md` as far as the text of the files
//! shows them, and how files are kept.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path, path::PathBuf};

/// A file of ours: its path from the root, and its text.
struct File {
    path: String,
    text: String,
}

impl File {
    /// Its lines with their numbers, comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn within(&self, places: &[&str]) -> bool {
        places.iter().any(|place| self.path.starts_with(place))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every Rust file of the workspace.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    let crates = ["entity", "migration", "api", "tests"];
    let mut folders: Vec<PathBuf> = crates.iter().map(|name| root().join(name)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "node_modules" && name != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(root()).unwrap();
                files.push(File {
                    path: relative.to_string_lossy().replace('\\', "/"),
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    assert!(files.len() > 100);
    files
}

/// Whether a line has a word that is not the end of a longer name.
fn names(line: &str, word: &str) -> bool {
    let letter = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !word.starts_with(letter) || !before.is_some_and(letter)
    })
}

/// Says where each of `words` stands in the files that `concerned` picks.
fn forbid(words: &[&str], why: &str, concerned: impl Fn(&File) -> bool) {
    let mut faults = Vec::new();
    for file in files().iter().filter(|file| concerned(file)) {
        for (line, text) in file.code() {
            if let Some(word) = words.iter().find(|word| names(text, word)) {
                faults.push(format!("{}:{line}: `{word}`", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{why}\n{}", faults.join("\n"));
}

#[test]
fn entity_knows_what_is_stored_and_nothing_else() {
    forbid(
        &[
            "api::",
            "migration::",
            "axum",
            "apollo_compiler",
            "sea_orm_migration",
        ],
        "invariant 1: entity knows what is stored and nothing else; it is read by everything",
        |file| file.within(&["entity/"]),
    );
}

#[test]
fn migration_imports_nothing_of_ours() {
    forbid(
        &["entity::", "api::"],
        "invariant 2: migration imports nothing of ours; entities change, history must not",
        |file| file.within(&["migration/src/"]),
    );
}

#[test]
fn only_http_names_axum() {
    forbid(
        &["axum"],
        "invariant 3: only http/ names axum, so that transport can be changed by itself",
        |file| file.within(&["api/src/"]) && !file.within(&["api/src/http/"]),
    );
}

#[test]
fn only_some_name_sea_orm() {
    let allowed = [
        "api/src/graph/",
        "api/src/write/",
        "api/src/seed",
        "api/src/check",
        "api/src/database",
        "api/src/export",
        "api/src/locate.rs",
    ];
    forbid(
        &["sea_orm"],
        "invariant 3: only graph/, write/, seed, check, export, locate and database name sea-orm, so that storage can be changed by itself",
        |file| file.within(&["api/src/"]) && !file.within(&allowed),
    );
}

#[test]
fn rules_are_text() {
    forbid(
        &["crate::", "sea_orm"],
        "invariant 4: a rule is declared once, for check and graph alike, and knows neither",
        |file| file.within(&["api/src/issue"]),
    );
}

#[test]
fn the_graph_knows_nothing_of_transport() {
    forbid(
        &[
            "crate::http",
            "crate::config",
            "crate::seed",
            "crate::check",
        ],
        "invariant 3: a question is answered without knowing how it came in",
        |file| file.within(&["api/src/graph/", "api/src/write/"]),
    );
}

#[test]
fn plain_json_is_made_of_the_schema() {
    forbid(
        &[
            "entity::",
            "crate::http",
            "crate::config",
            "crate::database",
            "crate::export",
            "crate::locate",
        ],
        "invariant 4: what plain JSON is and asks follows from the public schema alone",
        |file| file.within(&["api/src/rest"]),
    );
}

#[test]
fn all_reading_goes_through_the_planner() {
    forbid(
        &[
            "query_one",
            "query_all",
            ".stream(",
            "find_by_id",
            "::find(",
        ],
        "invariant 5: all reading goes through the planner, one statement per root field; only graph/mod.rs sends it",
        |file| {
            file.within(&["api/src/graph/", "api/src/http/", "api/src/rest"])
                && file.path != "api/src/graph/mod.rs"
        },
    );
}

#[test]
fn all_writing_goes_through_write() {
    forbid(
        &[
            "ActiveModel",
            "INSERT INTO",
            "UPDATE ",
            "DELETE FROM",
            "insert_many",
        ],
        "invariant 6: all writing goes through write/, in one transaction",
        |file| file.within(&["api/src/"]) && !file.within(&["api/src/write/"]),
    );
}

#[test]
fn time_is_passed_in() {
    let rules = fs::read_to_string(root().join(".clippy.toml")).unwrap();
    for clock in ["std::time::SystemTime::now", "chrono::Utc::now"] {
        assert!(
            rules.contains(clock),
            "invariant 7: time is passed in; .clippy.toml no longer forbids {clock}"
        );
    }
}

#[test]
fn only_the_error_type_names_codes() {
    let errors = fs::read_to_string(root().join("api/src/error.rs")).unwrap();
    let named = errors.lines().filter_map(|line| {
        let (_, code) = line.trim().strip_prefix("Self::")?.split_once(" => \"")?;
        code.strip_suffix("\",")
    });
    assert_eq!(named.collect::<Vec<_>>(), api::error::CODES);
    let codes = api::error::CODES.map(|code| format!("\"{code}\""));
    let codes = codes.each_ref().map(String::as_str);
    forbid(
        &codes,
        "invariant 10: only error.rs names an error code; the set is closed and documented",
        |file| file.within(&["api/src/"]) && file.path != "api/src/error.rs",
    );
}

#[test]
fn every_module_says_what_it_is() {
    let faults: Vec<String> = files()
        .iter()
        .filter(|file| {
            !file.text.starts_with("//!") && !file.text.starts_with("#![doc = include_str!")
        })
        .map(|file| file.path.clone())
        .collect();
    assert!(
        faults.is_empty(),
        "a module starts with `//!`: what it is, before anybody has to read how\n{}",
        faults.join("\n")
    );
}

#[test]
fn no_file_is_long() {
    let faults: Vec<String> = files()
        .iter()
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > 500)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path))
        .collect();
    assert!(
        faults.is_empty(),
        "no file is over 500 lines: what is longer holds two things\n{}",
        faults.join("\n")
    );
}

#[test]
fn names_say_what_is_inside() {
    let empty = [
        "util", "utils", "common", "helper", "helpers", "manager", "service", "misc",
    ];
    let faults: Vec<String> = files()
        .iter()
        .filter(|file| {
            let mut parts = file.path.trim_end_matches(".rs").split('/');
            parts.any(|part| empty.contains(&part))
        })
        .map(|file| file.path.clone())
        .collect();
    assert!(
        faults.is_empty(),
        "a module's name says what is inside; these could hold anything\n{}",
        faults.join("\n")
    );
}

#[test]
fn migrations_are_named_by_date_number_and_thing() {
    let steps: Vec<String> = files()
        .into_iter()
        .filter_map(|file| Some(file.path.strip_prefix("migration/src/m2")?.to_owned()))
        .collect();
    for step in &steps {
        let (date, rest) = step.split_once('_').unwrap();
        let (number, thing) = rest.split_once('_').unwrap();
        let digits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        assert!(
            digits(date, 7) && digits(number, 6) && thing.len() > 3,
            "m2{step}: a step is named m<date>_<number>_<thing>, so that steps sort by age"
        );
    }
    assert!(!steps.is_empty());
}
