//! How long questions about lineage take, as ratios: each through the graph beside hand-written SQL that gives the
//! same JSON through the same pool, on data sets of 1,000, 10,000 and 100,000 organisations.
//!
//! `cargo bench --bench lineage` asks SQLite, and PostgreSQL where `TEST_POSTGRES_URL` names a database.
//! `ORGANISATIONS` is another list of sizes. The table at the end is made of what criterion measured; its own report
//! stands in `target/criterion`.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program of measurement: it stops where something is wrong, and prints"
)]

#[path = "../read/question.rs"]
mod page;
mod subject;
mod traversal;

use std::{collections::BTreeMap, hint::black_box, path::Path, time::Duration};

use api::{
    generate,
    graph::{KindAllowed, Request},
    progress::Silent,
};
use criterion::Criterion;
use page::Question;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use subject::Values;
use tests::{On, World, moment};
use tokio::runtime::Runtime;

/// Medians in microseconds, by database, question and number of organisations: by hand, and through the graph.
type Measured = BTreeMap<(&'static str, &'static str, u32), (f64, f64)>;

fn main() {
    let sizes = std::env::var("ORGANISATIONS").unwrap_or("1000,10000,100000".to_owned());
    let sizes: Vec<u32> = sizes.split(',').map(|size| size.parse().unwrap()).collect();
    let reports = tests::folder("../target/criterion");
    let mut criterion = Criterion::default()
        .output_directory(&reports)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .sample_size(40)
        .configure_from_args();
    let runtime = Runtime::new().unwrap();
    let mut measured = Measured::new();
    for on in On::BOTH {
        if !on.available() {
            println!(
                "{} is not measured: TEST_POSTGRES_URL is not set",
                on.name()
            );
            continue;
        }
        for size in &sizes {
            let world = runtime.block_on(filled(on, *size));
            let subjects = runtime.block_on(subject::subjects(&world));
            for question in traversal::questions(on).iter().chain(&page::questions(on)) {
                let Some(subjects) = subjects.get(question.name).filter(|list| !list.is_empty())
                else {
                    continue;
                };
                let key = (on.name(), question.name, *size);
                measure(&mut criterion, &runtime, &world, question, subjects, key);
                if let Some(medians) = medians(&reports, key) {
                    measured.insert(key, medians);
                }
            }
            drop(world);
        }
    }
    print(&measured);
}

/// A world with a generated data set, about which the database knows what it needs to plan.
async fn filled(on: On, organisations: u32) -> World {
    let world = World::empty(on).await.unwrap();
    generate::load(
        &world.database,
        organisations,
        1,
        moment(),
        &Silent,
        std::future::pending(),
    )
    .await
    .unwrap();
    let writer = &world.database.writer;
    writer.execute_unprepared("ANALYZE").await.unwrap();
    world
}

fn measure(
    criterion: &mut Criterion,
    runtime: &Runtime,
    world: &World,
    question: &Question,
    subjects: &[Values],
    (database, name, size): (&str, &str, u32),
) {
    for values in subjects {
        assert_eq!(question.by_slug, !values.is_empty(), "{name}");
        let json = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap();
        let by_hand = json(&runtime.block_on(by_hand(world, question, values)));
        let graph = json(&runtime.block_on(graph(world, question, values)));
        assert_eq!(by_hand, graph, "{name}: {values:?}");
    }
    let mut group = criterion.benchmark_group(folder(database, name, size));
    group.bench_function("by hand", |bencher| {
        let mut turn = 0;
        bencher.to_async(runtime).iter(|| {
            turn += 1;
            async move { black_box(by_hand(world, question, &subjects[turn % subjects.len()]).await) }
        });
    });
    group.bench_function("graph", |bencher| {
        let mut turn = 0;
        bencher.to_async(runtime).iter(|| {
            turn += 1;
            async move { black_box(graph(world, question, &subjects[turn % subjects.len()]).await) }
        });
    });
    group.finish();
}

/// As criterion names the folder of its report.
fn folder(database: &str, question: &str, size: u32) -> String {
    format!("{database} {size} {}", question.replace(',', ""))
}

/// What criterion wrote of both sides, unless only some questions were asked for.
fn medians(reports: &Path, (database, name, size): (&str, &str, u32)) -> Option<(f64, f64)> {
    let median = |side: &str| {
        let file = reports.join(folder(database, name, size)).join(side);
        let text = std::fs::read_to_string(file.join("new/estimates.json")).ok()?;
        let estimates: Value = serde_json::from_str(&text).ok()?;
        Some(estimates["median"]["point_estimate"].as_f64()? / 1000.0)
    };
    Some((median("by hand")?, median("graph")?))
}

fn print(measured: &Measured) {
    println!(
        "| database | question | organisations | by hand, µs | graph, µs | graph : hand | growth against a tenth |"
    );
    println!("|---|---|---|---|---|---|---|");
    for ((database, question, size), (by_hand, graph)) in measured {
        let tenth = measured.get(&(*database, *question, size / 10));
        let growth = tenth.map_or(String::new(), |(_, tenth)| format!("{:.2}", graph / tenth));
        println!(
            "| {database} | {question} | {size} | {by_hand:.0} | {graph:.0} | {:.2} | {growth} |",
            graph / by_hand
        );
    }
}

async fn by_hand(world: &World, question: &Question, values: &Values) -> Vec<u8> {
    let reader = &world.database.reader;
    let values = values.iter().map(|(_, value)| value.clone().into());
    let statement = Statement::from_sql_and_values(
        reader.get_database_backend(),
        question.sql.as_str(),
        values.collect::<Vec<_>>(),
    );
    let row = reader.query_one_raw(statement).await.unwrap().unwrap();
    let json: String = row.try_get_by_index(0).unwrap();
    format!("{{\"data\":{json}}}").into_bytes()
}

async fn graph(world: &World, question: &Question, values: &Values) -> Vec<u8> {
    let variables = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone().into()));
    let request = Request {
        query: question.query.to_owned(),
        operation_name: None,
        variables: variables.collect(),
        kind_allowed: KindAllowed::QueryOnly,
    };
    world.graph.execute(request).await.body.to_vec()
}
