//! Every value that an import takes over has its claim.

use serde_json::{Map, Value, json};

use crate::write::{ClaimDraft, Content, Draft, property_of};

/// Adds a claim with this place in the source to every value and every item of a list that has none yet. Names of
/// records, and the ids that they have elsewhere, need none.
///
/// # Errors
/// When the draft cannot be told as JSON, which would be a fault of ours.
pub(super) fn cite(draft: Draft, locator: &str) -> serde_json::Result<Draft> {
    add(draft, &json!([{ "locator": locator }]))
}

/// The same with a claim that says more than the place.
pub(super) fn cite_with(draft: Draft, claim: &ClaimDraft) -> serde_json::Result<Draft> {
    add(draft, &json!([claim]))
}

fn add(draft: Draft, claim: &Value) -> serde_json::Result<Draft> {
    let kind = draft.kind();
    if !kind.is_entity() {
        return Ok(draft);
    }
    let Value::Object(mut fields) = serde_json::to_value(&draft)? else {
        return Ok(draft);
    };
    fields.shift_remove("slug");
    let mut claims = match fields.shift_remove("claims") {
        Some(Value::Object(claims)) => claims,
        _ => Map::new(),
    };
    for (field, value) in &mut fields {
        match (field.as_str(), value) {
            ("source" | "former_slugs" | "merged" | "external_ids", _) => {}
            (_, Value::Array(items)) => {
                for item in items.iter_mut().filter_map(Value::as_object_mut) {
                    item.entry("claims").or_insert_with(|| claim.clone());
                }
            }
            (field, _) => {
                claims
                    .entry(property_of(field))
                    .or_insert_with(|| claim.clone());
            }
        }
    }
    fields.insert("claims".to_owned(), Value::Object(claims));
    Ok(Draft {
        slug: draft.slug,
        content: Content::deserialize(kind, Value::Object(fields))?,
    })
}
