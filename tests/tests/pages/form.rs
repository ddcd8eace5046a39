//! Which form a client gets.

use tests::{BASE_URL, On, on_both};

use super::small;

on_both! {
    a_client_gets_the_form_it_likes_best,
    a_suffix_decides_for_itself,
    every_form_names_the_others,
    an_unchanged_document_is_not_sent_twice,
    the_vocabulary_and_the_data_set_are_there_in_all_forms,
}

const PARTY: &str = "/organisations/workers-party";
const HTML: &str = "text/html; charset=utf-8";
const TURTLE: &str = "text/turtle; charset=utf-8";
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
const RDFLIB: &str =
    "text/turtle;q=1.0, application/rdf+xml;q=0.9, application/n-triples;q=0.5, */*;q=0.1";

async fn a_client_gets_the_form_it_likes_best(on: On) {
    let site = small(on).await;
    for (accept, status, content_type) in [
        (BROWSER, 200, HTML),
        // What curl sends: the page is what everybody can read.
        ("*/*", 200, HTML),
        ("", 200, HTML),
        ("text/*", 200, HTML),
        ("text/turtle", 200, TURTLE),
        (RDFLIB, 200, TURTLE),
        ("application/n-triples", 200, "application/n-triples"),
        ("application/ld+json", 200, "application/ld+json"),
        ("application/json", 200, "application/json"),
        (
            "application/rdf+xml, application/ld+json;q=0.5",
            200,
            "application/ld+json",
        ),
        ("text/html;q=0, */*", 200, TURTLE),
        ("image/png", 406, "text/plain; charset=utf-8"),
    ] {
        let page = site.accept(PARTY, accept).await;
        let found = (page.status, page.header("content-type"));
        assert_eq!(found, (status, content_type), "{accept}");
        assert_eq!(page.header("vary"), "accept", "{accept}");
    }
    let refused = site.accept(PARTY, "image/png").await;
    assert_eq!(
        refused.text,
        "this is there as text/html, text/turtle, application/n-triples, application/ld+json, application/json; accept one of them\n"
    );
}

async fn a_suffix_decides_for_itself(on: On) {
    let site = small(on).await;
    for (suffix, status, content_type) in [
        (".html", 200, HTML),
        (".ttl", 200, TURTLE),
        (".nt", 200, "application/n-triples"),
        (".jsonld", 200, "application/ld+json"),
        (".rdf", 404, "text/plain; charset=utf-8"),
        (".", 404, "text/plain; charset=utf-8"),
    ] {
        for accept in ["*/*", "text/html", "image/png"] {
            let page = site.accept(&format!("{PARTY}{suffix}"), accept).await;
            let found = (page.status, page.header("content-type"));
            assert_eq!(found, (status, content_type), "{suffix} {accept}");
        }
    }
}

async fn every_form_names_the_others(on: On) {
    let site = small(on).await;
    for path in [PARTY.to_owned(), format!("{PARTY}.ttl")] {
        let page = site.get(&path).await;
        let links = page.header("link");
        let canonical = format!("<{BASE_URL}{PARTY}>; rel=\"canonical\"");
        assert!(links.contains(&canonical), "{links}");
        assert!(links.contains(&format!("<{BASE_URL}/id/org_")), "{links}");
        assert!(
            links.contains(&format!(
                "<{BASE_URL}/.well-known/void>; rel=\"describedby\""
            )),
            "{links}"
        );
        assert!(
            links.contains(
                "<workers-party.jsonld>; rel=\"alternate\"; type=\"application/ld+json\""
            ),
            "{links}"
        );
    }
    let page = site.get(PARTY).await;
    assert_eq!(page.header("content-location"), "workers-party.html");
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'; style-src 'sha256-")
    );
}

async fn an_unchanged_document_is_not_sent_twice(on: On) {
    let site = small(on).await;
    for suffix in ["", ".ttl", ".nt", ".jsonld"] {
        let path = format!("{PARTY}{suffix}");
        let first = site.get(&path).await;
        let tag = first.header("etag");
        let name = axum::http::header::IF_NONE_MATCH;
        let again = site.ask("GET", &path, &[(name, tag)]).await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{path}");
        let head = site.ask("HEAD", &path, &[]).await;
        assert_eq!((head.status, head.header("etag")), (200, tag), "{path}");
        assert_eq!(head.text, "");
    }
}

async fn the_vocabulary_and_the_data_set_are_there_in_all_forms(on: On) {
    let site = small(on).await;
    for (path, accept, content_type, holds) in [
        ("/ns", "*/*", HTML, "id=\"splitFrom\""),
        ("/ns", "text/turtle", TURTLE, "ns:splitFrom a rdf:Property"),
        (
            "/ns",
            "application/ld+json",
            "application/ld+json",
            "ns:splitFrom",
        ),
        ("/.well-known/void", "*/*", TURTLE, "void:Dataset"),
        ("/.well-known/void", BROWSER, HTML, "id=\"dataset\""),
        (
            "/.well-known/void",
            "application/n-triples",
            "application/n-triples",
            "<http://rdfs.org/ns/void#Dataset>",
        ),
    ] {
        let page = site.accept(path, accept).await;
        assert_eq!(page.status, 200, "{path} {accept}");
        assert_eq!(page.header("content-type"), content_type, "{path} {accept}");
        assert_eq!(page.header("vary"), "accept");
        assert!(page.text.contains(holds), "{path} {accept}: {}", page.text);
    }
    assert_eq!(site.accept("/ns", "image/png").await.status, 406);
    assert_eq!(
        site.accept("/.well-known/void", "image/png").await.status,
        406
    );
}
