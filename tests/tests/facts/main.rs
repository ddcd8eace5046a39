//! Every fact of the source article can be found through the public API, with its citation. The tables beside this
//! file say which, in words; `README.md` says how they are read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod check;
mod path;
mod seeds;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tests::{On, World, folder};

use crate::{
    check::{Answers, answers, failures, query},
    table::{Expected, Tables},
};

fn tables() -> Tables {
    Tables::read(&folder("tests/facts")).unwrap()
}

async fn every_fact_is_found(on: On) {
    let world = World::new(on, None).await.unwrap();
    let tables = tables();
    let failures = failures(&tables, &answers(&world, &tables).await);
    let text: String = failures.iter().map(|failure| &*failure.text).collect();
    assert!(failures.is_empty(), "{text}");
    every_quote_stands_in_its_section(&world).await;
}

#[tokio::test]
async fn every_fact_is_found_on_sqlite() {
    every_fact_is_found(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn every_fact_is_found_on_postgres() {
    every_fact_is_found(On::Postgres).await;
}

#[test]
fn the_tables_hold_every_fact_once() {
    let tables = tables();
    let mut numbers: Vec<String> = (1..=119).map(|number| number.to_string()).collect();
    for (letter, last) in [("D", 6), ("A", 3), ("N", 14)] {
        numbers.extend((1..=last).map(|number| format!("{letter}{number}")));
    }
    let found: Vec<_> = tables.facts.iter().map(|fact| &fact.number).collect();
    assert_eq!(found, numbers.iter().collect::<Vec<_>>());

    // Between the brackets of "(=27)" stands the fact that the article says here again.
    let by_number: BTreeMap<_, _> = tables
        .facts
        .iter()
        .map(|fact| (&*fact.number, fact))
        .collect();
    let mut again = Vec::new();
    for fact in &tables.facts {
        assert!(!fact.words.is_empty(), "fact {}", fact.number);
        let Some((_, first)) = fact.words.split_once("(=") else {
            continue;
        };
        let first = first.trim_end_matches(')').split(';').next().unwrap();
        let (one, other) = (&fact.rows[0], &by_number[first].rows);
        let (quoted, same) = (one.citation.as_ref().unwrap(), |row: &&table::Row| {
            row.asked_of == one.asked_of && row.path.property() == one.path.property()
        });
        let first_row = other.iter().find(same).unwrap();
        let first_quoted = first_row.citation.as_ref().unwrap();
        assert_ne!(quoted.section, first_quoted.section, "fact {}", fact.number);
        again.push(fact.number.as_str());
    }
    let expected = "30 70 77 93 102 107 108 109 111";
    assert_eq!(again.join(" "), expected);
}

#[test]
fn no_row_is_empty_of_meaning() {
    let tables = tables();
    for fact in &tables.facts {
        for row in &fact.rows {
            let (name, _) = tables.names.query(&row.asked_of).unwrap();
            let query = query(name);
            let words: BTreeSet<_> = query
                .split(|letter: char| !letter.is_alphanumeric())
                .collect();
            for field in row.path.fields() {
                assert!(
                    words.contains(field),
                    "fact {}: `{field}` is not asked",
                    fact.number
                );
            }
            if row.citation.is_some() {
                assert!(
                    matches!(row.expected, Expected::Value(_)),
                    "fact {}",
                    fact.number
                );
            }
        }
        // A3 is told by notes; what is not said has nothing to cite.
        let cited = fact.rows.iter().any(|row| row.citation.is_some());
        let silent = fact.number.starts_with('N') || fact.number == "A3";
        assert_eq!(cited, !silent, "fact {}", fact.number);
    }
}

/// Of every fact, every row: without its claims a cited one fails, without its value one that expects a value.
#[tokio::test]
async fn every_row_can_fail() {
    let world = World::new(On::Sqlite, None).await.unwrap();
    let tables = tables();
    let whole = answers(&world, &tables).await;
    let rows = || tables.facts.iter().flat_map(|fact| &fact.rows);

    let spoilt = |spoil: &dyn Fn(&str, &mut Value)| {
        let mut spoilt = whole.clone();
        for answer in spoilt.values_mut() {
            walk(answer, spoil);
        }
        failures(&tables, &spoilt).len()
    };
    let cited = rows().filter(|row| row.citation.is_some()).count();
    let requoted = spoilt(&|key, value| {
        if key == "quote" {
            *value = json!("something else");
        }
    });
    let relocated = spoilt(&|key, value| {
        if key == "locator" {
            *value = json!("Appendix");
        }
    });
    let retitled = spoilt(&|key, value| {
        if key == "title" {
            *value = json!("Another source");
        }
    });
    assert!(requoted >= cited && relocated >= cited && retitled >= cited);

    let expecting = rows().filter(|row| !matches!(row.expected, Expected::Nothing));
    let changed = spoilt(&|_, value| {
        if let Value::String(text) = value {
            text.push('?');
        } else if value.is_number() || value.is_boolean() {
            *value = json!(-1);
        }
    });
    assert!(changed >= expecting.count());

    let absent: Answers = whole
        .keys()
        .map(|name| (name.clone(), Value::Null))
        .collect();
    assert_eq!(failures(&tables, &absent).len(), rows().count());
}

fn walk(value: &mut Value, spoil: &dyn Fn(&str, &mut Value)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                spoil(key, value);
                walk(value, spoil);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| walk(value, spoil)),
        _ => (),
    }
}

/// The section that a claim names is where its quote stands. The source's text opens with the infobox, a list, and the lead.
async fn every_quote_stands_in_its_section(world: &World) {
    let mut after = Value::Null;
    let (mut count, mut wrong) = (0, Vec::new());
    loop {
        let answer = world
            .ask_with(&query("sources"), json!({ "after": after }))
            .await;
        let source = &answer.body["data"]["sources"]["nodes"][0];
        let text = source["text"].as_str().unwrap();
        for claim in source["claims"]["nodes"].as_array().unwrap() {
            let (locator, quote) = (
                claim["locator"].as_str().unwrap(),
                claim["quote"].as_str().unwrap(),
            );
            if !section(text, locator).contains(quote) {
                wrong.push(claim.to_string());
            }
            count += 1;
        }
        if source["claims"]["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = source["claims"]["pageInfo"]["endCursor"].clone();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 119, "{count}");
}

fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let (opening, _) = text.split_once("\n==").unwrap();
    let (infobox, lead) = opening.split_at(opening.rfind("\n- ").unwrap());
    let (last, lead) = lead[1..].split_once('\n').unwrap();
    match name {
        "Infobox" => &opening[..infobox.len() + 1 + last.len()],
        "Lead" => lead,
        _ => {
            let (_, after) = text.split_once(&format!("\n=={name}==\n")).unwrap();
            after.split("\n==").next().unwrap()
        }
    }
}
