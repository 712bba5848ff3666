//! The plaintext pages of a checkpoint: documents with all their changes, so that a new device need not
//! fetch every chunk.
//!
//! ```text
//! page      version(1) = 1 | space(16) | checkpoint(16) | page, pages | begins(1) | n_docs | entries | piece
//!   entry   doc_id(16) | length of its record | n_heads | per head: the first 8 bytes of its hash
//! section   PPMd7 of the records of its documents, one after the other, cut into pieces
//!   record  n_changes, per change: n, per change that it builds on: how many changes back | length of body | body
//! ```
//!
//! Every change travels, because a device without all of them could neither take part in merging nor prove
//! anything; but none brings its hash. A change names what it builds on by counting back, the reader
//! computes each hash, and those of the heads prove all that they are built on.
//!
//! Thousands of visits repeat keys, ids and phrases a few bytes at a time. There PPMd, which predicts each
//! byte from the six before it, needs a quarter less than zstd at its strongest, and no columns or
//! knowledge of what is inside. It is slow (about a megabyte a second), which does not matter for something
//! that is read once.
//!
//! A section is one compressed stream: later pages profit from earlier ones. A page that begins a section
//! can be read without those before it, so a reader that was cut off begins again at the last such page. A
//! document is named by the page with which it becomes complete.

use std::io::{Read, Write};

use ppmd_rust::{Ppmd7Decoder, Ppmd7Encoder};

use crate::chunk::MAX_PLAINTEXT;
use crate::ids::{DocId, SpaceId};
use crate::payload::{name, read_number, take, write_number};

/// The version that this code writes and reads.
pub const VERSION: u8 = 1;
/// The most that one section may unfold to, in bytes, with 32 for each change that a change builds on; more is
/// refused.
pub const MAX_SECTION: usize = 8 * 1024 * 1024;

/// How many bytes a prediction looks back, and the memory that predictions are kept in: parts of the version.
const ORDER: u32 = 6;
const MEMORY: u32 = 16 * 1024 * 1024;
/// What a page's version, names and two numbers take at most.
const PREFIX: usize = 1 + SpaceId::LEN + 16 + 5 + 5;

/// Why pages cannot be read, or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Written by a newer version of the app.
    #[error("the checkpoint is of version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// Of another space than the reader's.
    #[error("the checkpoint is of another space")]
    OtherSpace,
    /// Not the page that comes next.
    #[error("the page is not the next one")]
    OutOfOrder,
    /// A section of more than [`MAX_SECTION`] bytes.
    #[error("a section does not unfold within {MAX_SECTION} bytes")]
    TooLarge,
    /// Not a page at all.
    #[error("the page is malformed")]
    Malformed,
}

/// A document with all its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocId,
    /// The first bytes of the hashes of the changes that no other builds on, in the order of their bytes.
    pub heads: Vec<[u8; 8]>,
    /// Its changes, each after those that it builds on.
    pub changes: Vec<Step>,
}

/// A change of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The changes that it builds on, in their order: 1 for the one before it, 2 for the one before that …
    pub builds_on: Vec<u64>,
    /// Everything after those, as in [`crate::payload::Folded`].
    pub body: Vec<u8>,
}

/// What a page says and completes.
#[derive(Debug, PartialEq, Eq)]
pub struct Page {
    /// Which checkpoint it is of: a hash of all that it holds.
    pub checkpoint: [u8; 16],
    /// Its number, from 0.
    pub page: u64,
    /// How many pages the checkpoint has.
    pub pages: u64,
    /// The documents that are complete with this page.
    pub documents: Vec<Document>,
}

/// Makes the pages of a checkpoint, section by section. The same documents make the same pages.
pub struct Writer {
    space: SpaceId,
    /// The most bytes of a page.
    page: usize,
    /// The pages without what only the last one decides.
    bodies: Vec<Vec<u8>>,
}

impl Writer {
    /// A checkpoint of this space, without documents.
    pub fn new(space: SpaceId) -> Self {
        Self { space, page: MAX_PLAINTEXT, bodies: Vec::new() }
    }

    /// The same in pages of at most so many bytes, and never more than one chunk holds. Some hundred are
    /// needed to name one document.
    #[must_use]
    pub fn in_pages_of(self, bytes: usize) -> Self {
        Self { page: bytes.min(MAX_PLAINTEXT), ..self }
    }

    /// Adds documents that are read together.
    pub fn section(&mut self, documents: &[Document]) -> Result<(), CheckpointError> {
        let records: Vec<Vec<u8>> = documents.iter().map(record).collect();
        let hashes: usize = documents.iter().map(hashes).sum();
        if records.iter().map(Vec::len).sum::<usize>() + hashes > MAX_SECTION {
            return Err(CheckpointError::TooLarge);
        }
        let (stream, ends) = compress(&records).ok_or(CheckpointError::TooLarge)?;
        let entries: Vec<_> =
            documents.iter().zip(&records).map(|(document, record)| entry(document, record)).collect();
        let (mut at, mut next) = (0, 0);
        while next < entries.len() {
            // Room for the mark of the section and for the number of entries.
            let mut room = self.page.saturating_sub(PREFIX + 1 + 5);
            let first = next;
            while let (Some(entry), Some(end)) = (entries.get(next), ends.get(next))
                && entry.len() + end.saturating_sub(at) <= room
            {
                room -= entry.len();
                next += 1;
            }
            let to = if next < entries.len() { (at + room).min(stream.len()) } else { stream.len() };
            if first == next && to == at {
                return Err(CheckpointError::TooLarge);
            }
            let mut body = vec![u8::from(at == 0)];
            write_number((next - first) as u64, &mut body);
            body.extend(entries.get(first..next).unwrap_or_default().concat());
            body.extend(stream.get(at..to).unwrap_or_default());
            self.bodies.push(body);
            at = to;
        }
        Ok(())
    }

    /// The pages, in order, each small enough for one chunk.
    pub fn finish(self) -> Vec<Vec<u8>> {
        let mut digest = blake3::Hasher::new_derive_key("tungnha 2026 checkpoint");
        digest.update(&self.space.0);
        for body in &self.bodies {
            digest.update(body);
        }
        let checkpoint = digest.finalize();
        let checkpoint = checkpoint.as_bytes().get(..16).unwrap_or_default();
        let pages = self.bodies.len() as u64;
        let page = |(number, body): (u64, &Vec<u8>)| {
            let mut page = [&[VERSION], &self.space.0[..], checkpoint].concat();
            write_number(number, &mut page);
            write_number(pages, &mut page);
            page.extend(body);
            page
        };
        (0..).zip(&self.bodies).map(page).collect()
    }
}

/// Reads pages one after the other. After an error, begin again at a page that begins a section.
pub struct Reader {
    space: SpaceId,
    /// The checkpoint, its pages, and the number of the next one.
    place: Option<([u8; 16], u64, u64)>,
    section: Option<Section>,
}

struct Section {
    stream: Ppmd7Decoder<Pieces>,
    unfolded: usize,
}

impl Reader {
    /// A reader of this space's checkpoints, before any page.
    pub fn new(space: SpaceId) -> Self {
        Self { space, place: None, section: None }
    }

    /// Reads the next page; as the first one, any that begins a section.
    pub fn read(&mut self, page: &[u8]) -> Result<Page, CheckpointError> {
        let (place, section) = (self.place.take(), self.section.take());
        let (page, section) = self.read_after(place, section, page)?;
        self.place = Some((page.checkpoint, page.pages, page.page + 1));
        self.section = Some(section);
        Ok(page)
    }

    fn read_after(
        &self,
        place: Option<([u8; 16], u64, u64)>,
        section: Option<Section>,
        bytes: &[u8],
    ) -> Result<(Page, Section), CheckpointError> {
        use CheckpointError::{Malformed, OtherSpace, OutOfOrder, UnknownVersion};
        let (&version, mut rest) = bytes.split_first().ok_or(Malformed)?;
        if version != VERSION {
            return Err(UnknownVersion(version));
        }
        let rest = &mut rest;
        if SpaceId(name(rest).ok_or(Malformed)?) != self.space {
            return Err(OtherSpace);
        }
        let checkpoint = name(rest).ok_or(Malformed)?;
        let [page, pages] = [(); 2].map(|()| read_number(rest));
        let (page, pages) = page.zip(pages).filter(|(page, pages)| page < pages).ok_or(Malformed)?;
        if place.is_some_and(|place| place != (checkpoint, pages, page)) {
            return Err(OutOfOrder);
        }
        let begins = match name(rest).ok_or(Malformed)? {
            [1] => true,
            [0] => false,
            _ => return Err(Malformed),
        };
        let entries = read_entries(rest).ok_or(Malformed)?;
        let mut section = match (begins, section) {
            (true, section) if section.as_ref().is_none_or(Section::is_finished) => Section::begin(rest)?,
            (true, _) => return Err(Malformed),
            (false, section) => section.ok_or(OutOfOrder)?.with(rest),
        };
        let documents = entries.into_iter().map(|entry| section.document(entry)).collect::<Result<_, _>>()?;
        if page + 1 == pages && !section.is_finished() {
            return Err(Malformed);
        }
        Ok((Page { checkpoint, page, pages, documents }, section))
    }
}

impl Section {
    fn begin(piece: &[u8]) -> Result<Self, CheckpointError> {
        let pieces = Pieces { bytes: piece.to_vec(), at: 0 };
        let stream = Ppmd7Decoder::new(pieces, ORDER, MEMORY).map_err(|_| CheckpointError::Malformed)?;
        Ok(Self { stream, unfolded: 0 })
    }

    fn with(mut self, piece: &[u8]) -> Self {
        let pieces = self.stream.get_mut();
        pieces.bytes.drain(..pieces.at);
        pieces.at = 0;
        pieces.bytes.extend(piece);
        self
    }

    fn is_finished(&self) -> bool {
        self.stream.get_ref().rest().is_empty()
    }

    /// The next document, of which the page has said this.
    fn document(&mut self, (id, length, heads): Entry) -> Result<Document, CheckpointError> {
        let length = usize::try_from(length).map_err(|_| CheckpointError::TooLarge)?;
        self.count(length)?;
        let mut record = vec![0; length];
        self.stream.read_exact(&mut record).map_err(|_| CheckpointError::Malformed)?;
        let changes = read_record(&mut record.as_slice()).ok_or(CheckpointError::Malformed)?;
        let document = Document { id, heads, changes };
        self.count(hashes(&document))?;
        Ok(document)
    }

    fn count(&mut self, bytes: usize) -> Result<(), CheckpointError> {
        self.unfolded = self.unfolded.saturating_add(bytes);
        if self.unfolded > MAX_SECTION { Err(CheckpointError::TooLarge) } else { Ok(()) }
    }
}

/// Bytes of the hashes that a reader completes.
fn hashes(document: &Document) -> usize {
    document.changes.iter().map(|change| 32 * change.builds_on.len()).sum()
}

/// The pieces of a stream that are there and not read yet.
struct Pieces {
    bytes: Vec<u8>,
    at: usize,
}

impl Pieces {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}

impl Read for Pieces {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.rest().read(into)?;
        self.at += count;
        Ok(count)
    }
}

/// Compresses records into one stream, and reads it again to know how much of it each of them needs.
fn compress(records: &[Vec<u8>]) -> Option<(Vec<u8>, Vec<usize>)> {
    let mut encoder = Ppmd7Encoder::new(Vec::new(), ORDER, MEMORY).ok()?;
    records.iter().try_for_each(|record| encoder.write_all(record)).ok()?;
    let pieces = Pieces { bytes: encoder.finish(false).ok()?, at: 0 };
    let mut decoder = Ppmd7Decoder::new(pieces, ORDER, MEMORY).ok()?;
    let mut ends = Vec::with_capacity(records.len());
    for record in records {
        let mut back = vec![0; record.len()];
        decoder.read_exact(&mut back).ok()?;
        ends.push(decoder.get_ref().at);
    }
    let Pieces { mut bytes, at } = decoder.into_inner();
    bytes.truncate(at);
    Some((bytes, ends))
}

fn record(document: &Document) -> Vec<u8> {
    let mut record = Vec::new();
    write_number(document.changes.len() as u64, &mut record);
    for change in &document.changes {
        write_number(change.builds_on.len() as u64, &mut record);
        change.builds_on.iter().for_each(|back| write_number(*back, &mut record));
        write_number(change.body.len() as u64, &mut record);
        record.extend(&change.body);
    }
    record
}

fn read_record(bytes: &mut &[u8]) -> Option<Vec<Step>> {
    // Whatever is counted takes bytes of its own, so a false count runs out of bytes, not of memory.
    let mut changes = Vec::new();
    for _ in 0..read_number(bytes)? {
        let builds_on = (0..read_number(bytes)?).map(|_| read_number(bytes)).collect::<Option<_>>()?;
        let length = read_number(bytes)?;
        changes.push(Step { builds_on, body: take(bytes, length)? });
    }
    bytes.is_empty().then_some(changes)
}

/// A document's id, the length of its record, and the beginnings of its heads.
type Entry = (DocId, u64, Vec<[u8; 8]>);

fn entry(document: &Document, record: &[u8]) -> Vec<u8> {
    let mut entry = document.id.0.to_vec();
    write_number(record.len() as u64, &mut entry);
    write_number(document.heads.len() as u64, &mut entry);
    entry.extend(document.heads.as_flattened());
    entry
}

fn read_entries(bytes: &mut &[u8]) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for _ in 0..read_number(bytes)? {
        let (id, length) = (DocId(name(bytes)?), read_number(bytes)?);
        let heads = (0..read_number(bytes)?).map(|_| name(bytes)).collect::<Option<_>>()?;
        entries.push((id, length, heads));
    }
    Some(entries)
}
