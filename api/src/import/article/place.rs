//! Places as infoboxes write them: from the address to the state, parted by commas.

use anyhow::Result;
use entity::kind::PlaceKind;

use super::super::country::{self, Country};
use super::super::{Import, slug};
use crate::write::{Content, Draft, PlaceDraft};

/// A place with those that it lies in.
pub(super) struct Located {
    pub slug: String,
    pub drafts: Vec<Draft>,
}

/// Longer names of places are texts about places.
const LONGEST: usize = 60;
/// Words that a street's name ends with, or begins with in other languages.
const LAST_OF_STREETS: [&str; 18] = [
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "square",
    "boulevard",
    "drive",
    "terrace",
    "row",
    "way",
    "house",
    "court",
    "crescent",
    "building",
    "quay",
];
const FIRST_OF_STREETS: [&str; 7] = ["rue", "via", "calle", "avenida", "rua", "plaza", "piazza"];

/// A country that is known by name.
pub(super) async fn country(import: &Import<'_>, name: &str) -> Result<Option<Located>> {
    let Some(country) = country::of(name) else {
        return Ok(None);
    };
    let mut drafts = Vec::new();
    let slug = known_country(import, country, None, &mut drafts).await?;
    Ok(Some(Located { slug, drafts }))
}

/// The slug of a country; it and the state that it is a part of are added to the drafts.
async fn known_country(
    import: &Import<'_>,
    country: &Country,
    around: Option<String>,
    drafts: &mut Vec<Draft>,
) -> Result<String> {
    let slug = import.country(country.code, country.name).await?;
    let mut parent = around;
    if let (None, Some(state)) = (&parent, country.state()) {
        let state_slug = import.country(state.code, state.name).await?;
        drafts.push(draft(&state_slug, state.place(None)));
        parent = Some(state_slug);
    }
    drafts.push(draft(&slug, country.place(parent)));
    Ok(slug)
}

/// An address or a place; none: it is not sure which parts are places.
pub(super) async fn headquarters(import: &Import<'_>, text: &str) -> Result<Option<Located>> {
    let Some(address) = Address::read(text) else {
        return Ok(None);
    };
    let mut drafts: Vec<Draft> = Vec::new();
    let mut around: Vec<String> = Vec::new();
    for name in address.places.iter().rev() {
        let parent = around.last().cloned();
        let slug = if let Some(country) = country::of(name) {
            known_country(import, country, parent, &mut drafts).await?
        } else {
            let Some(slug) = free_slug(import, name, &around).await? else {
                return Ok(None);
            };
            let content = PlaceDraft {
                name: name.clone(),
                parent,
                ..PlaceDraft::default()
            };
            drafts.push(draft(&slug, content));
            slug
        };
        around.push(slug);
    }
    let (Some(town), Some(slug)) = (address.places.first(), around.last()) else {
        return Ok(None);
    };
    let Some(street) = address.street else {
        let slug = slug.clone();
        return Ok(Some(Located { slug, drafts }));
    };
    let name = format!("{street}, {town}");
    let Some(own) = free_slug(import, &name, &around).await? else {
        return Ok(None);
    };
    let content = PlaceDraft {
        name,
        kind: Some(PlaceKind::Address),
        street: Some(street),
        postcode: address.postcode,
        parent: Some(slug.clone()),
        ..PlaceDraft::default()
    };
    drafts.push(draft(&own, content));
    Ok(Some(Located { slug: own, drafts }))
}

/// The slug of a place that lies in these, the outermost first. A stored place of the same slug is the same, unless it
/// is known to lie elsewhere.
async fn free_slug(import: &Import<'_>, name: &str, around: &[String]) -> Result<Option<String>> {
    let own = slug::of(name);
    if own.is_empty() {
        return Ok(None);
    }
    let Some(parent) = around.last() else {
        return Ok(Some(own));
    };
    let elsewhere = match import.places_around(&own).await? {
        Some(stored) => !stored.is_empty() && !stored.iter().any(|slug| around.contains(slug)),
        None => false,
    };
    let is_own = !around.contains(&own) && !elsewhere;
    Ok(Some(if is_own {
        own
    } else {
        format!("{own}-{parent}")
    }))
}

fn draft(slug: &str, content: PlaceDraft) -> Draft {
    Draft {
        slug: slug.to_owned(),
        content: Content::Place(Box::new(content)),
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Address {
    street: Option<String>,
    postcode: Option<String>,
    /// From the innermost to the outermost.
    places: Vec<String>,
}

impl Address {
    fn read(text: &str) -> Option<Self> {
        let text = text.split('(').next().unwrap_or_default();
        let mut address = Self::default();
        let mut street: Vec<&str> = Vec::new();
        for part in text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            if is_postcode(part) {
                address.postcode = Some(part.to_owned());
                continue;
            }
            let is_first = address.places.is_empty();
            let part = match part.split_once(' ') {
                Some((code, town)) if code.len() >= 4 && is_number(code) && !is_street(town) => {
                    address.postcode = Some(code.to_owned());
                    town
                }
                _ => part,
            };
            if is_first && is_street(part) {
                street.push(part);
            } else {
                address.places.push(part.to_owned());
            }
        }
        let is_sure = address.places.iter().all(|name| {
            country::of(name).is_some()
                || name.len() <= LONGEST
                    && !name.contains(|letter: char| letter.is_numeric())
                    && ![" and ", " & ", " / ", ";"]
                        .iter()
                        .any(|word| name.contains(word))
        });
        if !street.is_empty() {
            address.street = Some(street.join(", "));
        }
        (is_sure && !address.places.is_empty()).then_some(address)
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Capitals and figures, with at least one figure.
fn is_postcode(part: &str) -> bool {
    part.len() <= 10
        && part.contains(|letter: char| letter.is_ascii_digit())
        && part
            .chars()
            .all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || matches!(it, ' ' | '-'))
}

fn is_street(part: &str) -> bool {
    let lower = part.to_lowercase();
    let words: Vec<&str> = lower
        .split([' ', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let is_named = words
        .last()
        .is_some_and(|word| LAST_OF_STREETS.contains(word))
        || words
            .first()
            .is_some_and(|word| FIRST_OF_STREETS.contains(word));
    is_named && words.len() > 1 || part.contains(|letter: char| letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, street: Option<&str>, postcode: Option<&str>, places: &[&str]| {
            let expected = Address {
                street: street.map(str::to_owned),
                postcode: postcode.map(str::to_owned),
                places: places.iter().map(|name| (*name).to_owned()).collect(),
            };
            assert_eq!(Address::read(text), Some(expected), "{text}");
        };
        check(
            "Union Street, Glasgow, G1 3TA, Scotland, United Kingdom",
            Some("Union Street"),
            Some("G1 3TA"),
            &["Glasgow", "Scotland", "United Kingdom"],
        );
        check("London", None, None, &["London"]);
        check(
            "10 rue Bleue, 75009 Paris, France",
            Some("10 rue Bleue"),
            Some("75009"),
            &["Paris", "France"],
        );
        check(
            "Flat 2, 10 High St., York (until 1990)",
            Some("Flat 2, 10 High St."),
            None,
            &["York"],
        );
        check(
            "Sarajevo, Bosnia and Herzegovina",
            None,
            None,
            &["Sarajevo", "Bosnia and Herzegovina"],
        );
        for text in [
            "",
            "London and Manchester",
            "10 High Street",
            "see 3 other offices, Leeds 2",
        ] {
            assert_eq!(Address::read(text), None, "{text}");
        }
    }
}
