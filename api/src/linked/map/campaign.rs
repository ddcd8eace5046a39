//! Campaigns, and who takes part in campaigns and events.

use anyhow::Result;
use entity::kind::{ClaimStatus, NodeKind};
use oxrdf::Literal;

use super::item::{Item, holds};
use super::{Map, Said};
use crate::write::{CampaignDraft, Kind, ParticipationDraft, Reference};

impl<'m> Map<'m, '_> {
    pub(super) fn campaign(&mut self, draft: &'m CampaignDraft) -> Result<()> {
        self.class("ns:Campaign");
        self.class("schema:Project");
        self.entity(draft.common())?;
        self.date("started", draft.started.as_ref());
        self.date("ended", draft.ended.as_ref());
        self.reference("parent", Kind::Campaign, draft.parent.as_deref())?;
        let organisation = draft.organisation.as_deref();
        self.reference("organisation", Kind::Organisation, organisation)?;
        self.classifications("topics", &draft.topics)?;
        for (index, item) in draft.participants.iter().enumerate() {
            self.participant(index, item)?;
        }
        self.rest(draft.common())
    }

    /// Says who takes part. Gives the address of a participant that is an organisation, where it holds.
    pub(super) fn participant(
        &mut self,
        index: usize,
        item: &'m ParticipationDraft,
    ) -> Result<Option<String>> {
        let (public_id, address) = self.item(NodeKind::Participation, index)?;
        let who = item.participant.as_deref().map(Reference::parse);
        let who = who.and_then(|who| Some((who.kind?, who.slug)));
        let words = item.description.as_deref();
        let said = if let Some((kind, slug)) = who {
            self.said(kind, slug)?
        } else {
            Said {
                object: Literal::new_simple_literal(words.unwrap_or_default()).into(),
                entity: false,
            }
        };
        self.relate(&Item {
            property: "participants",
            id: (public_id, &address),
            class: "ns:Participation",
            predicate: "ns:participant",
            said,
            status: item.status,
            claims: &item.claims,
        });
        self.graph.text(&address, "ns:role", Some(&item.role));
        self.graph.text(&address, "ns:post", item.post.as_deref());
        if who.is_some() {
            self.graph.text(&address, "schema:description", words);
        }
        let terms = ("ns:count", "ns:countInWords");
        self.graph.quantity(&address, terms, item.count.as_ref());
        self.graph
            .period(&address, item.start.as_ref(), item.end.as_ref());
        self.graph.text(&address, "skos:note", item.note.as_deref());
        let status = item.status.unwrap_or(ClaimStatus::Stated);
        match who {
            Some((Kind::Organisation, slug)) if holds(status) => {
                self.address(Kind::Organisation, slug).map(Some)
            }
            _ => Ok(None),
        }
    }
}
