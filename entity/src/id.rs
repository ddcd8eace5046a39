//! A distinct key type per table, so that the key of one kind of thing is never taken for that of another.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident $(: $node:ident)?,)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        $(impl From<$name> for $node {
            fn from(id: $name) -> Self {
                Self(id.0)
            }
        })?
    )+};
}

ids! {
    /// Key of a node: of anything that can be referred to or that a claim can support.
    NodeId,
    /// Key of an organisation.
    OrganisationId: NodeId,
    /// Key of a person.
    PersonId: NodeId,
    /// Key of a campaign.
    CampaignId: NodeId,
    /// Key of a publication.
    PublicationId: NodeId,
    /// Key of an event.
    EventId: NodeId,
    /// Key of a name.
    NameId: NodeId,
    /// Key of an external id.
    ExternalIdId,
    /// Key of a place.
    PlaceId: NodeId,
    /// Key of an organisation's time at a place.
    PlacePeriodId: NodeId,
    /// Key of a topic.
    TopicId: NodeId,
    /// Key of a classification.
    ClassificationId: NodeId,
    /// Key of a membership.
    MembershipId: NodeId,
    /// Key of a participation.
    ParticipationId: NodeId,
    /// Key of an affiliation.
    AffiliationId: NodeId,
    /// Key of an authorship.
    AuthorshipId: NodeId,
    /// Key of a publishing.
    PublishingId: NodeId,
    /// Key of a lineage link.
    LineageLinkId: NodeId,
    /// Key of a pair of events in order.
    EventOrderId: NodeId,
    /// Key of a source.
    SourceId: NodeId,
    /// Key of a statement.
    StatementId: NodeId,
    /// Key of a claim.
    ClaimId,
    /// Key of a revision.
    RevisionId,
}
