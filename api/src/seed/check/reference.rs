//! Checks of what files say about each other.

use std::collections::HashSet;

use super::Set;
use crate::seed::problem::Problem;
use crate::seed::read::File;
pub use crate::write::text::nearest;
use crate::write::{Content, Kind};

pub fn references_lead_somewhere(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for (file, parts) in set.each() {
        for (path, reference) in &parts.references {
            let message = match reference.kind {
                Some(kind) if set.has(kind, reference.slug) => continue,
                Some(kind) => unknown(set, kind, reference.slug),
                None => reference.incomplete(),
            };
            problems.push(file.problem(path, message));
        }
    }
}

fn unknown(set: &Set<'_>, kind: Kind, slug: &str) -> String {
    let what = format!("there is no {kind} `{slug}`");
    if let Some(near) = nearest(
        slug,
        set.by_slug
            .keys()
            .filter(|key| key.0 == kind)
            .map(|key| key.1),
    ) {
        return format!("{what}; did you mean `{near}`?");
    }
    match Kind::ALL.into_iter().find(|other| set.has(*other, slug)) {
        Some(other) => format!("{what}, but there is a {other} of this slug"),
        None => format!("{what}; write it in {}/{slug}.yaml", kind.folder()),
    }
}

pub fn countries_have_codes(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let Content::Organisation(organisation) = &file.draft.content else {
            continue;
        };
        let Some(slug) = &organisation.country else {
            continue;
        };
        if let Some(Content::Place(place)) =
            set.get(Kind::Place, slug).map(|file| &file.draft.content)
            && place.code.is_none()
        {
            problems.push(file.problem(
                "country",
                format!("the place `{slug}` is no country; give it a code, or name the country it lies in"),
            ));
        }
    }
}

pub fn nothing_contains_itself(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let mut around = parent(file);
        // A ring is found within as many steps as there are files.
        for _ in set.files {
            let Some(outer) = around.and_then(|slug| set.get(file.draft.kind(), slug)) else {
                break;
            };
            if outer.path == file.path {
                let slug = &file.draft.slug;
                problems.push(file.problem(
                    "parent",
                    format!("`{slug}` would lie in itself; break the ring"),
                ));
                break;
            }
            around = parent(outer);
        }
    }
}

fn parent(file: &File) -> Option<&String> {
    match &file.draft.content {
        Content::Place(place) => place.parent.as_ref(),
        Content::Topic(topic) => topic.parent.as_ref(),
        Content::Campaign(campaign) => campaign.parent.as_ref(),
        _ => None,
    }
}

pub fn nothing_relates_to_itself(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        match &file.draft.content {
            Content::Organisation(organisation) => {
                for (index, item) in organisation.affiliations.iter().enumerate() {
                    if leads_to(set, Kind::Organisation, &item.body, file) {
                        problems.push(file.problem(
                            &format!("affiliations[{index}].body"),
                            "an organisation cannot be affiliated to itself; name the other body",
                        ));
                    }
                }
            }
            Content::Event(event) => {
                for (index, item) in event.follows.iter().enumerate() {
                    if leads_to(set, Kind::Event, &item.event, file) {
                        problems.push(file.problem(
                            &format!("follows[{index}].event"),
                            "an event cannot come before itself; name the earlier one",
                        ));
                    }
                }
                let current = |slug| {
                    let file = set.get(Kind::Organisation, slug);
                    file.map_or(slug, |file| &*file.draft.slug)
                };
                if let Some((index, slug)) = event.self_link(current)
                    && let Some(item) = event.participants.get(index)
                {
                    problems.push(file.problem(
                        &format!("participants[{index}]"),
                        format!(
                            "organisation/{slug} would come out of itself as {}; \
                             give the new body a file of its own, or leave out one of its roles",
                            item.role
                        ),
                    ));
                }
            }
            _ => {}
        }
    }
}

pub fn events_are_followed_once(set: &Set<'_>, problems: &mut Vec<Problem>) {
    for file in set.files {
        let Content::Event(event) = &file.draft.content else {
            continue;
        };
        let mut seen = HashSet::new();
        for (index, item) in event.follows.iter().enumerate() {
            let slug = set
                .get(Kind::Event, &item.event)
                .map_or(&item.event, |file| &file.draft.slug);
            if !seen.insert(slug) {
                problems.push(file.problem(
                    &format!("follows[{index}].event"),
                    format!("event/{slug} stands in the list already; name it once"),
                ));
            }
        }
    }
}

fn leads_to(set: &Set<'_>, kind: Kind, slug: &str, file: &File) -> bool {
    set.get(kind, slug)
        .is_some_and(|found| found.path == file.path)
}
