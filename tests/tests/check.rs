//! `schismograph check`: what it tells, and lineage links derived anew from the events.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use api::{check, database::Database};
use entity::{dataset, lineage_link, node};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};
use tests::{On, World, folder, moment, on_both, program::run};

on_both! {
    what_looks_wrong_is_told_and_left_alone,
    nothing_is_done_when_all_is_well,
    links_that_are_gone_come_back,
    links_that_were_changed_are_corrected,
    links_that_do_not_follow_are_removed,
    a_link_on_the_wrong_event_goes_back,
    an_event_that_makes_a_self_link_is_told,
    a_merger_of_four_gives_all_its_links,
    more_events_than_are_read_at_once,
}

async fn links(database: &Database) -> Vec<lineage_link::Model> {
    let rows = lineage_link::Entity::find().order_by_asc(lineage_link::Column::PublicId);
    rows.all(&database.reader).await.unwrap()
}

/// The links but for their keys.
fn keyless(mut links: Vec<lineage_link::Model>) -> Vec<lineage_link::Model> {
    for link in &mut links {
        link.id.0 = 0;
    }
    links
}

async fn change(world: &World, sql: &str) {
    let writer = &world.database.writer;
    writer.execute_unprepared(sql).await.unwrap();
}

async fn told(world: &World) -> String {
    let report = check::check(&world.database, None, check::SHOWN).await;
    report.unwrap().to_string()
}

async fn rebuilt(world: &World) -> String {
    let later = moment() + chrono::Duration::days(1);
    let report = check::rebuild_links(&world.database, check::SHOWN, later).await;
    report.unwrap().to_string()
}

/// What seeds are refused for, but importers may write.
const TWICE_PREFERRED: &str = "UPDATE claim SET rank = 'PREFERRED' WHERE value = '1979'";

/// The data set's revision, and how many nodes there are.
async fn state(world: &World) -> (dataset::Model, u64) {
    let db = &world.database.reader;
    let dataset = dataset::Entity::find().one(db).await.unwrap().unwrap();
    (dataset, node::Entity::find().count(db).await.unwrap())
}

async fn what_looks_wrong_is_told_and_left_alone(on: On) {
    let doubtful = folder("worlds/doubtful");
    let world = World::new(on, Some(&doubtful)).await.unwrap();
    change(&world, TWICE_PREFERRED).await;
    let before = state(&world).await;
    insta::assert_snapshot!("doubtful", told(&world).await);
    assert_eq!(state(&world).await, before);
}

async fn nothing_is_done_when_all_is_well(on: On) {
    let world = World::small(on).await.unwrap();
    let (before, dataset) = (links(&world.database).await, state(&world).await);
    assert_eq!(
        rebuilt(&world).await,
        "nothing to do: 13 links follow from 11 events"
    );
    assert_eq!(links(&world.database).await, before);
    assert_eq!(state(&world).await, dataset);
}

async fn links_that_are_gone_come_back(on: On) {
    let world = World::small(on).await.unwrap();
    let (before, (dataset, nodes)) = (links(&world.database).await, state(&world).await);
    let mut by_key = before.clone();
    by_key.sort_by_key(|link| link.id);

    change(&world, "DELETE FROM lineage_link WHERE kind = 'SPLIT_FROM'").await;
    assert_eq!(
        rebuilt(&world).await,
        "  event/split-1921: organisation/workers-party to organisation/communist-workers-league, SPLIT_FROM: missing\n  \
         event/split-1948: organisation/workers-party to organisation/communist-workers-league, SPLIT_FROM: missing\n\
         2 added, 0 removed, 0 corrected: 13 links follow from 11 events"
    );
    let after = links(&world.database).await;
    assert_eq!(keyless(after.clone()), keyless(before.clone()));
    let untouched = |link: &&lineage_link::Model| link.kind.as_str() != "SPLIT_FROM";
    assert!(
        after
            .iter()
            .filter(untouched)
            .eq(before.iter().filter(untouched))
    );
    let (raised, again) = state(&world).await;
    assert_eq!((raised.revision, again), (dataset.revision + 1, nodes));

    change(&world, "DELETE FROM lineage_link").await;
    rebuilt(&world).await;
    let mut after = links(&world.database).await;
    assert_eq!(keyless(after.clone()), keyless(before));
    // Links of one date are ordered by their keys.
    after.sort_by_key(|link| link.id);
    assert_eq!(keyless(after), keyless(by_key));
}

async fn links_that_were_changed_are_corrected(on: On) {
    let world = World::small(on).await.unwrap();
    let before = links(&world.database).await;
    change(
        &world,
        "UPDATE lineage_link SET people_value = 7, reason = 'none', status = 'DENIED', date_source_text = 'then', \
         date_order = 1, predecessor_participation_id = successor_participation_id \
         WHERE kind IN ('MERGED_INTO', 'ABSORBED_BY')",
    )
    .await;
    change(
        &world,
        "UPDATE lineage_link SET kind = 'LED_TO', predecessor_id = successor_id, successor_id = predecessor_id \
         WHERE kind = 'REFOUNDED_AS'",
    )
    .await;
    let report = told(&world).await;
    assert!(
        report.starts_with(
            "lineage links that differ from what follows from the events: 4\n  event/"
        ),
        "{report}"
    );
    assert!(
        report.contains(
            "organisation/red-alternative to organisation/democratic-left, REFOUNDED_AS: \
             wrong in kind, predecessor_id, successor_id\n"
        ),
        "{report}"
    );
    let report = rebuilt(&world).await;
    let end = "0 added, 0 removed, 4 corrected: 13 links follow from 11 events";
    assert!(report.ends_with(end), "{report}");
    assert_eq!(links(&world.database).await, before);
}

async fn links_that_do_not_follow_are_removed(on: On) {
    let world = World::small(on).await.unwrap();
    let (before, (_, nodes)) = (links(&world.database).await, state(&world).await);
    change(
        &world,
        "INSERT INTO node (id, kind, public_id) VALUES (100001, 'LINEAGE_LINK', 'lnk_double')",
    )
    .await;
    // A link with all that it says written twice.
    let columns = <lineage_link::Column as sea_orm::Iterable>::iter()
        .skip(2)
        .map(|column| format!("\"{}\"", sea_orm::IdenStatic::as_str(&column)))
        .collect::<Vec<_>>()
        .join(", ");
    change(
        &world,
        &format!(
            "INSERT INTO lineage_link (id, public_id, {columns}) \
             SELECT 100001, 'lnk_double', {columns} FROM lineage_link WHERE kind = 'REFOUNDED_AS'"
        ),
    )
    .await;
    assert_eq!(
        rebuilt(&world).await,
        "  event/refoundation-1990: organisation/red-alternative to organisation/democratic-left, REFOUNDED_AS: \
         does not follow from the event\n\
         0 added, 1 removed, 0 corrected: 13 links follow from 11 events"
    );
    assert_eq!(links(&world.database).await, before);
    assert_eq!(state(&world).await.1, nodes);

    // The event says no more that they were linked.
    change(
        &world,
        "UPDATE event SET kind = 'CONFERENCE' WHERE slug = 'merger-1958'",
    )
    .await;
    let report = rebuilt(&world).await;
    let end = "0 added, 2 removed, 0 corrected: 11 links follow from 10 events";
    assert!(report.ends_with(end), "{report}");
    assert_eq!(links(&world.database).await.len(), 11);
}

async fn a_link_on_the_wrong_event_goes_back(on: On) {
    let world = World::small(on).await.unwrap();
    let before = links(&world.database).await;
    // To an event that is read before its own, and to one that is read after it.
    for order in ["min", "max"] {
        let sql = format!(
            "UPDATE lineage_link SET event_id = (SELECT {order}(id) FROM event) WHERE kind = 'REFOUNDED_AS'"
        );
        change(&world, &sql).await;
        let report = rebuilt(&world).await;
        let end = "1 added, 1 removed, 0 corrected: 13 links follow from 11 events";
        assert!(report.ends_with(end), "{report}");
        assert_eq!(links(&world.database).await, before);
    }
}

async fn an_event_that_makes_a_self_link_is_told(on: On) {
    let world = World::small(on).await.unwrap();
    change(
        &world,
        "UPDATE participation SET role = 'resulting' WHERE role = 'continuing' \
         AND context_id = (SELECT id FROM event WHERE slug = 'split-1948')",
    )
    .await;
    let before = (links(&world.database).await, state(&world).await);
    let line = "event/split-1948: organisation/workers-party would come out of itself; \
         give the new body a record of its own, or leave out one of its roles";
    let report = check::check(&world.database, None, check::SHOWN)
        .await
        .unwrap();
    assert_eq!(report.differences(), 1);
    let report = report.to_string();
    let start =
        format!("lineage links that differ from what follows from the events: 1\n  {line}\n");
    assert!(report.starts_with(&start), "{report}");
    let refused = check::rebuild_links(&world.database, check::SHOWN, moment()).await;
    assert_eq!(refused.unwrap_err().to_string(), line);
    let after = (links(&world.database).await, state(&world).await);
    assert_eq!(after, before);
}

async fn a_merger_of_four_gives_all_its_links(on: On) {
    let world = World::new(on, Some(&folder("worlds/lineage")))
        .await
        .unwrap();
    let answer = world
        .ask(r#"{ event(by: {slug: "merger-of-four"}) { links { kind predecessor { slug } successor { slug } } } }"#)
        .await;
    let links = answer.body["data"]["event"]["links"].as_array().unwrap();
    assert_eq!(links.len(), 4);
    assert!(
        links
            .iter()
            .all(|link| { link["kind"] == "MERGED_INTO" && link["successor"]["slug"] == "united" })
    );
    let report = rebuilt(&world).await;
    assert!(report.starts_with("nothing to do: "), "{report}");
}

async fn more_events_than_are_read_at_once(on: On) {
    use api::write::{self, Content, Context, Draft, EventDraft, OrganisationDraft};
    let world = World::empty(on).await.unwrap();
    let mut drafts = Vec::new();
    for number in 0..1200 {
        let organisation = OrganisationDraft {
            name: format!("O {number}"),
            ..OrganisationDraft::default()
        };
        let participants = serde_json::json!([
            {"participant": format!("organisation/o-{number}"), "role": "origin"},
            {"participant": format!("organisation/o-{}", (number + 1) % 1200), "role": "resulting"},
            {"description": "some", "role": "left", "count": {"value": number}},
        ]);
        let event = EventDraft {
            name: format!("E {number}"),
            kind: Some(entity::kind::EventKind::Split),
            participants: serde_json::from_value(participants).expect("participants"),
            ..EventDraft::default()
        };
        drafts.push(Draft {
            slug: format!("o-{number}"),
            content: Content::Organisation(Box::new(organisation)),
        });
        drafts.push(Draft {
            slug: format!("e-{number}"),
            content: Content::Event(Box::new(event)),
        });
    }
    let txn = world.database.begin().await.unwrap();
    let context = Context {
        author: "tester",
        reason: None,
        now: moment(),
    };
    write::save(&txn, &drafts, &context).await.unwrap();
    txn.commit().await.unwrap();
    let before = links(&world.database).await;
    assert_eq!(before.len(), 1200);
    assert_eq!(
        rebuilt(&world).await,
        "nothing to do: 1200 links follow from 1200 events"
    );
    change(
        &world,
        "DELETE FROM lineage_link WHERE people_value % 2 = 0",
    )
    .await;
    let report = rebuilt(&world).await;
    assert!(
        report.contains("  and 580 more, which --all shows\n600 added"),
        "{report}"
    );
    assert_eq!(keyless(links(&world.database).await), keyless(before));
}

#[test]
fn the_program_tells_and_mends() {
    let place = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str]| run(place.path(), arguments);
    let change = |sql| {
        let file = place.path().join("schismograph.db");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let url = format!("sqlite:{}", file.display());
            let connection = sea_orm::Database::connect(url).await.unwrap();
            connection.execute_unprepared(sql).await.unwrap();
            connection.close().await.unwrap();
        });
    };
    let (status, text) = call(&["check"]);
    assert_eq!(status, 1);
    assert_eq!(
        text,
        "error: the tables are not up to date; `schismograph migrate` brings them there\n"
    );
    let doubtful = folder("worlds/doubtful");
    assert_eq!(call(&["seed", doubtful.to_str().unwrap()]).0, 0);
    change(TWICE_PREFERRED);
    let (status, told) = call(&["check"]);
    assert_eq!(status, 0, "{told}");
    let snapshot = folder("tests/snapshots/check__doubtful.snap");
    let snapshot = std::fs::read_to_string(snapshot).unwrap();
    assert_eq!(
        told.trim_end(),
        snapshot.split("---\n").nth(2).unwrap().trim_end()
    );
    assert_eq!(call(&["check", "--all"]), (0, told));

    let nothing = "nothing to do: 10 links follow from 8 events\n".to_owned();
    assert_eq!(call(&["check", "--rebuild-links"]), (0, nothing.clone()));
    change("DELETE FROM lineage_link WHERE kind = 'ABSORBED_BY'");
    let line = "  event/absorption-1970: organisation/merged to organisation/old-guard, ABSORBED_BY: missing\n";
    let (status, told) = call(&["check"]);
    let start = "error: lineage links differ from what follows from the events; --rebuild-links derives them anew\n\
        lineage links that differ from what follows from the events: 1\n";
    assert_eq!(status, 1);
    assert!(told.starts_with(&format!("{start}{line}")), "{told}");
    let done = format!("{line}1 added, 0 removed, 0 corrected: 10 links follow from 8 events\n");
    assert_eq!(call(&["check", "--rebuild-links"]), (0, done));
    assert_eq!(call(&["check", "--rebuild-links"]), (0, nothing));
}

#[test]
fn the_program_looks_by_some_rules_and_ends_with_a_status() {
    let place = tempfile::tempdir().unwrap();
    let call = |arguments: &[&str]| run(place.path(), arguments);
    let doubtful = folder("worlds/doubtful");
    assert_eq!(call(&["seed", doubtful.to_str().unwrap()]).0, 0);

    let sentence = "An organisation was dissolved and has the status ACTIVE or DORMANT; \
        make it DISSOLVED, or take the date of dissolution back.";
    let line = "organisation/restless: ACTIVE, dissolved 1902";
    let found = format!("ENDED_YET_ACTIVE: 1\n{sentence}\n  {line}\n\n");
    for name in ["ENDED_YET_ACTIVE", "ended-yet-active"] {
        let told = format!("{found}1 issue by 1 of 1 rules\n");
        assert_eq!(call(&["check", "--rule", name]), (0, told));
    }
    let both = [
        "check",
        "--rule",
        "unreachable-slug",
        "--rule",
        "ended-yet-active",
    ];
    let told = format!("{found}1 issue by 1 of 2 rules\n");
    assert_eq!(call(&both), (0, told));

    let none = "no issues by 1 rules\n".to_owned();
    assert_eq!(
        call(&["check", "--strict", "--rule", "unreachable-slug"]),
        (0, none)
    );
    let (status, told) = call(&["check", "--strict", "--rule", "ended-yet-active"]);
    let failure = "error: something looks wrong, and --strict was given\n";
    assert_eq!(status, 1);
    assert!(told.starts_with(&format!("{failure}{found}")), "{told}");

    let (status, told) = call(&["check", "--json", "--rule", "ended-yet-active"]);
    assert_eq!(status, 0);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let issue = serde_json::json!({
        "kind": "ORGANISATION",
        "slug": "restless",
        "id": "org_x5t5z9eppzpntskjbdt4",
        "message": "ACTIVE, dissolved 1902",
    });
    let rule = serde_json::json!({
        "name": "ENDED_YET_ACTIVE",
        "sentence": sentence,
        "count": 1,
        "issues": [issue],
    });
    assert_eq!(
        told,
        serde_json::json!({ "count": 1, "rules": [rule], "links": null })
    );

    for (wrong, words) in [
        (
            ["--rule", "ended-yet-activ"],
            "there is no such rule; did you mean ENDED_YET_ACTIVE?",
        ),
        (
            ["--rule", "everything"],
            "there is no such rule; it is one of ENDS_BEFORE_IT_BEGINS, ",
        ),
        (["--rebuild-links", "--strict"], "cannot be used with"),
    ] {
        let (status, told) = call(&[&["check"], &wrong[..]].concat());
        assert_eq!(status, 2, "{told}");
        assert!(told.contains(words), "{told}");
    }
    let (status, told) = call(&["check", "--help"]);
    assert_eq!(status, 0);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [sentence, "1 when lineage links differ", "--strict"] {
        assert!(told.contains(words), "{told}");
    }
}
