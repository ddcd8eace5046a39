//! `timeline-csv`: tables that Timeline.js draws party histories from. A row is an entry, drawn as a line from its start
//! to its end; columns tie it to other entries by their ids.

use entity::kind::{EventKind, LineageKind};

pub const ID: &str = "id";
pub const NAME: &str = "name";
/// The same as [`NAME`] in some files; another name where a table has both.
pub const LABEL: &str = "label";
pub const START: &str = "start";
pub const END: &str = "end";
/// Whether the end is an estimate; or the estimate, where there is no end.
pub const END_ESTIMATE: &str = "endEstimate";
/// Entries that this one has something to do with, in no way of descent.
pub const LINKS: &str = "links";
/// Whether the entry was not there all the time.
pub const IRREGULAR: &str = "irregular";
pub const COLOUR: &str = "colour";
pub const COLOR: &str = "color";
/// What the drawing keeps together.
pub const GROUP: &str = "group";
/// The row of the drawing.
pub const ROW: &str = "row";
/// Title or address of an article.
pub const WIKIPEDIA: &str = "wikipedia";

/// Columns that a table may lack.
pub const OPTIONAL: [&str; 16] = [
    NAME,
    LABEL,
    START,
    END,
    END_ESTIMATE,
    BECOME.column,
    SPLIT.column,
    MERGE.column,
    FORK.column,
    LINKS,
    IRREGULAR,
    COLOUR,
    COLOR,
    GROUP,
    ROW,
    WIKIPEDIA,
];

/// The columns of a table that holds all that there is to say.
pub const TABLE: [&str; 14] = [
    ID,
    NAME,
    START,
    END,
    END_ESTIMATE,
    BECOME.column,
    SPLIT.column,
    MERGE.column,
    FORK.column,
    LINKS,
    IRREGULAR,
    COLOUR,
    GROUP,
    WIKIPEDIA,
];

/// What says yes; the first is the one to write, as in the lists below.
pub const YES: [&str; 6] = ["true", "yes", "y", "t", "1", "x"];
pub const NO: [&str; 5] = ["false", "no", "n", "f", "0"];
/// What stands for an end where there is none.
pub const ONGOING: [&str; 6] = ["present", "now", "today", "ongoing", "current", "active"];

/// The scheme of entries' ids. An id is an entry's own only within one file, so that its source stands before it.
pub const SCHEME: &str = "timeline";
/// The scheme of what ties say: the id of the entry, and the column.
pub const EVENT_SCHEME: &str = "timeline-event";

/// A column that says which entries an entry came out of, or which came out of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Tie {
    pub column: &'static str,
    pub event: EventKind,
    /// The entry's role in the event.
    pub own: &'static str,
    /// The role of those that the column names.
    pub theirs: &'static str,
    /// Links that the column can hold.
    pub links: &'static [LineageKind],
}

/// It became that one.
pub const BECOME: Tie = Tie {
    column: "become",
    event: EventKind::Succession,
    own: "ceased",
    theirs: "resulting",
    links: &[LineageKind::SucceededBy, LineageKind::RefoundedAs],
};
/// It split from that one, at its start.
pub const SPLIT: Tie = Tie {
    column: "split",
    event: EventKind::Split,
    own: "resulting",
    theirs: "origin",
    links: &[LineageKind::SplitFrom, LineageKind::FormedByDefectorsFrom],
};
/// It merged at its end, into one that came into being by it ...
pub const MERGE: Tie = Tie {
    column: "merge",
    event: EventKind::Merger,
    own: "ceased",
    theirs: "resulting",
    links: &[
        LineageKind::MergedInto,
        LineageKind::AbsorbedBy,
        LineageKind::DissolvedInto,
    ],
};
/// ... or into one that was there before.
pub const ABSORB: Tie = Tie {
    column: MERGE.column,
    event: EventKind::Absorption,
    own: "absorbed",
    theirs: "continuing",
    links: MERGE.links,
};
/// It divided into those, at its end.
pub const FORK: Tie = Tie {
    column: "fork",
    event: EventKind::Division,
    own: "ceased",
    theirs: "resulting",
    links: &[LineageKind::DividedInto],
};

/// Each column once.
pub const TIES: [&Tie; 4] = [&BECOME, &SPLIT, &MERGE, &FORK];
