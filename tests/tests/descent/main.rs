//! Descent beside petgraph: over families made by chance, what is asked of any depth is what another library finds
//! in the same links. `DESCENT_FAMILIES` says how many families; what fails is made small and shown.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answer;
mod ask;
mod expect;
mod family;

use std::cell::Cell;

use futures_util::{StreamExt, TryStreamExt, stream};
use proptest::{collection::vec, test_runner};
use tests::{On, World};

use family::Family;

/// How many families are written in one transaction.
const TOGETHER: usize = 50;

/// How many families are asked about at once.
const AT_ONCE: usize = 4;

fn descent_is_as_petgraph_has_it(on: On, families: u32) {
    let families =
        std::env::var("DESCENT_FAMILIES").map_or(families, |families| families.parse().unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::empty(on)).unwrap();
    let config = test_runner::Config {
        cases: families.div_ceil(u32::try_from(TOGETHER).unwrap()),
        failure_persistence: None,
        max_shrink_iters: 100,
        ..test_runner::Config::default()
    };
    let random = test_runner::TestRng::deterministic_rng(config.rng_algorithm);
    let mut runner = test_runner::TestRunner::new_with_rng(config, random);
    let batch = Cell::new(0);
    let families = vec(family::made(), 1..=2 * TOGETHER);
    let result = runner.run(&families, |families: Vec<Family>| {
        batch.set(batch.get() + 1);
        let compared = runtime.block_on(compare(&world, batch.get(), &families));
        compared.map_err(|error| test_runner::TestCaseError::fail(format!("{error:#}")))
    });
    runtime.block_on(async { drop(world) });
    result.unwrap();
}

/// Writes families into the world and compares all that is asked about each.
async fn compare(world: &World, batch: u32, families: &[Family]) -> anyhow::Result<()> {
    let written = family::write(world, batch, families).await?;
    stream::iter(written.iter().zip(families))
        .map(Ok)
        .try_for_each_concurrent(AT_ONCE, async |(kin, family)| {
            ask::compare(world, kin, &family.question).await
        })
        .await
}

#[test]
fn on_sqlite() {
    descent_is_as_petgraph_has_it(On::Sqlite, 2000);
}

#[test]
#[ignore = "needs TEST_POSTGRES_URL"]
fn on_postgres() {
    descent_is_as_petgraph_has_it(On::Postgres, 1100);
}
