//! Memberships: what people were in organisations, and which organisations belong to which.

use std::collections::{HashMap, HashSet};

use entity::kind::{AffiliationKind, ClaimStatus};

use super::area::Area;
use super::document::{Document, Item, Tie};
use super::event::Period;
use super::json::Value;
use super::read::{claim_of, derived, rest};
use super::tie::Ties;
use crate::format::popolo::{AFFILIATIONS, Class, ORGANIZATION, meaning};
use crate::import::Import;
use crate::write::{AffiliationDraft, ClaimDraft, DateDraft, MembershipDraft};

/// Memberships by the ids of the people and of the organisations that are the members.
#[derive(Default)]
pub(super) struct Memberships {
    pub people: HashMap<String, Vec<MembershipDraft>>,
    pub organisations: HashMap<String, Vec<AffiliationDraft>>,
}

/// What memberships refer to.
pub(super) struct Around<'a, 'd> {
    pub ties: Ties<'a, 'd>,
    pub areas: HashMap<String, Area>,
    pub periods: HashMap<String, Period>,
}

/// A post in words.
struct Post<'a, 'd> {
    label: Option<String>,
    role: Option<String>,
    item: &'d Item<'a>,
}

/// Reads all memberships.
pub(super) fn memberships(import: &mut Import<'_>, around: &Around<'_, '_>) -> Memberships {
    let document = around.ties.document;
    let posts = posts(import, document);
    let mut held = HashSet::new();
    let mut memberships = Memberships::default();
    for item in document.all(Class::Membership) {
        let post = item.tie("post");
        let known = post.and_then(|tie| posts.get(tie.id.as_str()));
        match (post, known) {
            (Some(tie), None) => around.ties.warn(import, Class::Post, tie),
            (_, Some(post)) => {
                held.insert(post.item.id.as_str());
            }
            _ => {}
        }
        membership(import, around, (item, known), &mut memberships);
    }
    let idle = posts.len() - held.len();
    let why = "the graph knows posts by those who hold them";
    import
        .report
        .losses
        .add("posts that nobody holds", why, idle);
    import.report.carry("posts", held.len());
    memberships
}

fn posts<'a, 'd>(
    import: &mut Import<'_>,
    document: &'d Document<'a>,
) -> HashMap<&'d str, Post<'a, 'd>> {
    let mut posts = HashMap::new();
    for item in document.all(Class::Post) {
        let mut record = item.record.clone();
        let label = record.text("label", import);
        let role = record.text("role", import);
        rest(import, Class::Post.word(), &record);
        posts.insert(item.id.as_str(), Post { label, role, item });
    }
    posts
}

/// Who is the member of what.
struct Ends<'t, 'a> {
    member: (Class, &'t Tie<'a>),
    body: &'t Tie<'a>,
}

fn ends<'t, 'a>(
    import: &mut Import<'_>,
    document: &Document<'a>,
    item: &'t Item<'a>,
    post: Option<&'t Item<'a>>,
) -> Option<Ends<'t, 'a>> {
    let person = item.tie("person").map(|tie| (Class::Person, tie));
    let member = item.tie("member").map(|tie| {
        let is_person = document.get(Class::Person, &tie.id).is_some();
        let is_body = document.get(Class::Organization, &tie.id).is_some();
        // People and organisations may have the same ids.
        let kind = item.record.get("member_type").map(Value::unquoted);
        let is_said = kind.is_some_and(|kind| kind.eq_ignore_ascii_case(ORGANIZATION));
        let class = if is_said || is_body && !is_person {
            Class::Organization
        } else {
            Class::Person
        };
        (class, tie)
    });
    let body = item
        .tie("organization")
        .or_else(|| post?.tie("organization"));
    let found = person
        .or(member)
        .zip(body)
        .map(|(member, body)| Ends { member, body });
    if found.is_none() {
        let what = "memberships without a member or without an organization";
        let message = format!(
            "{}: it says not who belongs to what",
            item.record.whole.path()
        );
        import.report.warn(what, item.record.whole.place(), message);
        import
            .report
            .losses
            .add("memberships", "they do not say who belongs to what", 1);
    }
    found
}

fn membership(
    import: &mut Import<'_>,
    around: &Around<'_, '_>,
    (item, post): (&Item<'_>, Option<&Post<'_, '_>>),
    memberships: &mut Memberships,
) {
    let ties = &around.ties;
    let mut record = item.record.clone();
    let post_item = post.map(|post| post.item);
    let Some(Ends { member, body }) = ends(import, ties.document, item, post_item) else {
        return;
    };
    let locator = if item.has_id {
        format!("memberships/{}", item.id)
    } else {
        format!("memberships of {}/{}", member.0.collection(), member.1.id)
    };
    let claim = claim_of(import, &mut record, &locator);
    let role = record.text("role", import);
    let label = record.text("label", import);
    let start = record.date("start_date", import);
    let end = record.date("end_date", import);
    record.take("member_type");
    rest(import, Class::Membership.word(), &record);
    let body_slug = ties.slug(import, Class::Organization, body);
    // Who is not in the file cannot be given anything, as the file would say nothing else of them.
    let is_member = ties.document.get(member.0, &member.1.id).is_some();
    if !is_member {
        ties.warn(import, member.0, member.1);
    }
    let Some(body_slug) = body_slug.filter(|_| is_member) else {
        import
            .report
            .losses
            .add("memberships", "one end of them is not in the file", 1);
        return;
    };
    if member.0 == Class::Organization {
        if member.1.id == body.id {
            let message = format!(
                "{}: an organization cannot belong to itself",
                member.1.at.path()
            );
            import.report.warn(
                "organizations that belong to themselves",
                member.1.at.place(),
                message,
            );
            return;
        }
        let kind = role
            .as_deref()
            .and_then(|role| meaning(&AFFILIATIONS, role));
        let role = role.filter(|_| kind.is_none());
        let note = [role.map(|role| format!("As {role}")), claim.note.clone()];
        let note: Vec<String> = note.into_iter().flatten().collect();
        let note = (!note.is_empty()).then(|| note.join(". "));
        let affiliations = memberships
            .organisations
            .entry(member.1.id.clone())
            .or_default();
        let affiliation = AffiliationDraft {
            body: body_slug,
            kind: Some(kind.unwrap_or(AffiliationKind::Member)),
            start,
            end,
            status: None,
            claims: vec![ClaimDraft { note, ..claim }],
        };
        if !affiliations.contains(&affiliation) {
            affiliations.push(affiliation);
            import.report.carry("memberships of organizations", 1);
        }
        return;
    }
    let time = Time::of(import, around, item, (start, end));
    let role = role.or_else(|| post.and_then(|post| post.role.clone()));
    let role = role.unwrap_or_else(|| "member".to_owned());
    let area = item.tie("area").or_else(|| post_item?.tie("area"));
    let area = area.and_then(|tie| {
        let area = around.areas.get(&tie.id);
        if area.is_none() {
            ties.warn(import, Class::Area, tie);
        }
        area
    });
    let label = post.and_then(|post| post.label.clone()).or(label);
    let held = held(label, &role, area);
    let items = memberships.people.entry(member.1.id.clone()).or_default();
    if let Some(on_behalf_of) = item.tie("on_behalf_of")
        && let Some(slug) = ties.slug(import, Class::Organization, on_behalf_of)
    {
        let name = ties.document.get(Class::Organization, &body.id);
        let name = name.and_then(|item| Some(item.record.clone().take("name")?.unquoted()));
        let name = name.unwrap_or_else(|| body.id.clone());
        let note = format!("{role} of {name} on its behalf");
        add(
            items,
            MembershipDraft {
                organisation: slug,
                role: "representative".to_owned(),
                post: Some(format!("{role}, {name}")),
                start: time.start.clone(),
                end: time.end.clone(),
                status: Some(ClaimStatus::Derived),
                claims: vec![derived(&locator, Some(note))],
            },
        );
    }
    let claim = match &time.derived_from {
        Some(name) => derived(&locator, Some(format!("The time is that of {name}"))),
        None => claim,
    };
    let added = add(
        items,
        MembershipDraft {
            organisation: body_slug,
            role,
            post: held,
            start: time.start,
            end: time.end,
            status: claim.status,
            claims: vec![claim],
        },
    );
    if added {
        import.report.carry("memberships of people", 1);
    }
}

fn add(items: &mut Vec<MembershipDraft>, item: MembershipDraft) -> bool {
    let is_new = !items.contains(&item);
    if is_new {
        items.push(item);
    }
    is_new
}

/// When a membership was.
struct Time {
    start: Option<DateDraft>,
    end: Option<DateDraft>,
    /// What its time is that of, where it does not say itself.
    derived_from: Option<String>,
}

impl Time {
    fn of(
        import: &mut Import<'_>,
        around: &Around<'_, '_>,
        item: &Item<'_>,
        (start, end): (Option<DateDraft>, Option<DateDraft>),
    ) -> Self {
        let stated = Self {
            start,
            end,
            derived_from: None,
        };
        let Some(tie) = item.tie("legislative_period") else {
            return stated;
        };
        let Some(period) = around.periods.get(&tie.id) else {
            around.ties.warn(import, Class::Event, tie);
            return stated;
        };
        let adds = stated.start.is_none() && period.start.is_some()
            || stated.end.is_none() && period.end.is_some();
        Self {
            start: stated.start.or_else(|| period.start.clone()),
            end: stated.end.or_else(|| period.end.clone()),
            derived_from: adds.then(|| period.name.clone()),
        }
    }
}

/// The post in words: what it is called, or the role, with the area that it is for.
fn held(label: Option<String>, role: &str, area: Option<&Area>) -> Option<String> {
    match (label, area) {
        (Some(label), Some(area)) if !label.contains(&area.name) => {
            Some(format!("{label}, {}", area.name))
        }
        (Some(label), _) => Some(label),
        (None, Some(area)) => Some(format!("{role}, {}", area.name)),
        (None, None) => None,
    }
}
