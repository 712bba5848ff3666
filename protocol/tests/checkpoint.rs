//! Pages of a checkpoint: what goes in comes out, in pages that resume, and lies are found out.

#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use tungnha_protocol::checkpoint::{CheckpointError, Document, MAX_SECTION, Reader, Step, VERSION, Writer};
use tungnha_protocol::chunk::MAX_PLAINTEXT;
use tungnha_protocol::ids::{DocId, SpaceId};

const SPACE: SpaceId = SpaceId([7; 16]);

/// A household with a list's change and so many visits. The same number makes the same one.
fn household(n: u32, visits: u32) -> Document {
    let noise = |visit: u32| blake3::hash(&[n.to_le_bytes(), visit.to_le_bytes()].concat());
    let text = "đã gặp, hướng dẫn cài VNeID, hẹn lại 7 ngày";
    let change = |visit: u32| Step {
        builds_on: if visit == 0 { vec![] } else { vec![1] },
        body: [text.as_bytes(), noise(visit).as_bytes()].concat(),
    };
    let id = DocId(*noise(u32::MAX).as_bytes().first_chunk().unwrap());
    Document { id, heads: vec![[n as u8; 8]], changes: (0..=visits).map(change).collect() }
}

fn written(sections: &[Vec<Document>]) -> Vec<Vec<u8>> {
    let mut writer = Writer::new(SPACE);
    sections.iter().for_each(|section| writer.section(section).unwrap());
    writer.finish()
}

/// Two hamlets, of several pages each.
fn hamlets() -> Vec<Vec<Document>> {
    [0, 1000].map(|from| (from..from + 60).map(|n| household(n, 40)).collect()).to_vec()
}

fn read(reader: &mut Reader, pages: &[Vec<u8>]) -> Result<Vec<Document>, CheckpointError> {
    pages.iter().try_fold(Vec::new(), |mut all, page| {
        all.extend(reader.read(page)?.documents);
        Ok(all)
    })
}

#[test]
fn documents_come_back_in_order_as_soon_as_they_are_complete() {
    let hamlets = hamlets();
    let pages = written(&hamlets);
    assert!(pages.len() > 3 && pages.iter().all(|page| page.len() <= MAX_PLAINTEXT));
    let mut reader = Reader::new(SPACE);
    for (n, page) in pages.iter().enumerate() {
        let read = reader.read(page).unwrap();
        assert_eq!((read.page, read.pages), (n as u64, pages.len() as u64));
        assert!(!read.documents.is_empty(), "page {n} completes nothing");
    }
    assert_eq!(read(&mut Reader::new(SPACE), &pages).unwrap(), hamlets.concat());
    assert_eq!(written(&hamlets), pages, "the same documents make the same pages");
}

#[test]
fn a_reader_begins_again_at_a_section() {
    let hamlets = hamlets();
    let pages = written(&hamlets);
    let begins: Vec<usize> = (0..pages.len()).filter(|n| Reader::new(SPACE).read(&pages[*n]).is_ok()).collect();
    assert_eq!((begins.len(), begins[0]), (2, 0));
    assert_eq!(read(&mut Reader::new(SPACE), &pages[begins[1]..]).unwrap(), hamlets[1]);
}

#[test]
fn pages_of_another_order_checkpoint_or_space_are_refused() {
    let pages = written(&hamlets());
    let others = written(&hamlets()[..1]);
    let mut reader = Reader::new(SPACE);
    reader.read(&pages[0]).unwrap();
    assert_eq!(reader.read(&pages[2]), Err(CheckpointError::OutOfOrder));
    assert_eq!(reader.read(&pages[1]), Err(CheckpointError::OutOfOrder), "after an error, from the start");
    reader.read(&pages[0]).unwrap();
    assert_eq!(reader.read(&others[1]), Err(CheckpointError::OutOfOrder));
    assert_eq!(Reader::new(SpaceId([8; 16])).read(&pages[0]), Err(CheckpointError::OtherSpace));
    let newer = [&[VERSION + 1], &pages[0][1..]].concat();
    assert_eq!(Reader::new(SPACE).read(&newer), Err(CheckpointError::UnknownVersion(VERSION + 1)));
}

#[test]
fn an_empty_checkpoint_and_an_empty_document_are_fine() {
    assert_eq!(written(&[]), Vec::<Vec<u8>>::new());
    assert_eq!(written(&[vec![]]), Vec::<Vec<u8>>::new());
    let empty = vec![Document { id: DocId([1; 16]), heads: vec![], changes: vec![] }];
    assert_eq!(read(&mut Reader::new(SPACE), &written(std::slice::from_ref(&empty))).unwrap(), empty);
}

#[test]
fn a_document_of_many_pages_is_named_by_the_last() {
    let body: Vec<u8> = (0..8000u32).flat_map(|n| *blake3::hash(&n.to_le_bytes()).as_bytes()).collect();
    let large = Document { id: DocId([1; 16]), heads: vec![], changes: vec![Step { builds_on: vec![], body }] };
    let pages = written(&[vec![large.clone(), household(1, 1)]]);
    let mut reader = Reader::new(SPACE);
    let per_page: Vec<usize> = pages.iter().map(|page| reader.read(page).unwrap().documents.len()).collect();
    assert_eq!(per_page, [0, 0, 0, 0, 2]);
}

#[test]
fn a_bomb_is_neither_made_nor_read() {
    let nothing = |length| Document {
        id: DocId([1; 16]),
        heads: vec![],
        changes: vec![Step { builds_on: vec![], body: vec![0; length] }],
    };
    assert_eq!(Writer::new(SPACE).section(&[nothing(MAX_SECTION)]), Err(CheckpointError::TooLarge));
    let bushy = Step { builds_on: vec![1; MAX_SECTION / 32], body: vec![] };
    let bushy = Document { changes: vec![bushy], ..nothing(0) };
    assert_eq!(Writer::new(SPACE).section(&[bushy]), Err(CheckpointError::TooLarge));
    let page = written(&[vec![nothing(1000)]]).remove(0);
    // The length of the record, after the prefix, the mark, the count and the id.
    let at = 1 + 16 + 16 + 2 + 1 + 1 + 16;
    assert_eq!(page[at..at + 2], [0xec, 0x07], "1,004 bytes");
    let larger = [&page[..at], &[0x80, 0x80, 0x80, 0x80, 0x7f], &page[at + 2..]].concat();
    assert_eq!(Reader::new(SPACE).read(&larger), Err(CheckpointError::TooLarge));
    let longer = [&page[..at], &[0xed, 0x07], &page[at + 2..]].concat();
    assert_eq!(Reader::new(SPACE).read(&longer), Err(CheckpointError::Malformed));
}

#[test]
fn truncation_anywhere_and_a_byte_too_many_are_refused() {
    let page = written(&[vec![household(1, 1)]]).remove(0);
    for end in 0..page.len() {
        assert!(Reader::new(SPACE).read(&page[..end]).is_err(), "cut at {end}");
    }
    assert_eq!(Reader::new(SPACE).read(&[&page[..], &[0]].concat()), Err(CheckpointError::Malformed));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_written_is_read(sizes in prop::collection::vec(prop::collection::vec(0u32..30, 0..5), 0..4)) {
        let sections: Vec<Vec<Document>> = sizes.iter().map(|s| s.iter().map(|n| household(*n, *n)).collect()).collect();
        prop_assert_eq!(read(&mut Reader::new(SPACE), &written(&sections)).unwrap(), sections.concat());
    }

    #[test]
    fn a_changed_byte_is_survived(at in any::<prop::sample::Index>(), byte: u8) {
        let mut page = written(&[vec![household(1, 30), household(2, 30)]]).remove(0);
        let at = at.index(page.len());
        page[at] = byte;
        let _ = Reader::new(SPACE).read(&page);
    }

    #[test]
    fn arbitrary_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..3000), length in 0u8..0x80) {
        let _ = Reader::new(SPACE).read(&bytes);
        // A stream of noise that a document of some length is read from.
        let prefix = [&[VERSION], &SPACE.0[..], &[0; 16], &[0, 1, 1, 1], &[0; 16], &[0xff, length, 0]].concat();
        let _ = Reader::new(SPACE).read(&[prefix, bytes].concat());
    }
}
