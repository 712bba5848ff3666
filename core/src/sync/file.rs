//! The notebook in a file: everything that another device or a relay may lack, or only what is new.
//!
//! A file is checked from its first byte to its last before any of it is used, and taken in as one
//! transaction: what is damaged, foreign or cut off by a dead battery has changed nothing. It is read
//! twice for that and held in memory never; what comes in goes page by page through the same door as
//! what a relay sends.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use data_encoding::BASE64;
use rusqlite::Connection;
use tungnha_protocol::bundle::{BundleError, Head, Reader, Writer};
use tungnha_protocol::ids::SpaceId as WireSpace;

use super::apply;
use super::checkpoint::adopt_unfilled;
use super::rows::{Entry, Rows, Since};
use super::seal::{seal_photos, seal_waiting};
use crate::domain::SpaceId;
use crate::error::{Error, Result};
use crate::store::relays;

/// Bytes of chunks that are applied together.
const PAGE: usize = 512 * 1024;
/// Bytes that are read at once. A multiple of four, so that base64 can be read in pieces of it.
const PART: usize = 64 * 1024;

/// What goes into a file.
#[derive(Debug)]
pub struct Contents {
    head: Head,
    /// The chunks, in the order in which they came here.
    pub chunks: Vec<Entry>,
}

impl Contents {
    /// Chooses what goes into a file; what waits is sealed first, inside the same write. Fails with
    /// `nothing_new`, or `file_too_large` when no file may hold it.
    pub fn gather(rows: &mut dyn Rows, since: Since) -> Result<Self> {
        if !matches!(since, Since::Relay(relay) if rows.is_filling(relay)?) {
            // What came in a checkpoint, and in no chunk yet, goes into the file all the same.
            adopt_unfilled(rows)?;
        }
        seal_waiting(rows)?;
        seal_photos(rows)?;
        let chunks = rows.chunks_since(since)?;
        if chunks.is_empty() {
            return Err(Error::new("nothing_new", "there is nothing that is not in an earlier file or at the relay"));
        }
        let bytes = chunks.iter().map(|chunk| chunk.length).sum();
        let head = Head::new(WireSpace(*rows.space().bytes()), chunks.len() as u32, bytes).map_err(refusal)?;
        Ok(Self { head, chunks })
    }

    /// How many records this device knows to be in it.
    pub fn records(&self) -> u32 {
        self.chunks.iter().map(|chunk| chunk.records).sum()
    }

    /// The bytes of the whole file.
    pub fn file_length(&self) -> u64 {
        self.head.file_length()
    }

    /// Hands the file to `out`, piece by piece; `bytes_of` tells a chunk's bytes by its row.
    pub fn write(
        &self,
        mut bytes_of: impl FnMut(i64) -> Result<Vec<u8>>,
        mut out: impl FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        let (mut writer, beginning) = Writer::begin(self.head);
        out(&beginning)?;
        for chunk in &self.chunks {
            out(&writer.chunk(&bytes_of(chunk.n)?))?;
        }
        out(&writer.finish())
    }
}

/// Where a file's bytes are. They are read twice.
#[derive(Debug, Clone, Copy)]
pub enum Source<'a> {
    /// On this device.
    Path(&'a Path),
    /// In a command, as base64.
    Base64(&'a str),
}

impl Source<'_> {
    fn each_part(self, mut take: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        match self {
            Self::Path(path) => {
                let unreadable = |e: std::io::Error| Error::new("file_not_read", e.to_string());
                let mut file = File::open(path).map_err(unreadable)?;
                let mut part = vec![0; PART];
                loop {
                    let count = file.read(&mut part).map_err(unreadable)?;
                    match part.get(..count) {
                        Some([]) | None => return Ok(()),
                        Some(read) => take(read)?,
                    }
                }
            }
            Self::Base64(text) => text.as_bytes().chunks(PART).try_for_each(|part| {
                take(&BASE64.decode(part).map_err(|_| Error::new("bad_arguments", "not base64"))?)
            }),
        }
    }
}

/// Reads a whole file without using any of it: of which space it is. Fails with `file_not_ours`, `file_damaged`,
/// `file_too_large` or `app_too_old`.
pub fn check(source: Source<'_>) -> Result<Head> {
    let mut reader = Reader::new();
    source.each_part(|part| reader.push(part).map(drop).map_err(refusal))?;
    reader.finish().map_err(refusal)
}

/// What a file has brought.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Chunks in it.
    pub chunks: u32,
    /// Those that were not here.
    pub new_chunks: u32,
    /// Records that were not here.
    pub records: u32,
}

/// Takes a file in that was [checked](check), telling how many chunks were read so far. Must be rolled
/// back when it fails: the file may have changed since.
pub fn take(rows: &mut dyn Rows, source: Source<'_>, mut progress: impl FnMut(u32)) -> Result<Taken> {
    let (mut reader, mut taken) = (Reader::new(), Taken::default());
    let (mut page, mut size) = (Vec::new(), 0);
    source.each_part(|part| {
        for chunk in reader.push(part).map_err(refusal)? {
            taken.chunks += 1;
            let (_, new) = apply::keep(rows, &chunk)?;
            if new {
                taken.new_chunks += 1;
                size += chunk.bytes().len();
                page.push(chunk.into_bytes());
            }
        }
        if size >= PAGE {
            size = 0;
            taken.records += apply::take_in(rows, std::mem::take(&mut page))?;
        }
        progress(taken.chunks);
        Ok(())
    })?;
    reader.finish().map_err(refusal)?;
    if !page.is_empty() {
        taken.records += apply::take_in(rows, page)?;
    }
    Ok(taken)
}

/// Finds from where on things are new: `url` is one of the space's relays.
pub fn since_relay(db: &Connection, space: SpaceId, url: &str) -> Result<Since> {
    let found = relays::of_space(db, space)?.into_iter().find(|relay| relay.url == url);
    Ok(Since::Relay(found.ok_or_else(|| Error::not_found("relay"))?.n))
}

/// Finds from where on things are new for a receiver; who never got a file gets everything.
pub fn since_receiver(rows: &dyn Rows, name: &str) -> Result<Since> {
    Ok(rows.receiver(name)?.map_or(Since::Beginning, Since::Receiver))
}

fn refusal(error: BundleError) -> Error {
    let code = match error {
        BundleError::NotOurs => "file_not_ours",
        BundleError::Damaged => "file_damaged",
        BundleError::UnknownVersion(_) => "app_too_old",
        BundleError::TooLarge => "file_too_large",
    };
    Error::new(code, error.to_string())
}
