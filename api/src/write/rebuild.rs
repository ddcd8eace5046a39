//! All lineage links beside what follows from the events: compared, and derived anew.
//!
//! Events are read some hundred at a time, so that memory does not grow with the data set.

mod events;

use std::collections::{HashMap, HashSet};

use entity::id::{LineageLinkId, NodeId};
use entity::kind::NodeKind;
use entity::{lineage_link, node};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};

use self::events::{Events, KEYLESS};
use super::batch::{self, CHUNK};
use super::{Context, raise, take_turns};
use crate::error::{Error, Result};

/// A link that is not as the events have it.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Which link, by the slugs of its event and of its two sides, and what is wrong with it.
    pub line: String,
    wanted: Option<lineage_link::Model>,
    stored: Option<LineageLinkId>,
    /// The event links an organisation to itself, so that nothing can follow from it.
    impossible: bool,
}

/// What follows from the events, and what had to be done for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many events have links.
    pub events: usize,
    pub links: usize,
    pub missing: usize,
    pub surplus: usize,
    pub wrong: usize,
    pub impossible: usize,
}

impl Totals {
    /// How many links are not as they should be.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.missing + self.surplus + self.wrong + self.impossible
    }

    fn count(&mut self, difference: &Difference) {
        *match (&difference.wanted, difference.stored) {
            _ if difference.impossible => &mut self.impossible,
            (Some(_), None) => &mut self.missing,
            (Some(_), Some(_)) => &mut self.wrong,
            (None, _) => &mut self.surplus,
        } += 1;
    }
}

/// Compares all links with what follows from the events; `each` is told every difference.
pub async fn compare_links(
    db: &impl ConnectionTrait,
    mut each: impl FnMut(&Difference),
) -> Result<Totals> {
    let mut totals = Totals::default();
    let mut after = None;
    while let Some(events) = Events::load(db, after).await? {
        after = events.last();
        for difference in events.differences(&mut totals)? {
            totals.count(&difference);
            each(&difference);
        }
    }
    Ok(totals)
}

/// Makes all links what follows from the events, and writes nothing when they are; `each` is told every difference.
/// A link that stays keeps its key, and every link has the public id that [`save`](super::save) gives it.
///
/// # Errors
/// [`Error::Conflict`] when an event links an organisation to itself. The transaction is of no use then.
pub async fn rebuild_links(
    txn: &DatabaseTransaction,
    context: &Context<'_>,
    mut each: impl FnMut(&Difference),
) -> Result<Totals> {
    take_turns(txn).await?;
    let mut totals = Totals::default();
    let mut stale = HashSet::new();
    let mut kept = HashSet::new();
    let mut after = None;
    while let Some(events) = Events::load(txn, after).await? {
        after = events.last();
        let mut wanted = Vec::new();
        for difference in events.differences(&mut totals)? {
            if difference.impossible {
                return Err(Error::conflict(difference.line));
            }
            totals.count(&difference);
            each(&difference);
            match (difference.wanted, difference.stored) {
                (Some(link), _) => wanted.push(link),
                (None, stored) => stale.extend(stored.map(NodeId::from)),
            }
        }
        kept.extend(store(txn, wanted).await?);
    }
    // Last of all: what one event must not have may be what another one lacks.
    let stale: Vec<_> = stale.difference(&kept).copied().collect();
    batch::delete_nodes(txn, &stale).await?;
    if totals.differences() > 0 {
        raise(txn, context).await?;
    }
    Ok(totals)
}

/// Writes links, and tells their keys.
async fn store(
    txn: &DatabaseTransaction,
    mut links: Vec<lineage_link::Model>,
) -> Result<Vec<NodeId>> {
    let keyless = links.iter().filter(|link| link.id == KEYLESS);
    let keyless: Vec<_> = keyless.map(|link| link.public_id.clone()).collect();
    // A link that an event lacks may be on another one.
    let mut ids = HashMap::new();
    for keyless in keyless.chunks(CHUNK) {
        let found = node::Entity::find()
            .filter(node::Column::Kind.eq(NodeKind::LineageLink))
            .filter(node::Column::PublicId.is_in(keyless))
            .all(txn)
            .await
            .map_err(Error::internal)?;
        ids.extend(found.into_iter().map(|node| (node.public_id, node.id)));
    }
    let new = keyless.into_iter().filter(|link| !ids.contains_key(link));
    let new = new.map(|link| (NodeKind::LineageLink, link)).collect();
    ids.extend(batch::nodes(txn, new).await?);
    for link in &mut links {
        if let Some(id) = ids.get(&link.public_id) {
            link.id = LineageLinkId(id.0);
        }
    }
    let keys = links.iter().map(|link| link.id.into()).collect();
    let rows = links
        .into_iter()
        .map(|link| link.into_active_model().reset_all())
        .collect();
    batch::upsert(txn, rows, lineage_link::Column::Id, &[], "lineage links").await?;
    Ok(keys)
}
