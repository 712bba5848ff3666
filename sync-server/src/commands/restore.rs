//! `tungnha-relay restore`.

use std::path::Path;

use anyhow::Context;
use tungnha_relay::{config::Settings, storage::sqlite::backup, system_clock};

use super::{in_order, say, sqlite_file};

pub(crate) fn run(settings: &Settings, from: &Path) -> anyhow::Result<()> {
    let file = sqlite_file(settings)?;
    let (verified, before) = backup::restore(&file, from, system_clock()()).context("nothing was restored")?;
    say(&format!("{}: {}", file.display(), in_order(&verified)))?;
    match before {
        Some(before) => say(&format!("what was there before is {}", before.display())),
        None => Ok(()),
    }
}
