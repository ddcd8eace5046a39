//! The questions that the first version has to answer, put to the program's own seeds.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::{On, World};

/// All about one organisation: where it came from, where it went, what it did, wrote and held, who was in it, and where.
const ONE_ORGANISATION: &str = r#"{
  organisation(by: { slug: "international-socialist-group-scotland" }) {
    name
    founded { edtf display }
    dissolved { edtf display }
    splitFrom {
      edges {
        node { name }
        link {
          date { edtf display }
          people { value }
          reason
          status
          event { name kind }
          claims { locator quote source { title } }
        }
      }
    }
    dissolvedInto {
      edges {
        node { name }
        link { date { edtf } reason status event { name kind } claims { status locator quote source { title } } }
      }
    }
    campaigns { totalCount nodes { context { name } role status } }
    publications {
      totalCount
      nodes { name subtitle kind frequency format colour free published { edtf } authors { nodes { name } } }
    }
    people { totalCount nodes { person { name } role status } }
    objectives { text topic { name } date { edtf } fulfilled { edtf } }
    stances { attitude holder text topic { name } date { edtf display } }
    places { place { name kind } role start { edtf } end { edtf } note }
  }
}"#;

/// Asks for data, which takes one statement for each field of the query's root.
async fn data(world: &World, query: &str, roots: usize) -> Value {
    let answer = world.ask(query).await;
    assert_eq!(answer.body.get("errors"), None, "{query}");
    assert_eq!(answer.statements, roots, "{query}");
    answer.body["data"].clone()
}

async fn one_question_tells_all_about_an_organisation(world: &World) {
    let answer = data(world, ONE_ORGANISATION, 1).await;
    insta::assert_json_snapshot!("one_organisation", answer);
}

async fn plain_facts(world: &World) {
    let table = [
        (
            r#"{ organisation(by: { slug: "international-socialist-group-scotland" }) {
                founded { edtf display precision } dissolved { edtf display precision } status
            } }"#,
            json!({ "organisation": {
                "founded": { "edtf": "2011-04", "display": "April 2011", "precision": "MONTH" },
                "dissolved": { "edtf": "2015", "display": "2015", "precision": "YEAR" },
                "status": "DISSOLVED",
            } }),
        ),
        (
            r#"{ publications(filter: { name: { eq: "Communique" } }) {
                nodes { name free frequency format colour publishers { nodes { name } } }
            } }"#,
            json!({ "publications": { "nodes": [{
                "name": "Communiqué",
                "free": true,
                "frequency": "monthly",
                "format": "broadsheet",
                "colour": true,
                "publishers": { "nodes": [{ "name": "International Socialist Group (Scotland)" }] },
            }] } }),
        ),
        (
            r#"{ person(by: { slug: "james-foley" }) { publications { nodes { name subtitle published { edtf } } } } }"#,
            json!({ "person": { "publications": { "nodes": [{
                "name": "Britain Must Break",
                "subtitle": "The Internationalist Case for Independence",
                "published": { "edtf": "2012" },
            }] } } }),
        ),
        (
            r#"{ events(filter: { kind: { eq: REFERENDUM }, date: { during: "2014" } }) { nodes { name outcome } } }"#,
            json!({ "events": { "nodes": [{ "name": "Scottish independence referendum", "outcome": "No" }] } }),
        ),
    ];
    for (query, expected) in table {
        assert_eq!(data(world, query, 1).await, expected, "{query}");
    }
}

/// Both happened in 2015, and which came first is known without a day or month for either.
async fn order_needs_no_invented_date(world: &World) {
    let query = r#"{
        creation: event(by: { slug: "creation-of-rise-2015" }) {
            date { edtf precision } before { name } after { name }
        }
        dissolution: event(by: { slug: "dissolution-of-the-international-socialist-group-2015" }) {
            date { edtf precision } before { name } after { name }
        }
    }"#;
    let date = json!({ "edtf": "2015", "precision": "YEAR" });
    let expected = json!({
        "creation": {
            "date": date,
            "before": [],
            "after": [{ "name": "Dissolution of the International Socialist Group" }],
        },
        "dissolution": {
            "date": date,
            "before": [{ "name": "Creation of RISE - Scotland's Left Alliance" }],
            "after": [],
        },
    });
    assert_eq!(data(world, query, 2).await, expected);
}

/// People and campaigns connect what no lineage does.
async fn anything_related_connects(world: &World) {
    let query = r#"{
        party: organisation(by: { slug: "socialist-workers-party-uk" }) { id }
        committee: organisation(by: { slug: "socialist-workers-party-uk-central-committee" }) { id }
        shafi: person(by: { slug: "jonathon-shafi" }) { id }
        group: organisation(by: { slug: "international-socialist-group-scotland" }) { id }
    }"#;
    let ids = data(world, query, 4).await;
    let query = "query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, via: ANY, limit: 50, maxLength: 3) {
        steps { to { ... on Person { slug } ... on Campaign { slug } ... on Organisation { slug } } }
    } }";
    for (from, to, over) in [
        ("party", "committee", "chris-bambery"),
        ("shafi", "group", "radical-independence-campaign"),
    ] {
        let variables = json!({ "from": ids[from]["id"], "to": ids[to]["id"] });
        let answer = world.ask_with(query, variables).await.body;
        let paths = answer["data"]["paths"].as_array().unwrap();
        let leads_over = |path: &Value| {
            let steps = path["steps"].as_array().unwrap();
            steps.len() == 2 && steps[0]["to"]["slug"] == over
        };
        assert!(paths.iter().any(leads_over), "{over}: {answer}");
    }
}

async fn people_are_found_by_their_post(world: &World) {
    let query = r#"{ people(filter: { organisations: {
        post: { eq: "Central Committee member" }
        organisation: { name: { startsWith: "Central Committee of the Socialist Workers Party" } }
    } }) { totalCount nodes { name organisations { nodes { organisation { name } } } } } }"#;
    let committee = "Central Committee of the Socialist Workers Party (UK)";
    let people = data(world, query, 1).await["people"].clone();
    assert_eq!(people["totalCount"], 1);
    assert_eq!(people["nodes"][0]["name"], "Chris Bambery");
    let memberships = people["nodes"][0]["organisations"]["nodes"]
        .as_array()
        .unwrap();
    let mut of: Vec<_> = memberships
        .iter()
        .map(|membership| membership["organisation"]["name"].as_str().unwrap())
        .collect();
    of.sort_unstable();
    assert_eq!(of, [committee, "Socialist Workers Party (UK)"]);
}

/// From each side from which it could be asked: nobody but the two whom the article names was in the group.
async fn nobody_is_said_to_have_joined(world: &World) {
    let group = "international-socialist-group-scotland";
    let two =
        json!({ "totalCount": 2, "nodes": [{ "slug": "cat-boyd" }, { "slug": "jonathon-shafi" }] });
    let none = json!({ "totalCount": 0, "nodes": [] });
    let table = [
        (
            format!(r#"organisations: {{ organisation: {{ slug: {{ eq: "{group}" }} }} }}"#),
            &two,
        ),
        (
            format!(
                r#"organisations: {{ organisation: {{ slug: {{ eq: "{group}-steering-group" }} }} }}"#
            ),
            &none,
        ),
        (
            "participations: { context: { event: { kind: { eq: FOUNDATION } } } }".to_owned(),
            &none,
        ),
    ];
    for (filter, expected) in table {
        let query =
            format!("{{ people(filter: {{ {filter} }}) {{ totalCount nodes {{ slug }} }} }}");
        assert_eq!(data(world, &query, 1).await["people"], *expected, "{query}");
    }

    let query = format!(
        r#"{{
            organisation(by: {{ slug: "{group}" }}) {{ people {{ nodes {{ person {{ slug }} }} }} }}
            bambery: person(by: {{ slug: "chris-bambery" }}) {{ organisations {{ nodes {{ organisation {{ slug }} }} }} }}
            foley: person(by: {{ slug: "james-foley" }}) {{ organisations {{ totalCount }} }}
            event(by: {{ slug: "foundation-of-the-international-socialist-group-2011" }}) {{
                attendance {{ value }} participants {{ nodes {{ participant {{ slug }} description count {{ value }} }} }}
            }}
        }}"#
    );
    let answer = data(world, &query, 4).await;
    let slugs = |list: &Value, of: &str| {
        let mut slugs: Vec<_> = list["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item[of]["slug"].as_str().unwrap().to_owned())
            .collect();
        slugs.sort_unstable();
        slugs.dedup();
        slugs
    };
    assert_eq!(
        slugs(&answer["organisation"]["people"], "person"),
        ["cat-boyd", "jonathon-shafi"]
    );
    assert_eq!(
        slugs(&answer["bambery"]["organisations"], "organisation"),
        [
            "socialist-workers-party-uk",
            "socialist-workers-party-uk-central-committee"
        ]
    );
    assert_eq!(answer["foley"]["organisations"]["totalCount"], 0);
    assert_eq!(
        answer["event"],
        json!({
            "attendance": null,
            "participants": { "nodes": [
                { "participant": { "slug": group }, "description": null, "count": null },
                {
                    "participant": null,
                    "description": "Former members of the Socialist Workers Party",
                    "count": null,
                },
            ] },
        })
    );
}

async fn every_question(on: On) {
    let world = World::new(on, None).await.unwrap();
    one_question_tells_all_about_an_organisation(&world).await;
    plain_facts(&world).await;
    order_needs_no_invented_date(&world).await;
    anything_related_connects(&world).await;
    people_are_found_by_their_post(&world).await;
    nobody_is_said_to_have_joined(&world).await;
}

#[tokio::test]
async fn every_question_is_answered_on_sqlite() {
    every_question(On::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: set TEST_POSTGRES_URL"]
async fn every_question_is_answered_on_postgres() {
    every_question(On::Postgres).await;
}
