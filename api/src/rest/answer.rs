//! What the graph answers, as it is shown at an address.

use percent_encoding::utf8_percent_encode;
use serde_json::{Map, Value, json};

use super::{Asked, Rest, endpoint::Shows, shape::Holds};
use crate::{graph::PAGE, linked::ALL_BUT_PLAIN};

/// What comes of a question.
#[derive(Debug)]
pub enum Answer {
    Found {
        body: Value,
        links: Vec<Link>,
    },
    /// There is no such record.
    Missing,
    /// The record is called otherwise now, and stands at this address.
    Moved(String),
}

/// Another address, and what it is to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub relation: Relation,
    pub url: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    This,
    Next,
    Previous,
}

impl Rest {
    /// What is shown of the data that a question gave.
    #[must_use]
    pub fn show(&self, asked: &Asked<'_>, mut data: Value) -> Answer {
        let endpoint = asked.endpoint;
        let mut found = data["found"].take();
        let mut at = endpoint.path.clone();
        if let (Some(by), Some(key)) = (&endpoint.by, &asked.key) {
            if found.is_null() {
                return Answer::Missing;
            }
            let called = |name: &str| found[name].as_str().unwrap_or_default();
            let current = if by.slugs {
                called("slug")
            } else {
                called("id")
            };
            if key != current && key != called("id") {
                let to = address(&endpoint.path_of(current), &asked.given);
                return Answer::Moved(format!("{}{to}", self.root));
            }
            at = endpoint.path_of(key);
        }
        let part = found.get_mut("shown").map(Value::take);
        let shown = part.unwrap_or(found);
        let this = Link {
            relation: Relation::This,
            url: format!("{}{}", self.root, address(&at, &asked.given)),
        };
        let (body, others) = match &endpoint.shows {
            Shows::Page(_) => self.page(asked, &at, shown),
            Shows::List(_) => (json!({ "items": shown }), Vec::new()),
            Shows::One(shape) => (self.whole(asked, &at, shape, shown), Vec::new()),
        };
        let links = [this].into_iter().chain(others).collect();
        Answer::Found { body, links }
    }

    /// A page with its items alone, each with what the list says of it.
    fn page(&self, asked: &Asked<'_>, at: &str, mut shown: Value) -> (Value, Vec<Link>) {
        let Value::Array(edges) = shown["edges"].take() else {
            return (shown, Vec::new());
        };
        let items = edges.into_iter().map(|mut edge| {
            let mut item = edge["node"].take();
            if let (Value::Object(item), Value::Object(extras)) = (&mut item, edge) {
                item.extend(extras.into_iter().filter(|(name, _)| name != "node"));
            }
            item
        });
        let items: Vec<Value> = items.collect();
        let info = shown["pageInfo"].take();
        let mut links = Vec::new();
        let mut link = |relation, more: &str, size: &str, from: &str, cursor: &str| {
            let takes = |name: &str| asked.endpoint.parameters.iter().any(|it| it.name == name);
            let (Some(true), Some(cursor), true) =
                (info[more].as_bool(), info[cursor].as_str(), takes(size))
            else {
                return;
            };
            let given = asked.given.iter();
            let sized = given
                .clone()
                .find(|(name, _)| matches!(name.as_str(), "first" | "last"));
            let others = given.filter(|(name, _)| {
                !matches!(name.as_str(), "first" | "last" | "after" | "before")
            });
            let mut parameters: Vec<(String, String)> = others.cloned().collect();
            let count = match sized {
                Some((_, count)) => Some(count.clone()),
                // Without a number the page would be the first one.
                None if size == "last" => Some(PAGE.to_string()),
                None => None,
            };
            parameters.extend(count.map(|count| (size.to_owned(), count)));
            parameters.push((from.to_owned(), cursor.to_owned()));
            let url = format!("{}{}", self.root, address(at, &parameters));
            links.push(Link { relation, url });
        };
        link(Relation::Next, "hasNextPage", "first", "after", "endCursor");
        link(
            Relation::Previous,
            "hasPreviousPage",
            "last",
            "before",
            "startCursor",
        );
        let body = json!({ "items": items, "pageInfo": info, "totalCount": shown["totalCount"] });
        (body, links)
    }

    /// One thing, with the addresses of what else it tells; they are asked with the parameters that it was asked with.
    fn whole(&self, asked: &Asked<'_>, at: &str, shape: &str, shown: Value) -> Value {
        let (Some(shape), Value::Object(mut shown)) = (self.shapes.get(shape), shown) else {
            return Value::Null;
        };
        let mut members = Map::new();
        for member in &shape.members {
            let name = member.name.as_str();
            let mut value = shown.remove(name).unwrap_or_default();
            if let Holds::Address { counted } = member.holds {
                let part = address(&format!("{at}/{name}"), &asked.given);
                let url = format!("{}{part}", self.root);
                value = if counted {
                    json!({ "url": url, "totalCount": value["totalCount"] })
                } else {
                    json!({ "url": url })
                };
            }
            members.insert(name.to_owned(), value);
        }
        Value::Object(members)
    }
}

/// A path with parameters.
fn address(path: &str, parameters: &[(String, String)]) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, ALL_BUT_PLAIN).to_string();
    let parameters = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    let parameters: Vec<String> = parameters.collect();
    if parameters.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parameters.join("&"))
    }
}
