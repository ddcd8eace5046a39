//! Checks of claims.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::kind::{ClaimRank, ClaimStatus};
use serde_json::Value;

use super::{Set, reference::nearest};
use crate::seed::problem::Problem;
use crate::write::{Content, Kind, properties, text::squeeze};

pub fn properties_exist(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let Some(common) = file.draft.common() else {
            continue;
        };
        let kind = file.draft.kind();
        for property in common.claims.keys() {
            if properties(kind).any(|known| known == property) {
                continue;
            }
            let hint = match nearest(&camel_case(property), properties(kind)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "it is one of {}",
                    properties(kind).collect::<Vec<_>>().join(", ")
                ),
            };
            problems.push(file.problem(
                &format!("claims.{property}"),
                format!("`{property}` is no property of this {kind}; {hint}"),
            ));
        }
    }
}

fn camel_case(text: &str) -> String {
    let mut words = text.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut text, word| {
        let mut letters = word.chars();
        text.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        text + letters.as_str()
    })
}

fn snake_case(text: &str) -> String {
    let mut snake = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

pub fn claims_have_a_source(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        if file.draft.default_source().is_some() {
            continue;
        }
        for part in parts
            .claims
            .iter()
            .filter(|part| part.claim.source.is_none())
        {
            problems.push(file.problem(
                &part.path,
                "the claim has no source; name one here, or one for all at the top of the file",
            ));
        }
    }
}

/// A claim on a field that the file does not fill must say what it claims.
pub fn claims_have_a_value(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        let Ok(Value::Object(fields)) = serde_json::to_value(&file.draft) else {
            continue;
        };
        for part in &parts.claims {
            let field = match part.property {
                "title" => "name".to_owned(),
                property => snake_case(property),
            };
            let silent = part.claim.value.is_none() && part.claim.node.is_none();
            if silent && !part.of_item && !fields.contains_key(&field) {
                problems.push(file.problem(
                    &part.path,
                    format!(
                        "it claims nothing, as the file has no `{field}`; \
                         fill that in, or give the claim a value or a node"
                    ),
                ));
            }
        }
    }
}

pub fn one_claim_is_preferred(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        let mut preferred: HashMap<&str, usize> = HashMap::new();
        for part in &parts.claims {
            if part.claim.rank != Some(ClaimRank::Preferred) {
                continue;
            }
            let list = part.path.rsplit_once('[').map_or("", |(list, _)| list);
            let count = preferred.entry(list).or_default();
            *count += 1;
            if *count > 1 {
                problems.push(file.problem(
                    &format!("{}.rank", part.path),
                    "another claim here is PREFERRED already; only the best one is",
                ));
            }
        }
    }
}

/// The least sure part of an item gives it its status, and the claim for that part has the same one. What its claims
/// disagree on is disputed, whatever each of them says.
pub fn items_are_as_sure_as_their_claims(set: &Set<'_>, _: NaiveDate, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, status, claims) in &parts.items {
            let statuses: Vec<_> = claims
                .iter()
                .map(|claim| claim.status.unwrap_or(ClaimStatus::Stated))
                .collect();
            let disagree = statuses.iter().any(|other| *other != statuses[0]);
            if statuses.is_empty()
                || statuses.contains(status)
                || *status == ClaimStatus::Disputed && disagree
            {
                continue;
            }
            let status = status.as_str();
            problems.push(file.problem(
                path,
                format!(
                    "{path} is {status}, and none of its claims is; \
                     give it the status of the least sure of them, or that one its own"
                ),
            ));
        }
    }
}

pub fn quotes_are_verbatim(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let texts: HashMap<&str, String> = set
        .files
        .iter()
        .filter_map(|file| match &file.draft.content {
            Content::Source(source) => Some((&*file.draft.slug, squeeze(source.text.as_ref()?))),
            _ => None,
        })
        .collect();
    for (file, parts) in set.each() {
        for part in &parts.claims {
            let source = part.claim.source.as_deref().or(file.draft.default_source());
            let (Some(quote), Some(source)) = (&part.claim.quote, source) else {
                continue;
            };
            let Some(text) = texts.get(source) else {
                continue;
            };
            if !text.contains(&squeeze(quote)) {
                problems.push(file.problem(
                    &format!("{}.quote", part.path),
                    format!(
                        "`{quote}` does not stand in {}/{source}.yaml; copy it letter by letter",
                        Kind::Source.folder()
                    ),
                ));
            }
        }
    }
}
