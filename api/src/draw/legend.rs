//! What the shapes mean: an entry for each that is used.

use super::{kind::Kind, mark, scale::MARGIN, scene::Scene, svg::leaving, text};

/// The height of a row, and the room of a sample.
const ROW: i64 = 26;
const SAMPLE: i64 = 34;
const APART: i64 = 18;

/// The legend with its top at `y`, and where the picture ends.
pub fn legend(scene: &Scene<'_>, y: i64) -> (String, i64) {
    let kinds = Kind::among(&scene.wires.iter().map(|wire| wire.tie.link.kind.as_str()));
    let mut entries: Vec<(&str, Sample)> = kinds
        .into_iter()
        .map(|kind| (kind.label, Sample::Link(kind)))
        .collect();
    let has = |part: fn(&[i64; 6]) -> bool| scene.bars.iter().any(|bar| part(&bar.x));
    if scene.wires.iter().any(|wire| !wire.dated) {
        entries.push(("link without a date", Sample::Undated));
    }
    if has(|x| x[1] < x[2] || x[3] < x[4]) {
        entries.push(("date known roughly", Sample::Faded));
    }
    if has(|x| x[0] < x[1] || x[4] < x[5]) {
        entries.push(("date unknown", Sample::Dashed));
    }
    if scene.bars.iter().any(|bar| bar.arrow) {
        entries.push(("still active", Sample::Arrow));
    }
    if entries.is_empty() {
        return (String::new(), y);
    }
    let mut out = "<g class=\"legend\">".to_owned();
    let (mut left, mut middle) = (MARGIN, y + ROW / 2);
    for (label, sample) in entries {
        let width = SAMPLE + text::width(label);
        if left > MARGIN && left + width > scene.scale.right() {
            left = MARGIN;
            middle += ROW;
        }
        out += &sample.draw(left, middle);
        let (x, base) = (left + SAMPLE, middle + 4);
        out += &format!("<text x=\"{x}\" y=\"{base}\">{label}</text>");
        left += width + APART;
    }
    (out + "</g>\n", middle + ROW)
}

enum Sample {
    Link(&'static Kind),
    Undated,
    Faded,
    Dashed,
    Arrow,
}

impl Sample {
    fn draw(&self, x: i64, y: i64) -> String {
        let (centre, top, end) = (x + 13, y - 8, x + 28);
        match self {
            Self::Link(kind) => {
                let (above, below) = (y - 10, y + 10);
                let line = format!("<path class=\"tie\" d=\"M{centre} {above}V{below}\"/>");
                line + &leaving(kind.leaves, centre, above + 1)
                    + &kind.shape.path(centre, below - mark::HALF, 1)
            }
            Self::Undated => {
                format!("<g class=\"undated\"><path class=\"tie wire\" d=\"M{x} {y}H{end}\"/></g>")
            }
            Self::Faded => format!(
                "<rect x=\"{x}\" y=\"{top}\" width=\"28\" height=\"16\" fill=\"url(#lineage-in)\"/>"
            ),
            Self::Dashed => {
                format!("<rect class=\"dash\" x=\"{x}\" y=\"{top}\" width=\"28\" height=\"16\"/>")
            }
            Self::Arrow => format!("<path class=\"solid\" d=\"M{x} {top}h19l9 8l-9 8H{x}Z\"/>"),
        }
    }
}
