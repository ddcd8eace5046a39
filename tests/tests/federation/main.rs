//! The service as a subgraph of Apollo Federation: its schema with keys, and objects by them. `federation/` has what
//! Apollo's own composition and gateway say of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod subgraph;

use std::collections::BTreeSet;

use api::write::{Draft, Kind};
use axum::http::header::{ACCEPT, IF_NONE_MATCH};
use entity::{claim, node};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use tests::{
    On, World, on_both, save,
    site::{Page, Site},
};

on_both! {
    objects_come_in_the_order_of_their_representations_in_one_statement,
    everything_that_has_an_id_can_be_told_by_it,
    what_was_merged_is_found_by_the_keys_it_had,
    a_document_is_answered_anew_for_other_representations,
    representations_can_be_literals,
    selections_take_every_form,
    what_is_no_representation_is_refused_by_its_place,
    it_counts_like_nodes,
    a_get_is_answered_again_when_the_question_or_the_data_is_another,
}

const ENTITIES: &str = "query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
        __typename ... on Organisation { name } ... on Person { name }
    }
}";

/// What `_entities` gives for representations, which takes one statement.
async fn entities(world: &World, query: &str, representations: Value) -> Value {
    let variables = json!({ "representations": representations });
    let answer = world.ask_with(query, variables).await;
    assert_eq!(answer.body.get("errors"), None, "{}", answer.body);
    assert_eq!(answer.statements, 1);
    answer.body["data"]["_entities"].clone()
}

async fn id_of(world: &World, root: &str, slug: &str) -> Value {
    let query = format!("{{ {root}(by: {{ slug: \"{slug}\" }}) {{ id }} }}");
    world.ask(&query).await.body["data"][root]["id"].clone()
}

async fn objects_come_in_the_order_of_their_representations_in_one_statement(on: On) {
    let world = World::small(on).await.unwrap();
    let id = id_of(&world, "organisation", "workers-party").await;
    let party = json!({"__typename": "Organisation", "name": "Workers' Party"});
    let person = json!({"__typename": "Person", "name": "İnes Açık"});
    #[rustfmt::skip]
    let table = [
        (json!({"__typename": "Person", "slug": "ines-acik"}), &person),
        (json!({"__typename": "Organisation", "slug": "workers-party"}), &party),
        (json!({"__typename": "Organisation", "id": id}), &party),
        // By the name it had until 1911.
        (json!({"slug": "labour-party", "__typename": "Organisation"}), &party),
        (json!({"__typename": "Organisation", "slug": "workers-party", "id": id, "name": "?"}), &party),
        (json!({"__typename": "Organisation", "slug": "workers-party", "id": null}), &party),
        (json!({"__typename": "Person", "slug": "ines-acik"}), &person),
        // Nothing has these keys, or not both of them.
        (json!({"__typename": "Person", "slug": "nobody"}), &Value::Null),
        (json!({"__typename": "Person", "slug": "workers-party"}), &Value::Null),
        (json!({"__typename": "Person", "id": id}), &Value::Null),
        (json!({"__typename": "Claim", "id": id}), &Value::Null),
        (json!({"__typename": "Organisation", "id": "17"}), &Value::Null),
        (json!({"__typename": "Organisation", "id": ""}), &Value::Null),
        (json!({"__typename": "Organisation", "slug": "a\0b"}), &Value::Null),
        (json!({"__typename": "Organisation", "slug": "sailors-club", "id": id}), &Value::Null),
        (json!({"__typename": "Topic", "id": "top_00000000000000000000"}), &Value::Null),
    ];
    let asked: Vec<&Value> = table.iter().map(|(asked, _)| asked).collect();
    let expected: Vec<&Value> = table.iter().map(|(_, expected)| *expected).collect();
    let found = entities(&world, ENTITIES, json!(asked)).await;
    assert_eq!(found, json!(expected));
    assert_eq!(entities(&world, ENTITIES, json!([])).await, json!([]));
}

async fn everything_that_has_an_id_can_be_told_by_it(on: On) {
    let world = World::small(on).await.unwrap();
    let db = &world.database.reader;
    let nodes = node::Entity::find().all(db).await.unwrap().into_iter();
    let claims = claim::Entity::find().all(db).await.unwrap().into_iter();
    let mut ids: Vec<String> = nodes.map(|node| node.public_id).collect();
    ids.extend(claims.take(9).map(|claim| claim.public_id));
    let mut types = BTreeSet::new();
    for ids in ids.chunks(100) {
        let query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }";
        let body = world.ask_with(query, json!({"ids": ids})).await.body;
        let mut known = body["data"]["nodes"].as_array().unwrap().clone();
        // The order of events is stored as a node, and shown as none.
        known.retain(|node| !node.is_null());
        let query = "query ($representations: [_Any!]!) {
            _entities(representations: $representations) { __typename ... on Node { id } }
        }";
        assert_eq!(entities(&world, query, json!(known)).await, json!(known));
        types.extend(known.iter().map(|node| node["__typename"].to_string()));
    }
    let lines = world.graph.federation().lines();
    let keyed = lines.filter(|line| line.contains("@key(fields: \"id\")"));
    let keyed = keyed.map(|line| json!(line.split(' ').nth(1)).to_string());
    assert_eq!(types, keyed.collect());
    assert_eq!(types.len(), 19);
}

async fn what_was_merged_is_found_by_the_keys_it_had(on: On) {
    let world = World::empty(on).await.unwrap();
    let draft = |content: Value| Draft::parse(Kind::Person, &content.to_string()).unwrap();
    let people = [
        draft(json!({"slug": "rosa", "name": "Rosa"})),
        draft(json!({"slug": "r-l", "name": "R. L."})),
    ];
    save(&world, 0, &people).await.unwrap();
    let id = id_of(&world, "person", "r-l").await;
    let one = draft(json!({"slug": "rosa", "name": "Rosa", "merged": ["r-l"]}));
    save(&world, 1, &[one]).await.unwrap();
    let found = entities(
        &world,
        "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Person { slug } } }",
        json!([
            {"__typename": "Person", "id": id},
            {"__typename": "Person", "slug": "r-l"},
            {"__typename": "Person", "slug": "rosa", "id": id},
        ]),
    )
    .await;
    let rosa = json!({"slug": "rosa"});
    assert_eq!(found, json!([rosa, rosa, rosa]));
}

async fn a_document_is_answered_anew_for_other_representations(on: On) {
    let world = World::small(on).await.unwrap();
    let id = id_of(&world, "organisation", "sailors-club").await;
    let by_id = json!({"id": id, "__typename": "Organisation"});
    let of = |ty: &str, slug: &str| json!({"__typename": ty, "slug": slug});
    let party = of("Organisation", "workers-party");
    let club = of("Organisation", "sailors-club");
    let person = of("Person", "ines-acik");
    for (representations, names) in [
        (json!([party]), json!(["Workers' Party"])),
        (json!([club]), json!(["Sailors' Club"])),
        (json!([by_id]), json!(["Sailors' Club"])),
        (json!([person]), json!(["İnes Açık"])),
        (
            json!([party, person]),
            json!(["Workers' Party", "İnes Açık"]),
        ),
        (json!([person, club]), json!(["İnes Açık", "Sailors' Club"])),
        (json!([party]), json!(["Workers' Party"])),
    ] {
        let found = entities(&world, ENTITIES, representations).await;
        let found = found.as_array().unwrap().iter();
        let found: Vec<&Value> = found.map(|it| &it["name"]).collect();
        assert_eq!(json!(found), names);
    }
    // What a kept plan does not fit is told as if there were none.
    let variables = json!({"representations": [{"__typename": "Person", "slug": 3}]});
    let wrong = world.ask_with(ENTITIES, variables).await.body;
    assert_eq!(
        wrong["errors"][0]["message"],
        "representations.0.slug: expected text"
    );
}

async fn representations_can_be_literals(on: On) {
    let world = World::small(on).await.unwrap();
    let query = "query ($slug: String!, $one: _Any!, $same: Boolean = true) {
        some: _entities(representations: [{ slug: $slug, __typename: \"Person\" }, $one]) {
            ... on Entity { slug }
        }
        _entities(representations: { __typename: \"Organisation\", slug: \"labour-party\" }) {
            ... on Organisation @include(if: $same) { slug }
        }
    }";
    let variables = json!({
        "slug": "ines-acik",
        "one": {"__typename": "Organisation", "slug": "sailors-club"},
    });
    let answer = world.ask_with(query, variables).await;
    assert_eq!(
        answer.body,
        json!({"data": {
            "some": [{"slug": "ines-acik"}, {"slug": "sailors-club"}],
            "_entities": [{"slug": "workers-party"}],
        }})
    );
    assert_eq!(answer.statements, 2);
}

async fn selections_take_every_form(on: On) {
    let world = World::small(on).await.unwrap();
    let query = "query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
            ...Any
            ... on Organisation { splitFrom(first: 1) { nodes { name } totalCount } founded { display } }
            ... on Person { organisations(first: 1) { nodes { role organisation { slug } } } }
        }
    }
    fragment Any on _Entity { kind: __typename ... on Entity { name: slug } }";
    let representations = json!([
        {"__typename": "Organisation", "slug": "communist-workers-league"},
        {"__typename": "Person", "slug": "ines-acik"},
    ]);
    let found = entities(&world, query, representations).await;
    assert_eq!(
        found,
        json!([
            {
                "kind": "Organisation",
                "name": "communist-workers-league",
                "splitFrom": {"nodes": [{"name": "Workers' Party"}], "totalCount": 2},
                "founded": {"display": "14 March 1921"},
            },
            {
                "kind": "Person",
                "name": "ines-acik",
                "organisations": {"nodes": [{"role": "member", "organisation": {"slug": "green-alternative"}}]},
            },
        ])
    );
    // What fails in one object fails there.
    let query = "query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
            ... on Person { slug }
            ... on Organisation { people(first: 101) { totalCount } }
        }
    }";
    let representations = json!([
        {"__typename": "Person", "slug": "ines-acik"},
        {"__typename": "Organisation", "slug": "workers-party"},
    ]);
    let variables = json!({ "representations": representations });
    let body = world.ask_with(query, variables).await.body;
    assert_eq!(
        body["data"]["_entities"],
        json!([{"slug": "ines-acik"}, null])
    );
    assert_eq!(body["errors"][0]["path"], json!(["_entities", 1, "people"]));
}

async fn what_is_no_representation_is_refused_by_its_place(on: On) {
    let world = World::small(on).await.unwrap();
    let object = "representations.1: expected an object with `__typename` and a key of that type, such as {\"__typename\": \"Organisation\", \"slug\": \"labour-party\"}";
    let ty = "representations.1.__typename: expected one of Organisation, Person, Campaign, Publication, Event, LineageLink, Membership, Participation, Affiliation, Authorship, Publishing, Classification, Name, Place, PlacePeriod, Topic, Statement, Claim, Source, got ";
    let of_type = |name: &str| format!("{ty}{name}");
    #[rustfmt::skip]
    let table = [
        (json!("ines-acik"), object.to_owned()),
        (json!([]), object.to_owned()),
        (json!({}), object.to_owned()),
        (json!({"slug": "ines-acik"}), object.to_owned()),
        (json!({"__typename": "Country", "code": "GB"}), of_type("\"Country\"")),
        (json!({"__typename": "Entity", "slug": "ines-acik"}), of_type("\"Entity\"")),
        (json!({"__typename": null, "slug": "ines-acik"}), object.to_owned()),
        (json!({"__typename": "Person"}), "representations.1: expected a key of Person: id or slug".to_owned()),
        (json!({"__typename": "Person", "id": null}), "representations.1: expected a key of Person: id or slug".to_owned()),
        (json!({"__typename": "Place", "slug": "velonia"}), "representations.1: expected a key of Place: id".to_owned()),
        (json!({"__typename": "Person", "id": 5}), "representations.1.id: expected text".to_owned()),
        (json!({"__typename": "Person", "slug": {"eq": "ines-acik"}}), "representations.1.slug: expected text".to_owned()),
    ];
    for (wrong, message) in table {
        let right = json!({"__typename": "Person", "slug": "ines-acik"});
        let variables = json!({"representations": [right, wrong]});
        let body = world.ask_with(ENTITIES, variables).await.body;
        let error = &body["errors"][0];
        assert_eq!(error["message"], message);
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT");
        assert_eq!(error["path"], json!(["_entities"]));
        assert_eq!(body["data"], Value::Null);
    }
    for invalid in [
        "{ _entities(representations: [null]) { __typename } }",
        "{ _entities { __typename } }",
        "{ _entities(representations: [], at: \"1990\") { __typename } }",
        "{ _entities(representations: []) { name } }",
        "{ _entities(representations: []) { ... on Country { name } } }",
        "{ organisations { nodes { _service { sdl } } } }",
        "{ _service }",
    ] {
        let body = world.ask(invalid).await.body;
        assert_eq!(
            body["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
            "{invalid}"
        );
    }
    let body = world.ask_with(ENTITIES, json!({"representations": [null]}));
    assert_eq!(
        body.await.body["errors"][0]["extensions"]["argument"],
        "variables"
    );
}

async fn it_counts_like_nodes(on: On) {
    let world = World::small(on).await.unwrap();
    let selection =
        "{ ... on Organisation { slug people(first: 9) { nodes { role name: __typename } } } }";
    let nodes = format!("query ($them: [ID!]!) {{ nodes(ids: $them) {selection} }}");
    let entities =
        format!("query ($them: [_Any!]!) {{ _entities(representations: $them) {selection} }}");
    for count in [1, 7, 100] {
        let id = "org_00000000000000000000";
        let ids = json!({"them": vec![id; count]});
        let them = json!({"them": vec![json!({"__typename": "Organisation", "id": id}); count]});
        let (nodes, entities) = (
            world.ask_with(&nodes, ids).await,
            world.ask_with(&entities, them).await,
        );
        assert_eq!(nodes.cost["asked"], entities.cost["asked"]);
        assert_eq!(entities.statements, 1);
    }
    let of =
        |count: usize| json!({"them": vec![json!({"__typename": "Person", "slug": "no"}); count]});
    let most = world.ask_with(&entities, of(1000)).await;
    assert_eq!(
        most.body["data"]["_entities"],
        json!(vec![Value::Null; 1000])
    );
    let more = world.ask_with(&entities, of(1001)).await.body;
    assert_eq!(
        more["errors"][0]["message"],
        "representations: expected at most 1000 items, got 1001"
    );

    let limited = |settings: fn(&mut api::config::Flags)| async move {
        let site = Site::with(World::empty(on).await.unwrap(), settings);
        let query = "{ _service { sdl } _entities(representations: [{ __typename: \"Person\", slug: \"no\" }]) { ... on Person { name slug } } }";
        let page = site.question(query, &[]).await.json();
        page["errors"][0]["extensions"]["limit"].clone()
    };
    let limit = |name: &str, allowed: u64, asked: u64| json!({"name": name, "allowed": allowed, "asked": asked});
    let found = limited(|flags| flags.root_limit = Some("1".to_owned())).await;
    assert_eq!(found, limit("root_limit", 1, 2));
    let found = limited(|flags| flags.depth_limit = Some("1".to_owned())).await;
    assert_eq!(found, limit("depth_limit", 1, 2));
    let found = limited(|flags| flags.field_limit = Some("4".to_owned())).await;
    assert_eq!(found, limit("field_limit", 4, 5));
    // The text of the schema costs as much as many values.
    let found = limited(|flags| flags.cost_limit = Some("1000".to_owned())).await;
    assert_eq!(found["name"], "cost_limit");
}

async fn get(site: &Site, slug: &str, tag: Option<&str>) -> Page {
    let representations = json!([{"__typename": "Person", "slug": slug}]);
    let encode = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
        bytes.collect::<Vec<_>>().concat()
    };
    let variables = json!({ "representations": representations }).to_string();
    let path = format!(
        "/graphql?query={}&variables={}",
        encode(ENTITIES),
        encode(&variables)
    );
    let mut headers = vec![(ACCEPT, "application/json")];
    headers.extend(tag.map(|tag| (IF_NONE_MATCH, tag)));
    site.ask("GET", &path, &headers).await
}

async fn a_get_is_answered_again_when_the_question_or_the_data_is_another(on: On) {
    let site = Site::new(World::small(on).await.unwrap());
    let first = get(&site, "ines-acik", None).await;
    let tag = Some(first.header("etag"));
    assert_eq!(get(&site, "ines-acik", tag).await.status, 304);
    let other = get(&site, "nobody", tag).await;
    assert_eq!(other.status, 200);
    assert_eq!(other.json()["data"], json!({"_entities": [null]}));
    let nobody = r#"{"slug": "nobody", "name": "Nobody"}"#;
    let nobody = Draft::parse(Kind::Person, nobody).unwrap();
    save(&site.world, 1, &[nobody]).await.unwrap();
    assert_eq!(get(&site, "ines-acik", tag).await.status, 200);
    let other = get(&site, "nobody", Some(other.header("etag"))).await;
    assert_eq!(other.json()["data"]["_entities"][0]["name"], "Nobody");
}
