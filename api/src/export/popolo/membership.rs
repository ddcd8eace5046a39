//! What people were in organisations, and which organisations belong to which.

use entity::kind::AffiliationKind;

use super::Around;
use super::object::Object;
use crate::export::{Record, date, loss};
use crate::format::popolo::{AFFILIATIONS, ORGANIZATION, word};
use crate::loss::Losses;
use crate::write::{Kind, OrganisationDraft, PersonDraft};

const SAME: &str = "a membership of the same person or body says the same";

pub(super) fn of_person(
    record: &Record,
    draft: &PersonDraft,
    around: &Around,
    losses: &mut Losses,
) -> Vec<Object> {
    let mut memberships = Vec::new();
    for item in &draft.memberships {
        let body = around.slug(Kind::Organisation, &item.organisation);
        let Some(body) = body.filter(|_| loss::is_told("memberships", item.status, losses)) else {
            continue;
        };
        let mut object = Object::default();
        object.set("person_id", Some(record.draft.slug.as_str()));
        object.set("organization_id", Some(body));
        object.set("role", Some(item.role.as_str()));
        object.set("label", item.post.as_deref());
        object.set("start_date", date::plain(item.start.as_ref(), losses));
        object.set("end_date", date::plain(item.end.as_ref(), losses));
        let sources = around.sources_of_item(record, &item.claims, losses);
        object.list("sources", sources);
        add(&mut memberships, object, losses);
    }
    memberships
}

pub(super) fn of_organisation(
    record: &Record,
    draft: &OrganisationDraft,
    around: &Around,
    losses: &mut Losses,
) -> Vec<Object> {
    let parent = parent_position(draft);
    let mut memberships = Vec::new();
    for (position, item) in draft.affiliations.iter().enumerate() {
        let start = date::plain(item.start.as_ref(), losses);
        let end = date::plain(item.end.as_ref(), losses);
        if parent == Some(position) || !loss::is_told("affiliations", item.status, losses) {
            continue;
        }
        let role = word(&AFFILIATIONS, item.kind.unwrap_or(AffiliationKind::Member));
        let body = around.slug(Kind::Organisation, &item.body);
        let (Some(role), Some(body)) = (role, body) else {
            let why = "who stands beside another body is no member of it";
            losses.add("affiliations", why, 1);
            continue;
        };
        let mut object = Object::default();
        object.set("member_id", Some(record.draft.slug.as_str()));
        object.set("member_type", Some(ORGANIZATION));
        object.set("organization_id", Some(body));
        object.set("role", Some(role));
        object.set("start_date", start);
        object.set("end_date", end);
        let sources = around.sources_of_item(record, &item.claims, losses);
        object.list("sources", sources);
        add(&mut memberships, object, losses);
    }
    memberships
}

/// The body that an organisation is a part of.
pub(super) fn parent<'a>(draft: &OrganisationDraft, around: &'a Around) -> Option<&'a str> {
    let item = draft.affiliations.get(parent_position(draft)?)?;
    around.slug(Kind::Organisation, &item.body)
}

/// The first affiliation that can be told without a time and a role.
fn parent_position(draft: &OrganisationDraft) -> Option<usize> {
    // What is lost is counted where all affiliations are told.
    let mut nowhere = Losses::default();
    draft.affiliations.iter().position(|item| {
        item.kind == Some(AffiliationKind::Parent)
            && loss::is_told("affiliations", item.status, &mut nowhere)
            && date::plain(item.start.as_ref(), &mut nowhere).is_none()
            && date::plain(item.end.as_ref(), &mut nowhere).is_none()
    })
}

/// Times that cannot be told may have been all that told two memberships apart.
fn add(memberships: &mut Vec<Object>, object: Object, losses: &mut Losses) {
    if memberships.contains(&object) {
        losses.add("memberships", SAME, 1);
    } else {
        memberships.push(object);
    }
}
