//! How long reads take, as ratios: each question through the graph beside hand-written SQL that gives the same
//! JSON through the same pool, in turns within one run, on 100,000 organisations.
//!
//! `cargo bench --bench read` asks SQLite, and PostgreSQL where `TEST_POSTGRES_URL` names a database.
//! `ORGANISATIONS` changes the size of the data set.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program of measurement: it stops where something is wrong, and prints"
)]

mod data;
mod question;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use api::graph::{KindAllowed, Request};
use question::{Question, questions};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use tests::{On, World};

/// Requests under way at once.
const CLIENTS: u64 = 16;
/// Turns of each side; the median counts.
const ROUNDS: usize = 7;
const TURN: Duration = Duration::from_millis(700);

#[tokio::main]
async fn main() {
    let organisations =
        std::env::var("ORGANISATIONS").map_or(100_000, |text| text.parse().unwrap());
    println!(
        "{organisations} organisations, {CLIENTS} clients, median of {ROUNDS} turns of {TURN:?}"
    );
    println!("| database | question | by hand, req/s | graph, req/s | hand : graph |");
    println!("|---|---|---|---|---|");
    for on in On::BOTH {
        if !on.available() {
            println!(
                "| {} | not measured: TEST_POSTGRES_URL is not set | | | |",
                on.name()
            );
            continue;
        }
        let world = Arc::new(World::empty(on).await.unwrap());
        data::fill(&world, on, organisations).await;
        for question in questions(on) {
            measure(on, &world, Arc::new(question), organisations).await;
        }
    }
}

async fn measure(on: On, world: &Arc<World>, question: Arc<Question>, organisations: u64) {
    for number in [1, organisations / 2, organisations] {
        let by_hand = by_hand(world, &question, number).await;
        let graph = graph(world, &question, number).await;
        let json = |text: &[u8]| serde_json::from_slice::<Value>(text).unwrap();
        assert_eq!(json(&by_hand), json(&graph), "{}", question.name);
    }
    let (mut by_hand_rates, mut graph_rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        by_hand_rates.push(rate(world, &question, organisations, true).await);
        graph_rates.push(rate(world, &question, organisations, false).await);
    }
    let (by_hand, graph) = (median(by_hand_rates), median(graph_rates));
    println!(
        "| {} | {} | {by_hand:.0} | {graph:.0} | {:.2} |",
        on.name(),
        question.name,
        by_hand / graph
    );
}

/// Answers a second, over one turn.
async fn rate(world: &Arc<World>, question: &Arc<Question>, organisations: u64, hand: bool) -> f64 {
    let start = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let (world, question) = (Arc::clone(world), Arc::clone(question));
            tokio::spawn(async move {
                let mut answers = 0_u32;
                let mut number = client * 6151 + 1;
                while start.elapsed() < TURN {
                    number = (number * 48_271) % 2_147_483_647;
                    let number = number % organisations + 1;
                    if hand {
                        by_hand(&world, &question, number).await;
                    } else {
                        graph(&world, &question, number).await;
                    }
                    answers += 1;
                }
                answers
            })
        })
        .collect();
    let mut answers = 0;
    for client in clients {
        answers += client.await.unwrap();
    }
    f64::from(answers) / start.elapsed().as_secs_f64()
}

async fn by_hand(world: &World, question: &Question, number: u64) -> Vec<u8> {
    let reader = &world.database.reader;
    let values = if question.by_slug {
        vec![slug(number).into()]
    } else {
        Vec::new()
    };
    let statement = Statement::from_sql_and_values(
        reader.get_database_backend(),
        question.sql.as_str(),
        values,
    );
    let row = reader.query_one_raw(statement).await.unwrap().unwrap();
    let json: String = row.try_get_by_index(0).unwrap();
    format!("{{\"data\":{json}}}").into_bytes()
}

async fn graph(world: &World, question: &Question, number: u64) -> Vec<u8> {
    let mut variables = serde_json::Map::new();
    if question.by_slug {
        variables.insert("slug".to_owned(), slug(number).into());
    }
    let request = Request {
        query: question.query.to_owned(),
        operation_name: None,
        variables,
        kind_allowed: KindAllowed::QueryOnly,
    };
    world.graph.execute(request).await.body.to_vec()
}

fn slug(number: u64) -> String {
    format!("organisation-{number}")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
