//! `popolo`: people, organisations and memberships as JSON, after the specification of the Popolo project, and with what
//! everypolitician.org adds to it.

mod words;

use super::wikipedia;

pub use words::{
    AFFILIATIONS, AREAS, CLASSIFICATIONS, EVENTS, NAME_NOTES, code, event, identifier, meaning,
    word,
};

/// The scheme of records' ids. An id is a record's own only within one file and class, so that both stand before it.
pub const SCHEME: &str = "popolo";

/// The scheme of identifiers that are slugs here: what a record is called by this program, in whatever database.
pub const OWN_SCHEME: &str = "schismograph";

/// What a link to an organisation's website is noted as.
pub const WEBSITE: &str = "website";
/// The type of contact details that say where an organisation has its seat.
pub const ADDRESS: &str = "address";
/// The role of a place that is an organisation's area.
pub const AREA: &str = "area";
/// The role of the body that held an event.
pub const ORGANISER: &str = "organiser";
/// The role of people who came to an event.
pub const ATTENDEE: &str = "attendee";
/// The type of members that are organisations.
pub const ORGANIZATION: &str = "Organization";

/// What the specification calls a class of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    Person,
    Organization,
    Membership,
    Post,
    Area,
    Event,
}

impl Class {
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Organization,
        Self::Membership,
        Self::Post,
        Self::Area,
        Self::Event,
    ];

    /// The member of a document that lists such records.
    pub const fn collection(self) -> &'static str {
        match self {
            Self::Person => "persons",
            Self::Organization => "organizations",
            Self::Membership => "memberships",
            Self::Post => "posts",
            Self::Area => "areas",
            Self::Event => "events",
        }
    }

    /// The word for one of them.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Membership => "membership",
            Self::Post => "post",
            Self::Area => "area",
            Self::Event => "event",
        }
    }

    /// Fields that lead to one other record: by its id, with `_id` at the field's end, or with the record in them.
    pub const fn ties(self) -> &'static [(&'static str, Self)] {
        match self {
            Self::Person => &[],
            Self::Organization => &[("parent", Self::Organization), ("area", Self::Area)],
            Self::Membership => &[
                ("person", Self::Person),
                ("organization", Self::Organization),
                ("post", Self::Post),
                ("on_behalf_of", Self::Organization),
                ("area", Self::Area),
                // everypolitician.org: of several memberships of one person, the time of each.
                ("legislative_period", Self::Event),
            ],
            Self::Post => &[("organization", Self::Organization), ("area", Self::Area)],
            Self::Area => &[("parent", Self::Area)],
            Self::Event => &[("organization", Self::Organization)],
        }
    }

    /// Fields that list other records, and how those are tied to this one.
    pub const fn lists(self) -> &'static [(&'static str, Self, &'static str)] {
        match self {
            Self::Person => &[("memberships", Self::Membership, "person")],
            Self::Organization => &[
                ("memberships", Self::Membership, "organization"),
                ("posts", Self::Post, "organization"),
                ("children", Self::Organization, "parent"),
            ],
            Self::Membership | Self::Event => &[],
            Self::Post => &[("memberships", Self::Membership, "post")],
            Self::Area => &[
                ("memberships", Self::Membership, "area"),
                ("posts", Self::Post, "area"),
                ("organizations", Self::Organization, "area"),
                ("children", Self::Area, "parent"),
            ],
        }
    }

    /// Fields that no record of another class has: what one that stands alone is known by.
    pub const fn telling(self) -> &'static [&'static str] {
        match self {
            Self::Person => &[
                "given_name",
                "family_name",
                "additional_name",
                "honorific_prefix",
                "honorific_suffix",
                "patronymic_name",
                "sort_name",
                "gender",
                "birth_date",
                "death_date",
                "biography",
                "national_identity",
            ],
            Self::Organization => &[
                "founding_date",
                "dissolution_date",
                "abstract",
                "posts",
                "other_names",
            ],
            Self::Membership => &[
                "person_id",
                "person",
                "member_id",
                "member",
                "post_id",
                "post",
                "on_behalf_of_id",
                "on_behalf_of",
            ],
            Self::Post => &["other_label"],
            Self::Area => &["geometry", "identifier"],
            Self::Event => &["attendees", "location"],
        }
    }
}

/// Collections that the graph has no place for.
pub const LOST_COLLECTIONS: [&str; 7] = [
    "motions",
    "vote_events",
    "votes",
    "counts",
    "group_results",
    "speeches",
    "contact_details",
];

const WHOLE_NAME: &str = "a name is kept as a whole";
const REACHED: &str = "the graph has no place for how somebody is reached";
const OWN_HISTORY: &str = "the graph keeps the history of its own records";
const NO_PLACE: &str = "the graph has no place for it";

/// Fields of any class that are not carried, and why.
pub const LOST: [(&str, &str); 30] = [
    ("family_name", WHOLE_NAME),
    ("given_name", WHOLE_NAME),
    ("additional_name", WHOLE_NAME),
    ("honorific_prefix", WHOLE_NAME),
    ("honorific_suffix", WHOLE_NAME),
    ("patronymic_name", WHOLE_NAME),
    ("sort_name", WHOLE_NAME),
    ("email", REACHED),
    ("contact_details", REACHED),
    ("gender", NO_PLACE),
    ("pronouns", NO_PLACE),
    ("national_identity", NO_PLACE),
    ("image", "the graph has no place for pictures but logos"),
    ("images", "the graph has no place for pictures but logos"),
    ("biography", "a summary is kept alone"),
    ("description", "a summary is kept alone"),
    (
        "links",
        "the graph has no place for addresses but an organisation's website and articles of Wikipedia",
    ),
    ("created_at", OWN_HISTORY),
    ("updated_at", OWN_HISTORY),
    ("geometry", "the graph has no place for shapes"),
    ("motions", "the graph has no place for motions and votes"),
    ("votes", "the graph has no place for motions and votes"),
    (
        "vote_events",
        "the graph has no place for motions and votes",
    ),
    ("speeches", "the graph has no place for speeches"),
    ("sources", "places and posts have no claims"),
    ("parent_id", "events stand beside each other"),
    ("children", "events stand beside each other"),
    ("identifier", "places have no ids of other collections"),
    (
        "identifiers",
        "only people, organisations and events have ids of other collections",
    ),
    (
        "other_names",
        "only people, organisations and events have other names",
    ),
];

/// Why a field is not carried.
pub fn why_lost(field: &str) -> &'static str {
    let found = LOST.iter().find(|(name, _)| *name == field);
    found.map_or(NO_PLACE, |(_, why)| *why)
}

/// The id of a record, under [`SCHEME`].
pub fn external_id(source: &str, class: Class, id: &str) -> String {
    format!("{source}:{}/{id}", class.collection())
}

/// The scheme of ids of Wikidata.
pub const WIKIDATA: &str = "wikidata";

/// The address of an id in a collection that everybody knows, whatever address it was given with; `None`: the
/// collection is not known here.
pub fn address(scheme: &str, value: &str) -> Option<String> {
    if scheme == WIKIDATA {
        return Some(format!("https://www.wikidata.org/wiki/{value}"));
    }
    wikipedia::address(scheme, value)
}
