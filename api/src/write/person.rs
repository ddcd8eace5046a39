//! Writing people.

use entity::id::{OrganisationId, PersonId};
use entity::kind::{ClaimStatus, EntityKind, NodeKind};
use entity::{membership, person};
use sea_orm::Set;

use super::draft::{ClaimDraft, DateDraft, Kind, drafts, entity_draft};
use super::parts::Parts;
use super::record::{Plain, Record, count, edtf};
use super::text::fold;
use crate::error::Result;

entity_draft! {
    /// A person.
    PersonDraft {
        born: Option<DateDraft>,
        died: Option<DateDraft>,
        memberships: Vec<MembershipDraft>,
    }
}

drafts! {
    /// What a person was in an organisation, and when.
    MembershipDraft (organisation: String, role: String) {
        post: Option<String>,
        start: Option<DateDraft>,
        end: Option<DateDraft>,
        status: Option<ClaimStatus>,
        claims: Vec<ClaimDraft>,
    }
}

impl PersonDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.common(Kind::Person, self.common());
        parts.period(("born", self.born.as_ref()), ("died", self.died.as_ref()));
        parts.items("memberships", &self.memberships, |parts, item| {
            parts.reference("organisation", Kind::Organisation, Some(&item.organisation));
            parts.text("role", &item.role);
            parts.period(("start", item.start.as_ref()), ("end", item.end.as_ref()));
            parts.item_claims("organisations", item.status, &item.claims);
        });
    }
}

impl PersonDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let mut row = person::ActiveModel {
            id: Set(PersonId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            summary: Set(self.summary.clone()),
            revision: Set(record.revision),
            ..Default::default()
        };
        row.set_born(record.date("born", self.born.as_ref())?.as_ref());
        row.set_died(record.date("died", self.died.as_ref())?.as_ref());
        record.rows.people.push(row);

        record.entity_rows(EntityKind::Person, self.common(), None, |_, property| {
            Ok(match property {
                "born" => Plain::date(self.born.as_ref()),
                "died" => Plain::date(self.died.as_ref()),
                _ => Plain::default(),
            })
        })?;
        self.memberships(record)
    }

    fn memberships(&self, record: &mut Record<'_>) -> Result<()> {
        for (ordinal, item) in self.memberships.iter().enumerate() {
            let path = format!("memberships[{ordinal}]");
            let organisation = record.target(
                format_args!("{path}.organisation"),
                Kind::Organisation,
                &item.organisation,
            )?;
            let public_id = record.owned_id(
                NodeKind::Membership,
                &[
                    &organisation.public_id,
                    &item.role,
                    edtf(item.start.as_ref()),
                ],
            );
            let plain = Plain::node(organisation);
            record.claims("organisations", Some(&public_id), &plain, &item.claims)?;
            let mut row = membership::ActiveModel {
                public_id: Set(public_id),
                person_id: Set(PersonId(record.id.0)),
                organisation_id: Set(OrganisationId(organisation.id.0)),
                role: Set(item.role.clone()),
                post: Set(item.post.clone()),
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
            record.rows.memberships.push(row);
        }
        Ok(())
    }
}
