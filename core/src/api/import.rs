//! Household lists in: a look first, then one transaction, and all of it can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::team::{KnownPlaces, write_place};
use super::{Api, Done, Nothing, consent, household, id};
use crate::doc::Scalar;
use crate::doc::household::{self as keys, ResidentField};
use crate::doc::space::{self as space_keys, Thing};
use crate::domain::{HouseholdId, PlaceId, PlaceKind, ResidentId};
use crate::error::{Error, Result};
use crate::notebook::Batch;
use crate::projection::space::{self, ImportRecord};
use crate::projection::views::ImportView;
use crate::search::fold::fold_name;
use crate::store::documents;
use crate::transfer::{self, ImportPlan, Mapping, PlannedHousehold, PlannedResident, Preview, Severity, Workbook};

/// Arguments of `import_open`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportOpen {
    /// The file's name.
    pub name: String,
    /// The file, base64.
    pub content: String,
}

/// An opened list.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportOpened {
    /// Names the list until the app ends or another is opened.
    pub list: String,
    /// What it would become.
    pub preview: Preview,
}

/// Arguments of `import_preview`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportPreview {
    /// The opened list.
    pub list: String,
    /// The sheet and columns as the person wants them; guessed when left out.
    #[serde(default)]
    #[ts(optional)]
    pub mapping: Option<Mapping>,
}

/// Arguments of `import_run`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportRun {
    /// The opened list.
    pub list: String,
    /// The sheet and columns as the person wants them; guessed when left out.
    #[serde(default)]
    #[ts(optional)]
    pub mapping: Option<Mapping>,
    /// The place of rows that name none; the only place of the notebook when left out.
    #[serde(default)]
    #[ts(optional)]
    pub place: Option<String>,
}

/// What an import has done.
#[derive(Debug, Clone, Default, Serialize, TS)]
pub struct ImportResult {
    /// The import.
    pub import: String,
    /// Households that are new.
    pub added: u32,
    /// Households that were there, and got what they lacked.
    pub completed: u32,
    /// Households that were there with all that the list says.
    pub unchanged: u32,
    /// Residents that are new.
    pub residents_added: u32,
    /// Rows that were refused.
    pub refused: u32,
    /// Rows that came in without something doubtful.
    pub doubtful: u32,
    /// Places that are new.
    pub places_added: u32,
}

/// Arguments of commands about one import.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportId {
    /// The import.
    pub import: String,
}

/// A list that is being looked at. It stays in memory and is never stored.
pub(super) struct OpenList {
    id: String,
    workbook: Workbook,
    digest: blake3::Hash,
}

/// The largest file that is read, in bytes; a commune's list has about one million.
const FILE_AT_MOST: usize = 20 * 1024 * 1024;
/// Households between two notes of progress.
const PROGRESS_STEP: usize = 40;

/// Takes a list in for a look.
pub(super) fn open(api: &Api, args: ImportOpen) -> Result<ImportOpened> {
    if args.content.len() > FILE_AT_MOST / 3 * 4 {
        return Err(Error::new("file_too_large", "the file is too large for a household list"));
    }
    let bytes = BASE64.decode(args.content.as_bytes()).map_err(|_| Error::new("bad_arguments", "not base64"))?;
    let digest = blake3::hash(&bytes);
    let workbook = Workbook::open(&args.name, &bytes).map_err(|e| Error::new("file_unreadable", e.to_string()))?;
    let preview = transfer::preview(&workbook, None, api.notebook().clock().today());
    let id = digest.to_hex().as_str().get(..16).unwrap_or_default().to_owned();
    *api.open_list() = Some(OpenList { id: id.clone(), workbook, digest });
    Ok(ImportOpened { list: id, preview })
}

/// What an opened list would become.
pub(super) fn preview(api: &Api, args: ImportPreview) -> Result<Preview> {
    let today = api.notebook().clock().today();
    with_list(api, &args.list, |list| Ok(transfer::preview(&list.workbook, args.mapping.as_ref(), today)))
}

fn with_list<T>(api: &Api, id: &str, work: impl FnOnce(&OpenList) -> Result<T>) -> Result<T> {
    let open = api.open_list();
    let list = open.as_ref().filter(|list| list.id == id);
    work(list.ok_or_else(|| Error::new("list_closed", "this list is no longer open; choose the file again"))?)
}

/// Stops a running import; its transaction is dropped.
pub(super) fn cancel(api: &Api, _: Nothing) -> Result<Done> {
    api.cancel_import().store(true, Ordering::SeqCst);
    Ok(Done {})
}

/// Imports an opened list, in one transaction.
pub(super) fn run(api: &Api, args: ImportRun) -> Result<ImportResult> {
    let today = api.notebook().clock().today();
    let (plan, file, import_key) = with_list(api, &args.list, |list| {
        let mapping = args.mapping.clone().unwrap_or_else(|| transfer::preview(&list.workbook, None, today).mapping);
        let plan = transfer::plan(&list.workbook, &mapping, today);
        let chosen = serde_json::to_string(&mapping).map_err(super::not_json)?;
        Ok((plan, list.workbook.name.clone(), format!("{}/{chosen}", list.digest)))
    })?;
    api.cancel_import().store(false, Ordering::SeqCst);
    let (space, me, fallback) = {
        let notebook = api.notebook();
        let space = notebook.space()?.id;
        let needs_place = plan.households.iter().any(|h| h.hamlet.is_none());
        let fallback =
            if needs_place { Some(household::place_or_only(&notebook, space, args.place.as_deref())?) } else { None };
        (space, notebook.me()?, fallback)
    };
    let import = crate::domain::ImportId::derived(&space.0, &import_key);
    api.write(|batch| {
        let known = KnownPlaces::of(batch.db(), space, today)?;
        let mut result = ImportResult {
            import: import.to_string(),
            places_added: add_places(batch, &plan, &known)?,
            refused: problems(&plan, Severity::Refused),
            doubtful: problems(&plan, Severity::Doubtful),
            ..ImportResult::default()
        };
        record(
            batch,
            import,
            &ImportRecord {
                at_ms: batch.at_ms(),
                member: me.to_string(),
                households: plan.households.len() as u32,
                file,
            },
        )?;
        let mut keys = ImportKeys::default();
        for (n, planned) in plan.households.iter().enumerate() {
            if api.cancel_import().load(Ordering::SeqCst) {
                return Err(Error::new("cancelled", "the import was stopped; nothing of it was stored"));
            }
            if n % PROGRESS_STEP == 0 {
                api.tell_progress("import", n, plan.households.len());
            }
            let hamlet = planned.hamlet.as_deref().map(|name| known.id(name));
            let place = hamlet.or(fallback).ok_or_else(|| Error::invalid("required", "place"))?;
            import_household(batch, import, planned, (place, keys.next(place, planned)), &mut result)?;
        }
        api.tell_progress("import", plan.households.len(), plan.households.len());
        Ok(result)
    })
}

fn problems(plan: &ImportPlan, severity: Severity) -> u32 {
    let rows: BTreeSet<_> =
        plan.issues.iter().filter(|i| i.severity == severity).map(|i| (i.sheet.as_str(), i.row)).collect();
    rows.len() as u32
}

fn add_places(batch: &mut Batch<'_>, plan: &ImportPlan, known: &KnownPlaces) -> Result<u32> {
    let named: BTreeMap<PlaceId, &str> = plan
        .households
        .iter()
        .filter_map(|h| h.hamlet.as_deref())
        .filter(|name| !known.has(name))
        .map(|name| (known.id(name), name))
        .collect();
    batch.edit_space(|edit| {
        for (id, name) in &named {
            write_place(edit, *id, name, PlaceKind::Hamlet);
        }
    })?;
    Ok(named.len() as u32)
}

fn record(batch: &mut Batch<'_>, import: crate::domain::ImportId, record: &ImportRecord) -> Result<()> {
    batch.edit_space(|edit| {
        edit.fill(&space_keys::value(Thing::Import, import), &Scalar::Text(record.encode()));
        edit.flag(&space_keys::field(Thing::Import, import, "withdrawn"), false);
    })?;
    Ok(())
}

/// The keys from which everybody derives households' ids: a place with the list's code,
/// or without one the place and the head's folded name; and the number among equals.
#[derive(Default)]
struct ImportKeys(BTreeMap<String, u32>);

impl ImportKeys {
    fn next(&mut self, place: PlaceId, planned: &PlannedHousehold) -> String {
        let key = match &planned.code {
            Some(code) => format!("{place}/code/{}", code.to_uppercase()),
            None => format!("{place}/head/{}", planned.head().map(|h| fold_name(&h.name)).unwrap_or_default()),
        };
        let nth = self.0.entry(key.clone()).or_default();
        *nth += 1;
        format!("{key}/{nth}")
    }
}

fn import_household(
    batch: &mut Batch<'_>,
    import: crate::domain::ImportId,
    planned: &PlannedHousehold,
    (place, key): (PlaceId, String),
    result: &mut ImportResult,
) -> Result<()> {
    let id = HouseholdId::derived(&batch.space().0, &key);
    let writes = writes(id, place, import, planned);
    let by = format!("list:{import}");
    if documents::exists(batch.db(), id.bytes())? {
        let before = people(batch, id)?;
        let closed = consent::closed_to_lists(batch.db(), batch.space(), id)?;
        let changed = batch.complete_household(id, &by, |edit| {
            for (key, value) in writes.iter().filter(|(key, _)| !closed(key)) {
                edit.fill(key, value);
            }
        })?;
        result.residents_added += people(batch, id)?.saturating_sub(before);
        if changed { result.completed += 1 } else { result.unchanged += 1 }
    } else {
        batch.found_household(id, &by, &writes)?;
        result.added += 1;
        result.residents_added += planned.residents.len() as u32;
    }
    Ok(())
}

fn people(batch: &Batch<'_>, id: HouseholdId) -> Result<u32> {
    let sql = "SELECT count(*) FROM residents
         WHERE household = coalesce((SELECT merged_into FROM households WHERE id = ?1), ?1)";
    Ok(batch.db().prepare_cached(sql)?.query_row([id.bytes()], |row| row.get(0))?)
}

/// What a list says of a household, as keys and values.
fn writes(
    id: HouseholdId,
    place: PlaceId,
    import: crate::domain::ImportId,
    planned: &PlannedHousehold,
) -> Vec<(String, Scalar)> {
    let mut out = Vec::new();
    let mut text = |key: &str, value: Option<&str>| {
        out.extend(value.filter(|v| !v.is_empty()).map(|v| (key.to_owned(), Scalar::Text(v.to_owned()))));
    };
    text(keys::PLACE, Some(&place.to_string()));
    text(keys::CODE, planned.code.as_deref());
    text(keys::DOOR, planned.door.as_deref());
    text(keys::PHONE, planned.phone.as_ref().map(|p| p.as_str()));
    text(keys::NOTE, planned.note.as_deref());
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (n, person) in planned.residents.iter().enumerate() {
        // People of one household are told apart by name, and by order among equal names.
        let name = fold_name(&person.name);
        let nth = seen.entry(name.clone()).or_default();
        let resident = ResidentId::derived(&id.0, &format!("{name}/{nth}"));
        *nth += 1;
        if n == 0 {
            text(keys::HEAD, Some(&resident.to_string()));
        }
        resident_texts(person, |field, value| text(&keys::resident(resident, field), Some(value)));
    }
    out.extend(planned.people_count.map(|n| (keys::PEOPLE.to_owned(), Scalar::Int(i64::from(n)))));
    for (key, set) in [(keys::BUSINESS, planned.business), (keys::ELDERLY, planned.elderly)] {
        if set {
            out.push((key.to_owned(), Scalar::Bool(true)));
        }
    }
    out.push((keys::import(import), Scalar::Bool(true)));
    out
}

fn resident_texts(person: &PlannedResident, mut write: impl FnMut(ResidentField, &str)) {
    write(ResidentField::Name, &person.name);
    write(ResidentField::Relation, person.relation.as_deref().unwrap_or_default());
    write(ResidentField::Birth, &person.birth.as_ref().map(ToString::to_string).unwrap_or_default());
    write(ResidentField::Sex, person.sex.map(|s| s.as_str()).unwrap_or_default());
    write(ResidentField::Phone, person.phone.as_ref().map(|p| p.as_str()).unwrap_or_default());
}

/// The imports that have been made.
pub(super) fn list(api: &Api, _: Nothing) -> Result<Vec<ImportView>> {
    let notebook = api.notebook();
    let open = notebook.space()?;
    space::imports(notebook.db(), open.id)
}

/// Takes a whole import back, except households that were visited or edited since.
pub(super) fn withdraw(api: &Api, args: ImportId) -> Result<ImportView> {
    set_withdrawn(api, &args.import, true)
}

/// Brings an import back that was taken back.
pub(super) fn restore(api: &Api, args: ImportId) -> Result<ImportView> {
    set_withdrawn(api, &args.import, false)
}

fn set_withdrawn(api: &Api, import: &str, withdrawn: bool) -> Result<ImportView> {
    let known: crate::domain::ImportId = id("import", import)?;
    let find = |api: &Api| -> Result<ImportView> {
        list(api, Nothing {})?.into_iter().find(|i| i.id == import).ok_or_else(|| Error::not_found("import"))
    };
    find(api)?;
    let key = space_keys::field(Thing::Import, known, "withdrawn");
    api.write(|batch| batch.edit_space(|edit| edit.flag(&key, withdrawn)))?;
    find(api)
}
