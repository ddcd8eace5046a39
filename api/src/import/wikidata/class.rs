//! Which kind of record an item is: by the classes that it is an instance of (P31), else by the properties it has.

use std::collections::{HashMap, HashSet};

use entity::kind::{EventKind, OrganisationKind, PlaceKind, PublicationKind};

use super::item::{Entity, Item};
use crate::write::Kind;

/// What an item can be here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Person,
    Organisation(OrganisationKind),
    Publication(PublicationKind),
    Event(EventKind),
    Campaign,
    Place(PlaceKind),
    Topic,
}

use Class::{Campaign, Event, Organisation, Person, Place, Publication, Topic};

impl Class {
    pub const fn kind(self) -> Kind {
        match self {
            Person => Kind::Person,
            Organisation(_) => Kind::Organisation,
            Publication(_) => Kind::Publication,
            Event(_) => Kind::Event,
            Campaign => Kind::Campaign,
            Place(_) => Kind::Place,
            Topic => Kind::Topic,
        }
    }

    /// What is known of an entity of which no more is known than its kind.
    pub const fn of_kind(kind: Kind) -> Option<Self> {
        Some(match kind {
            Kind::Person => Person,
            Kind::Organisation => Organisation(OrganisationKind::Unknown),
            Kind::Publication => Publication(PublicationKind::Unknown),
            Kind::Event => Event(EventKind::Other),
            Kind::Campaign => Campaign,
            Kind::Source | Kind::Place | Kind::Topic => return None,
        })
    }
}

/// The classes that are known. Of several that an item has, the first here counts: what is particular stands before
/// what is general, and a body that also has an address before a place. Movements are missing on purpose: some are
/// bodies and some are ideas, which their other properties tell.
const CLASSES: [(Item, Class); 62] = [
    (5, Person),                                               // human
    (12_909_644, Topic),                                       // political ideology
    (7257, Topic),                                             // ideology
    (179_805, Topic),                                          // political philosophy
    (24649, Organisation(OrganisationKind::International)),    // European political party
    (388_602, Organisation(OrganisationKind::Alliance)),       // electoral alliance
    (8_059_357, Organisation(OrganisationKind::YouthWing)),    // youth league
    (190_652, Organisation(OrganisationKind::Organ)),          // central committee
    (1_394_441, Organisation(OrganisationKind::Organ)),        // steering committee
    (233_591, Organisation(OrganisationKind::Party)),          // communist party
    (7278, Organisation(OrganisationKind::Party)),             // political party
    (124_964, Organisation(OrganisationKind::Alliance)),       // coalition
    (848_197, Organisation(OrganisationKind::Other)),          // parliamentary group
    (11_038_979, Organisation(OrganisationKind::TradeUnion)),  // national trade union centre
    (178_790, Organisation(OrganisationKind::TradeUnion)),     // trade union
    (484_652, Organisation(OrganisationKind::International)),  // international organisation
    (37_002_670, Organisation(OrganisationKind::Legislature)), // unicameral legislature
    (189_445, Organisation(OrganisationKind::Legislature)),    // bicameral legislature
    (637_846, Organisation(OrganisationKind::Legislature)),    // upper house
    (375_928, Organisation(OrganisationKind::Legislature)),    // lower house
    (35749, Organisation(OrganisationKind::Legislature)),      // parliament
    (11204, Organisation(OrganisationKind::Legislature)),      // legislature
    (1_666_019, Organisation(OrganisationKind::Group)),        // pressure group
    (79913, Organisation(OrganisationKind::Other)),            // non-governmental organisation
    (48204, Organisation(OrganisationKind::Other)),            // voluntary association
    (1_110_794, Publication(PublicationKind::Newspaper)),      // daily newspaper
    (2_305_295, Publication(PublicationKind::Newspaper)),      // weekly newspaper
    (1_153_191, Publication(PublicationKind::Newspaper)),      // online newspaper
    (11032, Publication(PublicationKind::Newspaper)),          // newspaper
    (5_633_421, Publication(PublicationKind::Journal)),        // scientific journal
    (737_498, Publication(PublicationKind::Journal)),          // academic journal
    (41298, Publication(PublicationKind::Magazine)),           // magazine
    (190_399, Publication(PublicationKind::Pamphlet)),         // pamphlet
    (571, Publication(PublicationKind::Book)),                 // book
    (30849, Publication(PublicationKind::Blog)),               // blog
    (1_002_697, Publication(PublicationKind::Unknown)),        // periodical
    (7_725_634, Publication(PublicationKind::Unknown)),        // literary work
    (43109, Event(EventKind::Referendum)),                     // referendum
    (1_076_105, Event(EventKind::Election)),                   // general election
    (40231, Event(EventKind::Election)),                       // election
    (49776, Event(EventKind::Strike)),                         // strike
    (175_331, Event(EventKind::Demonstration)),                // demonstration
    (847_301, Campaign),                                       // political campaign
    // What says least of a body comes after what says more of other things.
    (7_210_356, Organisation(OrganisationKind::Unknown)), // political organisation
    (163_740, Organisation(OrganisationKind::Unknown)),   // non-profit organisation
    (43229, Organisation(OrganisationKind::Unknown)),     // organisation
    (3_336_843, Place(PlaceKind::Nation)),                // country of the United Kingdom
    (1_763_527, Place(PlaceKind::Nation)),                // constituent country
    (3_624_078, Place(PlaceKind::State)),                 // sovereign state
    (3_024_240, Place(PlaceKind::State)),                 // historical country
    (6256, Place(PlaceKind::State)),                      // country
    (7275, Place(PlaceKind::State)),                      // state
    (35657, Place(PlaceKind::Region)),                    // state of the United States
    (515, Place(PlaceKind::City)),                        // city
    (1_549_591, Place(PlaceKind::City)),                  // big city
    (3957, Place(PlaceKind::City)),                       // town
    (532, Place(PlaceKind::City)),                        // village
    (123_705, Place(PlaceKind::District)),                // neighbourhood
    (486_972, Place(PlaceKind::City)),                    // human settlement
    (10_864_048, Place(PlaceKind::Region)),               // first-level part of a country
    (79007, Place(PlaceKind::Address)),                   // street
    (35127, Publication(PublicationKind::Website)),       // website
];

/// Properties that only bodies have: founder, political ideology, political alignment, headquarters, chairperson, legal
/// form, number of members.
const OF_ORGANISATIONS: [&str; 7] = ["P112", "P1142", "P1387", "P159", "P488", "P1454", "P2124"];
/// Birth, death, occupation, membership of a party.
const OF_PEOPLE: [&str; 4] = ["P569", "P570", "P106", "P102"];
/// ISSN, ISBN of 13 and of 10 digits.
const OF_PUBLICATIONS: [&str; 3] = ["P236", "P212", "P957"];

/// Which record the properties of an item speak for.
pub(super) fn by_properties(entity: &Entity) -> Option<Class> {
    let has = |properties: &[&str]| {
        let mut properties = properties.iter();
        properties.any(|property| !entity.statements(property).is_empty())
    };
    if has(&OF_PEOPLE) {
        Some(Person)
    } else if has(&OF_PUBLICATIONS) {
        Some(Publication(PublicationKind::Unknown))
    } else if has(&OF_ORGANISATIONS) {
        Some(Organisation(OrganisationKind::Unknown))
    } else {
        None
    }
}

/// The class that an item's classes come to, which may be subclasses (P279) of known ones as far as the file tells.
pub(super) fn by_classes(
    classes: &[Item],
    subclass_of: &HashMap<Item, Vec<Item>>,
) -> Option<Class> {
    let mut around: Vec<Item> = classes.to_vec();
    let mut seen: HashSet<Item> = around.iter().copied().collect();
    while !around.is_empty() {
        let found = CLASSES.iter().find(|(item, _)| around.contains(item));
        if let Some((_, class)) = found {
            return Some(*class);
        }
        let wider = around.iter().filter_map(|item| subclass_of.get(item));
        around = wider
            .flatten()
            .copied()
            .filter(|item| seen.insert(*item))
            .collect();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let wider = HashMap::from([(1, vec![2]), (2, vec![1, 7278]), (3, vec![43229])]);
        let check = |classes: &[Item], class| assert_eq!(by_classes(classes, &wider), class);
        check(&[], None);
        check(&[16521], None);
        check(&[43229, 7278], Some(Organisation(OrganisationKind::Party)));
        check(&[41176, 515], Some(Place(PlaceKind::City)));
        check(&[1], Some(Organisation(OrganisationKind::Party)));
        // What an item is itself counts more than what its classes are.
        check(&[1, 3, 5], Some(Person));
        check(
            &[43229, 11032],
            Some(Publication(PublicationKind::Newspaper)),
        );
    }

    #[test]
    fn each_class_stands_once() {
        let items: HashSet<Item> = CLASSES.iter().map(|(item, _)| *item).collect();
        assert_eq!(items.len(), CLASSES.len());
    }
}
