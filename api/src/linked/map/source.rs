//! Sources, by Dublin Core.

use entity::kind::SourceKind;

use super::{Map, property::dated};
use crate::linked::address::elsewhere;
use crate::linked::date::Dated;
use crate::linked::licence;
use crate::write::SourceDraft;

const PUBLISHED: Dated = dated!("published", "dct:issued", "schema:datePublished");
const ACCESSED: Dated = dated!("accessed");

/// Only where every source of the kind is one.
const fn class(kind: SourceKind) -> Option<&'static str> {
    match kind {
        SourceKind::Article => Some("schema:Article"),
        SourceKind::Dataset => Some("schema:Dataset"),
        _ => None,
    }
}

impl<'m> Map<'m, '_> {
    pub(super) fn source(&mut self, draft: &'m SourceDraft) {
        let kind = draft.kind.unwrap_or(SourceKind::Other);
        self.class("dct:BibliographicResource");
        self.class("schema:CreativeWork");
        self.class("prov:Entity");
        if let Some(class) = class(kind) {
            self.class(class);
        }
        self.document();
        for predicate in ["rdfs:label", "dct:title", "schema:name"] {
            self.text(predicate, Some(&draft.title));
        }
        self.concept("dct:type", SourceKind::NAME, kind.as_str());
        self.text("dc:creator", draft.author.as_deref());
        self.text("dc:publisher", draft.publisher.as_deref());
        if let Some(url) = draft.url.as_deref().and_then(elsewhere) {
            self.graph.say(&self.me, "schema:url", url);
        }
        let me = self.me.clone();
        self.graph.date(&me, PUBLISHED, draft.published.as_ref());
        self.graph.date(&me, ACCESSED, draft.accessed.as_ref());
        self.text("dc:rights", draft.licence.as_deref());
        if let Some(licence) = draft.licence.as_deref().and_then(licence::address) {
            self.graph.say(&me, "dct:license", licence);
        }
        self.text("dc:language", draft.language.as_deref());
        self.text("schema:text", draft.text.as_deref());
    }
}
