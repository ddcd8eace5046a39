//! What looks wrong in the data: the same on the command line and in GraphQL, by the rules asked for and no others.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use api::{
    check,
    graph::{KindAllowed, Request},
    issue::RULES,
    write::{self, Content, Context, Draft, OrganisationDraft},
};
use sea_orm::ConnectionTrait;
use serde_json::{Map, Value, json};
use tests::{On, World, folder, moment, on_both};

on_both! {
    json_and_graphql_say_the_same,
    a_page_goes_on_where_the_last_one_ended,
    slugs_that_do_not_lead_where_they_should,
    many_of_one_name_are_as_many_issues,
    sources_are_counted,
}

async fn doubtful(on: On) -> World {
    World::new(on, Some(&folder("worlds/doubtful")))
        .await
        .unwrap()
}

async fn change(world: &World, sql: &str) {
    world.database.writer.execute_unprepared(sql).await.unwrap();
}

/// What one rule finds: slugs with what is said of them.
async fn found(world: &World, name: &str) -> Vec<(String, String)> {
    let rule = check::rule(name).unwrap();
    let report = check::check(&world.database, Some(&[rule]), check::ALL).await;
    let report = report.unwrap().json();
    let text = |issue: &Value, of: &str| issue[of].as_str().unwrap().to_owned();
    let issues = report["rules"][0]["issues"].as_array().unwrap().iter();
    issues
        .map(|issue| (text(issue, "slug"), text(issue, "message")))
        .collect()
}

/// A page of issues in GraphQL.
async fn page(world: &World, arguments: &str, selection: &str) -> Value {
    let query = format!("{{ dataset {{ issues({arguments}) {{ {selection} }} }} }}");
    let answer = world.ask(&query).await;
    assert_eq!(answer.statements, 1, "{}", answer.body);
    answer.body["data"]["dataset"]["issues"].clone()
}

async fn json_and_graphql_say_the_same(on: On) {
    let world = doubtful(on).await;
    let report = check::check(&world.database, None, check::ALL).await;
    let told = report.unwrap().json();
    let mut expected = Vec::new();
    for rule in told["rules"].as_array().unwrap() {
        let issues = rule["issues"].as_array().unwrap();
        assert_eq!(rule["count"], issues.len());
        for issue in issues {
            let subject = json!({"id": issue["id"], "slug": issue["slug"]});
            let (rule, message) = (&rule["name"], &issue["message"]);
            expected.push(json!({"rule": rule, "message": message, "subject": subject}));
        }
    }
    assert_eq!(told["count"], expected.len());
    let names = told["rules"].as_array().unwrap().iter();
    assert!(
        names
            .map(|rule| &rule["name"])
            .eq(RULES.iter().map(|rule| rule.name))
    );
    let selection = "nodes { rule message subject { id slug } }";
    let issues = page(&world, "first: 100", selection).await;
    assert_eq!(issues["nodes"], Value::Array(expected));
}

async fn a_page_goes_on_where_the_last_one_ended(on: On) {
    let world = doubtful(on).await;
    let all = page(&world, "first: 100", "edges { cursor } totalCount").await;
    let (mut after, mut edges) = (Value::Null, Vec::new());
    loop {
        let arguments = format!("first: 5, after: {after}");
        let selection = "edges { cursor } pageInfo { hasNextPage endCursor }";
        let page = page(&world, &arguments, selection).await;
        edges.extend(page["edges"].as_array().unwrap().iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] != true {
            break;
        }
    }
    assert_eq!(edges.len(), all["totalCount"]);
    assert_eq!(Value::Array(edges), all["edges"]);
}

async fn slugs_that_do_not_lead_where_they_should(on: On) {
    let world = doubtful(on).await;
    assert!(found(&world, "UNREACHABLE_SLUG").await.is_empty());
    for sql in [
        "DELETE FROM slug WHERE slug = 'vague'",
        "UPDATE slug SET node_id = (SELECT id FROM organisation WHERE slug = 'club') WHERE slug = 'circle'",
        "UPDATE slug SET kind = 'TOPIC' WHERE slug = 'quay'",
        // A former slug, which is as it should be, and one of another kind.
        "INSERT INTO slug (kind, slug, node_id) SELECT 'PERSON', 'spectre', id FROM person WHERE slug = 'ghost'",
        "INSERT INTO slug (kind, slug, node_id) SELECT 'CAMPAIGN', 'spook', id FROM person WHERE slug = 'ghost'",
    ] {
        change(&world, sql).await;
    }
    let lines = [
        ("circle", "organisation/circle leads to organisation/club"),
        ("ghost", "campaign/spook leads to person/ghost"),
        ("quay", "topic/quay leads to place/quay"),
        ("quay", "place/quay leads nowhere"),
        ("vague", "organisation/vague leads nowhere"),
    ];
    let lines = lines.map(|(slug, line)| (slug.to_owned(), line.to_owned()));
    assert_eq!(found(&world, "UNREACHABLE_SLUG").await, lines);

    // A place is no entity.
    let subjects = [Some("circle"), Some("ghost"), None, None, Some("vague")];
    let subjects =
        subjects.map(|slug| json!({ "subject": slug.map(|slug| json!({ "slug": slug })) }));
    let issues = page(
        &world,
        "rules: UNREACHABLE_SLUG",
        "nodes { subject { slug } }",
    )
    .await;
    assert_eq!(issues["nodes"], json!(subjects));
}

async fn many_of_one_name_are_as_many_issues(on: On) {
    let world = World::empty(on).await.unwrap();
    let draft = |number: usize| Draft {
        slug: format!("party-{number:03}"),
        content: Content::Organisation(Box::new(OrganisationDraft {
            name: "The Party".to_owned(),
            abbreviation: Some("P".to_owned()),
            ..OrganisationDraft::default()
        })),
    };
    let drafts: Vec<_> = (0..200).map(draft).collect();
    let txn = world.database.begin().await.unwrap();
    let context = Context {
        author: "tester",
        reason: None,
        now: moment(),
    };
    write::save(&txn, &drafts, &context).await.unwrap();
    txn.commit().await.unwrap();
    let same = found(&world, "SAME_NAME").await;
    assert_eq!(same.len(), 199);
    let line = "as organisation/party-197 (unknown to unknown): The Party";
    assert_eq!(same[197], ("party-198".to_owned(), line.to_owned()));
    // Said once.
    assert!(found(&world, "SAME_ABBREVIATION").await.is_empty());
}

/// Sources, not claims; and not those that are not believed.
async fn sources_are_counted(on: On) {
    let world = doubtful(on).await;
    let told = [(
        "outvoted".to_owned(),
        "founded: 1920 by 1, 1921 by 2 sources".to_owned(),
    )];
    let second = "value = '1921', status = 'STATED', rank = 'NORMAL', source_id = (SELECT id FROM source WHERE slug = 'almanac')";
    for (change_to, majority) in [
        (second.to_owned(), true),
        (second.replace("almanac", "gazette"), false),
        (second.replace("1921", "1920-07"), false),
        (second.replace("STATED", "DENIED"), false),
        (second.replace("STATED", "DISPUTED"), true),
        (second.replace("NORMAL", "DEPRECATED"), false),
    ] {
        let which =
            "ordinal = 2 AND subject_id = (SELECT id FROM organisation WHERE slug = 'outvoted')";
        change(
            &world,
            &format!("UPDATE claim SET {change_to} WHERE {which}"),
        )
        .await;
        let expected = if majority { &told[..] } else { &[] };
        assert_eq!(
            found(&world, "CLAIM_AGAINST_MAJORITY").await,
            expected,
            "{change_to}"
        );
    }
}

/// What is not asked for is not looked for.
#[tokio::test]
async fn only_the_rules_that_are_asked_for_run() {
    let world = World::empty(On::Sqlite).await.unwrap();
    let check = |query: &str, expected: &[&str]| {
        let request = Request {
            query: query.to_owned(),
            operation_name: None,
            variables: Map::new(),
            kind_allowed: KindAllowed::QueryOnly,
        };
        let statements = world.graph.statements(&request);
        assert_eq!(statements.len(), 1, "{query}");
        let runs = |rule: &&api::issue::Rule| statements[0].0.contains(&rule.sql);
        let run: Vec<_> = RULES.iter().filter(runs).map(|rule| rule.name).collect();
        assert_eq!(run, expected, "{query}");
    };
    check("{ dataset { revision counts { count } } }", &[]);
    check("{ dataset { issues(rules: []) { totalCount } } }", &[]);
    check(
        "{ dataset { issues(rules: [SAME_LINK, SAME_NAME]) { totalCount nodes { rule } } } }",
        &["SAME_NAME", "SAME_LINK"],
    );
    let all: Vec<_> = RULES.iter().map(|rule| rule.name).collect();
    check("{ dataset { issues { totalCount nodes { rule } } } }", &all);
}
