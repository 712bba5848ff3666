//! `tungnha-relay verify`.

use tungnha_relay::{config::Settings, storage::sqlite::backup};

use super::{in_order, say, sqlite_file};

pub(crate) fn run(settings: &Settings) -> anyhow::Result<()> {
    say(&in_order(&backup::verify(&sqlite_file(settings)?)?))
}
