//! Visits: open the form, save, correct, take back.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::{self, Draft, VisitForm};
use super::household::{detail_of, nine_digits};
use super::{Api, Kind, consent, id, photo, task};
use crate::doc::Scalar;
use crate::doc::household as keys;
use crate::doc::task::TaskField;
use crate::domain::text::{self, NineDigits};
use crate::domain::{HouseholdId, HouseholdStatus, MemberId, Outcome, ResidentId, TaskId, Visit};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::merged::{self, Written};
use crate::projection::views::HouseholdDetail;
use crate::projection::{space, visit as query};
use crate::report::standing;
use crate::store::drafts::{self, DraftRow};
use crate::store::photos;

/// Arguments of `visit_open`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VisitOpen {
    /// The household. An unfinished form of this household is opened again.
    pub household: String,
    /// A saved visit to correct.
    #[serde(default)]
    #[ts(optional)]
    pub correct: Option<String>,
}

/// Arguments of `visit_save`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VisitSave {
    /// The household.
    pub household: String,
    /// The visit of the open form; left out, the visit is new (as for "vắng nhà" in one tap).
    #[serde(default)]
    #[ts(optional)]
    pub visit: Option<String>,
    /// The finished form.
    pub form: VisitForm,
    /// The person has said that nine digits in a text are no ID card.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub nine_digits_ok: bool,
}

/// What was saved.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VisitSaved {
    /// The visit.
    pub visit: String,
    /// The household as it is now.
    pub household: HouseholdDetail,
    /// The period of a report that was locked before: there this visit is an adjustment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub late_for: Option<String>,
}

/// Arguments of commands about one visit.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VisitId {
    /// The household.
    pub household: String,
    /// The visit.
    pub visit: String,
}

/// The earliest day a visit can have: the teams exist since 2022.
const FIRST_DAY: Date = Date::constant(2022, 1, 1);
/// Nobody gives one service more often at one door.
const SERVICE_COUNT_AT_MOST: u32 = 999;
/// A team has up to ten members, and one of them writes.
const COMPANIONS_AT_MOST: usize = 10;

/// Opens the form of a new visit, or of one to correct.
pub(super) fn open(api: &Api, args: VisitOpen) -> Result<Draft> {
    let household: HouseholdId = id("household", &args.household)?;
    let mut notebook = api.notebook();
    let (me, space) = (notebook.me()?, notebook.space()?.id);
    let parts = merged::parts(notebook.db(), space, household)?;
    let correct = args.correct.as_deref().map(|visit| id("visit", visit)).transpose()?;
    let unfinished = drafts::of_member(notebook.db(), space, me)?.into_iter().find(|d| match correct {
        Some(visit) => d.visit == visit,
        None => parts.contains(&d.household) && !d.correction,
    });
    if let Some(draft) = unfinished {
        return Draft::read(draft);
    }
    let now = notebook.clock().now_ms();
    let (visit, form) = match correct {
        Some(visit) => {
            let aliases = merged::aliases(notebook.db(), merged::shown(notebook.db(), space, household)?)?;
            let (_, saved) = saved(&notebook, household, visit)?;
            (visit, form_of(&saved.with_residents(|who| aliases.get(&who).copied().unwrap_or(who))))
        }
        None => (crate::domain::VisitId::fresh(), VisitForm::default()),
    };
    let row = DraftRow {
        visit,
        household,
        member: me,
        correction: correct.is_some(),
        opened_at_ms: now,
        saved_at_ms: now,
        form: draft::stored(&form)?,
        face: "null".to_owned(),
    };
    notebook.write_aside(|db| drafts::put(db, space, &row))?;
    drop(notebook);
    api.tell(&[Kind::Draft]);
    Draft::read(row)
}

fn saved(notebook: &Notebook, household: HouseholdId, visit: crate::domain::VisitId) -> Result<(HouseholdId, Visit)> {
    query::stored(notebook.db(), household, visit)?.ok_or_else(|| Error::not_found("visit"))
}

fn form_of(visit: &Visit) -> VisitForm {
    VisitForm {
        day: Some(visit.day.to_string()),
        outcome: Some(visit.outcome),
        met: visit.met.iter().map(ToString::to_string).collect(),
        assessments: visit.assessments.clone(),
        items: visit.items.clone(),
        services: visit.services.clone(),
        need: visit.need.clone(),
        note: visit.note.clone(),
        obstacle: visit.obstacle.clone(),
        tasks: Vec::new(),
        follow_up: visit.follow_up.map(|d| d.to_string()),
        shown: visit.shown_skills(),
        photos: visit.photos.iter().map(ToString::to_string).collect(),
        with: visit.with.iter().map(ToString::to_string).collect(),
    }
}

/// Saves a visit, new or corrected, and drops its draft, in one transaction.
pub(super) fn save(api: &Api, args: VisitSave) -> Result<VisitSaved> {
    let household: HouseholdId = id("household", &args.household)?;
    let visit = args.visit.as_deref().map(|visit| id("visit", visit)).transpose()?;
    let visit = visit.unwrap_or_else(crate::domain::VisitId::fresh);
    let mut notebook = api.notebook();
    let me = notebook.me()?;
    let people = merged::people(notebook.db(), notebook.space()?.id, household)?;
    let (kept_in, before) = query::stored(notebook.db(), household, visit)?.unzip();
    consent::check_visit(&notebook, household, &args.form, &people, before.as_ref())?;
    let tasks = check_tasks(&notebook, household, &args.form)?;
    let today = notebook.clock().today();
    // A correction stays the visit of who made it.
    let author = before.as_ref().map_or(me, |b| b.author);
    let fields = check(&args.form, &people, me, today, nine_digits(args.nine_digits_ok))?;
    let mut checked = Visit {
        clock: notebook.clock().tick(),
        author,
        with: check_companions(&notebook, &args.form, (author, fields.day), before.as_ref())?,
        shown: before.as_ref().map(|b| b.shown.clone()).unwrap_or_default(),
        photos: photo::check_shown(&notebook, &args.form.photos, before.as_ref())?,
        extra: before.as_ref().map(|b| b.extra.clone()).unwrap_or_default(),
        ..fields
    };
    // A lesson is shown to somebody who was met.
    checked.show(if checked.outcome == Outcome::Met { &args.form.shown } else { &[] });
    let doc = kept_in.unwrap_or_else(|| doc_for(&checked, household, &people));
    let checked = checked.with_residents(|who| id_in(doc, who, &people));
    let (_, touched) = notebook.write(|batch| {
        batch.edit_household(doc, |edit| {
            edit.set(&keys::visit(visit), &Scalar::Bytes(checked.encode()));
            if checked.outcome == Outcome::MovedAway {
                edit.text(keys::STATUS, HouseholdStatus::MovedAway.as_str());
            }
        })?;
        for (task, at) in &tasks {
            task::set(batch, *task, Some(*at), &[(TaskField::Done, Scalar::Int(1))])?;
        }
        drafts::delete(batch.db(), me, visit)?;
        let photos_before = before.as_ref().map(|b| b.photos.as_slice()).unwrap_or_default();
        photos::note_saved(batch.db(), batch.space(), &checked.photos, photos_before)
    })?;
    let late_for = standing::locked_period(notebook.db(), notebook.space()?.id, household, checked.day)?;
    let household = detail_of(&notebook, household)?;
    drop(notebook);
    api.tell_written(&touched, &[Kind::Draft]);
    Ok(VisitSaved { visit: visit.to_string(), household, late_for })
}

/// The document that a new visit goes to: of a merged household, one that knows everybody who was met, so
/// that the visit stays theirs should the households be parted again.
fn doc_for(visit: &Visit, opened: HouseholdId, people: &[Written]) -> HouseholdId {
    let knows = |doc: &HouseholdId| visit.met.iter().all(|who| entry_in(*doc, *who, people).is_some());
    let docs = std::iter::once(opened).chain(people.iter().map(|written| written.doc));
    docs.into_iter().find(knows).unwrap_or(opened)
}

fn entry_in(doc: HouseholdId, who: ResidentId, people: &[Written]) -> Option<ResidentId> {
    let shown = people.iter().find(|w| w.resident == who).map(|w| w.shown);
    let here = |w: &&Written| w.doc == doc && Some(w.shown) == shown;
    people.iter().find(|w| here(w) && w.resident == who).or_else(|| people.iter().find(here)).map(|w| w.resident)
}

/// The id that a person has in a document; the one given when that document does not know them.
fn id_in(doc: HouseholdId, who: ResidentId, people: &[Written]) -> ResidentId {
    entry_in(doc, who, people).unwrap_or(who)
}

/// A visit from a form, with everything a visit must hold to.
fn check(form: &VisitForm, people: &[Written], author: MemberId, today: Date, nine: NineDigits) -> Result<Visit> {
    let outcome = form.outcome.ok_or_else(|| Error::invalid("required", "outcome"))?;
    let day = match &form.day {
        Some(day) => check_day("day", day)?,
        None => today,
    };
    if day > today || day < FIRST_DAY {
        return Err(Error::invalid("bad_date", "day"));
    }
    let met = if outcome == Outcome::Met { check_met(&form.met, people)? } else { Vec::new() };
    let follow_up = form.follow_up.as_deref().map(|d| check_day("follow_up", d)).transpose()?;
    if follow_up.is_some_and(|d| d < day) {
        return Err(Error::invalid("bad_date", "follow_up"));
    }
    let services: Vec<_> = form.services.iter().filter(|s| s.count > 0).cloned().collect();
    if services.iter().any(|s| s.count > SERVICE_COUNT_AT_MOST || s.service.len() > 64) {
        return Err(Error::invalid("bad_number", "services"));
    }
    let of_met = |who: &ResidentId| met.contains(who);
    Ok(Visit {
        day,
        clock: 0,
        author,
        outcome,
        assessments: form.assessments.iter().filter(|a| of_met(&a.resident)).copied().collect(),
        items: form.items.iter().filter(|i| of_met(&i.resident)).copied().collect(),
        met,
        services,
        need: text::note("need", &form.need, nine)?,
        note: text::note("note", &form.note, nine)?,
        obstacle: text::note("obstacle", &form.obstacle, nine)?,
        follow_up,
        removed: false,
        shown: Vec::new(),
        photos: Vec::new(),
        with: Vec::new(),
        extra: Vec::new(),
    })
}

/// Who came along: members of the notebook, each once, and not who wrote it. Of a corrected visit, also those whom
/// only another device knows.
fn check_companions(
    notebook: &Notebook,
    form: &VisitForm,
    (author, day): (MemberId, Date),
    before: Option<&Visit>,
) -> Result<Vec<MemberId>> {
    if form.with.len() > COMPANIONS_AT_MOST {
        return Err(Error::invalid("too_many", "with").with("max", COMPANIONS_AT_MOST));
    }
    let members = space::members(notebook.db(), notebook.space()?.id, None)?;
    let mut with = Vec::new();
    for member in &form.with {
        let id: MemberId = id("member", member)?;
        let found = members.iter().find(|one| one.id == *member);
        let before = before.is_some_and(|b| b.with.contains(&id));
        match found {
            None if !before => return Err(Error::not_found("member")),
            // A visit that is written down late may be of a day on which they were still there.
            Some(found) if !before && !found.is_here(day) => return Err(Error::invalid("member_left", "with")),
            _ => {}
        }
        if id != author && !with.contains(&id) {
            with.push(id);
        }
    }
    Ok(with)
}

/// The tasks that a form says are done, and where they stand; each must be one of this household.
fn check_tasks(notebook: &Notebook, household: HouseholdId, form: &VisitForm) -> Result<Vec<(TaskId, HouseholdId)>> {
    let mut found = Vec::new();
    for task in &form.tasks {
        let task: TaskId = id("task", task)?;
        found.extend(task::standing_at(notebook, task, household)?.into_iter().map(|at| (task, at)));
    }
    Ok(found)
}

fn check_day(field: &'static str, day: &str) -> Result<Date> {
    day.parse().map_err(|_| Error::invalid("bad_date", field))
}

fn check_met(met: &[String], people: &[Written]) -> Result<Vec<ResidentId>> {
    let met: Vec<ResidentId> = met.iter().map(|who| id("resident", who)).collect::<Result<_>>()?;
    if met.is_empty() {
        return Err(Error::invalid("required", "met"));
    }
    if met.iter().any(|who| !people.iter().any(|written| written.resident == *who)) {
        return Err(Error::not_found("resident"));
    }
    Ok(met)
}

/// Takes a visit back; it can be restored.
pub(super) fn remove(api: &Api, args: VisitId) -> Result<HouseholdDetail> {
    set_removed(api, &args, true)
}

/// Restores a visit that was taken back.
pub(super) fn restore(api: &Api, args: VisitId) -> Result<HouseholdDetail> {
    set_removed(api, &args, false)
}

fn set_removed(api: &Api, args: &VisitId, removed: bool) -> Result<HouseholdDetail> {
    let (household, visit) = (id("household", &args.household)?, id("visit", &args.visit)?);
    let mut notebook = api.notebook();
    let (doc, known) = saved(&notebook, household, visit)?;
    let changed = Visit { removed, clock: notebook.clock().tick(), ..known };
    let (_, touched) = notebook.write(|batch| {
        batch.edit_household(doc, |edit| edit.set(&keys::visit(visit), &Scalar::Bytes(changed.encode())))
    })?;
    let detail = detail_of(&notebook, household)?;
    drop(notebook);
    api.tell_written(&touched, &[]);
    Ok(detail)
}
