//! Facts held against answers.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{World, folder};

use crate::{
    path::{Found, brief},
    table::{Citation, Expected, Fact, Names, Row, Tables},
};

/// The source that everything is cited from.
const SOURCE: &str = "International Socialist Group (Scotland)";

/// What every name of the tables is answered with.
pub type Answers = BTreeMap<String, Value>;

/// A fact that was not found, and why.
#[derive(Debug)]
pub struct Failure {
    pub number: String,
    pub text: String,
}

pub fn query(name: &str) -> String {
    let file = folder("tests/facts/queries").join(format!("{name}.graphql"));
    std::fs::read_to_string(file).unwrap()
}

/// Asks all that the tables ask, each thing once.
pub async fn answers(world: &World, tables: &Tables) -> Answers {
    let mut answers = Answers::new();
    for row in tables.facts.iter().flat_map(|fact| &fact.rows) {
        if answers.contains_key(&row.asked_of) {
            continue;
        }
        let (name, slug) = tables.names.query(&row.asked_of).unwrap();
        let variables = slug.map_or(Value::Null, |slug| json!({ "slug": slug }));
        let answer = world.ask_with(&query(name), variables).await;
        assert_eq!(answer.body.get("errors"), None, "{}", row.asked_of);
        assert_eq!(answer.statements, 1, "{}", row.asked_of);
        answers.insert(row.asked_of.clone(), answer.body["data"][name].clone());
    }
    answers
}

pub fn failures(tables: &Tables, answers: &Answers) -> Vec<Failure> {
    let mut failures = Vec::new();
    for Fact {
        number,
        words,
        rows,
    } in &tables.facts
    {
        for row in rows {
            let answer = &answers[&row.asked_of];
            let Err(found) = check(row, answer, &tables.names) else {
                continue;
            };
            let (query, slug) = tables.names.query(&row.asked_of).unwrap();
            let slug = slug.map(|slug| format!(" of {slug}")).unwrap_or_default();
            let Row { way, expected, .. } = row;
            let cited = row.citation.as_ref().map(|citation| {
                format!(
                    "
  cited  {citation}"
                )
            });
            let cited = cited.unwrap_or_default();
            failures.push(Failure {
                number: number.clone(),
                text: format!(
                    "\nfact {number}: {words}\n  asked  queries/{query}.graphql{slug}: {way}\n  \
                     wanted {expected}{cited}\n  found  {found}\n"
                ),
            });
        }
    }
    failures
}

/// Fails with what came back.
fn check(row: &Row, answer: &Value, names: &Names) -> Result<(), String> {
    if answer.is_null() {
        return Err("no such thing".to_owned());
    }
    let found = row.path.find(answer, names)?;
    let values = || brief(&found.iter().map(|one| one.value.clone()).collect());
    let fitting = |cell: &str| {
        let mut fitting = found.clone();
        fitting.retain(|one| names.same(one.value, cell));
        fitting
    };
    let holds = match &row.expected {
        Expected::Nothing => found.is_empty(),
        Expected::Value(cell) => !fitting(cell).is_empty(),
        Expected::Only(cells) => {
            let known = |one: &Found<'_>| cells.iter().any(|cell| names.same(one.value, cell));
            found.iter().all(known) && cells.iter().all(|cell| !fitting(cell).is_empty())
        }
    };
    if !holds {
        return Err(values());
    }
    let (Some(citation), Expected::Value(cell)) = (&row.citation, &row.expected) else {
        return Ok(());
    };
    let fitting = fitting(cell);
    if fitting
        .iter()
        .any(|one| cited(citation, one, row.path.property(), answer))
    {
        return Ok(());
    }
    let claims = fitting
        .iter()
        .flat_map(|one| claims(one, row.path.property(), answer))
        .map(|claim| {
            let status = claim["status"].as_str().unwrap_or_default();
            format!(
                "\n           {status} {} {}",
                claim["locator"], claim["quote"]
            )
        });
    let items = fitting
        .iter()
        .filter_map(|one| Some(one.item?["status"].as_str()?.to_owned()));
    Err(format!(
        "{}, {} cited as{}",
        values(),
        items.collect::<Vec<_>>().join(" "),
        claims.collect::<String>()
    ))
}

/// The claims for what was found: of the item, which may be a claim itself, else of the entity's field.
fn claims<'a>(found: &Found<'a>, property: &str, answer: &'a Value) -> Vec<&'a Value> {
    match found.item {
        Some(item) if item.get("quote").is_some() => vec![item],
        Some(item) => item["claims"].as_array().into_iter().flatten().collect(),
        None => {
            let claims = answer["claims"].as_array().into_iter().flatten();
            claims
                .filter(|claim| claim["property"] == property)
                .collect()
        }
    }
}

fn cited(citation: &Citation, found: &Found<'_>, property: &str, answer: &Value) -> bool {
    let sure = |thing: &Value| thing["status"] == *citation.status;
    // A name has no status of its own.
    let unmarked = |item: &Value| item.get("status").is_none();
    found.item.is_none_or(|item| unmarked(item) || sure(item))
        && claims(found, property, answer).into_iter().any(|claim| {
            sure(claim)
                && claim["source"]["title"] == SOURCE
                && claim["locator"] == *citation.section
                && claim["quote"] == *citation.quote
        })
}
