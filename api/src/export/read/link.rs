//! Lineage links, read batch by batch.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use entity::date::HistoricalDate;
use entity::id::{EventId, NodeId, OrganisationId};
use entity::kind::{ClaimStatus, LineageKind};
use entity::lineage_link::{self, Column};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{Records, TOGETHER};
use crate::write::{Kind, Target, records};

/// One step of descent, with its ends and its event.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub public_id: String,
    pub kind: LineageKind,
    pub predecessor: Target,
    pub successor: Target,
    pub event: Target,
    pub date: Option<HistoricalDate>,
    pub people_value: Option<i64>,
    pub people_text: Option<String>,
    pub reason: Option<String>,
    pub status: ClaimStatus,
}

/// All links, in the order of their public ids.
pub(crate) struct Links<'a> {
    records: &'a Records<'a>,
    after: Option<String>,
}

impl Records<'_> {
    pub fn links(&self) -> Links<'_> {
        Links {
            records: self,
            after: Some(String::new()),
        }
    }

    /// The links that follow from events, in the order of their public ids.
    pub async fn links_of_events(&self, events: &[NodeId]) -> Result<Vec<Link>> {
        let events = events.iter().map(|id| EventId(id.0));
        let wanted = lineage_link::Entity::find().filter(Column::EventId.is_in(events));
        self.read_links(wanted).await
    }

    /// The links that lead to these organisations or from them, in the order of their public ids.
    pub async fn links_at(&self, organisations: &[NodeId]) -> Result<Vec<Link>> {
        let ids = || organisations.iter().map(|id| OrganisationId(id.0));
        let ends = Condition::any()
            .add(Column::PredecessorId.is_in(ids()))
            .add(Column::SuccessorId.is_in(ids()));
        self.read_links(lineage_link::Entity::find().filter(ends))
            .await
    }

    async fn read_links(&self, wanted: Select<lineage_link::Entity>) -> Result<Vec<Link>> {
        let rows = wanted.order_by_asc(Column::PublicId).all(&self.txn).await?;
        let ends = rows
            .iter()
            .flat_map(|row| [row.predecessor_id, row.successor_id])
            .map(NodeId::from);
        let events = rows.iter().map(|row| NodeId::from(row.event_id));
        let mut targets = HashMap::new();
        for (kind, ids) in [
            (Kind::Organisation, ends.collect()),
            (Kind::Event, events.collect()),
        ] {
            let found = records(&self.txn, kind, ids).await?;
            targets.extend(found.into_iter().map(|target| (target.id, target)));
        }
        let target = |id: NodeId| {
            let target = targets.get(&id).cloned();
            target.ok_or_else(|| anyhow!("there is no record {id}"))
        };
        rows.into_iter()
            .map(|row| {
                Ok(Link {
                    date: row.date_date(),
                    kind: row.kind,
                    predecessor: target(row.predecessor_id.into())?,
                    successor: target(row.successor_id.into())?,
                    event: target(row.event_id.into())?,
                    people_value: row.people_value,
                    people_text: row.people_text,
                    reason: row.reason,
                    status: row.status,
                    public_id: row.public_id,
                })
            })
            .collect()
    }
}

impl Links<'_> {
    /// The next links; none: there are no more.
    pub async fn next(&mut self) -> Result<Option<Vec<Link>>> {
        let Some(after) = self.after.take() else {
            return Ok(None);
        };
        let wanted = lineage_link::Entity::find()
            .filter(Column::PublicId.gt(after))
            .limit(TOGETHER);
        let links = self.records.read_links(wanted).await?;
        self.after = links.last().map(|link| link.public_id.clone());
        Ok(Some(links).filter(|links| !links.is_empty()))
    }
}
