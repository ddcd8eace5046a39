//! The document about one record as linked data, beside the whole data set.

use std::collections::BTreeSet;

use api::export::Format;
use oxjsonld::JsonLdParser;
use oxrdf::Triple;
use oxttl::{NTriplesParser, TurtleParser};
use tests::{BASE_URL, On, on_both};

use super::{records, small};

on_both! {
    what_a_document_says_stands_in_the_whole,
}

fn lines(triples: impl Iterator<Item = Triple>) -> BTreeSet<String> {
    triples.map(|triple| triple.to_string()).collect()
}

async fn what_a_document_says_stands_in_the_whole(on: On) {
    let site = small(on).await;
    let whole = site.world.exported(Format::Ntriples).await.unwrap();
    let whole = lines(NTriplesParser::new().for_slice(&whole).map(Result::unwrap));
    let mut told = BTreeSet::new();
    for (folder, slug) in records(&site.world).await {
        let path = format!("/{folder}/{slug}");
        let turtle = site.get(&format!("{path}.ttl")).await.text;
        let turtle = lines(TurtleParser::new().for_slice(&turtle).map(Result::unwrap));
        let ntriples = site.get(&format!("{path}.nt")).await.text;
        let ntriples = lines(
            NTriplesParser::new()
                .for_slice(&ntriples)
                .map(Result::unwrap),
        );
        let jsonld = site.get(&format!("{path}.jsonld")).await.text;
        let jsonld = JsonLdParser::new().for_slice(&jsonld);
        let jsonld = lines(jsonld.map(|quad| Triple::from(quad.unwrap())));
        assert_eq!(turtle, ntriples, "{path}");
        assert_eq!(turtle, jsonld, "{path}");
        let strange: Vec<_> = turtle.difference(&whole).collect();
        assert!(strange.is_empty(), "{path}: {strange:?}");
        told.extend(turtle);
        // Both directions: whoever names the record in the whole is met in its document.
        let me = whole.iter().find(|line| {
            line.ends_with(&format!("<{BASE_URL}{path}>")) && line.contains("isPrimaryTopicOf")
        });
        let me = me.unwrap().split(' ').next().unwrap();
        let missing: Vec<_> = whole
            .iter()
            .filter(|line| line.starts_with(&format!("{me} ")) || line.ends_with(&format!(" {me}")))
            .filter(|line| !told.contains(*line) && !line.contains("exampleResource"))
            .collect();
        assert!(missing.is_empty(), "{path}: {missing:?}");
    }
}
