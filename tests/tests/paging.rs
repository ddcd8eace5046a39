//! Pages of every list at the root, in every order and both ways, give each row exactly once.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::{On, World};

/// The lists at the root, with the type of their order's keys where they have one.
async fn lists(world: &World) -> Vec<(String, Option<Vec<String>>)> {
    let query = "{
        query: __type(name: \"Query\") { fields { name type { ofType { name } } args { name type { ofType { ofType { name inputFields { name type { ofType { enumValues { name } } } } } } } } } }
    }";
    let schema = world.ask(query).await.body;
    let mut lists = Vec::new();
    for field in schema["data"]["query"]["fields"].as_array().unwrap() {
        let arguments = field["args"].as_array().unwrap();
        let argument_named =
            |name: &str| arguments.iter().find(|argument| argument["name"] == name);
        if argument_named("last").is_none() {
            continue;
        }
        let keys = argument_named("orderBy").map(|order| {
            let by = &order["type"]["ofType"]["ofType"]["inputFields"][0];
            let values = by["type"]["ofType"]["enumValues"].as_array().unwrap();
            let names = values.iter().map(|value| value["name"].as_str().unwrap());
            names.map(str::to_owned).collect()
        });
        lists.push((field["name"].as_str().unwrap().to_owned(), keys));
    }
    lists
}

/// Every order of a list: its own, by one key each way, and by two keys that go different ways.
fn orders(keys: Option<&[String]>) -> Vec<Value> {
    let key = |by: &str, direction: &str| json!({ "by": by, "direction": direction });
    let mut orders = vec![Value::Null];
    for (index, by) in keys.into_iter().flatten().enumerate() {
        let other = &keys.unwrap()[(index + 1) % keys.unwrap().len()];
        orders.push(json!([key(by, "ASC")]));
        orders.push(json!([key(by, "DESC")]));
        orders.push(json!([key(by, "ASC"), key(other, "DESC")]));
        orders.push(json!([key(by, "DESC"), key(other, "ASC")]));
    }
    orders
}

struct List<'a> {
    world: &'a World,
    name: &'a str,
    order: Option<&'a Value>,
}

impl List<'_> {
    async fn page(&self, arguments: &str, size: usize, cursor: &Value) -> Value {
        let (order, order_type) = match self.order {
            Some(_) => ("orderBy: $order, ", "$order: [Order!], "),
            None => ("", ""),
        };
        let order_type = order_type.replace("Order", &format!("{}Order", self.node()));
        let query = format!(
            "query ({order_type}$size: Int, $cursor: String) {{ {}({order}{arguments}) {{ totalCount nodes {{ id }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}",
            self.name
        );
        let variables = json!({ "order": self.order, "size": size, "cursor": cursor });
        let answer = self.world.ask_with(&query, variables).await;
        assert_eq!(answer.statements, 1, "{query}: {}", answer.body);
        answer.body["data"][self.name].clone()
    }

    /// The type of its items.
    fn node(&self) -> String {
        let singular = match self.name {
            "people" => "person",
            name => name.trim_end_matches('s'),
        };
        singular[..1].to_uppercase() + &singular[1..]
    }

    fn ids(page: &Value) -> Vec<String> {
        let nodes = page["nodes"].as_array().unwrap();
        let ids = nodes.iter().map(|node| node["id"].as_str().unwrap());
        ids.map(str::to_owned).collect()
    }

    async fn forward(&self, size: usize) -> Vec<String> {
        let mut ids = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let page = self
                .page("first: $size, after: $cursor", size, &cursor)
                .await;
            let info = &page["pageInfo"];
            assert_eq!(info["hasPreviousPage"], !cursor.is_null());
            ids.extend(Self::ids(&page));
            cursor = info["endCursor"].clone();
            if info["hasNextPage"] == false {
                assert_eq!(page["totalCount"], ids.len());
                return ids;
            }
        }
    }

    async fn backward(&self, size: usize) -> Vec<String> {
        let mut ids = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let page = self
                .page("last: $size, before: $cursor", size, &cursor)
                .await;
            let info = &page["pageInfo"];
            assert_eq!(info["hasNextPage"], !cursor.is_null());
            ids.splice(0..0, Self::ids(&page));
            cursor = info["startCursor"].clone();
            if info["hasPreviousPage"] == false {
                assert_eq!(page["totalCount"], ids.len());
                return ids;
            }
        }
    }
}

async fn every_row_once(on: On) {
    let world = World::small(on).await.unwrap();
    let lists = lists(&world).await;
    assert_eq!(lists.len(), 8);
    for (name, keys) in &lists {
        for order in orders(keys.as_deref()) {
            let list = List {
                world: &world,
                name,
                order: keys.is_some().then_some(&order),
            };
            let whole = List::ids(
                &list
                    .page("first: $size, after: $cursor", 100, &Value::Null)
                    .await,
            );
            let mut distinct = whole.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), whole.len(), "{name} {order}");
            for size in 1..=3 {
                assert_eq!(list.forward(size).await, whole, "{name} {order} {size}");
                assert_eq!(list.backward(size).await, whole, "{name} {order} {size}");
            }
        }
    }
}

#[tokio::test]
async fn every_row_stands_on_one_page_on_sqlite() {
    every_row_once(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn every_row_stands_on_one_page_on_postgres() {
    every_row_once(On::Postgres).await;
}
