//! Organisations, by the terms of W3C ORG.

use anyhow::Result;
use entity::kind::{
    AffiliationKind, NodeKind, OrganisationKind, OrganisationStatus, PoliticalPosition,
};

use super::Map;
use super::item::Item;
use crate::write::{Kind, OrganisationDraft};

/// The classes of a kind of organisation beside that of all.
const fn classes(kind: OrganisationKind) -> &'static [&'static str] {
    match kind {
        OrganisationKind::Party | OrganisationKind::Legislature => &["org:FormalOrganization"],
        OrganisationKind::TradeUnion => &["org:FormalOrganization", "schema:WorkersUnion"],
        OrganisationKind::Alliance => &["org:OrganizationalCollaboration"],
        OrganisationKind::Organ => &["org:OrganizationalUnit"],
        _ => &[],
    }
}

/// How an organisation stands to the body it is affiliated to.
const fn affiliated(kind: AffiliationKind) -> &'static str {
    match kind {
        AffiliationKind::Member => "org:memberOf",
        AffiliationKind::Organ => "org:unitOf",
        AffiliationKind::Section | AffiliationKind::Faction | AffiliationKind::Parent => {
            "org:subOrganizationOf"
        }
        AffiliationKind::Ally | AffiliationKind::Other => "org:linkedTo",
    }
}

impl<'m> Map<'m, '_> {
    pub(super) fn organisation(&mut self, draft: &'m OrganisationDraft) -> Result<()> {
        let kind = draft.kind.unwrap_or(OrganisationKind::Unknown);
        self.class("org:Organization");
        self.class("schema:Organization");
        for class in classes(kind) {
            self.class(class);
        }
        self.entity(draft.common())?;
        if let Some(name) = self.said.get("name").map(|said| said.object.clone()) {
            self.graph.say(&self.me, "skos:prefLabel", name);
        }
        let abbreviation = draft.abbreviation.as_deref();
        self.value("abbreviation", abbreviation);
        self.text("schema:alternateName", abbreviation);
        let kind = draft.kind.filter(|kind| *kind != OrganisationKind::Unknown);
        self.value("kind", kind.map(OrganisationKind::as_str));
        let status = draft.status;
        let status = status.filter(|status| *status != OrganisationStatus::Unknown);
        self.value("status", status.map(OrganisationStatus::as_str));
        self.date("founded", draft.founded.as_ref());
        self.date("dissolved", draft.dissolved.as_ref());
        self.reference("country", Kind::Place, draft.country.as_deref())?;
        if let Some(country) = self.said.get("country").map(|said| said.object.clone()) {
            self.graph.say(&self.me, "dct:spatial", country);
        }
        self.headquarters(draft.headquarters.as_deref())?;
        self.value("position", draft.position.map(PoliticalPosition::as_str));
        self.value("leadership", draft.leadership.as_deref());
        self.reference("newspaper", Kind::Publication, draft.newspaper.as_deref())?;
        self.value("logo", draft.logo.as_deref());
        self.value("website", draft.website.as_deref());
        self.classifications("ideologies", &draft.ideologies)?;
        self.places(draft)?;
        self.affiliations(draft)?;
        self.rest(draft.common())
    }

    /// The place, and the site there: a place is no site by itself.
    fn headquarters(&mut self, slug: Option<&str>) -> Result<()> {
        let Some(slug) = slug else { return Ok(()) };
        self.reference("headquarters", Kind::Place, Some(slug))?;
        let place = self.target(Kind::Place, slug)?;
        let site = format!("{}#headquarters", self.me);
        self.link("org:hasPrimarySite", site.clone());
        self.graph.class(&site, "org:Site");
        self.graph.text(&site, "rdfs:label", Some(&place.name));
        let address = self.graph.addresses.id(&place.public_id);
        self.graph.link(&site, "org:siteAddress", address);
        Ok(())
    }

    fn places(&mut self, draft: &'m OrganisationDraft) -> Result<()> {
        for (index, item) in draft.places.iter().enumerate() {
            let (public_id, address) = self.item(NodeKind::PlacePeriod, index)?;
            let said = self.said(Kind::Place, &item.place)?;
            self.relate(&Item {
                property: "places",
                id: (public_id, &address),
                class: "ns:PlacePeriod",
                predicate: "ns:activeIn",
                said,
                status: item.status,
                claims: &item.claims,
            });
            self.graph.text(&address, "ns:role", Some(&item.role));
            self.graph
                .period(&address, item.start.as_ref(), item.end.as_ref());
            self.graph.text(&address, "skos:note", item.note.as_deref());
        }
        Ok(())
    }

    fn affiliations(&mut self, draft: &'m OrganisationDraft) -> Result<()> {
        for (index, item) in draft.affiliations.iter().enumerate() {
            let (public_id, address) = self.item(NodeKind::Affiliation, index)?;
            let kind = item.kind.unwrap_or(AffiliationKind::Member);
            let said = self.said(Kind::Organisation, &item.body)?;
            self.relate(&Item {
                property: "affiliations",
                id: (public_id, &address),
                class: "ns:Affiliation",
                predicate: affiliated(kind),
                said,
                status: item.status,
                claims: &item.claims,
            });
            let kind = kind.as_str();
            self.graph
                .concept(&address, "dct:type", AffiliationKind::NAME, kind);
            self.graph
                .period(&address, item.start.as_ref(), item.end.as_ref());
        }
        Ok(())
    }
}
