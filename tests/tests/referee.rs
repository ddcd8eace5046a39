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
    pub mod narrow;
    pub mod order;
    pub mod paging;
    pub mod query;
    pub mod random;
    pub mod store;
    pub mod table;
    pub mod world;
}

use referee::{fields, world};
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
