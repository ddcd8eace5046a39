//! One record, and the records that refer to it, so many of each sort.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::AtomicU64;

use anyhow::Result;
use entity::id::NodeId;
use entity::kind::NodeKind;
use sea_orm::{ConnectionTrait, Statement};

use super::{Record, Records};
use crate::database::Database;
use crate::progress::Silent;
use crate::write::{Kind, records};

/// Records of each sort of reference that are read.
pub(crate) const OF_EACH: usize = 100;

/// Where a reference stands: a table, the column of the record that refers, the column of what it refers to.
type Reference = (&'static str, &'static str, &'static str);

const PARTICIPATION: Reference = ("participation", "context_id", "participant_id");
const CLAIM: Reference = ("claim", "subject_id", "value_node_id");

/// The references that lead to a record of a kind.
const fn references(kind: Kind) -> &'static [Reference] {
    match kind {
        Kind::Organisation => &[
            ("membership", "person_id", "organisation_id"),
            ("affiliation", "member_id", "body_id"),
            ("publishing", "publication_id", "organisation_id"),
            ("campaign", "id", "organisation_id"),
            PARTICIPATION,
            CLAIM,
        ],
        Kind::Person => &[
            ("authorship", "publication_id", "person_id"),
            PARTICIPATION,
            CLAIM,
        ],
        Kind::Campaign => &[("campaign", "id", "parent_id"), PARTICIPATION, CLAIM],
        Kind::Publication => &[("organisation", "id", "newspaper_id"), PARTICIPATION, CLAIM],
        Kind::Event => &[
            ("event_order", "later_id", "earlier_id"),
            PARTICIPATION,
            CLAIM,
        ],
        Kind::Source => &[("claim", "subject_id", "source_id")],
        Kind::Place => &[
            ("organisation", "id", "country_id"),
            ("organisation", "id", "headquarters_id"),
            ("place_period", "organisation_id", "place_id"),
            ("event", "id", "place_id"),
            ("place", "id", "parent_id"),
        ],
        Kind::Topic => &[
            ("classification", "node_id", "topic_id"),
            ("statement", "node_id", "topic_id"),
            ("topic", "id", "parent_id"),
        ],
    }
}

/// The records that refer to one.
pub(crate) struct Referring {
    pub ids: BTreeMap<Kind, HashSet<NodeId>>,
    /// There are more of some sort than were looked at.
    pub more: bool,
}

impl Records<'_> {
    /// Begins to read a few records.
    pub async fn brief(database: &Database) -> Result<Records<'static>> {
        Ok(Records {
            txn: database.brief_snapshot().await?,
            progress: &Silent,
            done: AtomicU64::new(0),
        })
    }

    /// Records of one kind by their keys, in the order of their slugs.
    pub async fn of_ids(&self, kind: Kind, ids: HashSet<NodeId>) -> Result<Vec<Record>> {
        let found = records(&self.txn, kind, ids).await?;
        let mut keys: Vec<_> = found
            .into_iter()
            .map(|target| (target.id, target.public_id, target.slug))
            .collect();
        keys.sort_by(|left, right| left.2.cmp(&right.2));
        self.written(kind, keys).await
    }

    /// Which records refer to this one: of each sort of reference the first hundred, by key.
    pub async fn referring(&self, kind: Kind, id: NodeId) -> Result<Referring> {
        let backend = self.txn.get_database_backend();
        let limit = OF_EACH + 1;
        let sorts: Vec<String> = references(kind)
            .iter()
            .enumerate()
            .map(|(sort, (table, owner, far))| {
                format!(
                    "SELECT {sort} AS sort, owner FROM (SELECT DISTINCT {owner} AS owner FROM {table}
                     WHERE {far}=$1 AND {owner}<>$1 ORDER BY {owner} LIMIT {limit}) s{sort}"
                )
            })
            .collect();
        let sql = format!(
            "SELECT found.sort AS sort, n.id AS id, n.kind AS kind
             FROM ({}) found JOIN node n ON n.id=found.owner ORDER BY found.sort, n.id",
            sorts.join(" UNION ALL ")
        );
        let statement = Statement::from_sql_and_values(backend, sql, [id.0.into()]);
        let mut referring = Referring {
            ids: BTreeMap::new(),
            more: false,
        };
        let mut of_sort: BTreeMap<i32, usize> = BTreeMap::new();
        for row in self.txn.query_all_raw(statement).await? {
            let seen = of_sort.entry(row.try_get("", "sort")?).or_default();
            *seen += 1;
            if *seen > OF_EACH {
                referring.more = true;
                continue;
            }
            let kind: NodeKind = row.try_get("", "kind")?;
            if let Some(kind) = Kind::of_node(kind) {
                let ids = referring.ids.entry(kind).or_default();
                ids.insert(NodeId(row.try_get("", "id")?));
            }
        }
        Ok(referring)
    }
}
