//! Which households, and which residents, may be one: found when asked for, from the rows as they stand.
//! What makes two alike stands in [`super::alike`].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, params};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::alike::{Births, Known, Names, Reason, households_alike, residents_alike};
use super::list::{self, Asker};
use super::places::{self, PLACE};
use super::same::{self, Sets};
use super::views::LastVisit;
use crate::domain::{HouseholdId, PlaceId, ResidentId, SameKind, SpaceId, Verdict};
use crate::error::Result;
use crate::search::fold::fold_plain;

/// More than anybody looks through; the rest comes when these are settled.
const AT_MOST: usize = 200;
/// A phone of more households than this is the hamlet's, and tells nobody apart.
const PHONE_SHARED_BY: usize = 8;
/// As many are shown beside a form.
const LIKE_AT_MOST: usize = 3;

/// Two that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What they are.
    pub kind: SameKind,
    /// The one with the smaller id.
    pub a: Uuid,
    /// The other.
    pub b: Uuid,
    /// Why.
    pub why: Vec<Reason>,
}

/// Two that may be one, side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DuplicatePair {
    /// What they are.
    pub kind: SameKind,
    /// One of them.
    pub a: DuplicateSide,
    /// The other.
    pub b: DuplicateSide,
    /// Why they may be one.
    pub why: Vec<Reason>,
}

/// One of two that may be one, with what tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DuplicateSide {
    /// The household, or the resident.
    pub id: String,
    /// The household.
    pub household: String,
    /// Its number in the list it came from.
    pub code: String,
    /// Its head's name.
    pub head: String,
    /// The name of who may be one: the head, or the resident.
    pub name: String,
    /// Relation to the head, of a resident who is not the head.
    pub relation: String,
    /// Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
    pub birth: String,
    /// The phone, national form, or empty.
    pub phone: String,
    /// How to find the door.
    pub door: String,
    /// The place's name.
    pub place_name: String,
    /// The names of those who live there, head first.
    pub people: Vec<String>,
    /// How many visits the household has had.
    pub visits: u32,
    /// The last of them.
    pub last_visit: Option<LastVisit>,
}

/// Somebody whom a form that is being filled in may be about.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The full name.
    pub name: String,
    /// Birth, ISO as far as it is known, or empty.
    pub birth: String,
    /// The phone, national form, or empty.
    pub phone: String,
    /// Where the household is.
    pub place: Option<PlaceId>,
    /// The household that somebody is added to; nothing when a household is added.
    pub household: Option<HouseholdId>,
}

/// Everything in this space that may be one and of which nobody has said anything yet, the surest first.
pub fn pairs(db: &Connection, space: SpaceId) -> Result<Vec<Pair>> {
    let settled = Settled::read(db, space)?;
    let mut pairs = moved_apart(db, space)?;
    pairs.extend(household_pairs(db, space)?);
    pairs.extend(resident_pairs(db, space)?);
    pairs.retain(|pair| !settled.has(pair));
    let mut once: BTreeMap<(SameKind, Uuid, Uuid), Pair> = BTreeMap::new();
    for pair in pairs {
        let known = once.entry((pair.kind, pair.a, pair.b)).or_insert(Pair { why: Vec::new(), ..pair });
        for why in pair.why {
            if !known.why.contains(&why) {
                known.why.push(why);
            }
        }
    }
    let mut pairs: Vec<Pair> = once.into_values().collect();
    let moved = |pair: &Pair| pair.why.contains(&Reason::MovedApart);
    pairs.sort_by_key(|pair| (!moved(pair), std::cmp::Reverse(pair.why.len()), pair.kind, pair.a, pair.b));
    pairs.truncate(AT_MOST);
    Ok(pairs)
}

/// What is one already, and what somebody has said is two: of two sets as of two ids.
struct Settled {
    sets: Sets,
    different: BTreeSet<(SameKind, Uuid, Uuid)>,
}

impl Settled {
    fn read(db: &Connection, space: SpaceId) -> Result<Self> {
        let mut settled = Self { sets: same::stored(db, space)?, different: BTreeSet::new() };
        for said in same::verdicts(db, space)?.into_iter().filter(|said| said.verdict == Verdict::Different) {
            let (a, b) = settled.of(said.kind, said.pair.0, said.pair.1);
            settled.different.insert((said.kind, a, b));
        }
        Ok(settled)
    }

    fn of(&self, kind: SameKind, a: Uuid, b: Uuid) -> (Uuid, Uuid) {
        let set = |id| self.sets.get(&(kind, id)).copied().unwrap_or(id);
        (set(a).min(set(b)), set(a).max(set(b)))
    }

    fn has(&self, pair: &Pair) -> bool {
        let (a, b) = self.of(pair.kind, pair.a, pair.b);
        a == b || self.different.contains(&(pair.kind, a, b))
    }
}

fn household_pairs(db: &Connection, space: SpaceId) -> Result<Vec<Pair>> {
    let all = known(db, "h.space = ?1 AND ?2 = ?2 AND ?3 = ?3", params![space.bytes(), "", ""])?;
    let mut alike: HashMap<(&[u8; 16], &str), Vec<&Known>> = HashMap::new();
    let mut phones: HashMap<&str, Vec<&Known>> = HashMap::new();
    for household in &all {
        alike.entry((&household.place, &household.plain)).or_default().push(household);
        household.phones.iter().for_each(|phone| phones.entry(phone).or_default().push(household));
    }
    let named = alike.into_iter().filter(|((_, plain), _)| !plain.is_empty()).map(|(_, group)| group);
    let called = phones.into_values().filter(|group| group.len() <= PHONE_SHARED_BY);
    let mut pairs = Vec::new();
    for group in named.chain(called) {
        for (n, a) in group.iter().enumerate() {
            for b in group.iter().skip(n + 1) {
                if let Some(why) = households_alike(a, b, || one_list(db, a.id, b.id))?
                    && let Some((a, b)) = crate::domain::same::pair(a.id.0, b.id.0)
                {
                    pairs.push(Pair { kind: SameKind::Household, a, b, why });
                }
            }
        }
    }
    Ok(pairs)
}

/// The households that stand and fulfil a condition on `h`, `r` (its head) and ?1 to ?3.
fn known(db: &Connection, condition: &str, values: impl rusqlite::Params) -> Result<Vec<Known>> {
    let sql = format!(
        "SELECT h.id, {PLACE}, h.plain, h.head, h.head_birth, h.phone, coalesce(r.phone, ''), h.door FROM standing h
         LEFT JOIN residents r ON r.household = h.id AND r.head = 1 {} WHERE {condition} AND h.hidden = 0",
        places::joins(places::AT_LAST)
    );
    let mut query = db.prepare_cached(&sql)?;
    let rows = query.query_map(values, |row| {
        let phones: [String; 2] = [row.get(5)?, row.get(6)?];
        Ok(Known {
            id: HouseholdId(Uuid::from_bytes(row.get(0)?)),
            place: row.get(1)?,
            plain: row.get(2)?,
            head: row.get(3)?,
            birth: row.get(4)?,
            phones: phones.into_iter().filter(|phone| !phone.is_empty()).collect(),
            door: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether one list names both.
fn one_list(db: &Connection, a: HouseholdId, b: HouseholdId) -> Result<bool> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM household_imports a JOIN household_imports b ON b.import = a.import
             WHERE a.household = ?1 AND b.household = ?2",
        )?
        .exists(params![a.bytes(), b.bytes()])?)
}

/// Households to which one person was moved by two people who did not know of each other. One of them is
/// where the person lives; or the two are the same new household, written twice.
///
/// The plus signs keep SQLite from pairing all households of a notebook before it looks who has moved.
fn moved_apart(db: &Connection, space: SpaceId) -> Result<Vec<Pair>> {
    let mut query = db.prepare_cached(
        "SELECT DISTINCT a.household, b.household FROM residents a
         JOIN residents b ON b.moved_from = a.moved_from AND b.household > a.household
         JOIN standing h ON h.id = a.household JOIN standing o ON o.id = b.household
         WHERE a.gone = 0 AND b.gone = 0 AND +h.space = ?1 AND +o.space = ?1 AND h.hidden = 0 AND o.hidden = 0",
    )?;
    let rows = query.query_map([space.bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let pair = |(a, b)| Pair {
        kind: SameKind::Household,
        a: Uuid::from_bytes(a),
        b: Uuid::from_bytes(b),
        why: vec![Reason::MovedApart],
    };
    Ok(rows.map(|row| row.map(pair)).collect::<rusqlite::Result<_>>()?)
}

/// Two of one name in one household, or, in two, of one name, one birthday and one phone. The heads of two
/// households are compared as households.
fn resident_pairs(db: &Connection, space: SpaceId) -> Result<Vec<Pair>> {
    // The plus signs keep SQLite from going by names, of which there are few.
    const PAIRS: &str =
        "SELECT a.id, b.id, a.name, b.name, a.birth, b.birth, a.household = b.household, a.phone = b.phone
         FROM residents a JOIN residents b ON +b.plain = a.plain AND b.id > a.id AND {join}
         JOIN standing h ON h.id = a.household JOIN standing o ON o.id = b.household
         WHERE a.removed = 0 AND b.removed = 0 AND a.plain <> '' AND coalesce(a.sex = b.sex, 1)
           AND +h.space = ?1 AND +o.space = ?1 AND h.hidden = 0 AND o.hidden = 0";
    const JOINS: [&str; 2] = [
        "b.household = a.household",
        "b.phone = a.phone AND b.phone <> '' AND a.phone <> '' AND b.household <> a.household AND a.head + b.head < 2",
    ];
    let mut pairs = Vec::new();
    for join in JOINS {
        let mut query = db.prepare_cached(&PAIRS.replace("{join}", join))?;
        let mut rows = query.query([space.bytes()])?;
        while let Some(row) = rows.next()? {
            let (a, b) = (Uuid::from_bytes(row.get(0)?), Uuid::from_bytes(row.get(1)?));
            let names = Names::of(&row.get::<_, String>(2)?, &row.get::<_, String>(3)?);
            let births = Births::of(&row.get::<_, String>(4)?, &row.get::<_, String>(5)?);
            let (together, phone): (bool, bool) = (row.get(6)?, row.get(7)?);
            if residents_alike(names, births, together) {
                let why = [
                    (together, Reason::SameHousehold),
                    (true, names.reason()),
                    (births == Births::Equal, Reason::SameBirth),
                    (phone && !together, Reason::SamePhone),
                ];
                let why = why.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect();
                pairs.push(Pair { kind: SameKind::Resident, a, b, why });
            }
        }
    }
    Ok(pairs)
}

/// What is compared of a resident.
struct Person {
    id: Uuid,
    name: String,
    birth: String,
    sex: Option<String>,
}

/// Residents of these two households who are surely the same person: of one name, of no two birthdays, and
/// nobody else is.
pub fn same_people(db: &Connection, a: HouseholdId, b: HouseholdId) -> Result<Vec<(Uuid, Uuid)>> {
    let (ours, theirs) = (people_of(db, a)?, people_of(db, b)?);
    let alike = |one: &Person, other: &Person| {
        let one_sex = one.sex.is_none() || other.sex.is_none() || one.sex == other.sex;
        let (names, births) = (Names::of(&one.name, &other.name), Births::of(&one.birth, &other.birth));
        one_sex && one.id != other.id && residents_alike(names, births, true)
    };
    let mut found = Vec::new();
    for one in &ours {
        found.extend(theirs.iter().filter(|other| alike(one, other)).map(|other| (one.id, other.id)));
    }
    let once = |id: &Uuid| found.iter().filter(|(a, b)| a == id || b == id).count() == 1;
    Ok(found.iter().filter(|(a, b)| once(a) && once(b)).copied().collect())
}

fn people_of(db: &Connection, household: HouseholdId) -> Result<Vec<Person>> {
    let mut query =
        db.prepare_cached("SELECT id, name, birth, sex FROM residents WHERE household = ?1 AND removed = 0")?;
    let rows = query.query_map([household.bytes()], |row| {
        Ok(Person { id: Uuid::from_bytes(row.get(0)?), name: row.get(1)?, birth: row.get(2)?, sex: row.get(3)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What is here already and may be what somebody is about to add, the surest first.
pub fn like(db: &Connection, asker: &Asker, typed: &Typed) -> Result<Vec<DuplicateSide>> {
    let found = match typed.household {
        Some(household) => residents_like(db, asker.space, typed, Some(household))?,
        None => {
            let mut found = households_like(db, asker.space, typed)?;
            found.extend(residents_like(db, asker.space, typed, None)?);
            found
        }
    };
    found
        .into_iter()
        .take(LIKE_AT_MOST)
        .map(|(kind, id)| side(db, asker, kind, id))
        .flat_map(Result::transpose)
        .collect()
}

/// Heads of one name in this place, of no two birthdays; and whoever has this phone and a name like this.
fn households_like(db: &Connection, space: SpaceId, typed: &Typed) -> Result<Vec<(SameKind, Uuid)>> {
    let values = params![space.bytes(), fold_plain(&typed.name), typed.phone];
    let mut known = known(
        db,
        "h.space = ?1 AND (h.plain = ?2 OR ?3 <> '' AND h.phone = ?3 AND h.phone <> '' OR ?3 <> '' AND r.phone = ?3)",
        values,
    )?;
    let place = typed.place.as_ref().map(PlaceId::bytes);
    known.retain(|h| {
        let (names, phone) = (Names::of(&h.head, &typed.name), h.phones.contains(&typed.phone));
        let near = phone || names != Names::Parts && place.is_none_or(|place| *place == h.place);
        names != Names::Differ && near && Births::of(&h.birth, &typed.birth) != Births::Differ
    });
    known.sort_by_key(|h| (Births::of(&h.birth, &typed.birth) != Births::Equal, h.id));
    Ok(known.into_iter().map(|h| (SameKind::Household, h.id.0)).collect())
}

/// People of this household of one name; elsewhere, those of one name and one birthday who are no heads, or,
/// beside a form for a person, who have this phone.
fn residents_like(
    db: &Connection,
    space: SpaceId,
    typed: &Typed,
    household: Option<HouseholdId>,
) -> Result<Vec<(SameKind, Uuid)>> {
    let sql = format!(
        "SELECT r.id, r.name, r.birth, r.phone, r.head, r.household = ?2, {PLACE} FROM residents r
         JOIN standing h ON h.id = r.household {}
         WHERE r.plain = ?1 AND r.plain <> '' AND r.removed = 0 AND h.space = ?3 AND h.hidden = 0 ORDER BY r.id",
        places::joins(places::AT_LAST)
    );
    let mut query = db.prepare_cached(&sql)?;
    let home = household.map(|h| *h.bytes()).unwrap_or_default();
    let mut rows = query.query(params![fold_plain(&typed.name), home, space.bytes()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let births = Births::of(&row.get::<_, String>(2)?, &typed.birth);
        let phone = !typed.phone.is_empty() && row.get::<_, String>(3)? == typed.phone;
        let (head, together, place): (bool, bool, [u8; 16]) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let here = typed.place.is_none_or(|place_typed| *place_typed.bytes() == place);
        let elsewhere = if household.is_some() { phone } else { !head && (here || phone) };
        let near = together || elsewhere && births == Births::Equal;
        if near && residents_alike(Names::of(&row.get::<_, String>(1)?, &typed.name), births, together) {
            found.push((SameKind::Resident, Uuid::from_bytes(row.get(0)?)));
        }
    }
    Ok(found)
}

/// A pair as it is shown; nothing when one of them is not shown any more.
pub fn view(db: &Connection, asker: &Asker, pair: &Pair) -> Result<Option<DuplicatePair>> {
    let (a, b) = (side(db, asker, pair.kind, pair.a)?, side(db, asker, pair.kind, pair.b)?);
    Ok(a.zip(b).map(|(a, b)| DuplicatePair { kind: pair.kind, a, b, why: pair.why.clone() }))
}

fn side(db: &Connection, asker: &Asker, kind: SameKind, id: Uuid) -> Result<Option<DuplicateSide>> {
    let sql = match kind {
        SameKind::Household => {
            "SELECT household, name, relation, birth, phone FROM residents WHERE household = ?1 AND head = 1"
        }
        SameKind::Resident => "SELECT household, name, relation, birth, phone FROM residents WHERE id = ?1",
    };
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([id.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let household = HouseholdId(Uuid::from_bytes(row.get(0)?));
    let Some(shown) = list::rows(db, asker, &[household])?.pop() else { return Ok(None) };
    let visits = db
        .prepare_cached("SELECT visits FROM households WHERE id = ?1")?
        .query_row([household.bytes()], |row| row.get(0))?;
    let own_phone: String = row.get(4)?;
    let phone = if own_phone.is_empty() && kind == SameKind::Household { shown.phone } else { own_phone };
    let id = match kind {
        SameKind::Household => household.to_string(),
        SameKind::Resident => ResidentId(id).to_string(),
    };
    Ok(Some(DuplicateSide {
        id,
        household: household.to_string(),
        code: shown.code,
        head: shown.head,
        name: row.get(1)?,
        relation: row.get(2)?,
        birth: row.get(3)?,
        phone,
        door: shown.door,
        place_name: shown.place_name,
        people: names(db, household)?,
        visits,
        last_visit: shown.last_visit,
    }))
}

fn names(db: &Connection, household: HouseholdId) -> Result<Vec<String>> {
    let mut query =
        db.prepare_cached("SELECT name FROM residents WHERE household = ?1 AND removed = 0 ORDER BY position")?;
    let rows = query.query_map([household.bytes()], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
