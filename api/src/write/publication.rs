//! Writing publications.

use entity::id::{OrganisationId, PersonId, PublicationId};
use entity::kind::{ClaimStatus, EntityKind, NodeKind, PublicationKind};
use entity::{authorship, publication, publishing};
use sea_orm::Set;

use super::draft::{ClaimDraft, ClassificationDraft, DateDraft, Kind, drafts, entity_draft};
use super::parts::Parts;
use super::record::{Plain, Record, count};
use super::text::fold;
use crate::error::Result;

entity_draft! {
    /// A newspaper, a book, a blog. Its name is its title.
    PublicationDraft {
        subtitle: Option<String>,
        kind: Option<PublicationKind>,
        frequency: Option<String>,
        format: Option<String>,
        colour: Option<bool>,
        free: Option<bool>,
        language: Option<String>,
        editorial_focus: Option<String>,
        published: Option<DateDraft>,
        ceased: Option<DateDraft>,
        isbn: Option<String>,
        issn: Option<String>,
        topics: Vec<ClassificationDraft>,
        publishers: Vec<PublishingDraft>,
        authors: Vec<AuthorshipDraft>,
    }
}

drafts! {
    /// An organisation that published a publication.
    PublishingDraft (organisation: String) {
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }

    /// A person who wrote a publication, or had another part in it.
    AuthorshipDraft (person: String) {
        /// "author" where it is left out.
        role: Option<String>,
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }
}

impl PublicationDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.common(Kind::Publication, self.common());
        parts.language("language", self.language.as_ref());
        parts.period(
            ("published", self.published.as_ref()),
            ("ceased", self.ceased.as_ref()),
        );
        parts.classifications("topics", &self.topics);
        parts.items("publishers", &self.publishers, |parts, item| {
            parts.reference("organisation", Kind::Organisation, Some(&item.organisation));
            parts.item_claims("publishers", item.status, &item.claims);
        });
        parts.items("authors", &self.authors, |parts, item| {
            parts.reference("person", Kind::Person, Some(&item.person));
            parts.item_claims("authors", item.status, &item.claims);
        });
    }
}

impl PublicationDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let mut row = publication::ActiveModel {
            id: Set(PublicationId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            summary: Set(self.summary.clone()),
            subtitle: Set(self.subtitle.clone()),
            kind: Set(self.kind.unwrap_or(PublicationKind::Unknown)),
            frequency: Set(self.frequency.clone()),
            format: Set(self.format.clone()),
            colour: Set(self.colour),
            free: Set(self.free),
            language: Set(self.language.clone()),
            editorial_focus: Set(self.editorial_focus.clone()),
            isbn: Set(self.isbn.clone()),
            issn: Set(self.issn.clone()),
            revision: Set(record.revision),
            ..Default::default()
        };
        row.set_published(record.date("published", self.published.as_ref())?.as_ref());
        row.set_ceased(record.date("ceased", self.ceased.as_ref())?.as_ref());
        record.rows.publications.push(row);

        record.entity_rows(
            EntityKind::Publication,
            self.common(),
            self.subtitle.as_ref(),
            |_, property| {
                Ok(match property {
                    "title" => Plain::text(&self.name),
                    "subtitle" => Plain::maybe(self.subtitle.as_ref()),
                    "kind" => Plain::maybe(self.kind),
                    "frequency" => Plain::maybe(self.frequency.as_ref()),
                    "format" => Plain::maybe(self.format.as_ref()),
                    "colour" => Plain::maybe(self.colour),
                    "free" => Plain::maybe(self.free),
                    "language" => Plain::maybe(self.language.as_ref()),
                    "editorialFocus" => Plain::maybe(self.editorial_focus.as_ref()),
                    "published" => Plain::date(self.published.as_ref()),
                    "ceased" => Plain::date(self.ceased.as_ref()),
                    "isbn" => Plain::maybe(self.isbn.as_ref()),
                    "issn" => Plain::maybe(self.issn.as_ref()),
                    _ => Plain::default(),
                })
            },
        )?;
        record.classifications("topics", &self.topics)?;
        self.publishers(record)?;
        self.authors(record)
    }

    fn publishers(&self, record: &mut Record<'_>) -> Result<()> {
        for (ordinal, item) in self.publishers.iter().enumerate() {
            let path = format_args!("publishers[{ordinal}].organisation");
            let organisation = record.target(path, Kind::Organisation, &item.organisation)?;
            let public_id = record.owned_id(NodeKind::Publishing, &[&organisation.public_id]);
            let plain = Plain::node(organisation);
            record.claims("publishers", Some(&public_id), &plain, &item.claims)?;
            record.rows.publishings.push(publishing::ActiveModel {
                public_id: Set(public_id),
                publication_id: Set(PublicationId(record.id.0)),
                organisation_id: Set(OrganisationId(organisation.id.0)),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            });
        }
        Ok(())
    }

    fn authors(&self, record: &mut Record<'_>) -> Result<()> {
        for (ordinal, item) in self.authors.iter().enumerate() {
            let path = format_args!("authors[{ordinal}].person");
            let person = record.target(path, Kind::Person, &item.person)?;
            let role = item.role.as_deref().unwrap_or("author");
            let public_id = record.owned_id(NodeKind::Authorship, &[&person.public_id, role]);
            record.claims(
                "authors",
                Some(&public_id),
                &Plain::node(person),
                &item.claims,
            )?;
            record.rows.authorships.push(authorship::ActiveModel {
                public_id: Set(public_id),
                publication_id: Set(PublicationId(record.id.0)),
                person_id: Set(PersonId(person.id.0)),
                role: Set(role.to_owned()),
                status: Set(item.status.unwrap_or(ClaimStatus::Stated)),
                ordinal: Set(count(ordinal)),
                ..Default::default()
            });
        }
        Ok(())
    }
}
