//! Names that try to be more than names.

use super::{dot, draw, link, member, mermaid};
use crate::draw::{Family, text};

const NAMES: [&str; 12] = [
    "<img src=x onerror=alert(1)>",
    "\"quoted\" 'and' `ticked`",
    "]]></title><script>alert(1)</script>",
    "a\u{0}b\u{8}c\u{1b}d\u{7f}e\u{85}f\u{fffe}g\u{ffff}h",
    "line\nbreak\r\tand\u{2028}more",
    "حزب العمال الاشتراكي",
    "日本共産党（左派）全国協議会",
    "\u{202e}turned\u{202c} \u{2066}about\u{2069}",
    "&lt;&amp; &#60; %3C \\n \\\" \\",
    "n1]; click n1 \"javascript:alert(1)\"",
    "**bold** _x_ [a](b) #quot; end | subgraph",
    "e\u{301}\u{301}\u{301} 👩‍👩‍👧 ﷽",
];

#[test]
fn names_stay_text() {
    let mut family = Family::default();
    for (key, name) in (1..).zip(NAMES) {
        let mut node = member(key, name, ("1990", "1995"));
        node.abbreviation = Some(name.to_owned());
        node.kind = name.to_owned();
        node.status = name.to_owned();
        family.nodes.push(node);
        let mut tie = link(name, 1, key, "1991");
        tie.date.as_mut().unwrap().edtf = name.to_owned();
        family.links.push(tie);
    }
    let drawing = draw(&family);
    assert!(drawing.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(drawing.contains("]]&gt;&lt;/title&gt;&lt;script&gt;"));
    assert!(drawing.contains(">abcde fgh<") && drawing.contains(">line break and more<"));
    assert!(drawing.contains(">حزب العمال الاشتراكي<") && drawing.contains(">turned about<"));
    assert!(!drawing.contains("<img") && !drawing.contains("<script"));
    for line in mermaid(&family).lines().skip(1) {
        let (_, label) = line.split_once('"').unwrap();
        let (label, _) = label.rsplit_once('"').unwrap();
        assert!(
            !label.contains([
                '"', '<', '>', '`', '*', '_', '[', ']', '(', ')', '|', '&', '\\'
            ]),
            "{label}"
        );
    }
    for line in dot(&family).lines().filter(|line| line.contains("label=")) {
        let (_, label) = line.split_once("label=\"").unwrap();
        let label = label
            .strip_suffix("\"];")
            .unwrap()
            .replace("\\\\", "")
            .replace("\\\"", "");
        assert!(!label.contains(['"', '\\']), "{line}");
    }
}

#[test]
fn labels_are_measured_wide_and_cut() {
    assert_eq!(text::width("日本共産党"), 65);
    assert!(text::width("Workers") >= 52);
    assert_eq!(text::cut("short", 100), "short");
    let cut = text::cut("a very long name indeed", 100);
    assert!(cut.ends_with('…') && text::width(&cut) <= 100, "{cut}");
    assert_eq!(text::cut("x", 0), "…");
    assert_eq!(text::clean(" a \n\n b\u{1} "), "a b");
}
