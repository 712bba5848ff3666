//! What went into a lock: of each document its id and heads, packed small.
//!
//! The last eight bytes of an id and the first eight of each head: 17 bytes for a household that nobody edits at the
//! same time as somebody else, so 86 KB for a commune of 5,040. They stand in parts, each written by a change of its
//! own, because a change has to fit into a chunk of 64 KB.

use std::collections::BTreeMap;

type DocId = [u8; 16];
type Hash = [u8; 32];

/// How many bytes of a packed value one change carries.
pub const PART: usize = 24 * 1024;

/// The end of a document's id.
pub type Tail = [u8; 8];
/// The beginning of a change's hash.
pub type Start = [u8; 8];

/// The documents that went into a lock, each with its heads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprints(BTreeMap<Tail, Vec<Start>>);

/// The end of a document's id, by which it is known in fingerprints.
pub fn tail(doc: &DocId) -> Tail {
    let (_, tail) = doc.split_last_chunk().unwrap_or((&[], &[0; 8]));
    *tail
}

/// The beginning of a hash, by which it is known in fingerprints.
pub fn start(hash: &Hash) -> Start {
    let (start, _) = hash.split_first_chunk().unwrap_or((&[0; 8], &[]));
    *start
}

impl Fingerprints {
    /// Adds a document. Of more than 255 heads the rest is left out.
    pub fn add(&mut self, doc: &DocId, heads: &[Hash]) {
        self.0.entry(tail(doc)).or_default().extend(heads.iter().take(255).map(start));
    }

    /// The heads that a document had; nothing when it was not known.
    pub fn heads(&self, doc: &DocId) -> Option<&[Start]> {
        self.0.get(&tail(doc)).map(Vec::as_slice)
    }

    /// Every document with its heads.
    pub fn iter(&self) -> impl Iterator<Item = (&Tail, &[Start])> {
        self.0.iter().map(|(tail, heads)| (tail, heads.as_slice()))
    }

    /// How many documents went in.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing went in.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The packed form.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * 17);
        for (tail, heads) in &self.0 {
            let heads = heads.get(..255).unwrap_or(heads);
            out.extend_from_slice(tail);
            out.push(u8::try_from(heads.len()).unwrap_or(u8::MAX));
            out.extend(heads.iter().flatten());
        }
        out
    }

    /// Reads the packed form; nothing when it is damaged.
    pub fn decode(mut bytes: &[u8]) -> Option<Self> {
        let mut all = Self::default();
        while !bytes.is_empty() {
            let (tail, rest) = bytes.split_first_chunk::<8>()?;
            let (count, rest) = rest.split_first()?;
            let (heads, rest) = rest.split_at_checked(usize::from(*count) * 8)?;
            all.0.entry(*tail).or_default().extend_from_slice(heads.as_chunks().0);
            bytes = rest;
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_of_5040_households_is_packed_into_parts_that_a_chunk_holds() {
        let mut all = Fingerprints::default();
        for n in 0..5_040_u32 {
            let hash = *blake3::hash(&n.to_be_bytes()).as_bytes();
            let doc: DocId = *hash.first_chunk().expect("long enough");
            all.add(&doc, &[hash]);
        }
        let packed = all.encode();
        assert_eq!(packed.len(), 5_040 * 17);
        assert_eq!(packed.chunks(PART).count(), 4);
        assert_eq!(Fingerprints::decode(&packed), Some(all));
    }

    #[test]
    fn damage_is_noticed() {
        let mut one = Fingerprints::default();
        one.add(&[7; 16], &[[9; 32], [8; 32]]);
        let packed = one.encode();
        assert_eq!(Fingerprints::decode(&packed[..packed.len() - 1]), None);
        assert_eq!(Fingerprints::decode(&packed), Some(one));
    }
}
