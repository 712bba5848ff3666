//! `tungnha-relay migrate`.

use anyhow::bail;
use tungnha_relay::{
    config::{Database, Settings},
    migrate::migrate,
    storage::sqlite::lock::Lock,
};

use super::{connect, say};

pub(crate) async fn run(settings: Settings, from: Database, to: Option<Database>) -> anyhow::Result<()> {
    let to = to.map_or_else(|| settings.database(), Ok)?;
    let (Database::Sqlite(from), Database::Postgres(to)) = (from, to) else {
        bail!("a relay moves from sqlite:// to postgres://");
    };
    let _lock = Lock::take(&from)?;
    for moved in migrate(&from, &connect(&to, &settings).await?).await? {
        say(&format!("{}: {} rows", moved.table, moved.rows))?;
    }
    say("everything has moved: all rows were read back and are the same, and all logs add up")?;
    say("the file is closed for good; serve the database now, under the address that devices know")
}
