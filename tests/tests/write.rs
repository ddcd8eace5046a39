//! Writing: what a second write changes, what it keeps, and what it refuses.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use api::{
    error::Error,
    write::{
        self, ClaimDraft, Content, DateDraft, Draft, EventDraft, ExternalIdDraft, FollowsDraft,
        MembershipDraft, OrganisationDraft, ParticipationDraft, PersonDraft, QuantityDraft,
        SourceDraft,
    },
};
use chrono::{Duration, SubsecRound};
use entity::{
    claim, dataset, kind::EventKind, lineage_link, membership, node, organisation, participation,
    person, revision, slug,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use tests::{On, World, moment, on_both, save};

on_both! {
    a_change_keeps_ids_and_what_was_recorded,
    a_former_slug_keeps_leading_to_its_record,
    links_follow_from_events,
    a_link_outlives_the_parts_it_rests_on,
    a_link_says_in_words_how_many_left,
    two_writers_at_once_take_turns,
    vowel_signs_tell_words_apart,
    a_claim_on_a_record_outlives_its_name,
    what_contradicts_is_refused_by_name,
    thousands_of_records_are_written_at_once,
}

fn draft(slug: &str, content: Content) -> Draft {
    Draft {
        slug: slug.to_owned(),
        content,
    }
}

fn source(slug: &str) -> Draft {
    let content = SourceDraft {
        title: slug.to_owned(),
        ..SourceDraft::default()
    };
    draft(slug, Content::Source(Box::new(content)))
}

fn organisation(slug: &str, change: impl FnOnce(&mut OrganisationDraft)) -> Draft {
    let mut content = OrganisationDraft {
        name: slug.to_uppercase(),
        source: Some("book".to_owned()),
        ..OrganisationDraft::default()
    };
    change(&mut content);
    draft(slug, Content::Organisation(Box::new(content)))
}

fn member(organisation: &str, role: &str) -> MembershipDraft {
    MembershipDraft {
        organisation: organisation.to_owned(),
        role: role.to_owned(),
        post: None,
        start: None,
        end: None,
        status: None,
        claims: Vec::new(),
    }
}

fn person(slug: &str, memberships: Vec<MembershipDraft>) -> Draft {
    let content = PersonDraft {
        name: slug.to_uppercase(),
        memberships,
        ..PersonDraft::default()
    };
    draft(slug, Content::Person(Box::new(content)))
}

fn event(slug: &str, kind: EventKind, participants: &[(&str, &str)]) -> Draft {
    let participants = participants.iter().map(|(who, role)| ParticipationDraft {
        participant: Some(format!("organisation/{who}")),
        ..ParticipationDraft::bare((*role).to_owned())
    });
    let content = EventDraft {
        name: slug.to_uppercase(),
        kind: Some(kind),
        participants: participants.collect(),
        ..EventDraft::default()
    };
    draft(slug, Content::Event(Box::new(content)))
}

fn claim(value: Option<&str>, quote: Option<&str>) -> ClaimDraft {
    ClaimDraft {
        value: value.map(str::to_owned),
        quote: quote.map(str::to_owned),
        ..ClaimDraft::bare()
    }
}

fn counts(report: &write::Report) -> (usize, usize, usize) {
    let total = report.total();
    (total.created, total.updated, total.unchanged)
}

async fn a_change_keeps_ids_and_what_was_recorded(on: On) {
    let world = World::empty(on).await.unwrap();
    let db = &world.database.reader;
    let before = [
        source("book"),
        organisation("a", |draft| {
            draft.founded = Some(DateDraft {
                edtf: "1905".to_owned(),
                text: None,
            });
            let claims = vec![claim(None, None), claim(Some("1904"), None)];
            draft.claims.insert("founded".to_owned(), claims);
        }),
        person("p", vec![member("a", "founder"), member("a", "member")]),
    ];
    let report = save(&world, 0, &before).await.unwrap();
    assert_eq!(counts(&report), (3, 0, 0));
    let old_claims = claim::Entity::find()
        .order_by_asc(claim::Column::Id)
        .all(db);
    let old_claims = old_claims.await.unwrap();
    let old_memberships = membership::Entity::find().order_by_asc(membership::Column::Ordinal);
    let old_memberships = old_memberships.all(db).await.unwrap();

    let after = [
        organisation("a", |draft| {
            "Á".clone_into(&mut draft.name);
            draft.founded = Some(DateDraft {
                edtf: "1905".to_owned(),
                text: None,
            });
            let claims = vec![claim(Some("1906"), None), claim(None, Some("in 1905"))];
            draft.claims.insert("founded".to_owned(), claims);
        }),
        person("p", vec![member("a", "chair"), member("a", "founder")]),
        source("book"),
    ];
    let report = save(&world, 1, &after).await.unwrap();
    assert_eq!(counts(&report), (0, 2, 1));

    let a = organisation::Entity::find().one(db).await.unwrap().unwrap();
    assert_eq!((a.name.as_str(), a.name_folded.as_str()), ("Á", "a"));
    assert_eq!((a.revision, a.id.0), (2, report.nodes[0].0));

    // The claim that says the same keeps its id and its time, though its quote and place are new.
    let claims = claim::Entity::find()
        .order_by_asc(claim::Column::Ordinal)
        .all(db);
    let claims = claims.await.unwrap();
    let value = |claim: &claim::Model| claim.value.clone().unwrap();
    assert_eq!(
        claims.iter().map(value).collect::<Vec<_>>(),
        ["1906", "1905"]
    );
    assert_eq!(claims[1].id, old_claims[0].id);
    assert_eq!(claims[1].public_id, old_claims[0].public_id);
    assert_eq!(claims[1].quote.as_deref(), Some("in 1905"));
    assert_eq!(claims[1].recorded_at, moment().trunc_subsecs(0));
    assert_eq!(claims[0].recorded_at, moment() + Duration::days(1));

    // So does the membership; the one that is gone leaves nothing behind.
    let memberships = membership::Entity::find().order_by_asc(membership::Column::Ordinal);
    let memberships = memberships.all(db).await.unwrap();
    assert_eq!(memberships.len(), 2);
    assert_eq!(memberships[1].id, old_memberships[0].id);
    assert_eq!(memberships[1].public_id, old_memberships[0].public_id);
    let gone = node::Column::PublicId.eq(&old_memberships[1].public_id);
    let gone = node::Entity::find().filter(gone).count(db).await.unwrap();
    assert_eq!(gone, 0);

    let numbers = revision::Entity::find()
        .order_by_asc(revision::Column::Id)
        .all(db);
    let numbers = numbers.await.unwrap();
    let numbers: Vec<_> = numbers.iter().map(|revision| revision.number).collect();
    assert_eq!(numbers, [1, 1, 1, 2, 2]);
    let data = dataset::Entity::find().one(db).await.unwrap().unwrap();
    assert_eq!(
        (data.revision, data.changed_at),
        (2, moment() + Duration::days(1))
    );
}

async fn a_former_slug_keeps_leading_to_its_record(on: On) {
    let world = World::empty(on).await.unwrap();
    let db = &world.database.reader;
    let start = [
        source("book"),
        organisation("a", |_| {}),
        person("p", vec![member("a", "x")]),
    ];
    let old = save(&world, 0, &start).await.unwrap();

    let renamed = organisation("b", |draft| draft.former_slugs = vec!["a".to_owned()]);
    let new = save(&world, 1, &[renamed]).await.unwrap();
    assert_eq!((counts(&new), new.nodes[0]), ((0, 1, 0), old.nodes[1]));
    let slugs = slug::Entity::find().filter(slug::Column::NodeId.eq(new.nodes[0]));
    let slugs = slugs
        .order_by_asc(slug::Column::Slug)
        .all(db)
        .await
        .unwrap();
    let slugs: Vec<_> = slugs.iter().map(|row| row.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "b"]);

    // References by either slug lead to it, so that nothing changes for what refers to it.
    let again = save(&world, 2, &start[2..]).await.unwrap();
    assert_eq!(counts(&again), (0, 0, 1));

    let taken = save(&world, 2, &[organisation("a", |_| {})])
        .await
        .unwrap_err();
    assert!(matches!(taken, Error::Conflict { .. }));
    assert_eq!(
        taken.to_string(),
        "organisation/a: slug: it is a former slug of organisation/b; take another, or name `b` among the former slugs"
    );
}

async fn links_follow_from_events(on: On) {
    let world = World::empty(on).await.unwrap();
    let db = &world.database.reader;
    let bodies = ["a", "b", "c"].map(|slug| organisation(slug, |_| {}));
    save(&world, 0, &[&[source("book")], &bodies[..]].concat())
        .await
        .unwrap();
    let links = async || {
        let rows = lineage_link::Entity::find().order_by_asc(lineage_link::Column::PublicId);
        let rows = rows.all(db).await.unwrap();
        rows.into_iter()
            .map(|row| (row.id, row.public_id))
            .collect::<Vec<_>>()
    };

    let split = |parties: &[_]| [event("e", EventKind::Split, parties)];
    let both = [("a", "origin"), ("b", "resulting"), ("c", "resulting")];
    save(&world, 1, &split(&both)).await.unwrap();
    let two = links().await;
    assert_eq!(two.len(), 2);
    save(&world, 2, &split(&both[..2])).await.unwrap();
    let one = links().await;
    assert_eq!(one.len(), 1);
    assert!(two.contains(&one[0]));
    save(&world, 3, &split(&both)).await.unwrap();
    let ids = |links: &[(_, String)]| links.iter().map(|link| link.1.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&links().await), ids(&two));
    save(&world, 4, &[event("e", EventKind::Conference, &both)])
        .await
        .unwrap();
    assert_eq!(links().await, []);
}

async fn a_link_outlives_the_parts_it_rests_on(on: On) {
    let world = World::empty(on).await.unwrap();
    let db = &world.database.reader;
    let link = async || lineage_link::Entity::find().one(db).await.unwrap().unwrap();
    let bodies = ["a", "b"].map(|slug| organisation(slug, |_| {}));
    let split = |role| event("e", EventKind::Split, &[("a", role), ("b", "resulting")]);
    let drafts = [&[source("book"), split("origin")], &bodies[..]].concat();
    save(&world, 0, &drafts).await.unwrap();
    let before = link().await;
    save(&world, 1, &[split("continuing")]).await.unwrap();
    let after = link().await;
    assert_eq!(after.public_id, before.public_id);
    assert_ne!(
        after.predecessor_participation_id,
        before.predecessor_participation_id
    );
    let parts = participation::Entity::find().count(db).await.unwrap();
    assert_eq!(parts, 2);
}

async fn vowel_signs_tell_words_apart(on: On) {
    let world = World::empty(on).await.unwrap();
    let named =
        |slug: &str, name: &str| organisation(slug, |draft| name.clone_into(&mut draft.name));
    let drafts = [source("book"), named("a", "हिन्दी सभा"), named("b", "हद सेभ")];
    save(&world, 0, &drafts).await.unwrap();
    for (query, expected) in [("हिन्दी", "a"), ("सभा", "a"), ("हिन", "a"), ("सेभ", "b")]
    {
        let query = format!("{{ search(query: \"{query}\") {{ nodes {{ slug }} }} }}");
        let body = world.ask(&query).await.body;
        let nodes = &body["data"]["search"]["nodes"];
        assert_eq!(*nodes, serde_json::json!([{"slug": expected}]), "{body}");
    }
}

async fn a_link_says_in_words_how_many_left(on: On) {
    let world = World::empty(on).await.unwrap();
    let parties = [("a", "origin"), ("b", "resulting"), ("a", "left")];
    let mut split = event("e", EventKind::Split, &parties);
    if let Content::Event(split) = &mut split.content {
        let text = Some("majority".to_owned());
        split.participants[2].count = Some(QuantityDraft { value: None, text });
    }
    let bodies = ["a", "b"].map(|slug| organisation(slug, |_| {}));
    let drafts = [&[source("book"), split], &bodies[..]].concat();
    save(&world, 0, &drafts).await.unwrap();
    let link = lineage_link::Entity::find().one(&world.database.reader);
    let link = link.await.unwrap().unwrap();
    assert_eq!(link.people_text.as_deref(), Some("majority"));
}

async fn two_writers_at_once_take_turns(on: On) {
    let world = World::empty(on).await.unwrap();
    let drafts = [source("book"), organisation("a", |_| {})];
    let (one, other) = tokio::join!(save(&world, 0, &drafts), save(&world, 0, &drafts));
    let mut counts = [counts(&one.unwrap()), counts(&other.unwrap())];
    counts.sort_unstable();
    assert_eq!(counts, [(0, 0, 2), (2, 0, 0)]);
}

async fn a_claim_on_a_record_outlives_its_name(on: On) {
    let world = World::empty(on).await.unwrap();
    let db = &world.database.reader;
    let claimed = async || claim::Entity::find().one(db).await.unwrap().unwrap();
    let joined = |role: &str| {
        let mut membership = member("a", role);
        membership.claims = vec![claim(None, None)];
        membership
    };
    let drafts = [
        source("book"),
        organisation("a", |_| {}),
        person("p", vec![joined("member")]),
    ]
    .map(|mut draft| {
        if let Content::Person(person) = &mut draft.content {
            person.source = Some("book".to_owned());
        }
        draft
    });
    save(&world, 0, &drafts).await.unwrap();
    let before = claimed().await;

    let [_, _, mut person] = drafts;
    if let Content::Person(person) = &mut person.content {
        person.summary = Some("A member.".to_owned());
    }
    let renamed = organisation("a", |draft| "Alpha".clone_into(&mut draft.name));
    save(&world, 1, &[renamed, person]).await.unwrap();
    let after = claimed().await;
    assert_eq!(after.public_id, before.public_id);
    assert_eq!(after.recorded_at, before.recorded_at);
    assert_eq!(after.value.as_deref(), Some("Alpha"));
}

async fn what_contradicts_is_refused_by_name(on: On) {
    let world = World::empty(on).await.unwrap();
    let wikidata = |draft: &mut OrganisationDraft| {
        draft.external_ids = vec![ExternalIdDraft {
            scheme: "wikidata".to_owned(),
            value: "Q1".to_owned(),
            url: None,
        }];
    };
    save(&world, 0, &[source("book"), organisation("a", wikidata)])
        .await
        .unwrap();
    let refused = async |draft: Draft| {
        let error = save(&world, 1, &[draft]).await.unwrap_err();
        format!("{}: {error}", error.code())
    };
    assert_eq!(
        refused(organisation("b", wikidata)).await,
        "CONFLICT: organisation/b: external_ids: wikidata `Q1` is the id of organisation/a already"
    );
    assert_eq!(
        refused(person("p", vec![member("z", "x")])).await,
        "BAD_USER_INPUT: person/p: memberships[0].organisation: there is no organisation `z`"
    );
    let mut unsourced = person("p", vec![member("a", "x")]);
    if let Content::Person(person) = &mut unsourced.content {
        person.memberships[0].claims = vec![claim(None, None)];
    }
    assert_eq!(
        refused(unsourced).await,
        "BAD_USER_INPUT: person/p: memberships[0].claims[0]: the claim has no source, and the draft names none for all"
    );
    let parties = [("a", "origin"), ("a", "resulting")];
    assert_eq!(
        refused(event("e", EventKind::Split, &parties)).await,
        "BAD_USER_INPUT: event/e: participants: organisation/a would come out of itself; \
         give the new body a record of its own, or leave out one of its roles"
    );
    let former = |draft: &mut OrganisationDraft| {
        draft.former_slugs = vec!["z".to_owned(), "b".to_owned()];
    };
    let both = [organisation("b", |_| {}), organisation("c", former)];
    assert_eq!(
        save(&world, 1, &both).await.unwrap_err().to_string(),
        "organisation/c: former_slugs: `b` is a slug of organisation/b too; a slug leads to one record for good"
    );
    let follows = |draft: &mut EventDraft| {
        let follows = FollowsDraft {
            event: "e".to_owned(),
            status: None,
            claims: Vec::new(),
        };
        draft.follows = vec![follows.clone(), follows];
    };
    let mut later = event("f", EventKind::Other, &[]);
    if let Content::Event(content) = &mut later.content {
        follows(content);
    }
    let both = [event("e", EventKind::Other, &[]), later];
    assert_eq!(
        save(&world, 1, &both).await.unwrap_err().to_string(),
        "event/f: follows[1].event: event/e stands in the list already; name it once"
    );
    for text in ["a\0b", "\u{1}display\u{1}en\u{1}2011-04", "a\u{1f}b"] {
        let control = |draft: &mut OrganisationDraft| draft.summary = Some(text.to_owned());
        assert_eq!(
            refused(organisation("b", control)).await,
            "BAD_USER_INPUT: organisation/b: a text: it holds a control character other than a tab or a line break; \
             leave it out"
        );
    }
    let date = |draft: &mut OrganisationDraft| {
        draft.founded = Some(DateDraft {
            edtf: "1905-13".to_owned(),
            text: None,
        });
    };
    assert_eq!(
        refused(organisation("b", date)).await,
        "BAD_USER_INPUT: organisation/b: founded: not an EDTF date: \
         month must be 01-12 or a sub-year code 21-41 at character 6"
    );
    assert_eq!(
        person::Entity::find()
            .count(&world.database.reader)
            .await
            .unwrap(),
        0
    );
}

async fn thousands_of_records_are_written_at_once(on: On) {
    let world = World::empty(on).await.unwrap();
    let mut drafts = vec![source("book")];
    drafts.extend((0..1500).map(|n| {
        organisation(&format!("o{n}"), |draft| {
            draft
                .claims
                .insert("name".to_owned(), vec![claim(None, None)]);
        })
    }));
    drafts.extend((0..1500).map(|n| person(&format!("p{n}"), vec![member(&format!("o{n}"), "x")])));
    let report = save(&world, 0, &drafts).await.unwrap();
    assert_eq!(counts(&report), (3001, 0, 0));
    let report = save(&world, 1, &drafts).await.unwrap();
    assert_eq!(counts(&report), (0, 0, 3001));
}
