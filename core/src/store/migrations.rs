//! Numbered steps from an empty file to today's tables.
//!
//! Each step says whether an app without it could still use the file. A file that was
//! raised past what this app understands is refused with a plain message instead of
//! being written to by guesswork.

use rusqlite::Connection;

use crate::error::{Error, Result};

struct Migration {
    sql: &'static str,
    /// An app that stops before this step may still open the file.
    older_may_open: bool,
}

const MIGRATIONS: &[Migration] =
    &[Migration { sql: include_str!("migrations/0001_notebook.sql"), older_may_open: false }];

/// Brings the file up to date, each step in a transaction of its own.
pub fn run(connection: &mut Connection) -> Result<()> {
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS migrations (
           step           INTEGER NOT NULL PRIMARY KEY,
           older_may_open INTEGER NOT NULL
         ) STRICT",
    )?;
    let done: i64 = connection.query_row("SELECT coalesce(max(step), 0) FROM migrations", [], |r| r.get(0))?;
    let known = MIGRATIONS.len() as i64;
    let needed: i64 =
        connection
            .query_row("SELECT coalesce(max(step), 0) FROM migrations WHERE older_may_open = 0", [], |r| r.get(0))?;
    if needed > known {
        return Err(Error::new("app_too_old", format!("the file needs step {needed}, this app knows {known}")));
    }
    for (step, migration) in (1i64..).zip(MIGRATIONS).filter(|(step, _)| *step > done) {
        let tx = connection.transaction()?;
        tx.execute_batch(migration.sql)?;
        tx.execute("INSERT INTO migrations (step, older_may_open) VALUES (?1, ?2)", (step, migration.older_may_open))?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_twice_changes_nothing() {
        let mut db = Connection::open_in_memory().expect("opens");
        run(&mut db).expect("first");
        run(&mut db).expect("second");
    }

    #[test]
    fn a_file_from_the_future_is_refused() {
        let mut db = Connection::open_in_memory().expect("opens");
        run(&mut db).expect("first");
        db.execute("INSERT INTO migrations VALUES (99, 0)", []).expect("pretends");
        assert_eq!(run(&mut db).expect_err("refuses").code(), "app_too_old");
    }

    #[test]
    fn a_later_step_that_older_apps_bear_is_no_obstacle() {
        let mut db = Connection::open_in_memory().expect("opens");
        run(&mut db).expect("first");
        db.execute("INSERT INTO migrations VALUES (99, 1)", []).expect("pretends");
        run(&mut db).expect("opens all the same");
    }
}
