//! The items of lists: which of them are the same, and which stay.

use serde_json::{Map, Value};

use super::claim::Speaker;

/// Lists, and what makes two of their items the same.
pub(super) const LISTS: [(&str, &[&str]); 14] = [
    ("former_slugs", &[]),
    ("merged", &[]),
    ("names", &["text", "kind", "language", "start"]),
    ("external_ids", &["scheme", "value"]),
    ("ideologies", &["topic"]),
    ("topics", &["topic"]),
    ("places", &["place", "role", "start"]),
    ("affiliations", &["body", "kind", "start"]),
    ("memberships", &["organisation", "role", "start"]),
    (
        "participants",
        &["participant", "description", "role", "start"],
    ),
    ("publishers", &["organisation"]),
    ("authors", &["person", "role"]),
    ("follows", &["event"]),
    ("statements", &["kind", "text"]),
];

/// All items that stay and all that come in.
pub(super) fn merge(
    [old, new]: [Option<&Value>; 2],
    key: &[&str],
    speaker: &Speaker<'_>,
) -> Vec<Value> {
    let mut new: Vec<Option<Value>> = items(new).iter().cloned().map(Some).collect();
    let mut merged = Vec::new();
    for old in items(old) {
        let same = new
            .iter_mut()
            .find(|new| new.as_ref().is_some_and(|new| is_same(old, new, key)));
        let claims = claims_of(old);
        let replaced = claims.iter().filter(|it| speaker.is_replaced(it)).count();
        let only_source = replaced > 0 && replaced == claims.len();
        match same.and_then(Option::take) {
            Some(new) if only_source => merged.push(new),
            Some(new) => merged.push(join(old, new, speaker)),
            None if only_source => {}
            None => {
                let mut old = old.clone();
                if replaced > 0 {
                    set_claims(&mut old, speaker.replace(claims, Vec::new()));
                }
                merged.push(old);
            }
        }
    }
    merged.extend(new.into_iter().flatten());
    merged
}

/// What the item says stays; what comes in fills gaps and adds its claims.
fn join(old: &Value, new: Value, speaker: &Speaker<'_>) -> Value {
    let (Some(old_fields), Value::Object(mut new_fields)) = (old.as_object(), new) else {
        return old.clone();
    };
    let claims = speaker.replace(claims_of(old), take_claims(&mut new_fields));
    let mut item = old_fields.clone();
    for (field, value) in new_fields {
        item.entry(field).or_insert(value);
    }
    let mut item = Value::Object(item);
    if !claims.is_empty() {
        set_claims(&mut item, claims);
    }
    item
}

fn items(list: Option<&Value>) -> &[Value] {
    list.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_same(left: &Value, right: &Value, key: &[&str]) -> bool {
    let part = |item: &Value, field: &str| {
        let value = item.get(field)?;
        // The words of a date do not make it another.
        Some(value.get("edtf").unwrap_or(value).clone())
    };
    if key.is_empty() {
        left == right
    } else {
        key.iter()
            .all(|field| part(left, field) == part(right, field))
    }
}

fn claims_of(item: &Value) -> Vec<Value> {
    let claims = item.get("claims").and_then(Value::as_array);
    claims.cloned().unwrap_or_default()
}

fn take_claims(item: &mut Map<String, Value>) -> Vec<Value> {
    match item.shift_remove("claims") {
        Some(Value::Array(claims)) => claims,
        _ => Vec::new(),
    }
}

fn set_claims(item: &mut Value, claims: Vec<Value>) {
    if let Some(item) = item.as_object_mut() {
        item.insert("claims".to_owned(), Value::Array(claims));
    }
}
