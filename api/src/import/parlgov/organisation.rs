//! Parties as organisations.

use std::collections::HashSet;

use anyhow::Result;
use entity::kind::{OrganisationKind, OrganisationStatus};
use serde_json::Value;

use super::date::{Date, Precisions};
use super::family::Families;
use super::party::{Parties, Party};
use super::tables::Tables;
use super::{locator, remark};
use crate::import::cite::cite;
use crate::import::fault::Place;
use crate::import::{Import, slug, wikipedia};
use crate::write::{Content, Draft, ExternalIdDraft, Kind, Match, OrganisationDraft, Stranger};

impl Parties<'_> {
    /// Who they are to others. An article that is about an election, as `elections` has it, is not about a party.
    pub fn strangers(
        &self,
        import: &mut Import<'_>,
        elections: &HashSet<(&str, &str)>,
    ) -> Vec<(Stranger, Place)> {
        let parties = self.iter();
        parties
            .map(|party| (party.stranger(import, elections), party.row.place()))
            .collect()
    }

    /// The organisations; `found` is what they are known as, in their order.
    pub fn drafts(&self, found: &[Match], families: &Families, source: &str) -> Result<Vec<Draft>> {
        let parties = self.iter().zip(found);
        parties
            .map(|(party, found)| party.draft(found, families, source))
            .collect()
    }

    /// Tells what was carried over, and what has no place.
    pub fn tell(&self, import: &mut Import<'_>, tables: &Tables) {
        let report = &mut import.report;
        report.carry("organisations", self.len());
        report.carry("countries of organisations", self.countries());
        Precisions::of(self.iter().map(|party| party.founded)).carry(report, "foundations");
        report.carry("name changes", tables.names.len());
        let rows = tables.parties.iter().chain(&tables.names);
        let ascii = rows
            .filter(|row| row.filled("name_ascii").is_some())
            .count();
        let why = "they are the other names without accents, which searches do not regard anyway";
        report.losses.add("names in ASCII", why, ascii);
        for party in self.iter() {
            remark::lose(import, "Party", &party.data);
        }
    }
}

impl Party<'_> {
    fn stranger(&self, import: &mut Import<'_>, elections: &HashSet<(&str, &str)>) -> Stranger {
        let id = |scheme: &str, value: String| ExternalIdDraft {
            scheme: scheme.to_owned(),
            value,
            url: None,
        };
        let mut external_ids = vec![id("parlgov", self.id.to_owned())];
        if let Some(article) = self.article() {
            if elections.contains(&(&article.scheme, &article.value)) {
                let message = format!(
                    "the article {} is about an election, not about {}",
                    article.value, self.names.shown
                );
                let place = self.row.place().named("wikipedia");
                let kind = "articles of parties that are about an election";
                import.report.warn(kind, place, message);
            } else {
                external_ids.push(article);
            }
        }
        for scheme in ["cmp", "chess"] {
            let values = match self.data.get(scheme) {
                Some(Value::Array(values)) => values.clone(),
                Some(value) => vec![value.clone()],
                None => Vec::new(),
            };
            let values = values.iter().map(|value| match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            external_ids.extend(values.map(|value| id(scheme, value)));
        }
        Stranger {
            kind: Kind::Organisation,
            external_ids,
            slugs: slug::candidates(&self.names.distinct, &[&self.country.short, self.id]),
        }
    }

    fn article(&self) -> Option<ExternalIdDraft> {
        self.row.filled("wikipedia").and_then(wikipedia::of_address)
    }

    fn draft(&self, found: &Match, families: &Families, source: &str) -> Result<Draft> {
        let locator = locator("Party", self.id);
        let kind = families.kind(self.id);
        // A part of an article, or another site, tells of the party and is not about it alone.
        let elsewhere = self
            .row
            .filled("wikipedia")
            .filter(|_| self.article().is_none());
        let see = elsewhere.map(|url| format!("See {url}"));
        let mut organisation = OrganisationDraft {
            name: self.names.shown.clone(),
            source: Some(source.to_owned()),
            summary: self.row.filled("description").map(str::to_owned),
            names: self.names.all.clone(),
            external_ids: found.external_ids.clone(),
            abbreviation: self.names.abbreviation.clone(),
            kind: Some(
                kind.as_ref()
                    .map_or(OrganisationKind::Party, |(kind, _)| *kind),
            ),
            status: self.dissolved.map(|_| OrganisationStatus::Dissolved),
            founded: self.founded.map(Date::draft),
            dissolved: self.dissolved.map(Date::draft),
            country: Some(self.country.slug.clone()),
            ideologies: families.ideologies(self.id),
            ..OrganisationDraft::default()
        };
        let mut name = remark::claim(locator.clone());
        name.note = remark::note(self.row, see);
        let claims = &mut organisation.claims;
        claims.insert("name".to_owned(), self.names.claims(name));
        if let Some(said) = self.names.claims_on_abbreviation() {
            claims.insert("abbreviation".to_owned(), said);
        }
        if let Some((_, claim)) = kind {
            claims.insert("kind".to_owned(), vec![claim]);
        }
        let draft = Draft {
            slug: found.slug.clone(),
            content: Content::Organisation(Box::new(organisation)),
        };
        Ok(cite(draft, &locator)?)
    }
}
