//! Writing organisations.

use entity::id::{OrganisationId, PlaceId, PublicationId};
use entity::kind::{
    AffiliationKind, ClaimStatus, EntityKind, NodeKind, OrganisationKind, OrganisationStatus,
    PoliticalPosition,
};
use entity::{affiliation, organisation, place_period};
use sea_orm::Set;

use super::draft::{ClaimDraft, ClassificationDraft, DateDraft, Kind, drafts, entity_draft};
use super::parts::Parts;
use super::record::{Plain, Record, count, edtf};
use super::text::fold;
use crate::error::Result;

entity_draft! {
    /// A body with members: a party, a group, an alliance.
    OrganisationDraft {
        abbreviation: Option<String>,
        kind: Option<OrganisationKind>,
        status: Option<OrganisationStatus>,
        founded: Option<DateDraft>,
        dissolved: Option<DateDraft>,
        /// Slug of a place that has a country's code.
        country: Option<String>,
        headquarters: Option<String>,
        position: Option<PoliticalPosition>,
        leadership: Option<String>,
        newspaper: Option<String>,
        logo: Option<String>,
        website: Option<String>,
        ideologies: Vec<ClassificationDraft>,
        places: Vec<PlacePeriodDraft>,
        affiliations: Vec<AffiliationDraft>,
    }
}

drafts! {
    /// Where an organisation was active, and when.
    PlacePeriodDraft (place: String, role: String) {
        start: Option<DateDraft>,
        end: Option<DateDraft>,
        note: Option<String>,
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }

    /// A body that an organisation belongs to or stands beside.
    AffiliationDraft (body: String) {
        kind: Option<AffiliationKind>,
        start: Option<DateDraft>,
        end: Option<DateDraft>,
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }
}

impl OrganisationDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.common(Kind::Organisation, self.common());
        parts.period(
            ("founded", self.founded.as_ref()),
            ("dissolved", self.dissolved.as_ref()),
        );
        parts.reference("country", Kind::Place, self.country.as_ref());
        parts.reference("headquarters", Kind::Place, self.headquarters.as_ref());
        parts.reference("newspaper", Kind::Publication, self.newspaper.as_ref());
        parts.url("logo", self.logo.as_ref());
        parts.url("website", self.website.as_ref());
        parts.classifications("ideologies", &self.ideologies);
        parts.items("places", &self.places, |parts, item| {
            parts.reference("place", Kind::Place, Some(&item.place));
            parts.text("role", &item.role);
            parts.period(("start", item.start.as_ref()), ("end", item.end.as_ref()));
            parts.item_claims("places", item.status, &item.claims);
        });
        parts.items("affiliations", &self.affiliations, |parts, item| {
            parts.reference("body", Kind::Organisation, Some(&item.body));
            parts.period(("start", item.start.as_ref()), ("end", item.end.as_ref()));
            parts.item_claims("affiliations", item.status, &item.claims);
        });
    }
}

impl OrganisationDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let country = record.maybe_target("country", Kind::Place, self.country.as_ref())?;
        let headquarters =
            record.maybe_target("headquarters", Kind::Place, self.headquarters.as_ref())?;
        let newspaper =
            record.maybe_target("newspaper", Kind::Publication, self.newspaper.as_ref())?;
        let mut row = organisation::ActiveModel {
            id: Set(OrganisationId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            abbreviation: Set(self.abbreviation.clone()),
            summary: Set(self.summary.clone()),
            kind: Set(self.kind.unwrap_or(OrganisationKind::Unknown)),
            status: Set(self.status.unwrap_or(OrganisationStatus::Unknown)),
            country_id: Set(country.map(|place| PlaceId(place.id.0))),
            headquarters_id: Set(headquarters.map(|place| PlaceId(place.id.0))),
            position: Set(self.position),
            leadership: Set(self.leadership.clone()),
            newspaper_id: Set(newspaper.map(|publication| PublicationId(publication.id.0))),
            logo: Set(self.logo.clone()),
            website: Set(self.website.clone()),
            revision: Set(record.revision),
            ..Default::default()
        };
        row.set_founded(record.date("founded", self.founded.as_ref())?.as_ref());
        row.set_dissolved(record.date("dissolved", self.dissolved.as_ref())?.as_ref());
        record.rows.organisations.push(row);

        record.entity_rows(
            EntityKind::Organisation,
            self.common(),
            self.abbreviation.as_ref(),
            |_, property| {
                Ok(match property {
                    "abbreviation" => Plain::maybe(self.abbreviation.as_ref()),
                    "kind" => Plain::maybe(self.kind),
                    "status" => Plain::maybe(self.status),
                    "founded" => Plain::date(self.founded.as_ref()),
                    "dissolved" => Plain::date(self.dissolved.as_ref()),
                    "country" => country.map(Plain::name).unwrap_or_default(),
                    "headquarters" => headquarters.map(Plain::name).unwrap_or_default(),
                    "position" => Plain::maybe(self.position),
                    "leadership" => Plain::maybe(self.leadership.as_ref()),
                    "newspaper" => newspaper.map(Plain::node).unwrap_or_default(),
                    "logo" => Plain::maybe(self.logo.as_ref()),
                    "website" => Plain::maybe(self.website.as_ref()),
                    _ => Plain::default(),
                })
            },
        )?;
        record.classifications("ideologies", &self.ideologies)?;
        self.places(record)?;
        self.affiliations(record)
    }

    fn places(&self, record: &mut Record<'_>) -> Result<()> {
        for (ordinal, item) in self.places.iter().enumerate() {
            let path = format!("places[{ordinal}]");
            let place = record.target(format_args!("{path}.place"), Kind::Place, &item.place)?;
            let public_id = record.owned_id(
                NodeKind::PlacePeriod,
                &[&place.public_id, &item.role, edtf(item.start.as_ref())],
            );
            record.claims(
                "places",
                Some(&public_id),
                &Plain::name(place),
                &item.claims,
            )?;
            let mut row = place_period::ActiveModel {
                public_id: Set(public_id),
                organisation_id: Set(OrganisationId(record.id.0)),
                place_id: Set(PlaceId(place.id.0)),
                role: Set(item.role.clone()),
                note: Set(item.note.clone()),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            row.set_start(
                record
                    .date(format_args!("{path}.start"), item.start.as_ref())?
                    .as_ref(),
            );
            row.set_end(
                record
                    .date(format_args!("{path}.end"), item.end.as_ref())?
                    .as_ref(),
            );
            record.rows.places_in_time.push(row);
        }
        Ok(())
    }

    fn affiliations(&self, record: &mut Record<'_>) -> Result<()> {
        for (ordinal, item) in self.affiliations.iter().enumerate() {
            let path = format!("affiliations[{ordinal}]");
            let body =
                record.target(format_args!("{path}.body"), Kind::Organisation, &item.body)?;
            if body.id == record.id {
                return Err(record.bad(path, "an organisation cannot be affiliated to itself"));
            }
            let kind = item.kind.unwrap_or(AffiliationKind::Member);
            let public_id = record.owned_id(
                NodeKind::Affiliation,
                &[&body.public_id, kind.as_str(), edtf(item.start.as_ref())],
            );
            record.claims(
                "affiliations",
                Some(&public_id),
                &Plain::node(body),
                &item.claims,
            )?;
            let mut row = affiliation::ActiveModel {
                public_id: Set(public_id),
                member_id: Set(OrganisationId(record.id.0)),
                body_id: Set(OrganisationId(body.id.0)),
                kind: Set(kind),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            };
            row.set_start(
                record
                    .date(format_args!("{path}.start"), item.start.as_ref())?
                    .as_ref(),
            );
            row.set_end(
                record
                    .date(format_args!("{path}.end"), item.end.as_ref())?
                    .as_ref(),
            );
            record.rows.affiliations.push(row);
        }
        Ok(())
    }
}
