//! The tables, brought up to date by whichever process comes first.

use tokio_postgres::{Client, Transaction};

use crate::storage::StorageError as Error;

const MIGRATIONS: [&str; 1] = [include_str!("../../../migrations/postgres/0001_first.sql")];

/// Any number that no other program on this database is likely to lock.
const LOCK: i64 = 0x7475_6e67_6e68_6121;

/// Makes missing tables. Several processes may do so at once: one does it, and the others wait. Where
/// nothing is missing, no right to make tables is needed.
pub(super) async fn bring_up_to_date(client: &mut Client) -> Result<(), Error> {
    let transaction = client.transaction().await?;
    if version(&transaction).await? != MIGRATIONS.len() {
        // This may take as long as it takes.
        transaction.batch_execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0").await?;
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
        // Somebody else may have done it meanwhile.
        let done = version(&transaction).await?;
        migrate(&transaction, done).await?;
    }
    Ok(transaction.commit().await?)
}

async fn migrate(transaction: &Transaction<'_>, done: usize) -> Result<(), Error> {
    if done > MIGRATIONS.len() {
        return Err(Error::Failed("this database is of a newer version of tungnha-relay".into()));
    }
    for migration in &MIGRATIONS[done..] {
        transaction.batch_execute(migration).await?;
    }
    transaction.batch_execute("CREATE TABLE IF NOT EXISTS relay_schema (version bigint NOT NULL)").await?;
    transaction.batch_execute("DELETE FROM relay_schema").await?;
    let version = MIGRATIONS.len() as i64;
    transaction.execute("INSERT INTO relay_schema (version) VALUES ($1)", &[&version]).await?;
    Ok(())
}

/// How many migrations the database has seen.
async fn version(transaction: &Transaction<'_>) -> Result<usize, Error> {
    // Read from the rows: `to_regclass` would remember that there was none before the lock.
    let find = "SELECT FROM pg_class WHERE relname = 'relay_schema' AND pg_table_is_visible(oid)";
    if transaction.query_opt(find, &[]).await?.is_none() {
        return Ok(0);
    }
    let version: i64 = transaction.query_one("SELECT version FROM relay_schema", &[]).await?.get(0);
    usize::try_from(version).map_err(|_| Error::Failed(format!("the database says that its version is {version}")))
}
