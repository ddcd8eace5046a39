//! A description that has no record behind it, as a page: the vocabulary, the data set. Each subject is a section
//! with what is said of it.

use indexmap::IndexMap;
use maud::{Markup, html};

use super::{Head, page, words};
use crate::linked::Graph;

/// What is said of one subject: under each predicate its objects.
type Said = IndexMap<String, Vec<Object>>;

enum Object {
    Address(String),
    Text(String),
}

impl Object {
    fn as_str(&self) -> &str {
        match self {
            Self::Address(text) | Self::Text(text) => text,
        }
    }
}

/// The page of a graph that stands at the address `at`, whose subjects are that address with fragments, or others.
#[must_use]
pub fn terms(title: &str, at: &str, up: &str, graph: &Graph<'_>) -> String {
    let mut subjects: IndexMap<String, Said> = IndexMap::new();
    for triple in graph.triples() {
        let object = match &triple.object {
            oxrdf::Term::NamedNode(node) => Object::Address(node.as_str().to_owned()),
            oxrdf::Term::Literal(literal) => Object::Text(literal.value().to_owned()),
            oxrdf::Term::BlankNode(node) => Object::Text(node.to_string()),
        };
        let subject = match triple.subject {
            oxrdf::NamedOrBlankNode::NamedNode(node) => node.into_string(),
            oxrdf::NamedOrBlankNode::BlankNode(node) => node.to_string(),
        };
        let said = subjects.entry(subject).or_default();
        let predicate = graph.addresses.short(triple.predicate.as_str());
        said.entry(predicate).or_default().push(object);
    }
    let main = html! {
        p.kind { "Schismograph" }
        h1 { (title) }
        div.sections { @for (subject, said) in &subjects { (section(subject, said, at, graph)) } }
    };
    let foot = html! {
        p {
            "The same as linked data: "
            @for (index, (_, media, name)) in super::FORMS.iter().enumerate() {
                @if index > 0 { ", " }
                (name) " (" (media) ")"
            }
            ", by the header Accept."
        }
    };
    let head = Head {
        title,
        description: None,
        canonical: Some(at.to_owned()),
        forms: None,
        up,
    };
    page(&head, &html! { article { (main) } }, &foot)
}

/// The predicates that name a subject, and those that tell of it in words.
const NAMES: [&str; 3] = ["rdfs:label", "skos:prefLabel", "dct:title"];
const WORDS: [&str; 3] = ["rdfs:comment", "skos:definition", "dct:description"];

fn section(subject: &str, said: &Said, at: &str, graph: &Graph<'_>) -> Markup {
    let first = |of: [&str; 3]| of.into_iter().find_map(|name| said.get(name)?.first());
    let fragment = subject
        .strip_prefix(at)
        .and_then(|rest| rest.strip_prefix('#'));
    let heading = first(NAMES).map_or(fragment.unwrap_or(subject), Object::as_str);
    let rest = said.iter().filter(|(name, _)| {
        let name = name.as_str();
        !NAMES.contains(&name) && !WORDS.contains(&name) && name != "rdfs:isDefinedBy"
    });
    html! {
        section id=[fragment] {
            h2 {
                (words::sentence(heading))
                @if let Some(fragment) = fragment { @if fragment != words::sentence(heading) { " " code.soft { (fragment) } } }
            }
            @if let Some(words) = first(WORDS) { p { (words.as_str()) } }
            dl.facts {
                @for (predicate, objects) in rest {
                    div {
                        dt { (predicate) }
                        dd {
                            @for (index, object) in objects.iter().enumerate() {
                                @if index > 0 { ", " }
                                (shown(object, at, graph))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A text, or an address under its short name.
fn shown(object: &Object, at: &str, graph: &Graph<'_>) -> Markup {
    let Object::Address(address) = object else {
        return html! { (object.as_str()) };
    };
    let here = address
        .strip_prefix(at)
        .and_then(|rest| rest.strip_prefix('#'));
    if let Some(name) = here {
        html! { a href={ "#" (name) } { (name) } }
    } else {
        html! { a href=(address) { (graph.addresses.short(address)) } }
    }
}
