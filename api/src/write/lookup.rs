//! What importers ask of the database beside what they write.

use std::collections::{HashMap, HashSet};

use entity::id::{NodeId, PlaceId};
use entity::kind::LineageKind;
use entity::{external_id, former_id, former_revision, lineage_link, node, place};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};

use super::batch::CHUNK;
use super::directory::{Target, owners_of_slugs, records};
use super::draft::Kind;
use crate::error::{Error, Result};

/// A record that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub(crate) id: NodeId,
    pub kind: Kind,
    /// Its slug of today.
    pub slug: String,
    pub name: String,
}

impl Known {
    fn new(kind: Kind, target: &Target) -> Self {
        Self {
            id: target.id,
            kind,
            slug: target.slug.clone(),
            name: target.name.clone(),
        }
    }
}

/// The records that have these ids in another collection, by id.
///
/// # Errors
/// When the database does not answer.
pub async fn known_by_id(
    txn: &DatabaseTransaction,
    scheme: &str,
    values: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, Known>> {
    let values: Vec<&str> = values.into_iter().collect();
    let mut known = HashMap::with_capacity(values.len());
    for values in values.chunks(CHUNK) {
        let found = external_id::Entity::find()
            .filter(external_id::Column::Scheme.eq(scheme))
            .filter(external_id::Column::Value.is_in(values.iter().copied()))
            .all(txn)
            .await
            .map_err(Error::internal)?;
        let mut owners = HashMap::new();
        for kind in Kind::ALL.into_iter().filter(|kind| kind.is_entity()) {
            let nodes = found.iter().map(|row| row.node_id).collect();
            let records = records(txn, kind, nodes).await?;
            owners.extend(records.into_iter().map(|it| (it.id, (kind, it))));
        }
        known.extend(found.into_iter().filter_map(|row| {
            let (kind, target) = owners.get(&row.node_id)?;
            Some((row.value, Known::new(*kind, target)))
        }));
    }
    Ok(known)
}

/// The records that slugs lead to, by slug, former ones among them.
///
/// # Errors
/// When the database does not answer.
pub async fn known_by_slug(
    txn: &DatabaseTransaction,
    kind: Kind,
    slugs: impl IntoIterator<Item = &str>,
) -> Result<HashMap<String, Known>> {
    let slugs: Vec<&str> = slugs.into_iter().collect();
    let found = owners_of_slugs(txn, kind, &slugs).await?;
    let nodes = found.iter().map(|row| row.node_id).collect();
    let targets = records(txn, kind, nodes).await?;
    let targets: HashMap<NodeId, _> = targets.into_iter().map(|it| (it.id, it)).collect();
    let known = found.into_iter().filter_map(|row| {
        let target = targets.get(&row.node_id)?;
        Some((row.slug, Known::new(kind, target)))
    });
    Ok(known.collect())
}

/// What a record is called in another collection, in the order in which it was told.
///
/// # Errors
/// When the database does not answer.
pub async fn ids_of(txn: &DatabaseTransaction, known: &Known, scheme: &str) -> Result<Vec<String>> {
    external_id::Entity::find()
        .select_only()
        .column(external_id::Column::Value)
        .filter(external_id::Column::NodeId.eq(known.id))
        .filter(external_id::Column::Scheme.eq(scheme))
        .order_by_asc(external_id::Column::Id)
        .into_tuple::<String>()
        .all(txn)
        .await
        .map_err(Error::internal)
}

/// Whether the later organisation came out of the earlier one in this way, as far as is known already.
///
/// # Errors
/// When the database does not answer.
pub async fn is_linked(
    txn: &DatabaseTransaction,
    kind: LineageKind,
    earlier: &Known,
    later: &Known,
) -> Result<bool> {
    let count = lineage_link::Entity::find()
        .filter(lineage_link::Column::Kind.eq(kind))
        .filter(lineage_link::Column::PredecessorId.eq(earlier.id))
        .filter(lineage_link::Column::SuccessorId.eq(later.id))
        .count(txn)
        .await
        .map_err(Error::internal)?;
    Ok(count > 0)
}

/// Those of these records that other records turned out to be.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn merged_into(
    txn: &DatabaseTransaction,
    nodes: Vec<NodeId>,
) -> Result<HashSet<NodeId>> {
    let mut merged = HashSet::new();
    for nodes in nodes.chunks(CHUNK) {
        let found = former_id::Entity::find()
            .select_only()
            .column(former_id::Column::NodeId)
            .filter(former_id::Column::NodeId.is_in(nodes.iter().copied()))
            // Ids of rows that were given up for another reason have no revisions.
            .inner_join(former_revision::Entity)
            .into_tuple::<NodeId>()
            .all(txn)
            .await
            .map_err(Error::internal)?;
        merged.extend(found);
    }
    Ok(merged)
}

/// The key that was given out last: the keys of all that is written after this are higher.
///
/// # Errors
/// When the database does not answer.
pub async fn last_node(txn: &DatabaseTransaction) -> Result<NodeId> {
    let last = node::Entity::find()
        .select_only()
        .column_as(node::Column::Id.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(txn)
        .await
        .map_err(Error::internal)?;
    Ok(NodeId(last.flatten().unwrap_or_default()))
}

/// The slug of the place that has this ISO 3166 code; of several, the first.
///
/// # Errors
/// When the database does not answer.
pub async fn place_of_code(txn: &DatabaseTransaction, code: &str) -> Result<Option<String>> {
    place::Entity::find()
        .select_only()
        .column(place::Column::Slug)
        .filter(place::Column::Code.eq(code))
        .order_by_asc(place::Column::Id)
        .into_tuple::<String>()
        .one(txn)
        .await
        .map_err(Error::internal)
}

/// The slugs of the places that a stored place lies in, the closest first; none: no place has this slug.
///
/// # Errors
/// When the database does not answer.
pub async fn places_around(txn: &DatabaseTransaction, slug: &str) -> Result<Option<Vec<String>>> {
    let Some(known) = known_by_slug(txn, Kind::Place, [slug]).await?.remove(slug) else {
        return Ok(None);
    };
    let mut around: Vec<String> = Vec::new();
    let mut id = PlaceId(known.id.0);
    loop {
        let row = place::Entity::find_by_id(id).one(txn).await;
        let row = row.map_err(Error::internal)?;
        let Some(parent) = row.and_then(|row| row.parent_id) else {
            return Ok(Some(around));
        };
        let outer = place::Entity::find_by_id(parent).one(txn).await;
        match outer.map_err(Error::internal)? {
            // What lies in itself is stored by mistake, and ends here.
            Some(outer) if !around.contains(&outer.slug) => around.push(outer.slug),
            _ => return Ok(Some(around)),
        }
        id = parent;
    }
}

/// Organisations written after `last` that may be another one: of the same name, in the same country or in one that
/// is not known. A line each, with the first of those that it may be.
///
/// # Errors
/// When the database does not answer.
pub async fn likely_duplicates(txn: &DatabaseTransaction, last: NodeId) -> Result<Vec<String>> {
    let sql = "SELECT 'organisation/' || n.slug || ' and organisation/' || o.slug || ': ' || n.name AS line
         FROM organisation n JOIN organisation o ON o.id = (
             SELECT o.id FROM organisation o WHERE o.name_folded = n.name_folded AND o.id < n.id
             AND (n.country_id IS NULL OR o.country_id IS NULL OR n.country_id = o.country_id)
             ORDER BY o.id LIMIT 1)
         WHERE n.id > $1 ORDER BY n.id";
    let statement =
        Statement::from_sql_and_values(txn.get_database_backend(), sql, [last.0.into()]);
    let rows = txn
        .query_all_raw(statement)
        .await
        .map_err(Error::internal)?;
    rows.into_iter()
        .map(|row| row.try_get("", "line").map_err(Error::internal))
        .collect()
}
