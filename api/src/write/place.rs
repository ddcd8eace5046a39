//! Writing places.

use entity::id::PlaceId;
use entity::kind::PlaceKind;
use entity::place;
use sea_orm::Set;

use super::draft::{Kind, drafts};
use super::parts::Parts;
use super::record::Record;
use super::text::fold;
use crate::error::Result;

drafts! {
    /// A place; one that has a code is a country.
    #[derive(Default)]
    PlaceDraft (name: String) {
        kind: Option<PlaceKind>,
        /// ISO 3166 code.
        code: Option<String>,
        street: Option<String>,
        postcode: Option<String>,
        /// The place that it lies in.
        parent: Option<String>,
    }
}

impl PlaceDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.text("name", &self.name);
        parts.reference("parent", Kind::Place, self.parent.as_ref());
    }
}

impl PlaceDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let parent = record.maybe_target("parent", Kind::Place, self.parent.as_ref())?;
        record.rows.places.push(place::ActiveModel {
            id: Set(PlaceId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            kind: Set(self.kind.unwrap_or(PlaceKind::Other)),
            code: Set(self.code.clone()),
            street: Set(self.street.clone()),
            postcode: Set(self.postcode.clone()),
            parent_id: Set(parent.map(|place| PlaceId(place.id.0))),
        });
        Ok(())
    }
}
