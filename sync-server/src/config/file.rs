//! The file of settings: TOML, one key a setting, nothing else in it.
//!
//! What is wrong is told by its line, without the line itself: it may have a password in it.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::{
    settings::ConfigError,
    table::{SETTINGS, Setting, Source, Value},
};

/// What the file sets.
pub(super) fn read(file: &Path) -> Result<Vec<(&'static Setting, Value)>, ConfigError> {
    let wrong = |line, reason: String| ConfigError::File { file: file.into(), line, reason };
    let text = std::fs::read_to_string(file).map_err(|error| wrong(0, error.to_string()))?;
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(&text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        wrong(line(at), error.message().to_owned())
    })?;
    let entries = table.get_ref().iter().map(|(key, value)| {
        let at = line(key.span().start);
        let setting = SETTINGS.iter().find(|setting| setting.key == key.get_ref().as_ref());
        let setting = setting.ok_or_else(|| wrong(at, format!("there is no setting {}", key.get_ref())))?;
        let text = plain(value.get_ref()).ok_or_else(|| {
            let expected = "a text, a whole number, true, false or a list of texts";
            wrong(at, format!("{} has to be {expected}", setting.key))
        })?;
        Ok((setting, Value { text, source: Source::File { file: file.into(), line: at } }))
    });
    entries.collect()
}

/// The value as it would stand in a flag.
fn plain(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(either) => Some(either.to_string()),
        DeValue::Array(parts) => {
            let texts = parts.iter().map(|part| part.get_ref().as_str());
            texts.collect::<Option<Vec<_>>>().map(|texts| texts.join(","))
        }
        _ => None,
    }
}
