//! Licences that have an address.

use oxrdf::NamedNode;

/// The address of a licence that is given by its usual short name: `CC BY-SA 4.0`, `CC0-1.0`. `None`: not known.
pub(super) fn address(licence: &str) -> Option<NamedNode> {
    let words = licence.replace([' ', '_'], "-").to_ascii_lowercase();
    let path = if words == "cc0" || words == "cc0-1.0" {
        "publicdomain/zero/1.0".to_owned()
    } else {
        let (terms, version) = words.strip_prefix("cc-")?.rsplit_once('-')?;
        let known = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"];
        let versions = ["1.0", "2.0", "2.5", "3.0", "4.0"];
        if !known.contains(&terms) || !versions.contains(&version) {
            return None;
        }
        format!("licenses/{terms}/{version}")
    };
    Some(NamedNode::new_unchecked(format!(
        "https://creativecommons.org/{path}/"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_of_creative_commons() {
        let check = |licence: &str, expected: Option<&str>| {
            assert_eq!(address(licence).as_ref().map(NamedNode::as_str), expected);
        };
        let by_sa = Some("https://creativecommons.org/licenses/by-sa/4.0/");
        check("CC BY-SA 4.0", by_sa);
        check("CC-BY-SA-4.0", by_sa);
        check(
            "CC0-1.0",
            Some("https://creativecommons.org/publicdomain/zero/1.0/"),
        );
        check("CC BY-SA", None);
        check("CC BY-SA 9.0", None);
        check("All rights reserved", None);
    }
}
