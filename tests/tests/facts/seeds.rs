//! Seeds with one thing changed: exactly the facts that speak of it are no longer found.

use std::{fs, path::Path};

use tests::{On, World};

use crate::{
    check::{answers, failures},
    tables,
};

struct Change {
    file: &'static str,
    from: &'static str,
    to: &'static str,
    lost: &'static str,
}

/// What the seeds say less of, or otherwise.
const SPOILT: &[Change] = &[
    // One of two citations of one value.
    Change {
        file: "publications/communique.yaml",
        from: "  frequency:
    - {locator: Lead, quote: a free monthly broadsheet}
    - {locator: Publications, quote: a free monthly colour broadsheet}
",
        to: "  frequency:
    - {locator: Lead, quote: a free monthly broadsheet}
",
        lost: "109",
    },
    // A value, its citations left.
    Change {
        file: "publications/communique.yaml",
        from: "format: broadsheet\n",
        to: "format: tabloid\n",
        lost: "25 111",
    },
    // A quote that is in the source, but not the one for this.
    Change {
        file: "events/scottish-independence-referendum-2014.yaml",
        from: "Despite the referendum returning a 'No' vote",
        to: "Scottish independence",
        lost: "73",
    },
    // The right quote under the wrong section.
    Change {
        file: "people/chris-bambery.yaml",
        from: "    post: Central Committee member
    claims:
      - {locator: History,",
        to: "    post: Central Committee member
    claims:
      - {locator: Theory,",
        lost: "49",
    },
    // What is derived, passed off as stated.
    Change {
        file: "people/cat-boyd.yaml",
        from: "    role: member\n    status: DERIVED\n",
        to: "    role: member\n",
        lost: "D3",
    },
    // Order without a date.
    Change {
        file: "events/dissolution-of-the-international-socialist-group-2015.yaml",
        from: "  - event: creation-of-rise-2015\n",
        to: "  - event: scottish-independence-referendum-2014\n",
        lost: "80",
    },
    // An item of a list, with the claim for it.
    Change {
        file: "campaigns/stop-the-war-coalition.yaml",
        from: "    role: participant\n",
        to: "    role: observer\n",
        lost: "28",
    },
    // One of two readings.
    Change {
        file: "events/womens-march-against-cuts.yaml",
        from: "    role: participant\n    status: DISPUTED\n",
        to: "    role: participant\n",
        lost: "A1",
    },
];

/// What nobody said.
const INVENTED: &[Change] = &[
    Change {
        file: "people/james-foley.yaml",
        from: "claims:\n",
        to: "memberships:
  - organisation: international-socialist-group-scotland
    role: member
    claims:
      - {locator: Publications, quote: James Foley}
claims:
",
        lost: "N2 N3",
    },
    Change {
        file: "events/scottish-parliament-election-2016.yaml",
        from: "kind: ELECTION\n",
        to: "kind: ELECTION\noutcome: RISE won no seat\n",
        lost: "N8",
    },
    Change {
        file: "organisations/scottish-socialist-party.yaml",
        from: "claims:\n",
        to: "affiliations: [{body: rise-scotlands-left-alliance, kind: MEMBER}]\nclaims:\n",
        lost: "N5",
    },
    Change {
        file: "events/creation-of-rise-2015.yaml",
        from: "date: {edtf: \"2015\", text: \"in 2015\"}\n",
        to: "date: \"2015-08-29\"\n",
        lost: "79 N4 N11",
    },
    Change {
        file: "people/chris-bambery.yaml",
        from: "memberships:\n",
        to: "memberships:
  - organisation: international-socialist-group-scotland
    role: member
    status: DERIVED
    claims:
      - {status: DERIVED, locator: History, quote: Chris Bambery}
",
        lost: "N1 N3",
    },
    Change {
        file: "events/foundation-of-the-international-socialist-group-2011.yaml",
        from: "    role: founder\n",
        to: "    role: founder\n    count: {value: 39}\n",
        lost: "N3 N10",
    },
    Change {
        file: "events/radical-independence-campaign-founding-conference-2012.yaml",
        from: "kind: CONFERENCE\n",
        to: "kind: CONFERENCE\nplace: glasgow\n",
        lost: "N6",
    },
    Change {
        file: "organisations/rise-scotlands-left-alliance.yaml",
        from: "status: UNKNOWN\n",
        to: "status: DISSOLVED\ndissolved: \"2016~\"\n",
        lost: "N7",
    },
    Change {
        file: "people/cat-boyd.yaml",
        from: "memberships:\n",
        to: "memberships:\n  - {organisation: rise-scotlands-left-alliance, role: candidate}\n",
        lost: "N9",
    },
    Change {
        file: "organisations/socialist-workers-party-uk.yaml",
        from: "status: UNKNOWN\n",
        to: "status: ACTIVE\n",
        lost: "N12",
    },
    Change {
        file: "people/hana-shalabi.yaml",
        from: "claims:\n",
        to: "memberships: [{organisation: socialist-workers-party-uk, role: member, start: \"1990\"}]\nclaims:\n",
        lost: "N4",
    },
    Change {
        file: "organisations/international-socialist-group-scotland.yaml",
        from: "    role: main base\n",
        to: "    role: main base\n    end: \"2012\"\n",
        lost: "N14",
    },
    Change {
        file: "events/resignations-from-the-socialist-workers-party-2011.yaml",
        from: "  - description: The circulation officer for Socialist Worker\n",
        to: "  - participant: person/james-foley\n    description: The circulation officer for Socialist Worker\n",
        lost: "N2 N13",
    },
];

#[tokio::test]
async fn a_fact_is_not_found_in_seeds_that_do_not_say_it() {
    each_loses_its_facts(SPOILT).await;
}

#[tokio::test]
async fn what_nobody_said_is_noticed_in_the_seeds() {
    each_loses_its_facts(INVENTED).await;
}

async fn each_loses_its_facts(changes: &[Change]) {
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    let tables = tables();
    for change in changes {
        let Change {
            file,
            from,
            to,
            lost,
        } = change;
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&original, copy.path());
        let path = copy.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{file}: {from}");
        fs::write(&path, text.replace(from, to)).unwrap();

        let world = World::new(On::Sqlite, Some(copy.path())).await.unwrap();
        let mut found: Vec<_> = failures(&tables, &answers(&world, &tables).await)
            .into_iter()
            .map(|failure| failure.number)
            .collect();
        found.dedup();
        assert_eq!(found.join(" "), *lost, "{file}: {to}");
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
