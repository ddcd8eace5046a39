//! Rows by the hundred: an import of a hundred thousand organisations goes through here.

use std::collections::HashMap;

use entity::id::NodeId;
use entity::kind::NodeKind;
use entity::node;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, Iterable, QueryFilter,
    Set, SqlErr,
};

use crate::error::{Error, Result};

/// Rows of one statement.
pub(crate) const CHUNK: usize = 500;
/// SQLite takes 32,766 bound values in a statement.
const VALUES: usize = 32_000;

/// Inserts rows, or overwrites the ones that already have their `key`; the columns in `kept` keep their values then.
pub(crate) async fn upsert<A>(
    txn: &DatabaseTransaction,
    rows: Vec<A>,
    key: <A::Entity as EntityTrait>::Column,
    kept: &[<A::Entity as EntityTrait>::Column],
    what: &str,
) -> Result<()>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Column: Copy + std::fmt::Debug,
{
    // Column types have no equality of their own; their variants' names are unique.
    let name = |column: &<A::Entity as EntityTrait>::Column| format!("{column:?}");
    let kept: Vec<_> = kept.iter().chain([&key]).map(name).collect();
    let columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter().collect();
    let overwritten: Vec<_> = columns
        .iter()
        .copied()
        .filter(|column| !kept.contains(&name(column)))
        .collect();
    let size = CHUNK.min(VALUES / columns.len());
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(size))
            .on_conflict(
                OnConflict::column(key)
                    .update_columns(overwritten.iter().copied())
                    .to_owned(),
            )
            .exec_without_returning(txn)
            .await
            .map_err(|error| refused(error, what))?;
    }
    Ok(())
}

/// Inserts rows that are all new.
pub(crate) async fn insert<A>(txn: &DatabaseTransaction, rows: Vec<A>, what: &str) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    let size = CHUNK.min(VALUES / columns);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(size))
            .exec_without_returning(txn)
            .await
            .map_err(|error| refused(error, what))?;
    }
    Ok(())
}

/// Inserts the rows that are not there yet.
pub(crate) async fn insert_missing<A>(
    txn: &DatabaseTransaction,
    rows: Vec<A>,
    key: impl IntoIterator<Item = <A::Entity as EntityTrait>::Column> + Clone,
    what: &str,
) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(CHUNK))
            .on_conflict(OnConflict::columns(key.clone()).do_nothing().to_owned())
            .exec_without_returning(txn)
            .await
            .map_err(|error| refused(error, what))?;
    }
    Ok(())
}

/// Makes nodes and tells their keys by public id.
pub(crate) async fn nodes(
    txn: &DatabaseTransaction,
    wanted: Vec<(NodeKind, String)>,
) -> Result<HashMap<String, NodeId>> {
    let mut ids = HashMap::with_capacity(wanted.len());
    let mut wanted = wanted.into_iter().peekable();
    while wanted.peek().is_some() {
        let rows = wanted
            .by_ref()
            .take(CHUNK)
            .map(|(kind, public_id)| node::ActiveModel {
                kind: Set(kind),
                public_id: Set(public_id),
                ..Default::default()
            });
        let rows = node::Entity::insert_many(rows)
            .exec_with_returning(txn)
            .await
            .map_err(|error| refused(error, "public ids"))?;
        ids.extend(rows.into_iter().map(|row| (row.public_id, row.id)));
    }
    Ok(ids)
}

/// Deletes nodes, and with them the rows they stand for and the claims about them.
pub(crate) async fn delete_nodes(txn: &DatabaseTransaction, ids: &[NodeId]) -> Result<()> {
    for ids in ids.chunks(CHUNK) {
        node::Entity::delete_many()
            .filter(node::Column::Id.is_in(ids.iter().copied()))
            .exec(txn)
            .await
            .map_err(|error| refused(error, "rows that are no longer there"))?;
    }
    Ok(())
}

/// A constraint said no: what was being written contradicts what is stored.
fn refused(error: DbErr, what: &str) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Error::conflict(format!("{what}: one of them exists already"))
        }
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => Error::conflict(format!(
            "{what}: one of them is referred to, or refers to what is gone"
        )),
        _ => Error::internal(error),
    }
}
