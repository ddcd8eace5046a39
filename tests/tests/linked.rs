//! Linked data: the three syntaxes say the same, all that is said can be followed, and nothing is said that is open.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use api::{
    export::{self, Format},
    linked::{Addresses, vocabulary},
    progress::Silent,
    seed,
};
use oxjsonld::JsonLdParser;
use oxrdf::{Term, Triple};
use oxttl::{NTriplesParser, TurtleParser};
use tests::{BASE_URL, On, World, folder, moment, on_both};

on_both! {
    every_world_keeps_the_rules,
    what_is_said_of_one_group,
    odd_texts_stay_what_they_are,
    what_is_open_is_not_said_plainly,
    both_databases_give_the_same,
    what_has_no_place_is_told,
}

const ORG: &str = "http://www.w3.org/ns/org#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn as_text(triple: &Triple) -> String {
    triple.to_string()
}

/// What a world says, as the lines of N-Triples.
async fn triples(world: &World) -> Vec<Triple> {
    let lines = world.exported(Format::Ntriples).await.unwrap();
    let parsed = NTriplesParser::new().for_slice(&lines);
    parsed.map(Result::unwrap).collect()
}

/// Whether something is said; addresses within the data are given without their beginning.
fn says(triples: &[Triple], subject: &str, predicate: &str, object: &str) -> bool {
    triples.iter().any(|triple| {
        let bare = |text: String| text.replace(&format!("{BASE_URL}/id/"), "");
        bare(triple.subject.to_string()) == format!("<{subject}>")
            && triple.predicate.as_str() == predicate
            && bare(triple.object.to_string()) == object
    })
}

async fn every_world_keeps_the_rules(on: On) {
    let odd = odd_seeds();
    let lineage = folder("worlds/lineage");
    let small = folder("worlds/small");
    for seeds in [None, Some(&*small), Some(&*lineage), Some(odd.path())] {
        let world = World::new(on, seeds).await.unwrap();
        let triples = triples(&world).await;
        assert!(triples.len() > 100);
        the_three_syntaxes_say_the_same(&world, &triples).await;
        every_address_leads_somewhere(&triples);
        every_term_of_ours_is_described(&triples);
        dates_are_as_fine_as_they_are_known(&triples);
    }
}

async fn the_three_syntaxes_say_the_same(world: &World, triples: &[Triple]) {
    let mut expected = BTreeSet::new();
    for triple in triples {
        // Two events may link the same two organisations; nothing else is said twice.
        let new = expected.insert(as_text(triple));
        let of_lineage = triple
            .predicate
            .as_str()
            .starts_with(&format!("{BASE_URL}/ns#"))
            && triple.object.to_string().contains("/id/org_");
        assert!(new || of_lineage, "{triple} is said twice");
    }
    let turtle = world.exported(Format::Turtle).await.unwrap();
    let turtle: BTreeSet<String> = TurtleParser::new()
        .for_slice(&turtle)
        .map(|triple| as_text(&triple.unwrap()))
        .collect();
    assert_eq!(turtle, expected);
    let json = world.exported(Format::Jsonld).await.unwrap();
    let json: BTreeSet<String> = JsonLdParser::new()
        .for_slice(&json)
        .map(|quad| as_text(&Triple::from(quad.unwrap())))
        .collect();
    assert_eq!(json, expected);
}

/// The blocks of Turtle that are about these.
fn about(turtle: &str, subjects: &[&str]) -> String {
    let blocks = turtle.split_inclusive(" .\n");
    let wanted = blocks.filter(|block| {
        let subject = block.split_once(' ').unwrap().0;
        subjects.contains(&subject)
    });
    wanted.collect::<Vec<_>>().join("\n")
}

async fn what_is_said_of_one_group(on: On) {
    let world = World::new(on, None).await.unwrap();
    let turtle = text(world.exported(Format::Turtle).await.unwrap());
    let link = format!("ns:event id:{event} ;", event = "evt_zhednfwhckgshnkmfkjb");
    let split = turtle
        .split_inclusive(" .\n")
        .find(|block| block.contains(&link));
    let split = split.unwrap().split_once(' ').unwrap().0.to_owned();
    let excerpt = about(
        &turtle,
        &[
            "id:org_cxbbjk4vkn58pnfmkw1y",
            // How it came out of the party: the event, its part there, a claim for that, and the link that follows.
            "id:evt_zhednfwhckgshnkmfkjb",
            "id:par_54sf70dk8wsbtkbcf3g0",
            "id:clm_nx559z37q9ftprf3pncj",
            &split,
        ],
    );
    insta::assert_snapshot!("one_group", excerpt);
}

fn every_address_leads_somewhere(triples: &[Triple]) {
    let subjects: BTreeSet<String> = triples
        .iter()
        .map(|triple| triple.subject.to_string())
        .map(|subject| subject.trim_matches(['<', '>']).to_owned())
        .collect();
    for subject in &subjects {
        assert!(subject.starts_with(&format!("{BASE_URL}/")), "{subject}");
        let plain = subject.bytes().all(|byte| byte.is_ascii_graphic());
        assert!(plain, "{subject}");
    }
    for triple in triples {
        let Term::NamedNode(object) = &triple.object else {
            continue;
        };
        let object = object.as_str();
        let ours = ["/id/", "/.well-known/"].map(|part| format!("{BASE_URL}{part}"));
        if ours.iter().any(|part| object.starts_with(part)) {
            assert!(subjects.contains(object), "nothing is said of {object}");
        }
    }
}

fn every_term_of_ours_is_described(triples: &[Triple]) {
    let addresses = Addresses::new(BASE_URL);
    let described: BTreeSet<String> = vocabulary(&addresses)
        .triples()
        .map(|triple| triple.subject.to_string())
        .collect();
    let ours = format!("<{BASE_URL}/ns#");
    for triple in triples {
        for term in [triple.predicate.to_string(), triple.object.to_string()] {
            let known = described.contains(&term) || term.ends_with("ns#>");
            assert!(known || !term.starts_with(&ours), "{term}");
        }
    }
}

/// Names and addresses that no syntax can take as they are, and what sources deny or dispute.
fn odd_seeds() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let files = [
        (
            "sources/s.yaml",
            "title: \"A \\\\ \\\"source\\\"\"\nlicence: all > rights <reserved>\nurl: \"https://example.org/a\\\"b<c>{d}|e^f`?100%\"\n",
        ),
        (
            "places/p.yaml",
            "name: \"Place\\n\\\"two\\\" lines\"\nkind: ADDRESS\nstreet: \"1 < 2 & 3\"\n",
        ),
        ("organisations/odd.yaml", ODD),
        ("organisations/other.yaml", "source: s\nname: Other\n"),
        ("organisations/third.yaml", "source: s\nname: Third\n"),
        ("people/who.yaml", WHO),
        ("events/open.yaml", OPEN),
    ];
    for (name, content) in files {
        let path: &Path = &place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    place
}

const ODD: &str = r#"source: s
name: "The \"Odd\" <Party>\n{of} \\ ^`| é 党 \u2028 \u200f:// .;,#'''"
kind: PARTY
headquarters: p
logo: "https://example.org/a\"b<c>{d}|e^f`g"
website: "https://example.org/100%"
names:
  - {text: "党 \"x\"@en^^<y>", language: zh-Hant}
external_ids:
  - {scheme: "odd scheme/<#>", value: "a b\"<>#?%\n/é", url: "https://example.org/a?<q>#\"f\""}
  - {scheme: wikidata, value: Q42}
  - {scheme: wikidata, value: "Q 42"}
claims:
  name:
    - {locator: "p. \"1\" <2>", quote: "line\nline\ttab \\n {}"}
  founded:
    - {value: "some day <\"long\"> ago"}
    - {value: "1985~"}
"#;

const WHO: &str = r#"source: s
name: Who
memberships:
  - organisation: odd
    role: member
    status: DENIED
    start: "1990"
    claims: [{status: DENIED}]
  - organisation: other
    role: member
    status: DISPUTED
    claims: [{status: DISPUTED}]
  - organisation: third
    role: member
    start: "1990-05"
    end: "1995~"
    claims: [{value: "1995~", locator: end}]
  - organisation: odd
    role: supporter
"#;

const OPEN: &str = r#"source: s
name: Open
kind: SPLIT
date: "1990-05-07"
participants:
  - {participant: organisation/odd, role: origin}
  - {participant: organisation/other, role: resulting, status: DISPUTED, claims: [{status: DISPUTED}]}
  - {participant: organisation/third, role: resulting}
  - {description: "Many < all", role: left, count: {value: 9007199254740993, text: "39 \"members\""}}
attendance: {text: "hundreds"}
claims:
  attendance: [{quote: hundreds}]
"#;

async fn odd_texts_stay_what_they_are(on: On) {
    let world = World::new(on, Some(odd_seeds().path())).await.unwrap();
    let triples = triples(&world).await;
    let values: BTreeSet<&str> = triples
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
        .collect();
    for expected in [
        "The \"Odd\" <Party>\n{of} \\ ^`| é 党 \u{2028} \u{200f}:// .;,#'''",
        "党 \"x\"@en^^<y>",
        "a b\"<>#?%\n/é",
        "line\nline\ttab \\n {}",
        "some day <\"long\"> ago",
        "39 \"members\"",
    ] {
        assert!(values.contains(expected), "{expected:?}");
    }
    let objects: BTreeSet<String> = triples.iter().map(|it| it.object.to_string()).collect();
    for expected in [
        "<https://example.org/a%22b%3Cc%3E%7Bd%7D%7Ce%5Ef%60g>",
        "\"https://example.org/100%\"^^<http://www.w3.org/2001/XMLSchema#anyURI>",
        "<https://example.org/a?%3Cq%3E#%22f%22>",
        "<http://www.wikidata.org/entity/Q42>",
        "\"党 \\\"x\\\"@en^^<y>\"@zh-hant",
    ] {
        assert!(objects.contains(expected), "{expected}");
    }
    let same = triples
        .iter()
        .filter(|it| it.predicate.as_str().ends_with("owl#sameAs"));
    assert_eq!(same.count(), 1);
}

/// The part of an address after `/id/` of what has a name.
fn called(triples: &[Triple], name: &str) -> String {
    let label = "http://www.w3.org/2000/01/rdf-schema#label";
    let found = triples.iter().find(|triple| {
        let literal =
            matches!(&triple.object, Term::Literal(literal) if literal.value().starts_with(name));
        triple.predicate.as_str() == label && literal
    });
    let subject = found.unwrap().subject.to_string();
    let (_, id) = subject.rsplit_once('/').unwrap();
    id.trim_end_matches('>').to_owned()
}

async fn what_is_open_is_not_said_plainly(on: On) {
    let world = World::new(on, Some(odd_seeds().path())).await.unwrap();
    let triples = triples(&world).await;
    let id = |name| called(&triples, name);
    let (odd, other, third) = (id("The \"Odd"), id("Other"), id("Third"));
    let (who, event) = (id("Who"), id("Open"));
    let said = |subject: &str, predicate: &str, object: &str| {
        says(&triples, subject, predicate, &format!("<{object}>"))
    };
    let member = format!("{ORG}memberOf");
    assert!(said(&who, &member, &third));
    assert!(!said(&who, &member, &other), "disputed");
    assert!(
        !said(&who, &member, &odd),
        "denied, and a supporter is no member"
    );
    assert!(said(&who, "https://schema.org/affiliation", &odd));
    let resulting = format!("{ORG}resultingOrganization");
    assert!(said(&event, &resulting, &third));
    assert!(!said(&event, &resulting, &other), "disputed");
    assert!(said(&odd, &format!("{ORG}changedBy"), &event));
    let split = format!("{BASE_URL}/ns#splitFrom");
    assert!(said(&third, &split, &odd));
    assert!(!said(&other, &split, &odd), "disputed");

    // What is denied is there to be found as denied, and by no term of others.
    let class = |class: &str| {
        let class = format!("<{class}>");
        triples
            .iter()
            .filter(|triple| triple.predicate.as_str() == format!("{RDF}type"))
            .filter(|triple| triple.object.to_string() == class)
            .count()
    };
    assert_eq!(class(&format!("{BASE_URL}/ns#Membership")), 4);
    assert_eq!(class(&format!("{BASE_URL}/ns#Denial")), 1);
    assert_eq!(class(&format!("{ORG}Membership")), 3);
    // Words in place of a number are no number, in claims neither.
    let words = format!("{BASE_URL}/ns#attendanceInWords");
    assert!(says(&triples, &event, &words, "\"hundreds\""));
    assert!(
        triples
            .iter()
            .any(|triple| triple.object.to_string() == format!("<{words}>"))
    );
}

fn dates_are_as_fine_as_they_are_known(triples: &[Triple]) {
    let said: BTreeSet<(String, String)> = triples
        .iter()
        .map(|triple| (triple.subject.to_string(), triple.object.to_string()))
        .collect();
    let mut exact = 0;
    for triple in triples {
        let Term::Literal(date) = &triple.object else {
            continue;
        };
        let datatype = date.datatype().as_str().to_owned();
        let length = match datatype.strip_prefix("http://www.w3.org/2001/XMLSchema#") {
            Some("date") => 10,
            Some("gYearMonth") => 7,
            Some("gYear") => 4,
            _ => continue,
        };
        exact += 1;
        let date = date.value();
        assert_eq!(date.len(), length, "{triple}");
        // The same subject says the same as EDTF, which has no doubts then.
        let edtf = format!("\"{date}\"^^<http://id.loc.gov/datatypes/edtf/EDTF>");
        let known = (triple.subject.to_string(), edtf);
        assert!(said.contains(&known), "{triple}");
    }
    assert!(exact > 3);
}

async fn both_databases_give_the_same(on: On) {
    let seeds = odd_seeds();
    for seeds in [None, Some(seeds.path())] {
        let here = World::new(on, seeds).await.unwrap();
        let there = World::new(On::Sqlite, seeds).await.unwrap();
        for format in [Format::Turtle, Format::Ntriples, Format::Jsonld] {
            let here = text(here.exported(format).await.unwrap());
            let there = text(there.exported(format).await.unwrap());
            assert_eq!(here, there);
        }
    }
}

async fn what_has_no_place_is_told(on: On) {
    let seeds = odd_seeds();
    let world = World::new(on, Some(seeds.path())).await.unwrap();
    let third = seeds.path().join("organisations/third.yaml");
    fs::write(
        &third,
        "source: s\nname: Third\nformer_slugs: [drei, tri]\n",
    )
    .unwrap();
    let again = seed::Source::Folder(seeds.path());
    seed::load(&world.database, again, moment()).await.unwrap();
    let mut bytes = Vec::new();
    let losses = export::export(
        &world.database,
        Format::Turtle,
        BASE_URL,
        &mut bytes,
        &Silent,
    );
    assert_eq!(
        losses.await.unwrap().to_string(),
        "  3 orders of lists: triples stand in no order\n  \
         1 earlier revisions: the file holds what records say now\n  \
         2 former slugs: addresses of documents, which lead on to the ones that records have now\n"
    );
}
