//! Data sets made up by chance: what they hold, and that they repeat.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use api::config::{Config, Flags};
use api::database::Database;
use api::generate::{self, Report};
use api::progress::Silent;
use api::write::{Content, Draft, EventDraft, Kind, Party, links};
use chrono::Duration;
use entity::{event, id::OrganisationId, kind::EventKind, lineage_link, organisation, revision};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult, QueryOrder, Statement};
use tests::{On, World, moment, on_both, program};

const ORGANISATIONS: u32 = 400;

on_both! {
    the_same_seed_gives_the_same_rows_and_again_changes_nothing,
    two_data_sets_stand_side_by_side,
    what_was_changed_since_is_not_overwritten,
    links_are_what_the_events_say,
}

async fn load(world: &World, organisations: u32, seed: u64) -> anyhow::Result<Report> {
    generate::load(
        &world.database,
        organisations,
        seed,
        moment(),
        &Silent,
        std::future::pending(),
    )
    .await
}

/// Everything that was said of a data set: each record's newest revision.
async fn contents(world: &World) -> Vec<String> {
    let revisions = revision::Entity::find().order_by_asc(revision::Column::NodeId);
    let revisions = revisions.all(&world.database.reader).await.unwrap();
    revisions.into_iter().map(|row| row.content).collect()
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

async fn count(world: &World, table: &str) -> i64 {
    let sql = format!("SELECT count(*) AS count FROM {table}");
    let statement = Statement::from_string(world.database.backend, sql);
    let row = Count::find_by_statement(statement)
        .one(&world.database.reader)
        .await;
    row.unwrap().unwrap().count
}

async fn counts(world: &World) -> BTreeMap<&'static str, i64> {
    let mut counts = BTreeMap::new();
    for table in [
        "node",
        "slug",
        "name",
        "claim",
        "membership",
        "participation",
        "lineage_link",
        "revision",
        "publishing",
        "authorship",
        "affiliation",
        "classification",
        "event_order",
        "search_document",
    ] {
        counts.insert(table, count(world, table).await);
    }
    counts
}

async fn the_same_seed_gives_the_same_rows_and_again_changes_nothing(on: On) {
    let world = World::empty(on).await.unwrap();
    let first = load(&world, ORGANISATIONS, 7).await.unwrap();
    assert_eq!(first.records[&Kind::Organisation], 400);
    assert_eq!(first.records[&Kind::Person], 600);
    assert_eq!(first.created, first.records.values().sum::<usize>());
    assert_eq!(first.unchanged, 0);

    // What is written follows from seed and number alone, not from the database.
    let drafts: Vec<String> = generate::batches(ORGANISATIONS, 7)
        .flatten()
        .map(|draft| serde_json::to_string(&draft).unwrap())
        .collect();
    let mut stored = contents(&world).await;
    let mut expected = drafts.clone();
    stored.sort();
    expected.sort();
    assert_eq!(stored, expected);

    let before = counts(&world).await;
    let again = load(&world, ORGANISATIONS, 7).await.unwrap();
    assert_eq!((again.created, again.unchanged), (0, first.created));
    assert_eq!(counts(&world).await, before);
    assert!(before.values().all(|count| *count > 0), "{before:?}");

    // Rows do not depend on the database either.
    let expected = [
        ("affiliation", 20),
        ("lineage_link", 231),
        ("membership", 1200),
    ];
    for (table, count) in expected {
        assert_eq!(before[table], count, "{table}");
    }
}

async fn two_data_sets_stand_side_by_side(on: On) {
    let world = World::small(on).await.unwrap();
    let small = count(&world, "organisation").await;
    for (organisations, seed) in [(30, 1), (30, 2), (31, 1)] {
        let report = load(&world, organisations, seed).await.unwrap();
        assert_eq!(report.unchanged, 0);
    }
    assert_eq!(count(&world, "organisation").await, small + 91);
}

async fn what_was_changed_since_is_not_overwritten(on: On) {
    let world = World::empty(on).await.unwrap();
    load(&world, 5, 1).await.unwrap();
    let mut drafts: Vec<Draft> = generate::batches(5, 1).flatten().collect();
    let one = drafts
        .iter_mut()
        .find_map(|draft| match &mut draft.content {
            Content::Organisation(content) => Some((&draft.slug, content)),
            _ => None,
        });
    let (slug, content) = one.unwrap();
    let query = format!("{{ organisation(by: {{slug: \"{slug}\"}}) {{ name }} }}");
    "Another name".clone_into(&mut content.name);
    let txn = world.database.begin().await.unwrap();
    let writer = api::write::Context {
        author: "somebody",
        reason: None,
        now: moment() + Duration::days(1),
    };
    api::write::save(&txn, &drafts, &writer).await.unwrap();
    txn.commit().await.unwrap();

    let before = counts(&world).await;
    let refused = load(&world, 5, 1).await.unwrap_err().to_string();
    assert_eq!(
        refused,
        "1 records of this data set are in the database already and have been changed since; take another seed, or an empty database"
    );
    assert_eq!(counts(&world).await, before);
    let answer = world.ask(&query).await;
    assert_eq!(answer.body["data"]["organisation"]["name"], "Another name");
}

async fn links_are_what_the_events_say(on: On) {
    let world = World::empty(on).await.unwrap();
    load(&world, ORGANISATIONS, 7).await.unwrap();
    let reader = &world.database.reader;
    let organisations = organisation::Entity::find().all(reader).await.unwrap();
    let organisations: HashMap<OrganisationId, String> = organisations
        .into_iter()
        .map(|row| (row.id, row.slug))
        .collect();
    let events = event::Entity::find().all(reader).await.unwrap();
    let events: HashMap<_, _> = events.into_iter().map(|row| (row.id, row.slug)).collect();
    let stored = lineage_link::Entity::find().all(reader).await.unwrap();
    let mut stored: Vec<_> = stored
        .into_iter()
        .map(|row| {
            let (from, to) = (
                &organisations[&row.predecessor_id],
                &organisations[&row.successor_id],
            );
            (
                events[&row.event_id].clone(),
                row.kind.as_str(),
                from.clone(),
                to.clone(),
            )
        })
        .collect();
    let mut expected = Vec::new();
    for (slug, event) in events_of(ORGANISATIONS, 7) {
        let parties = parties(&event);
        for link in links(event.kind.unwrap(), &parties).unwrap() {
            let (from, to) = (&parties[link.predecessor], &parties[link.successor]);
            let ends = (from.organisation.to_owned(), to.organisation.to_owned());
            expected.push((slug.clone(), link.kind.as_str(), ends.0, ends.1));
        }
    }
    stored.sort();
    expected.sort();
    assert_eq!(stored, expected);
}

fn parties(event: &EventDraft) -> Vec<Party<'_>> {
    let organisation =
        |item| Option::as_deref(item).and_then(|text: &str| text.strip_prefix("organisation/"));
    let items = event.participants.iter();
    items
        .filter_map(|item| {
            Some(Party {
                organisation: organisation(&item.participant)?,
                role: &item.role,
                status: item.status.unwrap_or(entity::kind::ClaimStatus::Stated),
            })
        })
        .collect()
}

fn events_of(organisations: u32, seed: u64) -> Vec<(String, EventDraft)> {
    generate::batches(organisations, seed)
        .flatten()
        .filter_map(|draft| match draft.content {
            Content::Event(event) => Some((draft.slug, *event)),
            _ => None,
        })
        .collect()
}

/// The links of a data set, by the slugs of the organisations.
fn edges(organisations: u32, seed: u64) -> Vec<(String, String)> {
    let mut edges = Vec::new();
    for (_, event) in events_of(organisations, seed) {
        let parties = parties(&event);
        for link in links(event.kind.unwrap(), &parties).unwrap() {
            let ends = [link.predecessor, link.successor];
            let [from, to] = ends.map(|end| parties[end].organisation.to_owned());
            edges.push((from, to));
        }
    }
    edges
}

#[test]
fn lineages_have_every_oddity() {
    for (organisations, seed) in [(80, 1), (400, 7), (1000, 1), (1000, 2), (12_000, 1)] {
        let edges = edges(organisations, seed);
        let mut times: HashMap<(&str, &str), usize> = HashMap::new();
        let mut next: HashMap<&str, Vec<&str>> = HashMap::new();
        for (from, to) in &edges {
            *times.entry((from, to)).or_default() += 1;
            next.entry(from).or_default().push(to);
        }
        let thrice = times.values().any(|times| *times >= 3);
        let there_and_back = times
            .keys()
            .any(|(from, to)| times.contains_key(&(to, from)));
        // The one that leads back to the first is neither its child nor its parent.
        let around = times.keys().any(|(from, to)| {
            let children = next.get(to).into_iter().flatten();
            children
                .filter(|child| *child != from)
                .any(|child| times.contains_key(&(child, from)))
        });
        let four = events_of(organisations, seed).iter().any(|(_, event)| {
            let merging = event
                .participants
                .iter()
                .filter(|item| item.role == "ceased");
            event.kind == Some(EventKind::Merger) && merging.count() == 4
        });
        let deepest = next.keys().map(|start| depth(start, &next)).max().unwrap();
        let linked: HashSet<_> = edges.iter().flat_map(|(from, to)| [from, to]).collect();
        let alone = usize::try_from(organisations).unwrap() - linked.len();
        assert!(
            thrice && there_and_back && around && four,
            "{organisations} {seed}"
        );
        assert!(
            (25..=30).contains(&deepest),
            "{organisations} {seed}: {deepest}"
        );
        assert!(
            alone * 100 / organisations as usize >= 44,
            "{alone} of {organisations}"
        );
    }
}

/// How many steps lead to the one that is farthest from the start.
fn depth(start: &str, next: &HashMap<&str, Vec<&str>>) -> usize {
    let mut seen = HashSet::from([start]);
    let mut front = vec![start];
    for depth in 0.. {
        let children = front.iter().filter_map(|one| next.get(one)).flatten();
        front = children
            .copied()
            .filter(|child| seen.insert(child))
            .collect();
        if front.is_empty() {
            return depth;
        }
    }
    0
}

#[test]
fn families_do_not_grow_with_the_data_set() {
    let mut all = Vec::new();
    for organisations in [1000, 12_000] {
        let mut of: HashMap<String, String> = HashMap::new();
        for (from, to) in edges(organisations, 1) {
            let (from, to) = (top(&mut of, from), top(&mut of, to));
            of.insert(from, to);
        }
        let slugs: HashSet<_> = of
            .iter()
            .flat_map(|(from, to)| [from.clone(), to.clone()])
            .collect();
        let mut sizes: HashMap<String, usize> = HashMap::new();
        for slug in slugs {
            *sizes.entry(top(&mut of, slug)).or_default() += 1;
        }
        let mut sizes: Vec<usize> = sizes.into_values().collect();
        sizes.sort_unstable_by(|left, right| right.cmp(left));
        all.push((sizes[0], sizes[1] <= 64));
    }
    assert_eq!(all, [(100, true), (1000, true)]);
}

fn top(of: &mut HashMap<String, String>, slug: String) -> String {
    let mut top = slug;
    while let Some(next) = of.get(&top).filter(|next| **next != top) {
        top = next.clone();
    }
    of.entry(top.clone()).or_insert_with(|| top.clone());
    top
}

#[derive(FromQueryResult)]
struct Precision {
    precision: String,
    count: i64,
}

#[tokio::test]
async fn dates_are_as_fine_as_those_of_parlgov() {
    let world = World::empty(On::Sqlite).await.unwrap();
    load(&world, 1000, 1).await.unwrap();
    let dates = [
        ("organisation", "founded"),
        ("organisation", "dissolved"),
        ("event", "date"),
        ("membership", "start"),
        ("membership", "end"),
        ("publication", "published"),
        ("person", "born"),
    ];
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    for (table, date) in dates {
        let sql = format!(
            "SELECT {date}_precision AS precision, count(*) AS count FROM {table} WHERE {date} IS NOT NULL GROUP BY 1"
        );
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let rows = Precision::find_by_statement(statement)
            .all(&world.database.reader)
            .await;
        for row in rows.unwrap() {
            *found.entry(row.precision).or_default() += row.count;
        }
    }
    let all: i64 = found.values().sum();
    for (precision, share) in [("DAY", 58), ("MONTH", 9), ("YEAR", 33)] {
        let found = found[precision] * 100 / all;
        assert!(
            (found - share).abs() <= 2,
            "{precision}: {found} of a hundred, not {share}"
        );
    }
    for precision in ["RANGE", "UNKNOWN", "DECADE", "SEASON"] {
        assert!(found[precision] > 0, "{precision}");
    }
}

#[test]
fn another_seed_or_number_is_another_data_set() {
    let slugs = |organisations, seed| -> HashSet<String> {
        let drafts = generate::batches(organisations, seed).flatten();
        drafts.map(|draft| draft.slug).collect()
    };
    let one = slugs(50, 1);
    assert_eq!(one, slugs(50, 1));
    for other in [slugs(50, 2), slugs(51, 1)] {
        assert!(one.is_disjoint(&other));
    }
}

#[tokio::test]
async fn a_number_out_of_range_is_refused() {
    let world = World::empty(On::Sqlite).await.unwrap();
    for organisations in [0, 1_000_001] {
        let refused = load(&world, organisations, 1).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("{organisations} organisations: choose a number from 1 to 1000000")
        );
    }
    assert!(world.database.is_empty().await.unwrap());
}

#[test]
fn the_program_tells_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| program::run(folder.path(), arguments);
    let (status, text) = run(&["generate", "--organisations", "20", "--seed", "3"]);
    assert_eq!(status, 0, "{text}");
    insta::assert_snapshot!("report", text);
    let (status, text) = run(&["generate", "--organisations", "20", "--seed", "3"]);
    assert_eq!(
        (status, text.lines().last()),
        (0, Some("0 created, 281 unchanged"))
    );

    let (status, text) = run(&["generate", "--organisations", "0"]);
    assert_eq!(status, 2);
    assert!(text.contains("0 is not in 1..=1000000"), "{text}");
    assert_eq!(run(&["generate"]).0, 2);
    let (status, text) = run(&[
        "--database-url",
        "sqlite:none/x.db",
        "generate",
        "--organisations",
        "1",
    ]);
    assert_eq!(status, 1);
    assert!(text.contains("there is no folder"), "{text}");
}

#[cfg(unix)]
#[tokio::test]
async fn one_that_is_stopped_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["generate", "--organisations", "20000"];
    let mut command = program::call(folder.path(), &arguments);
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.ends_with(" of 20000 organisations"), "{first}");
    let id = child.id().to_string();
    let interrupted = Command::new("kill").args(["-INT", &id]).status();
    assert!(interrupted.unwrap().success());
    let last = lines.last().unwrap().unwrap();
    assert_eq!(last, "error: stopped; nothing of it was written");
    assert_eq!(child.wait().unwrap().code(), Some(1));

    let flags = Flags {
        database_url: Some(format!(
            "sqlite:{}",
            folder.path().join("schismograph.db").display()
        )),
        ..Flags::default()
    };
    let config = Config::read(&flags, |_| None, Path::new("/nonexistent")).unwrap();
    assert!(
        Database::open(&config)
            .await
            .unwrap()
            .is_empty()
            .await
            .unwrap()
    );
}
