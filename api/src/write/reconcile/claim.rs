//! Claims of drafts as JSON: whose they are, and how those of one source take the place of its earlier ones.

use serde_json::Value;

use super::Object;

/// The claims on a property.
pub(super) fn on(draft: &Object, property: &str) -> Vec<Value> {
    let claims = draft.get("claims").and_then(|claims| claims.get(property));
    claims
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default()
}

pub(super) fn is_from(claim: &Value, source: &str) -> bool {
    claim.get("source").and_then(Value::as_str) == Some(source)
}

/// What vocabularies call a value that no source tells.
pub(super) const UNKNOWN: &str = "UNKNOWN";

/// Whether the claim says something, and its source stands behind it enough for its value to be shown.
pub(super) fn is_upheld(claim: &Value) -> bool {
    claim.get("status").and_then(Value::as_str) != Some("DENIED")
        && claim.get("rank").and_then(Value::as_str) != Some("DEPRECATED")
        && claim.get("value").and_then(Value::as_str) != Some(UNKNOWN)
}

/// What the source said is taken out, and what it says now put where that was; at the end where it said nothing.
pub(super) fn replace(old: Vec<Value>, new: Vec<Value>, source: &str) -> Vec<Value> {
    let mut new = Some(new);
    let mut claims = Vec::new();
    for claim in old {
        if is_from(&claim, source) {
            claims.extend(new.take().into_iter().flatten());
        } else {
            claims.push(claim);
        }
    }
    claims.extend(new.into_iter().flatten());
    claims
}

/// Writes the draft's own source into each claim that names none.
pub(super) fn name_sources(draft: &mut Object) {
    let Some(source) = draft.get("source").cloned() else {
        return;
    };
    each(draft, &mut |claim| {
        claim.entry("source").or_insert_with(|| source.clone());
    });
}

/// Takes a source that will be the draft's own out of its claims.
pub(super) fn leave_out_source(draft: &mut Object, source: &Value) {
    each(draft, &mut |claim| {
        if claim.get("source") == Some(source) {
            claim.shift_remove("source");
        }
    });
}

/// Every claim of a draft: those on fields, and those on the items of lists.
fn each(draft: &mut Object, visit: &mut impl FnMut(&mut Object)) {
    for (field, value) in draft {
        let lists: Vec<&mut Value> = match value {
            Value::Object(properties) if field == "claims" => properties.values_mut().collect(),
            Value::Array(items) => items
                .iter_mut()
                .filter_map(|item| item.get_mut("claims"))
                .collect(),
            _ => Vec::new(),
        };
        let claims = lists.into_iter().filter_map(Value::as_array_mut).flatten();
        claims
            .filter_map(Value::as_object_mut)
            .for_each(&mut *visit);
    }
}
