//! People as drafts, without what ties them to others.

use super::document::Item;
use super::read::{Read, claim_of, ids, links, locator, named, names, rest, slugs, year};
use crate::format::popolo::{Class, why_lost};
use crate::import::Import;
use crate::write::{Content, PersonDraft};

pub(super) fn person(import: &mut Import<'_>, source: &str, item: &Item<'_>) -> Read {
    let mut record = item.record.clone();
    let locator = locator(Class::Person, item);
    let claim = claim_of(import, &mut record, &locator);
    let parts = ["given_name", "family_name"].map(|part| record.text(part, import));
    let name = record.text("name", import).or_else(|| {
        let parts: Vec<String> = parts.iter().flatten().cloned().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    for (field, part) in ["given_name", "family_name"].iter().zip(&parts) {
        if part.is_some() {
            let what = format!("`{field}` of persons");
            import.report.losses.add(&what, why_lost(field), 1);
        }
    }
    let name = named(import, name, item);
    let links = links(import, &mut record, false);
    let summary = record
        .text("summary", import)
        .or_else(|| record.text("biography", import));
    let ids = ids(import, &mut record, (source, Class::Person, item), links);
    let draft = PersonDraft {
        source: Some(source.to_owned()),
        summary,
        names: names(import, &mut record, &name, &locator),
        born: record.date("birth_date", import),
        died: record.date("death_date", import),
        name,
        ..PersonDraft::default()
    };
    rest(import, Class::Person.word(), &record);
    let distinctions = [year(draft.born.as_ref()), source, &item.id];
    Read {
        class: Class::Person,
        id: item.id.clone(),
        slugs: slugs(&ids, &draft.name, &distinctions),
        content: Content::Person(Box::new(draft)),
        ids: ids.others,
        own: ids.own,
        claim,
    }
}
