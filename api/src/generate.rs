//! A data set made up by chance: to try the program, to measure it, and to test it at sizes that no archive has.
//!
//! Nothing in it is true, but it looks like what is: most organisations stand alone, families are small but for one,
//! years of many splits alternate with quiet ones, and many dates are known only to the year. The same number of
//! organisations and the same seed give the same records on every machine.
//!
//! Every slug ends in a tag that stands for number and seed. So a data set can be added to any other, and adding it
//! again changes nothing; where one of its records has been changed since, it is refused as a whole.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::{Result, anyhow, bail, ensure};
use chrono::{DateTime, Utc};

use crate::database::{self, Database};
use crate::progress::Progress;
use crate::write::{self, Context, Counts, Draft, Kind};

mod date;
mod family;
mod group;
mod happening;
mod organisation;
mod people;
mod random;
mod stock;
mod words;

use group::Group;
use random::Random;
use stock::{Slugs, Stock};

/// The most organisations that a data set can have.
pub const MOST: u32 = 1_000_000;
/// Organisations that are written together: enough to fill statements, few enough to fit in memory.
const TOGETHER: usize = 2000;
/// The largest family, where there are organisations enough.
const LARGEST: usize = 1000;
/// The largest of the other families, however many organisations there are.
const USUAL: usize = 64;
/// Of a hundred organisations, how many are linked to others.
const LINKED: usize = 55;
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What a data set holds, and how much of it is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    pub records: BTreeMap<Kind, usize>,
    pub created: usize,
    pub unchanged: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, count) in &self.records {
            writeln!(f, "{count:>9}  {}", kind.folder())?;
        }
        write!(f, "{} created, {} unchanged", self.created, self.unchanged)
    }
}

/// Writes a data set of this many organisations, in one transaction. `now` is when the database learns of it;
/// `progress` is told of every organisation. Once `stop` is done, nothing more is written and nothing remains.
///
/// # Errors
/// When the number is 0 or above [`MOST`], and when the database has one of the records and it says something else.
pub async fn load(
    database: &Database,
    organisations: u32,
    seed: u64,
    now: DateTime<Utc>,
    progress: &dyn Progress,
    stop: impl Future<Output = ()>,
) -> Result<Report> {
    ensure!(
        (1..=MOST).contains(&organisations),
        "{organisations} organisations: choose a number from 1 to {MOST}"
    );
    let context = Context {
        author: "generate",
        reason: None,
        now,
    };
    let mut report = Report::default();
    let txn = database.begin().await?;
    progress.start("organisations", organisations.into());
    let written = async {
        for drafts in batches(organisations, seed) {
            let saved = write::save(&txn, &drafts, &context).await?;
            let Counts {
                created,
                updated,
                unchanged,
            } = saved.total();
            if updated > 0 {
                bail!(
                    "{updated} records of this data set are in the database already and have been changed since; take another seed, or an empty database"
                );
            }
            report.created += created;
            report.unchanged += unchanged;
            for draft in &drafts {
                *report.records.entry(draft.kind()).or_default() += 1;
            }
            let done = report.records.get(&Kind::Organisation).copied();
            progress.reach(u64::try_from(done.unwrap_or_default())?);
        }
        Ok(())
    };
    let written = tokio::select! {
        written = written => written,
        // What has been begun to be committed is not stopped any more.
        () = stop => Err(anyhow!("stopped; nothing of it was written")),
    };
    database::settle(txn, written).await?;
    progress.finish();
    Ok(report)
}

/// The records of a data set in the order in which they can be written: each batch refers to itself and to the first.
pub fn batches(organisations: u32, seed: u64) -> impl Iterator<Item = Vec<Draft>> {
    let count = usize::try_from(organisations).unwrap_or(usize::MAX);
    let mut random = Random::new(seed);
    // The number of organisations decides as much as the seed does: a larger data set is another one.
    let mut random = Random::new(random.next() ^ u64::from(organisations));
    let tag = (0..5).map(|_| char::from(*random.pick(LETTERS))).collect();
    let mut slugs = Slugs { tag, number: 0 };
    let sizes = sizes(&mut random, count);
    let (stock, first) = Stock::new(&mut random, &mut slugs, count);
    let mut done = 0;
    let groups = std::iter::from_fn(move || {
        let mut together = 0;
        let rest = &sizes[done..];
        let size = rest
            .iter()
            .take_while(|size| {
                let room = together < TOGETHER;
                together += **size;
                room
            })
            .count();
        done += size;
        (size > 0).then(|| Group::drafts(&mut random, &mut slugs, &stock, &rest[..size]))
    });
    std::iter::once(first).chain(groups)
}

/// How many organisations each family has, the large one first; a family of one is an organisation without links.
fn sizes(random: &mut Random, organisations: usize) -> Vec<usize> {
    let large = (organisations / 10)
        .max((organisations / 2).min(family::LARGE))
        .min(LARGEST);
    let mut linked = (organisations * LINKED / 100).saturating_sub(large);
    // As in ParlGov, half as many are twice as large and less: six on average.
    let weights: Vec<(u32, usize)> = (2..=USUAL)
        .map(|size| (u32::try_from(1_000_000 / (size * size)).unwrap_or(1), size))
        .collect();
    let mut others = Vec::new();
    while linked > 1 {
        let size = random.weighted(&weights).min(linked);
        others.push(size);
        linked -= size;
    }
    let alone = organisations - large - others.iter().sum::<usize>();
    others.resize(others.len() + alone, 1);
    random.shuffle(&mut others);
    let large = (large > 0).then_some(large);
    large.into_iter().chain(others).collect()
}
