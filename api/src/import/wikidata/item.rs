//! An entity of Wikidata as its JSON tells it, as far as it is read here.

use std::fmt;
use std::marker::PhantomData;

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The number of an item: 42 of Q42.
pub(super) type Item = u64;

#[derive(serde::Deserialize)]
pub(super) struct Entity {
    pub id: String,
    /// The service knows no such entity.
    pub missing: Option<IgnoredAny>,
    pub redirects: Option<Redirect>,
    #[serde(default, deserialize_with = "map")]
    pub labels: IndexMap<String, Text>,
    #[serde(default, deserialize_with = "map")]
    pub descriptions: IndexMap<String, Text>,
    #[serde(default, deserialize_with = "map")]
    pub aliases: IndexMap<String, Vec<Text>>,
    #[serde(default, deserialize_with = "map")]
    claims: IndexMap<String, Vec<Statement>>,
    #[serde(default, deserialize_with = "map")]
    pub sitelinks: IndexMap<String, Sitelink>,
}

/// The entity was asked for under a number that it was merged with.
#[derive(serde::Deserialize)]
pub(super) struct Redirect {
    pub from: String,
}

#[derive(serde::Deserialize)]
pub(super) struct Text {
    pub value: String,
}

#[derive(serde::Deserialize)]
pub(super) struct Sitelink {
    pub title: String,
}

#[derive(serde::Deserialize)]
pub(super) struct Statement {
    id: Option<String>,
    pub mainsnak: Snak,
    #[serde(default)]
    pub rank: Rank,
    #[serde(default, deserialize_with = "map")]
    qualifiers: IndexMap<String, Vec<Snak>>,
    #[serde(default)]
    pub references: Vec<Reference>,
}

/// From best to worst.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rank {
    Preferred,
    #[default]
    Normal,
    Deprecated,
}

#[derive(serde::Deserialize)]
pub(super) struct Reference {
    #[serde(default, deserialize_with = "map")]
    pub snaks: IndexMap<String, Vec<Snak>>,
}

/// A property with its value.
#[derive(serde::Deserialize)]
pub(super) struct Snak {
    snaktype: SnakType,
    pub datatype: Option<String>,
    datavalue: Option<DataValue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum SnakType {
    Value,
    SomeValue,
    NoValue,
}

#[derive(serde::Deserialize)]
struct DataValue {
    value: Value,
}

/// What a snak says of its property.
pub(super) enum Said<'a> {
    Value(&'a Value),
    /// There is a value, and it is not known.
    Unknown,
    /// There is no value.
    Nothing,
}

impl Entity {
    /// The number of an item; none: a property or a lexeme.
    pub fn item(&self) -> Option<Item> {
        item_of(&self.id)
    }

    /// Numbers that it had before it was merged.
    pub fn former(&self) -> Vec<Item> {
        let from = self.redirects.as_ref().and_then(|it| item_of(&it.from));
        from.into_iter().collect()
    }

    /// The statements on a property.
    pub fn statements(&self, property: &str) -> &[Statement] {
        self.claims.get(property).map_or(&[], Vec::as_slice)
    }

    /// All statements, by property.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &[Statement])> {
        self.claims
            .iter()
            .map(|(property, statements)| (property.as_str(), statements.as_slice()))
    }

    /// The items that a property is said to be, those that are known to be wrong left out.
    pub fn items(&self, property: &str) -> impl Iterator<Item = Item> {
        let statements = self.statements(property).iter();
        statements
            .filter(|it| it.rank != Rank::Deprecated)
            .filter_map(|it| it.mainsnak.item())
    }
}

impl Statement {
    /// The qualifiers of a property.
    pub fn qualifiers(&self, property: &str) -> &[Snak] {
        self.qualifiers.get(property).map_or(&[], Vec::as_slice)
    }

    /// Its permanent id, if it is told.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| !id.is_empty())
    }
}

impl Snak {
    pub fn said(&self) -> Said<'_> {
        match (self.snaktype, &self.datavalue) {
            (SnakType::Value, Some(value)) => Said::Value(&value.value),
            (SnakType::NoValue, _) => Said::Nothing,
            _ => Said::Unknown,
        }
    }

    fn value(&self) -> Option<&Value> {
        match self.said() {
            Said::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The item that it names.
    pub fn item(&self) -> Option<Item> {
        let value = self.value()?;
        match value.get("id") {
            Some(id) => item_of(id.as_str()?),
            // Older dumps tell the number alone.
            None if value.get("entity-type")?.as_str()? == "item" => {
                value.get("numeric-id")?.as_u64()
            }
            None => None,
        }
    }

    pub fn text(&self) -> Option<String> {
        clean(self.value()?.as_str()?)
    }

    /// A text and the code of its language.
    pub fn monolingual(&self) -> Option<(String, &str)> {
        let value = self.value()?;
        let text = clean(value.get("text")?.as_str()?)?;
        Some((text, value.get("language")?.as_str()?))
    }
}

/// A text without control characters and without space around it; none: nothing is left.
pub(super) fn clean(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn item_of(id: &str) -> Option<Item> {
    id.strip_prefix('Q')?.parse().ok()
}

/// A mapping; an empty one may come as an empty list.
fn map<'de, D, T>(deserializer: D) -> Result<IndexMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Map<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Map<T> {
        type Value = IndexMap<String, T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object, or an empty list in its place")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = IndexMap::new();
            while let Some((key, value)) = map.next_entry()? {
                entries.insert(key, value);
            }
            Ok(entries)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            match items.next_element::<IgnoredAny>()? {
                None => Ok(IndexMap::new()),
                Some(_) => Err(A::Error::custom("an object is expected here, not a list")),
            }
        }
    }

    deserializer.deserialize_any(Map(PhantomData))
}
