//! Households that are one, read together: the people and visits of all their documents.
//!
//! Rows stand under the first document that is here, by id; so every query finds a merged household as it
//! finds any other. What a person can do is the newest that was seen of them in any document, and what they
//! say about consent the newest that they answered, also when their entries are in two households that are
//! not one: so somebody who moved takes both along, and a late visit to the old household is theirs.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use uuid::Uuid;

use super::facts::{HouseholdFacts, ResidentFacts, VisitFacts, newer};
use super::same;
use crate::domain::skill::Levels;
use crate::domain::{Consent, HouseholdStatus, ResidentId, SameKind, SpaceId};
use crate::error::Result;
use crate::store::documents::{self, DocId};

/// Where a resident or a visit of a merged household is written.
pub struct Home {
    /// The resident or the visit.
    pub id: Uuid,
    /// The document.
    pub doc: DocId,
    /// The resident that this one is shown as; nothing for a visit.
    pub person: Option<ResidentId>,
}

/// One household as it is shown.
pub struct Whole {
    /// Its documents, by id; the rows stand under the first.
    pub parts: Vec<(DocId, HouseholdFacts)>,
    /// What they say together, when anything in it is merged.
    pub together: Option<Together>,
}

/// What several documents, or merged residents, say together.
pub struct Together {
    /// Everything.
    pub facts: HouseholdFacts,
    /// Where each resident and visit is written.
    pub homes: Vec<Home>,
    /// Whom each resident is shown as.
    pub shown: BTreeMap<ResidentId, ResidentId>,
}

/// All that has to be read together with a document, and what each of its residents is the same as.
struct Group {
    docs: BTreeMap<DocId, HouseholdFacts>,
    canonical: BTreeMap<ResidentId, Uuid>,
}

/// The household that a document belongs to, and those that share a person with it.
pub fn around(db: &Connection, space: SpaceId, doc: DocId, facts: HouseholdFacts) -> Result<Vec<Whole>> {
    if !same::any(db, space)? {
        return Ok(vec![Whole { parts: vec![(doc, facts)], together: None }]);
    }
    let group = gather(db, space, doc, facts)?;
    let persons = Persons { levels: levels(&group), consents: consents(&group) };
    let mut wholes: BTreeMap<Uuid, Vec<(DocId, HouseholdFacts)>> = BTreeMap::new();
    for (doc, facts) in group.docs {
        let set = same::canonical(db, space, SameKind::Household, Uuid::from_bytes(doc))?;
        wholes.entry(set).or_default().push((doc, facts));
    }
    let whole = |parts: Vec<_>| Whole { together: together(&parts, &group.canonical, &persons), parts };
    Ok(wholes.into_values().map(whole).collect())
}

fn gather(db: &Connection, space: SpaceId, doc: DocId, facts: HouseholdFacts) -> Result<Group> {
    let mut group = Group { docs: BTreeMap::new(), canonical: BTreeMap::new() };
    let mut found = vec![(doc, facts)];
    while let Some((doc, facts)) = found.pop() {
        let mut near: BTreeSet<DocId> = BTreeSet::new();
        near.extend(same::set(db, space, SameKind::Household, Uuid::from_bytes(doc))?.iter().map(|id| *id.as_bytes()));
        for person in &facts.residents {
            let set = same::set(db, space, SameKind::Resident, person.id.0)?;
            group.canonical.extend(set.first().map(|smallest| (person.id, *smallest)));
            for other in set.into_iter().filter(|other| *other != person.id.0) {
                near.extend(same::doc_of(db, ResidentId(other))?);
            }
        }
        group.docs.insert(doc, facts);
        for near in near {
            let known = group.docs.contains_key(&near) || found.iter().any(|(doc, _)| *doc == near);
            if !known && same::is_household(db, space, &near)? {
                found.push((near, HouseholdFacts::of(&documents::load(db, space, &near)?)?));
            }
        }
    }
    Ok(group)
}

/// What is known of each person over all documents of a group, by the smallest of their ids.
struct Persons {
    levels: BTreeMap<Uuid, Levels>,
    consents: BTreeMap<Uuid, Consent>,
}

/// The newest answer of each person about consent.
fn consents(group: &Group) -> BTreeMap<Uuid, Consent> {
    let mut consents = BTreeMap::new();
    for person in group.docs.values().flat_map(|facts| &facts.residents) {
        if let Some(of) = group.canonical.get(&person.id)
            && let Some(consent) = newer(consents.remove(of), person.consent.clone())
        {
            consents.insert(*of, consent);
        }
    }
    consents
}

/// The newest level of each person in each skill, over all visits of the group.
fn levels(group: &Group) -> BTreeMap<Uuid, Levels> {
    let mut levels: BTreeMap<Uuid, Levels> = BTreeMap::new();
    for visit in in_order(group.docs.values().flat_map(|facts| &facts.visits)).iter().filter(|v| !v.visit.removed) {
        for seen in &visit.visit.assessments {
            if let Some(person) = group.canonical.get(&seen.resident) {
                levels.entry(*person).or_default()[seen.skill.index()] = seen.level;
            }
        }
    }
    levels
}

/// Visits oldest first, each once.
fn in_order<'a>(visits: impl Iterator<Item = &'a VisitFacts>) -> Vec<VisitFacts> {
    let once: BTreeMap<_, _> = visits.map(|visit| (visit.id, visit)).collect();
    let mut visits: Vec<VisitFacts> = once.into_values().cloned().collect();
    visits.sort_by_key(|v| (v.visit.day, v.visit.clock, v.id));
    visits
}

/// Who is written where, by their ids; the first document has the word on an id that two of them have.
type Written<'a> = BTreeMap<ResidentId, (DocId, &'a ResidentFacts)>;

fn together(
    parts: &[(DocId, HouseholdFacts)],
    canonical: &BTreeMap<ResidentId, Uuid>,
    persons: &Persons,
) -> Option<Together> {
    let of = |id: ResidentId| canonical.get(&id).copied().unwrap_or(id.0);
    let levels = |id: ResidentId| persons.levels.get(&of(id)).copied().unwrap_or_default();
    let consent = |id: ResidentId| persons.consents.get(&of(id)).cloned();
    let residents = parts.iter().flat_map(|(doc, facts)| facts.residents.iter().map(|person| (*doc, person)));
    let untouched = |person: &ResidentFacts| {
        of(person.id) == person.id.0 && levels(person.id) == person.levels && consent(person.id) == person.consent
    };
    if parts.len() == 1 && residents.clone().all(|(_, person)| untouched(person)) {
        return None;
    }
    let mut written = Written::new();
    for (doc, person) in residents {
        written.entry(person.id).or_insert((doc, person));
    }
    // Of a person's ids in this household the smallest is shown.
    let mut first: BTreeMap<Uuid, ResidentId> = BTreeMap::new();
    for id in written.keys() {
        first.entry(of(*id)).or_insert(*id);
    }
    let shown = written.keys().filter_map(|id| Some((*id, *first.get(&of(*id))?))).collect();
    let mut people = people(&written, &shown);
    for person in &mut people {
        (person.levels, person.consent) = (levels(person.id), consent(person.id));
    }
    Some(Together { facts: sum(parts, people, &shown), homes: homes(parts, &written, &shown), shown })
}

fn people(written: &Written<'_>, shown: &BTreeMap<ResidentId, ResidentId>) -> Vec<ResidentFacts> {
    let mut people: BTreeMap<ResidentId, ResidentFacts> = BTreeMap::new();
    for (id, (_, person)) in written {
        let shown = shown.get(id).unwrap_or(id);
        people.entry(*shown).and_modify(|base| base.absorb(person)).or_insert_with(|| (*person).clone());
    }
    people.into_values().collect()
}

fn homes(
    parts: &[(DocId, HouseholdFacts)],
    written: &Written<'_>,
    shown: &BTreeMap<ResidentId, ResidentId>,
) -> Vec<Home> {
    let mut homes: BTreeMap<Uuid, Home> = BTreeMap::new();
    for (doc, facts) in parts {
        let visits = facts.visits.iter().map(|v| (v.id.0, Home { id: v.id.0, doc: *doc, person: None }));
        homes.extend(visits);
    }
    let people =
        written.iter().map(|(id, (doc, _))| (id.0, Home { id: id.0, doc: *doc, person: shown.get(id).copied() }));
    homes.extend(people);
    homes.into_values().collect()
}

/// Own fields are the first household's that has them; whatever any of them is, the whole is.
fn sum(
    parts: &[(DocId, HouseholdFacts)],
    people: Vec<ResidentFacts>,
    shown: &BTreeMap<ResidentId, ResidentId>,
) -> HouseholdFacts {
    let all = || parts.iter().map(|(_, facts)| facts);
    let text =
        |of: fn(&HouseholdFacts) -> &String| all().map(of).find(|text| !text.is_empty()).cloned().unwrap_or_default();
    let moved = all().any(|facts| facts.status == HouseholdStatus::MovedAway);
    let imports: BTreeSet<_> = all().flat_map(|facts| facts.imports.iter().copied()).collect();
    let mut facts = HouseholdFacts {
        place: all().find_map(|facts| facts.place),
        places_before: all().find(|facts| facts.place.is_some()).map(|f| f.places_before.clone()).unwrap_or_default(),
        team: all().find_map(|facts| facts.team),
        code: text(|facts| &facts.code),
        door: text(|facts| &facts.door),
        position: all().find_map(|facts| facts.position),
        phone: text(|facts| &facts.phone),
        note: text(|facts| &facts.note),
        people_count: all().find_map(|facts| facts.people_count),
        business: all().any(|facts| facts.business),
        elderly: all().any(|facts| facts.elderly),
        status: if moved { HouseholdStatus::MovedAway } else { HouseholdStatus::Living },
        removed: all().all(|facts| facts.removed),
        edited: all().any(|facts| facts.edited),
        visits: in_order(all().flat_map(|facts| &facts.visits)),
        imports: imports.into_iter().collect(),
        crossed: all().flat_map(|facts| facts.crossed.iter().cloned()).collect(),
        unreadable: all().map(|facts| facts.unreadable).sum(),
        ..HouseholdFacts::default()
    };
    let head = all().find_map(|facts| facts.named_head.and_then(|id| shown.get(&id)));
    facts.settle_people(people, head.copied());
    facts
}
