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

use super::lookup::last_node;
use crate::error::{Error, Result};

/// Keys that one statement asks for.
pub(crate) const CHUNK: usize = 500;
/// Rows that one statement inserts. More make no row cheaper, but the statement for what is left over at the end dearer:
/// it is another one each time, and is parsed anew.
const ROWS: usize = 100;

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
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(ROWS))
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

/// Inserts rows, or overwrites them as [`upsert`] does. Where no record in `known` existed before, there is nothing to
/// overwrite, and the database need not look for it.
pub(crate) async fn put<A>(
    txn: &DatabaseTransaction,
    rows: Vec<A>,
    key: <A::Entity as EntityTrait>::Column,
    kept: &[<A::Entity as EntityTrait>::Column],
    known: &[NodeId],
    what: &str,
) -> Result<()>
where
    A: ActiveModelTrait + Send,
    <A::Entity as EntityTrait>::Column: Copy + std::fmt::Debug,
{
    if known.is_empty() {
        insert(txn, rows, what).await
    } else {
        upsert(txn, rows, key, kept, what).await
    }
}

/// Inserts rows that are all new.
pub(crate) async fn insert<A>(txn: &DatabaseTransaction, rows: Vec<A>, what: &str) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(ROWS))
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
        <A::Entity as EntityTrait>::insert_many(rows.by_ref().take(ROWS))
            .on_conflict(OnConflict::columns(key.clone()).do_nothing().to_owned())
            .exec_without_returning(txn)
            .await
            .map_err(|error| refused(error, what))?;
    }
    Ok(())
}

/// Makes nodes and tells their keys by public id. Writers take turns, so the keys after the last one are free: to choose
/// them here is twice as fast as to be told each by the database.
pub(crate) async fn nodes(
    txn: &DatabaseTransaction,
    wanted: Vec<(NodeKind, String)>,
) -> Result<HashMap<String, NodeId>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let NodeId(last) = last_node(txn).await?;
    let first = last + 1;
    let mut ids = HashMap::with_capacity(wanted.len());
    let mut rows = Vec::with_capacity(wanted.len());
    for (id, (kind, public_id)) in (first..).map(NodeId).zip(wanted) {
        rows.push(node::ActiveModel {
            id: Set(id),
            kind: Set(kind),
            public_id: Set(public_id.clone()),
        });
        ids.insert(public_id, id);
    }
    insert(txn, rows, "public ids").await?;
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
