//! What becomes of a report: submit, return, approve, lock, reopen, and taking the last of it back.
//!
//! A team's leader or deputy submits; the commune's office returns, approves, locks and reopens. Where the notebook
//! has no officer a leader does that, too. Only what is done on this device is held to that and to the right order:
//! what comes by sync is taken in, and [`crate::domain::report_event`] says what it comes to.

use jiff::civil::Date;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{Api, id};
use crate::doc::Scalar;
use crate::doc::space::{self as keys, ReportPart, Thing};
use crate::domain::fingerprint::PART;
use crate::domain::report_event::{self, Standing};
use crate::domain::text::{self, NineDigits};
use crate::domain::{
    Calendar, Fingerprints, MemberId, Period, ReportDeed, ReportEvent, ReportEventId, ReportScope, ReportState, Role,
    SpaceId, TeamId,
};
use crate::error::{Error, Result};
use crate::notebook::{Batch, Notebook};
use crate::projection::report_state::{self as rows, Event};
use crate::projection::{rules, teams};
use crate::report::frozen::Frozen;
use crate::report::view::Report;
use crate::report::{self, Within, annex, late, standing};
use crate::store::documents;

/// Arguments of commands about one report.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportOf {
    /// Which period (`2026-11`).
    pub period: String,
    /// Whose; left out, the whole notebook's.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
}

/// Arguments of `report_return` and `report_reopen`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportBack {
    /// Which period (`2026-11`).
    pub period: String,
    /// Whose; left out, the whole notebook's.
    #[serde(default)]
    #[ts(optional)]
    pub team: Option<String>,
    /// Why. Whoever gets it back reads this.
    pub reason: String,
}

/// What the signed-in member can do with a report now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, TS)]
pub struct ReportMay {
    /// Submit it.
    pub submit: bool,
    /// Return it, with a reason.
    pub give_back: bool,
    /// Approve it.
    pub approve: bool,
    /// Lock it.
    pub lock: bool,
    /// Reopen it, with a reason.
    pub reopen: bool,
    /// Take back what they did last.
    pub undo: bool,
}

/// What the signed-in member can do with a report now.
pub(super) fn may(api: &Api, args: ReportOf) -> Result<ReportMay> {
    let notebook = api.notebook();
    let desk = Desk::at(&notebook, &args.period, args.team.as_deref())?;
    let can = |deed| desk.check(deed).is_ok();
    Ok(ReportMay {
        submit: can(ReportDeed::Submitted),
        give_back: can(ReportDeed::Returned),
        approve: can(ReportDeed::Approved),
        lock: can(ReportDeed::Locked),
        reopen: can(ReportDeed::Reopened),
        undo: can(ReportDeed::Undone),
    })
}

/// Submits a team's report.
pub(super) fn submit(api: &Api, args: ReportOf) -> Result<Report> {
    deed(api, &args, ReportDeed::Submitted, "")
}

/// Returns a report to its team.
pub(super) fn give_back(api: &Api, args: ReportBack) -> Result<Report> {
    let reason = text::note("reason", &args.reason, NineDigits::Ask)?;
    deed(api, &ReportOf { period: args.period, team: args.team }, ReportDeed::Returned, &reason)
}

/// Approves a report.
pub(super) fn approve(api: &Api, args: ReportOf) -> Result<Report> {
    deed(api, &args, ReportDeed::Approved, "")
}

/// Locks a report: its figures are fixed, and so is what went in.
pub(super) fn lock(api: &Api, args: ReportOf) -> Result<Report> {
    deed(api, &args, ReportDeed::Locked, "")
}

/// Reopens a locked report.
pub(super) fn reopen(api: &Api, args: ReportBack) -> Result<Report> {
    let reason = text::note("reason", &args.reason, NineDigits::Ask)?;
    deed(api, &ReportOf { period: args.period, team: args.team }, ReportDeed::Reopened, &reason)
}

/// Takes back what the signed-in member did last with a report.
pub(super) fn undo(api: &Api, args: ReportOf) -> Result<Report> {
    deed(api, &args, ReportDeed::Undone, "")
}

fn deed(api: &Api, args: &ReportOf, deed: ReportDeed, reason: &str) -> Result<Report> {
    let (clock, desk) = {
        let notebook = api.notebook();
        let desk = Desk::at(&notebook, &args.period, args.team.as_deref())?;
        desk.check(deed)?;
        (notebook.clock().tick(), desk)
    };
    if reason.is_empty() && matches!(deed, ReportDeed::Returned | ReportDeed::Reopened) {
        return Err(Error::invalid("required", "reason"));
    }
    api.write(|batch| {
        let mut writing = Writing { batch, desk: &desk, clock, reason, gathered: Vec::new() };
        match deed {
            ReportDeed::Locked => writing.lock()?,
            ReportDeed::Undone => writing.undo()?,
            ReportDeed::Reopened => writing.reopen()?,
            deed => writing.event(
                &desk.scope,
                ReportEventId::fresh(),
                &desk.next(deed, clock, reason, writing.batch.at_ms()),
            )?,
        }
        writing.flush()
    })?;
    let notebook = api.notebook();
    standing::shown(notebook.db(), desk.space, &desk.calendar, desk.scope.period, desk.within())
}

/// A report before somebody who is about to do something with it.
struct Desk {
    space: SpaceId,
    me: MemberId,
    role: Role,
    /// The team of who is about to do it.
    team: TeamId,
    /// Nobody in the notebook is an officer of the commune.
    no_officer: bool,
    calendar: Calendar,
    today: Date,
    scope: ReportScope,
    events: Vec<Event>,
    standing: Standing,
    whole_is_locked: bool,
}

impl Desk {
    fn at(notebook: &Notebook, period: &str, team: Option<&str>) -> Result<Self> {
        let (db, space, me) = (notebook.db(), notebook.space()?.id, notebook.me()?);
        let period = Period::parse(period).ok_or_else(|| Error::invalid("bad_period", "period"))?;
        let team: Option<TeamId> = team.map(|team| id("team", team)).transpose()?;
        if team.is_some_and(|team| !all_teams(db, space).is_ok_and(|all| all.contains(&team))) {
            return Err(Error::not_found("team"));
        }
        let scope = ReportScope { period, team };
        let events = rows::events(db, space, &scope)?;
        let today = notebook.clock().today();
        let (role, of_team) = member(db, space, me, today)?;
        let whole = ReportScope { period, team: None };
        Ok(Self {
            space,
            me,
            role,
            team: of_team,
            no_officer: !has_officer(db, space)?,
            calendar: rules::calendar(db, space)?,
            today,
            standing: report_event::standing(&events),
            whole_is_locked: team.is_some() && rows::standing(db, space, &whole)?.state == ReportState::Locked,
            scope,
            events,
        })
    }

    fn within(&self) -> Within {
        Within { team: self.scope.team, place: None }
    }

    /// Whether this can be done now, and by who is signed in.
    fn check(&self, deed: ReportDeed) -> Result<()> {
        let allowed = match deed {
            ReportDeed::Submitted => self.may_submit(),
            ReportDeed::Undone => return self.check_undo(),
            _ => self.is_office(),
        };
        if !allowed {
            return Err(Error::new("not_allowed", "a leader or deputy submits; the commune's office does the rest"));
        }
        self.check_order(deed)
    }

    fn may_submit(&self) -> bool {
        let leads = matches!(self.role, Role::Leader | Role::Deputy);
        leads && self.scope.team.is_some_and(|team| team == self.team)
    }

    fn is_office(&self) -> bool {
        self.role == Role::CommuneOfficer || (self.no_officer && self.role == Role::Leader)
    }

    fn check_order(&self, deed: ReportDeed) -> Result<()> {
        self.check_whole()?;
        use ReportState::{Approved, Draft, Locked, Returned, Submitted};
        let state = self.standing.state;
        let days = self.calendar.days(self.scope.period);
        let wrong = |code, message: &str| Err(Error::new(code, message));
        match (deed, state) {
            (ReportDeed::Reopened, Locked) => Ok(()),
            (ReportDeed::Reopened, _) => wrong("report_not_locked", "only a locked report is reopened"),
            (_, Locked) => wrong("report_locked", "the report is locked"),
            (ReportDeed::Submitted, Draft | Returned) if self.today < days.first => {
                Err(Error::new("report_not_begun", "the period has not begun").with("first", days.first))
            }
            (ReportDeed::Submitted, Draft | Returned) => Ok(()),
            (ReportDeed::Submitted, _) => wrong("report_submitted", "the report is submitted already"),
            (ReportDeed::Locked, _) if self.today < days.last => {
                Err(Error::new("report_not_over", "the period is not over").with("last", days.last))
            }
            // The month of the whole is locked at its end, with whoever is late.
            (ReportDeed::Locked, _) if self.scope.team.is_none() => Ok(()),
            (ReportDeed::Locked, Submitted | Approved) => Ok(()),
            (ReportDeed::Returned, Submitted | Approved) => Ok(()),
            (ReportDeed::Approved, Submitted) => Ok(()),
            (ReportDeed::Approved, Approved) => wrong("report_approved", "the report is approved already"),
            _ => wrong("report_not_submitted", "the report is not submitted"),
        }
    }

    fn check_whole(&self) -> Result<()> {
        match self.whole_is_locked {
            true => Err(Error::new("report_whole_locked", "the whole month is locked, and this report with it")),
            false => Ok(()),
        }
    }

    /// What somebody did last can be taken back by themselves, while nobody has done anything after it. A lock cannot:
    /// its figures may be elsewhere, and whoever reopens it says why.
    fn check_undo(&self) -> Result<()> {
        self.check_whole()?;
        let last = self.last().filter(|(_, event)| event.by == self.me);
        match last {
            None => {
                Err(Error::new("report_nothing_to_undo", "what was done last was done by somebody else, or nothing"))
            }
            Some((_, event)) if event.deed == ReportDeed::Locked => {
                Err(Error::new("report_locked", "a lock is not taken back; the report is reopened with a reason"))
            }
            Some(_) => Ok(()),
        }
    }

    fn last(&self) -> Option<&Event> {
        self.events.iter().find(|(id, _)| Some(*id) == self.standing.last)
    }

    fn next(&self, deed: ReportDeed, clock: u64, reason: &str, at_ms: i64) -> ReportEvent {
        next(&self.events, self.me, deed, clock, reason, at_ms)
    }
}

fn next(events: &[Event], by: MemberId, deed: ReportDeed, clock: u64, reason: &str, at_ms: i64) -> ReportEvent {
    let known = events.iter().map(|(_, event)| event.step).max().unwrap_or_default();
    ReportEvent {
        deed,
        step: known.saturating_add(1),
        clock,
        at_ms,
        by,
        reason: reason.to_owned(),
        undoes: None,
        figures: 0,
        prints: 0,
        with: None,
    }
}

/// One write: values are gathered into changes of a size that a chunk takes.
struct Writing<'a, 'b> {
    batch: &'a mut Batch<'b>,
    desk: &'a Desk,
    clock: u64,
    reason: &'a str,
    gathered: Vec<(String, Vec<u8>)>,
}

impl Writing<'_, '_> {
    fn put(&mut self, scope: &ReportScope, part: ReportPart, value: Vec<u8>) -> Result<()> {
        let size: usize = self.gathered.iter().map(|(_, value)| value.len()).sum();
        if size + value.len() > PART {
            self.flush()?;
        }
        self.gathered.push((keys::field(Thing::Report, scope, &part.field()), value));
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let gathered = std::mem::take(&mut self.gathered);
        self.batch.edit_space(|edit| {
            for (key, value) in gathered {
                edit.set(&key, &Scalar::Bytes(value));
            }
        })?;
        Ok(())
    }

    /// Parts are written before their event, so that whoever has the event has them.
    fn parts(&mut self, scope: &ReportScope, packed: &[u8], key: impl Fn(u32) -> ReportPart) -> Result<u32> {
        let mut count = 0;
        for part in packed.chunks(PART) {
            self.put(scope, key(count), part.to_vec())?;
            count += 1;
        }
        Ok(count)
    }

    fn event(&mut self, scope: &ReportScope, id: ReportEventId, event: &ReportEvent) -> Result<()> {
        self.put(scope, ReportPart::Event(id), event.encode())
    }

    fn lock(&mut self) -> Result<()> {
        let (scope, id) = (self.desk.scope, ReportEventId::fresh());
        let prints = self.fingerprints()?;
        let prints = self.parts(&scope, &prints.encode(), |n| ReportPart::Prints(id, n))?;
        let event = self.desk.next(ReportDeed::Locked, self.clock, "", self.batch.at_ms());
        self.locked(&scope, id, ReportEvent { prints, ..event })?;
        if scope.team.is_none() {
            self.lock_teams(id)?;
        }
        Ok(())
    }

    /// Each team's report is locked with the whole, from what went into the whole.
    fn lock_teams(&mut self, whole: ReportEventId) -> Result<()> {
        for team in all_teams(self.batch.db(), self.desk.space)? {
            let scope = ReportScope { team: Some(team), ..self.desk.scope };
            let events = rows::events(self.batch.db(), self.desk.space, &scope)?;
            if report_event::standing(&events).state == ReportState::Locked {
                continue;
            }
            let event = next(&events, self.desk.me, ReportDeed::Locked, self.clock, "", self.batch.at_ms());
            self.locked(&scope, ReportEventId::fresh(), ReportEvent { with: Some(whole), ..event })?;
        }
        Ok(())
    }

    fn locked(&mut self, scope: &ReportScope, id: ReportEventId, event: ReportEvent) -> Result<()> {
        let (calendar, within) = (&self.desk.calendar, Within { team: scope.team, place: None });
        let (db, space) = (self.batch.db(), self.desk.space);
        let live = report::get(db, space, calendar, scope.period, within)?;
        let annex = annex::of(db, space, &live.period, within)?;
        let frozen = Frozen::of(&live, calendar.rules(scope.period), annex).encode();
        let figures = self.parts(scope, &frozen, |n| ReportPart::Figures(id, n))?;
        self.event(scope, id, &ReportEvent { figures, ..event })
    }

    fn fingerprints(&self) -> Result<Fingerprints> {
        let (db, space) = (self.batch.db(), self.desk.space);
        let last = self.desk.calendar.days(self.desk.scope.period).last;
        let of_team = self.desk.scope.team.map(|team| late::documents_of(db, space, team, last)).transpose()?;
        let goes_in =
            |doc: &documents::DocId| doc == space.bytes() || of_team.as_ref().is_none_or(|docs| docs.contains(doc));
        let mut prints = Fingerprints::default();
        for (doc, heads) in documents::heads(db, space)?.iter().filter(|(doc, _)| goes_in(doc)) {
            prints.add(doc, heads);
        }
        Ok(prints)
    }

    /// Reopens a report, and of the whole notebook's also those that were locked with it.
    fn reopen(&mut self) -> Result<()> {
        let id = ReportEventId::fresh();
        let event = self.desk.next(ReportDeed::Reopened, self.clock, self.reason, self.batch.at_ms());
        self.event(&self.desk.scope, id, &event)?;
        if self.desk.scope.team.is_some() {
            return Ok(());
        }
        for (scope, events) in self.teams_events()? {
            let locked = report_event::standing(&events).lock;
            let with = events.iter().find(|(id, _)| Some(*id) == locked).and_then(|(_, event)| event.with);
            if with.is_some() && with == self.desk.standing.lock {
                let event =
                    next(&events, self.desk.me, ReportDeed::Reopened, self.clock, self.reason, self.batch.at_ms());
                self.event(&scope, ReportEventId::fresh(), &ReportEvent { with: Some(id), ..event })?;
            }
        }
        Ok(())
    }

    /// Takes the last event back, and what was done to the teams with it.
    fn undo(&mut self) -> Result<()> {
        let Some((last, _)) = self.desk.last() else { return Ok(()) };
        let event = self.desk.next(ReportDeed::Undone, self.clock, "", self.batch.at_ms());
        self.event(&self.desk.scope, ReportEventId::fresh(), &ReportEvent { undoes: Some(*last), ..event })?;
        if self.desk.scope.team.is_some() {
            return Ok(());
        }
        for (scope, events) in self.teams_events()? {
            let standing = report_event::standing(&events);
            let with = events.iter().find(|(id, event)| Some(*id) == standing.last && event.with == Some(*last));
            if let Some((undoes, _)) = with {
                let event = next(&events, self.desk.me, ReportDeed::Undone, self.clock, "", self.batch.at_ms());
                self.event(&scope, ReportEventId::fresh(), &ReportEvent { undoes: Some(*undoes), ..event })?;
            }
        }
        Ok(())
    }

    fn teams_events(&self) -> Result<Vec<(ReportScope, Vec<Event>)>> {
        let (db, space, period) = (self.batch.db(), self.desk.space, self.desk.scope.period);
        let scope = |team| ReportScope { period, team: Some(team) };
        all_teams(db, space)?
            .into_iter()
            .map(|team| Ok((scope(team), rows::events(db, space, &scope(team))?)))
            .collect()
    }
}

/// The teams that there are.
fn all_teams(db: &Connection, space: SpaceId) -> Result<Vec<TeamId>> {
    let mut query = db.prepare_cached("SELECT id FROM teams WHERE space = ?1 AND removed = 0 ORDER BY id")?;
    let rows = query.query_map([space.bytes()], |row| Ok(TeamId(Uuid::from_bytes(row.get(0)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What somebody is, and in which team. Who has left is nothing any more.
fn member(db: &Connection, space: SpaceId, me: MemberId, today: Date) -> Result<(Role, TeamId)> {
    let members = teams::members(db, space, Some(me))?;
    let me = members.into_iter().find(|member| member.me).ok_or_else(|| Error::not_found("member"))?;
    Ok((if me.is_here(today) { me.role } else { Role::Collaborator }, id("team", &me.team)?))
}

fn has_officer(db: &Connection, space: SpaceId) -> Result<bool> {
    let sql = "SELECT 1 FROM members WHERE space = ?1 AND role = ?2 AND left_on = ''";
    Ok(db.prepare_cached(sql)?.exists(params![space.bytes(), Role::CommuneOfficer.as_str()])?)
}
