//! The rows that drafts become, gathered for all drafts and then written table by table.

use std::collections::{HashMap, HashSet};

use entity::id::{
    AffiliationId, AuthorshipId, ClassificationId, EventOrderId, LineageLinkId, MembershipId,
    NameId, NodeId, ParticipationId, PlacePeriodId, PublishingId, StatementId,
};
use entity::kind::NodeKind;
use entity::{
    affiliation, authorship, campaign, claim, classification, event, event_order, lineage_link,
    membership, name, organisation, participation, person, place, place_period, publication,
    publishing, search_document, source, statement, topic,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect, Set,
};

use super::batch::{self, CHUNK};
use super::external::{self, ExternalIdRow};
use crate::error::{Error, Result};

/// A claim, and the public id of the row that it is about.
pub(crate) struct ClaimRow {
    pub about: Option<String>,
    pub row: claim::ActiveModel,
}

/// A lineage link, and the public ids of the participations that it rests on.
pub(crate) struct LinkRow {
    pub predecessor: String,
    pub successor: String,
    pub row: lineage_link::ActiveModel,
}

/// Rows that a record owns and that are nodes themselves: they keep their keys when the record is written again.
trait Owned: ActiveModelTrait {
    const KIND: NodeKind;
    const WHAT: &str;
    /// The column that names the owner.
    fn owner() -> <Self::Entity as EntityTrait>::Column;
    fn columns() -> [<Self::Entity as EntityTrait>::Column; 2];
    fn public_id(&self) -> Option<&String>;
    fn set_id(&mut self, id: NodeId);
}

pub(crate) fn value<T: Into<sea_orm::Value>>(field: &ActiveValue<T>) -> Option<&T> {
    match field {
        Set(value) | ActiveValue::Unchanged(value) => Some(value),
        ActiveValue::NotSet => None,
    }
}

macro_rules! owned {
    ($($table:ident $kind:ident $id:ident $owner:ident $what:literal;)*) => {
        $(
            impl Owned for $table::ActiveModel {
                const KIND: NodeKind = NodeKind::$kind;
                const WHAT: &str = $what;

                fn owner() -> $table::Column {
                    $table::Column::$owner
                }

                fn columns() -> [$table::Column; 2] {
                    [$table::Column::Id, $table::Column::PublicId]
                }

                fn public_id(&self) -> Option<&String> {
                    value(&self.public_id)
                }

                fn set_id(&mut self, id: NodeId) {
                    self.id = Set($id(id.0));
                }
            }
        )*
    };
}

owned! {
    name Name NameId NodeId "names";
    place_period PlacePeriod PlacePeriodId OrganisationId "places";
    classification Classification ClassificationId NodeId "topics";
    membership Membership MembershipId PersonId "memberships";
    participation Participation ParticipationId ContextId "participants";
    affiliation Affiliation AffiliationId MemberId "affiliations";
    authorship Authorship AuthorshipId PublicationId "authors";
    publishing Publishing PublishingId PublicationId "publishers";
    statement Statement StatementId NodeId "statements";
    event_order EventOrder EventOrderId LaterId "orders of events";
    lineage_link LineageLink LineageLinkId EventId "lineage links";
}

/// See the module's documentation.
#[derive(Default)]
pub(crate) struct Rows {
    pub topics: Vec<topic::ActiveModel>,
    pub places: Vec<place::ActiveModel>,
    pub sources: Vec<source::ActiveModel>,
    pub people: Vec<person::ActiveModel>,
    pub publications: Vec<publication::ActiveModel>,
    pub organisations: Vec<organisation::ActiveModel>,
    pub campaigns: Vec<campaign::ActiveModel>,
    pub events: Vec<event::ActiveModel>,

    pub names: Vec<name::ActiveModel>,
    pub external_ids: Vec<ExternalIdRow>,
    pub statements: Vec<statement::ActiveModel>,
    pub classifications: Vec<classification::ActiveModel>,
    pub places_in_time: Vec<place_period::ActiveModel>,
    pub affiliations: Vec<affiliation::ActiveModel>,
    pub memberships: Vec<membership::ActiveModel>,
    pub participations: Vec<participation::ActiveModel>,
    pub authorships: Vec<authorship::ActiveModel>,
    pub publishings: Vec<publishing::ActiveModel>,
    pub orders: Vec<event_order::ActiveModel>,
    pub links: Vec<LinkRow>,
    pub claims: Vec<ClaimRow>,
    pub search_documents: Vec<search_document::ActiveModel>,
}

impl Rows {
    /// Adds the rows of others.
    pub fn append(&mut self, mut others: Self) {
        macro_rules! append {
            ($($table:ident)*) => {$( self.$table.append(&mut others.$table); )*};
        }
        append!(
            topics places sources people publications organisations campaigns events names external_ids statements
            classifications places_in_time affiliations memberships participations authorships publishings orders
            links claims search_documents
        );
    }

    /// The public ids of the rows that the records own, beside those that `others` have at the same places. Links
    /// have no places: one of them may follow from what two of them followed from.
    pub fn ids_beside<'a>(&'a self, others: &'a Self) -> Vec<(&'a str, &'a str)> {
        let mut pairs = Vec::new();
        macro_rules! pair {
            ($($table:ident)*) => {$(
                let ids = self.$table.iter().zip(&others.$table);
                pairs.extend(ids.filter_map(|(row, other)| Some((row.public_id()?.as_str(), other.public_id()?.as_str()))));
            )*};
        }
        pair!(
            names statements classifications places_in_time affiliations memberships participations authorships
            publishings orders
        );
        pairs
    }

    /// Writes everything. `known` are the records that existed before: what they owned and own no more goes.
    pub async fn store(self, txn: &DatabaseTransaction, known: &[NodeId]) -> Result<()> {
        // A record may lie in one of its own kind that is written after it, so these references come last.
        let mut places = self.places;
        let inside = take_parents(&mut places, |row| &mut row.parent_id);
        let mut topics = self.topics;
        let wider = take_parents(&mut topics, |row| &mut row.parent_id);
        let mut campaigns = self.campaigns;
        let larger = take_parents(&mut campaigns, |row| &mut row.parent_id);

        macro_rules! write {
            ($($table:ident: $rows:expr $(, then $again:expr)?;)*) => {$(
                let (id, public_id) = ($table::Column::Id, $table::Column::PublicId);
                batch::put(txn, $rows, id, &[public_id], known, stringify!($table)).await?;
                $( batch::upsert(txn, $again, id, &[public_id], stringify!($table)).await?; )?
            )*};
        }
        write! {
            topic: topics, then wider;
            place: places, then inside;
            source: self.sources;
            person: self.people;
            publication: self.publications;
            organisation: self.organisations;
            campaign: campaigns, then larger;
            event: self.events;
        }

        let (ends, mut links): (Vec<_>, Vec<_>) = self
            .links
            .into_iter()
            .map(|link| ((link.predecessor, link.successor), link.row))
            .unzip();
        let mut owned = Owners::new(known);
        macro_rules! gather {
            ($($rows:expr),*) => {$( owned.gather(txn, &$rows).await?; )*};
        }
        gather!(
            self.names,
            self.statements,
            self.classifications,
            self.places_in_time,
            self.affiliations,
            self.memberships,
            self.participations,
            self.authorships,
            self.publishings,
            self.orders,
            links
        );
        let (ids, stale) = owned.settle(txn).await?;
        for ((predecessor, successor), row) in ends.iter().zip(&mut links) {
            row.predecessor_participation_id = Set(ParticipationId(ids.get(predecessor)?.0));
            row.successor_participation_id = Set(ParticipationId(ids.get(successor)?.0));
        }
        macro_rules! store {
            ($($rows:expr),*) => {$( ids.store(txn, $rows, known).await?; )*};
        }
        store!(
            self.names,
            self.statements,
            self.classifications,
            self.places_in_time,
            self.affiliations,
            self.memberships,
            self.participations,
            self.authorships,
            self.publishings,
            self.orders,
            links
        );
        external::store(txn, known, self.external_ids).await?;
        store_claims(txn, known, self.claims, &ids).await?;
        batch::put(
            txn,
            self.search_documents,
            search_document::Column::Id,
            &[],
            known,
            "search documents",
        )
        .await?;
        // Last of all: a participation would take along the link that has just been put on another one.
        batch::delete_nodes(txn, &stale).await
    }
}

/// Empties the references that rows have to rows of their own table, and gives back the rows that had one.
fn take_parents<A: Clone, Id: Clone + Into<sea_orm::Value>>(
    rows: &mut [A],
    parent: impl Fn(&mut A) -> &mut ActiveValue<Option<Id>>,
) -> Vec<A>
where
    Option<Id>: Into<sea_orm::Value>,
{
    let mut having = Vec::new();
    for row in rows {
        let full = row.clone();
        let parent = parent(row);
        if matches!(parent, Set(Some(_))) {
            *parent = Set(None);
            having.push(full);
        }
    }
    having
}

/// Finds out which owned rows have keys already, which need one, and which are to go.
struct Owners<'a> {
    known: &'a [NodeId],
    ids: HashMap<String, NodeId>,
    missing: Vec<(NodeKind, String)>,
    stale: Vec<NodeId>,
}

impl<'a> Owners<'a> {
    fn new(known: &'a [NodeId]) -> Self {
        Self {
            known,
            ids: HashMap::new(),
            missing: Vec::new(),
            stale: Vec::new(),
        }
    }

    async fn gather<A: Owned>(&mut self, txn: &DatabaseTransaction, rows: &[A]) -> Result<()> {
        let wanted: HashSet<&String> = rows.iter().filter_map(Owned::public_id).collect();
        for owners in self.known.chunks(CHUNK) {
            let found = A::Entity::find()
                .select_only()
                .columns(A::columns())
                .filter(A::owner().is_in(owners.iter().copied()))
                .into_tuple::<(NodeId, String)>()
                .all(txn)
                .await
                .map_err(Error::internal)?;
            for (id, public_id) in found {
                if wanted.contains(&public_id) {
                    self.ids.insert(public_id, id);
                } else {
                    self.stale.push(id);
                }
            }
        }
        self.missing.extend(
            rows.iter()
                .filter_map(Owned::public_id)
                .filter(|public_id| !self.ids.contains_key(*public_id))
                .map(|public_id| (A::KIND, public_id.clone())),
        );
        Ok(())
    }

    /// Gives every row its key, and tells what is to go once all rows are written.
    async fn settle(mut self, txn: &DatabaseTransaction) -> Result<(Ids, Vec<NodeId>)> {
        self.ids.extend(batch::nodes(txn, self.missing).await?);
        Ok((Ids(self.ids), self.stale))
    }
}

/// The keys of owned rows, by public id.
struct Ids(HashMap<String, NodeId>);

impl Ids {
    fn get(&self, public_id: &str) -> Result<NodeId> {
        let id = self.0.get(public_id).copied();
        id.ok_or_else(|| Error::internal(anyhow::anyhow!("no row was made for {public_id}")))
    }

    async fn store<A>(
        &self,
        txn: &DatabaseTransaction,
        mut rows: Vec<A>,
        known: &[NodeId],
    ) -> Result<()>
    where
        A: Owned + Send,
        <A::Entity as EntityTrait>::Column: Copy + std::fmt::Debug,
    {
        for row in &mut rows {
            if let Some(id) = row.public_id().map(|public_id| self.get(public_id)) {
                row.set_id(id?);
            }
        }
        let [id, public_id] = A::columns();
        batch::put(txn, rows, id, &[public_id], known, A::WHAT).await
    }
}

/// Claims that were there before keep who recorded them and when.
async fn store_claims(
    txn: &DatabaseTransaction,
    known: &[NodeId],
    claims: Vec<ClaimRow>,
    ids: &Ids,
) -> Result<()> {
    let wanted: HashSet<&String> = claims
        .iter()
        .filter_map(|claim| value(&claim.row.public_id))
        .collect();
    let mut stale = Vec::new();
    for subjects in known.chunks(CHUNK) {
        let found = claim::Entity::find()
            .select_only()
            .columns([claim::Column::Id, claim::Column::PublicId])
            .filter(claim::Column::SubjectId.is_in(subjects.iter().copied()))
            .into_tuple::<(i64, String)>()
            .all(txn)
            .await
            .map_err(Error::internal)?;
        stale.extend(
            found
                .into_iter()
                .filter(|(_, public_id)| !wanted.contains(public_id))
                .map(|(id, _)| id),
        );
    }
    for stale in stale.chunks(CHUNK) {
        claim::Entity::delete_many()
            .filter(claim::Column::Id.is_in(stale.iter().copied()))
            .exec(txn)
            .await
            .map_err(Error::internal)?;
    }
    let mut rows = Vec::with_capacity(claims.len());
    for ClaimRow { about, mut row } in claims {
        row.about_id = Set(about.map(|about| ids.get(&about)).transpose()?);
        rows.push(row);
    }
    batch::put(
        txn,
        rows,
        claim::Column::PublicId,
        &[
            claim::Column::Id,
            claim::Column::RecordedBy,
            claim::Column::RecordedAt,
        ],
        known,
        "claims",
    )
    .await
}
