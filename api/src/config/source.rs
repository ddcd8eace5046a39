//! Where settings come from: the optional file, and layers of names and values, each told in messages.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use figment::{
    Figment, Metadata, Profile, Provider,
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};

use super::{FILE, Flags, SETTINGS, value::Setting};

pub fn file(flags: &Flags, folder: &Path) -> Result<Option<PathBuf>> {
    match &flags.config {
        Some(path) if path.is_file() => Ok(Some(path.clone())),
        Some(path) => bail!("--config: there is no file {}", path.display()),
        None => Ok(Some(folder.join(FILE)).filter(|path| path.is_file())),
    }
}

pub fn toml(path: &Path) -> Result<Layer> {
    let data = Toml::file_exact(path).data().map_err(|error| {
        anyhow!(
            "{}: {}",
            path.display(),
            without_source(&error.kind.to_string())
        )
    })?;
    let values = data.into_values().next().unwrap_or_default();
    for key in values.keys() {
        if !SETTINGS.iter().any(|(name, _)| name == key) {
            let known = SETTINGS.iter().map(|(name, _)| *name).collect::<Vec<_>>();
            bail!(
                "{}: there is no setting {key:?}; the settings are {}",
                path.display(),
                known.join(", ")
            );
        }
    }
    Ok(Layer {
        name: path.display().to_string(),
        values,
    })
}

/// The parser quotes the line it stopped at, which may hold a password.
fn without_source(message: &str) -> String {
    let lines = message.lines().filter(|line| !line.contains('|'));
    lines.collect::<Vec<_>>().join(", ")
}

pub fn extract<T: Setting>(figment: &Figment, name: &str) -> Result<T> {
    let value = figment
        .find_value(name)
        .with_context(|| format!("the setting {name} has no value"))?;
    let text = match &value {
        Value::String(_, text) => text.clone(),
        Value::Num(_, number) => number
            .to_u128()
            .map(|number| number.to_string())
            .or_else(|| number.to_i128().map(|number| number.to_string()))
            .or_else(|| number.to_f64().map(|number| number.to_string()))
            .unwrap_or_default(),
        Value::Bool(_, truth) => truth.to_string(),
        Value::Array(_, parts) if T::LIST && parts.iter().all(|part| part.as_str().is_some()) => {
            let parts = parts.iter().filter_map(Value::as_str);
            parts.collect::<Vec<_>>().join(",")
        }
        _ => bail!("{name}: expected {}, not a list or a table", T::EXPECTED),
    };
    T::parse(text.trim()).ok_or_else(|| {
        let origin = figment
            .get_metadata(value.tag())
            .map_or_else(String::new, |metadata| format!(" (from {})", metadata.name));
        if T::SECRET {
            anyhow!("{name}: expected {}{origin}", T::EXPECTED)
        } else {
            anyhow!("{name}: expected {}, not {text:?}{origin}", T::EXPECTED)
        }
    })
}

/// One place that settings come from.
pub struct Layer {
    name: String,
    values: Dict,
}

impl Layer {
    pub fn new<'a>(
        name: &str,
        values: impl IntoIterator<Item = (&'a str, Option<String>)>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            values: values
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value?))))
                .collect(),
        }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.values.clone()))
    }
}
