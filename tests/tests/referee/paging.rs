//! Connections, as the interpreter pages them: sort everything, cut at the cursors, count from one end.

use serde_json::Value;

use super::{
    evaluate::{Judge, Place, Want},
    order::{self, Key},
    query::Field,
    store::{Row, number},
    table::{Page, table_of},
    time::Scope,
};

/// A row of a connection with the row joined to it.
struct Item<'w> {
    row: &'w Row,
    key: Key,
}

/// The columns that the order argument asks for, or those of the list itself.
pub fn order_of(page: &Page, asked: Option<&Value>) -> Vec<String> {
    let own: Vec<String> = page
        .rows
        .order
        .iter()
        .map(|key| (*key).to_owned())
        .collect();
    let asked = match asked {
        None | Some(Value::Null) => return own,
        Some(Value::Array(keys)) => keys.clone(),
        Some(key) => vec![key.clone()],
    };
    let joined = if page.joined.is_some() { "joined." } else { "" };
    let mut order: Vec<(String, bool)> = Vec::new();
    for key in &asked {
        let column = match key["by"].as_str().unwrap() {
            "NAME" => "name_folded".to_owned(),
            date => format!("{}_order", date.to_lowercase()),
        };
        // A key that stands a second time decides nothing.
        if !order.iter().any(|(known, _)| *known == column) {
            order.push((column, key["direction"] == "DESC"));
        }
    }
    if order.is_empty() {
        return own;
    }
    order
        .into_iter()
        .map(|(column, descending)| {
            format!("{}{joined}{column}", if descending { "-" } else { "" })
        })
        .collect()
}

/// Names a list and its order: cursors of equal lists can stand for each other.
pub fn list_name(page: &Page, field: &str, order: &[String]) -> String {
    format!("{}.{field} {}", table_of(page.rows.ty), order.join(" "))
}

impl<'w> Judge<'w> {
    pub fn connection<'q>(
        &'q self,
        ty: &str,
        page: &Page,
        rows: Vec<&'w Row>,
        scope: Scope,
        field: &'q Field,
        fields: &[&'q Field],
    ) -> Want {
        let order = order_of(page, self.argument(field, "orderBy").as_ref());
        let id_descends = !order.is_empty() && order.iter().all(|key| key.starts_with('-'));
        let signature = list_name(page, &field.name, &order);
        let joined = |row: &Row| {
            let (key, table) = page.joined?;
            self.store.by_id(table, number(row, key)?)
        };
        let key = |row: &Row| order::by(&order, id_descends, row, joined(row));
        let mut items: Vec<Item<'w>> = rows
            .into_iter()
            .filter(|row| page.joined.is_none() || joined(row).is_some())
            .filter(|row| self.narrowed(ty, field, row))
            .filter(|row| self.in_time(ty, field, row, joined(row), scope))
            .filter(|row| self.filtered(ty, &field.name, field, joined(row).unwrap_or(row)))
            .map(|row| Item { row, key: key(row) })
            .collect();
        items.sort_by(|one, two| one.key.cmp(&two.key));
        let total = items.len();

        let bound = |name: &str| {
            let cursor = self.argument(field, name)?;
            let place = self.cursors.place(cursor.as_str().unwrap()).unwrap();
            let row = self.store.by_id(&table_of(page.rows.ty), place.row);
            Some(key(row.unwrap()))
        };
        let (after, before) = (bound("after"), bound("before"));
        items.retain(|item| {
            after.as_ref().is_none_or(|after| item.key > *after)
                && before.as_ref().is_none_or(|before| item.key < *before)
        });
        let size = |name: &str| self.argument(field, name).and_then(|size| size.as_u64());
        let (first, last) = (size("first"), size("last"));
        let count = usize::try_from(last.or(first).unwrap_or(20)).unwrap();
        let more = items.len() > count;
        let (next, previous) = if last.is_some() {
            items.drain(..items.len().saturating_sub(count));
            (before.is_some(), more)
        } else {
            items.truncate(count);
            (more, after.is_some())
        };

        let cursor = |item: &Item<'_>| {
            Want::Cursor(Place {
                list: signature.clone(),
                row: number(item.row, "id").unwrap(),
            })
        };
        let name = |suffix: &str| format!("{}{suffix}", self.named(ty, &field.name));
        self.merged(&name(""), fields, |field, fields| {
            match field.name.as_str() {
                "totalCount" => Want::Plain(total.into()),
                "nodes" => {
                    let nodes = items
                        .iter()
                        .map(|item| self.node(page, item.row, scope, fields));
                    Want::List(nodes.collect())
                }
                "edges" => {
                    let edge = name("").replace("Connection", "Edge");
                    let edges = items.iter().map(|item| {
                        self.merged(&edge, fields, |field, fields| match field.name.as_str() {
                            "cursor" => cursor(item),
                            "node" => self.node(page, item.row, scope, fields),
                            "link" => self.row(page.rows.ty, item.row, scope, fields),
                            other => panic!("nobody has said where {edge}.{other} comes from"),
                        })
                    });
                    Want::List(edges.collect())
                }
                "pageInfo" => self.merged("PageInfo", fields, |field, _| {
                    let at =
                        |item: Option<&Item<'_>>| item.map_or(Want::Plain(Value::Null), cursor);
                    match field.name.as_str() {
                        "hasNextPage" => Want::Plain(next.into()),
                        "hasPreviousPage" => Want::Plain(previous.into()),
                        "startCursor" => at(items.first()),
                        "endCursor" => at(items.last()),
                        other => panic!("nobody has said where PageInfo.{other} comes from"),
                    }
                }),
                other => panic!("nobody has said where {}.{other} comes from", name("")),
            }
        })
    }

    /// The type of a field, by its name.
    pub fn named(&self, ty: &str, field: &str) -> String {
        let field = self.schema.type_field(ty, field).unwrap();
        field.ty.inner_named_type().to_string()
    }

    fn node<'q>(&'q self, page: &Page, row: &Row, scope: Scope, fields: &[&'q Field]) -> Want {
        match page.node {
            Some((key, ty)) => self.one(ty, number(row, key), scope, fields),
            None => self.row(page.rows.ty, row, scope, fields),
        }
    }
}
