//! An import that is killed leaves the database as it was before it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs::File,
    io::{BufRead, BufReader},
    process::Stdio,
};

use api::{export::Format, generate, progress::Silent};
use tests::{
    On, World, moment, on_both,
    program::{call, run},
};

on_both! {
    what_is_killed_leaves_nothing,
}

async fn what_is_killed_leaves_nothing(on: On) {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("many.jsonl");
    let many = {
        let world = World::empty(on).await.unwrap();
        let never = std::future::pending();
        generate::load(&world.database, 700, 1, moment(), &Silent, never)
            .await
            .unwrap();
        world.exported(Format::Jsonl).await.unwrap()
    };
    std::io::Write::write_all(&mut File::create(&path).unwrap(), &many).unwrap();

    let world = World::small(on).await.unwrap();
    let before = world.exported(Format::Jsonl).await.unwrap();
    let url = world.database_url();
    let arguments = [
        "--database-url",
        &url,
        "import",
        "jsonl",
        path.to_str().unwrap(),
    ];
    let mut child = call(place.path(), &arguments)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // Once the file is read for the second time, some of its records are written whole.
    let halfway = lines.map(Result::unwrap).find(|line| {
        let mut numbers = line
            .split(' ')
            .filter_map(|word| word.parse::<usize>().ok());
        let (done, all) = (numbers.next().unwrap(), numbers.next().unwrap());
        done > all / 2
    });
    assert!(halfway.is_some());
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    assert_eq!(ended.code(), None, "it was done before it was killed");
    assert_eq!(world.exported(Format::Jsonl).await.unwrap(), before);
    let answer = world.ask("{ dataset { revision } }").await;
    assert_eq!(answer.body["data"]["dataset"]["revision"], 1);

    let (status, text) = run(place.path(), &arguments);
    assert_eq!(status, 0, "{text}");
    let lines = many.split(|byte| *byte == b'\n').count() - 1;
    assert!(
        text.ends_with(&format!("{lines} created, 0 updated, 0 unchanged\n")),
        "{text}"
    );
}
