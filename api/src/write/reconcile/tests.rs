//! What sources say one after the other, and what then stands.

use serde_json::{Value, json};

use super::*;

fn draft(source: &str, fields: Value) -> Draft {
    let mut fields = fields;
    fields["source"] = json!(source);
    let content = Content::deserialize(Kind::Organisation, fields).expect("an organisation");
    Draft {
        slug: "league".to_owned(),
        content,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as names are looked up")]
fn name_of(kind: Kind, slug: &str) -> Option<String> {
    Some(format!("{kind} {slug}"))
}

/// What stands after one source after the other has spoken.
fn after(says: &[Draft]) -> Draft {
    let mut stored = None;
    for says in says {
        stored = Some(
            beside(stored.as_ref(), says, &name_of, &Extent::Whole, &Ids::new()).expect("a draft"),
        );
    }
    stored.expect("at least one source")
}

fn check(says: &[(&str, Value)], expected: &Value) {
    let says: Vec<_> = says
        .iter()
        .map(|(source, fields)| draft(source, fields.clone()))
        .collect();
    let stored = after(&says);
    let mut stored = serde_json::to_value(stored).expect("JSON");
    stored.as_object_mut().expect("an object").remove("slug");
    assert_eq!(&stored, expected, "{stored:#}");
}

fn founded(date: &str, locator: &str) -> Value {
    json!({"name": "League", "founded": date, "claims": {"founded": [{"locator": locator}]}})
}

#[test]
fn sources_that_disagree_leave_both_claims() {
    check(
        &[
            ("a", founded("1996", "p. 1")),
            ("b", founded("1997", "p. 2")),
        ],
        &json!({"name": "League", "source": "a", "founded": "1996", "claims": {"founded": [
            {"rank": "PREFERRED", "locator": "p. 1"},
            {"value": "1997", "source": "b", "locator": "p. 2"},
        ]}}),
    );
}

#[test]
fn what_a_source_says_no_more_gives_way() {
    let mut quiet = founded("1997", "p. 3");
    quiet.as_object_mut().expect("an object").remove("founded");
    quiet["claims"] = json!({});
    check(
        &[
            ("a", founded("1996", "p. 1")),
            ("a", founded("1997", "p. 3")),
        ],
        &json!({"name": "League", "source": "a", "founded": "1997", "claims": {"founded": [{"locator": "p. 3"}]}}),
    );
    check(
        &[
            ("a", founded("1996", "p. 1")),
            ("b", founded("1997", "p. 2")),
            ("a", quiet),
        ],
        &json!({"name": "League", "source": "a", "founded": "1997", "claims": {"founded": [{"source": "b", "locator": "p. 2"}]}}),
    );
}

#[test]
fn the_same_date_more_finely_is_shown() {
    check(
        &[
            ("a", founded("1996", "p. 1")),
            ("b", founded("1996-05", "p. 2")),
        ],
        &json!({"name": "League", "source": "a", "founded": "1996-05", "claims": {"founded": [
            {"value": "1996", "locator": "p. 1"},
            {"rank": "PREFERRED", "source": "b", "locator": "p. 2"},
        ]}}),
    );
}

#[test]
fn a_value_without_a_claim_stays() {
    check(
        &[
            ("a", json!({"name": "League", "founded": "1996"})),
            ("b", founded("1997", "p. 2")),
        ],
        &json!({"name": "League", "source": "a", "founded": "1996", "claims": {"founded": [
            {"value": "1997", "source": "b", "locator": "p. 2"},
        ]}}),
    );
}

#[test]
fn what_is_not_known_gives_way() {
    let says = |kind: &str, locator: &str| json!({"name": "League", "kind": kind, "claims": {"kind": [{"locator": locator}]}});
    check(
        &[("a", says("UNKNOWN", "p. 1")), ("b", says("PARTY", "p. 2"))],
        &json!({"name": "League", "source": "a", "kind": "PARTY", "claims": {"kind": [
            {"value": "UNKNOWN", "locator": "p. 1"},
            {"source": "b", "locator": "p. 2"},
        ]}}),
    );
}

#[test]
fn another_name_is_kept_among_the_names() {
    let says = |name: &str| json!({"name": name, "claims": {"name": [{"locator": "title"}]}});
    check(
        &[("a", says("League")), ("b", says("The League"))],
        &json!({
            "name": "League", "source": "a",
            "names": [{"text": "The League", "kind": "ALTERNATIVE", "claims": [{"source": "b", "locator": "title"}]}],
            "claims": {"name": [
                {"rank": "PREFERRED", "locator": "title"},
                {"value": "The League", "source": "b", "locator": "title"},
            ]},
        }),
    );
}

#[test]
fn items_gather_the_claims_of_all() {
    let says = |topics: &[&str], locator: &str| {
        let items = topics
            .iter()
            .map(|topic| json!({"topic": topic, "claims": [{"locator": locator}]}));
        json!({"name": "League", "ideologies": items.collect::<Vec<_>>()})
    };
    check(
        &[
            ("a", says(&["peace", "land"], "p. 1")),
            ("b", says(&["land", "bread"], "p. 2")),
            ("a", says(&["land", "freedom"], "p. 3")),
        ],
        &json!({"name": "League", "source": "a", "ideologies": [
            {"topic": "land", "claims": [{"locator": "p. 3"}, {"source": "b", "locator": "p. 2"}]},
            {"topic": "bread", "claims": [{"source": "b", "locator": "p. 2"}]},
            {"topic": "freedom", "claims": [{"locator": "p. 3"}]},
        ]}),
    );
}

#[test]
fn places_are_claimed_by_name_and_papers_as_records() {
    let says = |country: &str, newspaper: &str| {
        json!({"name": "League", "country": country, "newspaper": newspaper,
               "claims": {"country": [{"locator": "row 1"}], "newspaper": [{"locator": "row 1"}]}})
    };
    check(
        &[
            ("a", says("velonia", "dawn")),
            ("b", says("norland", "dusk")),
        ],
        &json!({"name": "League", "source": "a", "country": "velonia", "newspaper": "dawn", "claims": {
            "country": [
                {"rank": "PREFERRED", "locator": "row 1"},
                {"value": "place norland", "source": "b", "locator": "row 1"},
            ],
            "newspaper": [
                {"rank": "PREFERRED", "locator": "row 1"},
                {"node": "publication/dusk", "source": "b", "locator": "row 1"},
            ],
        }}),
    );
}

/// A source's word, made up by chance from few values, so that sources agree and disagree in every way.
fn by_chance(state: &mut u64, source: &str) -> Draft {
    let mut roll = |sides: usize| {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*state >> 33).expect("31 bits") % sides
    };
    let name = ["League", "The League", "Liga"][roll(3)];
    let mut fields = json!({"name": name});
    let mut claims = json!({"name": [{"locator": "title"}]});
    for (field, values) in [
        (
            "founded",
            vec![
                json!("1996"),
                json!("1996-05"),
                json!({"edtf": "1997", "text": "in 97"}),
                json!("199X"),
            ],
        ),
        (
            "kind",
            vec![json!("UNKNOWN"), json!("PARTY"), json!("GROUP")],
        ),
        ("country", vec![json!("velonia"), json!("norland")]),
        ("newspaper", vec![json!("dawn"), json!("dusk")]),
        ("summary", vec![json!("Small."), json!("Large.")]),
    ] {
        let which = roll(values.len() + 2);
        if let Some(value) = values.get(which) {
            fields[field] = value.clone();
            if roll(4) > 0 {
                claims[field] = json!([{"locator": format!("row {}", roll(2))}]);
            }
        }
    }
    if roll(3) == 0 {
        claims["splitFrom"] = json!([{"value": "x"}]);
    }
    let topics = (0..roll(4))
        .map(|_| roll(3))
        .collect::<std::collections::BTreeSet<_>>();
    let topics = topics
        .iter()
        .map(|topic| json!({"topic": format!("t-{topic}"), "claims": [{"locator": "p"}]}));
    fields["ideologies"] = topics.collect();
    let names = (0..roll(3))
        .map(|_| roll(4))
        .collect::<std::collections::BTreeSet<_>>();
    let names = names.iter().map(|name| {
        let text = ["League", "L", "Liga", "The League"][*name];
        json!({"text": text, "kind": "ABBREVIATION", "claims": [{"locator": "n"}]})
    });
    fields["names"] = names.collect();
    fields["external_ids"] = json!([{"scheme": source, "value": "1"}]);
    fields["claims"] = claims;
    draft(source, fields)
}

#[test]
fn said_again_nothing_changes() {
    let mut state = 1;
    for _ in 0..2000 {
        let says: Vec<_> = ["a", "b", "c"]
            .iter()
            .map(|source| by_chance(&mut state, source))
            .collect();
        let stored = after(&says);
        for again in &says {
            let next = beside(Some(&stored), again, &name_of, &Extent::Whole, &Ids::new())
                .expect("a draft");
            let text = |draft: &Draft| serde_json::to_string_pretty(draft).expect("JSON");
            assert_eq!(
                text(&stored),
                text(&next),
                "{}",
                says.iter().map(text).collect::<Vec<_>>().join("\n")
            );
        }
    }
}
