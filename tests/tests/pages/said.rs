//! What pages say: all that the public schema tells of a record, and nothing but text.

use api::html::{self, Part};
use api::write::Kind;
use serde_json::Value;
use tests::{BASE_URL, On, World, on_both, site::Site};

use super::dom::{Dom, squeeze};
use super::{column, records, small_files, world};

on_both! {
    a_page_says_all_that_is_asked_for_it,
    texts_stay_texts,
}

/// Members of the answer that are no words to read.
const CODES: [&str; 9] = [
    "__typename",
    "id",
    "slug",
    "kind",
    "status",
    "rank",
    "property",
    "edtf",
    "endCursor",
];

/// The texts that a reader is to find, with the member that each stands in.
fn texts<'a>(
    of: Option<&str>,
    member: &'a str,
    value: &'a Value,
    found: &mut Vec<(&'a str, &'a str)>,
) {
    match value {
        // On another topic than the one of the page.
        Value::Object(members)
            if of.is_some_and(|of| {
                members
                    .get("topic")
                    .is_some_and(|topic| topic["slug"] != of)
            }) => {}
        Value::Object(members) => {
            for (name, value) in members {
                texts(of, name, value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| texts(of, member, item, found)),
        Value::String(text) if !CODES.contains(&member) => found.push((member, text)),
        _ => {}
    }
}

async fn a_page_says_all_that_is_asked_for_it(on: On) {
    for seeds in [None, Some("worlds/small")] {
        let folder = seeds.map(tests::folder);
        let world = World::new(on, folder.as_deref()).await.unwrap();
        for (folder, slug) in records(&world).await {
            let kind = Kind::ALL
                .into_iter()
                .find(|kind| kind.folder() == folder)
                .unwrap();
            let sql = format!("SELECT public_id FROM {kind} WHERE slug='{slug}'");
            let public_id = column(&world, &sql).await.remove(0);
            let variables = html::variables(kind, &public_id, &Part::Whole);
            let answer = world
                .ask_with(&html::query(kind), variables.into())
                .await
                .body;
            assert_eq!(answer["errors"], Value::Null, "{folder}/{slug}");
            let page = html::record(kind, &answer["data"], &Part::Whole, BASE_URL).unwrap();
            let dom = Dom::parse(&page);
            assert!(dom.errors.is_empty(), "{folder}/{slug}: {:?}", dom.errors);
            let mut shown = dom.text.clone();
            for element in dom.elements() {
                shown.push_str(element.attribute("title").unwrap_or_default());
            }
            let shown = shown.to_lowercase();
            let mut wanted = Vec::new();
            texts(
                (kind == Kind::Topic).then_some(&slug),
                "",
                &answer["data"],
                &mut wanted,
            );
            for (member, text) in wanted {
                // Days and values of vocabularies are told in words.
                let coded = match member {
                    "recordedAt" => true,
                    "value" => !text.contains(' '),
                    "position" => text
                        .chars()
                        .all(|letter| letter.is_uppercase() || letter == '_'),
                    _ => false,
                };
                let text = squeeze(text).to_lowercase();
                assert!(
                    coded || shown.contains(&text),
                    "{folder}/{slug}: {member}: {text}"
                );
            }
            headings_are_in_order(&dom);
        }
    }
}

fn headings_are_in_order(dom: &Dom) {
    let names: Vec<&str> = dom
        .elements()
        .map(|element| element.name.as_str())
        .filter(|name| ["h1", "h2", "h3", "h4"].contains(name))
        .collect();
    assert_eq!(names.first(), Some(&"h1"));
    assert!(names.iter().skip(1).all(|name| *name == "h2"), "{names:?}");
}

const HOSTILE: &str = "<img src=x onerror=alert(1)>&\"'</style></title><script>alert(1)</script>";

async fn texts_stay_texts(on: On) {
    // Every text of the small world is hostile: what follows a key that holds words.
    let keys = [
        "name",
        "title",
        "text",
        "summary",
        "abbreviation",
        "leadership",
        "locator",
        "quote",
        "note",
        "reason",
        "outcome",
        "author",
        "publisher",
        "licence",
        "holder",
        "attitude",
        "description",
        "post",
        "subtitle",
        "frequency",
        "format",
        "editorial_focus",
        "street",
        "postcode",
        "isbn",
        "issn",
    ];
    let quoted = HOSTILE.replace('\'', "''");
    let files: Vec<(String, String)> = small_files()
        .into_iter()
        .map(|(path, text)| {
            let lines = text.lines().map(|line| {
                let key = line.trim_start().trim_start_matches("- ");
                let (key, value) = key.split_once(": ").unwrap_or((key, ""));
                let plain = !value.is_empty() && !value.starts_with(['{', '[', '>', '|']);
                if plain && keys.contains(&key) {
                    let start = line.len() - value.len();
                    format!(
                        "{}'{} {quoted}'",
                        &line[..start],
                        value.trim_matches(['"', '\'']).replace('\'', "''")
                    )
                } else {
                    line.to_owned()
                }
            });
            (path, lines.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    let site = Site::new(world(on, &files).await);
    let mut hostile = 0;
    for (folder, slug) in records(&site.world).await {
        for path in [format!("/{folder}/{slug}"), format!("/{folder}/")] {
            let page = site.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            let dom = Dom::parse(&page.text);
            assert!(dom.errors.is_empty(), "{path}: {:?}", dom.errors);
            assert_eq!(dom.all("script").count(), 0, "{path}");
            assert_eq!(dom.all("style").count(), 1, "{path}");
            for image in dom.all("img") {
                assert_eq!(
                    image.attribute("src"),
                    Some(format!("{slug}/lineage.svg?limit=100").as_str())
                );
            }
            for element in dom.elements() {
                let handler = element
                    .attributes
                    .iter()
                    .find(|(name, _)| name.starts_with("on"));
                assert_eq!(handler, None, "{path}");
            }
            hostile += dom.text.matches(HOSTILE).count();
        }
        for suffix in ["ttl", "nt", "jsonld"] {
            assert_eq!(
                site.get(&format!("/{folder}/{slug}.{suffix}")).await.status,
                200,
                "{folder}/{slug}"
            );
        }
    }
    assert!(hostile > 200, "{hostile}");
}
