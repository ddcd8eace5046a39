//! The bar and the label of an organisation, in whole pixels along the axis.

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
        let (left, right) = (x[0], x[5]);
        let outside = feet.iter().filter(|foot| !(left..=right).contains(foot));
        let least = outside
            .clone()
            .fold(left, |least, foot| least.min(foot - FOOT));
        let most = outside.fold(right, |most, foot| most.max(foot + FOOT));
        let label = label(
            member,
            [left, x[2], right - if arrow { ARROW } else { 0 }],
            (least, most),
            scale,
        );
        let end = label.x + text::width(&label.text);
        let near = feet.iter().fold((least, most), |(least, most), foot| {
            (least.min(foot - FOOT), most.max(foot + FOOT))
        });
        Self {
            x,
            arrow,
            room: (near.0.min(label.x), near.1.max(end)),
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
    let (after, before) = (taken.1 + SPACE, taken.0 - SPACE - width);
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
