//! Exports: what is written can be read again, and says the same.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{self, Cursor, Read},
    path::Path,
    pin::Pin,
    task::{Context, Poll},
};

use api::{
    export::{self, Format},
    import,
    progress::Silent,
    write,
};
use tests::{BASE_URL, On, World, folder, moment, on_both};
use tokio::io::AsyncWrite;

on_both! {
    what_is_exported_comes_back_byte_by_byte,
    a_made_up_data_set_comes_back_too,
    a_history_comes_back_with_its_authors_and_times,
    tables_hold_all_that_records_say,
    lineage_is_a_graph_of_organisations_and_links,
    files_are_passed_on_as_records_are_read,
}

async fn bytes(world: &World, format: Format) -> (Vec<u8>, String) {
    let mut bytes = Vec::new();
    let losses = export::export(&world.database, format, BASE_URL, &mut bytes, &Silent).await;
    (bytes, losses.unwrap().to_string())
}

async fn exported(world: &World, format: Format) -> String {
    String::from_utf8(bytes(world, format).await.0).unwrap()
}

async fn load(world: &World, path: &Path) -> import::Report {
    let report = world.import(import::Format::Jsonl, path, None, false).await;
    report.unwrap()
}

async fn what_is_exported_comes_back_byte_by_byte(on: On) {
    let lineage = folder("worlds/lineage");
    for world in [
        World::new(on, None).await.unwrap(),
        World::small(on).await.unwrap(),
        World::new(on, Some(&lineage)).await.unwrap(),
    ] {
        world.comes_back(on).await.unwrap();
    }
}

/// `ORGANISATIONS` says how many.
async fn a_made_up_data_set_comes_back_too(on: On) {
    let count = std::env::var("ORGANISATIONS").map_or(300, |count| count.parse().unwrap());
    let world = World::generated(on, count).await.unwrap();
    world.comes_back(on).await.unwrap();
}

/// The rows of a table in the zip, as they are written.
fn table(zip: &[u8], name: &str) -> Vec<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = String::new();
    let mut file = zip.by_name(&format!("{name}.csv")).unwrap();
    file.read_to_string(&mut text).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let rows = csv::Reader::from_reader(text.as_bytes()).into_records();
    let widths = rows.map(|row| row.unwrap().len());
    assert!(widths.count() > 0, "{name}");
    text.lines().map(str::to_owned).collect()
}

async fn tables_hold_all_that_records_say(on: On) {
    for seeds in [None, Some(folder("worlds/small"))] {
        let world = World::new(on, seeds.as_deref()).await.unwrap();
        let (zip, losses) = bytes(&world, Format::Csv).await;
        assert_eq!(losses, "");
        assert_eq!(zip, bytes(&world, Format::Csv).await.0);
    }
    let world = World::new(on, None).await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("formulas.jsonl");
    let line = r#"{"type": "organisation", "slug": "sum", "name": "=SUM(A1)", "abbreviation": "-1", "founded": {"edtf": "1985~", "text": "@ \"85\"\nor so"}}"#;
    fs::write(&path, line).unwrap();
    load(&world, &path).await;
    let (zip, _) = bytes(&world, Format::Csv).await;
    let organisations = table(&zip, "organisations").join("\n");
    let row = "sum,'=SUM(A1),,,,,'-1,,,1985~,1985-01-01,1985-12-31,\"'@ \"\"85\"\"\nor so\",";
    assert!(organisations.contains(row), "{organisations}");
    let links = table(&zip, "lineage_links");
    assert_eq!(links.len(), 4);
    let split = "SPLIT_FROM,socialist-workers-party-uk,international-socialist-group-scotland,2011-04,2011-04-01,2011-04-30,\
        resignations-from-the-socialist-workers-party-2011,39,39 members,";
    assert!(links.iter().any(|link| link.contains(split)), "{links:?}");
    let claims = table(&zip, "claims").join("\n");
    let quoted = "organisation,international-socialist-group-scotland,founded,,,2011-04,,PREFERRED,STATED,\
        wikipedia-international-socialist-group-scotland,Lead,which was formed in April 2011,";
    assert!(claims.contains(quoted), "{claims}");
}

async fn lineage_is_a_graph_of_organisations_and_links(on: On) {
    let world = World::small(on).await.unwrap();
    let (graph, losses) = bytes(&world, Format::Graphml).await;
    let graph = String::from_utf8(graph).unwrap();
    assert_eq!(
        graph.matches("<node ").count(),
        table(&bytes(&world, Format::Csv).await.0, "organisations").len() - 1
    );
    assert_eq!(graph.matches("<edge ").count(), 13);
    assert!(
        losses.contains("claims: nodes and edges have no sources"),
        "{losses}"
    );
    insta::assert_snapshot!("graphml", graph);
}

/// Everything that tells of who recorded what and when.
const RECORDED: &str = "{ organisations { nodes { slug revision
    history { nodes { number author reason recordedAt content } } claims { id recordedBy recordedAt } } } }";

async fn a_history_comes_back_with_its_authors_and_times(on: On) {
    let world = World::small(on).await.unwrap();
    for (days, slug, name) in [
        (1, "workers-party", "Workers' Party (founded 1919)"),
        (2, "sailors-club", "Club of Sailors"),
        (3, "workers-party", "Workers' Party"),
    ] {
        let answer = world
            .ask(&format!("{{ organisation(by: {{slug: \"{slug}\"}}) {{ history(first: 1) {{ nodes {{ content }} }} }} }}"))
            .await;
        let content = &answer.body["data"]["organisation"]["history"]["nodes"][0]["content"];
        let mut draft: serde_json::Value = serde_json::from_str(content.as_str().unwrap()).unwrap();
        draft["name"] = name.into();
        draft["claims"]["name"] =
            serde_json::json!([{"source": "fabre", "locator": format!("p. {days}")}]);
        draft.as_object_mut().unwrap().remove("slug");
        let content = write::Content::deserialize(write::Kind::Organisation, draft).unwrap();
        let slug = slug.to_owned();
        let editor = write::Context {
            author: "editor",
            reason: Some("a better name"),
            now: moment() + chrono::Duration::days(days),
        };
        let txn = world.database.begin().await.unwrap();
        write::save(&txn, &[write::Draft { slug, content }], &editor)
            .await
            .unwrap();
        txn.commit().await.unwrap();
    }
    let history = exported(&world, Format::JsonlHistory).await;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("history.jsonl");
    fs::write(&path, &history).unwrap();
    let other = World::empty(on).await.unwrap();
    let report = load(&other, &path).await.to_string();
    assert!(
        report.ends_with(" created, 3 updated, 0 unchanged"),
        "{report}"
    );
    assert_eq!(exported(&other, Format::JsonlHistory).await, history);
    assert_eq!(
        exported(&other, Format::Jsonl).await,
        exported(&world, Format::Jsonl).await
    );
    let recorded = world.ask(RECORDED).await.body;
    assert_eq!(other.ask(RECORDED).await.body, recorded);
    assert!(recorded.to_string().contains("2025-11-04"), "{recorded}");
}

/// Receives a file, and notes how much of it came at once and altogether.
#[derive(Default)]
struct Receiver {
    most: usize,
    all: usize,
}

impl AsyncWrite for Receiver {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.most = self.most.max(bytes.len());
        self.all += bytes.len();
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

async fn received(world: &World, format: Format) -> Receiver {
    let mut to = Receiver::default();
    export::export(&world.database, format, BASE_URL, &mut to, &Silent)
        .await
        .unwrap();
    to
}

/// What waits to be sent does not grow with the data set.
async fn files_are_passed_on_as_records_are_read(on: On) {
    let world = World::empty(on).await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("parties.jsonl");
    let mut before: Vec<Receiver> = Vec::new();
    for numbers in [1000..1500, 1500..2500] {
        // Each split from the one before it.
        let lines = numbers.map(|number| {
            let last = number - 1;
            let origin = if number == 1000 { String::new() } else {
                format!(r#"{{"participant": "organisation/party-{last}", "role": "origin"}}, "#)
            };
            format!(
                r#"{{"type": "organisation", "slug": "party-{number}", "name": "Party {number}", "founded": "{number}"}}
{{"type": "event", "slug": "split-{number}", "name": "Split {number}", "kind": "SPLIT", "date": "{number}", "participants": [{origin}{{"participant": "organisation/party-{number}", "role": "resulting"}}]}}"#
            )
        });
        fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
        load(&world, &path).await;
        let mut now = Vec::new();
        for format in Format::ALL {
            now.push(received(&world, *format).await);
        }
        for ((format, now), before) in Format::ALL.iter().zip(&now).zip(&before) {
            assert!(now.all > before.all * 2, "{format:?}");
            // What compresses hands over pieces of a size of its own.
            let piece = if *format == Format::Csv { 1 << 16 } else { 0 };
            assert!(
                now.most < before.most * 5 / 4 + piece,
                "{format:?}: {}",
                now.most
            );
        }
        before = now;
    }
}
