//! What Prometheus is told of the service.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{collections::BTreeMap, pin::pin};

use axum::http::header::ACCEPT;
use sea_orm::TransactionTrait;
use serde_json::json;
use tests::{On, World, on_both, site::Site};

on_both! {
    what_is_asked_is_counted,
    the_other_ways_in_are_counted_too,
    an_operation_that_nobody_waits_for_is_abandoned,
}

/// The numbers of a service, each by its name and labels.
async fn numbers(site: &Site) -> BTreeMap<String, f64> {
    let page = site.get("/metrics").await;
    assert_eq!(
        (
            page.status,
            page.header("content-type"),
            page.header("cache-control")
        ),
        (200, "text/plain; version=0.0.4; charset=utf-8", "no-store")
    );
    let lines = page.text.lines().filter(|line| !line.starts_with('#'));
    let numbers = lines.map(|line| {
        let (series, number) = line.rsplit_once(' ').unwrap();
        (series.to_owned(), number.parse().unwrap())
    });
    numbers.collect()
}

/// Those with this name, in one line each.
fn of(numbers: &BTreeMap<String, f64>, name: &str) -> Vec<String> {
    let name = format!("schismograph_{name}");
    let fitting = numbers
        .iter()
        .filter(|(series, _)| series.split('{').next() == Some(&*name));
    let lines = fitting.map(|(series, number)| {
        let labels = series[name.len()..].replace('"', "");
        format!("{labels} {number}")
    });
    lines.collect()
}

async fn what_is_asked_is_counted(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    let named = "query Named { organisations(first: 2) { nodes { name } } dataset { licence } }";
    for _ in 0..2 {
        assert_eq!(site.question(named, &[]).await.status, 200);
    }
    let partial = "{ source(id: \"nonsense\") { title } dataset { licence } }";
    assert_eq!(site.question(partial, &[]).await.status, 294);
    assert_eq!(site.question("{ nope }", &[]).await.status, 400);
    assert_eq!(site.question("{ organisations(first: 100) { nodes { people(first: 100) { nodes { person { organisations(first: 100) { nodes { id role post start { edtf } end { edtf } } } } } } } } }", &[]).await.status, 400);
    // Pages are made of questions, too, but nobody else asks those.
    assert_eq!(site.get("/organisations/nobody").await.status, 404);
    assert_eq!(site.get("/nowhere").await.status, 404);
    assert_eq!(site.ask("MADEUP", "/graphql", &[]).await.status, 405);

    let numbers = numbers(&site).await;
    #[rustfmt::skip]
    let table: [(&str, &[&str]); 12] = [
        ("operations_total", &[
            "{name=(anonymous),type=query,outcome=partial} 1",
            "{name=Named,type=query,outcome=whole} 2",
        ]),
        ("operation_seconds_count", &["{name=(anonymous),type=query} 1", "{name=Named,type=query} 2"]),
        ("errors_total", &[
            "{code=BAD_REQUEST,limit=} 1",
            "{code=BAD_USER_INPUT,limit=} 1",
            "{code=GRAPHQL_VALIDATION_FAILED,limit=} 1",
            "{code=LIMIT_EXCEEDED,limit=cost_limit} 1",
        ]),
        ("http_requests_total", &[
            "{route=(none),method=GET,status=404} 1",
            "{route=/graphql,method=POST,status=200} 2",
            "{route=/graphql,method=POST,status=294} 1",
            "{route=/graphql,method=POST,status=400} 2",
            "{route=/graphql,method=_OTHER,status=405} 1",
            "{route=/organisations/{slug},method=GET,status=404} 1",
        ]),
        ("http_requests_in_flight", &[" 1"]),
        ("field_requests_total", &[
            "{type=Dataset,field=licence,deprecated=false} 3",
            "{type=Organisation,field=name,deprecated=false} 2",
            "{type=OrganisationConnection,field=nodes,deprecated=false} 2",
            "{type=Query,field=dataset,deprecated=false} 3",
            "{type=Query,field=organisations,deprecated=false} 2",
            "{type=Query,field=source,deprecated=false} 1",
            "{type=Source,field=title,deprecated=false} 1",
        ]),
        ("argument_requests_total", &[
            "{type=Query,field=organisations,argument=first,deprecated=false} 2",
            "{type=Query,field=source,argument=id,deprecated=false} 1",
        ]),
        ("documents_found_total", &[" 1"]),
        ("documents", &[" 3"]),
        ("statements_under_way", &[" 0"]),
        ("database_connections_most", &["{pool=reader} 2", "{pool=snapshots} 4", "{pool=writer} 1"]),
        ("operation_cost_spent_total", &["{name=(anonymous),type=query} 2", "{name=Named,type=query} 12"]),
    ];
    for (name, expected) in table {
        let expected: Vec<&str> = match (name, on) {
            // PostgreSQL has one pool for both.
            ("database_connections_most", On::Postgres) => {
                vec!["{pool=reader} 2", "{pool=snapshots} 4", "{pool=writer} 2"]
            }
            _ => expected.to_vec(),
        };
        assert_eq!(of(&numbers, name), expected, "{name}");
    }
    assert!(
        of(&numbers, "build_info")[0]
            .contains(&format!("schema_revision={}", site.world.graph.revision()))
    );
    assert!(numbers["schismograph_statement_seconds_count"] > 4.0);
    if cfg!(target_os = "linux") {
        assert!(numbers["process_resident_memory_bytes"] > 1e6);
        assert!(numbers["process_cpu_seconds_total"] > 0.0);
    }
}

async fn the_other_ways_in_are_counted_too(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    assert_eq!(site.get("/api/v1/dataset").await.status, 200);
    let call = json!({
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": "workers"}},
    });
    let accept = [(ACCEPT, "application/json, text/event-stream")];
    let page = site.post("/mcp", &accept, call.to_string()).await;
    assert_eq!(page.json()["result"]["isError"], false, "{}", page.text);
    assert_eq!(
        of(&numbers(&site).await, "operations_total"),
        [
            "{name=(anonymous),type=query,outcome=whole} 1",
            "{name=Search,type=query,outcome=whole} 1",
        ]
    );
}

async fn an_operation_that_nobody_waits_for_is_abandoned(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    let reader = &site.world.database.reader;
    let held = [reader.begin().await.unwrap(), reader.begin().await.unwrap()];
    {
        let mut asking = pin!(site.question("query Left { dataset { revision } }", &[]));
        tokio::select! {
            biased;
            _ = &mut asking => panic!("every connection is held"),
            () = std::future::ready(()) => {}
        }
        let numbers = numbers(&site).await;
        assert_eq!(of(&numbers, "statements_under_way"), [" 1"]);
        assert_eq!(of(&numbers, "http_requests_in_flight"), [" 2"]);
        let in_use = "{pool=reader,state=in_use} 2".to_owned();
        assert!(of(&numbers, "database_connections").contains(&in_use));
    }
    let numbers = numbers(&site).await;
    let abandoned = ["{name=Left,type=query,outcome=abandoned} 1"];
    assert_eq!(of(&numbers, "operations_total"), abandoned);
    assert_eq!(of(&numbers, "statements_under_way"), [" 0"]);
    // This request alone.
    assert_eq!(of(&numbers, "http_requests_in_flight"), [" 1"]);
    for transaction in held {
        transaction.rollback().await.unwrap();
    }
}

#[tokio::test]
async fn names_that_clients_make_up_are_bounded() {
    let site = Site::new(World::empty(On::Sqlite).await.unwrap());
    let long = "x".repeat(200);
    let names = (0..150).map(|number| format!("Made{number}"));
    for name in names.chain([long, "Made0".to_owned()]) {
        let query = format!("query {name} {{ __typename }}");
        assert_eq!(site.question(&query, &[]).await.status, 200);
    }
    let operations = of(&numbers(&site).await, "operations_total");
    assert_eq!(operations.len(), 101);
    let known = [
        "(other),type=query,outcome=whole} 51",
        "Made0,type=query,outcome=whole} 2",
    ];
    assert!(
        known
            .iter()
            .all(|known| operations.contains(&format!("{{name={known}"))),
        "{operations:?}"
    );
}

#[tokio::test]
async fn each_service_counts_for_itself() {
    let asked = Site::new(World::empty(On::Sqlite).await.unwrap());
    let other = Site::new(World::empty(On::Sqlite).await.unwrap());
    asked.question("{ dataset { revision } }", &[]).await;
    for (site, counted) in [(&asked, 1), (&other, 0)] {
        let numbers = numbers(site).await;
        assert_eq!(of(&numbers, "operations_total").len(), counted);
        assert_eq!(of(&numbers, "field_requests_total").len(), 2 * counted);
    }
}

#[tokio::test]
async fn metrics_can_be_kept_back_and_tell_nothing_of_a_schema_that_is() {
    let world = World::empty(On::Sqlite).await.unwrap();
    let off = Site::with(world, |flags| flags.metrics = Some("false".into()));
    assert_eq!(off.get("/metrics").await.status, 404);

    let world = World::empty(On::Sqlite).await.unwrap();
    let secret = Site::with(world, |flags| flags.introspection = Some("false".into()));
    secret.question("{ dataset { revision } }", &[]).await;
    let numbers = numbers(&secret).await;
    assert_eq!(of(&numbers, "operations_total").len(), 1);
    assert!(
        numbers.keys().all(|series| !series.contains("revision\"")),
        "{numbers:?}"
    );
}
