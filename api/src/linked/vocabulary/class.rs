//! The classes of our own.

pub(super) struct Class {
    pub name: &'static str,
    pub comment: &'static str,
    /// The classes that it is a part of, by their short names.
    pub within: &'static [&'static str],
}

const fn class(
    name: &'static str,
    comment: &'static str,
    within: &'static [&'static str],
) -> Class {
    Class {
        name,
        comment,
        within,
    }
}

/// What reifies a triple asserts nothing by that. So a membership is no `org:Membership` by its class alone: it may be
/// denied.
#[rustfmt::skip]
pub(super) const CLASSES: &[Class] = &[
    class("Campaign", "A common effort towards an aim, carried by people and bodies.", &["schema:Project"]),
    class("Publication", "Something published: a paper, a book, a pamphlet, a site. A source is none by being cited.", &["schema:CreativeWork"]),
    class("Claim", "What one source says on one property of one thing: a triple that is reified, not asserted. Claims that contradict each other stand side by side.", &["rdf:Statement", "prov:Entity"]),
    class("Denial", "What a source says is not so. The triple that it reifies must not be taken as said.", &["rdf:Statement"]),
    class("Relation", "What is said of the relation of two things, with its dates and its doubts. The triple that it reifies stands in the data too only if a source states it or if it is derived, not if it is disputed or denied.", &["rdf:Statement"]),
    class("Name", "A name that something has or had.", &["rdf:Statement"]),
    class("Membership", "What a person was in an organisation, and when.", &["ns:Relation"]),
    class("Participation", "Somebody's part in a campaign or an event: an entity, or unnamed people in words.", &["ns:Relation"]),
    class("Affiliation", "How an organisation belongs to another body or stands beside it, and when.", &["ns:Relation"]),
    class("Authorship", "A person's part in the making of a publication.", &["ns:Relation"]),
    class("Publishing", "That an organisation published a publication.", &["ns:Relation"]),
    class("Classification", "That something is put under a topic or an ideology.", &["ns:Relation"]),
    class("PlacePeriod", "Where an organisation was active, and when.", &["ns:Relation"]),
    class("Statement", "Something that was said, wanted, or said of something, in words.", &["ns:Relation"]),
    class("EventOrder", "The order of two events that is known without their dates.", &["ns:Relation"]),
    class("LineageLink", "One step of descent between two organisations, as it follows from an event and the roles in it.", &["ns:Relation"]),
];
