//! Slugs made of names.

use crate::write::text::fold;

/// Longer ones are cut at a word.
const LONGEST: usize = 80;

/// A slug for a name: its letters and digits in lower case, without accents, words joined by hyphens. Empty when
/// nothing of the name can stand in a slug, as in scripts other than Latin.
pub(super) fn of(name: &str) -> String {
    let folded = fold(name).replace('&', " and ").replace(['\'', '’'], "");
    let mut slug = String::new();
    for word in folded
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !slug.is_empty() && slug.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug.truncate(LONGEST);
    slug
}

/// A slug for a name in any script: the same for the same name, and never empty. Of letters that cannot stand in a
/// slug, it has the numbers.
pub(super) fn sure(name: &str) -> String {
    let slug = of(name);
    if !slug.is_empty() {
        return slug;
    }
    let letters = fold(name)
        .chars()
        .filter(|it| !it.is_whitespace())
        .collect::<Vec<_>>();
    let numbers = letters
        .iter()
        .map(|letter| format!("{:x}", u32::from(*letter)));
    of(&format!("u {}", numbers.collect::<Vec<_>>().join(" ")))
}

/// The slugs that a record might have, the best first: its name, then with each of `distinctions` added until the
/// last, which must be its own. Names of which nothing can stand in a slug give way to the distinctions.
pub(super) fn candidates(name: &str, distinctions: &[&str]) -> Vec<String> {
    let mut slug = of(name);
    let mut slugs = Vec::new();
    if !slug.is_empty() {
        slugs.push(slug.clone());
    }
    for distinction in distinctions
        .iter()
        .map(|it| of(it))
        .filter(|it| !it.is_empty())
    {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&distinction);
        slugs.push(slug.clone());
    }
    slugs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let check = |name: &str, slug: &str| assert_eq!(of(name), slug);
        check(
            "RISE - Scotland's Left Alliance",
            "rise-scotlands-left-alliance",
        );
        check("Mouvement démocrate | MoDem", "mouvement-democrate-modem");
        check("Bürger & Bauern", "burger-and-bauern");
        check("Εργατική Ένωση", "");
        check("日本共産党 (JCP)", "jcp");
        check("", "");
        assert_eq!(of(&"word ".repeat(50)).len(), 79);
        assert_eq!(of(&"x".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn in_any_script() {
        assert_eq!(sure("Trotskyist"), "trotskyist");
        assert_eq!(sure("Левые"), "u-43b-435-432-44b-435");
        assert_eq!(sure("!"), "u-21");
        assert_eq!(sure(""), "u");
    }

    #[test]
    fn from_best_to_surest() {
        assert_eq!(
            candidates("Labour Party", &["GBR", "17"]),
            ["labour-party", "labour-party-gbr", "labour-party-gbr-17"]
        );
        assert_eq!(candidates("Мапам", &["ISR", "17"]), ["isr", "isr-17"]);
    }
}
