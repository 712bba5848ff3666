//! `tungnha-relay pass`.

use tungnha_protocol::{Pass, RelayUrl, wire::auth_hash};
use tungnha_relay::{
    config::{Database, Settings},
    storage::{NewPass, Storage},
    system_clock,
};

use super::{connect, open, say};

pub(crate) async fn run(settings: Settings, url: RelayUrl, uses: u32, days: u32) -> anyhow::Result<()> {
    match settings.database()? {
        Database::Sqlite(file) => make(open(&file, &settings)?, url, uses, days).await,
        Database::Postgres(target) => make(connect(&target, &settings).await?, url, uses, days).await,
    }
}

async fn make(storage: impl Storage, url: RelayUrl, uses: u32, days: u32) -> anyhow::Result<()> {
    let pass = Pass::new(url, tungnha_protocol::random_bytes());
    let now = system_clock()();
    let kept = NewPass {
        pass: pass.id(),
        auth_hash: auth_hash(&pass.auth()),
        uses,
        expires_at: now.saturating_add(u64::from(days) * 24 * 60 * 60),
    };
    storage.add_pass(kept, now).await?;
    say(&pass.link())
}
