//! The plaintext of a data chunk: changes, grouped by document.
//!
//! ```text
//! payload version(1) = 1 | names, of a length in LEB128 | a zstd frame without its 4 magic bytes
//!   names   per document: doc_id(16), then per change: proof(8), then 4 bytes of each change that it builds on
//!   frame   n_docs, then per document: n_changes, then per change: how many it builds on, length of its body
//!           … then all bodies, in the same order
//! ```
//!
//! Twenty visits must go up in 4 KB with HTTP headers, and what costs most is what no compressor makes
//! smaller: hashes. So a change names those it builds on by four bytes each, which the reader, who has
//! them, completes; the first eight bytes of the change's own hash prove that it completed them rightly.
//! All such names stand outside the frame, where they do not spoil the statistics of the text. The
//! frame's compressor starts from a [`DICTIONARY`], because twenty notes are too few to learn Vietnamese
//! from, and works at its strongest; what zstd adds for files (magic, checksum) is left out: the
//! envelope around it already authenticates every byte.
//!
//! Bodies are opaque here: they are judged, strictly, by the notebook.

use zstd::bulk::{Compressor, Decompressor};

use crate::ids::DocId;

/// The payload version that this code writes and reads.
pub const VERSION: u8 = 1;
/// The most that one chunk may unfold to, in bytes; more is taken for an attack and refused.
pub const MAX_UNFOLDED: usize = 2 * 1024 * 1024;
/// What the compressor knows before it begins: words and names of the field, and the keys of documents.
/// It is part of the version: another one would be another version.
pub const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

const LEVEL: i32 = 19;
const MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];

/// Why a payload cannot be read, or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// Written by a newer version of the app: keep the chunk, do not apply it.
    #[error("the payload is of version {0}, which this program does not know")]
    UnknownVersion(u8),
    /// More than [`MAX_UNFOLDED`] bytes, or not zstd at all.
    #[error("the payload does not unfold within {MAX_UNFOLDED} bytes")]
    DoesNotUnfold,
    /// The unfolded bytes are not a list of documents and changes.
    #[error("the payload is malformed")]
    Malformed,
}

/// A change without what its reader can complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The first bytes of the change's hash.
    pub proof: [u8; 8],
    /// The first bytes of the hashes of the changes that it builds on, in their order.
    pub builds_on: Vec<[u8; 4]>,
    /// Everything after those.
    pub body: Vec<u8>,
}

/// The changes of one document, in order.
pub type DocChanges = (DocId, Vec<Folded>);

/// Folds changes into a payload. Fails only when they are more than [`MAX_UNFOLDED`] bytes.
pub fn encode(docs: &[DocChanges]) -> Result<Vec<u8>, PayloadError> {
    let (mut names, mut plain) = (Vec::new(), Vec::new());
    write_number(docs.len() as u64, &mut plain);
    for (doc, changes) in docs {
        names.extend(doc.0);
        write_number(changes.len() as u64, &mut plain);
        for change in changes {
            names.extend(change.proof);
            names.extend(change.builds_on.as_flattened());
            write_number(change.builds_on.len() as u64, &mut plain);
            write_number(change.body.len() as u64, &mut plain);
        }
    }
    for change in docs.iter().flat_map(|(_, changes)| changes) {
        plain.extend(&change.body);
    }
    if plain.len() > MAX_UNFOLDED {
        return Err(PayloadError::DoesNotUnfold);
    }
    let folded = Compressor::with_dictionary(LEVEL, DICTIONARY).and_then(|mut zstd| zstd.compress(&plain));
    let folded = folded.map_err(|_| PayloadError::DoesNotUnfold)?;
    let mut payload = vec![VERSION];
    write_number(names.len() as u64, &mut payload);
    payload.extend(names);
    payload.extend(folded.strip_prefix(&MAGIC).unwrap_or(&folded));
    Ok(payload)
}

/// Unfolds a payload.
pub fn decode(payload: &[u8]) -> Result<Vec<DocChanges>, PayloadError> {
    let (&version, mut rest) = payload.split_first().ok_or(PayloadError::Malformed)?;
    if version != VERSION {
        return Err(PayloadError::UnknownVersion(version));
    }
    let names = read_number(&mut rest).and_then(|length| take(&mut rest, length)).ok_or(PayloadError::Malformed)?;
    let frame = [&MAGIC, rest].concat();
    let plain = Decompressor::with_dictionary(DICTIONARY).and_then(|mut zstd| zstd.decompress(&frame, MAX_UNFOLDED));
    let plain = plain.map_err(|_| PayloadError::DoesNotUnfold)?;
    read_docs(&mut names.as_slice(), &mut plain.as_slice()).ok_or(PayloadError::Malformed)
}

fn read_docs(names: &mut &[u8], plain: &mut &[u8]) -> Option<Vec<DocChanges>> {
    let (mut docs, mut lengths) = (Vec::new(), Vec::new());
    // Whatever is counted takes bytes of its own, so a false count runs out of bytes, not of memory.
    for _ in 0..read_number(plain)? {
        let doc = DocId(name(names)?);
        let mut changes = Vec::new();
        for _ in 0..read_number(plain)? {
            let proof = name(names)?;
            let builds_on: Option<Vec<_>> = (0..read_number(plain)?).map(|_| name(names)).collect();
            lengths.push(read_number(plain)?);
            changes.push(Folded { proof, builds_on: builds_on?, body: Vec::new() });
        }
        docs.push((doc, changes));
    }
    let changes = docs.iter_mut().flat_map(|(_, changes)| changes);
    for (change, length) in changes.zip(lengths) {
        change.body = take(plain, length)?;
    }
    (names.is_empty() && plain.is_empty()).then_some(docs)
}

pub(crate) fn name<const N: usize>(names: &mut &[u8]) -> Option<[u8; N]> {
    let (&name, rest) = names.split_first_chunk()?;
    *names = rest;
    Some(name)
}

pub(crate) fn take(bytes: &mut &[u8], count: u64) -> Option<Vec<u8>> {
    let (taken, rest) = bytes.split_at_checked(usize::try_from(count).ok()?)?;
    *bytes = rest;
    Some(taken.to_vec())
}

/// Appends a number as unsigned LEB128.
pub(crate) fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Takes a number in unsigned LEB128 (at most nine bytes: 63 bits) off the front.
pub(crate) fn read_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn visit(i: u8) -> Folded {
        let body = format!("visit {i}: đã gặp, hướng dẫn cài VNeID, hẹn lại 7 ngày").into_bytes();
        Folded { proof: [i; 8], builds_on: vec![[i; 4], [i + 1; 4]], body }
    }

    /// A payload of these names and of a frame that unfolds to this.
    fn payload_of(names: &[u8], plain: &[u8]) -> Vec<u8> {
        let folded = Compressor::with_dictionary(LEVEL, DICTIONARY).unwrap().compress(plain).unwrap();
        let mut payload = vec![VERSION];
        write_number(names.len() as u64, &mut payload);
        [&payload, names, &folded[4..]].concat()
    }

    #[test]
    fn an_evening_of_twenty_households_comes_back_and_is_small() {
        let docs: Vec<DocChanges> = (0..20).map(|i| (DocId([i; 16]), vec![visit(i), visit(i + 100)])).collect();
        let payload = encode(&docs).unwrap();
        assert_eq!(decode(&payload).unwrap(), docs);
        let names = 20 * (16 + 2 * (8 + 2 * 4));
        assert!(payload.len() < names + 400, "{} bytes", payload.len());
    }

    #[test]
    fn a_bomb_is_refused() {
        let payload = payload_of(&[], &vec![0; MAX_UNFOLDED + 1]);
        assert!(payload.len() < 1000);
        assert_eq!(decode(&payload), Err(PayloadError::DoesNotUnfold));
    }

    #[test]
    fn a_newer_payload_is_told_apart_from_a_broken_one() {
        assert_eq!(decode(&[2, 1, 2, 3]), Err(PayloadError::UnknownVersion(2)));
        assert_eq!(decode(&[]), Err(PayloadError::Malformed));
        assert_eq!(decode(&[VERSION, 9, 1]), Err(PayloadError::Malformed));
        let false_count = [0xff, 0xff, 0xff, 0xff, 0x7f];
        for counts in [&false_count[..], &[&[1], &false_count[..]].concat(), &[&[1, 1], &false_count[..]].concat()] {
            assert_eq!(decode(&payload_of(&[0; 100], counts)), Err(PayloadError::Malformed));
        }
        // A name or a body too many.
        assert_eq!(decode(&payload_of(&[0; 16], &[0])), Err(PayloadError::Malformed));
        assert_eq!(decode(&payload_of(&[], &[0, 0])), Err(PayloadError::Malformed));
    }

    prop_compose! {
        fn a_change()(
            proof: [u8; 8],
            builds_on in prop::collection::vec(any::<[u8; 4]>(), 0..4),
            body in prop::collection::vec(any::<u8>(), 0..60),
        ) -> Folded {
            Folded { proof, builds_on, body }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_is_folded_unfolds(docs in prop::collection::vec(
            (any::<[u8; 16]>(), prop::collection::vec(a_change(), 0..4)),
            0..8,
        )) {
            let docs: Vec<DocChanges> = docs.into_iter().map(|(id, changes)| (DocId(id), changes)).collect();
            prop_assert_eq!(decode(&encode(&docs).unwrap()).unwrap(), docs);
        }

        #[test]
        fn arbitrary_bytes_are_survived(
            names in prop::collection::vec(any::<u8>(), 0..200),
            bytes in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let _ = decode(&bytes);
            let _ = decode(&[&[VERSION], bytes.as_slice()].concat());
            let _ = decode(&[&[VERSION, 0], bytes.as_slice()].concat());
            let _ = decode(&payload_of(&names, &bytes));
            let _ = read_docs(&mut names.as_slice(), &mut bytes.as_slice());
        }
    }

    #[test]
    fn truncation_anywhere_is_refused() {
        let payload = encode(&[(DocId([1; 16]), vec![visit(1)])]).unwrap();
        for end in 0..payload.len() {
            assert!(decode(&payload[..end]).is_err(), "cut at {end}");
        }
    }
}
