//! The bar and the label of an organisation, in whole pixels along the axis.
//!
//! `x` of a day is what [`Scale`] says. The bar runs from the first day of the start to the last day of the end, or
//! to the right edge where it is still active. A start that is not known has `STUB` pixels of dashes before it, an end
//! that is not known as many after it, and a dormant organisation dashes to the right edge. What would be shorter
//! than `SHORTEST` is made as long.
//!
//! The label is the name; where the name is wider than `LABEL_MAX`, or than the picture, and does not fit into the
//! bar, it is the abbreviation; what is still too wide is cut. It begins `SPACE` after the full part of the bar
//! begins, else `SPACE` after the bar begins, if it ends `SPACE` before the bar does (arrowhead not counted); else it
//! stands after the bar, `SPACE` from it and `CLEAR` from the feet of connectors; else before it in the same way; else
//! across it, moved into the picture.
//!
//! The room is what the bar, the label, and `FOOT` pixels on both sides of each connector take together.

use super::{
    Member,
    life::{Ending, Life},
    scale::{MARGIN, Scale},
    text,
};

/// How far a dashed end reaches where nothing is known.
const STUB: i64 = 28;
/// The length of an arrowhead.
pub const ARROW: i64 = 9;
/// A bar is no shorter.
const SHORTEST: i64 = 6;
/// Between a bar and the label in it or beside it.
const SPACE: i64 = 6;
/// Half the room that a connector takes.
pub const FOOT: i64 = 10;
/// Between a connector's room and a label.
const CLEAR: i64 = 3;
const LABEL_MAX: i64 = 320;

/// From left to right: dashes, fading in, full, fading out, dashes. Parts that are not there have no length.
pub struct Bar {
    pub x: [i64; 6],
    pub arrow: bool,
    pub label: Label,
    /// All that may hold no other bar: the bar, its label and the feet of its connectors.
    pub room: (i64, i64),
}

pub struct Label {
    pub text: String,
    pub x: i64,
    /// Whether it stands on the ground instead of on the bar.
    pub beside: bool,
}

impl Bar {
    /// `feet`: where connectors meet it.
    pub fn new(member: &Member, life: Life, feet: &[i64], scale: &Scale) -> Self {
        let (x, arrow) = parts(life, scale);
        let taken = feet.iter().fold((x[0], x[5]), |(from, to), foot| {
            (from.min(foot - FOOT), to.max(foot + FOOT))
        });
        let right = x[5] - if arrow { ARROW } else { 0 };
        let label = label(member, [x[0], x[2], right], taken, scale);
        let end = label.x + text::width(&label.text);
        Self {
            room: (taken.0.min(label.x), taken.1.max(end)),
            x,
            arrow,
            label,
        }
    }

    pub fn left(&self) -> i64 {
        self.x[0]
    }

    pub fn right(&self) -> i64 {
        self.x[5]
    }
}

fn parts(life: Life, scale: &Scale) -> ([i64; 6], bool) {
    let a = scale.x(life.start.first);
    let mut b = scale.x(life.start.last).max(a);
    let arrow = life.ending == Ending::Active;
    let (mut c, mut d) = if arrow {
        (scale.right(), scale.right())
    } else {
        (scale.x(life.end.first), scale.x(life.end.last))
    };
    d = d.max(b).max(c);
    if c < b {
        // The start may have been after the end may have been: full at most in the middle.
        let middle = i64::midpoint(b, c.max(a));
        (b, c) = (middle, middle);
    }
    let tail = match life.ending {
        Ending::Dated | Ending::Active => d,
        Ending::Dormant => scale.right(),
        Ending::Unknown => d + STUB,
    };
    if d - a < SHORTEST && tail == d && life.start_known {
        (b, c, d) = (a, a + SHORTEST, a + SHORTEST);
        return ([a, a, b, c, d, d], arrow);
    }
    let lead = if life.start_known { a } else { a - STUB };
    if a == d && life.start_known {
        // The day that is known shows as a sharp end.
        let full = a + SHORTEST;
        return ([a, a, a, full, full, tail], arrow);
    }
    if a == d {
        // Dashes all through: one piece.
        return ([lead, lead, lead, lead, lead, tail], arrow);
    }
    ([lead, a, b, c, d, tail.max(d)], arrow)
}

/// In the bar where it fits, best where the bar is full, else after it, else before it, else across it.
fn label(
    member: &Member,
    [left, full, right]: [i64; 3],
    taken: (i64, i64),
    scale: &Scale,
) -> Label {
    let limit = LABEL_MAX.min(scale.right() - MARGIN);
    let name = text::clean(&member.name);
    let short = member.abbreviation.as_deref().map(text::clean);
    let fits = |text: &str, from: i64| from + text::width(text) + 2 * SPACE <= right;
    let text = match short {
        _ if fits(&name, left) => name,
        Some(short) if !short.is_empty() && text::width(&name) > limit => text::cut(&short, limit),
        _ => text::cut(&name, limit),
    };
    let width = text::width(&text);
    let after = (right + SPACE).max(taken.1 + CLEAR);
    let before = (left - SPACE).min(taken.0 - CLEAR) - width;
    let (x, beside) = if fits(&text, full) {
        (full + SPACE, false)
    } else if fits(&text, left) {
        (left + SPACE, false)
    } else if after + width <= scale.right() {
        (after, true)
    } else if before >= MARGIN {
        (before, true)
    } else {
        ((left + SPACE).min(scale.right() - width).max(MARGIN), true)
    };
    Label { text, x, beside }
}
