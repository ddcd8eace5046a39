//! Places.

use serde_json::json;

use super::Around;
use super::object::{Object, Told};
use crate::export::Record;
use crate::format::popolo::{AREAS, OWN_SCHEME, identifier, word};
use crate::write::{Kind, PlaceDraft};

pub(super) fn area(record: &Record, draft: &PlaceDraft, around: &Around) -> Told {
    let mut object = Object::of(record, &draft.name);
    let own = json!({"scheme": OWN_SCHEME, "identifier": record.draft.slug});
    object.list("identifiers", vec![own]);
    object.set("identifier", draft.code.as_deref().map(identifier));
    let kind = draft.kind.and_then(|kind| word(&AREAS, kind));
    object.set("classification", kind);
    let parent = draft.parent.as_ref();
    let parent = parent.and_then(|slug| around.slug(Kind::Place, slug));
    object.set("parent_id", parent);
    (object, &["name", "kind", "code", "parent"])
}
