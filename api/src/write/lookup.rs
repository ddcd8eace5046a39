//! What importers ask of the database beside what they write.

use entity::id::NodeId;
use entity::{node, place, slug};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};

use super::draft::Kind;
use crate::error::{Error, Result};

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

/// Whether a slug leads to a record of this kind.
///
/// # Errors
/// When the database does not answer.
pub async fn is_known(txn: &DatabaseTransaction, kind: Kind, slug: &str) -> Result<bool> {
    let found = slug::Entity::find()
        .filter(slug::Column::Kind.eq(kind.node()))
        .filter(slug::Column::Slug.eq(slug))
        .one(txn)
        .await
        .map_err(Error::internal)?;
    Ok(found.is_some())
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

/// Organisations written after `last` that may be another one: of the same name, in the same country or in one that
/// is not known. A line each.
///
/// # Errors
/// When the database does not answer.
pub async fn likely_duplicates(txn: &DatabaseTransaction, last: NodeId) -> Result<Vec<String>> {
    let sql = "SELECT 'organisation/' || n.slug || ' and organisation/' || o.slug || ': ' || n.name AS line
         FROM organisation n JOIN organisation o ON o.name_folded = n.name_folded
         WHERE n.id > $1 AND o.id < n.id
         AND (n.country_id IS NULL OR o.country_id IS NULL OR n.country_id = o.country_id)
         ORDER BY n.id, o.id";
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
