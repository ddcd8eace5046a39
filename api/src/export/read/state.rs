//! The data set as a whole: how much there is, and of when.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use entity::{claim, dataset, lineage_link};
use sea_orm::{EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};

use super::{Records, count, keys};
use crate::write::Kind;

/// What state the data set is in.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Raised by one in every transaction that writes.
    pub revision: i64,
    pub changed_at: DateTime<Utc>,
    pub licence: String,
    /// How many records there are of each kind.
    pub counts: Vec<(Kind, u64)>,
    pub claims: u64,
    pub links: u64,
    /// The public id of one record of each kind that there is.
    pub examples: Vec<String>,
    /// Who recorded claims, by name.
    pub recorders: Vec<String>,
}

impl Records<'_> {
    pub async fn state(&self) -> Result<State> {
        let row = dataset::Entity::find_by_id(1).one(&self.txn).await?;
        let row = row.context("the row that tells the state of the data set is missing")?;
        let mut counts = Vec::new();
        let mut examples = Vec::new();
        for kind in Kind::ALL {
            counts.push((kind, count(&self.txn, kind).await?));
            let keys = keys(&self.txn, kind, "", 1).await?;
            examples.extend(keys.into_iter().map(|(_, public_id, _)| public_id));
        }
        Ok(State {
            revision: row.revision,
            changed_at: row.changed_at,
            licence: row.licence,
            counts,
            claims: claim::Entity::find().count(&self.txn).await?,
            links: lineage_link::Entity::find().count(&self.txn).await?,
            examples,
            recorders: claim::Entity::find()
                .select_only()
                .column(claim::Column::RecordedBy)
                .distinct()
                .order_by_asc(claim::Column::RecordedBy)
                .into_tuple()
                .all(&self.txn)
                .await?,
        })
    }
}
