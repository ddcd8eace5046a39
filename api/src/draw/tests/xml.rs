//! The smallest check that a text is well-formed XML, as far as drawings use XML.

use std::collections::HashSet;

pub fn check(text: &str) {
    assert!(
        text.chars()
            .all(|character| !character.is_control() || character == '\n'),
        "control characters"
    );
    let mut open: Vec<&str> = Vec::new();
    let mut ids = HashSet::new();
    let mut rest = text;
    let mut roots = 0;
    while let Some(start) = rest.find('<') {
        content(&rest[..start]);
        assert!(
            !open.is_empty() || rest[..start].trim().is_empty(),
            "text outside the root"
        );
        let end = rest[start..].find('>').unwrap() + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(
            name.bytes().all(|byte| byte.is_ascii_alphabetic()),
            "{name}"
        );
        attributes_of(attributes, &mut ids);
        roots += usize::from(open.is_empty());
        if !empty {
            open.push(name);
        }
    }
    assert!(
        open.is_empty() && rest.trim().is_empty() && roots == 1,
        "{open:?} {rest}"
    );
}

fn attributes_of<'a>(text: &'a str, ids: &mut HashSet<&'a str>) {
    let mut names = HashSet::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap();
        let (value, after) = after.split_once('"').unwrap();
        assert!(
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
            "{name}"
        );
        assert!(names.insert(name), "twice: {name}");
        assert!(name != "id" || ids.insert(value), "id twice: {value}");
        assert!(!name.starts_with("on"), "{name}");
        content(value);
        assert!(after.is_empty() || after.starts_with(' '), "{after}");
        rest = after.trim_start();
    }
}

fn content(text: &str) {
    assert!(!text.contains("]]>") && !text.contains('>'), "{text}");
    for after in text.split('&').skip(1) {
        let (name, _) = after.split_once(';').unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&name), "{name}");
    }
}
