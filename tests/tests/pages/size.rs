//! Pages and documents are bounded, however much refers to a record.

use std::collections::BTreeSet;

use tests::{On, on_both, site::Site};

use super::dom::Dom;
use super::world;

on_both! {
    a_party_of_many_is_shown_a_hundred_at_a_time,
}

const PARTY: &str = "/organisations/party";

/// A party with so many members, and each of them in an event as well.
async fn party(on: On, members: usize) -> Site {
    let mut files = vec![
        ("sources/book.yaml".to_owned(), "title: Book\n".to_owned()),
        (
            "organisations/party.yaml".to_owned(),
            "source: book\nname: Party\nkind: PARTY\n".to_owned(),
        ),
    ];
    let mut event = "source: book\nname: Congress\nkind: CONFERENCE\nparticipants:\n".to_owned();
    for number in 0..members {
        files.push((
            format!("people/member-{number:03}.yaml"),
            format!("source: book\nname: Member {number:03}\nmemberships:\n  - organisation: party\n    role: member\n    claims: [{{locator: p. {number}}}]\n"),
        ));
        event.push_str(&format!(
            "  - {{participant: person/member-{number:03}, role: delegate}}\n"
        ));
    }
    files.push(("events/congress.yaml".to_owned(), event));
    Site::new(world(on, &files).await)
}

async fn a_party_of_many_is_shown_a_hundred_at_a_time(on: On) {
    let (few, many) = (party(on, 2).await, party(on, 250).await);
    for (path, list) in [(PARTY, "people"), ("/events/congress", "participants")] {
        let dom = Dom::parse(&many.get(path).await.text);
        assert!(
            dom.by_id(list)
                .unwrap()
                .text
                .contains("100 of 250 are shown."),
            "{path}"
        );
        // One after the other, the lists hold each of them once.
        let mut next = Some(path.to_owned());
        let mut names = Vec::new();
        while let Some(address) = next {
            let page = many.get(&address).await;
            assert_eq!(page.status, 200, "{address}");
            let dom = Dom::parse(&page.text);
            let members = dom.all("a").filter(|link| link.text.starts_with("Member "));
            let section: BTreeSet<String> = members.map(|link| link.text.clone()).collect();
            names.extend(section);
            let link = dom
                .all("a")
                .find(|link| link.attribute("rel") == Some("next"));
            next = link.map(|link| super::resolve(&address, link.attribute("href").unwrap()));
        }
        let distinct: BTreeSet<_> = names.iter().cloned().collect();
        assert_eq!((names.len(), distinct.len()), (250, 250), "{path}");
    }
    // As many statements for many as for few.
    for path in [
        PARTY,
        "/organisations/party.ttl",
        "/events/congress",
        "/sources/book",
        "/organisations/",
    ] {
        let mut counts = Vec::new();
        for site in [&few, &many] {
            site.world.statements();
            let page = site.get(path).await;
            assert_eq!(page.status, 200);
            assert!(
                page.text.len() < 300_000,
                "{path}: {} bytes",
                page.text.len()
            );
            counts.push(site.world.statements());
        }
        assert_eq!(counts[0], counts[1], "{path}");
        assert!(counts[0] > 1 && counts[0] < 60, "{path}: {}", counts[0]);
    }
    let cut = "only the first of each sort are told of here";
    assert!(
        many.get("/organisations/party.ttl")
            .await
            .text
            .contains(cut)
    );
    assert!(!few.get("/organisations/party.ttl").await.text.contains(cut));
}
