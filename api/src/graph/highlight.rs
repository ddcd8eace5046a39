//! Which part of an entity's texts a search matched.

use crate::write::text::fold;

/// About how many characters an excerpt of a long text has.
const LENGTH: usize = 160;

/// The line of `text` that matches best, in parts: every second one, from the second on, is what matched.
pub fn highlight(text: &str, words: &[&str]) -> Vec<String> {
    let best = text
        .lines()
        .filter(|line| !line.is_empty())
        .max_by_key(|line| {
            let matched = words
                .iter()
                .filter(|word| !matches(line, &[word]).is_empty())
                .count();
            // Lines come in order of weight: of equals the first is the best.
            (matched, std::cmp::Reverse(line.as_ptr()))
        })
        .unwrap_or_default();
    let line = excerpt(
        best,
        matches(best, words).first().map_or(0, |range| range.0),
    );
    let mut parts = Vec::new();
    let mut end = 0;
    for (start, stop) in matches(&line, words) {
        parts.push(line[end..start].to_owned());
        parts.push(line[start..stop].to_owned());
        end = stop;
    }
    parts.push(line[end..].to_owned());
    parts
}

/// The byte ranges of a line where words begin so, or, for one that none begins so, where it stands within them.
fn matches(line: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let places = || line.char_indices().map(|(index, _)| index);
    let words: Vec<(&str, bool)> = words
        .iter()
        .map(|word| {
            let begins = places().any(|index| match_at(line, index, word, true).is_some());
            (*word, begins)
        })
        .collect();
    let mut ranges = Vec::new();
    let mut end = 0;
    for index in places() {
        let found = words
            .iter()
            .find_map(|(word, begins)| match_at(line, index, word, *begins));
        if let Some(stop) = found.filter(|_| index >= end) {
            ranges.push((index, stop));
            end = stop;
        }
    }
    ranges
}

/// Where the folded word ends, if the line has it at this place.
fn match_at(line: &str, index: usize, word: &str, at_start: bool) -> Option<usize> {
    if word.is_empty()
        || at_start
            && line[..index]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric)
    {
        return None;
    }
    let mut wanted = word;
    for (offset, character) in line[index..].char_indices() {
        if wanted.is_empty() {
            return Some(index + offset);
        }
        let folded = fold(character.encode_utf8(&mut [0; 4]));
        wanted = wanted.strip_prefix(folded.as_str())?;
    }
    wanted.is_empty().then_some(line.len())
}

/// A long line cut to a window around its first match, between words.
fn excerpt(line: &str, first: usize) -> String {
    if line.chars().count() <= LENGTH {
        return line.to_owned();
    }
    let before = line[..first]
        .chars()
        .rev()
        .take(LENGTH / 4)
        .map(char::len_utf8)
        .sum::<usize>();
    let mut start = first - before;
    if start > 0 {
        start += line[start..first].find(' ').map_or(0, |space| space + 1);
    }
    let mut stop = start
        + line[start..]
            .chars()
            .take(LENGTH)
            .map(char::len_utf8)
            .sum::<usize>();
    if stop < line.len() {
        stop = line[..stop]
            .rfind(' ')
            .filter(|space| *space > first)
            .unwrap_or(stop);
    }
    let opening = if start > 0 { "… " } else { "" };
    let closing = if stop < line.len() { " …" } else { "" };
    format!("{opening}{}{closing}", &line[start..stop])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matched_words_stand_apart() {
        let check = |text: &str, words: &[&str], expected: &[&str]| {
            assert_eq!(highlight(text, words), expected);
        };
        check("Communiqué", &["communique"], &["", "Communiqué", ""]);
        check(
            "Radical Independence Campaign",
            &["ind", "rad"],
            &["", "Rad", "ical ", "Ind", "ependence Campaign"],
        );
        check(
            "Communiqué\nA broadsheet",
            &["broad"],
            &["A ", "broad", "sheet"],
        );
        check("Antifascist", &["fasc"], &["Anti", "fasc", "ist"]);
        check(
            "Workers' Party",
            &["orkers", "part"],
            &["W", "orkers", "' ", "Part", "y"],
        );
        check("", &["x"], &[""]);
    }

    #[test]
    fn a_long_text_is_cut_around_its_match() {
        let text = format!("{}needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let parts = highlight(&text, &["needle"]);
        assert_eq!(parts[1], "needle");
        assert!(parts[0].starts_with("… hay") && parts[2].ends_with("straw …"));
        assert!(parts.concat().chars().count() <= LENGTH + 4);
    }
}
