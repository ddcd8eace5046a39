//! Places.

use anyhow::Result;
use entity::kind::PlaceKind;

use super::Map;
use crate::write::{Kind, PlaceDraft};

const fn class(kind: PlaceKind) -> Option<&'static str> {
    match kind {
        PlaceKind::City => Some("schema:City"),
        PlaceKind::Region | PlaceKind::Nation => Some("schema:AdministrativeArea"),
        PlaceKind::State => Some("schema:Country"),
        PlaceKind::Address | PlaceKind::District | PlaceKind::Other => None,
    }
}

impl<'m> Map<'m, '_> {
    pub(super) fn place(&mut self, draft: &'m PlaceDraft) -> Result<()> {
        let kind = draft.kind.unwrap_or(PlaceKind::Other);
        self.class("schema:Place");
        if let Some(class) = class(kind) {
            self.class(class);
        }
        self.document();
        self.text("rdfs:label", Some(&draft.name));
        self.text("schema:name", Some(&draft.name));
        self.concept("dct:type", PlaceKind::NAME, kind.as_str());
        self.text("skos:notation", draft.code.as_deref());
        if draft.street.is_some() || draft.postcode.is_some() {
            let address = format!("{}#address", self.me);
            self.link("schema:address", address.clone());
            let graph = &mut *self.graph;
            graph.class(&address, "schema:PostalAddress");
            graph.text(&address, "schema:streetAddress", draft.street.as_deref());
            graph.text(&address, "schema:postalCode", draft.postcode.as_deref());
        }
        if let Some(parent) = &draft.parent {
            let parent = self.address(Kind::Place, parent)?;
            self.link("schema:containedInPlace", parent.clone());
            self.link("dct:isPartOf", parent);
        }
        Ok(())
    }
}
