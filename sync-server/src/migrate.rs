//! Moves a relay that has outgrown its file into PostgreSQL, and proves that nothing is missing.
//!
//! The file is read by this process alone, so no relay can acknowledge anything that the copy would
//! lack: devices keep what they write until the relay is served again. Everything arrives in one
//! transaction, is read back in it, and is compared by a hash of every table's rows; the logs are
//! computed again from their chunks. Only then it is committed, and the file is closed for good. Logs
//! keep their incarnation, so that devices go on where they were.

use std::{path::Path, pin::pin};

use crate::storage::{
    StorageError as Error,
    postgres::{
        Postgres,
        moving::{self, Arriving},
    },
    sqlite::moving::{Leaving, values},
    tables::{Digest, Digester, LogCheck, TABLES, Table},
};

/// What has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// A table.
    pub table: &'static str,
    /// How many rows of it.
    pub rows: u64,
}

/// Moves everything from a file, which no relay may be serving, into an empty database. When this
/// fails, nothing is in the database, and the file is as it was; except that the file may be open still
/// after the move was done, which the error says.
pub async fn migrate(from: &Path, to: &Postgres) -> Result<Vec<Moved>, Error> {
    let from = Leaving::open(from)?;
    let mut door = to.door().await?;
    let to = Arriving::begin(&mut door).await?;
    let (mut moved, mut logs) = (Vec::new(), LogCheck::default());
    for table in &TABLES {
        let left = copy(&from, &to, table).await?;
        let arrived = read_back(&to, table, &mut logs).await?;
        if left != arrived {
            return Err(Error::Failed(format!(
                "what arrived of {} is not what left: {left:?}, {arrived:?}",
                table.name
            )));
        }
        moved.push(Moved { table: table.name, rows: arrived.rows });
    }
    logs.end()?;
    to.commit().await?;
    from.close_for_good().map_err(|error| {
        Error::Failed(format!("everything has moved, but the file could not be closed; do not serve it again: {error}"))
    })?;
    Ok(moved)
}

async fn copy(from: &Leaving, to: &Arriving<'_>, table: &Table) -> Result<Digest, Error> {
    let (mut digester, mut writer) = (Digester::default(), pin!(to.copy(table).await?));
    let mut select = from.select(table)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let row = values(row, table)?;
        digester.add(&row);
        writer.as_mut().write_raw(&row).await?;
    }
    writer.finish().await?;
    Ok(digester.end())
}

async fn read_back(to: &Arriving<'_>, table: &Table, logs: &mut LogCheck) -> Result<Digest, Error> {
    let (mut digester, mut rows) = (Digester::default(), pin!(to.select(table).await?));
    while let Some(row) = moving::next(rows.as_mut(), table).await? {
        digester.add(&row);
        logs.add(table.name, &row)?;
    }
    Ok(digester.end())
}
