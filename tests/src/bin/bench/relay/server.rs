//! A relay as its operator runs it, with what it keeps everything in: one file, or a PostgreSQL server beside it
//! that forces its commits to the disk.

use rusqlite::Connection;
use tungnha_protocol::Pass;
use tungnha_test_postgres as postgres;
use tungnha_tests::Relay;

use super::process;

/// A relay and its memory.
pub struct Server {
    /// The relay.
    pub relay: Relay,
    /// The other server and its database, when there is one.
    postgres: Option<(postgres::Server, String)>,
}

impl Server {
    /// A relay with an empty file.
    pub fn with_file() -> Self {
        Self { relay: Relay::in_service(), postgres: None }
    }

    /// A relay with an empty database in a server of its own.
    pub fn with_postgres() -> Self {
        let server = postgres::Server::start(&["fsync=on"]);
        let url = server.fresh_database();
        let database = url.rsplit('/').next().unwrap().to_owned();
        Self { relay: Relay::in_service_on(&url), postgres: Some((server, database)) }
    }

    /// A pass to open so many spaces.
    pub fn pass(&self, spaces: usize) -> Pass {
        Pass::parse(&self.relay.pass_to_open(spaces, &self.relay.url())).unwrap()
    }

    /// Seconds of processor that all of it has had so far.
    pub fn processor(&self) -> f64 {
        let mut processes = vec![self.relay.process()];
        processes.extend(self.postgres.iter().flat_map(|(server, _)| server.processes()));
        process::processor(&processes)
    }

    /// Megabytes that the relay itself has in memory.
    pub fn memory(&self) -> f64 {
        process::memory(self.relay.process())
    }

    /// Bytes that it keeps on the disk, once what is written ahead is where it belongs.
    pub fn stored(&self) -> u64 {
        match &self.postgres {
            None => self.file(),
            Some((server, database)) => {
                let size = server.sql(database, "SELECT pg_database_size(current_database())");
                size.trim().parse().unwrap()
            }
        }
    }

    fn file(&self) -> u64 {
        let database = Connection::open(self.relay.database()).unwrap();
        let left: u32 = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0, "nobody is in the way");
        std::fs::metadata(self.relay.database()).unwrap().len()
    }
}
