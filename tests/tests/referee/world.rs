//! A world made by chance: some hundred organisations with lineages that cross and circle, dates of every
//! precision and none, ties, gaps, and texts with every character that means something to somebody.

use anyhow::Result;
use api::write::{self, Content, Context, Draft};
use chrono::Days;
use entity::date::HistoricalDate;
use serde_json::{Value, json};
use tests::{On, World, moment};

use super::random::Random;

/// Dates of every sort, many of them equal in one bound or both.
pub const DATES: [&str; 26] = [
    "2011-04-11",
    "2011-04",
    "2011",
    "2011-04~",
    "2011?",
    "2011%",
    "201X",
    "19XX",
    "1985-12-31",
    "1986-01-01",
    "1985/1986",
    "[1985..1987]",
    "{1985,1987}",
    "1964/..",
    "../1985",
    "1964/",
    "/1985",
    "2001-21",
    "0001",
    "0001-01-01",
    "9999",
    "9999-12-31",
    "1848-02-29",
    "[..1990]",
    "1985",
    "1990/1995",
];

pub const TEXTS: [&str; 16] = [
    "plain",
    "Plain",
    "it's \"quoted\" \\ and back",
    "100% _sure_",
    "naïve Élan",
    "Ελλάδα",
    "日本共産党",
    "null",
    "",
    " ",
    "line\nbreak",
    "{\"json\": [1]}",
    "\u{7f}",
    "🚩 flag",
    "?1 $1 :name",
    "'; DROP TABLE x --",
];

struct Maker {
    random: Random,
    size: usize,
}

impl Maker {
    fn date(&mut self) -> Value {
        if self.random.percent(40) {
            return Value::Null;
        }
        let edtf = *self.random.pick(&DATES);
        if self.random.percent(30) {
            json!({"edtf": edtf, "text": self.random.pick(&TEXTS)})
        } else {
            edtf.into()
        }
    }

    fn text(&mut self) -> Value {
        if self.random.percent(40) {
            Value::Null
        } else {
            (*self.random.pick(&TEXTS)).into()
        }
    }

    fn words(&mut self) -> String {
        let base = self.random.pick(&TEXTS).trim();
        format!(
            "{} {}",
            ["Red", "red", "Réd", "Union", "Zed"][self.random.below(5)],
            base
        )
    }

    fn kind(&mut self, values: &[(&str, &str)]) -> Value {
        self.random.pick(values).0.into()
    }

    fn maybe(&mut self, value: impl Into<Value>) -> Value {
        if self.random.percent(60) {
            value.into()
        } else {
            Value::Null
        }
    }

    fn some(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> Value) -> Value {
        let count = self.random.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn slug(&mut self, kind: &str) -> String {
        let most = match kind {
            "organisation" => self.size,
            "source" => 4,
            "topic" | "place" => 12,
            _ => self.size / 3 + 2,
        };
        format!("{kind}-{}", self.random.below(most))
    }

    fn entity(&mut self) -> String {
        let kind =
            *self
                .random
                .pick(&["organisation", "person", "campaign", "publication", "event"]);
        format!("{kind}/{}", self.slug(kind))
    }

    fn quantity(&mut self) -> Value {
        match self.random.below(5) {
            0 => json!({"value": self.random.below(3)}),
            1 => json!({"text": "numerous"}),
            2 => json!({"value": 2_147_483_647, "text": "\"very\" many"}),
            _ => Value::Null,
        }
    }

    fn status(&mut self) -> Value {
        let status = self.kind(entity::kind::ClaimStatus::VALUES);
        self.maybe(status)
    }

    fn claims(&mut self) -> Value {
        self.some(2, |this| {
            let node = this.entity();
            let by_node = this.random.percent(30);
            json!({
                "value": if by_node { Value::Null } else { this.text() },
                "node": if by_node { node.into() } else { Value::Null },
                "rank": this.kind(entity::kind::ClaimRank::VALUES),
                "status": this.status(), "source": this.slug("source"),
                "locator": this.text(), "quote": this.text(), "note": this.text(),
            })
        })
    }

    /// What every entity has.
    fn entity_draft(&mut self, own: &Value) -> Value {
        let properties = ["name", "kind", "founded", "date"];
        let property = *self.random.pick(&properties);
        let other = *self.random.pick(&properties);
        let mut draft = json!({
            "source": self.slug("source"), "name": self.words(), "summary": self.text(),
            "names": self.some(2, |this| json!({
                "text": this.words(), "kind": this.kind(entity::kind::NameKind::VALUES),
                "language": this.maybe("en"), "start": this.date(), "end": this.date(), "claims": this.claims(),
            })),
            "statements": self.some(2, |this| json!({
                "kind": this.kind(entity::kind::StatementKind::VALUES), "attitude": this.text(),
                "topic": this.slug("topic"), "text": this.words(), "holder": this.text(), "date": this.date(),
                "fulfilled": this.date(), "status": this.status(), "claims": this.claims(),
            })),
            "claims": {property: self.claims(), other: self.claims()},
        });
        let draft_members = draft.as_object_mut().unwrap();
        draft_members.extend(own.as_object().unwrap().clone());
        draft
    }

    fn participants(&mut self, lineage: bool) -> Value {
        let first = self.random.below(self.size);
        let second = (first + 1 + self.random.below(self.size - 1)) % self.size;
        let mut list = Vec::new();
        if lineage {
            let from = ["origin", "ceased", "continuing", "absorbed"][self.random.below(4)];
            let to = ["resulting", "continuing"][usize::from(from == "absorbed")];
            for (role, organisation) in [(from, first), (to, second)] {
                list.push(json!({
                    "participant": format!("organisation/organisation-{organisation}"), "role": role,
                    "status": self.status(), "count": self.quantity(), "claims": self.claims(),
                }));
            }
        }
        let more = self.some(3, |this| {
            let named = this.random.percent(70);
            let who = this.entity();
            json!({
                "participant": if named { who.into() } else { Value::Null },
                "description": if named { Value::Null } else { "some people".into() },
                "role": this.random.pick(&["organiser", "resigned", "Organiser"]),
                "post": this.text(), "count": this.quantity(), "start": this.date(), "end": this.date(),
                "status": this.status(), "note": this.text(), "claims": this.claims(),
            })
        });
        list.extend(more.as_array().unwrap().clone());
        list.into()
    }

    fn classified(&mut self) -> Value {
        self.some(2, |this| {
            json!({"topic": this.slug("topic"), "status": this.status(), "claims": this.claims()})
        })
    }

    fn organisation(&mut self, index: usize) -> Value {
        let own = json!({
            "abbreviation": self.text(), "kind": self.kind(entity::kind::OrganisationKind::VALUES),
            "status": self.kind(entity::kind::OrganisationStatus::VALUES), "founded": self.date(),
            "dissolved": self.date(), "country": self.slug("place"), "headquarters": self.slug("place"),
            "position": self.kind(entity::kind::PoliticalPosition::VALUES), "leadership": self.text(),
            "newspaper": self.slug("publication"), "website": self.maybe("https://example.org/?a=\"b\""),
            "former_slugs": if index.is_multiple_of(7) { json!([format!("former-{index}")]) } else { json!([]) },
            "external_ids": if index.is_multiple_of(5) {
                json!([{"scheme": "wikidata", "value": format!("Q{index}")}, {"scheme": "other", "value": format!("\"{index}\""), "url": "https://example.org/1"}])
            } else { json!([]) },
            "ideologies": self.classified(),
            "places": self.some(2, |this| json!({
                "place": this.slug("place"), "role": "activity", "start": this.date(), "end": this.date(),
                "note": this.text(), "status": this.status(), "claims": this.claims(),
            })),
            "affiliations": self.some(2, |this| json!({
                "body": format!("organisation-{}", (index + 1 + this.random.below(this.size - 1)) % this.size),
                "kind": this.kind(entity::kind::AffiliationKind::VALUES), "start": this.date(), "end": this.date(),
                "status": this.status(), "claims": this.claims(),
            })),
        });
        self.entity_draft(&own)
    }

    fn person(&mut self) -> Value {
        let own = json!({
            "born": self.date(), "died": self.date(),
            "memberships": self.some(6, |this| json!({
                "organisation": this.slug("organisation"), "role": this.random.pick(&["member", "Member", "notable figure"]),
                "post": this.text(), "start": this.date(), "end": this.date(), "status": this.status(), "claims": this.claims(),
            })),
        });
        self.entity_draft(&own)
    }

    fn campaign(&mut self, index: usize) -> Value {
        let (parent, organisation) = (format!("campaign-{}", index / 2), self.slug("organisation"));
        let own = json!({
            "started": self.date(), "ended": self.date(), "topics": self.classified(),
            "parent": if index > 2 { parent.into() } else { Value::Null },
            "organisation": self.maybe(organisation), "participants": self.participants(false),
        });
        self.entity_draft(&own)
    }

    fn publication(&mut self) -> Value {
        let flag = |this: &mut Self| {
            [Value::Null, true.into(), false.into()][this.random.below(3)].clone()
        };
        let own = json!({
            "subtitle": self.text(), "kind": self.kind(entity::kind::PublicationKind::VALUES), "frequency": self.text(),
            "format": self.text(), "colour": flag(self), "free": flag(self), "language": self.maybe("en"),
            "editorial_focus": self.text(), "published": self.date(), "ceased": self.date(),
            "isbn": self.text(), "issn": self.text(), "topics": self.classified(),
            "publishers": self.some(2, |this| json!({"organisation": this.slug("organisation"), "status": this.status(), "claims": this.claims()})),
            "authors": self.some(2, |this| json!({"person": this.slug("person"), "role": "editor", "status": this.status(), "claims": this.claims()})),
        });
        self.entity_draft(&own)
    }

    fn event(&mut self, index: usize) -> Value {
        let lineage = !index.is_multiple_of(4);
        let own = json!({
            "kind": self.kind(entity::kind::EventKind::VALUES), "date": self.date(), "place": self.slug("place"),
            "outcome": self.text(), "reason": self.text(), "attendance": self.quantity(),
            "occurrences": self.quantity(), "participants": self.participants(lineage),
            "follows": if index > 0 {
                json!([{"event": format!("event-{}", self.random.below(index)), "status": self.status()}])
            } else { json!([]) },
        });
        self.entity_draft(&own)
    }

    fn drafts(&mut self) -> Result<Vec<Draft>> {
        let mut drafts = Vec::new();
        let mut add = |kind: &str, index: usize, content| {
            drafts.push(Draft {
                slug: format!("{kind}-{index}"),
                content,
            });
        };
        for index in 0..12 {
            let topic = json!({
                "name": self.words(), "kind": self.kind(entity::kind::TopicKind::VALUES),
                "parent": if index > 3 { format!("topic-{}", index / 3).into() } else { Value::Null },
            });
            add("topic", index, Content::Topic(Box::new(bare(&topic)?)));
            let place = json!({
                "name": self.words(), "kind": self.kind(entity::kind::PlaceKind::VALUES), "code": self.text(),
                "street": self.text(), "postcode": self.text(),
                "parent": if index > 3 { format!("place-{}", index / 3).into() } else { Value::Null },
            });
            add("place", index, Content::Place(Box::new(bare(&place)?)));
        }
        for index in 0..4 {
            let source = json!({
                "title": self.words(), "kind": self.kind(entity::kind::SourceKind::VALUES), "author": self.text(),
                "publisher": self.text(), "url": "https://example.org/\"source\"", "published": self.date(),
                "accessed": self.date(), "licence": self.text(), "language": self.maybe("en"), "text": self.text(),
            });
            add("source", index, Content::Source(Box::new(bare(&source)?)));
        }
        for index in 0..self.size {
            let organisation = self.organisation(index);
            add(
                "organisation",
                index,
                Content::Organisation(Box::new(bare(&organisation)?)),
            );
        }
        for index in 0..self.size / 3 + 2 {
            let person = self.person();
            add("person", index, Content::Person(Box::new(bare(&person)?)));
            let campaign = self.campaign(index);
            add(
                "campaign",
                index,
                Content::Campaign(Box::new(bare(&campaign)?)),
            );
            let publication = self.publication();
            add(
                "publication",
                index,
                Content::Publication(Box::new(bare(&publication)?)),
            );
            let event = self.event(index);
            add("event", index, Content::Event(Box::new(bare(&event)?)));
        }
        Ok(drafts)
    }
}

/// A draft of its JSON, without what is null or empty.
fn bare<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T> {
    fn clear(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|_, member| !member.is_null() && *member != "");
                members.values_mut().for_each(clear);
            }
            Value::Array(items) => items.iter_mut().for_each(clear),
            _ => {}
        }
    }
    let mut value = value.clone();
    clear(&mut value);
    Ok(serde_json::from_value(value)?)
}

/// A world of `size` organisations and what belongs to them, revised once in part so that there is history.
pub async fn made(on: On, seed: u64, size: usize) -> Result<World> {
    for date in DATES {
        assert!(HistoricalDate::parse(date).is_ok(), "{date} is no date");
    }
    let world = World::empty(on).await?;
    let mut maker = Maker {
        random: Random::new(seed),
        size,
    };
    let drafts = maker.drafts()?;
    let mut revised = drafts.clone();
    revised.retain(|draft| matches!(&draft.content, Content::Organisation(_) | Content::Event(_)));
    revised.truncate(10);
    for draft in &mut revised {
        if let Content::Organisation(organisation) = &mut draft.content {
            organisation.leadership = Some("revised".to_owned());
        }
    }
    for (drafts, day, reason) in [(drafts, 0, None), (revised, 1, Some("a \"reason\""))] {
        let transaction = world.database.begin().await?;
        let now = moment().checked_add_days(Days::new(day)).unwrap();
        let context = Context {
            author: "referee",
            reason,
            now,
        };
        write::save(&transaction, &drafts, &context)
            .await
            .map_err(|error| anyhow::anyhow!("{error:?}"))?;
        transaction.commit().await?;
    }
    Ok(world)
}
