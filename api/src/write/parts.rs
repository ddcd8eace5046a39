//! The parts of a draft that checks and the resolution of references look at, each with the path it stands at.
//!
//! A path is written as a reader of the file would say it: `memberships[0].organisation`, counted from 0.

use std::fmt::Write as _;

use entity::kind::ClaimStatus;

use super::draft::{
    ClaimDraft, ClassificationDraft, Common, Content, DateDraft, Draft, Kind, NameDraft,
    ParticipationDraft, QuantityDraft, StatementDraft,
};

/// A field path within a draft.
pub type Path = String;

/// What a draft refers to at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference<'a> {
    /// `None`: the reference should say what kind of thing it leads to, and does not.
    pub kind: Option<Kind>,
    pub slug: &'a str,
}

impl<'a> Reference<'a> {
    /// What to say when it does not tell its kind.
    #[must_use]
    pub fn incomplete(&self) -> String {
        let slug = self.slug;
        format!(
            "`{slug}` does not say what it is; write organisation/{slug}, person/{slug} or the like"
        )
    }

    /// Reads "kind/slug", where the kind is one of the five entities.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        let entity = |word| {
            Kind::ALL
                .into_iter()
                .find(|kind: &Kind| kind.is_entity() && kind.word() == word)
        };
        match text.split_once('/') {
            Some((word, slug)) if entity(word).is_some() => Self {
                kind: entity(word),
                slug,
            },
            _ => Self {
                kind: None,
                slug: text,
            },
        }
    }
}

/// A claim, and the field or list that it is about.
pub struct ClaimPart<'a> {
    pub path: Path,
    pub property: &'a str,
    /// The claim is about an item of a list, which gives its value.
    pub of_item: bool,
    pub claim: &'a ClaimDraft,
}

/// See the module's documentation.
#[derive(Default)]
pub struct Parts<'a> {
    prefix: Path,
    pub dates: Vec<(Path, &'a DateDraft)>,
    /// A start and an end, at the path of the start.
    pub periods: Vec<(Path, &'a DateDraft, &'a DateDraft)>,
    pub references: Vec<(Path, Reference<'a>)>,
    pub claims: Vec<ClaimPart<'a>>,
    /// The items of lists that have a status, with their claims.
    pub items: Vec<(Path, ClaimStatus, &'a [ClaimDraft])>,
    pub urls: Vec<(Path, &'a str)>,
    pub languages: Vec<(Path, &'a str)>,
    pub quantities: Vec<(Path, &'a QuantityDraft)>,
    /// Texts that must not be empty where they stand.
    pub texts: Vec<(Path, &'a str)>,
}

impl<'a> Parts<'a> {
    /// All parts of `draft`.
    #[must_use]
    pub fn of(draft: &'a Draft) -> Self {
        let mut parts = Self::default();
        match &draft.content {
            Content::Organisation(content) => content.parts(&mut parts),
            Content::Person(content) => content.parts(&mut parts),
            Content::Campaign(content) => content.parts(&mut parts),
            Content::Publication(content) => content.parts(&mut parts),
            Content::Event(content) => content.parts(&mut parts),
            Content::Source(content) => content.parts(&mut parts),
            Content::Place(content) => content.parts(&mut parts),
            Content::Topic(content) => content.parts(&mut parts),
        }
        parts
    }

    fn path(&self, field: &str) -> Path {
        if self.prefix.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.prefix)
        }
    }

    pub(crate) fn date(&mut self, field: &str, date: Option<&'a DateDraft>) {
        if let Some(date) = date {
            self.dates.push((self.path(field), date));
        }
    }

    pub(crate) fn period(
        &mut self,
        start: (&str, Option<&'a DateDraft>),
        end: (&str, Option<&'a DateDraft>),
    ) {
        self.date(start.0, start.1);
        self.date(end.0, end.1);
        if let (Some(from), Some(until)) = (start.1, end.1) {
            self.periods.push((self.path(start.0), from, until));
        }
    }

    pub(crate) fn reference(&mut self, field: &str, kind: Kind, slug: Option<&'a String>) {
        if let Some(slug) = slug {
            let kind = Some(kind);
            self.references
                .push((self.path(field), Reference { kind, slug }));
        }
    }

    pub(crate) fn entity(&mut self, field: &str, reference: Option<&'a String>) {
        if let Some(text) = reference {
            self.references
                .push((self.path(field), Reference::parse(text)));
        }
    }

    pub(crate) fn url(&mut self, field: &str, url: Option<&'a String>) {
        self.urls.extend(url.map(|url| (self.path(field), &**url)));
    }

    pub(crate) fn language(&mut self, field: &str, language: Option<&'a String>) {
        self.languages
            .extend(language.map(|language| (self.path(field), &**language)));
    }

    pub(crate) fn quantity(&mut self, field: &str, quantity: Option<&'a QuantityDraft>) {
        self.quantities
            .extend(quantity.map(|quantity| (self.path(field), quantity)));
    }

    pub(crate) fn text(&mut self, field: &str, text: &'a str) {
        self.texts.push((self.path(field), text));
    }

    /// Visits the items of a list, each under its own path.
    pub(crate) fn items<T>(
        &mut self,
        field: &str,
        items: &'a [T],
        visit: impl Fn(&mut Self, &'a T),
    ) {
        let outside = self.prefix.len();
        for (index, item) in items.iter().enumerate() {
            let dot = if outside == 0 { "" } else { "." };
            // Writing to a string cannot fail.
            let _ = write!(self.prefix, "{dot}{field}[{index}]");
            visit(self, item);
            self.prefix.truncate(outside);
        }
    }

    /// The claims of a list's item, which stand under the list's own property.
    pub(crate) fn item_claims(
        &mut self,
        property: &'a str,
        status: Option<ClaimStatus>,
        claims: &'a [ClaimDraft],
    ) {
        let status = status.unwrap_or(ClaimStatus::Stated);
        self.items.push((self.prefix.clone(), status, claims));
        self.claims_at("claims", property, true, claims);
    }

    fn claims_at(
        &mut self,
        field: &str,
        property: &'a str,
        of_item: bool,
        claims: &'a [ClaimDraft],
    ) {
        self.items(field, claims, |parts, claim| {
            parts.claims.push(ClaimPart {
                path: parts.prefix.clone(),
                property,
                of_item,
                claim,
            });
            parts.reference("source", Kind::Source, claim.source.as_ref());
            parts.entity("node", claim.node.as_ref());
        });
    }

    /// What every entity has.
    pub(crate) fn common(&mut self, kind: Kind, common: Common<'a>) {
        self.text("name", common.name);
        if let Some(slug) = common.source {
            let kind = Some(Kind::Source);
            self.references
                .push(("source".to_owned(), Reference { kind, slug }));
        }
        self.items("names", common.names, |parts, name: &NameDraft| {
            parts.text("text", &name.text);
            parts.language("language", name.language.as_ref());
            parts.period(("start", name.start.as_ref()), ("end", name.end.as_ref()));
            parts.claims_at("claims", "names", true, &name.claims);
        });
        self.items("external_ids", common.external_ids, |parts, external| {
            parts.text("scheme", &external.scheme);
            parts.text("value", &external.value);
            parts.url("url", external.url.as_ref());
        });
        self.items("statements", common.statements, |parts, item| {
            let StatementDraft {
                date,
                status,
                claims,
                ..
            } = item;
            parts.text("text", &item.text);
            parts.reference("topic", Kind::Topic, item.topic.as_ref());
            parts.date("date", date.as_ref());
            parts.date("fulfilled", item.fulfilled.as_ref());
            parts.item_claims(item.property(kind), *status, claims);
        });
        for (property, claims) in common.claims {
            self.claims_at(&format!("claims.{property}"), property, false, claims);
        }
    }

    pub(crate) fn classifications(&mut self, field: &'a str, items: &'a [ClassificationDraft]) {
        self.items(field, items, |parts, item| {
            parts.reference("topic", Kind::Topic, Some(&item.topic));
            parts.item_claims(field, item.status, &item.claims);
        });
    }

    pub(crate) fn participants(&mut self, items: &'a [ParticipationDraft]) {
        self.items("participants", items, |parts, item| {
            parts.text("role", &item.role);
            parts.entity("participant", item.participant.as_ref());
            parts.quantity("count", item.count.as_ref());
            parts.period(("start", item.start.as_ref()), ("end", item.end.as_ref()));
            parts.item_claims("participants", item.status, &item.claims);
        });
    }
}
