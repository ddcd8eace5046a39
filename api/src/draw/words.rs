//! The drawing in words, for those who do not see it and for tooltips.

use chrono::Datelike;
use entity::date::HistoricalDate;

use super::{Family, Member, Span, Tie, kind::Kind, text};

/// So that a description stays something one can listen to.
const SENTENCES_MAX: usize = 40;
const ROOTS_MAX: usize = 3;
/// So that one long name does not drown the others; the bar's own title has it whole.
const NAME_MAX: usize = 120;

/// A date in words; its EDTF text where it cannot be read.
pub fn date(span: &Span) -> String {
    HistoricalDate::parse(&span.edtf).map_or_else(|_| span.edtf.clone(), |date| date.display("en"))
}

fn name(member: &Member) -> String {
    let name = text::clean(&member.name);
    if name.chars().count() <= NAME_MAX {
        return name;
    }
    let start: String = name.chars().take(NAME_MAX).collect();
    format!("{start}…")
}

/// Name, kind and life of an organisation.
pub fn member(member: &Member) -> String {
    let mut words = member.name.clone();
    if let Some(abbreviation) = &member.abbreviation {
        words += &format!(" ({abbreviation})");
    }
    let kind = member.kind.to_lowercase().replace('_', " ");
    words += &match kind.as_str() {
        "unknown" => ", kind unknown".to_owned(),
        "other" => ", of another kind".to_owned(),
        kind => format!(", {kind}"),
    };
    words += &match &member.founded {
        Some(founded) => format!(", founded {}", date(founded)),
        None => ", founding date unknown".to_owned(),
    };
    words += &match (&member.dissolved, member.status.as_str()) {
        (Some(dissolved), _) => format!(", ended {}", date(dissolved)),
        (None, "ACTIVE") => ", still active".to_owned(),
        (None, "DORMANT") => ", dormant".to_owned(),
        (None, "DISSOLVED") => ", ended at an unknown date".to_owned(),
        (None, _) => ", end unknown".to_owned(),
    };
    words
}

/// Who came from whom, and when.
pub fn tie(family: &Family, tie: Tie<'_>) -> String {
    let sentence = Kind::of(&tie.link.kind)
        .sentence(&name(&family.nodes[tie.from]), &name(&family.nodes[tie.to]));
    match &tie.link.date {
        Some(span) => format!("{sentence} ({})", date(span)),
        None => format!("{sentence} (date unknown)"),
    }
}

/// What the picture is of.
pub fn title(family: &Family) -> String {
    let roots: Vec<&Member> = family.nodes.iter().filter(|node| node.depth == 0).collect();
    let mut names: Vec<String> = roots
        .iter()
        .take(ROOTS_MAX)
        .map(|root| name(root))
        .collect();
    if roots.len() > ROOTS_MAX {
        names.push(format!("{} more", roots.len() - ROOTS_MAX));
    }
    let (last, first) = match names.as_slice() {
        [] => return "Lineage of organisations".to_owned(),
        [only] => return format!("Lineage of {only}"),
        [first @ .., last] => (last, first),
    };
    format!("Lineage of {} and {last}", first.join(", "))
}

/// The whole picture in sentences, the first so many of them.
pub fn description(family: &Family, ties: &[Tie<'_>]) -> String {
    let count =
        |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let mut words = format!(
        "Family tree on a time axis: {}, {}.",
        count(family.nodes.len(), "organisation"),
        count(ties.len(), "link")
    );
    for shown in ties.iter().take(SENTENCES_MAX) {
        words += &format!(" {}.", tie(family, *shown));
    }
    if ties.len() > SENTENCES_MAX {
        words += &format!(" And {} more.", ties.len() - SENTENCES_MAX);
    }
    words
}

/// An organisation in a box: its name and its years.
pub fn short(member: &Member) -> String {
    let year = |span: &Option<Span>| {
        let span = span.as_ref()?;
        let day = span.earliest.or(span.latest)?;
        Some(day.year().to_string())
    };
    let (start, end) = (year(&member.founded), year(&member.dissolved));
    let end = end.or((member.status == "ACTIVE").then(String::new));
    let years = match (start, end) {
        (None, None) => String::new(),
        (start, end) => format!(
            ", {}–{}",
            start.as_deref().unwrap_or("?"),
            end.as_deref().unwrap_or("?")
        ),
    };
    format!("{}{years}", member.name)
}

/// A link on an arrow: its kind and its date.
pub fn step(kind: &Kind, span: Option<&Span>) -> String {
    match span {
        Some(span) => format!("{}, {}", kind.label, date(span)),
        None => kind.label.to_owned(),
    }
}
