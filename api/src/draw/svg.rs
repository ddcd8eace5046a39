//! The drawing as SVG: one file that needs nothing else, runs nothing, and can be read aloud.

use super::{
    Family,
    bar::{ARROW, Bar},
    kind::{Kind, Leaves},
    legend, mark,
    scene::{HALF, Scene, Wire},
    text::xml,
    words,
};

/// The colours on one ground: text has at least 4.5:1 on what it stands on, bars and lines 3:1.
struct Palette {
    ground: &'static str,
    text: &'static str,
    year: &'static str,
    grid: &'static str,
    bar: &'static str,
    dash: &'static str,
    line: &'static str,
}

const LIGHT: Palette = Palette {
    ground: "#ffffff",
    text: "#10171f",
    year: "#56606c",
    grid: "#e1e6eb",
    bar: "#7395bf",
    dash: "#4c6f9c",
    line: "#36404c",
};

const DARK: Palette = Palette {
    ground: "#12171e",
    text: "#f2f5f8",
    year: "#a3adb9",
    grid: "#27303a",
    bar: "#4d6f9b",
    dash: "#86a6cf",
    line: "#c3ccd6",
};

const SHAPES: &str = ".lineage text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;direction:ltr}\
.lineage .beside{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}\
.lineage .year{font-size:11px;text-anchor:middle}\
.lineage .dash{stroke-width:1.5px;stroke-dasharray:4 3}\
.lineage .root{stroke-width:2px}\
.lineage .tie{fill:none;stroke-width:1.5px}\
.lineage .undated .wire{stroke-dasharray:1.5 3}\
.lineage .tee{stroke-width:3px}\
.lineage .line{fill:none;stroke-width:2px}\
.lineage .open{stroke-width:1.5px}";

/// The family as an SVG document of that width, which is brought within [`WIDTHS`](super::WIDTHS); none: as wide as is
/// easy to read.
pub fn svg(family: &Family, width: Option<u32>) -> String {
    let scene = Scene::new(family, width);
    let bottom = scene.bottom();
    let (legend, height) = legend::legend(&scene, bottom + 34);
    let width = scene.scale.width;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lineage\" role=\"img\" \
         aria-labelledby=\"lineage-title lineage-desc\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n"
    );
    let ties: Vec<_> = scene.wires.iter().map(|wire| wire.tie).collect();
    out += &format!(
        "<title id=\"lineage-title\">{}</title>\n<desc id=\"lineage-desc\">{}</desc>\n",
        xml(&words::title(family)),
        xml(&words::description(family, &ties))
    );
    out += &format!("<style>{}</style>\n", style());
    out += "<defs><linearGradient id=\"lineage-in\"><stop class=\"stop\" offset=\"0\" stop-opacity=\"0\"/>\
            <stop class=\"stop\" offset=\"1\"/></linearGradient>\
            <linearGradient id=\"lineage-out\"><stop class=\"stop\" offset=\"0\"/>\
            <stop class=\"stop\" offset=\"1\" stop-opacity=\"0\"/></linearGradient></defs>\n";
    out += &format!("<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n");
    out += &ruler(&scene, bottom);
    for wire in &scene.wires {
        out += &connector(&scene, wire);
    }
    for (node, bar) in scene.bars.iter().enumerate() {
        out += &organisation(&scene, node, bar);
    }
    out += &legend;
    out += "</svg>\n";
    out
}

/// The text of the `style` element, the same in every drawing: a policy for styles can name its hash.
pub fn style() -> String {
    format!(
        "{SHAPES}{}@media (prefers-color-scheme:dark){{{}}}",
        LIGHT.rules(),
        DARK.rules()
    )
}

impl Palette {
    fn rules(&self) -> String {
        let Self {
            ground,
            text,
            year,
            grid,
            bar,
            dash,
            line,
        } = self;
        format!(
            ".lineage .ground{{fill:{ground}}}\
             .lineage text{{fill:{text}}}\
             .lineage .beside{{stroke:{ground}}}\
             .lineage .year{{fill:{year}}}\
             .lineage .grid{{stroke:{grid}}}\
             .lineage .solid{{fill:{bar}}}\
             .lineage .stop{{stop-color:{bar}}}\
             .lineage .dash{{fill:{ground};stroke:{dash}}}\
             .lineage .tie,.lineage .line,.lineage .root{{stroke:{line}}}\
             .lineage .full{{fill:{line}}}\
             .lineage .open{{fill:{ground};stroke:{line}}}"
        )
    }
}

fn ruler(scene: &Scene<'_>, bottom: i64) -> String {
    let mut out = "<g class=\"ruler\">".to_owned();
    for (year, x) in scene.scale.ticks() {
        let end = bottom + 6;
        let below = bottom + 20;
        out += &format!(
            "<path class=\"grid\" d=\"M{x} 30V{end}\"/><text class=\"year\" x=\"{x}\" y=\"24\">{year}</text>"
        );
        out += &format!("<text class=\"year\" x=\"{x}\" y=\"{below}\">{year}</text>");
    }
    if scene.bars.is_empty() {
        out += "<text x=\"16\" y=\"24\">No organisations</text>";
    }
    out + "</g>\n"
}

fn connector(scene: &Scene<'_>, wire: &Wire<'_>) -> String {
    let kind = Kind::of(&wire.tie.link.kind);
    let x = wire.x;
    let (from, to) = (scene.y(wire.tie.from), scene.y(wire.tie.to));
    let class = if wire.dated { "link" } else { "link undated" };
    let title = xml(&words::tie(scene.family, wire.tie));
    let mut out = format!("<g class=\"{class}\"><title>{title}</title>");
    if from == to {
        // To itself: a loop above the bar.
        let (left, right, edge) = (x - 6, x + 6, from - HALF);
        out += &format!("<path class=\"tie wire\" d=\"M{left} {edge}v-9H{right}v9\"/>");
        out += &kind.shape.path(right, edge - mark::HALF, 1);
        return out + "</g>\n";
    }
    let down = (to - from).signum();
    let (start, before) = foot(&scene.bars[wire.tie.from], x, from, down);
    let (end, after) = foot(&scene.bars[wire.tie.to], x, to, -down);
    out += &format!("<path class=\"tie wire\" d=\"{before}M{x} {start}V{end}{after}\"/>");
    if before.is_empty() {
        out += &leaving(kind.leaves, x, from + down * (HALF + 1));
    }
    out += &kind
        .shape
        .path(x, to - down * (HALF + mark::HALF + 1), down);
    out + "</g>\n"
}

/// Where a connector ends at a bar, and the line to the bar where it stands beside it.
fn foot(bar: &Bar, x: i64, y: i64, away: i64) -> (i64, String) {
    if (bar.left()..=bar.right()).contains(&x) {
        return (y + away * HALF, String::new());
    }
    let end = x.clamp(bar.left(), bar.right());
    (y, format!("M{end} {y}H{x}"))
}

/// A tee on a bar that goes on, a joint on one that ends.
pub fn leaving(leaves: Leaves, x: i64, y: i64) -> String {
    match leaves {
        Leaves::Bar => format!("<path class=\"tie tee\" d=\"M{} {y}H{}\"/>", x - 5, x + 5),
        Leaves::End => format!("<circle class=\"full\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"),
    }
}

fn organisation(scene: &Scene<'_>, node: usize, bar: &Bar) -> String {
    let member = &scene.family.nodes[node];
    let y = scene.y(node);
    let title = xml(&words::member(member));
    let root = member.depth == 0;
    let mut out = format!("<g class=\"bar\"><title>{title}</title>");
    out += &shape(bar, y, root);
    let Bar { label, .. } = bar;
    let class = if label.beside {
        " class=\"beside\""
    } else {
        ""
    };
    let (x, base) = (label.x, y + 4);
    out += &format!(
        "<text{class} x=\"{x}\" y=\"{base}\">{}</text>",
        xml(&label.text)
    );
    out + "</g>\n"
}

/// The parts of a bar.
pub fn shape(bar: &Bar, y: i64, root: bool) -> String {
    let [lead, start, full, fading, end, tail] = bar.x;
    let (top, height) = (y - HALF, 2 * HALF);
    let mut out = String::new();
    let mut part = |class: &str, from: i64, to: i64, fill: &str| {
        if from < to {
            let width = to - from;
            out += &format!(
                "<rect{class} x=\"{from}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{fill}/>"
            );
        }
    };
    let solid = if root {
        " class=\"solid root\""
    } else {
        " class=\"solid\""
    };
    part(" class=\"dash\"", lead, start, "");
    // Connectors behind the bar do not show through where it fades.
    part(" class=\"ground\"", start, full, "");
    part("", start, full, " fill=\"url(#lineage-in)\"");
    let arrow = if bar.arrow { ARROW } else { 0 };
    part(solid, full, fading - arrow, "");
    part(" class=\"ground\"", fading, end, "");
    part("", fading, end, " fill=\"url(#lineage-out)\"");
    part(" class=\"dash\"", end, tail, "");
    if bar.arrow {
        let (from, bottom) = (end - ARROW, y + HALF);
        out += &format!("<path class=\"solid\" d=\"M{from} {top}L{end} {y}L{from} {bottom}Z\"/>");
    }
    out
}
