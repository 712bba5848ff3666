//! Which place another one has become.
//!
//! Households are never rewritten when hamlets merge: a phone that has not heard of it goes on writing under the old
//! one, and a merger can be taken back. Instead the decided changes are laid out as edges from a place to what became
//! of it, and followed. Edges are taken in the order of (day, clock, id); one that leaves a place that has gone already,
//! or that would lead in a circle, is not taken and told of. So devices that know the same changes agree, in whatever
//! order they heard of them, nothing gets lost and nothing is in two places.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{ChangeKind, HouseholdId, PlaceChange, PlaceChangeId, PlaceId};

/// Of a split, where the households that are named go.
pub type Going = BTreeMap<PlaceChangeId, BTreeMap<HouseholdId, PlaceId>>;

/// The decided changes of a notebook, ready to be followed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Succession {
    edges: BTreeMap<PlaceId, Vec<Edge>>,
    going: Going,
    days: BTreeSet<Date>,
    names: BTreeMap<PlaceId, Vec<(Date, String)>>,
    born: BTreeMap<PlaceChangeId, Date>,
    ignored: BTreeSet<(PlaceChangeId, PlaceId)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Edge {
    day: Date,
    change: PlaceChangeId,
    /// Where who is not named goes.
    to: PlaceId,
    into: Vec<PlaceId>,
}

impl Succession {
    /// Lays the changes out. Those that are not decided move nothing.
    pub fn of(changes: &BTreeMap<PlaceChangeId, PlaceChange>, going: Going) -> Self {
        let mut decided: Vec<_> =
            changes.iter().filter_map(|(id, change)| Some((change.day()?, change.clock, *id, change))).collect();
        decided.sort_by_key(|(day, clock, id, _)| (*day, *clock, *id));
        let mut all = Self { going, ..Self::default() };
        for (day, _, id, change) in decided {
            all.take(day, id, change);
        }
        all
    }

    fn take(&mut self, day: Date, id: PlaceChangeId, change: &PlaceChange) {
        self.days.insert(day);
        let mut taken =
            change.kind == ChangeKind::Rename || change.from.iter().any(|place| change.into.contains(place));
        for from in &change.from {
            match self.edge(day, id, change, *from) {
                Some(edge) => {
                    self.edges.entry(*from).or_default().push(edge);
                    taken = true;
                }
                None if change.kind != ChangeKind::Rename
                    && (change.kind == ChangeKind::Split || !change.into.contains(from)) =>
                {
                    self.ignored.insert((id, *from));
                }
                None => {}
            }
        }
        if taken {
            self.born.insert(id, day);
            for name in change.names.iter().filter(|name| !name.name.is_empty()) {
                self.names.entry(name.place).or_default().push((day, name.name.clone()));
            }
        }
    }

    /// The edge of a change that leaves a place, if it may be taken.
    fn edge(&self, day: Date, change_id: PlaceChangeId, change: &PlaceChange, from: PlaceId) -> Option<Edge> {
        let to = if change.into.contains(&from) { from } else { *change.into.first()? };
        let into: Vec<PlaceId> = match change.kind {
            ChangeKind::Rename => return None,
            ChangeKind::Merge => vec![to],
            ChangeKind::Split => change.into.clone(),
        };
        let moves = into.iter().any(|place| *place != from);
        let circle = into.iter().any(|place| *place != from && self.leads_to(*place, from));
        (moves && !self.is_gone(from, None) && !circle).then_some(Edge { day, change: change_id, to, into })
    }

    fn leads_to(&self, start: PlaceId, wanted: PlaceId) -> bool {
        let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
        while let Some(place) = next.pop() {
            if place == wanted {
                return true;
            }
            if seen.insert(place) {
                next.extend(self.edges.get(&place).into_iter().flatten().flat_map(|edge| edge.into.iter().copied()));
            }
        }
        false
    }

    /// Where what was written under a place stands on a day; a household may have gone another way than its place.
    pub fn stands(&self, place: PlaceId, household: Option<HouseholdId>, day: Date) -> PlaceId {
        let mut at = place;
        // Edges make no circle, so this ends.
        while let Some(next) = self.next(at, household, day) {
            at = next;
        }
        at
    }

    fn next(&self, at: PlaceId, household: Option<HouseholdId>, day: Date) -> Option<PlaceId> {
        let edges = self.edges.get(&at)?.iter().filter(|edge| edge.day <= day);
        let to = |edge: &Edge| {
            let goes = household.and_then(|household| self.going.get(&edge.change)?.get(&household).copied());
            goes.filter(|place| edge.into.contains(place)).unwrap_or(edge.to)
        };
        edges.map(to).find(|to| *to != at)
    }

    /// Whether a place is no longer on a day, or at all.
    pub fn is_gone(&self, place: PlaceId, day: Option<Date>) -> bool {
        let edges = self.edges.get(&place).into_iter().flatten();
        edges.filter(|edge| day.is_none_or(|day| edge.day <= day)).any(|edge| edge.to != place)
    }

    /// The day on which a place went.
    pub fn went(&self, place: PlaceId) -> Option<Date> {
        self.edges.get(&place)?.iter().find(|edge| edge.to != place).map(|edge| edge.day)
    }

    /// All days on which something changes.
    pub fn days(&self) -> impl Iterator<Item = Date> + '_ {
        self.days.iter().copied()
    }

    /// The names that a place got by changes, with their days.
    pub fn names(&self, place: PlaceId) -> &[(Date, String)] {
        self.names.get(&place).map(Vec::as_slice).unwrap_or_default()
    }

    /// The day since which a change holds; nothing when it is not decided, or contradicts others altogether.
    pub fn since(&self, change: PlaceChangeId) -> Option<Date> {
        self.born.get(&change).copied()
    }

    /// What a change says of a place and others contradict: the place had gone already, or it would lead in a circle.
    pub fn ignored(&self) -> impl Iterator<Item = (PlaceChangeId, PlaceId)> + '_ {
        self.ignored.iter().copied()
    }

    /// Households that a split names.
    pub fn named(&self) -> BTreeSet<HouseholdId> {
        let splits: BTreeSet<PlaceChangeId> = self.edges.values().flatten().map(|edge| edge.change).collect();
        let of = self.going.iter().filter(|(change, _)| splits.contains(change));
        of.flat_map(|(_, going)| going.keys().copied()).collect()
    }

    /// Places from which a split that names this household may be reached: elsewhere it goes where its place goes.
    pub fn origins(&self, household: HouseholdId, places: &[PlaceId]) -> Vec<PlaceId> {
        let names = |edge: &Edge| self.going.get(&edge.change).is_some_and(|going| going.contains_key(&household));
        let splits: Vec<PlaceId> =
            self.edges.iter().filter(|(_, edges)| edges.iter().any(names)).map(|(place, _)| *place).collect();
        let reaches = |place: &PlaceId| splits.iter().any(|split| self.leads_to(*place, *split));
        places.iter().copied().filter(reaches).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ChangeState, MemberId, visit};
    use uuid::Uuid;

    const A: PlaceId = PlaceId(Uuid::from_u128(1));
    const B: PlaceId = PlaceId(Uuid::from_u128(2));
    const C: PlaceId = PlaceId(Uuid::from_u128(3));
    const PÁO: HouseholdId = HouseholdId(Uuid::from_u128(0x100));

    fn on(day: i8) -> Date {
        jiff::civil::date(2026, 11, day)
    }

    fn change(kind: ChangeKind, day: i8, clock: u64, from: &[PlaceId], into: &[PlaceId]) -> PlaceChange {
        PlaceChange {
            kind,
            state: ChangeState::Decided,
            from: from.to_vec(),
            into: into.to_vec(),
            day_number: Some(visit::day_number(on(day))),
            decision: String::new(),
            names: Vec::new(),
            clock,
            author: MemberId(Uuid::nil()),
        }
    }

    fn of(changes: &[PlaceChange]) -> Succession {
        let id = |n: usize| PlaceChangeId(Uuid::from_u128(n as u128));
        let going = [(id(0), [(PÁO, C)].into())].into();
        Succession::of(&changes.iter().cloned().enumerate().map(|(n, change)| (id(n), change)).collect(), going)
    }

    #[test]
    fn a_chain_holds_whichever_link_was_recorded_first_and_as_of_a_day() {
        let all = of(&[change(ChangeKind::Merge, 20, 1, &[A], &[B]), change(ChangeKind::Merge, 10, 2, &[B], &[C])]);
        assert_eq!([5, 15, 25].map(|day| all.stands(A, None, on(day))), [A, A, C]);
        assert_eq!([5, 15, 25].map(|day| all.stands(B, None, on(day))), [B, C, C]);
    }

    #[test]
    fn of_two_that_contradict_each_other_the_first_holds_and_the_other_is_told_of() {
        let all = of(&[
            change(ChangeKind::Merge, 10, 2, &[A, B], &[C]),
            change(ChangeKind::Merge, 10, 1, &[A], &[B]),
            change(ChangeKind::Merge, 12, 1, &[C], &[A]),
        ]);
        assert_eq!([A, B, C].map(|place| all.stands(place, None, on(30))), [C, C, C]);
        assert_eq!(all.ignored().map(|(_, place)| place).collect::<Vec<_>>(), [A, C]);
    }

    #[test]
    fn a_split_takes_along_who_is_named_and_the_rest_stays() {
        let all = of(&[change(ChangeKind::Split, 10, 1, &[A], &[A, C]), change(ChangeKind::Merge, 20, 1, &[A], &[B])]);
        assert_eq!([5, 15, 25].map(|day| all.stands(A, Some(PÁO), on(day))), [A, C, C]);
        assert_eq!([5, 15, 25].map(|day| all.stands(A, None, on(day))), [A, A, B]);
        assert_eq!(all.origins(PÁO, &[A, B, C]), [A]);
    }
}
