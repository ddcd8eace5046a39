//! `import article`: what the infobox of an article says, and its text as a source.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use api::{
    import::{self, Format, Options, Report},
    progress::Silent,
    write::{self, Content, Context, Draft, Kind},
};
use entity::{claim, revision, source};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use tests::{On, World, moment, on_both};

on_both! {
    plain_text_fills_an_empty_database,
    beside_the_seeds_the_better_claims_are_shown,
    wikitext_fills_what_its_infobox_says,
    names_find_their_records,
    a_changed_article_takes_back_what_it_no_longer_says,
    what_does_not_tell_which_article_it_is,
    a_dry_run_leaves_nothing,
    what_is_wrong_is_told_with_its_place,
}

async fn load_from(
    world: &World,
    path: &Path,
    source: Option<&str>,
    dry_run: bool,
) -> anyhow::Result<Report> {
    let options = Options {
        dry_run,
        source,
        now: moment(),
        progress: &Silent,
    };
    let never = std::future::pending();
    import::load(&world.database, Format::Article, path, &options, never).await
}

async fn load(world: &World, path: &Path) -> anyhow::Result<Report> {
    load_from(world, path, None, false).await
}

/// The article that the seeds are taken from, as a file.
struct First {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

fn first_article() -> First {
    let seeds = tests::folder("../seeds/sources");
    let seed = seeds.join("wikipedia-international-socialist-group-scotland.yaml");
    let seed = fs::read_to_string(seed).unwrap();
    let (_, text) = seed.split_once("text: |\n").unwrap();
    let lines = text
        .lines()
        .map(|line| line.strip_prefix("  ").unwrap_or(line));
    let text = lines.collect::<Vec<_>>().join("\n") + "\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("article.txt");
    fs::write(&path, text).unwrap();
    First {
        path,
        _folder: folder,
    }
}

fn wikitext() -> PathBuf {
    tests::folder("fixtures/workers-party.wiki")
}

/// An answer without errors.
async fn ask(world: &World, query: &str) -> Value {
    let answer = world.ask(query).await;
    assert_eq!(answer.body["errors"], Value::Null);
    answer.body["data"].clone()
}

/// A report without the folder of the file.
fn told(report: &Report, path: &Path) -> String {
    let folder = format!("{}/", path.parent().unwrap().display());
    report.to_string().replace(&folder, "")
}

fn total(report: &Report) -> String {
    report.to_string().lines().last().unwrap().to_owned()
}

/// Everything that is stored, a record a line.
async fn contents(world: &World) -> Vec<String> {
    let revisions = revision::Entity::find().order_by_asc(revision::Column::Id);
    let revisions = revisions.all(&world.database.reader).await.unwrap();
    revisions.into_iter().map(|row| row.content).collect()
}

/// Quotes stand in their source's text, as those of seeds do.
async fn check_quotes(world: &World) {
    let reader = &world.database.reader;
    let claims = claim::Entity::find()
        .filter(claim::Column::Quote.is_not_null())
        .find_also_related(source::Entity)
        .all(reader)
        .await
        .unwrap();
    assert!(!claims.is_empty());
    for (claim, source) in claims {
        let text = write::text::squeeze(&source.unwrap().text.unwrap());
        let quote = write::text::squeeze(&claim.quote.unwrap());
        assert!(text.contains(&quote), "{quote}");
    }
}

const ORGANISATION: &str = "
    name abbreviation kind status leadership position website
    founded { edtf sourceText } dissolved { edtf } country { name code }
    headquarters { slug name kind street postcode parent { slug parent { slug code parent { slug code } } } }
    newspaper { slug name kind } classifications { topic { slug name kind } claims { note } }
    externalIds { scheme value url }
    names { text kind language start { edtf } }
    claims { property value rank status locator quote source { slug } }
";

async fn plain_text_fills_an_empty_database(on: On) {
    let world = World::empty(on).await.unwrap();
    let article = first_article();
    let report = load(&world, &article.path).await.unwrap();
    insta::assert_snapshot!("first_report", told(&report, &article.path));
    let query = format!(
        r#"{{
            organisation(by: {{slug: "international-socialist-group-scotland"}}) {{
                {ORGANISATION}
                splitFrom {{ nodes {{ slug name externalIds {{ value }} }} }}
                events {{ nodes {{ role context {{ ... on Event {{ name kind date {{ edtf }} participants {{ nodes {{ role participant {{ slug }} claims {{ locator quote }} }} }} }} }} }} }}
            }}
            summary: organisation(by: {{slug: "international-socialist-group-scotland"}}) {{
                claims(property: "name") {{ source {{ title kind publisher url licence language text }} }}
            }}
        }}"#
    );
    let mut answer = ask(&world, &query).await;
    let text = answer["summary"]["claims"][0]["source"]["text"].take();
    assert_eq!(text, fs::read_to_string(&article.path).unwrap());
    insta::assert_json_snapshot!("first", answer);
    check_quotes(&world).await;

    let before = contents(&world).await;
    let again = load(&world, &article.path).await.unwrap();
    assert!(
        total(&again).starts_with("0 created, 0 updated, "),
        "{again}"
    );
    assert_eq!(contents(&world).await, before);
}

/// The seeds have read the same article, and more of it: they are not overruled, and their split is not told twice.
async fn beside_the_seeds_the_better_claims_are_shown(on: On) {
    let world = World::new(on, None).await.unwrap();
    let query = format!(
        r#"{{
            organisation(by: {{slug: "international-socialist-group-scotland"}}) {{
                {ORGANISATION}
                splitFrom {{ nodes {{ slug }} totalCount }} stances {{ text }} places {{ place {{ name }} }}
            }}
            organisations {{ totalCount }} events {{ totalCount }} publications {{ totalCount }} people {{ totalCount }}
        }}"#
    );
    let mut before = ask(&world, &query).await;
    let article = first_article();
    let report = load(&world, &article.path).await.unwrap();
    insta::assert_snapshot!("seeds_report", told(&report, &article.path));
    let mut after = ask(&world, &query).await;
    // What the infobox adds is that it says of itself that the group has ended.
    let claims = |answer: &mut Value| {
        let claims = answer["organisation"]["claims"].take();
        claims.as_array().unwrap().clone()
    };
    let (old, new) = (claims(&mut before), claims(&mut after));
    assert_eq!(after, before);
    let added: Vec<_> = new.iter().filter(|claim| !old.contains(claim)).collect();
    assert_eq!(
        json!(added),
        json!([{
            "property": "status", "value": "DISSOLVED", "rank": "NORMAL", "status": "STATED", "locator": "Infobox",
            "quote": "Dissolution: 2015", "source": {"slug": "wikipedia-international-socialist-group-scotland"},
        }])
    );
    assert_eq!(new.len(), old.len() + 1);
    check_quotes(&world).await;
    let again = load(&world, &article.path).await.unwrap();
    assert!(
        total(&again).starts_with("0 created, 0 updated, "),
        "{again}"
    );
}

async fn wikitext_fills_what_its_infobox_says(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = load(&world, &wikitext()).await.unwrap();
    insta::assert_snapshot!("wikitext_report", told(&report, &wikitext()));
    let query = format!(
        r#"{{
            organisation(by: {{slug: "workers-party-ruritania"}}) {{
                {ORGANISATION}
                events {{ nodes {{ role context {{ ... on Event {{ slug name kind date {{ edtf }} participants {{ nodes {{ role participant {{ slug name externalIds {{ scheme value }} }} }} }} }} }} }} }}
            }}
        }}"#
    );
    insta::assert_json_snapshot!("wikitext", ask(&world, &query).await);
    check_quotes(&world).await;
    let again = load(&world, &wikitext()).await.unwrap();
    assert!(
        total(&again).starts_with("0 created, 0 updated, "),
        "{again}"
    );
}

fn draft(kind: Kind, slug: &str, content: Value) -> Draft {
    Draft {
        slug: slug.to_owned(),
        content: Content::deserialize(kind, content).unwrap(),
    }
}

async fn save(world: &World, drafts: &[Draft]) {
    let context = Context {
        author: "test",
        reason: None,
        now: moment(),
    };
    let txn = world.database.begin().await.unwrap();
    write::save(&txn, drafts, &context).await.unwrap();
    txn.commit().await.unwrap();
}

async fn names_find_their_records(on: On) {
    let world = World::empty(on).await.unwrap();
    let article = |title: &str| json!([{"scheme": "wikipedia", "value": title}]);
    save(
        &world,
        &[
            draft(
                Kind::Organisation,
                "the-league",
                json!({"name": "The League", "external_ids": article("League_(Ruritania)")}),
            ),
            draft(
                Kind::Organisation,
                "old-guard",
                json!({"name": "Old Guard"}),
            ),
            draft(
                Kind::Organisation,
                "new-guard",
                json!({"name": "New Guard", "external_ids": article("New_Guard_(Mars)")}),
            ),
            draft(
                Kind::Place,
                "london",
                json!({"name": "London", "kind": "CITY", "parent": "england"}),
            ),
            draft(
                Kind::Place,
                "england",
                json!({"name": "England", "code": "GB-ENG"}),
            ),
        ],
    )
    .await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("group.txt");
    fs::write(
        &path,
        "= Group =\n\n- Split: League (Ruritania)\n- Predecessor: Old Guard\n- Headquarters: London, Ontario, Canada\n",
    )
    .unwrap();
    let report = load(&world, &path).await.unwrap();
    assert!(told(&report, &path).contains(
        "warning: records found by slug alone: 1\n  group.txt:4: `Predecessor: Old Guard` is taken to name organisation/old-guard, by its slug\n"
    ));
    let other = folder.path().join("other.txt");
    fs::write(
        &other,
        "= Other =\n{{Infobox party\n| split = [[New Guard]]\n| predecessor = [[Old Guard]] (May 1968)\n| country = [[United Kingdom]]\n}}\n",
    )
    .unwrap();
    load(&world, &other).await.unwrap();
    let answer = ask(
        &world,
        r#"{
            group: organisation(by: {slug: "group"}) {
                splitFrom { nodes { slug } } predecessors { nodes { slug } } headquarters { slug parent { slug parent { slug code } } }
            }
            other: organisation(by: {slug: "other"}) {
                splitFrom { nodes { slug externalIds { value } } } predecessors { edges { node { slug externalIds { value } } } } country { code }
                events(filter: {kind: {eq: SUCCESSION}}) { nodes { context { ... on Event { date { edtf sourceText } } } } }
            }
        }"#,
    )
    .await;
    insta::assert_json_snapshot!("names", answer);

    // The article of one that others have named so far.
    let guard = folder.path().join("guard.txt");
    fs::write(&guard, "= Old Guard =\n\n- Foundation: 1901\n").unwrap();
    let report = load(&world, &guard).await.unwrap();
    assert!(told(&report, &guard).contains("organisations: 0 created, 1 updated, 0 unchanged"));
    let answer = ask(
        &world,
        r#"{ organisation(by: {slug: "old-guard"}) { founded { edtf } externalIds { value } successors { totalCount } } }"#,
    )
    .await;
    assert_eq!(
        answer["organisation"],
        json!({"founded": {"edtf": "1901"}, "externalIds": [{"value": "Old_Guard"}], "successors": {"totalCount": 2}})
    );
}

/// Quotes that no longer stand in the article go, and what rested on them; what somebody else read in it stays.
async fn a_changed_article_takes_back_what_it_no_longer_says(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("group.txt");
    let text = "= Group =\n\n- Foundation: 1968\n- Ideology: Socialism\n\nThe Group, or G, was founded in spring.\n";
    fs::write(&path, text).unwrap();
    load(&world, &path).await.unwrap();
    save(
        &world,
        &[draft(Kind::Organisation, "group", json!({
            "source": "wikipedia-group", "name": "Group", "abbreviation": "G", "founded": "1968",
            "external_ids": [{"scheme": "wikipedia", "value": "Group"}],
            "ideologies": [{"topic": "socialism", "claims": [{"locator": "Infobox", "quote": "Ideology: Socialism"}]}],
            "claims": {
                "abbreviation": [{"locator": "Lead", "quote": "The Group, or G"}],
                "founded": [{"locator": "Infobox", "quote": "Foundation: 1968", "note": "Read by hand."}],
            },
        }))],
    )
    .await;
    let query = r#"{ organisation(by: {slug: "group"}) {
        abbreviation founded { edtf } ideologies { slug } claims { property value quote note }
    } }"#;
    load(&world, &path).await.unwrap();
    let unchanged = ask(&world, query).await;
    assert_eq!(
        unchanged["organisation"]["claims"],
        json!([
            {"property": "abbreviation", "value": "G", "quote": "The Group, or G", "note": null},
            {"property": "founded", "value": "1968", "quote": "Foundation: 1968", "note": "Read by hand."},
            {"property": "ideologies", "value": "Socialism", "quote": "Ideology: Socialism", "note": null},
        ])
    );
    fs::write(
        &path,
        text.replace("1968", "1969")
            .replace("- Ideology: Socialism\n", ""),
    )
    .unwrap();
    load(&world, &path).await.unwrap();
    let changed = ask(&world, query).await;
    assert_eq!(
        changed["organisation"],
        json!({
            "abbreviation": "G", "founded": {"edtf": "1969"}, "ideologies": [],
            "claims": [
                {"property": "abbreviation", "value": "G", "quote": "The Group, or G", "note": null},
                {"property": "founded", "value": "1969", "quote": "Foundation: 1969", "note": null},
            ],
        })
    );
    fs::write(&path, text.replace("- Foundation: 1968\n", "")).unwrap();
    load(&world, &path).await.unwrap();
    let silent = ask(&world, query).await;
    assert_eq!(silent["organisation"]["founded"], Value::Null);
    check_quotes(&world).await;
}

async fn what_does_not_tell_which_article_it_is(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = "{{Infobox political party | name = Green Front | foundation = 1980 }}";
    let named = folder.path().join("Green_Front_(Mars).wiki");
    fs::write(&named, text).unwrap();
    load(&world, &named).await.unwrap();
    let other = folder.path().join("page.wiki");
    fs::write(&other, text).unwrap();
    let report = load_from(&world, &other, Some("my-wiki"), false)
        .await
        .unwrap();
    assert!(told(&report, &other).contains(
        "page.wiki:1: which article this is is not told, so that it meets other sources' `Green Front` nowhere"
    ));
    let answer = ask(
        &world,
        "{ organisations { nodes { slug name externalIds { scheme value } claims(property: \"founded\") { source { slug publisher licence } } } } }",
    )
    .await;
    assert_eq!(
        answer["organisations"]["nodes"],
        json!([
            {
                "slug": "green-front-mars", "name": "Green Front",
                "externalIds": [{"scheme": "wikipedia", "value": "Green_Front_(Mars)"}],
                "claims": [{"source": {"slug": "wikipedia-green-front-mars", "publisher": "Wikipedia", "licence": "CC BY-SA 4.0"}}],
            },
            {
                "slug": "green-front", "name": "Green Front",
                "externalIds": [{"scheme": "article", "value": "Green Front"}],
                "claims": [{"source": {"slug": "my-wiki", "publisher": null, "licence": null}}],
            },
        ])
    );
}

async fn a_dry_run_leaves_nothing(on: On) {
    let world = World::empty(on).await.unwrap();
    let report = load_from(&world, &wikitext(), None, true).await.unwrap();
    assert!(total(&report).starts_with("nothing was written; without --dry-run: "));
    assert!(world.database.is_empty().await.unwrap());
}

async fn what_is_wrong_is_told_with_its_place(on: On) {
    let world = World::empty(on).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.txt");
    let check = async |bytes: &[u8], told: &str| {
        fs::write(&path, bytes).unwrap();
        let error = load(&world, &path).await.unwrap_err().to_string();
        let error = error.replace(&path.display().to_string(), "bad.txt");
        assert_eq!(error, told);
        assert!(world.database.is_empty().await.unwrap());
    };
    check(b"", "bad.txt:1:1: the file is empty").await;
    check(b"\n \n", "bad.txt:1:1: the file is empty").await;
    check(
        b"id,name\n1,Group\n",
        "bad.txt:1:1: an article begins with its title, as in `= Title =`, or holds an infobox as wikitext, as in {{Infobox ..}}",
    )
    .await;
    check(
        b"= Group =\n\n  {{Infobox party\n| name = [[Group]]\n",
        "bad.txt:3:3: the infobox that begins here does not end; the file is cut off, or braces are missing",
    )
    .await;
    check(
        b"= Ann =\n{{Infobox officeholder\n| name = Ann\n| party = [[Group]]\n}}\n",
        "bad.txt:2:1: `Infobox officeholder` is an infobox of something else than organisations; one of theirs is `Infobox political party`",
    )
    .await;
    check(
        b"{{Infobox party\n| foundation = 1980\n}}\n",
        "bad.txt:1:1: it is not told which article this is; begin the file with its title, as in `= Title =`",
    )
    .await;
    check(
        b"= Communiqu\xe9 =\n",
        "bad.txt:1:12: not UTF-8: the byte 0xE9 begins no character, as in a file saved as Latin-1; save it as UTF-8",
    )
    .await;
    check(
        b"= Group =\n\nIt\x07 was\n\x01\n",
        "2 things are wrong\n\
         bad.txt:3:3: a control character stands here, as in a file that is no text; leave it out\n\
         bad.txt:4:1: a control character stands here, as in a file that is no text; leave it out",
    )
    .await;
    let deep = format!(
        "= Group =\n{{{{Infobox party\n| ideology = {}x{}\n}}}}\n",
        "{{ubl|".repeat(10_000),
        "}}".repeat(10_000)
    );
    check(
        deep.as_bytes(),
        "bad.txt:2:1: the infobox that begins here is longer than 64 KiB, or nests templates deeper than 40; this is no article",
    )
    .await;
    let error = load(&world, folder.path()).await.unwrap_err().to_string();
    assert!(error.ends_with(": this is a folder; name a file in it"));
}
