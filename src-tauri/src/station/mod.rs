//! The room's relay: what core needs of a door to serve other devices without internet.
//!
//! It is the relay's own router as a library, over a SQLite file of its own, behind TLS with a
//! certificate that is made for this opening. What it is for and when it stops, core decides.

mod addresses;
mod find;
mod room;
mod tls;

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tungnha_core::api::station::{Host, Opening, Room};
use tungnha_core::error::{Error, Result};
use tungnha_protocol::meet::PORT;

use find::Finder;

/// Where a station listens unless somebody says otherwise: every address of the machine, of which only
/// those of the room are answered (see [`room`]).
pub const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), PORT);

/// Serves rooms from this machine.
pub struct Stations {
    listen: SocketAddr,
    /// Begins to listen for others when somebody first asks for them.
    finder: Mutex<Option<Finder>>,
}

impl Stations {
    /// Stations that listen here; when the port is taken, on any free one.
    pub fn on(listen: SocketAddr) -> Self {
        Self { listen, finder: Mutex::default() }
    }
}

impl Host for Stations {
    fn open(&self, opening: Opening) -> Result<Box<dyn Room>> {
        Ok(Box::new(room::OpenRoom::open(self.listen, opening)?))
    }

    fn find(&self) -> Vec<String> {
        // A station on this machine alone is a test's, and nobody is to hear of it.
        if self.listen.ip().is_loopback() {
            return Vec::new();
        }
        let mut finder = self.finder.lock().unwrap_or_else(PoisonError::into_inner);
        if finder.is_none() {
            *finder = Finder::new();
        }
        finder.as_ref().map(Finder::found).unwrap_or_default()
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::new("station_failed", error.to_string())
}
