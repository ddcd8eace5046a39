//! Records, lists with their filters, orders and pages, and what else stands at an address.

use api::write::{Draft, Kind};
use axum::http::header::{ACCEPT, IF_NONE_MATCH};
use serde_json::{Value, json};
use tests::{BASE_URL, On, World, on_both, save, site::Site};

use super::{ROOT, encoded, found, get, link, slugs, small};

on_both! {
    a_record_is_told_whole,
    a_list_is_narrowed_and_ordered,
    filters_say_what_those_of_the_graph_do,
    pages_lead_to_the_end_and_back,
    a_list_of_a_record_tells_what_it_says_of_its_items,
    old_slugs_and_ids_lead_on,
    a_time_holds_for_all_that_is_told,
    each_answer_takes_one_statement,
    an_answer_stands_as_long_as_the_data,
    the_root_lists_what_there_is,
}

async fn a_record_is_told_whole(on: On) {
    let site = small(on).await;
    let page = get(&site, "/organisations/communist-workers-league").await;
    assert_eq!(page.header("content-type"), "application/json");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    let path = link(&page, "self").unwrap();
    assert_eq!(path, "/organisations/communist-workers-league");
    insta::assert_json_snapshot!("record", page.json());
}

async fn a_list_is_narrowed_and_ordered(on: On) {
    let site = small(on).await;
    for (path, expected) in [
        (
            "/organisations?founded[after]=1970&founded[match]=CERTAINLY&orderBy=-FOUNDED",
            vec!["democratic-left", "red-alternative", "green-alternative"],
        ),
        (
            "/organisations?kind[in]=ALLIANCE&kind[in]=INTERNATIONAL",
            vec!["unity-federation", "workers-international", "peoples-bloc"],
        ),
        (
            "/organisations?founded[known]=true&founded[before]=1950&name[contains]=worker&orderBy=FOUNDED&orderBy=NAME",
            vec![
                "workers-international",
                "workers-party",
                "communist-workers-league",
            ],
        ),
        ("/publications?free=true", vec!["songs-of-the-sea"]),
    ] {
        assert_eq!(slugs(&found(&site, path).await), expected, "{path}");
    }
}

/// The same list, asked of the graph.
async fn of_graph(site: &Site, field: &str, filter: &Value) -> Vec<String> {
    let ty = match field {
        "organisations" => "OrganisationFilter",
        _ => "EventFilter",
    };
    let query = format!("query ($f: {ty}) {{ {field}(filter: $f) {{ items: nodes {{ slug }} }} }}");
    let answer = site.world.ask_with(&query, json!({ "f": filter })).await;
    slugs(&answer.body["data"][field])
}

async fn filters_say_what_those_of_the_graph_do(on: On) {
    let site = small(on).await;
    let within = json!({ "country": { "code": { "eq": "XV" } } });
    let either = json!({ "or": [within, { "not": { "status": { "eq": "ACTIVE" } } }] });
    let took_part = json!({ "participants": { "role": { "eq": "ceased" } } });
    for (path, filter) in [
        (
            format!("/organisations?filter={}", encoded(&within.to_string())),
            within.clone(),
        ),
        (
            format!(
                "/organisations?filter={}&kind%5Beq%5D=PARTY&abbreviation[in]=WP&abbreviation[in]=CWL",
                encoded(&either.to_string())
            ),
            json!({ "and": [
                either,
                { "kind": { "eq": "PARTY" } },
                { "abbreviation": { "in": ["WP", "CWL"] } },
            ] }),
        ),
        (
            format!("/events?filter={}", encoded(&took_part.to_string())),
            took_part,
        ),
    ] {
        let field = path[1..].split('?').next().unwrap();
        let expected = of_graph(&site, field, &filter).await;
        let all = of_graph(&site, field, &Value::Null).await;
        assert!(!expected.is_empty() && expected.len() < all.len(), "{path}");
        assert_eq!(slugs(&found(&site, &path).await), expected, "{path}");
    }
}

async fn pages_lead_to_the_end_and_back(on: On) {
    let site = small(on).await;
    let all = slugs(&found(&site, "/organisations?orderBy=-NAME").await);
    assert_eq!(all.len(), 11);
    let start = "/organisations?orderBy=-NAME&first=4".to_owned();
    let (mut forward, mut back) = (Vec::new(), Vec::new());
    let (mut next, mut last) = (Some(start), String::new());
    while let Some(path) = next {
        let page = get(&site, &path).await;
        assert_eq!(page.json()["totalCount"], 11);
        forward.extend(slugs(&page.json()));
        next = link(&page, "next");
        last = path;
    }
    assert_eq!(forward, all);
    let mut previous = Some(last);
    while let Some(path) = previous {
        let page = get(&site, &path).await;
        back.splice(0..0, slugs(&page.json()));
        previous = link(&page, "prev");
    }
    assert_eq!(back, all);

    // Where no size is asked for, a page back has the size that a page has.
    let site = Site::new(World::generated(on, 60).await.unwrap());
    let first = get(&site, "/organisations").await;
    let second = get(&site, &link(&first, "next").unwrap()).await;
    let again = get(&site, &link(&second, "prev").unwrap()).await;
    assert_eq!(first.json()["items"], again.json()["items"]);
    assert_eq!(link(&again, "prev"), None);
}

async fn a_list_of_a_record_tells_what_it_says_of_its_items(on: On) {
    let site = small(on).await;
    let splits = found(&site, "/organisations/workers-party/splits?first=1").await;
    let item = &splits["items"][0];
    assert_eq!(item["slug"], "communist-workers-league");
    assert_eq!(item["link"]["kind"], "SPLIT_FROM");
    assert_eq!(item["link"]["predecessor"]["slug"], "workers-party");
    let ancestors = found(&site, "/organisations/communist-workers-league/ancestors").await;
    assert_eq!(ancestors["items"][0]["depth"], 1);
    let claims = "/organisations/workers-party/claims?property=founded&rank=PREFERRED";
    let claims = found(&site, claims).await;
    assert_eq!(claims["items"].as_array().unwrap().len(), 1);
    assert_eq!(claims["items"][0]["value"], "1905");
    let tree = "/organisations/workers-party/lineage?direction=DESCENDANTS&maxDepth=1";
    let tree = found(&site, tree).await;
    assert_eq!(tree["nodes"][0]["organisation"]["slug"], "workers-party");
    assert_eq!(tree["links"][0]["predecessor"]["slug"], "workers-party");

    let id = |answer: &Value| answer["id"].as_str().unwrap().to_owned();
    let party = id(&found(&site, "/organisations/workers-party").await);
    let league = id(&found(&site, "/organisations/communist-workers-league").await);
    let paths = found(&site, &format!("/paths?from={party}&to={league}")).await;
    assert_eq!(paths["items"][0]["length"], 1);
    let common = found(&site, &format!("/commonAncestors?of={party}&of={league}")).await;
    let items = common["items"].as_array().unwrap();
    let depths = |slug: &str| {
        let mut met = items
            .iter()
            .filter(|item| item["organisation"]["slug"] == slug);
        met.next().map(|item| item["depths"].clone())
    };
    assert_eq!(depths("workers-party"), Some(json!([0, 1])));
    let search = found(&site, "/search?query=workers%20lea&kinds=ORGANISATION").await;
    assert_eq!(slugs(&search), ["communist-workers-league"]);
    assert_eq!(search["items"][0]["excerpt"][1], "Workers");
    let dataset = found(&site, "/dataset").await;
    assert_eq!(dataset["counts"][0]["count"], 11);
}

async fn old_slugs_and_ids_lead_on(on: On) {
    let site = small(on).await;
    let address = |path: &str| format!("{BASE_URL}{ROOT}{path}");
    for (path, to) in [
        (
            "/organisations/labour-party",
            "/organisations/workers-party",
        ),
        (
            "/organisations/labour-party/people?first=1&at=1910",
            "/organisations/workers-party/people?first=1&at=1910",
        ),
    ] {
        let page = get(&site, path).await;
        assert_eq!((page.status, page.header("location")), (308, &*address(to)));
    }
    let gone = found(&site, "/organisations/peoples-bloc").await["id"].clone();
    let gone = gone.as_str().unwrap();
    let page = get(&site, &format!("/organisations/{gone}")).await;
    assert_eq!(page.json()["slug"], "peoples-bloc");
    let merging = json!({ "slug": "front", "name": "Front", "merged": ["peoples-bloc"] });
    let merging = Draft::parse(Kind::Organisation, &merging.to_string()).unwrap();
    save(&site.world, 1, &[merging]).await.unwrap();
    for old in [gone, "peoples-bloc"] {
        let page = get(&site, &format!("/organisations/{old}")).await;
        let to = address("/organisations/front");
        assert_eq!((page.status, page.header("location")), (308, &*to));
    }
}

async fn a_time_holds_for_all_that_is_told(on: On) {
    let site = small(on).await;
    let then = found(&site, "/organisations/workers-party?at=1908").await;
    assert_eq!(then["name"], "Labour Party");
    let people = &then["people"];
    let path = people["url"].as_str().unwrap();
    let path = path.strip_prefix(&format!("{BASE_URL}{ROOT}")).unwrap();
    assert_eq!(path, "/organisations/workers-party/people?at=1908");
    let people_then = found(&site, path).await;
    assert_eq!(people_then["totalCount"], people["totalCount"]);
    let organisation = &people_then["items"][0]["organisation"];
    assert_eq!(organisation["name"], "Labour Party");
}

async fn each_answer_takes_one_statement(on: On) {
    let site = small(on).await;
    for path in [
        "/organisations?founded[after]=1900",
        "/organisations/workers-party",
        "/organisations/workers-party/people",
        "/organisations/workers-party/lineage",
        "/search?query=workers",
        "/dataset",
    ] {
        site.world.statements();
        found(&site, path).await;
        // One more tells of the data, for the tag.
        assert_eq!(site.world.statements(), 2, "{path}");
    }
}

async fn an_answer_stands_as_long_as_the_data(on: On) {
    let site = small(on).await;
    let path = format!("{ROOT}/organisations?first=2");
    let first = site.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "public, no-cache");
    assert_eq!(first.header("vary"), "accept");
    let known = [(IF_NONE_MATCH, &*tag)];
    let again = site.ask("GET", &path, &known).await;
    assert_eq!(
        (again.status, &*again.text, again.header("etag")),
        (304, "", &*tag)
    );
    // Other parameters give another answer.
    let other = site
        .ask("GET", &format!("{ROOT}/organisations?first=3"), &known)
        .await;
    assert_eq!(other.status, 200);
    let topic = json!({ "slug": "peace", "name": "Peace", "kind": "SUBJECT" });
    let topic = Draft::parse(Kind::Topic, &topic.to_string()).unwrap();
    save(&site.world, 1, &[topic]).await.unwrap();
    let changed = site.ask("GET", &path, &known).await;
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
    let head = site
        .ask("HEAD", &path, &[(ACCEPT, "application/json")])
        .await;
    assert_eq!((head.status, &*head.text), (200, ""));
    assert_eq!(head.header("etag"), changed.header("etag"));
}

async fn the_root_lists_what_there_is(on: On) {
    let site = small(on).await;
    let index = found(&site, "").await;
    let description = index["openapi"].as_str().unwrap();
    assert_eq!(description, format!("{BASE_URL}{ROOT}/openapi.json"));
    assert_eq!(found(&site, "/").await, index);
    let urls = index["items"].as_array().unwrap().iter();
    let urls: Vec<&str> = urls.map(|item| item["url"].as_str().unwrap()).collect();
    let people = format!("{BASE_URL}{ROOT}/organisations/{{record}}/people");
    assert!(urls.contains(&&*people), "{urls:?}");
    let page = get(&site, "/openapi.json").await;
    assert_eq!(
        page.json()["servers"][0]["url"],
        format!("{BASE_URL}{ROOT}")
    );
    let tag = page.header("etag").to_owned();
    let path = format!("{ROOT}/openapi.json");
    let again = site.ask("GET", &path, &[(IF_NONE_MATCH, &tag)]).await;
    assert_eq!(again.status, 304);
    assert_eq!(
        link(&page, "service-desc"),
        Some("/openapi.json".to_owned())
    );
}
