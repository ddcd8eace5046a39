//! What was probably meant by words that name nothing: what a search for all of them finds, or for the beginning of
//! one.

use std::cmp::Reverse;

use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

use super::{Ask, request, tool};

const QUESTION: &str = "query Near($query: String!, $kinds: [EntityKind!]) {
  search(query: $query, kinds: $kinds, first: 50) { nodes { type: __typename id slug name } }
}";

/// As many are named.
const MOST: usize = 3;

/// Letters of a word that are looked for when the words are not there, and how many words, the longest first.
const BEGINNING: usize = 4;
const WORDS: usize = 3;

/// How like a slug must be to be named beside the likest.
const LIKE: f64 = 0.7;

/// The entities whose slugs are likest, to stand behind a message; empty: there are none, or they cannot be found now.
pub async fn near(words: &str, kind: Option<&str>, asker: &impl Ask) -> String {
    let words = words.replace(|letter: char| !letter.is_alphanumeric(), " ");
    let words: String = words.chars().take(100).collect();
    let mut longest: Vec<&str> = words.split_whitespace().collect();
    longest.sort_by_key(|word| Reverse(word.len()));
    let beginnings = longest.iter().take(WORDS);
    let beginnings = beginnings.map(|word| word.chars().take(BEGINNING).collect());
    let whole = (!longest.is_empty()).then(|| words.clone());
    for query in whole.into_iter().chain(beginnings) {
        let mut variables = Map::new();
        variables.insert("query".to_owned(), json!(query));
        variables.insert("kinds".to_owned(), json!(kind.map(|kind| [kind])));
        let found = found(variables, &words, asker).await;
        if !found.is_empty() {
            return format!("; did you mean {}?", found.join(", "));
        }
    }
    String::new()
}

async fn found(variables: JsonObject, words: &str, asker: &impl Ask) -> Vec<String> {
    let Ok(answer) = asker.ask(request(QUESTION, variables)).await else {
        return Vec::new();
    };
    let Ok(Value::Object(mut data)) = tool::data(answer) else {
        return Vec::new();
    };
    let nodes = data["search"]["nodes"].take();
    let mut nodes: Vec<&Value> = nodes.as_array().into_iter().flatten().collect();
    let text = |node: &Value, name: &str| node[name].as_str().unwrap_or_default().to_owned();
    let likeness =
        |node: &Value| strsim::jaro_winkler(words, &text(node, "slug").replace('-', " "));
    nodes.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    let nodes = nodes.into_iter().enumerate();
    nodes
        .filter(|(place, node)| *place == 0 || likeness(node) > LIKE)
        .map(|(_, node)| node)
        .take(MOST)
        .map(|node| {
            format!(
                "{} ({}, slug {})",
                text(node, "id"),
                text(node, "name"),
                text(node, "slug")
            )
        })
        .collect()
}
