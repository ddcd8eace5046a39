//! Every declared field of every declared type, for every row of a world: the planner's answer beside SeaORM's.
//! The schema is walked, so a field that is added without a word in `table` fails here by its name.

use std::{cell::RefCell, collections::BTreeSet};

use anyhow::Result;
use apollo_compiler::{
    Schema,
    ast::Type,
    schema::{ExtendedType, FieldDefinition},
};
use serde_json::{Map, Value, json};
use tests::World;

use super::{
    compare::Learnt,
    evaluate::Judge,
    order,
    query::{Document, Field, Input, Selection, Variable},
    store::{Condition, Row, Store, find, number},
    table::{LEFT_OUT, Origin, Rows, Which, origin, table_of},
};

/// Fields that the referee leaves to other tests, with the reason.
const ELSEWHERE: [(&str, &str); 3] = [
    // The order of matches is the search's own; its queries have snapshots.
    ("Query", "search"),
    ("SearchConnection", "*"),
    ("SearchEdge", "*"),
];

/// How many ids one query asks for.
const BATCH: usize = 10;

struct Walk<'w> {
    world: &'w World,
    schema: &'w Schema,
    store: &'w Store,
    learnt: Learnt,
    seen: RefCell<BTreeSet<(String, String)>>,
}

fn field(name: &str, selection: Vec<Selection>) -> Field {
    Field {
        name: name.to_owned(),
        selection,
        ..Field::default()
    }
}

/// Compares every field; panics at the first that differs or of which nobody has said where it comes from.
pub async fn compare(world: &World) -> Result<()> {
    let schema = Schema::parse(world.graph.sdl(), "schema.graphql").unwrap();
    let store = Store::load(&world.database.reader).await?;
    let mut walk = Walk {
        world,
        schema: &schema,
        store: &store,
        learnt: Learnt::default(),
        seen: RefCell::default(),
    };
    let declared = declared(&schema);
    for (ty, definition) in &declared {
        walk.field(ty, definition).await?;
    }
    let seen = walk.seen.into_inner();
    let missing: Vec<String> = declared
        .iter()
        .map(|(ty, field)| (ty.clone(), field.name.to_string()))
        .filter(|(ty, field)| !ELSEWHERE.contains(&(ty, field)) && !ELSEWHERE.contains(&(ty, "*")))
        .filter(|field| !seen.contains(field))
        .map(|(ty, field)| format!("{ty}.{field}"))
        .collect();
    assert!(
        missing.is_empty(),
        "no row of this world shows {missing:?}: tell tests/tests/referee/table.rs where they come from, and \
         the made world to have some"
    );
    Ok(())
}

/// Every field of every object type, introspection aside.
fn declared(schema: &Schema) -> Vec<(String, FieldDefinition)> {
    schema
        .types
        .values()
        .filter(|ty| !ty.is_built_in())
        .filter_map(|ty| ty.as_object())
        .filter(|ty| !LEFT_OUT.contains(&ty.name.as_str()))
        .flat_map(|ty| {
            ty.fields
                .values()
                .filter(|field| !LEFT_OUT.contains(&field.ty.inner_named_type().as_str()))
                .map(|field| (ty.name.to_string(), (**field).clone()))
        })
        .collect()
}

impl Walk<'_> {
    async fn field(&mut self, ty: &str, definition: &FieldDefinition) -> Result<()> {
        let name = definition.name.as_str();
        if ELSEWHERE.contains(&(ty, name)) {
            return Ok(());
        }
        if ty == "Query" {
            return self.root(definition).await;
        }
        if self.schema.type_field(ty, "id").is_err() {
            // Shown inside of what leads there.
            return Ok(());
        }
        let mut asked = field(name, self.whole(&definition.ty));
        let found = origin(ty, name).unwrap_or_else(|| {
            panic!("{ty}.{name}: tests/tests/referee/table.rs has no word on it")
        });
        if matches!(found, Origin::Page(_)) {
            asked.arguments.push(("first".to_owned(), Input::Int(100)));
        }
        let rows = self.store.rows(&table_of(ty));
        for rows in rows.chunks(BATCH) {
            let ids: Vec<Value> = rows.iter().map(|row| row["public_id"].clone()).collect();
            let inline = Selection::Inline {
                on: Some(ty.to_owned()),
                directives: Vec::new(),
                selection: vec![Selection::Field(asked.clone())],
            };
            let mut nodes = field("nodes", vec![inline]);
            nodes.arguments = vec![("ids".to_owned(), Input::Variable("ids".to_owned()))];
            self.ask(nodes, json!({"ids": ids}), &format!("{ty}.{name}"))
                .await;
        }
        match found {
            Origin::List(list) => self.related(ty, name, &list, None).await?,
            Origin::Page(page) => {
                self.related(ty, name, &page.rows, page.joined).await?;
                self.pages(ty, name, rows).await;
            }
            _ => {}
        }
        Ok(())
    }

    /// What the interpreter takes for a parent's rows is what SeaORM finds, in SeaORM's order.
    async fn related(
        &self,
        ty: &str,
        name: &str,
        list: &Rows,
        joined: Option<(&str, &str)>,
    ) -> Result<()> {
        let database = &self.world.database.reader;
        let document = Document::default();
        let judge = self.judge(&document, Map::new());
        for parent in self.store.rows(&table_of(ty)) {
            let id = number(parent, "id").unwrap();
            let mut conditions = Vec::new();
            match list.which {
                Which::By(key) => conditions.push(Condition::Is(key, id)),
                Which::Through(joining, to_parent, to_row) => {
                    let rows =
                        find(database, joining, &[Condition::Is(to_parent, id)], &[]).await?;
                    let ids = rows.iter().filter_map(|row| number(row, to_row)).collect();
                    conditions.push(Condition::In("id", ids));
                }
                Which::All | Which::OfLink => return Ok(()),
            }
            if let Some((column, value)) = list.only {
                conditions.push(Condition::Says(column, value));
            }
            let mut own = judge.related(list, parent);
            let order: Vec<&str> = if joined.is_some() {
                vec!["id"]
            } else {
                let descends =
                    !list.order.is_empty() && list.order.iter().all(|key| key.starts_with('-'));
                let keys: Vec<String> = list.order.iter().map(|key| (*key).to_owned()).collect();
                own.sort_by_cached_key(|row| order::by(&keys, descends, row, None));
                let id = if descends { "-id" } else { "id" };
                list.order.iter().copied().chain([id]).collect()
            };
            let found = find(database, &table_of(list.ty), &conditions, &order).await?;
            assert!(
                own.iter().copied().eq(found.iter()),
                "{ty}.{name} of {}: SeaORM finds other rows, or the same in another order",
                parent["public_id"]
            );
        }
        Ok(())
    }

    /// Pages of two, cursor by cursor, for some rows.
    async fn pages(&mut self, ty: &str, name: &str, rows: &[Row]) {
        for row in rows.iter().take(12) {
            let mut after = Value::Null;
            loop {
                let mut connection = field(name, paged());
                connection.arguments = vec![
                    ("first".to_owned(), Input::Int(2)),
                    ("after".to_owned(), Input::Variable("after".to_owned())),
                ];
                let inline = Selection::Inline {
                    on: Some(ty.to_owned()),
                    directives: Vec::new(),
                    selection: vec![Selection::Field(connection)],
                };
                let mut node = field("node", vec![inline]);
                node.arguments = vec![("id".to_owned(), Input::Variable("id".to_owned()))];
                let variables = json!({"id": row["public_id"], "after": after});
                let answer = self.ask(node, variables, &format!("{ty}.{name}")).await;
                let info = &answer["node"][name]["pageInfo"];
                if info["hasNextPage"] != true {
                    break;
                }
                after = info["endCursor"].clone();
            }
        }
    }

    async fn root(&mut self, definition: &FieldDefinition) -> Result<()> {
        let name = definition.name.as_str();
        let asked = |arguments: Vec<(&str, Input)>, selection| Field {
            arguments: arguments
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            ..field(name, selection)
        };
        let whole = self.whole(&definition.ty);
        let ty = definition.ty.inner_named_type().as_str();
        if let Some(Origin::Page(page)) = origin("Query", name) {
            for size in [7, 100] {
                for (count, from, end, more) in [
                    ("first", "after", "endCursor", "hasNextPage"),
                    ("last", "before", "startCursor", "hasPreviousPage"),
                ] {
                    let mut cursor = Value::Null;
                    loop {
                        let arguments = vec![
                            (count, Input::Int(size)),
                            (from, Input::Variable("after".to_owned())),
                        ];
                        let variables = json!({"after": cursor});
                        let answer = self.ask(asked(arguments, paged()), variables, name).await;
                        let info = &answer[name]["pageInfo"];
                        if info[more] != true {
                            break;
                        }
                        cursor = info[end].clone();
                    }
                }
            }
            let arguments = vec![("first", Input::Int(100))];
            self.ask(asked(arguments, whole), Value::Null, name).await;
            let table = table_of(page.rows.ty);
            let order: Vec<&str> = page.rows.order.iter().copied().chain(["id"]).collect();
            let found = find(&self.world.database.reader, &table, &[], &order).await?;
            let mut own: Vec<&Row> = self.store.rows(&table).iter().collect();
            own.sort_by_cached_key(|row| order::key(&page.rows, row, None));
            assert!(own.into_iter().eq(found.iter()), "Query.{name}: the order");
            return Ok(());
        }
        let given = |value: Value| (Input::Variable("given".to_owned()), json!({"given": value}));
        match name {
            "dataset" => {
                self.ask(asked(Vec::new(), whole), Value::Null, name).await;
            }
            "nodes" => {
                let ids = json!([
                    "org_00000000000000000000",
                    self.store.rows("claim")[0]["public_id"],
                    self.store.rows("event_order")[0]["public_id"],
                    self.store.rows("name")[0]["public_id"]
                ]);
                let (input, variables) = given(ids);
                self.ask(asked(vec![("ids", input)], whole), variables, name)
                    .await;
            }
            "node" | "source" => {
                for row in self.store.rows("source") {
                    let (input, variables) = given(row["public_id"].clone());
                    let asked = asked(vec![("id", input)], whole.clone());
                    self.ask(asked, variables, name).await;
                }
            }
            _ => {
                let mut by: Vec<Value> = Vec::new();
                for row in self.store.rows(&table_of(ty)) {
                    by.push(json!({"id": row["public_id"]}));
                }
                let kind = table_of(ty).to_uppercase();
                for row in self.store.rows("slug") {
                    if row["kind"] == *kind {
                        by.push(json!({"slug": row["slug"]}));
                    }
                }
                for row in self.store.rows("external_id") {
                    by.push(json!({"external": {"scheme": row["scheme"], "value": row["value"]}}));
                }
                for by in by {
                    let (input, variables) = given(by);
                    let asked = asked(vec![("by", input)], whole.clone());
                    self.ask(asked, variables, name).await;
                }
            }
        }
        Ok(())
    }

    /// All that a type shows of itself, and of what it leads to as much as tells it apart.
    fn whole(&self, ty: &Type) -> Vec<Selection> {
        self.selection(ty.inner_named_type().as_str(), 2)
    }

    fn selection(&self, ty: &str, depth: usize) -> Vec<Selection> {
        let fields = match self.schema.types.get(ty) {
            Some(ExtendedType::Object(object)) => &object.fields,
            Some(ExtendedType::Interface(interface)) => &interface.fields,
            _ => return Vec::new(),
        };
        let mut selection = vec![Selection::Field(field("__typename", Vec::new()))];
        for definition in fields.values() {
            let of = definition.ty.inner_named_type().as_str();
            if LEFT_OUT.contains(&of) {
                continue;
            }
            let leaf = self.schema.types[of].is_leaf();
            let inner = if leaf || depth == 0 {
                Vec::new()
            } else {
                self.selection(
                    of,
                    if fields.contains_key("id") {
                        0
                    } else {
                        depth - 1
                    },
                )
            };
            if leaf || !inner.is_empty() {
                selection.push(Selection::Field(field(&definition.name, inner)));
            }
        }
        selection
    }

    fn judge<'w>(&'w self, document: &'w Document, variables: Map<String, Value>) -> Judge<'w> {
        Judge {
            schema: self.schema,
            store: self.store,
            cursors: &self.learnt,
            document,
            variables,
            seen: &self.seen,
        }
    }

    async fn ask(&mut self, root: Field, variables: Value, what: &str) -> Value {
        let variables = variables.as_object().cloned().unwrap_or_default();
        let declared = |name: &String| {
            let argument = root
                .arguments
                .iter()
                .find(|(_, value)| matches!(value, Input::Variable(variable) if variable == name));
            let ty = match argument {
                Some((argument, _)) => {
                    let field = self.schema.type_field("Query", &root.name).unwrap();
                    field.argument_by_name(argument).unwrap().ty.to_string()
                }
                None => "String".to_owned(),
            };
            Variable {
                name: name.clone(),
                ty,
                default: None,
                written: String::new(),
            }
        };
        let document = Document {
            variables: variables.keys().map(declared).collect(),
            selection: vec![Selection::Field(root)],
            fragments: Vec::new(),
        };
        let query = document.write();
        let given = Value::Object(variables.clone());
        let answer = self.world.ask_with(&query, given.clone()).await.body;
        let want = self.judge(&document, variables).answer();
        if let Err(difference) = self.learnt.compare(&want, &answer["data"], "data") {
            panic!(
                "{what}: {difference}\nerrors: {}\nquery: {query}\nvariables: {given}",
                answer["errors"]
            );
        }
        answer["data"].clone()
    }
}

/// What is asked of a page where only its cut matters.
fn paged() -> Vec<Selection> {
    let leaf = |name: &str| Selection::Field(field(name, Vec::new()));
    let info = ["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"];
    vec![
        leaf("totalCount"),
        Selection::Field(field("edges", vec![leaf("cursor")])),
        Selection::Field(field("pageInfo", info.map(leaf).to_vec())),
    ]
}
