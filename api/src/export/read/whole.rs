//! Whole records: a draft with everything that is stored for it and does not stand in it.

use std::collections::HashMap;

use anyhow::Result;
use entity::id::NodeId;
use entity::kind::NodeKind;
use entity::{
    affiliation, authorship, classification, event_order, membership, name, participation,
    place_period, publishing, statement,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Claim, Link, Record, Records};
use crate::write::{Directory, Kind};

/// A record with its claims, the ids of its rows, the links that follow from it, and what it refers to.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub record: &'a Record,
    pub owned: &'a Owned,
    pub directory: &'a Directory,
}

/// What is stored for a record beside its draft.
#[derive(Debug, Clone, Default)]
pub(crate) struct Owned {
    rows: HashMap<NodeKind, Vec<String>>,
    /// By the event that came before.
    orders: HashMap<NodeId, String>,
    pub claims: Vec<Claim>,
    /// Of an event: the lineage links that follow from it.
    pub links: Vec<Link>,
}

impl Owned {
    /// The public ids of rows of one kind, in the order of the draft's list. The first name may be the one that the
    /// draft is known by, where its list does not repeat it.
    pub fn rows(&self, kind: NodeKind) -> &[String] {
        self.rows.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// How many of the draft's lists have an order.
    pub fn lists(&self) -> usize {
        self.rows.values().filter(|rows| rows.len() > 1).count()
    }

    /// The public id of what is known of the order of this event and an earlier one.
    pub fn order_after(&self, earlier: NodeId) -> Option<&str> {
        self.orders.get(&earlier).map(String::as_str)
    }
}

/// Whole records that were read together.
pub(crate) struct Wholes {
    records: Vec<Record>,
    owned: HashMap<NodeId, Owned>,
    directory: Directory,
    nothing: Owned,
}

impl Wholes {
    pub fn iter(&self) -> impl Iterator<Item = Whole<'_>> {
        self.records.iter().map(|record| Whole {
            record,
            owned: self.owned.get(&record.id).unwrap_or(&self.nothing),
            directory: &self.directory,
        })
    }
}

impl Records<'_> {
    /// Reads what belongs to these records, which are of one kind.
    pub async fn whole(&self, records: Vec<Record>) -> Result<Wholes> {
        let directory = self.referred(&records).await?;
        let ids: Vec<NodeId> = records.iter().map(|record| record.id).collect();
        let kind = records.first().map(|record| record.draft.kind());
        let mut owned: HashMap<NodeId, Owned> = HashMap::new();
        if let Some(kind) = kind.filter(|kind| kind.is_entity()) {
            self.rows(kind, &ids, &mut owned).await?;
            for (id, claims) in self.claims(&ids).await? {
                owned.entry(id).or_default().claims = claims;
            }
        }
        if kind == Some(Kind::Event) {
            for link in self.links_of_events(&ids).await? {
                owned.entry(link.event.id).or_default().links.push(link);
            }
        }
        Ok(Wholes {
            records,
            owned,
            directory,
            nothing: Owned::default(),
        })
    }

    async fn rows(
        &self,
        kind: Kind,
        ids: &[NodeId],
        owned: &mut HashMap<NodeId, Owned>,
    ) -> Result<()> {
        macro_rules! read {
            ($($table:ident $kind:ident by $owner:ident;)*) => {$(
                let rows = $table::Entity::find()
                    .select_only()
                    .columns([$table::Column::$owner, $table::Column::PublicId])
                    .filter($table::Column::$owner.is_in(ids.iter().copied()))
                    .order_by_asc($table::Column::$owner)
                    .order_by_asc($table::Column::Ordinal)
                    .order_by_asc($table::Column::Id)
                    .into_tuple::<(NodeId, String)>()
                    .all(&self.txn)
                    .await?;
                for (owner, public_id) in rows {
                    let rows = &mut owned.entry(owner).or_default().rows;
                    rows.entry(NodeKind::$kind).or_default().push(public_id);
                }
            )*};
        }
        read! {
            name Name by NodeId;
            statement Statement by NodeId;
        }
        match kind {
            Kind::Organisation => {
                read! {
                    classification Classification by NodeId;
                    place_period PlacePeriod by OrganisationId;
                    affiliation Affiliation by MemberId;
                }
            }
            Kind::Person => {
                read! { membership Membership by PersonId; }
            }
            Kind::Campaign => {
                read! {
                    classification Classification by NodeId;
                    participation Participation by ContextId;
                }
            }
            Kind::Publication => {
                read! {
                    classification Classification by NodeId;
                    publishing Publishing by PublicationId;
                    authorship Authorship by PublicationId;
                }
            }
            Kind::Event => {
                read! { participation Participation by ContextId; }
                self.orders(ids, owned).await?;
            }
            Kind::Source | Kind::Place | Kind::Topic => {}
        }
        Ok(())
    }

    async fn orders(&self, ids: &[NodeId], owned: &mut HashMap<NodeId, Owned>) -> Result<()> {
        let rows = event_order::Entity::find()
            .select_only()
            .columns([
                event_order::Column::LaterId,
                event_order::Column::EarlierId,
                event_order::Column::PublicId,
            ])
            .filter(event_order::Column::LaterId.is_in(ids.iter().copied()))
            .into_tuple::<(NodeId, NodeId, String)>()
            .all(&self.txn)
            .await?;
        for (later, earlier, public_id) in rows {
            let orders = &mut owned.entry(later).or_default().orders;
            orders.insert(earlier, public_id);
        }
        Ok(())
    }
}
