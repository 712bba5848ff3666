//! Households that somebody said are one: what was said last holds on every device, and nothing of what
//! belongs to them is left out.

use std::collections::{BTreeMap, BTreeSet};

use tungnha_core::doc::flat::Entry;
use tungnha_core::doc::{Doc, space as keys};
use tungnha_core::domain::{SameKind, SpaceId, Verdict};
use tungnha_core::projection::HouseholdFacts;
use tungnha_protocol::ids::DocId;

use super::ledger::Pair;
use super::store::View;
use super::world::World;
use super::{Broken, Promise};

/// Which household each is shown in.
type Shown = BTreeMap<DocId, DocId>;

impl World {
    /// What must hold of merged households when everybody has met.
    pub(super) fn check_merged(&self, space: SpaceId, views: &[(usize, View)]) -> Result<(), Broken> {
        for (device, view) in views {
            let says = |what: String| Promise::Merged.broken(format!("device {device} {what}"));
            let saved = view.docs.get(&DocId(*space.bytes()));
            let doc = saved.map(|saved| Doc::load(saved)).transpose()?.unwrap_or_default();
            let entries = doc.entries()?;
            let mut same: Vec<Pair> = Vec::new();
            for (pair, words) in self.ledger.last_said(space, &doc) {
                let key = keys::same(SameKind::Household, pair);
                let entry = entries.iter().find(|entry| entry.key == key);
                let found = entry.map(standing).unwrap_or_default();
                if found.iter().map(String::as_str).collect::<BTreeSet<_>>() != words {
                    return Err(says(format!("holds {found:?} of two households, and {words:?} was said last")));
                }
                let in_force = entry.and_then(|entry| entry.value.text());
                same.extend((in_force == Some(Verdict::Same.as_str())).then_some(pair));
            }
            self.check_shown(space, *device, view, &same)?;
        }
        Ok(())
    }

    /// The rows of a device that has some: whoever is one is shown under the first of them, with the visits of all.
    fn check_shown(&self, space: SpaceId, device: usize, view: &View, same: &[Pair]) -> Result<(), Broken> {
        let Some(shown) = self.devices[device].store.shown(space) else { return Ok(()) };
        let households = view.docs.iter().filter(|(doc, _)| doc.0 != *space.bytes());
        let households: BTreeMap<DocId, BTreeSet<DocId>> = households
            .map(|(doc, saved)| {
                let visits = HouseholdFacts::of(&Doc::load(saved)?)?.visits;
                Ok((*doc, visits.iter().map(|visit| DocId(*visit.id.bytes())).collect()))
            })
            .collect::<Result<_, tungnha_core::error::Error>>()?;
        let under = first_of_each(households.keys().copied(), same);
        let mut wanted: BTreeMap<DocId, (DocId, BTreeSet<DocId>)> =
            under.iter().map(|(doc, first)| (*doc, (*first, BTreeSet::new()))).collect();
        for (doc, visits) in households {
            wanted.entry(under[&doc]).and_modify(|(_, all)| all.extend(visits));
        }
        match shown == wanted {
            true => Ok(()),
            false => Err(Promise::Merged.broken(format!("device {device} shows {shown:?} and not {wanted:?}"))),
        }
    }
}

/// All words that stand in an entry.
fn standing(entry: &Entry) -> BTreeSet<String> {
    let words = entry.crossed.iter().map(|version| &version.value).chain([&entry.value]);
    words.filter_map(|value| value.text().map(str::to_owned)).collect()
}

/// The smallest household here that each is connected with, by walking along the edges until nothing changes.
/// An edge also leads over one that is not here.
fn first_of_each(households: impl Iterator<Item = DocId>, same: &[Pair]) -> Shown {
    let edges: Vec<(DocId, DocId)> = same.iter().map(|(a, b)| (DocId(*a.as_bytes()), DocId(*b.as_bytes()))).collect();
    let here: Vec<DocId> = households.collect();
    let mut set: Shown = here.iter().copied().chain(edges.iter().flat_map(|(a, b)| [*a, *b])).map(|d| (d, d)).collect();
    let mut moved = true;
    while moved {
        moved = false;
        for (a, b) in &edges {
            let (one, other) = (set[a], set[b]);
            moved |= one != other;
            set.extend([(*a, one.min(other)), (*b, one.min(other))]);
        }
    }
    let first = |doc: &DocId| here.iter().copied().filter(|other| set[other] == set[doc]).min().unwrap_or(*doc);
    here.iter().map(|doc| (*doc, first(doc))).collect()
}
