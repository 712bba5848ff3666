//! Địa bàn: the places of the notebook, and what becomes of them.
//!
//! A change of places is one event in the space's document, and moves no household's: see [`Succession`]. So a preview
//! is the same question asked with one event more, and taking one back is writing that it does not hold.

mod preview;

pub(super) use preview::{PlaceChangePreview, preview};

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::team::{derived_place, write_place};
use super::{Api, Nothing, id, teams};
use crate::doc::space::{self as keys, Thing};
use crate::doc::{Edit, Scalar};
use crate::domain::place::{PlaceName, namesake};
use crate::domain::text::{self, NineDigits};
use crate::domain::{
    ChangeKind, ChangeState, HouseholdId, PlaceChange, PlaceChangeId, PlaceId, PlaceKind, SpaceId, Succession, visit,
};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::official::official;
use crate::projection::places;
use crate::projection::views::PlaceView;
use crate::projection::{merged, space};
use crate::search::fold::fold_name;

/// Arguments of `place_add`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceAdd {
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: PlaceKind,
    /// What such a place is called there.
    #[serde(default)]
    #[ts(optional)]
    pub word: Option<String>,
    /// The official code.
    #[serde(default)]
    #[ts(optional)]
    pub official_code: Option<String>,
    /// The place that it is part of.
    #[serde(default)]
    #[ts(optional)]
    pub parent: Option<String>,
}

/// Arguments of `place_edit`; what is left out stays.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct PlaceEdit {
    /// The place.
    pub place: String,
    /// Its name, as it should have been written. A place that is renamed gets a change instead.
    #[serde(default)]
    pub name: Option<String>,
    /// What kind.
    #[serde(default)]
    pub kind: Option<PlaceKind>,
    /// What such a place is called there; empty to clear.
    #[serde(default)]
    pub word: Option<String>,
    /// The official code; empty to clear.
    #[serde(default)]
    pub official_code: Option<String>,
    /// The place that it is part of; empty to clear.
    #[serde(default)]
    pub parent: Option<String>,
    /// The day since which it is there; empty to clear.
    #[serde(default)]
    pub from: Option<String>,
    /// The last day on which it was there; empty to clear.
    #[serde(default)]
    pub to: Option<String>,
    /// A former name to note down.
    #[serde(default)]
    pub formerly: Option<String>,
}

/// The places of the notebook, and what becomes of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceRegistry {
    /// All places, those that are no longer too.
    pub places: Vec<PlaceView>,
    /// Renames, mergers and splits: what waits for its decision first, then the newest.
    pub changes: Vec<PlaceChangeView>,
    /// Whether the signed-in member may change places.
    pub may_edit: bool,
}

/// A place by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NamedPlace {
    /// The place.
    pub id: String,
    /// Its name then.
    pub name: String,
}

/// A rename, a merger or a split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PlaceChangeView {
    /// The change.
    pub id: String,
    /// What happens.
    pub kind: ChangeKind,
    /// How far it is.
    pub state: ChangeState,
    /// From which day on.
    pub day: Option<String>,
    /// The number of the paper that decides it.
    pub decision: String,
    /// The places that it happens to, as they were called before.
    pub from: Vec<NamedPlace>,
    /// What becomes of them.
    pub into: Vec<NamedPlace>,
    /// Of a split, how many households are named that go.
    pub going: u32,
    /// Places of which another change says something else; this one moves nothing there.
    pub contradicted: Vec<NamedPlace>,
    /// Who wrote it last.
    pub by_name: String,
}

/// What a place becomes: one of the notebook, or a new one.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields)]
pub struct IntoPlace {
    /// A place of the notebook.
    #[serde(default)]
    pub place: Option<String>,
    /// Its name from then on; needed for a new one.
    #[serde(default)]
    pub name: Option<String>,
}

/// Where a household goes in a split.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GoingHousehold {
    /// The household.
    pub household: String,
    /// To which of the places, counted from 0.
    pub to: u32,
}

/// Arguments of `place_change_preview` and `place_change_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceChangeDraft {
    /// What happens.
    pub kind: ChangeKind,
    /// The places that it happens to; of a rename and a split one.
    pub from: Vec<String>,
    /// What becomes of them; of a rename and a merger one. In a split whoever is not named goes to the first.
    pub into: Vec<IntoPlace>,
    /// From which day on; it waits for its decision when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
    /// The number of the paper that decides it.
    #[serde(default)]
    #[ts(optional)]
    pub decision: Option<String>,
    /// Of a split, which households go where.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<GoingHousehold>>")]
    pub going: Vec<GoingHousehold>,
}

/// Arguments of `place_change_settle`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceChangeSettle {
    /// The change.
    pub change: String,
    /// Decided, pending again, or taken back.
    pub state: ChangeState,
    /// From which day on; the one it had when left out.
    #[serde(default)]
    #[ts(optional)]
    pub day: Option<String>,
    /// The number of the paper; the one it had when left out.
    #[serde(default)]
    #[ts(optional)]
    pub decision: Option<String>,
}

/// Places that one change may have.
const PLACES_AT_MOST: usize = 100;
/// Households that a split may name.
const GOING_AT_MOST: usize = 5_000;
/// Households that are named in one change of the document, so that it travels in one chunk.
const GOING_AT_ONCE: usize = 300;
/// Former names that are noted down of one place.
const FORMER_AT_MOST: usize = 50;

/// The places that stand.
pub(super) fn standing(api: &Api, _: Nothing) -> Result<Vec<PlaceView>> {
    let notebook = api.notebook();
    places::standing(notebook.db(), notebook.space()?.id, notebook.clock().today())
}

/// All places, and what becomes of them.
pub(super) fn registry(api: &Api, _: Nothing) -> Result<PlaceRegistry> {
    let notebook = api.notebook();
    let (db, space, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
    let (changes, going) = places::told(db, space)?;
    let (ignored, authors) = (places::ignored(db, space)?, space::author_names(db, space)?);
    let mut views = Vec::new();
    for (id, change) in &changes {
        let day = change.day().unwrap_or(today);
        let before = places::titles(db, space, day.saturating_sub(jiff::Span::new().days(1)))?;
        let after = places::titles(db, space, day)?;
        let called = |place: &PlaceId| {
            let own = change.names.iter().find(|name| name.place == *place && !name.name.is_empty());
            own.map(|name| name.name.clone()).or_else(|| after.get(place).cloned()).unwrap_or_default()
        };
        let named = |place: &PlaceId, name: String| NamedPlace { id: place.to_string(), name };
        let was = |place: &PlaceId| named(place, before.get(place).cloned().unwrap_or_default());
        views.push(PlaceChangeView {
            id: id.to_string(),
            kind: change.kind,
            state: change.state,
            day: change.day_number.and_then(visit::day_from_number).map(|day| day.to_string()),
            decision: change.decision.clone(),
            from: change.from.iter().map(was).collect(),
            into: change.into.iter().map(|place| named(place, called(place))).collect(),
            going: going.get(id).map(BTreeMap::len).unwrap_or_default() as u32,
            contradicted: ignored.get(id).into_iter().flatten().map(was).collect(),
            by_name: authors.get(&change.author.to_string()).cloned().unwrap_or_default(),
        });
    }
    views.sort_by(|a, b| {
        let waits = |view: &PlaceChangeView| view.state != ChangeState::Pending;
        waits(a).cmp(&waits(b)).then_with(|| b.day.cmp(&a.day)).then_with(|| a.id.cmp(&b.id))
    });
    let may_edit = teams::in_charge(&notebook, None).is_ok();
    Ok(PlaceRegistry { places: places::list(db, space, today)?, changes: views, may_edit })
}

/// Adds a place.
pub(super) fn add(api: &Api, args: PlaceAdd) -> Result<PlaceView> {
    let name = text::required("name", &args.name, NineDigits::Ask)?;
    let word = text::line("word", args.word.as_deref().unwrap_or_default(), NineDigits::Ask)?;
    let code = known_code(args.official_code.as_deref().unwrap_or_default())?;
    let parent = args.parent.as_deref().map(|place| known(&api.notebook(), place)).transpose()?;
    let today = api.notebook().clock().today();
    let place = api.write(|batch| {
        let place = new_place(batch.db(), batch.space(), &name, today)?;
        let known = places::titles(batch.db(), batch.space(), today)?.contains_key(&place);
        batch.edit_space(|edit| {
            write_place(edit, place, &name, args.kind);
            if known {
                // It was to come by a change; now it is there whether that holds or not.
                edit.flag(&keys::field(Thing::Place, place, "born"), false);
            }
            for (field, value) in [("word", &word), ("code", &code)] {
                edit.fill(&keys::field(Thing::Place, place, field), &Scalar::Text(value.clone()));
            }
            if let Some(parent) = parent {
                edit.text(&keys::field(Thing::Place, place, "parent"), &parent.to_string());
            }
        })?;
        Ok(place)
    })?;
    one(api, place)
}

/// The id of a place of this name: the one that stands and is called so, or the one that everybody derives from the
/// name, unless a place that is no longer has it.
fn new_place(db: &rusqlite::Connection, space: SpaceId, name: &str, day: Date) -> Result<PlaceId> {
    let folded = fold_name(name);
    let all = places::list(db, space, day)?;
    if let Some(found) = all.iter().find(|place| place.standing && fold_name(&place.name) == folded) {
        return id("place", &found.id);
    }
    let derived = derived_place(space, name);
    // One that came into being by a change which does not hold is still to come; only one that went has gone.
    let taken = all.iter().any(|place| place.id == derived.to_string() && place.into.is_some());
    Ok(if taken { namesake(space, &folded, &day.to_string()) } else { derived })
}

fn one(api: &Api, place: PlaceId) -> Result<PlaceView> {
    let notebook = api.notebook();
    let all = places::list(notebook.db(), notebook.space()?.id, notebook.clock().today())?;
    all.into_iter().find(|one| one.id == place.to_string()).ok_or_else(|| Error::not_found("place"))
}

fn known(notebook: &Notebook, text: &str) -> Result<PlaceId> {
    let place: PlaceId = id("place", text)?;
    let titles = places::titles(notebook.db(), notebook.space()?.id, notebook.clock().today())?;
    if titles.contains_key(&place) { Ok(place) } else { Err(Error::not_found("place")) }
}

fn known_code(code: &str) -> Result<String> {
    let known = code.is_empty() || official().commune(code).is_some() || official().former(code).is_some();
    if known { Ok(code.to_owned()) } else { Err(Error::not_found("commune")) }
}

fn day(field: &'static str, text: &str) -> Result<Date> {
    text.parse().map_err(|_| Error::invalid("bad_date", field))
}

/// Edits a place.
pub(super) fn edit(api: &Api, args: PlaceEdit) -> Result<PlaceView> {
    let (place, writes, renamed) = checked(&api.notebook(), &args)?;
    api.write(|batch| {
        if let Some((change, value)) = &renamed {
            write_change(batch, *change, value)?;
        }
        batch.edit_space(|edit| {
            writes.iter().for_each(|(field, value)| edit.text(&keys::field(Thing::Place, place, field), value))
        })
    })?;
    one(api, place)
}

type Checked = (PlaceId, Vec<(String, String)>, Option<(PlaceChangeId, PlaceChange)>);

fn checked(notebook: &Notebook, args: &PlaceEdit) -> Result<Checked> {
    teams::in_charge(notebook, None)?;
    let place = known(notebook, &args.place)?;
    let (db, space) = (notebook.db(), notebook.space()?.id);
    let mut writes: Vec<(String, String)> = Vec::new();
    let mut put = |field: &str, value: String| writes.push((field.to_owned(), value));
    let mut renamed = None;
    if let Some(name) = &args.name {
        let name = text::required("name", name, NineDigits::Ask)?;
        renamed = last_naming(db, space, place, &name)?;
        if renamed.is_none() {
            put("name", name);
        }
    }
    if let Some(kind) = args.kind {
        put("kind", kind.as_str().to_owned());
    }
    if let Some(word) = &args.word {
        put("word", text::line("word", word, NineDigits::Ask)?);
    }
    if let Some(code) = &args.official_code {
        put("code", known_code(code)?);
    }
    if let Some(parent) = &args.parent {
        let parent = if parent.is_empty() { None } else { Some(known(notebook, parent)?) };
        if parent == Some(place) {
            return Err(Error::invalid("same_place", "parent"));
        }
        put("parent", parent.map(|place| place.to_string()).unwrap_or_default());
    }
    for (field, value) in [("from", &args.from), ("to", &args.to)] {
        if let Some(value) = value {
            put(
                field,
                if value.is_empty() {
                    String::new()
                } else {
                    day(if field == "to" { "to" } else { "from" }, value)?.to_string()
                },
            );
        }
    }
    if let Some(former) = &args.formerly {
        let former = text::required("formerly", former, NineDigits::Ask)?;
        let used = places::noted(db, space, place)?;
        let free = (0..FORMER_AT_MOST).map(|n| format!("was:{n}")).find(|field| !used.contains(field));
        put(&free.ok_or_else(|| Error::invalid("too_many", "formerly").with("max", FORMER_AT_MOST))?, former);
    }
    Ok((place, writes, renamed))
}

/// The change that gave a place its newest name, with another name in it: a misspelling is put right where it stands.
fn last_naming(
    db: &rusqlite::Connection,
    space: SpaceId,
    place: PlaceId,
    name: &str,
) -> Result<Option<(PlaceChangeId, PlaceChange)>> {
    let names = |change: &PlaceChange| change.names.iter().any(|own| own.place == place && !own.name.is_empty());
    let (changes, _) = places::told(db, space)?;
    let newest = changes.into_iter().filter(|(_, change)| change.day().is_some() && names(change));
    Ok(newest.max_by_key(|(id, change)| (change.day(), change.clock, *id)).map(|(id, mut change)| {
        change.names.iter_mut().filter(|own| own.place == place).for_each(|own| name.clone_into(&mut own.name));
        (id, change)
    }))
}

/// A change as a form describes it, checked, and what else has to be written.
struct Drafted {
    id: PlaceChangeId,
    change: PlaceChange,
    /// Places that come into being.
    new: Vec<(PlaceId, String)>,
    going: BTreeMap<HouseholdId, PlaceId>,
}

fn drafted(notebook: &Notebook, draft: &PlaceChangeDraft) -> Result<Drafted> {
    teams::in_charge(notebook, None)?;
    let (db, space, today) = (notebook.db(), notebook.space()?.id, notebook.clock().today());
    let decided = draft.day.as_deref().filter(|text| !text.is_empty()).map(|text| day("day", text)).transpose()?;
    let as_of = decided.unwrap_or(today);
    let from: Vec<PlaceId> = unique(draft.from.iter().map(|place| known(notebook, place)).collect::<Result<_>>()?);
    if from.is_empty() || from.len() > PLACES_AT_MOST || draft.into.len() > PLACES_AT_MOST {
        return Err(Error::invalid("required", "from"));
    }
    let (mut into, mut names, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for wanted in &draft.into {
        let name = wanted.name.as_deref().unwrap_or_default();
        let name = text::line("name", name, NineDigits::Ask)?;
        let place = match &wanted.place {
            Some(place) => known(notebook, place)?,
            None if draft.kind == ChangeKind::Rename => {
                *from.first().ok_or_else(|| Error::invalid("required", "from"))?
            }
            None => {
                let name = text::required("name", &name, NineDigits::Ask)?;
                let place = new_place(db, space, &name, as_of)?;
                if !places::titles(db, space, today)?.contains_key(&place) {
                    new.push((place, name.clone()));
                }
                place
            }
        };
        if !name.is_empty() {
            names.push(PlaceName { place, name });
        }
        into.push(place);
    }
    let into = unique(into);
    check_shape(draft.kind, &from, &into, &names)?;
    let change = PlaceChange {
        kind: draft.kind,
        state: if decided.is_some() { ChangeState::Decided } else { ChangeState::Pending },
        day_number: decided.map(visit::day_number),
        decision: text::line("decision", draft.decision.as_deref().unwrap_or_default(), NineDigits::Ask)?,
        names: really_new(db, space, as_of, names)?,
        clock: notebook.clock().tick(),
        author: notebook.me()?,
        from,
        into,
    };
    let more = if change.kind == ChangeKind::Rename {
        let name = change.names.first().map(|name| fold_name(&name.name)).unwrap_or_default();
        format!("{name}|{}", draft.day.as_deref().unwrap_or_default())
    } else {
        String::new()
    };
    let id = PlaceChange::id(space, change.kind, &change.from, &change.into, &more);
    let going = going(notebook, draft, &change)?;
    check_standing(notebook, id, &change)?;
    Ok(Drafted { id, change, new, going })
}

/// In the order given, each once.
fn unique(places: Vec<PlaceId>) -> Vec<PlaceId> {
    let mut seen = BTreeSet::new();
    places.into_iter().filter(|place| seen.insert(*place)).collect()
}

/// Names that places do not have already on that day.
fn really_new(db: &rusqlite::Connection, space: SpaceId, day: Date, names: Vec<PlaceName>) -> Result<Vec<PlaceName>> {
    let titles = places::titles(db, space, day)?;
    Ok(names.into_iter().filter(|name| titles.get(&name.place) != Some(&name.name)).collect())
}

fn check_shape(kind: ChangeKind, from: &[PlaceId], into: &[PlaceId], names: &[PlaceName]) -> Result<()> {
    match kind {
        ChangeKind::Rename if from.len() != 1 || into != from => Err(Error::invalid("required", "from")),
        ChangeKind::Rename if names.is_empty() => Err(Error::invalid("required", "name")),
        ChangeKind::Merge if into.len() != 1 => Err(Error::invalid("required", "into")),
        ChangeKind::Merge if from.iter().chain(into).collect::<BTreeSet<_>>().len() < 2 => {
            Err(Error::invalid("two_places", "from"))
        }
        ChangeKind::Split if from.len() != 1 => Err(Error::invalid("required", "from")),
        ChangeKind::Split if into.len() < 2 => Err(Error::invalid("two_places", "into")),
        _ => Ok(()),
    }
}

/// Nothing happens to a place that is no longer, and nothing becomes of one.
fn check_standing(notebook: &Notebook, id: PlaceChangeId, change: &PlaceChange) -> Result<()> {
    let (db, space) = (notebook.db(), notebook.space()?.id);
    let (mut changes, going) = places::told(db, space)?;
    changes.remove(&id);
    let others = Succession::of(&changes, going);
    let gone = change.from.iter().chain(&change.into).find(|place| others.is_gone(**place, None));
    let Some(gone) = gone else { return Ok(()) };
    let name = places::titles(db, space, notebook.clock().today())?.remove(gone).unwrap_or_default();
    Err(Error::invalid("place_gone", "from").with("name", name))
}

fn going(
    notebook: &Notebook,
    draft: &PlaceChangeDraft,
    change: &PlaceChange,
) -> Result<BTreeMap<HouseholdId, PlaceId>> {
    if draft.going.len() > GOING_AT_MOST {
        return Err(Error::invalid("too_many", "going").with("max", GOING_AT_MOST));
    }
    if change.kind != ChangeKind::Split {
        return Ok(BTreeMap::new());
    }
    let space = notebook.space()?.id;
    let one = |named: &GoingHousehold| {
        let household: HouseholdId = id("household", &named.household)?;
        let shown = merged::shown(notebook.db(), space, household)?;
        let place = change.into.get(named.to as usize).ok_or_else(|| Error::not_found("place"))?;
        Ok((shown, *place))
    };
    draft.going.iter().map(one).collect()
}

/// Writes a rename, a merger or a split.
pub(super) fn save(api: &Api, draft: PlaceChangeDraft) -> Result<PlaceRegistry> {
    let drafted = drafted(&api.notebook(), &draft)?;
    let kind = of_kind(&api.notebook(), &drafted.change)?;
    api.write(|batch| {
        write_change(batch, drafted.id, &drafted.change)?;
        batch.edit_space(|edit| drafted.new.iter().for_each(|(place, name)| begin(edit, *place, name, &kind)))?;
        let going: Vec<_> = drafted.going.iter().collect();
        for some in going.chunks(GOING_AT_ONCE) {
            batch.edit_space(|edit| {
                for (household, place) in some {
                    edit.text(&keys::goes(drafted.id, **household), &place.to_string());
                }
            })?;
        }
        Ok(())
    })?;
    registry(api, Nothing {})
}

/// What a new place has of those that it came from: kind, word and what it is part of.
fn of_kind(notebook: &Notebook, change: &PlaceChange) -> Result<PlaceView> {
    let all = places::list(notebook.db(), notebook.space()?.id, notebook.clock().today())?;
    let first = change.from.first().map(ToString::to_string);
    all.into_iter().find(|place| Some(&place.id) == first.as_ref()).ok_or_else(|| Error::not_found("place"))
}

fn begin(edit: &mut Edit<'_, '_>, place: PlaceId, name: &str, like: &PlaceView) {
    write_place(edit, place, name, like.kind);
    edit.flag(&keys::field(Thing::Place, place, "born"), true);
    for (field, value) in [("word", Some(&like.word)), ("parent", like.parent.as_ref())] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            edit.text(&keys::field(Thing::Place, place, field), value);
        }
    }
}

fn write_change(batch: &mut Batch<'_>, id: PlaceChangeId, change: &PlaceChange) -> Result<bool> {
    batch.edit_space(|edit| edit.set(&keys::value(Thing::PlaceChange, id), &Scalar::Bytes(change.encode())))
}

/// Decides a change, takes it back, or does it again.
pub(super) fn settle(api: &Api, args: PlaceChangeSettle) -> Result<PlaceRegistry> {
    let change_id: PlaceChangeId = id("change", &args.change)?;
    let change = {
        let notebook = api.notebook();
        teams::in_charge(&notebook, None)?;
        let (mut changes, _) = places::told(notebook.db(), notebook.space()?.id)?;
        let mut change = changes.remove(&change_id).ok_or_else(|| Error::not_found("change"))?;
        if let Some(text) = args.day.as_deref() {
            change.day_number = Some(visit::day_number(day("day", text)?));
        }
        if let Some(decision) = &args.decision {
            change.decision = text::line("decision", decision, NineDigits::Ask)?;
        }
        change.state = args.state;
        change.clock = notebook.clock().tick();
        change.author = notebook.me()?;
        if change.state == ChangeState::Decided {
            change.day().ok_or_else(|| Error::invalid("required", "day"))?;
            check_standing(&notebook, change_id, &change)?;
        }
        change
    };
    api.write(|batch| write_change(batch, change_id, &change))?;
    registry(api, Nothing {})
}

/// After somebody has said where a household is: splits that name another way for it there hold no longer.
pub(super) fn settle_here(batch: &mut Batch<'_>, household: HouseholdId, place: PlaceId) -> Result<()> {
    let (changes, going) = places::told(batch.db(), batch.space())?;
    let elsewhere: Vec<PlaceChangeId> = going
        .iter()
        .filter(|(id, goes)| {
            let splits =
                changes.get(*id).is_some_and(|change| change.from.contains(&place) && change.into.contains(&place));
            splits && goes.get(&household).is_some_and(|to| *to != place)
        })
        .map(|(id, _)| *id)
        .collect();
    if elsewhere.is_empty() {
        return Ok(());
    }
    batch.edit_space(|edit| {
        elsewhere.iter().for_each(|change| edit.text(&keys::goes(*change, household), &place.to_string()));
    })?;
    Ok(())
}
