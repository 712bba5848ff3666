//! What makes *Hộ dân* answer within a keystroke: the search index, which households are
//! hidden, and the numbers on the chips. All of it follows from the database and is made
//! anew when asked for after a change.

use std::collections::HashSet;

use rusqlite::Connection;

use super::{Notebook, Touched};
use crate::domain::{HouseholdId, PlaceId, SpaceId};
use crate::error::Result;
use crate::projection::duplicates::{self, DuplicatePair, Pair};
use crate::projection::list::{self, Asker, Filter, Searchable, Sort};
use crate::projection::views::{HouseholdCounts, HouseholdList, HouseholdRow, MatchedResident};
use crate::search::index::{Entry, Index, PersonEntry};

#[derive(Default)]
pub(super) struct Finding {
    /// Of which notebook it is.
    space: Option<SpaceId>,
    index: Option<Index<HouseholdId>>,
    visible: Option<HashSet<HouseholdId>>,
    counts: Option<(Asker, HouseholdCounts)>,
    duplicates: Option<Vec<Pair>>,
}

/// Past so many changed households the index is cheaper to make anew than to mend.
const MEND_AT_MOST: usize = 200;

impl Finding {
    /// What is kept of one notebook says nothing of another.
    fn turn_to(&mut self, space: SpaceId) {
        if self.space != Some(space) {
            *self = Self { space: Some(space), ..Self::default() };
        }
    }

    pub(super) fn changed(&mut self, db: &Connection, space: SpaceId, touched: &Touched) -> Result<()> {
        if self.space != Some(space) {
            return Ok(());
        }
        self.visible = None;
        self.counts = None;
        self.duplicates = None;
        let Some(index) = self.index.as_mut() else { return Ok(()) };
        if touched.space || touched.households.len() > MEND_AT_MOST {
            // A renamed place is in many entries.
            self.index = None;
            return Ok(());
        }
        for id in &touched.households {
            match list::searchable_one(db, space, *id)? {
                Some(entry) => index.replace(*id, &as_entry(&entry)),
                None => {
                    index.remove(*id);
                }
            }
        }
        Ok(())
    }
}

fn as_entry(household: &Searchable) -> Entry<'_> {
    let people = household.people.iter().map(|(name, _, is_head, phone)| PersonEntry {
        name,
        phone,
        is_head: *is_head,
        sort_key: Some(&household.name_key),
    });
    Entry {
        people: people.collect(),
        phones: household.phones.iter().map(String::as_str).filter(|phone| !phone.is_empty()).collect(),
        place: &household.place_names,
        door: &household.door,
        number: &household.code,
    }
}

/// What is asked of the list.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// What was typed.
    pub search: String,
    /// The chip.
    pub filter: Filter,
    /// Only of this place.
    pub place: Option<PlaceId>,
    /// The order, unless something is searched.
    pub sort: Sort,
    /// Rows to skip.
    pub offset: usize,
    /// Rows to return.
    pub limit: usize,
}

impl Notebook {
    /// A page of *Hộ dân*.
    pub fn list(&mut self, query: &ListQuery) -> Result<HouseholdList> {
        let asker = self.turned_to()?;
        let (rows, total) =
            if query.search.trim().is_empty() { self.browse(&asker, query)? } else { self.search(&asker, query)? };
        Ok(HouseholdList { rows, total, counts: self.counts(&asker)? })
    }

    /// Who asks, with what is kept turned to the notebook that is open.
    fn turned_to(&mut self) -> Result<Asker> {
        let asker = self.asker()?;
        self.finding.turn_to(asker.space);
        Ok(asker)
    }

    fn browse(&self, asker: &Asker, query: &ListQuery) -> Result<(Vec<HouseholdRow>, u32)> {
        let ids = list::ids(self.db(), asker, query.filter, query.place, query.sort)?;
        let page: Vec<_> = ids.iter().copied().skip(query.offset).take(query.limit).collect();
        Ok((list::rows(self.db(), asker, &page)?, ids.len() as u32))
    }

    fn search(&mut self, asker: &Asker, query: &ListQuery) -> Result<(Vec<HouseholdRow>, u32)> {
        if self.finding.index.is_none() {
            let mut index = Index::new();
            for household in list::searchable(self.store.read(), asker.space)? {
                index.replace(household.id, &as_entry(&household));
            }
            self.finding.index = Some(index);
        }
        let plain = query.filter == Filter::All && query.place.is_none();
        if self.finding.visible.is_none() || !plain {
            let ids = list::ids(self.store.read(), asker, query.filter, query.place, Sort::Unsorted)?;
            self.finding.visible = Some(ids.into_iter().collect());
        }
        let (Some(index), Some(visible)) = (&self.finding.index, &self.finding.visible) else {
            return Ok((Vec::new(), 0));
        };
        let found = index.search_where(&query.search, query.offset + query.limit, |id| visible.contains(id));
        let page: Vec<_> = found.hits.iter().skip(query.offset).take(query.limit).collect();
        let ids: Vec<_> = page.iter().map(|hit| hit.key).collect();
        let mut rows = list::rows(self.store.read(), asker, &ids)?;
        for (row, hit) in rows.iter_mut().zip(&page) {
            row.matched = matched(self.store.read(), hit.key, hit.person)?;
        }
        let total = found.total as u32;
        if !plain {
            self.finding.visible = None;
        }
        Ok((rows, total))
    }

    /// The numbers on the chips, for whoever is signed in.
    pub fn counts_now(&mut self) -> Result<HouseholdCounts> {
        let asker = self.turned_to()?;
        self.counts(&asker)
    }

    /// What may be one, side by side.
    pub fn duplicates(&mut self) -> Result<Vec<DuplicatePair>> {
        let asker = self.turned_to()?;
        let pairs = match self.finding.duplicates.take() {
            Some(pairs) => pairs,
            None => duplicates::pairs(self.store.read(), asker.space)?,
        };
        let views = pairs.iter().map(|pair| duplicates::view(self.store.read(), &asker, pair));
        let views = views.filter_map(Result::transpose).collect();
        self.finding.duplicates = Some(pairs);
        views
    }

    /// How many fields are crossed.
    pub fn counts_of_conflicts(&self, space: SpaceId) -> Result<u32> {
        let sql = "SELECT count(DISTINCT key || hex(doc)) FROM conflicts WHERE space = ?1";
        Ok(self.db().prepare_cached(sql)?.query_row([space.bytes()], |row| row.get(0))?)
    }

    fn counts(&mut self, asker: &Asker) -> Result<HouseholdCounts> {
        if let Some((of, counts)) = &self.finding.counts
            && of == asker
        {
            return Ok(counts.clone());
        }
        let counts = list::counts(self.store.read(), asker)?;
        self.finding.counts = Some((*asker, counts.clone()));
        Ok(counts)
    }
}

/// The resident who matched, unless it is the head, whom the row names anyway.
fn matched(db: &Connection, household: HouseholdId, person: Option<usize>) -> Result<Option<MatchedResident>> {
    let Some(nth) = person else { return Ok(None) };
    let found = list::searchable_person(db, household, nth)?;
    Ok(found.filter(|(_, _, head)| !head).map(|(name, relation, _)| MatchedResident { name, relation }))
}
