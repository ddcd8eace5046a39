//! Checks of what stands in a file by itself, and of what must not stand in two.

use std::collections::HashMap;

use super::Set;
use crate::seed::problem::Problem;
use crate::write::text::{is_slug, is_web_address};
use crate::write::{Content, Draft, Kind};

const SLUG_RULE: &str = "use lower-case letters a to z, digits and single hyphens between them";

pub fn slugs_are_well_formed(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let slug = &file.draft.slug;
        if !is_slug(slug) {
            problems.push(file.problem(
                "",
                format!("the file's name `{slug}` is no slug; {SLUG_RULE}"),
            ));
        }
        for (path, slug) in other_slugs(&file.draft) {
            if !is_slug(slug) {
                problems.push(file.problem(&path, format!("`{slug}` is no slug; {SLUG_RULE}")));
            }
        }
    }
}

/// The slugs that lead to a record beside its own, each with its path.
fn other_slugs(draft: &Draft) -> impl Iterator<Item = (String, &String)> {
    let at = |list: &'static str, slugs| {
        let slugs = <[String]>::iter(slugs).enumerate();
        slugs.map(move |(index, slug)| (format!("{list}[{index}]"), slug))
    };
    at("former_slugs", draft.former_slugs()).chain(at("merged", draft.merged()))
}

pub fn slugs_lead_to_one_record(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut owners: HashMap<(Kind, &str), &str> = HashMap::new();
    for file in set.files {
        owners.insert((file.draft.kind(), &file.draft.slug), &file.path);
    }
    for file in set.files {
        for (path, slug) in other_slugs(&file.draft) {
            let Some(owner) = owners.insert((file.draft.kind(), slug), &file.path) else {
                continue;
            };
            let merged = path.starts_with("merged");
            // It may have taken over the slug of what was merged into it.
            if merged && owner == file.path {
                continue;
            }
            let right = if merged
                && set
                    .get(file.draft.kind(), slug)
                    .is_some_and(|other| other.draft.slug == *slug)
            {
                "what is merged has no file of its own, so take from it what holds and delete it"
            } else {
                "a slug leads to one record for good"
            };
            let message = format!("`{slug}` leads to {owner} already; {right}");
            problems.push(file.problem(&path, message));
        }
    }
}

pub fn texts_are_not_empty(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, text) in &parts.texts {
            if text.trim().is_empty() {
                problems.push(file.problem(path, format!("{path} is empty; it needs a text")));
            }
        }
    }
}

pub fn languages_are_tags(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, language) in &parts.languages {
            if !is_language(language) {
                problems.push(file.problem(
                    path,
                    format!(
                        "`{language}` is no language tag; write it as in `en`, `gd` or `zh-Hant`"
                    ),
                ));
            }
        }
    }
}

/// The form of a tag by BCP 47: a language of two or three letters, then parts of up to eight letters or digits.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

pub fn urls_are_web_addresses(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, url) in &parts.urls {
            if !is_web_address(url) {
                problems.push(file.problem(
                    path,
                    format!("`{url}` is no web address; write it out, from https:// on"),
                ));
            }
        }
    }
}

pub fn quantities_say_something(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, quantity) in &parts.quantities {
            let message = match (quantity.value, &quantity.text) {
                (Some(value), _) if value < 0 => {
                    format!("{value} is less than nothing; write a number from 0 on, or a text")
                }
                (None, None) => "it says neither how many nor in which words; \
                    give it a value, a text or both"
                    .to_owned(),
                _ => continue,
            };
            problems.push(file.problem(path, message));
        }
    }
}

pub fn external_ids_are_unique(set: &Set<'_>, problems: &mut Vec<Problem>) {
    let mut owners: HashMap<(&str, &str), &str> = HashMap::new();
    for file in set.files {
        let items = file
            .draft
            .common()
            .map_or(&[][..], |common| common.external_ids);
        for (index, item) in items.iter().enumerate() {
            if let Some(owner) = owners.insert((&item.scheme, &item.value), &file.path) {
                problems.push(file.problem(
                    &format!("external_ids[{index}]"),
                    format!(
                        "{} `{}` stands in {owner} too; an external id belongs to one record",
                        item.scheme, item.value
                    ),
                ));
            }
        }
    }
}

pub fn participants_are_named_or_described(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let participants = match &file.draft.content {
            Content::Campaign(campaign) => &campaign.participants,
            Content::Event(event) => &event.participants,
            _ => continue,
        };
        for (index, item) in participants.iter().enumerate() {
            if item.participant.is_none() && item.description.is_none() {
                problems.push(file.problem(
                    &format!("participants[{index}]"),
                    "nobody takes part here; name a participant, or describe them in words",
                ));
            }
        }
    }
}
