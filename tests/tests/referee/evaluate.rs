//! The slow interpreter: answers a query by the specification's own words, over rows in memory, with nothing of
//! the graph's code. Where the graph gives a cursor, the interpreter gives the place that it stands for.

use std::{cell::RefCell, collections::BTreeSet};

use apollo_compiler::Schema;
use entity::date::HistoricalDate;
use serde_json::{Map, Value};

use super::{
    query::{Directive, Document, Field, Selection},
    store::{Row, Store, number, text, value},
    table::{ENTITIES, Origin, Page, Rows, Which, origin, snake, table_of, type_of},
    time::Scope,
};
use tests::BASE_URL;

/// What the answer must be.
#[derive(Clone, Debug)]
pub enum Want {
    Plain(Value),
    /// The cursor of a row in a list.
    Cursor(Place),
    List(Vec<Want>),
    Object(Vec<(String, Want)>),
}

/// A row's place in a list, which names its order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub list: String,
    pub row: i64,
}

/// What cursors of earlier answers stand for.
pub trait Cursors {
    fn place(&self, cursor: &str) -> Option<Place>;
}

pub struct Judge<'w> {
    pub schema: &'w Schema,
    pub store: &'w Store,
    pub cursors: &'w dyn Cursors,
    pub document: &'w Document,
    pub variables: Map<String, Value>,
    /// The fields that stood in an answer.
    pub seen: &'w RefCell<BTreeSet<(String, String)>>,
}

/// The fields of an object under their response keys, in the order of the answer.
pub type Selected<'q> = Vec<(&'q str, Vec<&'q Field>)>;

const NULL: Want = Want::Plain(Value::Null);

impl<'w> Judge<'w> {
    /// The whole answer.
    pub fn answer(&self) -> Want {
        let mut selected = Selected::new();
        self.collect("Query", &self.document.selection, &mut selected);
        self.object("Query", selected, |field, fields| self.root(field, fields))
    }

    fn collect<'q>(&'q self, ty: &str, selection: &'q [Selection], selected: &mut Selected<'q>)
    where
        'w: 'q,
    {
        for selection in selection {
            match selection {
                Selection::Field(field) if self.included(&field.directives) => {
                    match selected.iter_mut().find(|(key, _)| *key == field.key()) {
                        Some((_, fields)) => fields.push(field),
                        None => selected.push((field.key(), vec![field])),
                    }
                }
                Selection::Inline {
                    on,
                    directives,
                    selection,
                } if self.included(directives)
                    && on.as_deref().is_none_or(|on| self.applies(ty, on)) =>
                {
                    self.collect(ty, selection, selected);
                }
                Selection::Spread { name, directives } if self.included(directives) => {
                    let fragments = &self.document.fragments;
                    let fragment = fragments.iter().find(|known| known.name == *name).unwrap();
                    if self.applies(ty, &fragment.on) {
                        self.collect(ty, &fragment.selection, selected);
                    }
                }
                _ => {}
            }
        }
    }

    fn applies(&self, ty: &str, condition: &str) -> bool {
        ty == condition || self.schema.is_subtype(condition, ty)
    }

    fn included(&self, directives: &[Directive]) -> bool {
        directives.iter().all(|directive| {
            directive.condition.value(&self.variables) == Some(Value::Bool(directive.include))
        })
    }

    /// An object of which `value` gives each field.
    pub fn object<'q>(
        &'q self,
        ty: &str,
        selected: Selected<'q>,
        value: impl Fn(&'q Field, &[&'q Field]) -> Want,
    ) -> Want {
        let member = |(key, fields): (&'q str, Vec<&'q Field>)| {
            let seen = (ty.to_owned(), fields[0].name.clone());
            self.seen.borrow_mut().insert(seen);
            let want = match fields[0].name.as_str() {
                "__typename" => Want::Plain(ty.into()),
                _ => value(fields[0], &fields),
            };
            (key.to_owned(), want)
        };
        Want::Object(selected.into_iter().map(member).collect())
    }

    /// The same, of what several fields of one key select together.
    pub fn merged<'q>(
        &'q self,
        ty: &str,
        fields: &[&'q Field],
        value: impl Fn(&'q Field, &[&'q Field]) -> Want,
    ) -> Want {
        let mut selected = Selected::new();
        for field in fields {
            self.collect(ty, &field.selection, &mut selected);
        }
        self.object(ty, selected, value)
    }

    pub fn argument(&self, field: &Field, name: &str) -> Option<Value> {
        let value = field.argument(name)?.value(&self.variables)?;
        (!value.is_null()).then_some(value)
    }

    fn root<'q>(&'q self, field: &'q Field, fields: &[&'q Field]) -> Want {
        let scope = self.scope(field, Scope::default());
        match field.name.as_str() {
            name @ ("organisation" | "person" | "campaign" | "publication" | "event") => {
                let by = self.argument(field, "by").unwrap();
                self.picked(name, &by).map_or(NULL, |row| {
                    self.row(type_of(name).unwrap(), row, scope, fields)
                })
            }
            "source" => {
                let id = self.argument(field, "id").unwrap();
                let row = self.store.by_public_id("source", &id);
                row.map_or(NULL, |row| self.row("Source", row, scope, fields))
            }
            "node" => self.by_public_id(&self.argument(field, "id").unwrap(), scope, fields),
            "nodes" => match self.argument(field, "ids").unwrap() {
                Value::Array(ids) => Want::List(
                    ids.iter()
                        .map(|id| self.by_public_id(id, scope, fields))
                        .collect(),
                ),
                id => Want::List(vec![self.by_public_id(&id, scope, fields)]),
            },
            "dataset" => self.dataset(fields),
            name => match origin("Query", name) {
                Some(Origin::Page(page)) => self.page("Query", &page, None, scope, field, fields),
                _ => panic!("nobody has said where Query.{name} comes from"),
            },
        }
    }

    fn picked(&self, table: &str, by: &Value) -> Option<&Row> {
        let (name, given) = by.as_object().unwrap().iter().next().unwrap();
        let led = |rows: &str, meets: &dyn Fn(&Row) -> bool| {
            let row = self.store.rows(rows).iter().find(|row| meets(row))?;
            self.store.by_id(table, number(row, "node_id")?)
        };
        match name.as_str() {
            "id" => self.store.by_public_id(table, given),
            "slug" => led("slug", &|row| {
                row["slug"] == *given && row["kind"] == table.to_uppercase()
            }),
            _ => led("external_id", &|row| {
                row["scheme"] == given["scheme"] && row["value"] == given["value"]
            }),
        }
    }

    fn by_public_id<'q>(&'q self, id: &Value, scope: Scope, fields: &[&'q Field]) -> Want {
        let find = |table: &str| self.store.by_public_id(table, id);
        if let Some(node) = find("node") {
            let table = text(node, "kind").unwrap().to_lowercase();
            let row = self.store.by_id(&table, number(node, "id").unwrap());
            return type_of(&table).map_or(NULL, |ty| self.row(ty, row.unwrap(), scope, fields));
        }
        find("claim").map_or(NULL, |row| self.row("Claim", row, scope, fields))
    }

    fn dataset<'q>(&'q self, fields: &[&'q Field]) -> Want {
        let row = &self.store.rows("dataset")[0];
        self.merged("Dataset", fields, |field, fields| {
            if field.name != "counts" {
                return Want::Plain(value(row, &snake(&field.name)).clone());
            }
            let count = |ty: &&str| {
                self.merged("EntityCount", fields, |field, _| {
                    let table = table_of(ty);
                    Want::Plain(match field.name.as_str() {
                        "kind" => table.to_uppercase().into(),
                        _ => self.store.rows(&table).len().into(),
                    })
                })
            };
            Want::List(ENTITIES.iter().map(count).collect())
        })
    }

    /// The object of a row.
    pub fn row<'q>(&'q self, ty: &str, row: &Row, scope: Scope, fields: &[&'q Field]) -> Want {
        self.merged(ty, fields, |field, fields| {
            let scope = self.scope(field, scope);
            let origin = origin(ty, &field.name)
                .unwrap_or_else(|| panic!("nobody has said where {ty}.{} comes from", field.name));
            match origin {
                Origin::Column(column) if column == "name" && ENTITIES.contains(&ty) => {
                    Want::Plain(self.name(row, scope))
                }
                Origin::Column(column) => Want::Plain(value(row, &column).clone()),
                Origin::Date(column) => self.date(row, &column, fields),
                Origin::Quantity(column) => self.quantity(row, column, fields),
                Origin::One(key, to) => self.one(to, number(row, key), scope, fields),
                Origin::Entity(key) => self.entity(number(row, key), scope, fields),
                Origin::Url => {
                    let id = text(row, "public_id").unwrap();
                    Want::Plain(format!("{BASE_URL}/id/{id}").into())
                }
                Origin::List(list) => {
                    let mut found = self.related(&list, row);
                    found.retain(|row| self.narrowed(ty, field, row));
                    found.retain(|row| self.in_time(ty, field, row, None, scope));
                    found.sort_by_cached_key(|row| super::order::key(&list, row, None));
                    let items = found
                        .iter()
                        .map(|row| self.row(list.ty, row, scope, fields));
                    Want::List(items.collect())
                }
                Origin::Page(page) => self.page(ty, &page, Some(row), scope, field, fields),
            }
        })
    }

    pub fn one<'q>(
        &'q self,
        ty: &str,
        id: Option<i64>,
        scope: Scope,
        fields: &[&'q Field],
    ) -> Want {
        id.and_then(|id| self.store.by_id(&table_of(ty), id))
            .map_or(NULL, |row| self.row(ty, row, scope, fields))
    }

    fn entity<'q>(&'q self, id: Option<i64>, scope: Scope, fields: &[&'q Field]) -> Want {
        id.map_or(NULL, |id| {
            let (kind, row) = self.store.node(id);
            let ty = type_of(&kind.to_lowercase()).unwrap();
            if ENTITIES.contains(&ty) {
                self.row(ty, row, scope, fields)
            } else {
                NULL
            }
        })
    }

    fn date<'q>(&'q self, row: &Row, column: &str, fields: &[&'q Field]) -> Want {
        let Some(edtf) = text(row, column) else {
            return NULL;
        };
        self.merged("HistoricalDate", fields, |field, _| {
            Want::Plain(match field.name.as_str() {
                "edtf" => edtf.into(),
                "display" => {
                    let locale = field
                        .argument("locale")
                        .and_then(|locale| locale.value(&self.variables));
                    let locale = locale.as_ref().and_then(Value::as_str).unwrap_or("en");
                    HistoricalDate::parse(edtf).unwrap().display(locale).into()
                }
                part => value(row, &format!("{column}_{}", snake(part))).clone(),
            })
        })
    }

    fn quantity<'q>(&'q self, row: &Row, column: &str, fields: &[&'q Field]) -> Want {
        let part = |name: &str| value(row, &format!("{column}_{name}"));
        if part("value").is_null() && part("text").is_null() {
            return NULL;
        }
        self.merged("Quantity", fields, |field, _| {
            Want::Plain(part(&field.name).clone())
        })
    }

    /// The rows that belong to a parent, in no order.
    pub fn related(&self, rows: &Rows, parent: &Row) -> Vec<&'w Row> {
        let table = table_of(rows.ty);
        let id = number(parent, "id").unwrap();
        let mut found = match rows.which {
            Which::All => self.store.rows(&table).iter().collect(),
            Which::By(key) => self.store.by_key(&table, key, id),
            Which::Through(joining, to_parent, to_row) => {
                let joining = self.store.by_key(joining, to_parent, id);
                let mut ids: Vec<i64> = joining
                    .iter()
                    .filter_map(|row| number(row, to_row))
                    .collect();
                ids.sort_unstable();
                ids.dedup();
                ids.iter()
                    .filter_map(|id| self.store.by_id(&table, *id))
                    .collect()
            }
            Which::OfLink => {
                let event = number(parent, "event_id").unwrap();
                let parts = [
                    None,
                    number(parent, "predecessor_participation_id"),
                    number(parent, "successor_participation_id"),
                ];
                let mut claims = self.store.by_key("claim", "subject_id", event);
                claims.retain(|claim| parts.contains(&number(claim, "about_id")));
                claims
            }
        };
        if let Some((column, wanted)) = rows.only {
            found.retain(|row| text(row, column) == Some(wanted));
        }
        found
    }

    fn page<'q>(
        &'q self,
        ty: &str,
        page: &Page,
        parent: Option<&Row>,
        scope: Scope,
        field: &'q Field,
        fields: &[&'q Field],
    ) -> Want {
        let rows = match parent {
            Some(parent) => self.related(&page.rows, parent),
            None => self.store.rows(&table_of(page.rows.ty)).iter().collect(),
        };
        self.connection(ty, page, rows, scope, field, fields)
    }
}
