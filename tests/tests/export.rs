//! Exports: what is written can be read again, and says the same.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use api::{export::Format, generate, import, progress::Silent};
use tests::{On, World, folder, moment, on_both};

on_both! {
    what_is_exported_comes_back_byte_by_byte,
    a_made_up_data_set_comes_back_too,
}

async fn exported(world: &World, format: Format) -> String {
    String::from_utf8(world.exported(format).await.unwrap()).unwrap()
}

async fn comes_back(on: On, world: &World) {
    let text = exported(world, Format::Jsonl).await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("all.jsonl");
    fs::write(&path, &text).unwrap();
    let other = World::empty(on).await.unwrap();
    let options = import::Options {
        dry_run: false,
        source: None,
        now: moment(),
        progress: &Silent,
    };
    let never = std::future::pending();
    let report = import::load(
        &other.database,
        import::Format::Jsonl,
        &path,
        &options,
        never,
    )
    .await;
    let report = report.unwrap();
    let lines = text.lines().count();
    assert!(
        report
            .to_string()
            .ends_with(&format!("{lines} created, 0 updated, 0 unchanged")),
        "{report}"
    );
    assert!(lines > 10);
    assert_eq!(exported(&other, Format::Jsonl).await, text);
}

async fn what_is_exported_comes_back_byte_by_byte(on: On) {
    comes_back(on, &World::new(on, None).await.unwrap()).await;
    comes_back(on, &World::small(on).await.unwrap()).await;
    comes_back(
        on,
        &World::new(on, Some(&folder("worlds/lineage")))
            .await
            .unwrap(),
    )
    .await;
}

async fn a_made_up_data_set_comes_back_too(on: On) {
    let world = World::empty(on).await.unwrap();
    let never = std::future::pending();
    generate::load(&world.database, 300, 7, moment(), &Silent, never)
        .await
        .unwrap();
    comes_back(on, &world).await;
}
