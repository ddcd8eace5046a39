//! Every question of `queries/`, asked of its world on every database. Both give the answer that stands
//! beside the question, in as many statements.

use std::{
    collections::{HashMap, hash_map::Entry},
    fmt::Write,
    fs,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
};

use libtest_mimic::{Arguments, Failed, Trial};
use tests::{
    On, World, folder,
    question::{self, Question},
};
use tokio::runtime::Runtime;

/// How snapshots are written anew.
const REFRESH: &str = "if this is right: cargo bless (or BLESS=1 cargo test -p tests)";

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::from_args();
    let runtime = Arc::new(Runtime::new()?);
    let mut trials = vec![Trial::test("every_snapshot_has_its_question", || {
        every_snapshot_has_its_question().map_err(|error| Failed::from(error.to_string()))
    })];
    for on in On::BOTH {
        let shared = Arc::new(Shared::default());
        for question in question::questions()? {
            let (runtime, shared) = (Arc::clone(&runtime), Arc::clone(&shared));
            let name = format!("{}::{}", question.name, on.name());
            let trial = Trial::test(name, move || {
                let found = shared.ask(on, &question, &runtime)?;
                compare(on, &question, &found)
            });
            trials.push(trial.with_ignored_flag(!on.available()));
        }
    }
    // The worlds go with the trials, so that nothing is left of them when the process ends.
    Ok(libtest_mimic::run(&arguments, trials).exit_code())
}

/// The worlds of a process, by name. One trial asks at a time, because statements are counted.
#[derive(Default)]
struct Shared(Mutex<HashMap<String, World>>);

impl Shared {
    fn ask(&self, on: On, question: &Question, runtime: &Runtime) -> Result<String, Failed> {
        let mut worlds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        runtime
            .block_on(async {
                let world = match worlds.entry(question.world.clone()) {
                    Entry::Occupied(world) => world.into_mut(),
                    Entry::Vacant(place) => {
                        let seeds = folder(&format!("worlds/{}", question.world));
                        place.insert(World::new(on, Some(&seeds)).await?)
                    }
                };
                let answer = world
                    .ask_with(&question.text, question.variables.clone())
                    .await;
                let body = serde_json::to_string_pretty(&answer.body)?;
                let cost = &answer.cost;
                Ok(format!(
                    "statements: {}\ncost: {} asked, {} spent\n{body}\n",
                    answer.statements, cost["asked"], cost["spent"]
                ))
            })
            .map_err(|error: anyhow::Error| Failed::from(format!("{error:#}")))
    }
}

fn compare(on: On, question: &Question, found: &str) -> Result<(), Failed> {
    let path = question.snapshot.display();
    if std::env::var_os("BLESS").is_some() {
        // One database writes; the next run compares the other with it.
        if on == On::Sqlite {
            fs::write(&question.snapshot, found)?;
        }
        return Ok(());
    }
    let expected = fs::read_to_string(&question.snapshot)
        .map_err(|error| format!("{path}: {error}\n{found}\n{REFRESH}"))?;
    if expected == found {
        return Ok(());
    }
    Err(format!(
        "{path}: another answer\n{}\n{REFRESH}",
        difference(&expected, found)
    )
    .into())
}

/// The lines in which two texts differ, from the first to the last, with a few around them.
fn difference(expected: &str, found: &str) -> String {
    const AROUND: usize = 3;
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let alike = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| {
        pairs.take_while(|(left, right)| left == right).count()
    };
    let start = alike(&mut expected.iter().zip(&found));
    let shorter = expected.len().min(found.len());
    let end = alike(&mut expected.iter().rev().zip(found.iter().rev())).min(shorter - start);
    let mut text = String::new();
    let mut part = |sign: char, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(text, "{sign} {line}");
        }
    };
    part(' ', &expected[start.saturating_sub(AROUND)..start]);
    part('-', &expected[start..expected.len() - end]);
    part('+', &found[start..found.len() - end]);
    let rest = &found[found.len() - end..];
    part(' ', &rest[..rest.len().min(AROUND)]);
    text
}

fn every_snapshot_has_its_question() -> anyhow::Result<()> {
    let questions: Vec<String> = question::files("graphql")?
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    for (name, path) in question::files("snap")? {
        anyhow::ensure!(
            questions.contains(&name),
            "{}: no question has this answer; delete it, or give it back its question",
            path.display()
        );
    }
    Ok(())
}
