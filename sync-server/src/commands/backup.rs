//! `tungnha-relay backup`.

use std::path::Path;

use anyhow::Context;
use tungnha_relay::{config::Settings, storage::sqlite::backup};

use super::{in_order, say, sqlite_file};

pub(crate) fn run(settings: &Settings, to: &Path) -> anyhow::Result<()> {
    let verified = backup::back_up(&sqlite_file(settings)?, to).context("there is no backup")?;
    say(&format!("{}: {}", to.display(), in_order(&verified)))
}
