//! Publications.

use anyhow::Result;
use entity::kind::{ClaimStatus, NodeKind, PublicationKind};

use super::Map;
use super::item::{Item, holds};
use crate::write::{Kind, PublicationDraft};

/// The role of whom Dublin Core calls the creator.
const AUTHOR: &str = "author";

const fn class(kind: PublicationKind) -> &'static str {
    match kind {
        PublicationKind::Newspaper => "schema:Newspaper",
        PublicationKind::Magazine | PublicationKind::Journal | PublicationKind::Bulletin => {
            "schema:Periodical"
        }
        PublicationKind::Book => "schema:Book",
        PublicationKind::Blog => "schema:Blog",
        PublicationKind::Website => "schema:WebSite",
        PublicationKind::Pamphlet
        | PublicationKind::Leaflet
        | PublicationKind::Other
        | PublicationKind::Unknown => "schema:CreativeWork",
    }
}

impl<'m> Map<'m, '_> {
    pub(super) fn publication(&mut self, draft: &'m PublicationDraft) -> Result<()> {
        self.class("ns:Publication");
        self.class("schema:CreativeWork");
        let kind = draft.kind.unwrap_or(PublicationKind::Unknown);
        self.class(class(kind));
        self.entity(draft.common())?;
        self.value("title", Some(&draft.name));
        self.value("subtitle", draft.subtitle.as_deref());
        let kind = Some(kind).filter(|kind| *kind != PublicationKind::Unknown);
        self.value("kind", kind.map(PublicationKind::as_str));
        self.value("frequency", draft.frequency.as_deref());
        self.value("format", draft.format.as_deref());
        let flag = |flag: bool| if flag { "true" } else { "false" };
        self.value("colour", draft.colour.map(flag));
        self.value("free", draft.free.map(flag));
        self.value("language", draft.language.as_deref());
        self.value("editorialFocus", draft.editorial_focus.as_deref());
        self.date("published", draft.published.as_ref());
        self.date("ceased", draft.ceased.as_ref());
        self.value("isbn", draft.isbn.as_deref());
        self.value("issn", draft.issn.as_deref());
        self.classifications("topics", &draft.topics)?;
        self.publishers(draft)?;
        self.authors(draft)?;
        self.rest(draft.common())
    }

    fn publishers(&mut self, draft: &'m PublicationDraft) -> Result<()> {
        for (index, item) in draft.publishers.iter().enumerate() {
            let (public_id, address) = self.item(NodeKind::Publishing, index)?;
            let said = self.said(Kind::Organisation, &item.organisation)?;
            if holds(item.status.unwrap_or(ClaimStatus::Stated)) {
                let publisher = said.object.clone();
                self.graph.say(&self.me, "schema:publisher", publisher);
            }
            self.relate(&Item {
                property: "publishers",
                id: (public_id, &address),
                class: "ns:Publishing",
                predicate: "dct:publisher",
                said,
                status: item.status,
                claims: &item.claims,
            });
        }
        Ok(())
    }

    fn authors(&mut self, draft: &'m PublicationDraft) -> Result<()> {
        for (index, item) in draft.authors.iter().enumerate() {
            let (public_id, address) = self.item(NodeKind::Authorship, index)?;
            let said = self.said(Kind::Person, &item.person)?;
            let role = item.role.as_deref().unwrap_or(AUTHOR);
            let (predicate, also) = match role {
                AUTHOR => ("dct:creator", "schema:author"),
                _ => ("dct:contributor", "schema:contributor"),
            };
            if holds(item.status.unwrap_or(ClaimStatus::Stated)) {
                self.graph.say(&self.me, also, said.object.clone());
            }
            self.relate(&Item {
                property: "authors",
                id: (public_id, &address),
                class: "ns:Authorship",
                predicate,
                said,
                status: item.status,
                claims: &item.claims,
            });
            self.graph.text(&address, "ns:role", Some(role));
        }
        Ok(())
    }
}
