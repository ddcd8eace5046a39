//! Political positions by the words that encyclopaedias have for them.

use entity::kind::PoliticalPosition;

/// The position that a word means; none: it means no single one of them.
pub(super) fn of(words: &str) -> Option<PoliticalPosition> {
    let words = words.trim().to_lowercase().replace(['-', '–', '‑'], " ");
    let words = words.strip_suffix(" wing").unwrap_or(&words);
    Some(match words {
        "far left" | "extreme left" => PoliticalPosition::FarLeft,
        "left" => PoliticalPosition::Left,
        "centre left" | "center left" => PoliticalPosition::CentreLeft,
        "centre" | "center" | "centrism" | "centrist" => PoliticalPosition::Centre,
        "centre right" | "center right" => PoliticalPosition::CentreRight,
        "right" => PoliticalPosition::Right,
        "far right" | "extreme right" => PoliticalPosition::FarRight,
        "syncretic" => PoliticalPosition::Syncretic,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words() {
        let check = |words, position| assert_eq!(of(words), position, "{words}");
        check("Far-left", Some(PoliticalPosition::FarLeft));
        check("Left-wing", Some(PoliticalPosition::Left));
        check("centre–right", Some(PoliticalPosition::CentreRight));
        check("Centrism", Some(PoliticalPosition::Centre));
        check("Left-wing to far-left", None);
        check("Big tent", None);
    }
}
