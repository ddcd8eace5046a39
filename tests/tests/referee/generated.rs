//! Queries made by chance, answered by the graph and by the interpreter, on one database or on both at once. Each
//! document is asked several times with other variables, because plans are kept.

use std::{cell::RefCell, collections::BTreeSet};

use anyhow::Result;
use apollo_compiler::Schema;
use serde_json::{Map, Value};
use tests::World;

use super::{
    compare::Learnt,
    evaluate::Judge,
    generate::Maker,
    query::Document,
    store::Store,
    values::{effective, spoilt},
};

/// How often each document is asked.
const ROUNDS: usize = 3;

/// Asks `count` queries of every world; the rows of all worlds are the same.
pub async fn compare(worlds: &[World], seed: u64, count: u64) -> Result<()> {
    let schema = Schema::parse(worlds[0].graph.sdl(), "schema.graphql").unwrap();
    let store = Store::load(&worlds[0].database.reader).await?;
    let mut learnt = Learnt::default();
    let shown = RefCell::new(BTreeSet::new());
    let mut refused_for_size = 0;
    for seed in seed..seed + count {
        let mut maker = Maker::new(seed, &schema, &store, &learnt);
        let document = maker.document();
        let given: Vec<Map<String, Value>> = (0..ROUNDS).map(|_| maker.given()).collect();
        let made = maker.variables.clone();
        let refused = spoilt(&made, &given[0], &mut maker.random);
        let query = document.write();
        let first = Value::Object(given[0].clone());
        let asked = worlds[0].ask_with(&query, first).await.body;
        if asked["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED" {
            refused_for_size += 1;
            continue;
        }
        for given in given {
            let judge = Judge {
                schema: &schema,
                store: &store,
                cursors: &learnt,
                document: &document,
                variables: effective(&made, &given),
                seen: &shown,
            };
            let want = judge.answer();
            let variables = Value::Object(given);
            for world in worlds {
                let body = world.ask_with(&query, variables.clone()).await.body;
                let same = match body.get("errors") {
                    Some(errors) => Err(format!("errors: {errors}")),
                    None => learnt.compare(&want, &body["data"], "data"),
                };
                if let Err(difference) = same {
                    panic!("REFEREE_SEED={seed}: {difference}\n{query}\nvariables: {variables}");
                }
            }
        }
        if let Some(refused) = refused {
            fresh(worlds, &document, &refused, seed).await;
        }
    }
    // Fragments in fragments can come to more than the graph allows; that must stay rare.
    assert!(
        refused_for_size <= 1 + count / 100,
        "{refused_for_size} of {count} queries are too large"
    );
    Ok(())
}

/// A kept plan says the same of a wrong value as one that is made for it.
async fn fresh(worlds: &[World], document: &Document, refused: &Map<String, Value>, seed: u64) {
    let query = document.write();
    let variables = Value::Object(refused.clone());
    for world in worlds {
        let kept = world.ask_with(&query, variables.clone()).await.body;
        let other = format!("{query}\n# asked for the first time");
        let fresh = world.ask_with(&other, variables.clone()).await.body;
        assert_eq!(
            kept.to_string(),
            fresh.to_string(),
            "REFEREE_SEED={seed}: a kept plan refuses otherwise than a new one\n{query}\nvariables: {variables}"
        );
    }
}
