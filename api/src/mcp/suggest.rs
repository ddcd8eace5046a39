//! What was probably meant by words that name nothing: what a search for them finds, or for the beginning of the
//! longest of them.

use rmcp::model::JsonObject;
use serde_json::{Map, Value, json};

use super::{Ask, request, tool};

const QUESTION: &str = "query Near($query: String!, $kinds: [EntityKind!]) {
  search(query: $query, kinds: $kinds, first: 50) { nodes { type: __typename id slug name } }
}";

/// As many are named.
const MOST: usize = 3;

/// Letters of a word that are looked for when the whole word is not there.
const BEGINNING: usize = 4;

/// The entities whose slugs are likest, to stand behind a message; empty: there are none, or they cannot be found now.
pub async fn near(words: &str, kind: Option<&str>, asker: &impl Ask) -> String {
    let words = words.replace(|letter: char| !letter.is_alphanumeric(), " ");
    let words: String = words.chars().take(100).collect();
    let longest = words.split_whitespace().max_by_key(|word| word.len());
    let beginning: String = longest.unwrap_or_default().chars().take(BEGINNING).collect();
    for query in [&words, &beginning] {
        if query.trim().is_empty() {
            continue;
        }
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
    let likeness = |node: &Value| {
        strsim::normalized_damerau_levenshtein(words, &text(node, "slug").replace('-', " "))
    };
    nodes.sort_by(|one, other| likeness(other).total_cmp(&likeness(one)));
    nodes
        .into_iter()
        .take(MOST)
        .map(|node| format!("{} ({}, slug {})", text(node, "id"), text(node, "name"), text(node, "slug")))
        .collect()
}
