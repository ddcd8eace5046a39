//! What a client of the Model Context Protocol meets: what it is offered, what the tools answer and what that takes,
//! what it is told when it asks wrongly, and who is not answered.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod refused;

use axum::http::{HeaderName, header::ACCEPT};
use serde_json::{Value, json};
use tests::{On, World, on_both, site::Page, site::Site};

on_both! {
    a_client_is_told_what_there_is,
    tools_answer_with_their_sources,
    lists_can_be_read_to_their_ends,
    wrong_arguments_are_told_to_the_model,
    the_schema_and_records_can_be_read,
    every_revision_is_spoken,
    long_answers_are_cut,
    a_page_that_is_cut_does_not_lead_past_what_is_left_out,
    what_is_said_of_wrong_arguments_is_short,
}

const BOTH: &str = "application/json, text/event-stream";

/// Sends a message with these headers.
async fn send(site: &Site, headers: &[(HeaderName, &str)], message: &Value) -> Page {
    let headers = [&[(ACCEPT, BOTH)], headers].concat();
    site.post("/mcp", &headers, message.to_string()).await
}

/// The result of a request, or its error.
async fn request(site: &Site, method: &str, params: Value) -> Value {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let page = send(site, &[], &message).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let mut answer = page.json();
    assert_eq!(answer["id"], 1);
    let error = answer["error"].take();
    if error.is_null() {
        answer["result"].take()
    } else {
        error
    }
}

async fn call(site: &Site, tool: &str, arguments: Value) -> Value {
    let params = json!({ "name": tool, "arguments": arguments });
    request(site, "tools/call", params).await
}

/// What a tool answers, and the statements that it takes.
async fn answer(site: &Site, tool: &str, arguments: Value) -> (Value, usize) {
    site.world.statements();
    let mut result = call(site, tool, arguments).await;
    assert_eq!(result["isError"], false, "{result}");
    let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(text, result["structuredContent"]);
    (result["structuredContent"].take(), site.world.statements())
}

/// What the model is told of what it did wrong.
async fn told(site: &Site, tool: &str, arguments: Value) -> String {
    let result = call(site, tool, arguments).await;
    assert_eq!(result["isError"], true, "{result}");
    result["content"][0]["text"].as_str().unwrap().to_owned()
}

async fn small(on: On) -> Site {
    Site::new(World::small(on).await.unwrap())
}

async fn id(site: &Site, slug: &str) -> String {
    let query = format!("{{ organisation(by: {{ slug: \"{slug}\" }}) {{ id }} }}");
    let answer = site.world.ask(&query).await.body;
    answer["data"]["organisation"]["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn a_client_is_told_what_there_is(on: On) {
    let site = Site::new(World::empty(on).await.unwrap());
    let client = json!({ "name": "test", "version": "1" });
    let hello =
        json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    let server = request(&site, "initialize", hello).await;
    assert_eq!(server["protocolVersion"], "2025-06-18");
    assert_eq!(
        server["capabilities"],
        json!({ "tools": {}, "resources": {} })
    );
    assert_eq!(server["serverInfo"]["name"], "schismograph");
    let instructions = server["instructions"].as_str().unwrap();
    let initialised = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(send(&site, &[], &initialised).await.status, 202);

    let mut tools = request(&site, "tools/list", json!({})).await;
    // All of them are in every conversation of some client's model.
    assert!(tools.to_string().len() < 40_000);
    for tool in tools["tools"].as_array_mut().unwrap() {
        let name = tool["name"].as_str().unwrap().to_owned();
        assert!(
            name == "query" || instructions.contains(&format!("`{name}`")),
            "{name}"
        );
        // One stands for all, which `tests/mcp/` holds answers to.
        if name != "path" {
            assert_eq!(tool["outputSchema"].take()["type"], "object");
        }
    }
    insta::assert_json_snapshot!("tools", tools);
    let mut resources = request(&site, "resources/list", json!({})).await;
    for resource in resources["resources"].as_array_mut().unwrap() {
        assert!(resource["size"].take().as_u64().unwrap() > 100_000);
    }
    insta::assert_json_snapshot!("resources", resources);
    let templates = request(&site, "resources/templates/list", json!({})).await;
    insta::assert_json_snapshot!("templates", templates);
    assert_eq!(site.world.statements(), 0);
}

async fn tools_answer_with_their_sources(on: On) {
    let site = small(on).await;
    let [party, democrats] = [
        id(&site, "workers-party").await,
        id(&site, "democratic-left").await,
    ];
    let asked = [
        (
            "search",
            json!({ "query": "workers", "kinds": ["ORGANISATION"], "first": 1 }),
        ),
        (
            "entity",
            json!({ "kind": "ORGANISATION", "slug": "red-alternative" }),
        ),
        (
            "entity",
            json!({ "kind": "EVENT", "slug": "split-1921", "at": "1930" }),
        ),
        (
            "lineage",
            json!({ "of": [party], "direction": "DESCENDANTS", "maxDepth": 1, "kinds": ["SPLIT_FROM"], "mermaid": true }),
        ),
        (
            "path",
            json!({ "from": party, "to": democrats, "via": "LINEAGE", "limit": 1 }),
        ),
        (
            "query",
            json!({
                "document": "query A($n: Int!) { people(first: $n) { nodes { name } } } query B { dataset { revision } }",
                "variables": { "n": 1 },
                "operationName": "A",
            }),
        ),
    ];
    let mut answers = Vec::new();
    for (tool, arguments) in asked {
        let (answer, statements) = answer(&site, tool, arguments.clone()).await;
        // A path is looked for step by step.
        if tool != "path" {
            assert_eq!(statements, 1, "{tool}");
        }
        answers.push(json!({ "tool": tool, "arguments": arguments, "answer": answer, "statements": statements }));
    }
    insta::assert_json_snapshot!("answers", answers);
}

async fn lists_can_be_read_to_their_ends(on: On) {
    let site = small(on).await;
    let mut after = Value::Null;
    let mut names = Vec::new();
    loop {
        let asked = json!({ "query": "the", "first": 2, "after": after });
        let (answer, statements) = answer(&site, "search", asked).await;
        assert_eq!(statements, 1);
        let hits = answer["search"]["edges"].as_array().unwrap();
        names.extend(hits.iter().map(|hit| hit["node"]["slug"].clone()));
        let page = &answer["search"]["pageInfo"];
        after = page["endCursor"].clone();
        if page["hasNextPage"] == false {
            assert_eq!(answer["search"]["totalCount"], names.len());
            break;
        }
    }
    assert!(names.len() > 4, "{names:?}");

    // A list of a record goes on where its first page ended, without the rest of the record.
    let party = json!({ "kind": "ORGANISATION", "slug": "workers-party", "first": 1 });
    let (whole, _) = answer(&site, "entity", party.clone()).await;
    let first = &whole["record"]["successors"];
    let mut next = party;
    next["list"] = json!("successors");
    next["after"] = first["pageInfo"]["endCursor"].clone();
    let (part, _) = answer(&site, "entity", next).await;
    let keys: Vec<&String> = part["record"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["type", "id", "slug", "name", "url", "successors"]);
    let second = &part["record"]["successors"];
    assert_eq!(first["totalCount"], second["totalCount"]);
    assert_ne!(first["edges"][0]["link"], second["edges"][0]["link"]);
}

async fn wrong_arguments_are_told_to_the_model(on: On) {
    let site = small(on).await;
    let party = id(&site, "workers-party").await;
    let mut messages = Vec::new();
    for (tool, arguments) in [
        ("search", json!({})),
        ("search", json!({ "query": "x", "frist": 3 })),
        (
            "search",
            json!({ "query": "x", "first": 51, "kinds": ["PARTY"] }),
        ),
        ("search", json!({ "query": 7, "at": "someday" })),
        ("search", json!({ "query": "x", "at": "someday" })),
        ("search", json!({ "query": "x", "after": "nonsense" })),
        ("entity", json!({})),
        (
            "entity",
            json!({ "kind": "ORGANISATION", "slug": "worker-party" }),
        ),
        ("entity", json!({ "kind": "ORGANISATION", "slug": "zzz" })),
        ("entity", json!({ "id": "Democratic Left" })),
        ("entity", json!({ "id": "org_00000000000000000000" })),
        ("entity", json!({ "id": party, "after": "x" })),
        ("entity", json!({ "id": party, "list": "authors" })),
        ("lineage", json!({ "of": [] })),
        ("lineage", json!({ "of": ["workers-party"] })),
        ("lineage", json!({ "of": ["org_00000000000000000000"] })),
        ("path", json!({ "from": party })),
        (
            "path",
            json!({ "from": party, "to": "org_00000000000000000000" }),
        ),
        (
            "query",
            json!({ "document": "{ organisatons { totalCount } }" }),
        ),
        ("query", json!({ "document": "{ dataset {" })),
        ("query", json!({ "document": "mutation { change }" })),
        (
            "query",
            json!({ "document": "query ($n: Int!) { people(first: $n) { totalCount } }" }),
        ),
    ] {
        let message = told(&site, tool, arguments.clone()).await;
        messages.push(format!("{tool} {arguments}\n{message}\n"));
    }
    insta::assert_snapshot!("wrong_arguments", messages.join("\n"));

    let unknown = call(&site, "delete", json!({})).await;
    assert_eq!(
        unknown,
        json!({ "code": -32602, "message": "there is no tool \"delete\"; the tools are search, entity, lineage, path, query" })
    );
    let unknown = request(&site, "tools/delete", json!({})).await;
    assert_eq!(unknown["code"], -32601);
    // What has data is an answer, with what failed beside it.
    let document = "{ dataset { revision } organisation(by: { id: \"x\" }) { name } }";
    let (answer, _) = answer(&site, "query", json!({ "document": document })).await;
    assert_eq!(
        answer["data"],
        json!({ "dataset": { "revision": 1 }, "organisation": null })
    );
    assert_eq!(answer["errors"][0]["path"], json!(["organisation"]));
}

async fn the_schema_and_records_can_be_read(on: On) {
    let site = small(on).await;
    let read = async |uri: &str| {
        let mut result = request(&site, "resources/read", json!({ "uri": uri })).await;
        if result["contents"].is_null() {
            result
        } else {
            result["contents"][0].take()
        }
    };
    let sdl = read("schismograph://schema.graphql").await;
    assert_eq!(sdl["text"], site.get("/schema.graphql").await.text);
    assert_eq!(sdl["mimeType"], "application/graphql");
    let json = read("schismograph://schema.json").await;
    assert_eq!(json["text"], site.get("/schema.json").await.text);
    let ty = read("schismograph://schema/PathScope").await["text"].take();
    let ty = ty.as_str().unwrap();
    assert!(
        ty.contains("enum PathScope {") && !ty.contains("enum PathStep"),
        "{ty}"
    );

    let record = read("schismograph://people/marie-lefevre").await;
    assert_eq!(record["mimeType"], "application/json");
    let record: Value = serde_json::from_str(record["text"].as_str().unwrap()).unwrap();
    let asked = json!({ "kind": "PERSON", "slug": "marie-lefevre" });
    assert_eq!(answer(&site, "entity", asked).await.0, record);

    for (uri, message) in [
        (
            "schismograph://schema/Organization",
            "the schema has no type \"Organization\"; did you mean Organisation?",
        ),
        (
            "schismograph://people/zzz",
            "slug: there is no person \"zzz\"",
        ),
        (
            "file:///etc/passwd",
            "nothing is there; resources/list and resources/templates/list tell what there is",
        ),
    ] {
        let error = json!({ "code": -32002, "message": message, "data": { "uri": uri } });
        assert_eq!(read(uri).await, error);
    }
}

async fn every_revision_is_spoken(on: On) {
    let site = small(on).await;
    let hello = |version: &str| {
        let client = json!({ "name": "test", "version": "1" });
        json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": client })
    };
    for (asked, spoken) in [
        ("2024-11-05", "2024-11-05"),
        ("2025-03-26", "2025-03-26"),
        ("2025-11-25", "2025-11-25"),
        // One that there will never be gets the newest that begins in this way.
        ("1999-01-01", "2025-11-25"),
    ] {
        let server = request(&site, "initialize", hello(asked)).await;
        assert_eq!(server["protocolVersion"], spoken, "{asked}");
    }
    // Since 2026-07-28 nothing comes first: each request says all that there is to know.
    let revision = HeaderName::from_static("mcp-protocol-version");
    let [method, name] = ["mcp-method", "mcp-name"].map(HeaderName::from_static);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": { "name": "test", "version": "1" },
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let params = json!({ "name": "search", "arguments": { "query": "workers" }, "_meta": meta });
    let message = json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params });
    let headers = [
        (revision.clone(), "2026-07-28"),
        (method, "tools/call"),
        (name, "search"),
    ];
    let page = send(&site, &headers, &message).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let result = &page.json()["result"];
    assert_eq!(result["resultType"], "complete");
    assert!(result["structuredContent"]["search"]["totalCount"].as_u64() > Some(1));

    let ping = json!({ "jsonrpc": "2.0", "id": 1, "method": "ping" });
    let page = send(&site, &[(revision, "1999-01-01")], &ping).await;
    assert_eq!(page.status, 400, "{}", page.text);
}

async fn long_answers_are_cut(on: On) {
    const MOST: usize = 41_000;
    let site = Site::new(World::generated(on, 300).await.unwrap());
    let document = "{ organisations(first: 100) { nodes { name
        claims { id property value quote rank status recordedAt source { id title } }
        events { nodes { id role context { id name summary } } } } } }";
    let (cut, _) = answer(&site, "query", json!({ "document": document })).await;
    assert!(cut.to_string().len() < MOST);
    let omitted = cut["omitted"].as_array().unwrap();
    let claims = omitted
        .iter()
        .find(|omitted| omitted["at"] == "data.organisations.nodes[].claims");
    assert!(claims.unwrap()["items"].as_u64() > Some(10), "{omitted:?}");

    // The largest trees keep all their organisations and links, if not all that is said of them.
    let all = "{ organisations(first: 100) { nodes { id descendants { totalCount } } } }";
    let all = site.world.ask(all).await.body;
    let nodes = all["data"]["organisations"]["nodes"].as_array().unwrap();
    let largest = nodes
        .iter()
        .max_by_key(|node| node["descendants"]["totalCount"].as_u64());
    let asked = json!({ "of": [largest.unwrap()["id"]], "limit": 100 });
    let (tree, statements) = answer(&site, "lineage", asked).await;
    assert_eq!(statements, 1);
    assert!(tree.to_string().len() < MOST, "{}", tree.to_string().len());
}

async fn a_page_that_is_cut_does_not_lead_past_what_is_left_out(on: On) {
    let site = Site::new(World::generated(on, 300).await.unwrap());
    let page = |first: usize, names: usize| {
        let names = (0..names).fold(String::new(), |names, number| {
            names + &format!("a{number}: names {{ text }} ")
        });
        let fields =
            format!("nodes {{ id slug name {names} }} pageInfo {{ hasNextPage endCursor }}");
        json!({ "document": format!("{{ organisations(first: {first}) {{ {fields} }} }}") })
    };
    let (whole, _) = answer(&site, "query", page(3, 0)).await;
    assert!(whole["data"]["organisations"]["pageInfo"]["endCursor"].is_string());
    let (cut, _) = answer(&site, "query", page(100, 30)).await;
    let nodes = cut["data"]["organisations"]["nodes"].as_array().unwrap();
    assert!((1..100).contains(&nodes.len()), "{}", nodes.len());
    let more = json!({ "hasNextPage": true, "endCursor": null });
    assert_eq!(cut["data"]["organisations"]["pageInfo"], more);
    // Of many places only so many are told.
    let (cut, _) = answer(&site, "query", page(10, 350)).await;
    let omitted = cut["omitted"].as_array().unwrap();
    assert_eq!(
        (omitted.len(), &omitted[20]["at"]),
        (21, &json!("elsewhere"))
    );
    assert!(cut.to_string().len() <= 40_000);
}

async fn what_is_said_of_wrong_arguments_is_short(on: On) {
    let site = small(on).await;
    let many = (0..50_000).map(|number| (format!("a{number}"), json!(1)));
    let message = told(&site, "search", many.collect()).await;
    assert!(
        message.contains("\nthere is more that is wrong\nquery: is missing"),
        "{message}"
    );
    assert_eq!(message.lines().count(), 12, "{message}");
    let long = "x".repeat(900_000);
    for arguments in [json!({ (&long): 1 }), json!({ "query": long })] {
        let message = told(&site, "search", arguments).await;
        assert!(message.len() < 4100, "{}", message.len());
    }
    let call = request(
        &site,
        "tools/call",
        json!({ "name": long, "arguments": {} }),
    )
    .await;
    assert!(call["message"].as_str().unwrap().len() < 1000, "{call}");
}
