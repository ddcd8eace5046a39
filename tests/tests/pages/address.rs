//! What leads where.

use std::collections::{BTreeSet, HashMap};

use tests::{BASE_URL, On, World, on_both, site::Site};

use super::dom::Dom;
use super::{column, load, records, resolve, small, world};

on_both! {
    every_public_id_leads_to_where_it_is_told_of,
    every_link_on_every_page_leads_somewhere,
    a_former_slug_leads_on,
    what_was_merged_leads_to_what_was_kept,
    what_is_not_there_is_said_so,
    the_address_that_the_schema_gives_leads_to_the_page,
    the_sitemap_holds_every_page_once,
    robots_may_read_pages,
}

async fn every_public_id_leads_to_where_it_is_told_of(on: On) {
    let site = small(on).await;
    let ids = "SELECT public_id FROM node UNION SELECT public_id FROM claim ORDER BY 1";
    let ids = column(&site.world, ids).await;
    assert!(ids.len() > 150, "{}", ids.len());
    let mut pages: HashMap<String, Dom> = HashMap::new();
    for id in ids {
        let found = site.get(&format!("/id/{id}")).await;
        assert_eq!(found.status, 303, "{id}");
        assert_eq!(found.header("vary"), "accept");
        let to = resolve(&format!("/id/{id}"), found.header("location"));
        let (path, fragment) = to.split_once('#').unwrap_or((&to, ""));
        if !pages.contains_key(path) {
            let page = site.get(path).await;
            assert_eq!(page.status, 200, "{id}: {path}");
            pages.insert(path.to_owned(), Dom::parse(&page.text));
        }
        // The order of two events has no item of its own.
        if !id.starts_with("ord_") {
            assert!(pages[path].by_id(&id).is_some(), "{id}: {to}");
            assert!(fragment.is_empty() || fragment == id, "{id}: {to}");
        }
    }
}

async fn every_link_on_every_page_leads_somewhere(on: On) {
    let site = small(on).await;
    let mut seen = BTreeSet::new();
    let mut next = vec!["/organisations/".to_owned()];
    let mut pages = 0;
    while let Some(path) = next.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = site.accept(&path, "text/html, */*;q=0.8").await;
        assert!(
            page.status == 200 || path.starts_with("/id/") && page.status == 303,
            "{path}: {}",
            page.status
        );
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        pages += 1;
        let dom = Dom::parse(&page.text);
        for link in dom.links() {
            let to = match link.strip_prefix(BASE_URL) {
                Some(to) => to.to_owned(),
                None if link.starts_with("http") => continue,
                None if link.starts_with('#') => {
                    assert!(dom.by_id(&link[1..]).is_some(), "{path}: {link}");
                    continue;
                }
                None if link.starts_with('?') => {
                    format!("{}{link}", path.split('?').next().unwrap())
                }
                None => resolve(&path, link),
            };
            // Files and questions are another matter.
            if !to.starts_with("/export/") && !["/graphql", "/mcp"].contains(&to.as_str()) {
                next.push(to);
            }
        }
    }
    // Every record and every list of records, and the front page.
    assert!(pages >= records(&site.world).await.len() + 9, "{pages}");
}

async fn a_former_slug_leads_on(on: On) {
    let site = small(on).await;
    for (former, current) in [
        ("labour-party", "workers-party"),
        ("labour-party.ttl", "workers-party.ttl"),
        (
            "labour-party.html?list=people&after=x",
            "workers-party.html?list=people&after=x",
        ),
    ] {
        let found = site.get(&format!("/organisations/{former}")).await;
        assert_eq!((found.status, found.header("location")), (308, current));
    }
}

async fn what_was_merged_leads_to_what_was_kept(on: On) {
    let party = |name: &str, more: &str| {
        let path = format!("organisations/{}.yaml", name.to_lowercase());
        (path, format!("source: book\nname: {name}\n{more}"))
    };
    let mut files = vec![
        ("sources/book.yaml".to_owned(), "title: Book\n".to_owned()),
        (
            "people/ann.yaml".to_owned(),
            "source: book\nname: Ann\nmemberships: [{organisation: twin, role: member}]\n"
                .to_owned(),
        ),
        party("Kept", ""),
        party("Twin", ""),
    ];
    let world = world(on, &files).await;
    let ids = "SELECT public_id FROM organisation WHERE slug='twin' UNION SELECT public_id FROM membership ORDER BY 1";
    let [membership, twin] = column(&world, ids).await.try_into().unwrap();
    // The second time they are one.
    files.truncate(2);
    files.push(party("Kept", "merged: [twin]\n"));
    files[1].1 = files[1].1.replace("twin", "kept");
    load(&world, &files).await;
    let site = Site::new(world);
    let found = site.get("/organisations/twin.jsonld").await;
    assert_eq!(
        (found.status, found.header("location")),
        (308, "kept.jsonld")
    );
    let found = site.get(&format!("/id/{twin}")).await;
    assert_eq!(
        (found.status, found.header("location")),
        (303, "../organisations/kept")
    );
    // The membership has another id now, since it is of another organisation.
    let found = site.get(&format!("/id/{membership}")).await;
    let now = column(&site.world, "SELECT public_id FROM membership")
        .await
        .remove(0);
    assert_ne!(now, membership);
    let to = format!("../people/ann#{now}");
    assert_eq!((found.status, found.header("location")), (303, to.as_str()));
}

async fn what_is_not_there_is_said_so(on: On) {
    let site = small(on).await;
    for (path, status, message) in [
        (
            "/organisations/workers-partei",
            404,
            "there is no organisation `workers-partei`",
        ),
        (
            "/people/workers-party",
            404,
            "there is no person `workers-party`",
        ),
        (
            "/organisations/workers-party.pdf",
            404,
            "there is nothing with the ending .pdf; there is .html, .ttl, .nt and .jsonld",
        ),
        (
            "/organisations/workers-party?after=x",
            400,
            "list: expected one of predecessors",
        ),
        (
            "/organisations/workers-party?list=nonsense&after=x",
            400,
            "list: expected one of predecessors",
        ),
        (
            "/organisations/workers-party?list=people&after=nonsense",
            400,
            "after: ",
        ),
        ("/organisations/?after=nonsense", 400, "after: "),
        (
            "/organisations/?before=x",
            400,
            "before: expected after alone",
        ),
        (
            "/id/org_00000000000000000000",
            404,
            "there is nothing with the id `org_00000000000000000000`",
        ),
        ("/id/%00", 404, "there is nothing with the id"),
        ("/organisations/%00", 404, "there is no organisation"),
        (
            "/organisations/workers-party?list=people&after=%00",
            400,
            "after: ",
        ),
        ("/sitemap/people.xml?to=x", 400, "to: expected from alone"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.starts_with(message), "{path}: {}", page.text);
        if status != 404 {
            continue;
        }
        let json = site.accept(path, "application/json").await;
        assert_eq!(json.status, status, "{path}");
        assert!(
            json.text.starts_with("{\"errors\":["),
            "{path}: {}",
            json.text
        );
    }
}

async fn the_address_that_the_schema_gives_leads_to_the_page(on: On) {
    let site = small(on).await;
    let answer = site.world.ask("{ people { nodes { slug url } } }").await;
    let people = answer.body["data"]["people"]["nodes"].as_array().unwrap();
    assert!(!people.is_empty());
    for person in people {
        let path = person["url"]
            .as_str()
            .unwrap()
            .strip_prefix(BASE_URL)
            .unwrap();
        for suffix in ["", ".jsonld"] {
            let path = format!("{path}{suffix}");
            let found = site.get(&path).await;
            let to = resolve(&path, found.header("location"));
            let slug = person["slug"].as_str().unwrap();
            assert_eq!((found.status, to), (303, format!("/people/{slug}{suffix}")));
        }
    }
}

async fn the_sitemap_holds_every_page_once(on: On) {
    let world = World::new(on, None).await.unwrap();
    let site = Site::new(world);
    let index = site.get("/sitemap.xml").await;
    assert_eq!(
        index.header("content-type"),
        "application/xml; charset=utf-8"
    );
    let mut listed = Vec::new();
    for part in locations(&index.text) {
        let part = site.get(part.strip_prefix(BASE_URL).unwrap()).await;
        assert_eq!(part.status, 200);
        listed.extend(locations(&part.text));
    }
    listed.sort();
    let records = records(&site.world).await;
    let mut expected: Vec<_> = records
        .iter()
        .map(|(folder, slug)| format!("{BASE_URL}/{folder}/{slug}"))
        .collect();
    expected.sort();
    assert_eq!(listed, expected);
    // A part begins where it is told to.
    let rest = site.get("/sitemap/topics.xml?from=social-movements").await;
    assert_eq!(
        locations(&rest.text),
        [
            format!("{BASE_URL}/topics/social-movements"),
            format!("{BASE_URL}/topics/trade-union-movement"),
        ]
    );
}

fn locations(xml: &str) -> Vec<String> {
    let parts = xml.split("<loc>").skip(1);
    parts
        .map(|part| part.split_once("</loc>").unwrap().0.to_owned())
        .collect()
}

async fn robots_may_read_pages(on: On) {
    let page = small(on).await.get("/robots.txt").await;
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(
        page.text,
        format!(
            "User-agent: *\nDisallow: /graphql\nDisallow: /api/\nDisallow: /export/\nAllow: /\n\nSitemap: {BASE_URL}/sitemap.xml\n"
        )
    );
}
