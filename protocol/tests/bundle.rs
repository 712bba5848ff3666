//! The file: what went in comes out, and a file that is not whole gives nothing.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use tungnha_protocol::{
    Chunk, DeviceKey, Kind, Lane, SpaceId, SpaceKey,
    bundle::{BundleError, Head, MAX_FILE, Reader, Writer},
    chunk::{MAX_CHUNK, MAX_PLAINTEXT, SealInput, seal},
};

const VAN_HO: SpaceId = SpaceId([1; 16]);

fn sealed(space: SpaceId, n: u8, plaintext: &[u8]) -> Chunk {
    let (key, device) = (SpaceKey::from_bytes([3; 32]), DeviceKey::from_bytes(&[2; 32]));
    let (kind, lane, nonce) = (Kind::Data, Lane::Records, [n; 24]);
    seal(SealInput { kind, lane, space, key: &key, device: &device, nonce, plaintext }).unwrap()
}

/// The file of these chunks, whatever they are.
fn file_of(head: Head, chunks: &[&[u8]]) -> Vec<u8> {
    let (mut writer, mut file) = Writer::begin(head);
    chunks.iter().for_each(|chunk| file.extend(writer.chunk(chunk)));
    file.extend(writer.finish());
    file
}

fn file(chunks: &[Chunk]) -> Vec<u8> {
    let bytes = chunks.iter().map(|chunk| chunk.bytes().len() as u64).sum();
    let head = Head::new(VAN_HO, chunks.len() as u32, bytes).unwrap();
    let file = file_of(head, &chunks.iter().map(Chunk::bytes).collect::<Vec<_>>());
    assert_eq!(file.len() as u64, head.file_length());
    file
}

/// Reads a file in parts of so many bytes.
fn read(file: &[u8], part: usize) -> Result<(Head, Vec<Chunk>), BundleError> {
    let (mut reader, mut chunks) = (Reader::new(), Vec::new());
    for part in file.chunks(part) {
        chunks.extend(reader.push(part)?);
    }
    Ok((reader.finish()?, chunks))
}

/// Closes a changed file with the hash that it should have.
fn closed_again(mut file: Vec<u8>) -> Vec<u8> {
    let end = file.len() - 32;
    let hash = blake3::hash(&file[..end]);
    file[end..].copy_from_slice(hash.as_bytes());
    file
}

fn three() -> Vec<Chunk> {
    (1..=3).map(|n| sealed(VAN_HO, n, &vec![n; 40 * usize::from(n)])).collect()
}

#[test]
fn what_went_in_comes_out_in_parts_of_any_size() {
    let chunks = three();
    let file = file(&chunks);
    for part in [1, 7, 33, 64, file.len()] {
        let (head, read) = read(&file, part).unwrap();
        assert_eq!((head.space, head.count, &read), (VAN_HO, 3, &chunks), "parts of {part}");
    }
    assert_eq!(read(&file_of(Head::new(VAN_HO, 0, 0).unwrap(), &[]), 5).unwrap().1, []);
}

#[test]
fn the_largest_chunk_fits() {
    let chunks = [sealed(VAN_HO, 1, &vec![7; MAX_PLAINTEXT])];
    assert_eq!(chunks[0].bytes().len(), MAX_CHUNK);
    assert_eq!(read(&file(&chunks), 1000).unwrap().1, chunks);
}

#[test]
fn a_file_that_is_cut_anywhere_or_goes_on_is_refused() {
    let file = file(&three());
    for end in 0..file.len() {
        let refused = read(&file[..end], 100).unwrap_err();
        let expected = if end < 9 { BundleError::NotOurs } else { BundleError::Damaged };
        assert_eq!(refused, expected, "cut at {end}");
    }
    assert_eq!(read(&[&file[..], &[0]].concat(), 100), Err(BundleError::Damaged));
    assert_eq!(read(&[&file[..], &file[..]].concat(), 100), Err(BundleError::Damaged));
}

#[test]
fn a_file_with_any_bit_flipped_is_refused() {
    let file = file(&three());
    for at in 0..file.len() {
        for bit in 0..8 {
            let mut flipped = file.clone();
            flipped[at] ^= 1 << bit;
            let expected = if at < 8 { BundleError::NotOurs } else { BundleError::Damaged };
            assert_eq!(read(&flipped, 100), Err(expected), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn a_later_version_is_told_from_damage() {
    let mut later = file(&three());
    later[8] = 2;
    later.extend([0; 500]);
    let later = closed_again(later);
    for part in [1, 40, 4000] {
        assert_eq!(read(&later, part), Err(BundleError::UnknownVersion(2)));
        assert_eq!(read(&later[..later.len() - 1], part), Err(BundleError::Damaged));
    }
}

#[test]
fn a_closing_hash_alone_makes_no_file() {
    let (ours, bytes) = (three(), |chunks: &[Chunk]| chunks.iter().map(|c| c.bytes().len() as u64).sum());
    let all: Vec<&[u8]> = ours.iter().map(Chunk::bytes).collect();
    let damaged =
        |head: Head, chunks: &[&[u8]]| assert_eq!(read(&file_of(head, chunks), 64), Err(BundleError::Damaged));
    // A number that is not so.
    damaged(Head::new(VAN_HO, 2, bytes(&ours)).unwrap(), &all);
    damaged(Head::new(VAN_HO, 4, bytes(&ours)).unwrap(), &all);
    damaged(Head { length: 12, ..Head::new(VAN_HO, 3, bytes(&ours)).unwrap() }, &all);
    // A chunk of another team among ours, one that nobody signed, one that is none, one that is too large.
    let foreign = sealed(SpaceId([9; 16]), 1, b"x");
    let mut forged = ours[0].bytes().to_vec();
    forged[100] ^= 1;
    for chunk in [foreign.bytes(), &forged, b"none", b"", &vec![0; MAX_CHUNK + 1]] {
        damaged(Head::new(VAN_HO, 1, chunk.len() as u64).unwrap(), &[chunk]);
    }
}

#[test]
fn what_is_too_large_is_neither_made_nor_read() {
    assert_eq!(Head::new(VAN_HO, 1, MAX_FILE), Err(BundleError::TooLarge));
    assert_eq!(Head::new(VAN_HO, u32::MAX, u64::MAX), Err(BundleError::TooLarge));
    let mut reader = Reader::new();
    reader.push(b"TUNGNHA\n\x02").unwrap();
    let film = vec![0; 1 << 20];
    let refused = (0..=256).find_map(|_| reader.push(&film).err());
    assert_eq!(refused, Some(BundleError::TooLarge));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_chunks_come_back(
        texts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..6),
        part in 1usize..600,
    ) {
        let chunks: Vec<Chunk> = texts.iter().zip(0..).map(|(text, n)| sealed(VAN_HO, n, text)).collect();
        prop_assert_eq!(read(&file(&chunks), part).unwrap().1, chunks);
    }

    #[test]
    fn arbitrary_bytes_are_survived(bytes: Vec<u8>, part in 1usize..100) {
        prop_assert!(read(&bytes, part).is_err());
        prop_assert!(read(&[b"TUNGNHA\n\x01", &bytes[..]].concat(), part).is_err());
        prop_assert!(read(&closed_again([b"TUNGNHA\n\x01", &bytes[..], &[0; 32]].concat()), part).is_err());
    }

    #[test]
    fn any_run_of_wrong_bytes_is_refused(
        at in any::<prop::sample::Index>(),
        wrong in prop::collection::vec(any::<u8>(), 1..40),
        part in 1usize..600,
    ) {
        let whole = file(&three());
        let at = at.index(whole.len());
        let mut damaged = whole.clone();
        damaged.splice(at..(at + wrong.len()).min(whole.len()), wrong);
        prop_assume!(damaged != whole);
        prop_assert!(read(&damaged, part).is_err());
    }
}
