//! Writing campaigns.

use entity::campaign;
use entity::id::{CampaignId, OrganisationId};
use entity::kind::EntityKind;
use sea_orm::Set;

use super::draft::{ClassificationDraft, DateDraft, Kind, ParticipationDraft, entity_draft};
use super::parts::Parts;
use super::record::{Plain, Record};
use super::text::fold;
use crate::error::Result;

entity_draft! {
    /// An effort towards an end that several bodies or people take part in.
    CampaignDraft {
        started: Option<DateDraft>,
        ended: Option<DateDraft>,
        /// The campaign that it is a part of.
        parent: Option<String>,
        /// The organisation that the campaign also is.
        organisation: Option<String>,
        topics: Vec<ClassificationDraft>,
        participants: Vec<ParticipationDraft>,
    }
}

impl CampaignDraft {
    pub(crate) fn parts<'a>(&'a self, parts: &mut Parts<'a>) {
        parts.common(Kind::Campaign, self.common());
        parts.period(
            ("started", self.started.as_ref()),
            ("ended", self.ended.as_ref()),
        );
        parts.reference("parent", Kind::Campaign, self.parent.as_ref());
        parts.reference(
            "organisation",
            Kind::Organisation,
            self.organisation.as_ref(),
        );
        parts.classifications("topics", &self.topics);
        parts.participants(&self.participants);
    }
}

impl CampaignDraft {
    pub(crate) fn rows(&self, record: &mut Record<'_>) -> Result<()> {
        let parent = record.maybe_target("parent", Kind::Campaign, self.parent.as_ref())?;
        if parent.is_some_and(|parent| parent.id == record.id) {
            return Err(record.bad("parent", "a campaign cannot be a part of itself"));
        }
        let organisation = record.maybe_target(
            "organisation",
            Kind::Organisation,
            self.organisation.as_ref(),
        )?;
        let mut row = campaign::ActiveModel {
            id: Set(CampaignId(record.id.0)),
            public_id: Set(record.public_id.clone()),
            slug: Set(record.draft.slug.clone()),
            name: Set(self.name.clone()),
            name_folded: Set(fold(&self.name)),
            summary: Set(self.summary.clone()),
            parent_id: Set(parent.map(|campaign| CampaignId(campaign.id.0))),
            organisation_id: Set(organisation.map(|body| OrganisationId(body.id.0))),
            revision: Set(record.revision),
            ..Default::default()
        };
        row.set_started(record.date("started", self.started.as_ref())?.as_ref());
        row.set_ended(record.date("ended", self.ended.as_ref())?.as_ref());
        record.rows.campaigns.push(row);

        record.entity_rows(EntityKind::Campaign, self.common(), None, |_, property| {
            Ok(match property {
                "started" => Plain::date(self.started.as_ref()),
                "ended" => Plain::date(self.ended.as_ref()),
                "parent" => parent.map(Plain::node).unwrap_or_default(),
                "organisation" => organisation.map(Plain::node).unwrap_or_default(),
                _ => Plain::default(),
            })
        })?;
        record.classifications("topics", &self.topics)?;
        record.participants(&self.participants)?;
        Ok(())
    }
}
