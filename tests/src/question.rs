//! The questions in `queries/`: one file each, with the fact it shows in its first line. Comments after it say what
//! else is needed: `# world: lineage` that another world than the small one is asked, `# variables: {..}` with what.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// One question of `queries/`.
#[derive(Clone, Debug)]
pub struct Question {
    /// Folder and sentence, as trials are named.
    pub name: String,
    pub text: String,
    /// The folder in `worlds/` that holds its world.
    pub world: String,
    /// An object, or null.
    pub variables: Value,
    /// Where its answer stands.
    pub snapshot: PathBuf,
}

/// Every question, sorted by name.
pub fn questions() -> Result<Vec<Question>> {
    files("graphql")?
        .into_iter()
        .map(|(name, path)| {
            read(name, &path).with_context(|| format!("{}: not a question", path.display()))
        })
        .collect()
}

/// Names and paths of the files in `queries/` that end so, sorted.
pub fn files(extension: &str) -> Result<Vec<(String, PathBuf)>> {
    let root = crate::folder("queries");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(&root)?.with_extension("");
                files.push((name.to_string_lossy().replace('\\', "/"), path));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn read(name: String, path: &Path) -> Result<Question> {
    let text = fs::read_to_string(path)?;
    let mut lines = text.lines();
    let fact = lines.next().and_then(|line| line.strip_prefix("# "));
    ensure!(
        fact.is_some_and(|fact| fact.ends_with('.')),
        "the first line is a comment: the fact that the answer shows, a sentence"
    );
    let mut world = "small".to_owned();
    let mut variables = Value::Null;
    for line in lines.map_while(|line| line.strip_prefix("# ")) {
        if let Some(name) = line.strip_prefix("world: ") {
            name.clone_into(&mut world);
        } else if let Some(json) = line.strip_prefix("variables: ") {
            variables = serde_json::from_str(json).context("the variables are not JSON")?;
        }
    }
    Ok(Question {
        name,
        world,
        variables,
        snapshot: path.with_extension("snap"),
        text,
    })
}
