//! The README keeps its word: its questions have the answers it shows, and its commands run.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::PathBuf, process::Command};

use serde_json::Value;
use tests::{
    On, World, folder,
    program::{PROGRAM, Service, run},
};

fn path() -> PathBuf {
    folder("../README.md")
}

/// The fenced blocks of a language, in order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    text.split(&fence)
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

async fn answers_are_the_ones_shown(on: On) {
    let readme = fs::read_to_string(path()).unwrap();
    let (questions, shown) = (blocks(&readme, "graphql"), blocks(&readme, "json"));
    assert_eq!(questions.len(), shown.len(), "each question has its answer");
    let world = World::new(on, None).await.unwrap();
    let mut blessed = readme.clone();
    for (question, shown) in questions.iter().zip(&shown) {
        let answer = world.ask(question).await.body;
        if std::env::var_os("BLESS").is_some() {
            let answer = format!("{}\n", compact(&answer, 0));
            blessed = blessed.replacen(shown.as_str(), &answer, 1);
            continue;
        }
        let shown: Value = serde_json::from_str(shown).unwrap();
        assert_eq!(
            answer.to_string(),
            shown.to_string(),
            "{question}\nif this is right: cargo bless"
        );
    }
    if blessed != readme {
        fs::write(path(), blessed).unwrap();
    }
}

/// JSON with what fits on a line on one line, as people write it.
fn compact(value: &Value, indent: usize) -> String {
    let flat = spaced(value);
    if flat.len() + indent <= 116 {
        return flat;
    }
    let pad = " ".repeat(indent + 2);
    let end = " ".repeat(indent);
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .map(|item| format!("{pad}{}", compact(item, indent + 2)))
                .collect();
            format!("[\n{}\n{end}]", items.join(",\n"))
        }
        Value::Object(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    let key = Value::from(key.as_str());
                    format!("{pad}{key}: {}", compact(value, indent + 2))
                })
                .collect();
            format!("{{\n{}\n{end}}}", entries.join(",\n"))
        }
        _ => flat,
    }
}

fn spaced(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let items: Vec<String> = items.iter().map(spaced).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(entries) if !entries.is_empty() => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{}: {}", Value::from(key.as_str()), spaced(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        value => value.to_string(),
    }
}

#[tokio::test]
async fn answers_are_the_ones_shown_sqlite() {
    answers_are_the_ones_shown(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs TEST_POSTGRES_URL"]
async fn answers_are_the_ones_shown_postgres() {
    answers_are_the_ones_shown(On::Postgres).await;
}

#[test]
fn commands_run() {
    let readme = fs::read_to_string(path()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let service = Service::start(home.path());
    let seeds = folder("../seeds");
    for line in blocks(&readme, "sh").iter().flat_map(|block| block.lines()) {
        let command = line.split(" # ").next().unwrap().trim();
        if let Some(arguments) = command
            .strip_prefix("cargo run -- ")
            .or_else(|| command.strip_prefix("cargo run --release -- "))
        {
            let arguments: Vec<&str> = arguments
                .split_whitespace()
                .map(|argument| match argument {
                    "seeds" => seeds.to_str().unwrap(),
                    argument => argument,
                })
                .collect();
            if arguments.contains(&"serve") {
                // Served for ever; that it takes these flags is shown by one that it does not take.
                let (status, text) = run(
                    home.path(),
                    &[&arguments[..], &["--body-limit", "1"]].concat(),
                );
                assert!(
                    status == 2 && text.contains("body_limit"),
                    "{command}: {text}"
                );
            } else {
                let (status, text) = run(home.path(), &arguments);
                assert_eq!(status, 0, "{command}: {text}");
            }
        } else if command.starts_with("curl ") {
            let command = command.replace("127.0.0.1:8000", &service.address);
            let output = Command::new("sh").args(["-c", &command]).output().unwrap();
            let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
            let answered = answer["data"].is_object() || answer["items"][0].is_object();
            assert!(answered, "{command}: {answer}");
        } else {
            let known = ["cargo run", "tests/run"].contains(&command);
            assert!(known, "nothing tests the command {command:?}");
        }
    }
    assert!(PROGRAM.exists() && folder("run").exists());
}

#[test]
fn clients_are_those_that_run() {
    let readme = fs::read_to_string(path()).unwrap();
    for (told, file) in [
        (
            "TypeScript, by `@graphql-codegen`",
            "typescript/with_urql.mts",
        ),
        (
            "Rust, by `graphql_client`",
            "rust/src/bin/with_graphql_client.rs",
        ),
        ("Rust, by `cynic`", "rust/src/bin/with_cynic.rs"),
        ("Python, by `ariadne-codegen`", "python/lineage.py"),
    ] {
        let start = format!("- {told}: `");
        let shown = readme.lines().find_map(|line| line.strip_prefix(&start));
        let shown = shown.unwrap().trim_end_matches('`');
        let file = folder("clients").join(file);
        let text = fs::read_to_string(&file).unwrap();
        let runs = text.lines().any(|line| line.trim() == shown);
        assert!(runs, "{} does not say: {shown}", file.display());
    }
}

#[test]
fn it_is_short_and_names_what_there_is() {
    let readme = fs::read_to_string(path()).unwrap();
    assert!(readme.lines().count() < 200);
    for place in ["entity", "migration", "api", "seeds", "tests"] {
        assert!(readme.contains(&format!("| `{place}/` |")), "{place}");
        assert!(folder("..").join(place).is_dir(), "{place}");
    }
}
