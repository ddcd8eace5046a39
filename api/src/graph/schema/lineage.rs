//! The types of the questions that follow lineage links to any depth.

use super::{Definitions, Member, connection_types, forward, member, time};

fn kinds() -> Member {
    member(
        "kinds",
        "[LineageKind!]",
        "Only along links of these kinds. Null: of every kind.",
    )
}

fn depth(null: &str) -> Member {
    let description = format!("How many steps at most, 1 to 1000. Null: {null}.");
    member("maxDepth", "Int", &description)
}

/// The arguments of `ancestors` and `descendants`.
pub(super) fn kin_arguments() -> Vec<Member> {
    let mut arguments = vec![kinds(), depth("1000")];
    arguments.extend(time::of_links());
    arguments.extend(forward());
    arguments
}

/// The arguments of `lineage`, but for what it starts from.
pub(super) fn tree_arguments() -> Vec<Member> {
    let mut arguments = vec![
        member("direction", "LineageDirection! = BOTH", "Which way."),
        kinds(),
        depth("as many as there are, up to `limit`"),
        member(
            "limit",
            "Int! = 500",
            "How many organisations at most, 1 to 2000, those it starts from among them; the nearest are kept, and `truncated` tells when there are more.",
        ),
    ];
    arguments.extend(time::of_links());
    arguments
}

/// The arguments of `commonAncestors`.
pub(super) fn meeting_arguments() -> Vec<Member> {
    let mut arguments = vec![
        member("of", "[ID!]!", "The organisations, 2 to 100."),
        kinds(),
    ];
    arguments.extend(time::of_links());
    arguments
}

pub(super) fn path_arguments() -> Vec<Member> {
    let mut arguments = vec![
        member("from", "ID!", "The entity the paths start at."),
        member("to", "ID!", "The entity the paths end at."),
        member(
            "via",
            "PathScope! = LINEAGE",
            "Along lineage links alone, or along any relation.",
        ),
        member("maxLength", "Int! = 12", "How many steps at most, 1 to 50."),
        member("limit", "Int! = 5", "How many paths at most, 1 to 50."),
    ];
    arguments.extend(time::of_relations());
    arguments
}

pub(super) fn types(definitions: &mut Definitions) {
    definitions.enumeration(
        "LineageDirection",
        "Which way lineage links are followed.",
        &[
            ("ANCESTORS", "Back: from successor to predecessor."),
            ("DESCENDANTS", "On: from predecessor to successor."),
            ("BOTH", "Back from where it starts, and on from there; not back and then on, to what only shares an ancestor."),
        ],
    );
    definitions.enumeration(
        "PathScope",
        "Along what a path may go, either way.",
        &[
            ("LINEAGE", "Lineage links between organisations."),
            ("ANY", "Lineage links, memberships, affiliations, participations in campaigns and events, authorships, publishing, newspapers, campaigns within campaigns, and the order of events."),
        ],
    );
    connection_types(
        definitions,
        "Kin",
        "Organisation",
        vec![
            member(
                "depth",
                "Int!",
                "How many steps away it is, by a shortest way; from 1.",
            ),
            member(
                "link",
                "LineageLink!",
                "The last step of a shortest way: of several, the first by date, undated ones last.",
            ),
        ],
    );
    definitions.members(
        "type Lineage",
        "A family tree: organisations, each once, and all links among them.",
        &[
            member("nodes", "[LineageNode!]!", "The organisations by depth, those it starts from among them."),
            member("links", "[LineageLink!]!", "Every link between two of the nodes, of the kinds asked for, by date; undated ones last."),
            member("truncated", "Boolean!", "Whether organisations are left out because there are more than `limit`."),
            member("cyclic", "Boolean!", "Whether the links go round in a circle somewhere, so that an organisation here came from one of its own successors."),
            member(
                "svg",
                "String!",
                "The tree drawn on a time axis, as a picture in SVG that stands alone: light and dark, without script.",
            )
            .with(vec![member(
                "width",
                "Int",
                "Width in pixels, 320 to 10000. Null: as wide as it needs to be.",
            )]),
            member("mermaid", "String!", "The tree as a Mermaid flowchart."),
            member("dot", "String!", "The tree in Graphviz's DOT language."),
        ],
    );
    definitions.members(
        "type LineageNode",
        "An organisation's place in a family tree.",
        &[
            member("organisation", "Organisation!", "Who has this place."),
            member("depth", "Int!", "Steps from where the tree starts, by the shortest way: 0 there, negative for ancestors, positive for descendants. What is both is placed by the shorter way, as an ancestor if they are equal."),
        ],
    );
    definitions.members(
        "type CommonAncestor",
        "An organisation that several others came from.",
        &[
            member("organisation", "Organisation!", "The ancestor."),
            member("depths", "[Int!]!", "How many steps back it is from each organisation asked about, in the order asked; 0: it is that organisation itself."),
        ],
    );
    definitions.members(
        "type Path",
        "A chain of relations from one entity to another.",
        &[
            member(
                "length",
                "Int!",
                "How many steps it has; 0: both ends are the same entity.",
            ),
            member(
                "steps",
                "[PathStep!]!",
                "The steps in order, each starting where the one before it ended.",
            ),
        ],
    );
    definitions.members(
        "type PathStep",
        "One step of a path.",
        &[
            member("from", "Entity!", "Where the step starts."),
            member("to", "Entity!", "Where it leads."),
            member("via", "String!", "What relates the two: a value of `LineageKind`, or AFFILIATION, MEMBERSHIP, PARTICIPATION, AUTHORSHIP, PUBLISHING, NEWSPAPER, PARENT, ORGANISATION (that a campaign is a part of, or is as a body), BEFORE (an event before another)."),
            member("forward", "Boolean!", "Whether the step goes the way the relation reads: from predecessor to successor, from member to body, from author or publisher to publication, from who took part to what in, from campaign to what it belongs to, from the earlier event to the later."),
            member("date", "HistoricalDate", "When the relation came about; null: no source says."),
            member("claims", "[Claim!]!", "What sources say of the relation, the best-ranked claim first."),
        ],
    );
}
