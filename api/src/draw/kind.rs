//! What the kinds of links look like and how they are said.

use super::mark::Shape;

/// Where a link leaves the older side.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// Its living bar.
    Bar,
    /// Its end.
    End,
}

pub struct Kind {
    /// As the schema writes it.
    name: &'static str,
    /// For legends and labels.
    pub label: &'static str,
    pub leaves: Leaves,
    pub shape: Shape,
    /// What stands between the two names, and which of them comes first.
    words: &'static str,
    newer_first: bool,
}

#[rustfmt::skip]
const KINDS: [Kind; 10] = [
    kind("SPLIT_FROM", "split from", Leaves::Bar, Shape::Triangle, " split from ", true),
    kind("FORMED_BY_DEFECTORS_FROM", "formed by defectors from", Leaves::Bar, Shape::OpenTriangle, " was formed by defectors from ", true),
    kind("LED_TO", "led to", Leaves::Bar, Shape::Chevron, " led to ", false),
    kind("DIVIDED_INTO", "divided into", Leaves::End, Shape::Square, " divided into ", false),
    kind("MERGED_INTO", "merged into", Leaves::End, Shape::Disc, " merged into ", false),
    kind("ABSORBED_BY", "absorbed by", Leaves::End, Shape::Ring, " was absorbed by ", false),
    kind("DISSOLVED_INTO", "dissolved into", Leaves::End, Shape::Cross, " dissolved into ", false),
    kind("SUCCEEDED_BY", "succeeded by", Leaves::End, Shape::Diamond, " was succeeded by ", false),
    kind("REFOUNDED_AS", "refounded as", Leaves::End, Shape::OpenDiamond, " was refounded as ", false),
    kind("UNSPECIFIED", "linked, no source says how", Leaves::Bar, Shape::OpenSquare, " came out of ", true),
];

const fn kind(
    name: &'static str,
    label: &'static str,
    leaves: Leaves,
    shape: Shape,
    words: &'static str,
    newer_first: bool,
) -> Kind {
    Kind {
        name,
        label,
        leaves,
        shape,
        words,
        newer_first,
    }
}

impl Kind {
    /// The kind of that name; the unspecified one for a name that is none.
    pub fn of(name: &str) -> &'static Self {
        let [.., unspecified] = &KINDS;
        let found = KINDS.iter().find(|kind| kind.name == name);
        found.unwrap_or(unspecified)
    }

    /// All that are in `names`, in a fixed order.
    pub fn among<'a>(names: &(impl Iterator<Item = &'a str> + Clone)) -> Vec<&'static Self> {
        let used =
            |kind: &&'static Self| names.clone().any(|name| Self::of(name).name == kind.name);
        KINDS.iter().filter(used).collect()
    }

    /// What stands between the two names, and whether the newer one comes first.
    pub const fn words(&self) -> (&'static str, bool) {
        (self.words, self.newer_first)
    }

    /// A sentence without its full stop.
    pub fn sentence(&self, older: &str, newer: &str) -> String {
        let words = self.words;
        if self.newer_first {
            format!("{newer}{words}{older}")
        } else {
            format!("{older}{words}{newer}")
        }
    }
}
