//! Every table as plain rows, the same in every database, so that a relay can move from one into
//! another and prove that nothing is missing.

use rusqlite::types::ValueRef;
use tungnha_protocol::{Chunk, ChunkId, Incarnation, LogHash, RollingHash};

use super::StorageError as Error;

/// A table: what it is called, its columns, and how many of them, from the first, are its key.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) key: usize,
}

/// A column.
pub(crate) enum Column {
    Bytes(&'static str),
    Number(&'static str),
}

use Column::{Bytes, Number};

/// All of them, what is referred to before what refers to it.
pub(crate) const TABLES: [Table; 9] = [
    Table {
        name: "spaces",
        columns: &[Bytes("space"), Bytes("incarnation"), Number("head"), Bytes("hash"), Number("created_at")],
        key: 1,
    },
    Table {
        name: "log",
        columns: &[
            Bytes("space"),
            Number("seq"),
            Bytes("id"),
            Bytes("hash"),
            Bytes("device"),
            Number("received_at"),
            Bytes("bytes"),
        ],
        key: 2,
    },
    Table {
        name: "checkpoints",
        columns: &[Bytes("space"), Number("seq"), Bytes("device"), Number("page"), Number("pages"), Bytes("bytes")],
        key: 4,
    },
    Table {
        name: "devices",
        columns: &[
            Bytes("device"),
            Bytes("token_hash"),
            Number("created_at"),
            Number("last_seen"),
            Number("revoked_at"),
        ],
        key: 1,
    },
    Table { name: "memberships", columns: &[Bytes("space"), Bytes("device"), Number("since")], key: 2 },
    Table {
        name: "invites",
        columns: &[
            Bytes("invite"),
            Bytes("space"),
            Bytes("auth_hash"),
            Bytes("envelope"),
            Number("uses"),
            Bytes("created_by"),
            Number("created_at"),
            Number("expires_at"),
        ],
        key: 1,
    },
    Table { name: "invite_uses", columns: &[Bytes("invite"), Bytes("device"), Number("used_at")], key: 2 },
    Table {
        name: "passes",
        columns: &[Bytes("pass"), Bytes("auth_hash"), Number("uses"), Number("created_at"), Number("expires_at")],
        key: 1,
    },
    Table { name: "pass_uses", columns: &[Bytes("pass"), Bytes("space"), Bytes("device"), Number("used_at")], key: 2 },
];

impl Column {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Bytes(name) | Number(name) => name,
        }
    }
}

impl Table {
    /// The columns' names, for a statement.
    pub(crate) fn list(&self) -> String {
        self.columns.iter().map(Column::name).collect::<Vec<_>>().join(", ")
    }

    /// The statement that reads all rows by their key, which both databases order in the same way.
    pub(crate) fn select(&self) -> String {
        let key: Vec<_> = self.columns[..self.key].iter().map(Column::name).collect();
        format!("SELECT {} FROM {} ORDER BY {}", self.list(), self.name, key.join(", "))
    }
}

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Nothing,
    Number(i64),
    Bytes(Vec<u8>),
}

impl Value {
    pub(crate) fn from_sqlite(value: ValueRef<'_>) -> Result<Self, Error> {
        match value {
            ValueRef::Null => Ok(Self::Nothing),
            ValueRef::Integer(number) => Ok(Self::Number(number)),
            ValueRef::Blob(bytes) => Ok(Self::Bytes(bytes.to_vec())),
            other => Err(Error::Failed(format!("the file has {} in a column for bytes", other.data_type()))),
        }
    }
}

/// How many rows a table has, and a hash of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digest {
    pub(crate) rows: u64,
    pub(crate) hash: blake3::Hash,
}

/// Digests rows as they come.
#[derive(Default)]
pub(crate) struct Digester {
    rows: u64,
    hasher: blake3::Hasher,
}

impl Digester {
    pub(crate) fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        for value in row {
            match value {
                Value::Nothing => self.hasher.update(&[0]),
                Value::Number(number) => self.hasher.update(&[1]).update(&number.to_be_bytes()),
                Value::Bytes(bytes) => {
                    self.hasher.update(&[2]).update(&(bytes.len() as u64).to_be_bytes()).update(bytes)
                }
            };
        }
    }

    pub(crate) fn end(&self) -> Digest {
        Digest { rows: self.rows, hash: self.hasher.finalize() }
    }
}

/// Goes along the logs, space by space, and computes again what devices compute.
#[derive(Default)]
pub(crate) struct LogCheck {
    /// From the rows of `spaces`, in their order: the space, its start, and its end as it is kept.
    logs: std::collections::VecDeque<(Vec<u8>, RollingHash, RollingHash)>,
}

impl LogCheck {
    /// Takes in a row of a table, if it has to do with logs.
    pub(crate) fn add(&mut self, table: &str, row: &[Value]) -> Result<(), Error> {
        match (table, row) {
            (
                "spaces",
                [Value::Bytes(space), Value::Bytes(incarnation), Value::Number(head), Value::Bytes(hash), ..],
            ) => {
                let incarnation = Incarnation::try_from(incarnation.as_slice()).map_err(|_| damaged("spaces"))?;
                let end = place(*head, hash)?;
                self.logs.push_back((space.clone(), RollingHash::start(&incarnation), end));
                Ok(())
            }
            ("log", [Value::Bytes(space), Value::Number(seq), Value::Bytes(id), Value::Bytes(hash), _, _, bytes]) => {
                self.entry(space, place(*seq, hash)?, id, bytes)
            }
            ("spaces" | "log", _) => Err(damaged(table)),
            _ => Ok(()),
        }
    }

    fn entry(&mut self, space: &[u8], kept: RollingHash, id: &[u8], bytes: &Value) -> Result<(), Error> {
        while self.logs.front().is_some_and(|(front, ..)| front != space) {
            self.end_of_one()?;
        }
        let (_, reached, _) = self.logs.front_mut().ok_or_else(|| damaged("log"))?;
        let id = ChunkId::try_from(id).map_err(|_| damaged("log"))?;
        *reached = reached.then(&id);
        let is_the_chunk = match bytes {
            Value::Bytes(bytes) => Chunk::id_of(bytes) == id,
            redacted => *redacted == Value::Nothing,
        };
        if *reached == kept && is_the_chunk { Ok(()) } else { Err(damaged("log")) }
    }

    fn end_of_one(&mut self) -> Result<(), Error> {
        match self.logs.pop_front() {
            Some((_, reached, end)) if reached != end => Err(damaged("spaces")),
            _ => Ok(()),
        }
    }

    /// After the last row of `log`: all logs have ended where they are said to.
    pub(crate) fn end(&mut self) -> Result<(), Error> {
        while !self.logs.is_empty() {
            self.end_of_one()?;
        }
        Ok(())
    }
}

fn place(seq: i64, hash: &[u8]) -> Result<RollingHash, Error> {
    let seq = u64::try_from(seq).map_err(|_| damaged("log"))?;
    Ok(RollingHash { seq, hash: LogHash(hash.try_into().map_err(|_| damaged("log"))?) })
}

fn damaged(table: &str) -> Error {
    Error::Failed(format!("the table {table} is damaged: its numbers, hashes and chunks do not belong together"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A column that is not named here would be left behind.
    #[test]
    fn every_table_and_column_of_the_file_is_named() {
        let sqlite = rusqlite::Connection::open_in_memory().unwrap();
        sqlite.execute_batch(&super::super::sqlite::MIGRATIONS.concat()).unwrap();
        let columns = "SELECT t.name, group_concat(c.name, ', ' ORDER BY c.cid) FROM sqlite_schema AS t,
            pragma_table_info(t.name) AS c WHERE t.type = 'table' GROUP BY t.name ORDER BY t.name";
        let mut columns = sqlite.prepare(columns).unwrap();
        let there: Vec<(String, String)> =
            columns.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
        let mut named: Vec<_> = TABLES.iter().map(|table| (table.name.to_owned(), table.list())).collect();
        named.sort();
        assert_eq!(there, named);
    }
}
