//! A relay's file that is about to be left: read by one process alone, and closed for good.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Statement};

use super::{MOVED, migrate};
use crate::storage::{
    StorageError as Error,
    tables::{Table, Value},
};

/// A file that nobody else has open.
pub(crate) struct Leaving(Connection);

impl Leaving {
    /// Opens it; refused while a relay serves it, or when it has moved already.
    pub(crate) fn open(file: &Path) -> Result<Self, Error> {
        let mut connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        // In this mode the file's lock is kept from the first read until the connection ends.
        let alone = connection.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; SELECT count(*) FROM sqlite_schema;",
        );
        alone.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy) => Error::Failed("a relay still serves this file: stop it first".into()),
            _ => error.into(),
        })?;
        migrate(&mut connection)?;
        Ok(Self(connection))
    }

    /// Reads all rows of a table by its key.
    pub(crate) fn select(&self, table: &Table) -> Result<Statement<'_>, Error> {
        Ok(self.0.prepare(&table.select())?)
    }

    /// From now on no relay serves this file.
    pub(crate) fn close_for_good(&self) -> Result<(), Error> {
        Ok(self.0.pragma_update(None, "user_version", MOVED)?)
    }
}

/// A row that [`Leaving::select`] has read.
pub(crate) fn values(row: &Row<'_>, table: &Table) -> Result<Vec<Value>, Error> {
    (0..table.columns.len()).map(|column| Value::from_sqlite(row.get_ref(column)?)).collect()
}
