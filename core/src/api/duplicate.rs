//! Households and residents that may be one: finding them, merging them, and parting them again.

use serde::Deserialize;
use ts_rs::TS;
use uuid::Uuid;

use super::household::{check_phone, detail_of};
use super::{Api, Done, Nothing, id};
use crate::doc::household as doc_keys;
use crate::doc::space as keys;
use crate::domain::{HouseholdId, ResidentId, SameKind, SpaceId, Verdict, same as sets};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::projection::duplicates::{self, DuplicatePair, DuplicateSide, Typed};
use crate::projection::same::{self, Said};
use crate::projection::views::HouseholdDetail;
use crate::projection::{merged, moved};
use crate::text::birth;

/// Arguments of `duplicate_like`: what a form holds so far. What cannot be read yet is left out of account.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct DuplicateLike {
    /// The full name.
    pub name: Option<String>,
    /// Birth, as it is typed.
    pub birth: Option<String>,
    /// The phone, as it is typed.
    pub phone: Option<String>,
    /// The place of a household that is added.
    pub place: Option<String>,
    /// The household that somebody is added to.
    pub household: Option<String>,
}

/// Arguments of `duplicate_settle`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DuplicateSettle {
    /// What the two are.
    pub kind: SameKind,
    /// One of them.
    pub a: String,
    /// The other.
    pub b: String,
    /// What is said of them.
    pub verdict: Verdict,
}

/// Arguments of `merge_part`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergePart {
    /// What it is.
    pub kind: SameKind,
    /// The household or the resident.
    pub id: String,
}

/// Arguments of `merge_choose`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergeChoose {
    /// The household.
    pub household: String,
    /// The field, as `differences` names it.
    pub field: String,
    /// One of its values.
    pub value: String,
}

/// Households and residents that may be one.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<DuplicatePair>> {
    api.notebook().duplicates()
}

/// What is here already and may be what a form is about to add.
pub(super) fn like(api: &Api, args: DuplicateLike) -> Result<Vec<DuplicateSide>> {
    let notebook = api.notebook();
    let birth = birth::parse(&args.birth.unwrap_or_default(), notebook.clock().today());
    let typed = Typed {
        name: args.name.unwrap_or_default(),
        birth: birth.map(|b| b.to_string()).unwrap_or_default(),
        phone: check_phone(&args.phone.unwrap_or_default()).unwrap_or_default(),
        place: args.place.and_then(|place| place.parse().ok()),
        household: args.household.as_deref().map(|h| id("household", h)).transpose()?,
    };
    duplicates::like(notebook.db(), &notebook.asker()?, &typed)
}

/// Says that two are one, that they are two, or takes back what was said.
pub(super) fn settle(api: &Api, args: DuplicateSettle) -> Result<Done> {
    let (one, other) = {
        let notebook = api.notebook();
        (known(&notebook, args.kind, &args.a)?, known(&notebook, args.kind, &args.b)?)
    };
    let (a, b) = sets::pair(one, other).ok_or_else(|| Error::invalid("required", "b"))?;
    api.write(|batch| {
        let mut changes = vec![Said { kind: args.kind, pair: (a, b), verdict: args.verdict }];
        match (args.kind, args.verdict) {
            (kind, Verdict::Same) => changes.extend(agreeing(batch, kind, a, b)?),
            (SameKind::Household, _) => changes.extend(without_shared_people(batch, &changes)?),
            (SameKind::Resident, _) => {}
        }
        say(batch, &changes)
    })?;
    Ok(Done {})
}

/// What has to be said beside "these are one": their people too, and nothing to the contrary.
fn agreeing(batch: &Batch<'_>, kind: SameKind, a: Uuid, b: Uuid) -> Result<Vec<Said>> {
    let (db, space) = (batch.db(), batch.space());
    let sides = [same::set(db, space, kind, a)?, same::set(db, space, kind, b)?];
    let between = |(x, y): (Uuid, Uuid)| {
        sides[0].contains(&x) && sides[1].contains(&y) || sides[0].contains(&y) && sides[1].contains(&x)
    };
    let verdicts = same::verdicts(db, space)?;
    let contrary = verdicts.iter().filter(|said| said.kind == kind && said.verdict == Verdict::Different);
    let mut changes: Vec<Said> = contrary
        .filter(|said| between(said.pair) && said.pair != (a, b))
        .map(|said| Said { verdict: Verdict::Undone, ..*said })
        .collect();
    if kind == SameKind::Household {
        let shown = |id| merged::shown(db, space, HouseholdId(id));
        for pair in duplicates::same_people(db, shown(a)?, shown(b)?)? {
            let pair = sets::pair(pair.0, pair.1);
            let said = |pair| verdicts.iter().any(|said| said.pair == pair && said.verdict == Verdict::Different);
            let pair = pair.filter(|pair| !said(*pair));
            changes.extend(pair.map(|pair| Said { kind: SameKind::Resident, pair, verdict: Verdict::Same }));
        }
    }
    Ok(changes)
}

/// Takes a household or a resident out of what it was merged into.
pub(super) fn part(api: &Api, args: MergePart) -> Result<Done> {
    let alone = known(&api.notebook(), args.kind, &args.id)?;
    api.write(|batch| {
        let (db, space) = (batch.db(), batch.space());
        let others: Vec<Uuid> =
            same::set(db, space, args.kind, alone)?.into_iter().filter(|other| *other != alone).collect();
        let edges = standing(batch, args.kind)?;
        let mut changes: Vec<Said> = edges
            .iter()
            .filter(|(a, b)| *a == alone || *b == alone)
            .map(|pair| Said { kind: args.kind, pair: *pair, verdict: Verdict::Undone })
            .collect();
        // Those that only this one held together stay one.
        let left = sets::sets(edges.into_iter().filter(|(a, b)| *a != alone && *b != alone));
        let roots: std::collections::BTreeSet<Uuid> =
            others.iter().map(|other| left.get(other).copied().unwrap_or(*other)).collect();
        let linked = roots.iter().zip(roots.iter().skip(1)).map(|(a, b)| (*a, *b));
        changes.extend(linked.map(|pair| Said { kind: args.kind, pair, verdict: Verdict::Same }));
        if args.kind == SameKind::Household {
            changes.extend(without_shared_people(batch, &changes)?);
        }
        say(batch, &changes)
    })?;
    Ok(Done {})
}

/// The pairs of which "same" is in force.
fn standing(batch: &Batch<'_>, kind: SameKind) -> Result<Vec<(Uuid, Uuid)>> {
    let verdicts = same::verdicts(batch.db(), batch.space())?;
    Ok(verdicts.into_iter().filter(|s| s.kind == kind && s.verdict == Verdict::Same).map(|s| s.pair).collect())
}

/// Households that these changes part take their people along: who was merged across them is two again.
fn without_shared_people(batch: &Batch<'_>, changes: &[Said]) -> Result<Vec<Said>> {
    let (db, mut edges) = (batch.db(), standing(batch, SameKind::Household)?);
    let before = sets::sets(edges.iter().copied());
    edges.retain(|pair| changes.iter().all(|change| change.pair != *pair));
    edges.extend(changes.iter().filter(|change| change.verdict == Verdict::Same).map(|change| change.pair));
    let after = sets::sets(edges);
    let set = |sets: &std::collections::BTreeMap<Uuid, Uuid>, id| sets.get(&id).copied().unwrap_or(id);
    let mut undone = Vec::new();
    for pair in standing(batch, SameKind::Resident)? {
        let docs = (same::doc_of(db, ResidentId(pair.0))?, same::doc_of(db, ResidentId(pair.1))?);
        let (Some(one), Some(other)) = docs else { continue };
        let (one, other) = (Uuid::from_bytes(one), Uuid::from_bytes(other));
        let parted = set(&before, one) == set(&before, other) && set(&after, one) != set(&after, other);
        // Who moved between the two is one person, however the two stand.
        if parted && !moved::is_move(db, batch.space(), ResidentId(pair.0), ResidentId(pair.1))? {
            undone.push(Said { kind: SameKind::Resident, pair, verdict: Verdict::Undone });
        }
    }
    Ok(undone)
}

fn say(batch: &mut Batch<'_>, changes: &[Said]) -> Result<()> {
    batch.edit_space(|edit| {
        for Said { kind, pair, verdict } in changes {
            edit.text(&keys::same(*kind, *pair), verdict.as_str());
        }
    })?;
    Ok(())
}

/// The id of a household or resident that is here.
fn known(notebook: &Notebook, kind: SameKind, text: &str) -> Result<Uuid> {
    let space: SpaceId = notebook.space()?.id;
    match kind {
        SameKind::Household => {
            let household: HouseholdId = id("household", text)?;
            merged::shown(notebook.db(), space, household)?;
            Ok(household.0)
        }
        SameKind::Resident => {
            let resident: ResidentId = id("resident", text)?;
            let doc = same::doc_of(notebook.db(), resident)?.ok_or_else(|| Error::not_found("resident"))?;
            merged::shown(notebook.db(), space, HouseholdId(Uuid::from_bytes(doc)))?;
            Ok(resident.0)
        }
    }
}

/// Chooses one of the values in which the parts of a merged household differ: all of them say so then.
pub(super) fn choose(api: &Api, args: MergeChoose) -> Result<HouseholdDetail> {
    let household = id("household", &args.household)?;
    let detail = detail_of(&api.notebook(), household)?;
    let differing = detail.differences.iter().find(|d| d.field == args.field);
    let value = differing.and_then(|d| d.values.iter().find(|v| v.value == args.value));
    let value = value.ok_or_else(|| Error::not_found("value"))?;
    let key = [doc_keys::PHONE, doc_keys::DOOR, doc_keys::NOTE, doc_keys::PLACE].into_iter().find(|k| *k == args.field);
    let key = key.ok_or_else(|| Error::not_found("field"))?;
    api.write(|batch| batch.edit_whole(household, |edit| edit.text(key, &value.value)))?;
    detail_of(&api.notebook(), household)
}
