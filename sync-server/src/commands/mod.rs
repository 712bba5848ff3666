//! What the program does, one file a command.

use std::io::Write;

pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod devices;
pub(crate) mod migrate;
pub(crate) mod pass;
pub(crate) mod restore;
pub(crate) mod serve;
pub(crate) mod verify;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tungnha_relay::{
    config::{Database, Settings},
    storage::{
        postgres::{Postgres, Target},
        sqlite::{Sqlite, backup::Verified},
    },
};

/// Says what was asked for.
pub(crate) fn say(line: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    Ok(stdout.flush()?)
}

/// Says why it was not done. When even that cannot be written, nobody is there to read it.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "tungnha-relay: {line}");
}

/// Opens the file with its limits.
pub(crate) fn open(file: &Path, settings: &Settings) -> anyhow::Result<Sqlite> {
    Sqlite::open_with(file, settings.quota()?).with_context(|| format!("cannot open {}", file.display()))
}

/// Connects to the database with its limits.
pub(crate) async fn connect(target: &Target, settings: &Settings) -> anyhow::Result<Postgres> {
    Postgres::open_with(target, settings.quota()?).await.context("cannot use the database")
}

/// The file of a database that is one.
pub(crate) fn sqlite_file(settings: &Settings) -> anyhow::Result<PathBuf> {
    match settings.database()? {
        Database::Sqlite(file) => Ok(file),
        Database::Postgres(_) => bail!("PostgreSQL is copied and checked by its own tools: see docs/postgresql.md"),
    }
}

/// What was found in order, in words.
pub(crate) fn in_order(verified: &Verified) -> String {
    let Verified { spaces, entries, devices, bytes } = verified;
    format!("{spaces} spaces, {entries} entries, {bytes} bytes of chunks, {devices} devices: all in order")
}
