//! Questions with the fragments that they name.

/// The question, followed by those of the fragments that it names, by itself or through others. An empty line stands
/// between two fragments, and nowhere in one.
#[must_use]
pub fn with_fragments(question: &str, fragments: &str) -> String {
    let mut text = question.to_owned();
    let mut left: Vec<&str> = fragments.split("\n\n").collect();
    loop {
        let before = left.len();
        left.retain(|fragment| {
            let named = name(fragment).is_some_and(|name| spreads(&text, name));
            if named {
                text.push_str(fragment);
                text.push('\n');
            }
            !named
        });
        if left.len() == before {
            return text;
        }
    }
}

fn name(fragment: &str) -> Option<&str> {
    fragment.strip_prefix("fragment ")?.split(' ').next()
}

fn spreads(text: &str, name: &str) -> bool {
    let spread = format!("...{name}");
    let mut rest = text.split(spread.as_str()).skip(1);
    rest.any(|after| !after.starts_with(|letter: char| letter.is_ascii_alphanumeric()))
}
