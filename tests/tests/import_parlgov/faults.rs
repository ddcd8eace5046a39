//! What is wrong with the tables is told with file, line and column, all at once, and nothing is written.

use std::{fs, path::Path};

use tests::{On, World, on_both};

use super::{CHANGES, PARTY, ask, copy, import, spoil};

on_both! {
    rows_that_cannot_be_understood,
    tables_that_are_not_there,
}

const NAMES: &str = "23__parties__PartyNameChange.csv";
const ELECTIONS: &str = "31__elections__Election.csv";

async fn refusal(world: &World, path: &Path, folder: &Path) -> String {
    let error = import(world, path).await.unwrap_err().to_string();
    assert!(world.database.is_empty().await.unwrap());
    error
        .replace(&format!("{}/", folder.display()), "")
        .replace(&folder.display().to_string(), "folder")
}

async fn rows_that_cannot_be_understood(on: On) {
    let world = World::empty(on).await.unwrap();
    let tables = copy();
    let folder = tables.path();
    spoil(folder, PARTY, "1935-03-01", "1935-13-01");
    spoil(
        folder,
        PARTY,
        r#"""date_as_is"": true, "#,
        r#"""date_as_is"": yes, "#,
    );
    spoil(folder, PARTY, "\n4,10,919", "\n3,10,919");
    spoil(folder, PARTY, "6,40,912", "6,41,912");
    spoil(folder, PARTY, "7,40,902", "7,40,903");
    spoil(folder, NAMES, "1961-07-01", "");
    spoil(folder, CHANGES, ",31,,2,1,1935", ",36,,2,1,1935");
    spoil(folder, CHANGES, ",7,1,1971-07-01,5", ",77,1,1971-07-01,5");
    spoil(folder, CHANGES, ",9,10,1984-06-15,9", ",10,10,1984-06-15,9");
    spoil(folder, CHANGES, "1984-06-15,10", "15 June,8");
    spoil(folder, ELECTIONS, "1,13,40,", "1,14,40,");
    spoil(folder, ELECTIONS, "2000135", "2 million");
    let told = refusal(&world, folder, folder).await;
    insta::assert_snapshot!("rows_that_cannot_be_understood", told);

    // A table cut off in the middle, a column that is not there, and Latin-1, each in another table.
    let tables = copy();
    let folder = tables.path();
    let whole = fs::read_to_string(folder.join(PARTY)).unwrap();
    fs::write(
        folder.join(PARTY),
        &whole[..whole.find("9,37").unwrap() + 9],
    )
    .unwrap();
    spoil(folder, CHANGES, "party_new", "new_party");
    fs::write(
        folder.join(NAMES),
        b"id,party,date,name_short,name_english,name\n1,2,1935-03-01,BR,Reform,R\xe9forme\n",
    )
    .unwrap();
    fs::copy(folder.join(ELECTIONS), folder.join("election.csv")).unwrap();
    let told = refusal(&world, folder, folder).await;
    insta::assert_snapshot!("tables_that_cannot_be_read", told);
}

async fn tables_that_are_not_there(on: On) {
    let world = World::empty(on).await.unwrap();
    let tables = copy();
    let folder = tables.path();
    assert_eq!(
        refusal(&world, &folder.join(PARTY), folder).await,
        format!("{PARTY}: this is a file; name the folder that holds the tables of ParlGov")
    );
    assert_eq!(
        refusal(&world, &folder.join("none"), folder).await,
        "none: there is no such folder"
    );
    fs::remove_file(folder.join(NAMES)).unwrap();
    fs::rename(folder.join(CHANGES), folder.join("changes.csv")).unwrap();
    assert_eq!(
        refusal(&world, folder, folder).await,
        "folder: there is no table PartyNameChange, nor PartyChange in this folder; Country, Party, PartyNameChange, PartyChange are needed, each as `Name.csv` or `..__Name.csv`"
    );

    // Without what may be missing the rest comes over, and what is missing is told.
    let tables = copy();
    let folder = tables.path();
    for table in [
        "01__datacore__Code.csv",
        "22__parties__PartyFamily.csv",
        ELECTIONS,
    ] {
        fs::remove_file(folder.join(table)).unwrap();
    }
    let report = import(&world, folder).await.unwrap().to_string();
    for line in [
        "1 table Code: it is not in the folder; what parties are put under is not named",
        "1 table PartyFamily: it is not in the folder; parties have their main family alone",
        "1 table Election: it is not in the folder; elections stay as they are",
        "organisations: 10 created, 0 updated, 0 unchanged",
        "events: 10 created, 0 updated, 0 unchanged",
    ] {
        assert!(report.contains(line), "{report}");
    }
    let answer = ask(
        &world,
        r#"{ organisation(by: {slug: "land-league"}) { ideologies { name } } }"#,
    )
    .await;
    assert_eq!(answer["organisation"]["ideologies"], serde_json::json!([]));
}
