//! Claims as rows.

use serde_json::{Map, Value};

use super::table::{LISTS, text};
use crate::write::{Kind, property_of};

/// `list` and `number` lead to the row that the claim supports, where it supports a row and not a field.
pub(super) const HEADER: [&str; 13] = [
    "record", "slug", "property", "list", "number", "value", "node", "rank", "status", "source",
    "locator", "quote", "note",
];

/// The claims of a record: those on its fields, and those on the items of its lists.
pub(super) fn rows(kind: Kind, slug: &str, fields: &Map<String, Value>) -> Vec<Vec<String>> {
    let source = fields.get("source");
    let row = |property: &str, item: Option<(&str, usize)>, own: Option<&Value>, claim: &Value| {
        let of = |name: &str| text(claim.get(name));
        let or = |name: &str, usual: &str| {
            claim
                .get(name)
                .map_or(usual.to_owned(), |it| text(Some(it)))
        };
        let own = own.filter(|_| claim.get("node").is_none());
        let value = claim.get("value").or(own);
        vec![
            kind.to_string(),
            slug.to_owned(),
            property.to_owned(),
            item.map(|(list, _)| list.to_owned()).unwrap_or_default(),
            item.map(|(_, number)| number.to_string())
                .unwrap_or_default(),
            text(value.map(|it| it.get("edtf").or(it.get("text")).unwrap_or(it))),
            of("node"),
            or("rank", "NORMAL"),
            or("status", "STATED"),
            text(claim.get("source").or(source)),
            of("locator"),
            of("quote"),
            of("note"),
        ]
    };
    let mut rows = Vec::new();
    for (property, claims) in fields
        .get("claims")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let own = fields
            .iter()
            .find(|(field, _)| property_of(field) == *property);
        let own = own
            .map(|(_, value)| value)
            .filter(|value| !value.is_array());
        let claims = claims.as_array().into_iter().flatten();
        rows.extend(claims.map(|claim| row(property, None, own, claim)));
    }
    for list in LISTS.iter().filter(|list| list.kinds.contains(&kind)) {
        let items = fields.get(list.field).and_then(Value::as_array);
        for (number, item) in items.into_iter().flatten().enumerate() {
            let claims = item.get("claims").and_then(Value::as_array);
            let claims = claims.into_iter().flatten();
            rows.extend(
                claims.map(|claim| row(list.field, Some((list.name, number)), None, claim)),
            );
        }
    }
    rows
}
