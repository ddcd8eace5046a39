//! The shapes that tell the kinds of links apart.

/// The shape at the newer side of a link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Triangle,
    OpenTriangle,
    Chevron,
    Square,
    OpenSquare,
    Disc,
    Ring,
    Cross,
    Diamond,
    OpenDiamond,
}

/// Half the height of a mark.
pub const HALF: i64 = 4;

impl Shape {
    /// The shape around a point; `down` is 1 where it points down the page and -1 where it points up.
    pub fn path(self, x: i64, y: i64, down: i64) -> String {
        let (left, right) = (x - HALF, x + HALF);
        let (back, tip) = (y - HALF * down, y + HALF * down);
        let (class, path) = match self {
            Self::Triangle => ("full", format!("M{left} {back}H{right}L{x} {tip}Z")),
            Self::OpenTriangle => ("open", format!("M{left} {back}H{right}L{x} {tip}Z")),
            Self::Chevron => ("line", format!("M{left} {back}L{x} {tip}L{right} {back}")),
            Self::Square => ("full", format!("M{left} {back}H{right}V{tip}H{left}Z")),
            Self::OpenSquare => ("open", format!("M{left} {back}H{right}V{tip}H{left}Z")),
            Self::Disc => ("full", circle(x, y)),
            Self::Ring => ("open", circle(x, y)),
            Self::Cross => (
                "line",
                format!("M{left} {back}L{right} {tip}M{left} {tip}L{right} {back}"),
            ),
            Self::Diamond => (
                "full",
                format!("M{x} {back}L{right} {y}L{x} {tip}L{left} {y}Z"),
            ),
            Self::OpenDiamond => (
                "open",
                format!("M{x} {back}L{right} {y}L{x} {tip}L{left} {y}Z"),
            ),
        };
        format!("<path class=\"{class}\" d=\"{path}\"/>")
    }
}

fn circle(x: i64, y: i64) -> String {
    let left = x - HALF;
    let across = 2 * HALF;
    format!("M{left} {y}a{HALF} {HALF} 0 1 0 {across} 0a{HALF} {HALF} 0 1 0 -{across} 0Z")
}
