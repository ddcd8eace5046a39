//! Records at their addresses: which form who gets, what leads where, and what their pages say.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod address;
mod dom;
mod form;
mod linked;
mod said;
mod size;

use std::fs;
use std::path::Path;

use api::seed::{self, Source};
use sea_orm::{ConnectionTrait, Statement};
use tests::{On, World, folder, moment, site::Site};

/// The world that most tests share.
async fn small(on: On) -> Site {
    Site::new(World::small(on).await.unwrap())
}

/// A world of its own, of files given by path and text.
async fn world(on: On, files: &[(String, String)]) -> World {
    let world = World::empty(on).await.unwrap();
    load(&world, files).await;
    world
}

/// Writes files into a world.
async fn load(world: &World, files: &[(String, String)]) {
    let seeds = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = seeds.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let folder = Source::Folder(seeds.path());
    seed::load(&world.database, folder, moment()).await.unwrap();
}

/// The files of the small world.
fn small_files() -> Vec<(String, String)> {
    let root = folder("worlds/small");
    let mut files = Vec::new();
    for kind in fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if kind.is_dir() {
            for file in fs::read_dir(kind)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                let path = file.strip_prefix(&root).unwrap();
                let path = path.to_string_lossy().into_owned();
                files.push((path, fs::read_to_string(&file).unwrap()));
            }
        }
    }
    files
}

/// The one column of text that a statement gives.
async fn column(world: &World, sql: &str) -> Vec<String> {
    let backend = world.database.backend;
    let statement = Statement::from_string(backend, sql);
    let rows = world
        .database
        .reader
        .query_all_raw(statement)
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

/// The folder and the slug of every record.
async fn records(world: &World) -> Vec<(&'static str, String)> {
    let mut records = Vec::new();
    for (table, folder) in [
        ("organisation", "organisations"),
        ("person", "people"),
        ("campaign", "campaigns"),
        ("publication", "publications"),
        ("event", "events"),
        ("source", "sources"),
        ("place", "places"),
        ("topic", "topics"),
    ] {
        let slugs = column(world, &format!("SELECT slug FROM {table} ORDER BY slug")).await;
        records.extend(slugs.into_iter().map(|slug| (folder, slug)));
    }
    records
}

/// Where a relative address leads, seen from an absolute path.
fn resolve(from: &str, to: &str) -> String {
    let mut path = Path::new(from)
        .parent()
        .unwrap_or(Path::new("/"))
        .to_path_buf();
    let mut rest = to.strip_prefix("./").unwrap_or(to);
    while let Some(further) = rest.strip_prefix("../") {
        path.pop();
        rest = further;
    }
    path.join(rest).to_string_lossy().into_owned()
}
