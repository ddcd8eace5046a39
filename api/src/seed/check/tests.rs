//! Each check, on the smallest set of files that it has something to say about.

use chrono::NaiveDate;

use super::{Known, check};
use crate::seed::read;

/// What every set has: a source whose text is "A was founded\n in 1977.".
const SOURCE: (&str, &str) = (
    "sources/book.yaml",
    "title: Book\ntext: |\n  A was founded\n  in 1977.\n",
);

/// Reads the files and compares all errors and warnings with what is expected, a line each.
fn check_files(files: &[(&str, &str)], expected: &[&str]) {
    let files: Vec<_> = files
        .iter()
        .chain([&SOURCE])
        .map(|(path, text)| {
            let file = read::parse(path, text.as_bytes()).expect("a file that can be read");
            file.expect("a seed")
        })
        .collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let found = check(&files, &Known::default(), today);
    let warnings = found
        .warnings
        .iter()
        .map(|problem| format!("warning: {problem}"));
    let lines: Vec<_> = found
        .errors
        .iter()
        .map(ToString::to_string)
        .chain(warnings)
        .collect();
    assert_eq!(lines, expected);
}

/// The same for one organisation, at `organisations/a.yaml`.
fn check_organisation(text: &str, expected: &[&str]) {
    check_files(&[("organisations/a.yaml", text)], expected);
}

#[test]
fn nothing_to_say() {
    check_organisation(
        "source: book\nname: A\nfounded: \"1977\"\nclaims: {founded: [{quote: founded in 1977}]}\n",
        &[],
    );
}

#[test]
fn slugs() {
    check_files(
        &[
            ("people/Anna_K.yaml", "name: Anna\n"),
            (
                "people/anna.yaml",
                "name: Anna\nformer_slugs: [anne, a--b]\n",
            ),
            ("people/anne.yaml", "name: Anne\n"),
        ],
        &[
            "people/Anna_K.yaml:1:1: the file's name `Anna_K` is no slug; use lower-case letters a to z, digits and single hyphens between them",
            "people/anna.yaml:2:16: `anne` leads to people/anne.yaml already; a slug leads to one record for good",
            "people/anna.yaml:2:22: `a--b` is no slug; use lower-case letters a to z, digits and single hyphens between them",
        ],
    );
}

#[test]
fn merged() {
    check_files(
        &[
            ("people/anna.yaml", "name: Anna\nmerged: [anne, ann, Ann]\n"),
            ("people/anne.yaml", "name: Anne\n"),
            ("people/hanna.yaml", "name: Hanna\nformer_slugs: [ann]\n"),
            (
                "campaigns/c.yaml",
                "name: C\nmerged: [d]\nparent: d\nparticipants: [{participant: person/ann, role: speaker}]\n",
            ),
        ],
        &[
            "campaigns/c.yaml:3:9: `c` would lie in itself; break the ring",
            "people/anna.yaml:2:10: `anne` leads to people/anne.yaml already; what is merged has no file of its own, so take from it what holds and delete it",
            "people/anna.yaml:2:21: `Ann` is no slug; use lower-case letters a to z, digits and single hyphens between them",
            "people/hanna.yaml:2:16: `ann` leads to people/anna.yaml already; a slug leads to one record for good",
        ],
    );
}

#[test]
fn empty_texts() {
    check_organisation(
        "name: \"\"\nstatements: [{kind: STANCE, text: \" \"}]\n",
        &[
            "organisations/a.yaml:1:7: name is empty; it needs a text",
            "organisations/a.yaml:2:35: statements[0].text is empty; it needs a text",
        ],
    );
}

#[test]
fn languages() {
    check_organisation(
        "name: A\nnames:\n  - {text: B, language: zh-Hant}\n  - {text: C, language: English}\n",
        &[
            "organisations/a.yaml:4:25: `English` is no language tag; write it as in `en`, `gd` or `zh-Hant`",
        ],
    );
}

#[test]
fn urls() {
    check_organisation(
        "name: A\nwebsite: www.example.org\nlogo: https://example.org/logo.svg\n",
        &[
            "organisations/a.yaml:2:10: `www.example.org` is no web address; write it out, from https:// on",
        ],
    );
}

#[test]
fn quantities() {
    check_files(
        &[(
            "events/e.yaml",
            "name: E\nattendance: {value: -1}\noccurrences: {}\n",
        )],
        &[
            "events/e.yaml:2:13: -1 is less than nothing; write a number from 0 on, or a text",
            "events/e.yaml:3:14: it says neither how many nor in which words; give it a value, a text or both",
        ],
    );
}

#[test]
fn external_ids() {
    check_files(
        &[
            (
                "people/a.yaml",
                "name: A\nexternal_ids: [{scheme: wikidata, value: Q1}]\n",
            ),
            (
                "people/b.yaml",
                "name: B\nexternal_ids: [{scheme: wikidata, value: Q1}]\n",
            ),
        ],
        &[
            "people/b.yaml:2:16: wikidata `Q1` stands in people/a.yaml too; an external id belongs to one record",
        ],
    );
}

#[test]
fn participants() {
    check_files(
        &[(
            "campaigns/c.yaml",
            "name: C\nparticipants: [{role: supporter}]\n",
        )],
        &[
            "campaigns/c.yaml:2:16: nobody takes part here; name a participant, or describe them in words",
        ],
    );
}

#[test]
fn references() {
    check_files(
        &[
            (
                "organisations/socialist-party.yaml",
                "name: A\nheadquarters: atlantis\nnewspaper: book\n",
            ),
            (
                "events/e.yaml",
                "name: E\nparticipants:\n  - {participant: socialist-party, role: origin}\n  - {participant: organisation/socialist-prty, role: origin}\n",
            ),
        ],
        &[
            "events/e.yaml:3:19: `socialist-party` does not say what it is; write organisation/socialist-party, person/socialist-party or the like",
            "events/e.yaml:4:19: there is no organisation `socialist-prty`; did you mean `socialist-party`?",
            "organisations/socialist-party.yaml:2:15: there is no place `atlantis`; write it in places/atlantis.yaml",
            "organisations/socialist-party.yaml:3:12: there is no publication `book`, but there is a source of this slug",
        ],
    );
}

#[test]
fn countries() {
    check_files(
        &[
            ("organisations/a.yaml", "name: A\ncountry: glasgow\n"),
            ("places/glasgow.yaml", "name: Glasgow\nkind: CITY\n"),
        ],
        &[
            "organisations/a.yaml:2:10: the place `glasgow` is no country; give it a code, or name the country it lies in",
        ],
    );
}

#[test]
fn rings() {
    check_files(
        &[
            ("topics/a.yaml", "name: A\nparent: b\n"),
            ("topics/b.yaml", "name: B\nparent: a\n"),
            ("topics/c.yaml", "name: C\nparent: b\n"),
        ],
        &[
            "topics/a.yaml:2:9: `a` would lie in itself; break the ring",
            "topics/b.yaml:2:9: `b` would lie in itself; break the ring",
        ],
    );
}

#[test]
fn selves() {
    check_files(
        &[
            (
                "organisations/a.yaml",
                "name: A\nformer_slugs: [z]\naffiliations: [{body: a}]\n",
            ),
            (
                "events/e.yaml",
                "name: E\nkind: SPLIT\nfollows: [{event: e}]\nparticipants:\n  - {participant: organisation/a, role: origin}\n  - {participant: organisation/z, role: resulting}\n",
            ),
        ],
        &[
            "events/e.yaml:3:19: an event cannot come before itself; name the earlier one",
            "events/e.yaml:6:5: organisation/z would come out of itself as resulting; give the new body a file of its own, or leave out one of its roles",
            "organisations/a.yaml:3:23: an organisation cannot be affiliated to itself; name the other body",
        ],
    );
}

#[test]
fn dates() {
    check_organisation(
        "name: A\nfounded: 1977-13\ndissolved: {edtf: c. 1985, text: about 1985}\n",
        &[
            "organisations/a.yaml:2:10: `1977-13` is not an EDTF date: month must be 01-12 or a sub-year code 21-41 at character 6; write it as in 2011, 2011-04 or 1985~",
            "organisations/a.yaml:3:12: `c. 1985` is not an EDTF date: whitespace is not allowed at character 3; write it as in 2011, 2011-04 or 1985~",
        ],
    );
}

#[test]
fn periods() {
    check_organisation(
        "name: A\nfounded: 1990\ndissolved: 1985\nnames: [{text: B, start: 1985~, end: \"1985-01\"}]\n",
        &["warning: organisations/a.yaml:2:10: it begins (1990) after it ends (1985)"],
    );
}

#[test]
fn activity() {
    check_organisation(
        "name: A\nstatus: ACTIVE\ndissolved: 1985\n",
        &["warning: organisations/a.yaml:2:9: it is ACTIVE, and was dissolved"],
    );
    check_organisation("name: A\nstatus: ACTIVE\ndissolved: 2030\n", &[]);
    check_organisation("name: A\nstatus: DISSOLVED\n", &[]);
}

#[test]
fn properties() {
    check_files(
        &[(
            "publications/p.yaml",
            "source: book\nname: P\nclaims:\n  editorial_focus: [{value: X}]\n  born: [{value: X}]\n",
        )],
        &[
            "publications/p.yaml:4:20: `editorial_focus` is no property of this publication; did you mean `editorialFocus`?",
            "publications/p.yaml:5:9: `born` is no property of this publication; it is one of name, names, summary, externalIds, title, subtitle, kind, frequency, format, colour, free, language, editorialFocus, published, ceased, publishers, authors, topics, isbn, issn, reception",
        ],
    );
}

#[test]
fn sources() {
    check_organisation(
        "name: A\nclaims: {name: [{locator: p. 1}, {source: bok}]}\n",
        &[
            "organisations/a.yaml:2:17: the claim has no source; name one here, or one for all at the top of the file",
            "organisations/a.yaml:2:43: there is no source `bok`; did you mean `book`?",
        ],
    );
}

#[test]
fn values() {
    check_organisation(
        "source: book\nname: A\nclaims: {name: [{locator: p. 1}], founded: [{locator: p. 2}, {value: \"1977\"}]}\n",
        &[
            "organisations/a.yaml:3:45: it claims nothing, as the file has no `founded`; fill that in, or give the claim a value or a node",
        ],
    );
}

#[test]
fn ranks() {
    check_organisation(
        "source: book\nname: A\nclaims:\n  name: [{rank: PREFERRED}, {value: B}, {rank: PREFERRED, value: C}]\n  summary: [{rank: PREFERRED, value: D}]\n",
        &[
            "organisations/a.yaml:4:48: another claim here is PREFERRED already; only the best one is",
        ],
    );
}

#[test]
fn quotes() {
    check_organisation(
        "source: book\nname: A\nclaims: {name: [{quote: A was founded in 1977}, {quote: A was formed in 1977}]}\n",
        &[
            "organisations/a.yaml:3:57: `A was formed in 1977` does not stand in sources/book.yaml; copy it letter by letter",
        ],
    );
}

#[test]
fn files_that_cannot_be_read() {
    let check = |path: &str, text: &str, expected: &str| {
        let (position, message) = read::parse(path, text.as_bytes()).expect_err("a fault");
        let (line, column) = (position.line, position.column);
        assert_eq!(format!("{path}:{line}:{column}: {message}"), expected);
    };
    check(
        "people/a.yml",
        "",
        "people/a.yml:1:1: not a seed file; its name should be a slug and end in .yaml, as in people/a-slug.yaml",
    );
    check(
        "persons/a.yaml",
        "",
        "persons/a.yaml:1:1: seeds do not belong here; the folders are topics, places, sources, people, publications, organisations, campaigns, events",
    );
    check(
        "people/a.yaml",
        "",
        "people/a.yaml:1:1: unexpected end of file",
    );
    check(
        "people/a.yaml",
        "name: A\nage: 40\n",
        "people/a.yaml:2:1: unknown field `age`, expected one of name, source, summary, former_slugs, merged, names, external_ids, born, died, memberships, statements, claims",
    );
    check(
        "people/a.yaml",
        "born: \"1977\"\n",
        "people/a.yaml:1:1: missing field `name`",
    );
    check(
        "people/a.yaml",
        "name: A\nname: B\n",
        "people/a.yaml:2:1: duplicate mapping key `name` is not allowed here",
    );
    check(
        "people/a.yaml",
        "name: [A\n",
        "people/a.yaml:1:7: expected string scalar",
    );
    check(
        "people/a.yaml",
        "name: A\nborn: [1990..1995]\n",
        "people/a.yaml:2:7: a date in brackets needs quotes around it, as in \"[1990..1995]\"",
    );
    check(
        "people/a.yaml",
        "name: A\nborn: {text: x}\n",
        "people/a.yaml:2:8: missing field `edtf`",
    );
    check(
        "people/a.yaml",
        "name: A\nmemberships: [{organisation: b}]\n",
        "people/a.yaml:2:16: missing field `role`",
    );
    check(
        "organisations/a.yaml",
        "name: A\nstatus: ENDED\n",
        "organisations/a.yaml:2:9: unknown variant `ENDED`, expected one of ACTIVE, DISSOLVED, DORMANT, UNKNOWN",
    );
    check(
        "publications/a.yaml",
        "name: A\nfree: maybe\n",
        "publications/a.yaml:2:7: invalid boolean (true or false expected)",
    );
}

#[test]
fn statuses_of_items_and_claims() {
    check_organisation(
        "source: book\nname: A\nstatements:\n\
         \x20 - {kind: STANCE, text: B, status: DERIVED, claims: [{}]}\n\
         \x20 - {kind: STANCE, text: C, claims: [{status: DENIED}]}\n\
         \x20 - {kind: STANCE, text: D, status: DERIVED, claims: [{}, {status: DERIVED}]}\n\
         \x20 - {kind: STANCE, text: E, status: DISPUTED, claims: [{}, {status: DENIED}]}\n\
         \x20 - {kind: STANCE, text: F, status: DISPUTED}\n",
        &[
            "warning: organisations/a.yaml:4:5: statements[0] is DERIVED, and none of its claims is; \
             give it the status of the least sure of them, or that one its own",
            "warning: organisations/a.yaml:5:5: statements[1] is STATED, and none of its claims is; \
             give it the status of the least sure of them, or that one its own",
        ],
    );
}

#[test]
fn events_followed_twice() {
    check_files(
        &[
            ("events/d.yaml", "name: D\nformer_slugs: [c]\n"),
            (
                "events/e.yaml",
                "name: E\nfollows:\n  - {event: d}\n  - {event: c}\n",
            ),
        ],
        &["events/e.yaml:4:13: event/d stands in the list already; name it once"],
    );
}
