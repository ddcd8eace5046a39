//! Organisations as drafts, without what ties them to others.

use entity::kind::{NameKind, OrganisationKind, OrganisationStatus};

use super::document::Item;
use super::read::{Read, claim, claim_of, ids, links, locator, named, names, rest, slugs, year};
use crate::format::popolo::{CLASSIFICATIONS, Class, meaning};
use crate::import::Import;
use crate::write::text::is_web_address;
use crate::write::{ClaimDraft, Claims, Content, NameDraft, OrganisationDraft};

pub(super) fn organisation(import: &mut Import<'_>, source: &str, item: &Item<'_>) -> Read {
    let mut record = item.record.clone();
    let locator = locator(Class::Organization, item);
    let whole = claim_of(import, &mut record, &locator);
    let name = record.text("name", import);
    let name = named(import, name, item);
    let mut links = links(import, &mut record, true);
    let website = links.website.take();
    let summary = record
        .text("abstract", import)
        .or_else(|| record.text("description", import));
    let mut claims = Claims::new();
    let classification = record.text("classification", import);
    let kind = classification.as_ref().map(|text| {
        let quote = Some(text.clone());
        let note = whole.note.clone();
        claims.insert(
            "kind".to_owned(),
            vec![ClaimDraft {
                quote,
                note,
                ..claim(&locator)
            }],
        );
        meaning(&CLASSIFICATIONS, text).unwrap_or(OrganisationKind::Other)
    });
    let mut names = names(import, &mut record, &name, &locator);
    let abbreviation = abbreviation(&mut names);
    let dissolved = record.date("dissolution_date", import);
    let image = record.take("image");
    let logo = image
        .as_ref()
        .and_then(|image| image.text(import))
        .filter(|it| is_web_address(it));
    if let (Some(image), None) = (&image, &logo) {
        let message = "the image is no web address; it is left out";
        import.report.warn(
            "addresses that cannot be understood",
            image.place(),
            message,
        );
    }
    let ids = ids(
        import,
        &mut record,
        (source, Class::Organization, item),
        links,
    );
    let draft = OrganisationDraft {
        source: Some(source.to_owned()),
        summary,
        names,
        abbreviation,
        kind,
        status: dissolved.is_some().then_some(OrganisationStatus::Dissolved),
        founded: record.date("founding_date", import),
        dissolved,
        logo,
        website,
        claims,
        name,
        ..OrganisationDraft::default()
    };
    rest(import, Class::Organization.word(), &record);
    let distinctions = [year(draft.founded.as_ref()), source, &item.id];
    Read {
        class: Class::Organization,
        id: item.id.clone(),
        slugs: slugs(&ids, &draft.name, &distinctions),
        content: Content::Organisation(Box::new(draft)),
        ids: ids.others,
        own: ids.own,
        claim: whole,
    }
}

/// Takes the first name that is an abbreviation for all times.
fn abbreviation(names: &mut Vec<NameDraft>) -> Option<String> {
    let is_abbreviation = |name: &NameDraft| {
        name.kind == Some(NameKind::Abbreviation)
            && name.start.is_none()
            && name.end.is_none()
            && name.language.is_none()
    };
    let position = names.iter().position(is_abbreviation)?;
    Some(names.remove(position).text)
}
