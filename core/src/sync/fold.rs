//! A change as it travels: without its magic number, and with four bytes of each change that it
//! builds on instead of thirty-two. Half of a visit's bytes on the wire were such hashes.
//!
//! Whoever unfolds it has those changes, or has to wait for them in any case. The hash that comes
//! out must begin as the folded change says, so a wrong guess is found out.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};
use tungnha_protocol::payload::Folded;

use crate::doc::flat::parse_change;
use crate::error::{Error, Result};

/// The hash of a change.
pub type Hash = [u8; 32];

/// What Automerge writes before an uncompressed change: its magic number, four bytes of the
/// hash as a checksum, and 1 for "a change".
const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const KIND: u8 = 1;
/// More ways than this to complete a change happen by nobody's chance.
const TRIES: usize = 64;

/// Folds a change.
pub fn fold(hash: &Hash, change: &[u8]) -> Result<Folded> {
    try_fold(hash, change).ok_or_else(|| Error::damaged("a change is not in the form that travels"))
}

fn try_fold(hash: &Hash, change: &[u8]) -> Option<Folded> {
    let rest = change.strip_prefix(&MAGIC)?.strip_prefix(hash.first_chunk::<4>()?)?;
    let (&KIND, mut rest) = rest.split_first()? else { return None };
    let length = read_number(&mut rest)?;
    if length != rest.len() as u64 {
        return None;
    }
    let count = read_number(&mut rest)?;
    let builds_on: Option<Vec<[u8; 4]>> = (0..count)
        .map(|_| {
            let (hash, after) = rest.split_first_chunk::<32>()?;
            rest = after;
            hash.first_chunk().copied()
        })
        .collect();
    Some(Folded { proof: *hash.first_chunk()?, builds_on: builds_on?, body: rest.to_vec() })
}

/// Unfolds as many changes of one document as it can, given the hashes of the changes that are
/// there; each one that unfolds may be what another builds on. Says which were left over.
pub fn unfold<'a, T: Copy>(
    mut known: BTreeSet<Hash>,
    folded: impl IntoIterator<Item = (&'a Folded, T)>,
) -> (Vec<(automerge::Change, T)>, Vec<T>) {
    let mut waiting: Vec<_> = folded.into_iter().collect();
    let mut unfolded = Vec::new();
    loop {
        let before = unfolded.len();
        waiting.retain(|(change, tag)| match complete(&known, change) {
            Some(change) => {
                known.insert(change.hash().0);
                unfolded.push((change, *tag));
                false
            }
            None => true,
        });
        if waiting.is_empty() || unfolded.len() == before {
            return (unfolded, waiting.into_iter().map(|(_, tag)| tag).collect());
        }
    }
}

/// The change, if all that it builds on is known.
fn complete(known: &BTreeSet<Hash>, folded: &Folded) -> Option<automerge::Change> {
    let mut ways: Vec<Vec<Hash>> = vec![Vec::new()];
    for prefix in &folded.builds_on {
        let fitting: Vec<Hash> = beginning_with(known, *prefix).collect();
        let longer =
            |way: &Vec<Hash>| fitting.iter().map(|hash| [way.as_slice(), &[*hash]].concat()).collect::<Vec<_>>();
        ways = ways.iter().flat_map(longer).take(TRIES).collect();
    }
    ways.iter().find_map(|way| proven(folded, way))
}

fn beginning_with(known: &BTreeSet<Hash>, prefix: [u8; 4]) -> impl Iterator<Item = Hash> + '_ {
    let (mut from, mut to) = ([0; 32], [0xff; 32]);
    from[..4].copy_from_slice(&prefix);
    to[..4].copy_from_slice(&prefix);
    known.range(from..=to).copied()
}

/// The change that builds on these, if its hash is what it has to be.
fn proven(folded: &Folded, builds_on: &[Hash]) -> Option<automerge::Change> {
    let bytes = [&MAGIC[..], folded.proof.get(..4)?, &hashed(builds_on, &folded.body)].concat();
    parse_change(&bytes).ok().filter(|change| change.hash().0.starts_with(&folded.proof))
}

/// The change with this body that builds on these, whose hash nobody has said.
pub fn rebuild(builds_on: &[Hash], body: &[u8]) -> Result<automerge::Change> {
    let hashed = hashed(builds_on, body);
    let hash = Sha256::digest(&hashed);
    parse_change(&[&MAGIC[..], hash.get(..4).unwrap_or_default(), &hashed].concat())
}

/// All of a change that its hash is made of.
fn hashed(builds_on: &[Hash], body: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(body.len() + 40);
    write_number(builds_on.len(), &mut content);
    content.extend(builds_on.as_flattened());
    content.extend(body);
    let mut bytes = vec![KIND];
    write_number(content.len(), &mut bytes);
    bytes.extend(content);
    bytes
}

/// A number in LEB128, as Automerge writes it.
fn write_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> Option<u64> {
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
    use automerge::ActorId;
    use proptest::prelude::*;

    use super::*;
    use crate::doc::{Change, Doc};

    /// A document that three people have written to, the last one after all others.
    fn written() -> Vec<Change> {
        let mut here = Doc::new();
        let write = |doc: &mut Doc, who: &str, n: usize| {
            let text = "0912".repeat(n * 50);
            doc.write(&ActorId::random(), who, 0, |e| e.text("note", &text)).expect("writes").expect("new")
        };
        let first = write(&mut here, "dợ", 1);
        let mut there = Doc::load(&here.save()).expect("loads");
        let (second, third) = (write(&mut here, "dợ", 2), write(&mut there, "nam", 3));
        here.apply(vec![parse_change(&third.bytes).expect("parses")]).expect("applies");
        let fourth = write(&mut here, "lan", 4);
        vec![first, second, third, fourth]
    }

    fn folded(changes: &[Change]) -> Vec<Folded> {
        changes.iter().map(|c| fold(&c.hash.0, &c.bytes).expect("folds")).collect()
    }

    fn bytes_of(unfolded: Vec<(automerge::Change, usize)>) -> Vec<(usize, Vec<u8>)> {
        let mut all: Vec<_> = unfolded.into_iter().map(|(c, n)| (n, c.raw_bytes().to_vec())).collect();
        all.sort();
        all
    }

    #[test]
    fn what_was_folded_unfolds_to_the_same_bytes_in_any_order() {
        let changes = written();
        let folded = folded(&changes);
        assert_eq!(folded[3].builds_on.len(), 2);
        let expected: Vec<_> = changes.iter().map(|c| c.bytes.clone()).enumerate().collect();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1]] {
            let (unfolded, left) = unfold(BTreeSet::new(), order.map(|n| (&folded[n], n)));
            assert_eq!((bytes_of(unfolded), left), (expected.clone(), vec![]));
        }
    }

    #[test]
    fn what_builds_on_something_that_is_not_there_waits_alone() {
        let folded = folded(&written());
        let (unfolded, left) = unfold(BTreeSet::new(), [0, 2, 3].map(|n| (&folded[n], n)));
        assert_eq!(bytes_of(unfolded).into_iter().map(|(n, _)| n).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(left, [3]);
    }

    #[test]
    fn a_hash_that_only_begins_alike_is_not_taken() {
        let changes = written();
        let folded = folded(&changes);
        let mut known: BTreeSet<Hash> = changes[..3].iter().map(|c| c.hash.0).collect();
        for change in &changes[..3] {
            let mut alike = change.hash.0;
            alike[20] ^= 1;
            known.insert(alike);
        }
        let (unfolded, left) = unfold(known, [(&folded[3], 3)]);
        assert_eq!((bytes_of(unfolded), left), (vec![(3, changes[3].bytes.clone())], vec![]));
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_found_out(at in any::<prop::sample::Index>(), bit in 0u8..8, which in 0usize..4) {
            let changes = written();
            let mut folded = folded(&changes);
            let known: BTreeSet<Hash> = changes.iter().map(|c| c.hash.0).collect();
            let change = &mut folded[which];
            let at = at.index(8 + change.body.len());
            if at < 8 { change.proof[at] ^= 1 << bit } else { change.body[at - 8] ^= 1 << bit }
            prop_assert!(complete(&known, change).is_none());
        }

        #[test]
        fn arbitrary_bytes_are_survived(bytes: Vec<u8>, proof: [u8; 8], hash: Hash) {
            let _ = fold(&hash, &bytes);
            let _ = fold(&hash, &[&MAGIC[..], &hash[..4], &[KIND], &bytes].concat());
            let folded = Folded { proof, builds_on: vec![[0; 4]], body: bytes };
            prop_assert!(complete(&BTreeSet::from([[0; 32]]), &folded).is_none());
        }
    }
}
