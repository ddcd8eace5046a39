//! People.

use super::Around;
use super::object::{Object, Told, identifiers, links, other_names};
use crate::export::{Record, date};
use crate::format::popolo::Class;
use crate::loss::Losses;
use crate::write::PersonDraft;

pub(super) fn person(
    record: &Record,
    draft: &PersonDraft,
    around: &Around,
    losses: &mut Losses,
) -> Told {
    let ids = &draft.external_ids;
    let mut object = Object::of(record, &draft.name);
    let names = other_names(&draft.names, (&draft.name, None), losses);
    object.list("other_names", names);
    object.list("identifiers", identifiers(Class::Person, record, ids));
    object.set("birth_date", date::plain(draft.born.as_ref(), losses));
    object.set("death_date", date::plain(draft.died.as_ref(), losses));
    object.set("summary", draft.summary.clone());
    object.list("links", links(ids).collect());
    object.list("sources", around.sources_of(record, losses));
    let held = &[
        "name",
        "names",
        "external_ids",
        "born",
        "died",
        "summary",
        "memberships",
    ];
    (object, held)
}
