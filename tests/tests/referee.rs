//! The referee: what the planner answers beside what follows from SeaORM's rows, field by field and query by query.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod referee {
    pub mod compare;
    pub mod evaluate;
    pub mod fields;
    pub mod generate;
    pub mod generated;
    pub mod narrow;
    pub mod order;
    pub mod paging;
    pub mod query;
    pub mod random;
    pub mod store;
    pub mod table;
    pub mod time;
    pub mod values;
    pub mod world;
}

use referee::{fields, generated, world};
use tests::On;

/// The seed of the made world.
const WORLD: u64 = 1848;

async fn every_field_is_as_seaorm_has_it(on: On) {
    fields::compare(&world::made(on, WORLD, 40).await.unwrap())
        .await
        .unwrap();
}

#[tokio::test]
async fn every_field_is_as_seaorm_has_it_on_sqlite() {
    every_field_is_as_seaorm_has_it(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs TEST_POSTGRES_URL"]
async fn every_field_is_as_seaorm_has_it_on_postgres() {
    every_field_is_as_seaorm_has_it(On::Postgres).await;
}

/// How many queries a run makes, and from which seed; a difference prints the seed of its query, which
/// `REFEREE_SEED` asks again, with `REFEREE_QUERIES` many after it.
async fn generated_queries_are_answered_alike(on: &[On]) {
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).map_or(otherwise, |value| value.parse().unwrap())
    };
    let mut worlds = Vec::new();
    for on in on {
        worlds.push(world::made(*on, WORLD, 240).await.unwrap());
    }
    let (seed, count) = (number("REFEREE_SEED", 1), number("REFEREE_QUERIES", 300));
    generated::compare(&worlds, seed, count).await.unwrap();
}

#[tokio::test]
async fn generated_queries_are_answered_alike_on_sqlite() {
    generated_queries_are_answered_alike(&[On::Sqlite]).await;
}

#[tokio::test]
#[ignore = "needs TEST_POSTGRES_URL"]
async fn generated_queries_are_answered_alike_on_postgres() {
    generated_queries_are_answered_alike(&On::BOTH).await;
}
