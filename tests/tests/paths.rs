//! Paths where there is more to look at than the search may.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tests::{On, World, on_both};

on_both! {
    the_search_says_its_bound,
}

async fn id(world: &World, slug: &str) -> Value {
    let query = format!("{{ organisation(by: {{ slug: \"{slug}\" }}) {{ id }} }}");
    world.ask(&query).await.body["data"]["organisation"]["id"].clone()
}

/// More members than the search may visit, none of whom leads anywhere.
async fn the_search_says_its_bound(on: On) {
    let world = World::small(on).await.unwrap();
    let writer = &world.database.writer;
    for part in [
        "INSERT INTO node (id, kind, public_id) SELECT n, 'PERSON', 'per_' || n FROM numbers",
        "INSERT INTO person (id, public_id, slug, name, name_folded, born_order, died_order, revision) \
         SELECT n, 'per_' || n, 'member-' || n, 'Member', 'member', 9223372036854775807, 9223372036854775807, 1 FROM numbers",
        "INSERT INTO node (id, kind, public_id) SELECT n + 20000, 'MEMBERSHIP', 'mem_' || n FROM numbers",
        "INSERT INTO membership (id, public_id, person_id, organisation_id, role, start_order, end_order, status, ordinal) \
         SELECT n + 20000, 'mem_' || n, n, (SELECT id FROM organisation WHERE slug = 'workers-party'), 'member', \
         9223372036854775807, 9223372036854775807, 'STATED', 0 FROM numbers",
    ] {
        let sql = "WITH RECURSIVE numbers(n) AS (SELECT 100001 UNION ALL SELECT n + 1 FROM numbers WHERE n < 110002) ";
        let (insert, select) = part.split_once(" SELECT ").unwrap();
        let sql = format!("{insert} {sql} SELECT {select}");
        writer.execute_unprepared(&sql).await.unwrap();
    }
    let query = "query ($from: ID!, $to: ID!, $limit: Int! = 5) \
                 { paths(from: $from, to: $to, via: ANY, limit: $limit) { length } }";
    let party = id(&world, "workers-party").await;
    let left = id(&world, "democratic-left").await;
    let began = Instant::now();
    let answer = world
        .ask_with(query, json!({ "from": party, "to": left, "limit": 50 }))
        .await
        .body;
    assert!(began.elapsed() < Duration::from_secs(5));
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{answer}");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("look at more than 10000 entities"),
        "{message}"
    );

    // The other end finds what is near.
    let answer = world
        .ask_with(query, json!({ "from": party, "to": left }))
        .await
        .body;
    assert_eq!(answer["data"]["paths"][0]["length"], 2, "{answer}");

    // Where nothing leads away from one end there is little to look at, whatever the other has around it.
    let alone = id(&world, "sailors-club").await;
    for (from, to) in [(&alone, &party), (&party, &alone)] {
        let answer = world
            .ask_with(query, json!({ "from": from, "to": to }))
            .await
            .body;
        assert_eq!(answer["data"]["paths"], json!([]), "{answer}");
    }
}
