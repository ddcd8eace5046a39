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
pub const PAGE: i64 = 20;

/// The rows of a connection: what is selected from, on which conditions, in which order.
pub(super) struct Rows {
    /// What `from` is made of, if that is worked out first.
    pub base: Option<Base>,
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

/// Recursive tables that rows are read from, worked out once for the rows and their number.
pub(super) struct Base {
    /// The tables, with their `WITH`.
    pub with: String,
    /// The one of them, of one row, whose columns everything else reads; with its `FROM`, or nothing.
    pub from: String,
    /// How many rows there are, as an expression.
    pub count: String,
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
    /// Whether rows carry their number `p` and how many there are, one more than the page included.
    numbered: bool,
    /// The most rows of the page.
    rows: u64,
    /// The size of the page, and how many rows are taken, as parameters.
    size: String,
    limit: String,
}

impl Slice {
    /// The order of a list over the page, and which of its rows are in it. Rows that are not numbered come in
    /// the order of the subselect that cut them, which both databases keep; going backward turns it round.
    fn listing(&self, rows: &Rows) -> (String, String) {
        if self.numbered {
            let order = if self.backward { "k.p DESC" } else { "k.p" };
            return (order.to_owned(), format!("k.p<={}", self.size));
        }
        let turned = |(index, key): (usize, &RowKey)| {
            format!("k.k{index}{}", if key.descending { "" } else { " DESC" })
        };
        let order = if self.backward {
            rows.keys
                .iter()
                .enumerate()
                .map(turned)
                .collect::<Vec<_>>()
                .join(",")
        } else {
            String::new()
        };
        (order, String::new())
    }
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
        for time in &connection.time {
            let alias = if time.table() == connection.row {
                &row
            } else {
                &narrowed
            };
            conditions.extend(self.true_then(*time, alias));
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
        let order = self.order(connection, field)?;
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
            base: None,
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
                Some(thing) if name == "link" => {
                    let json = this.target(id, Target::Thing(thing), fields)?;
                    Ok(this.dialect.nested(&json))
                }
                _ => Err(this.fail(Error::internal(anyhow::anyhow!(
                    "edge field {name} is not declared"
                )))),
            },
        )
    }

    /// The keys of the order that is asked for, or of the list's own.
    fn order(&mut self, connection: &'d Connection, field: &'d Field) -> Planned<Vec<Key>> {
        let Some(thing) = connection.narrowed_by.filter(|_| connection.order_by) else {
            return Ok(connection.order.clone());
        };
        let Some(asked) = self.argument(field, "orderBy") else {
            return Ok(connection.order.clone());
        };
        let thing = self.declarations.thing(thing);
        let mut keys = Vec::new();
        for item in asked.items(&mut self.variables) {
            let mut key = None;
            let mut descending = false;
            for (name, value) in item.entries(&mut self.variables) {
                let value = self.non_null(&value, &format!("orderBy.{name}"))?;
                let value = value.as_ref().and_then(|value| value.as_str());
                match name.as_str() {
                    "by" => {
                        key = thing.orders.iter().find(|order| value == Some(order.name));
                    }
                    _ => descending = value == Some("DESC"),
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
        Ok(if keys.is_empty() {
            connection.order.clone()
        } else {
            keys
        })
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
        let count = match &rows.base {
            Some(base) => base.count.clone(),
            None => format!(
                "(SELECT count(*) FROM {}{})",
                rows.from,
                where_all(&rows.conditions)
            ),
        };
        let type_name = format!("{of}Connection");
        let selected = self.collect(&type_name, fields);
        let selects = |name: &str| selected.values().flatten().any(|field| field.name == name);
        let listed = selects("edges") || selects("nodes");
        let paged = listed || selects("pageInfo");
        // Only page information needs the rows numbered, and one row more than the page.
        let numbered = selects("pageInfo");
        let signature = cursor::signature(&rows.list);
        let slice = self.slice(&mut rows, &signature, numbered, field)?;
        let separator = format!(" || {} || ", self.dialect.separator());
        let cursor = (0..rows.keys.len()).fold(format!("'{signature}'"), |text, key| {
            format!("{text}{separator}CAST(k.k{key} AS text)")
        });
        let cursor = self.dialect.hexadecimal(&cursor);
        let (order, within) = slice.listing(&rows);
        let edge_name = format!("{of}Edge");
        let row_id = format!("k.k{}", rows.keys.len() - 1);
        let plan = |this: &mut Self, field: &'d Field, fields: &[&'d Field]| {
            let json = match field.name.as_str() {
                "totalCount" => return Ok(count.clone()),
                "pageInfo" => return this.page_info(&slice, &cursor, fields),
                "nodes" => this.node(node, fields)?,
                _ => {
                    let selected = this.collect(&edge_name, fields);
                    let members = this.members(&edge_name, selected, |this, field, fields| {
                        match field.name.as_str() {
                            "cursor" => Ok(cursor.clone()),
                            "node" => this.node(node, fields),
                            name => extra(this, name, &row_id, fields),
                        }
                    })?;
                    this.dialect.object(&members)
                }
            };
            Ok(this.dialect.list(&json, &order, &within))
        };
        let members = self.within(slice.rows, |this| this.members(&type_name, selected, plan))?;
        let json = self.dialect.object(&members);
        let json = if paged {
            let page = page_sql(&rows, node, &slice);
            let json = if listed {
                json
            } else {
                // One object, although no list makes an aggregate of the rows.
                format!("CASE WHEN count(*)>=0 THEN {json} END")
            };
            format!("(SELECT {json} FROM ({page}) k)")
        } else {
            json
        };
        Ok(match rows.base {
            Some(Base { with, from, .. }) => format!("({with} SELECT {json}{from})"),
            None => json,
        })
    }

    fn node(&mut self, node: NodeOf, fields: &[&'d Field]) -> Planned<String> {
        let target = match node {
            NodeOf::Row(thing) => Target::Thing(thing),
            NodeOf::Key(_, target) => target,
            NodeOf::Issue => return self.issue(fields),
        };
        let json = self.target("k.n", target, fields)?;
        Ok(self.dialect.nested(&json))
    }

    fn page_info(&mut self, slice: &Slice, cursor: &str, fields: &[&'d Field]) -> Planned<String> {
        let selected = self.collect("PageInfo", fields);
        let more = self.dialect.boolean(&format!("count(*)>{}", slice.size));
        let bounded = self
            .dialect
            .boolean(if slice.bounded { "1=1" } else { "1=0" });
        // The row beyond the page, which tells that the list goes on, lends no cursor to an empty page.
        let first = format!("max({cursor}) FILTER (WHERE k.p=1 AND k.p<={})", slice.size);
        let last = format!(
            "max({cursor}) FILTER (WHERE k.p=CASE WHEN k.total<{0} THEN k.total ELSE {0} END)",
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
    fn slice(
        &mut self,
        rows: &mut Rows,
        signature: &str,
        numbered: bool,
        field: &'d Field,
    ) -> Planned<Slice> {
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
        let most = match &size {
            Some(size) => size.decided(&mut self.variables).as_i64(),
            None => Some(PAGE),
        };
        let size_and = |this: &mut Self, extra| match &size {
            Some(size) => this.bind_argument(size, Convert::PageSize { extra }, name),
            None => Ok(this.bind(Parameter::Known(Bound::Int(PAGE + extra)))),
        };
        let size = size_and(self, 0)?;
        let taken = if numbered {
            size_and(self, 1)?
        } else {
            size.clone()
        };
        // SQLite looks at a parameter that stands alone as a limit when it plans, and so would compile the
        // statement anew for each value; it does not look into a sum.
        let limit = format!("{taken}+0");
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
            numbered,
            rows: most
                .and_then(|rows| u64::try_from(rows).ok())
                .unwrap_or_default(),
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

/// Keys are cut on the index first and numbered if need be; only then are rows fetched.
fn page_sql(rows: &Rows, node: NodeOf, slice: &Slice) -> String {
    let node = match node {
        NodeOf::Row(_) => format!("{}.id AS n", rows.row),
        NodeOf::Key(key, _) => format!("{}.{} AS n", rows.row, key.name),
        NodeOf::Issue => format!("{0}.subject AS n,{0}.message AS m", rows.row),
    };
    let mut keys = String::new();
    let mut by_expression = Vec::new();
    let mut by_name = Vec::new();
    for (index, key) in rows.keys.iter().enumerate() {
        let direction = if key.descending { " DESC" } else { "" };
        keys.push_str(&format!("{} AS k{index},", key.sql));
        by_expression.push(format!("{}{direction}", key.sql));
        by_name.push(format!("k{index}{direction}"));
    }
    let cut = format!(
        "SELECT {keys}{node} FROM {}{} ORDER BY {} LIMIT {}",
        rows.from,
        where_all(&rows.conditions),
        by_expression.join(","),
        slice.limit,
    );
    if slice.numbered {
        format!(
            "SELECT c.*,row_number() OVER (ORDER BY {}) AS p,count(*) OVER () AS total FROM ({cut}) c",
            by_name.join(",")
        )
    } else {
        cut
    }
}
