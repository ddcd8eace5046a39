//! All rows of a world as SeaORM reads them, whole and in memory, and SeaORM's own way to ask for some of them.

use std::collections::HashMap;

use anyhow::Result;
use sea_orm::{
    ColumnTrait, DatabaseConnection, EntityTrait, IdenStatic, Iterable, Order, QueryFilter,
    QueryOrder, sea_query::SimpleExpr,
};
use serde::Serialize;
use serde_json::{Map, Value};

/// A row by the names of its columns.
pub type Row = Map<String, Value>;

#[derive(Default)]
pub struct Table {
    pub rows: Vec<Row>,
    by_id: HashMap<i64, usize>,
    by_public_id: HashMap<String, usize>,
    /// For each column that refers to something, the rows by what they refer to.
    by_key: HashMap<String, HashMap<i64, Vec<usize>>>,
}

#[derive(Default)]
pub struct Store {
    tables: HashMap<&'static str, Table>,
}

/// What rows SeaORM is asked for.
pub enum Condition<'a> {
    Is(&'a str, i64),
    In(&'a str, Vec<i64>),
    Says(&'a str, &'a str),
}

impl Store {
    pub fn table(&self, name: &str) -> &Table {
        self.tables
            .get(name)
            .unwrap_or_else(|| panic!("no table {name}"))
    }

    pub fn rows(&self, table: &str) -> &[Row] {
        &self.table(table).rows
    }

    pub fn by_id(&self, table: &str, id: i64) -> Option<&Row> {
        let table = self.table(table);
        table.by_id.get(&id).map(|index| &table.rows[*index])
    }

    pub fn by_public_id(&self, table: &str, id: &Value) -> Option<&Row> {
        let table = self.table(table);
        let index = table.by_public_id.get(id.as_str()?)?;
        Some(&table.rows[*index])
    }

    /// The rows whose column holds this key, in the order of ids.
    pub fn by_key(&self, table: &str, column: &str, id: i64) -> Vec<&Row> {
        let table = self.table(table);
        let index = table
            .by_key
            .get(column)
            .unwrap_or_else(|| panic!("{column} is no key"));
        index
            .get(&id)
            .into_iter()
            .flatten()
            .map(|index| &table.rows[*index])
            .collect()
    }

    /// The kind and row of a node, told by its public type.
    pub fn node(&self, id: i64) -> (&str, &Row) {
        let kind = text(self.by_id("node", id).unwrap(), "kind").unwrap();
        let table = kind.to_lowercase();
        (kind, self.by_id(&table, id).unwrap())
    }
}

impl Table {
    fn new(rows: Vec<Row>) -> Self {
        let mut table = Self::default();
        for (index, row) in rows.iter().enumerate() {
            if let Some(id) = row.get("id").and_then(Value::as_i64) {
                table.by_id.insert(id, index);
            }
            if let Some(id) = row.get("public_id").and_then(Value::as_str) {
                table.by_public_id.insert(id.to_owned(), index);
            }
            for (column, value) in row.iter().filter(|(column, _)| column.ends_with("_id")) {
                let by_key = table.by_key.entry(column.clone()).or_default();
                if let Some(id) = value.as_i64() {
                    by_key.entry(id).or_default().push(index);
                }
            }
        }
        table.rows = rows;
        table
    }
}

/// A column's value; a slip in a table of this crate must not read as null.
pub fn value<'r>(row: &'r Row, column: &str) -> &'r Value {
    row.get(column)
        .unwrap_or_else(|| panic!("no column {column}"))
}

pub fn number(row: &Row, column: &str) -> Option<i64> {
    value(row, column).as_i64()
}

pub fn text<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    value(row, column).as_str()
}

fn row_of(model: impl Serialize) -> Row {
    match serde_json::to_value(model) {
        Ok(Value::Object(row)) => row,
        other => panic!("a row is an object: {other:?}"),
    }
}

async fn find_in<E>(
    database: &DatabaseConnection,
    conditions: &[Condition<'_>],
    order: &[&str],
) -> Result<Vec<Row>>
where
    E: EntityTrait,
    E::Model: Serialize,
{
    let column = |name: &str| {
        E::Column::iter()
            .find(|column| column.as_str() == name)
            .unwrap_or_else(|| panic!("no column {name}"))
    };
    let mut query = E::find();
    for condition in conditions {
        let condition: SimpleExpr = match condition {
            Condition::Is(name, id) => column(name).eq(*id),
            Condition::In(name, ids) => column(name).is_in(ids.iter().copied()),
            Condition::Says(name, text) => column(name).eq(*text),
        };
        query = query.filter(condition);
    }
    for key in order {
        query = match key.strip_prefix('-') {
            Some(key) => query.order_by(column(key), Order::Desc),
            None => query.order_by(column(key), Order::Asc),
        };
    }
    Ok(query.all(database).await?.into_iter().map(row_of).collect())
}

macro_rules! tables {
    ($($table:ident)+) => {
        impl Store {
            pub async fn load(database: &DatabaseConnection) -> Result<Self> {
                let mut store = Self::default();
                $({
                    let rows = entity::$table::Entity::find().all(database).await?;
                    let mut rows: Vec<Row> = rows.into_iter().map(row_of).collect();
                    rows.sort_by_key(|row| row.get("id").and_then(Value::as_i64));
                    store.tables.insert(stringify!($table), Table::new(rows));
                })+
                Ok(store)
            }
        }

        /// The rows of a table that meet the conditions, in an order, as SeaORM finds them.
        pub async fn find(
            database: &DatabaseConnection,
            table: &str,
            conditions: &[Condition<'_>],
            order: &[&str],
        ) -> Result<Vec<Row>> {
            match table {
                $(stringify!($table) => find_in::<entity::$table::Entity>(database, conditions, order).await,)+
                _ => panic!("no table {table}"),
            }
        }
    };
}

tables! {
    node slug organisation person campaign publication event name external_id place place_period topic
    classification membership participation affiliation authorship publishing lineage_link event_order source
    statement claim revision dataset
}
