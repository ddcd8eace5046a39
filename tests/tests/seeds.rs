//! Seeds: what is refused, and what is loaded.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use api::seed::{self, Refused, Source};
use tests::{On, World, folder, moment, on_both};

on_both! {
    every_fault_is_told_at_once,
    the_small_world_loads_and_loading_it_again_changes_nothing,
    the_program_has_its_seeds_and_loading_them_again_changes_nothing,
}

/// What is said when a folder of bad seeds is loaded, of which nothing may be left behind.
async fn refusal(on: On, world: &str) -> String {
    let empty = World::empty(on).await.unwrap();
    let folder = folder(world);
    let error = seed::load(&empty.database, Source::Folder(&folder), moment()).await;
    let error = error.unwrap_err();
    assert!(error.is::<Refused>(), "{error:#}");
    assert!(empty.database.is_empty().await.unwrap());
    error.to_string()
}

async fn every_fault_is_told_at_once(on: On) {
    insta::assert_snapshot!("bad_files", refusal(on, "worlds/bad_files").await);
    insta::assert_snapshot!("bad_facts", refusal(on, "worlds/bad_facts").await);
}

async fn loads_twice(on: On, seeds: Option<&Path>) -> usize {
    let world = World::empty(on).await.unwrap();
    let source = seeds.map_or(Source::Embedded, Source::Folder);
    let first = seed::load(&world.database, source, moment()).await.unwrap();
    assert_eq!(first.warnings, []);
    assert_eq!(
        (
            first.written.total().updated,
            first.written.total().unchanged
        ),
        (0, 0)
    );

    let later = moment() + chrono::Duration::days(1);
    let again = seed::load(&world.database, source, later).await.unwrap();
    assert_eq!(
        (again.written.total().created, again.written.total().updated),
        (0, 0)
    );
    assert_eq!(
        again.written.total().unchanged,
        first.written.total().created
    );
    assert_eq!(again.written.nodes, first.written.nodes);
    first.written.total().created
}

async fn the_small_world_loads_and_loading_it_again_changes_nothing(on: On) {
    assert_eq!(loads_twice(on, Some(&folder("worlds/small"))).await, 40);
}

async fn the_program_has_its_seeds_and_loading_them_again_changes_nothing(on: On) {
    assert_ne!(loads_twice(on, None).await, 0);
}

#[tokio::test]
async fn a_folder_that_holds_no_seeds_is_refused() {
    let world = World::empty(On::Sqlite).await.unwrap();
    let empty = tempfile::tempdir().unwrap();
    let load = async |folder: &Path| {
        let loaded = seed::load(&world.database, Source::Folder(folder), moment()).await;
        format!("{:#}", loaded.unwrap_err()).replace(&*empty.path().to_string_lossy(), "FOLDER")
    };
    assert_eq!(
        load(empty.path()).await,
        "FOLDER: there are no seeds here; their folders are topics, places, sources, people, publications, organisations, campaigns, events"
    );
    assert_eq!(
        load(&empty.path().join("none")).await,
        "FOLDER/none: cannot be read: No such file or directory (os error 2)"
    );
}

#[tokio::test]
async fn seeds_may_refer_to_what_is_stored_already() {
    let world = World::small(On::Sqlite).await.unwrap();
    let more = tempfile::tempdir().unwrap();
    let people = more.path().join("people");
    std::fs::create_dir(&people).unwrap();
    let text = "source: lexicon\nname: Rosa\nmemberships: [{organisation: labour-party, role: member, claims: [{}]}]\n";
    std::fs::write(people.join("rosa.yaml"), text).unwrap();
    let source = Source::Folder(more.path());
    let report = seed::load(&world.database, source, moment()).await.unwrap();
    assert_eq!(report.to_string(), "1 created, 0 updated, 0 unchanged");
}
