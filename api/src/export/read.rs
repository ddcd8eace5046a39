//! Whole records, read batch by batch in one snapshot: what the newest revision of each says.
//!
//! Files and linked data show whole records and not a selection of fields, so they are read from the drafts that were
//! written, not through the planner of questions.

mod claim;
mod link;
mod referring;
mod revision;
mod state;
mod whole;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, anyhow};
use entity::id::NodeId;
use entity::{campaign, event, organisation, person, place, publication, source, topic};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::database::{Database, Transaction};
use crate::progress::Progress;
use crate::write::{Directory, Draft, Kind, Parts, newest, on_table};

pub(crate) use claim::Claim;
pub(crate) use link::Link;
pub(crate) use state::State;
pub(crate) use whole::Whole;

/// Records that are read together.
const TOGETHER: u64 = 500;

/// A record as it was written last.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub id: NodeId,
    pub public_id: String,
    pub draft: Draft,
    /// The number of its newest revision.
    pub revision: i32,
}

/// All records, as they are at one moment.
pub(crate) struct Records<'a> {
    txn: Transaction,
    progress: &'a dyn Progress,
    done: AtomicU64,
}

impl<'a> Records<'a> {
    /// Begins to read; `progress` is told of every record that is read.
    pub async fn open(database: &Database, progress: &'a dyn Progress) -> Result<Self> {
        let txn = database.snapshot().await?;
        let records = Self {
            txn,
            progress,
            done: AtomicU64::new(0),
        };
        records.will_read(Kind::ALL).await?;
        Ok(records)
    }

    /// Tells those who watch how much there is to read: the records of these kinds, which may be read several times.
    pub async fn will_read(&self, kinds: impl IntoIterator<Item = Kind>) -> Result<()> {
        let mut counts = BTreeMap::new();
        let mut total = 0;
        for kind in kinds {
            if let Entry::Vacant(count_of_kind) = counts.entry(kind) {
                count_of_kind.insert(count(&self.txn, kind).await?);
            }
            total += counts.get(&kind).copied().unwrap_or_default();
        }
        self.progress.start("records", total);
        Ok(())
    }

    /// How many records of a kind there are.
    pub async fn count(&self, kind: Kind) -> Result<usize> {
        Ok(usize::try_from(count(&self.txn, kind).await?)?)
    }

    fn read(&self, more: usize) {
        let more = more as u64;
        let done = self.done.fetch_add(more, Ordering::Relaxed) + more;
        self.progress.reach(done);
    }

    /// The records of one kind, in the order of their slugs.
    pub fn of_kind(&self, kind: Kind) -> Batches<'_> {
        Batches {
            records: self,
            kind,
            after: Some(String::new()),
        }
    }

    /// What the references in these records lead to.
    pub async fn referred(&self, records: &[Record]) -> Result<Directory> {
        let drafts: Vec<Draft> = records.iter().map(|record| record.draft.clone()).collect();
        let parts: Vec<_> = drafts.iter().map(Parts::of).collect();
        Ok(Directory::load(&self.txn, &drafts, &parts).await?)
    }

    /// What was written last of records of one kind, which are given by key, public id and slug.
    async fn written(
        &self,
        kind: Kind,
        keys: Vec<(NodeId, String, String)>,
    ) -> Result<Vec<Record>> {
        let ids: Vec<NodeId> = keys.iter().map(|(id, ..)| *id).collect();
        let mut newest = newest(&self.txn, &ids).await?;
        keys.into_iter()
            .map(|(id, public_id, slug)| {
                let (revision, content) = newest
                    .remove(&id)
                    .ok_or_else(|| anyhow!("{kind}/{slug} has no revision"))?;
                let draft = Draft::parse(kind, &content)?;
                Ok(Record {
                    id,
                    public_id,
                    draft,
                    revision,
                })
            })
            .collect()
    }

    pub async fn close(self) -> Result<()> {
        Ok(self.txn.rollback().await?)
    }
}

/// The records of one kind, in the order of their slugs.
pub(crate) struct Batches<'a> {
    records: &'a Records<'a>,
    kind: Kind,
    after: Option<String>,
}

impl Batches<'_> {
    /// The next records; none: there are no more.
    pub async fn next(&mut self) -> Result<Option<Vec<Record>>> {
        let Some(after) = self.after.take() else {
            return Ok(None);
        };
        let txn = &self.records.txn;
        let keys = keys(txn, self.kind, &after, TOGETHER).await?;
        let Some((_, _, last)) = keys.last() else {
            return Ok(None);
        };
        self.after = Some(last.clone());
        let batch = self.records.written(self.kind, keys).await?;
        self.records.read(batch.len());
        Ok(Some(batch))
    }
}

async fn count(txn: &Transaction, kind: Kind) -> Result<u64> {
    macro_rules! count {
        ($table:ident) => {
            $table::Entity::find().count(txn).await
        };
    }
    Ok(on_table!(kind, count)?)
}

async fn keys(
    txn: &Transaction,
    kind: Kind,
    after: &str,
    most: u64,
) -> Result<Vec<(NodeId, String, String)>> {
    macro_rules! keys {
        ($table:ident) => {
            $table::Entity::find()
                .select_only()
                .columns([
                    $table::Column::Id,
                    $table::Column::PublicId,
                    $table::Column::Slug,
                ])
                .filter($table::Column::Slug.gt(after))
                .order_by_asc($table::Column::Slug)
                .limit(most)
                .into_tuple::<(NodeId, String, String)>()
                .all(txn)
                .await
        };
    }
    Ok(on_table!(kind, keys)?)
}
