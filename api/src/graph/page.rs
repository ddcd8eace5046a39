//! Relay connections: pages by key, both ways, with cursors, page information and counts, each only where
//! it is selected.

use apollo_compiler::executable::Field;

use super::{
    argument::{Argument, Parameter},
    convert::{Bound, Convert},
    cursor,
    plan::{Planned, Planner, on, only, where_all},
    thing::{Connection, Key, KeyKind, NodeOf, Target},
};
use crate::error::Error;

/// The size of a page where none is asked for.
const PAGE: i64 = 20;

/// The rows of a connection: what is selected from, on which conditions, in which order.
pub(super) struct Rows {
    /// Tables with their aliases, joins included.
    pub from: String,
    /// The alias whose `id` is the row's.
    pub row: String,
    pub conditions: Vec<String>,
    /// Key expressions in order, without the primary key.
    pub keys: Vec<RowKey>,
    /// Names the list and its order in cursors.
    pub list: String,
}

pub(super) struct RowKey {
    pub sql: String,
    pub kind: KeyKind,
    pub descending: bool,
}

/// Which part of the list is asked for.
struct Slice {
    backward: bool,
    /// Whether a cursor bounds the page, so that something stands on its other side.
    bounded: bool,
    /// The size as a parameter, and the size with one more row to see whether the list goes on.
    size: String,
    limit: String,
}

impl<'d> Planner<'d, '_> {
    pub(super) fn page(
        &mut self,
        connection: &'d Connection,
        parent: Option<&str>,
        field: &'d Field,
        fields: &[&'d Field],
    ) -> Planned<String> {
        let row = self.alias();
        let mut from = format!("{} {row}", connection.row);
        let mut narrowed = row.clone();
        if let Some((key, table)) = connection.join {
            narrowed = self.alias();
            from.push_str(&format!(
                " JOIN {table} {narrowed} ON {narrowed}.id={row}.{}",
                key.name
            ));
        }
        let mut conditions = Vec::new();
        on(connection.on, &row, parent, &mut conditions);
        only(connection.only, &row, &mut conditions);
        for argument in &connection.arguments {
            self.narrow(argument, &row, field, &mut conditions)?;
        }
        if connection.filter
            && let (Some(thing), Some(filter)) =
                (connection.narrowed_by, self.argument(field, "filter"))
        {
            conditions.push(self.filter(
                self.declarations.thing(thing),
                &narrowed,
                &filter,
                "filter",
            )?);
        }
        let order = self.order(connection, field);
        let mut list = format!("{}.{}", connection.row, field.name);
        let keys = order
            .into_iter()
            .map(|key| {
                let alias = if key.column.table == connection.row {
                    &row
                } else {
                    &narrowed
                };
                list.push_str(&format!(
                    " {}{}",
                    key.column.name,
                    if key.descending { "-" } else { "" }
                ));
                RowKey {
                    sql: format!("{alias}.{}", key.column.name),
                    kind: key.kind,
                    descending: key.descending,
                }
            })
            .collect();
        let rows = Rows {
            from,
            row,
            conditions,
            keys,
            list,
        };
        let link = connection.link;
        self.connection(
            connection.of,
            rows,
            connection.node,
            field,
            fields,
            |this, name, id, fields| match link {
                Some(thing) if name == "link" => this.target(id, Target::Thing(thing), fields),
                _ => Err(this.fail(Error::internal(anyhow::anyhow!(
                    "edge field {name} is not declared"
                )))),
            },
        )
    }

    /// The keys of the order that is asked for, or of the list's own.
    fn order(&mut self, connection: &'d Connection, field: &'d Field) -> Vec<Key> {
        let Some(thing) = connection.narrowed_by.filter(|_| connection.order_by) else {
            return connection.order.clone();
        };
        let Some(asked) = self.argument(field, "orderBy") else {
            return connection.order.clone();
        };
        let thing = self.declarations.thing(thing);
        let mut keys = Vec::new();
        for item in asked.items(&mut self.variables) {
            let mut key = None;
            let mut descending = false;
            for (name, value) in item.entries(&mut self.variables) {
                let value = value.decided(&mut self.variables);
                match name.as_str() {
                    "by" => {
                        key = thing
                            .orders
                            .iter()
                            .find(|order| value.as_str() == Some(order.name));
                    }
                    _ => descending = value.as_str() == Some("DESC"),
                }
            }
            let Some(order) = key else { continue };
            let key = Key {
                descending,
                ..order.key
            };
            if !keys.iter().any(|known: &Key| known.column == key.column) {
                keys.push(key);
            }
        }
        if keys.is_empty() {
            connection.order.clone()
        } else {
            keys
        }
    }

    /// The connection object over any rows; `extra` plans edge fields beyond `cursor` and `node`.
    pub(super) fn connection(
        &mut self,
        of: &str,
        mut rows: Rows,
        node: NodeOf,
        field: &'d Field,
        fields: &[&'d Field],
        extra: impl Fn(&mut Self, &str, &str, &[&'d Field]) -> Planned<String>,
    ) -> Planned<String> {
        // The tie-break goes the way of the keys before it, so that one index serves both directions.
        let descending = !rows.keys.is_empty() && rows.keys.iter().all(|key| key.descending);
        rows.keys.push(RowKey {
            sql: format!("{}.id", rows.row),
            kind: KeyKind::Int,
            descending,
        });
        let count = format!(
            "(SELECT count(*) FROM {}{})",
            rows.from,
            where_all(&rows.conditions)
        );
        let type_name = format!("{of}Connection");
        let selected = self.collect(&type_name, fields);
        let paged = selected
            .values()
            .flatten()
            .any(|field| matches!(field.name.as_str(), "edges" | "nodes" | "pageInfo"));
        let signature = cursor::signature(&rows.list);
        let slice = self.slice(&mut rows, &signature, field)?;
        let separator = format!(" || {} || ", self.dialect.separator());
        let cursor = (0..rows.keys.len()).fold(format!("'{signature}'"), |text, key| {
            format!("{text}{separator}CAST(k.k{key} AS text)")
        });
        let cursor = self.dialect.hexadecimal(&cursor);

        // One column of the page for each list that is selected; the aggregates stand above them.
        let mut columns: Vec<String> = Vec::new();
        let edge_name = format!("{of}Edge");
        let listed = if slice.backward { "p.p DESC" } else { "p.p" };
        let within = format!("p.p<={}", slice.size);
        let members = self.members(&type_name, selected, |this, field, fields| {
            match field.name.as_str() {
                "totalCount" => Ok(count.clone()),
                "pageInfo" => this.page_info(&slice, fields),
                name @ ("edges" | "nodes") => {
                    let json = if name == "nodes" {
                        this.node(node, fields)?
                    } else {
                        let selected = this.collect(&edge_name, fields);
                        let members =
                            this.members(&edge_name, selected, |this, field, fields| match field
                                .name
                                .as_str()
                            {
                                "cursor" => Ok(cursor.clone()),
                                "node" => this.node(node, fields),
                                name => extra(
                                    this,
                                    name,
                                    &format!("k.k{}", rows.keys.len() - 1),
                                    fields,
                                ),
                            })?;
                        this.dialect.object(&members)
                    };
                    let column = format!("c{}", columns.len());
                    columns.push(format!(
                        "CASE WHEN k.p<={} THEN {json} END AS {column}",
                        slice.size
                    ));
                    let list = this.dialect.list(&format!("p.{column}"), listed, &within);
                    Ok(this.dialect.nested(&list))
                }
                name => Err(this.fail(Error::internal(anyhow::anyhow!(
                    "{type_name}.{name} is not declared"
                )))),
            }
        })?;
        let json = self.dialect.object(&members);
        if !paged {
            return Ok(json);
        }
        let page = page_sql(&rows, node, &slice, &cursor, &columns);
        Ok(self
            .dialect
            // One row whatever is selected, also where no list or count makes an aggregate of it.
            .nested(&format!(
                "(SELECT CASE WHEN count(*)>=0 THEN {json} END FROM ({page}) p)"
            )))
    }

    fn node(&mut self, node: NodeOf, fields: &[&'d Field]) -> Planned<String> {
        match node {
            NodeOf::Row(thing) => self.target("k.n", Target::Thing(thing), fields),
            NodeOf::Key(_, target) => self.target("k.n", target, fields),
        }
    }

    fn page_info(&mut self, slice: &Slice, fields: &[&'d Field]) -> Planned<String> {
        let selected = self.collect("PageInfo", fields);
        let more = self.dialect.boolean(&format!("count(*)>{}", slice.size));
        let bounded = self
            .dialect
            .boolean(if slice.bounded { "1=1" } else { "1=0" });
        // Of a page of none, the one row that was read only tells that there are more.
        let first = format!("max(p.cursor) FILTER (WHERE p.p=1 AND p.p<={})", slice.size);
        let last = format!(
            "max(p.cursor) FILTER (WHERE p.p=CASE WHEN p.total<{0} THEN p.total ELSE {0} END)",
            slice.size
        );
        let members = self.members("PageInfo", selected, |_, field, _| {
            Ok(match (field.name.as_str(), slice.backward) {
                ("hasNextPage", false) | ("hasPreviousPage", true) => more.clone(),
                ("startCursor", false) | ("endCursor", true) => first.clone(),
                ("endCursor", false) | ("startCursor", true) => last.clone(),
                _ => bounded.clone(),
            })
        })?;
        Ok(self.dialect.object(&members))
    }

    /// Reads `first`, `after`, `last` and `before`; going backward turns the order round.
    fn slice(&mut self, rows: &mut Rows, signature: &str, field: &'d Field) -> Planned<Slice> {
        let first = self.argument(field, "first");
        let last = self.argument(field, "last");
        if field
            .arguments
            .iter()
            .any(|argument| argument.name == "first")
            && first.is_some()
            && last.is_some()
        {
            return Err(self.fail(Error::bad_argument(
                "last",
                "expected `first` or `last`, not both",
            )));
        }
        let backward = last.is_some();
        let (size, name) = match last {
            Some(last) => (Some(last), "last"),
            None => (first, "first"),
        };
        let (size, limit) = match size {
            Some(size) => (
                self.bind_argument(&size, Convert::PageSize { extra: 0 }, name)?,
                self.bind_argument(&size, Convert::PageSize { extra: 1 }, name)?,
            ),
            None => (
                self.bind(Parameter::Known(Bound::Int(PAGE))),
                self.bind(Parameter::Known(Bound::Int(PAGE + 1))),
            ),
        };
        let mut bounded = false;
        for (name, beyond) in [("after", true), ("before", false)] {
            if let Some(cursor) = self.argument(field, name) {
                bounded |= beyond != backward;
                let condition = self.beyond(rows, signature, &cursor, name, beyond)?;
                rows.conditions.push(condition);
            }
        }
        if backward {
            for key in &mut rows.keys {
                key.descending = !key.descending;
            }
        }
        Ok(Slice {
            backward,
            bounded,
            size,
            limit,
        })
    }

    /// The rows that stand after a cursor (`beyond`), or before it.
    fn beyond(
        &mut self,
        rows: &Rows,
        signature: &str,
        cursor: &Argument<'d>,
        name: &str,
        beyond: bool,
    ) -> Planned<String> {
        let kinds: Vec<KeyKind> = rows.keys.iter().map(|key| key.kind).collect();
        let mut bounds = Vec::new();
        for key in 0..kinds.len() {
            let convert = Convert::Cursor {
                signature: signature.to_owned(),
                key,
                keys: kinds.clone(),
            };
            bounds.push(self.bind_argument(cursor, convert, name)?);
        }
        let sign = |key: &RowKey| if key.descending == beyond { "<" } else { ">" };
        let uniform = rows
            .keys
            .iter()
            .all(|key| key.descending == rows.keys[0].descending);
        if uniform {
            // A row comparison is what an index over the keys answers directly.
            let keys: Vec<&str> = rows.keys.iter().map(|key| key.sql.as_str()).collect();
            return Ok(format!(
                "({}){}({})",
                keys.join(","),
                sign(&rows.keys[0]),
                bounds.join(",")
            ));
        }
        let cases: Vec<String> = (0..rows.keys.len())
            .map(|last| {
                let mut case: Vec<String> = (0..last)
                    .map(|key| format!("{}={}", rows.keys[key].sql, bounds[key]))
                    .collect();
                case.push(format!(
                    "{}{}{}",
                    rows.keys[last].sql,
                    sign(&rows.keys[last]),
                    bounds[last]
                ));
                format!("({})", case.join(" AND "))
            })
            .collect();
        Ok(format!("({})", cases.join(" OR ")))
    }
}

/// Keys are cut on the index first, then numbered, and only then are rows fetched.
fn page_sql(rows: &Rows, node: NodeOf, slice: &Slice, cursor: &str, columns: &[String]) -> String {
    let node = match node {
        NodeOf::Row(_) => "id",
        NodeOf::Key(key, _) => key.name,
    };
    let direction = |key: &RowKey| if key.descending { " DESC" } else { "" };
    let mut keys = String::new();
    let mut by_expression = Vec::new();
    let mut by_name = Vec::new();
    for (index, key) in rows.keys.iter().enumerate() {
        keys.push_str(&format!("{} AS k{index},", key.sql));
        by_expression.push(format!("{}{}", key.sql, direction(key)));
        by_name.push(format!("k{index}{}", direction(key)));
    }
    let columns = columns
        .iter()
        .fold(String::new(), |text, column| format!("{text},{column}"));
    format!(
        "SELECT k.p,k.total,{cursor} AS cursor{columns} FROM (SELECT c.*,row_number() OVER (ORDER BY {}) AS p,count(*) OVER () AS total \
         FROM (SELECT {keys}{}.{node} AS n FROM {}{} ORDER BY {} LIMIT {}) c) k",
        by_name.join(","),
        rows.row,
        rows.from,
        where_all(&rows.conditions),
        by_expression.join(","),
        slice.limit,
    )
}
