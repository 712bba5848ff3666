//! One command layer behind three doors: the window, the browser and the command line
//! run exactly these commands. A command takes and returns plain data; what it changed
//! goes out as an [`Event`], and the face asks again for what it shows.

mod activity;
mod by_itself;
mod campaign;
mod checklist;
mod checkpoint;
mod conflict;
mod consent;
mod device;
mod draft;
mod duplicate;
mod events;
mod exchange;
mod export;
mod face;
mod file;
mod freshness;
mod gate;
mod handle;
mod history;
mod holdings;
mod household;
mod import;
mod invite;
mod locality;
mod macros;
mod moving;
mod network;
mod notebooks;
mod notice;
mod obstacle;
mod office;
mod office_send;
mod official;
mod photo;
mod places;
mod position;
mod profiles;
pub mod reference;
mod report;
mod report_out;
mod report_state;
mod resident;
mod sample;
pub mod station;
mod target;
mod task;
mod team;
mod teams;
mod today;
mod training;
mod visit;

pub use events::{Changed, Event, Kind, Progress};
pub use file::{FileExport, FileImported, FileSince, FileWritten};
pub use gate::{Gate, Opening};
pub use handle::Api;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::domain::locality::Locality;
use crate::error::{Error, Result};
use crate::projection::across::OfficeAlike;
use crate::projection::campaign::CampaignView;
use crate::projection::duplicates::{DuplicatePair, DuplicateSide};
use crate::projection::notice::NoticeView;
use crate::projection::obstacle::ObstacleView;
use crate::projection::target::TargetView;
use crate::projection::views::{
    ActivityView, Checklist, Conflict, CourseView, DraftSummary, HouseholdDetail, HouseholdList, ImportView,
    MemberView, PlaceView, TaskView, Today,
};
use crate::report::view::{HeatPage, Periods, ProgressView, Records, Report, RulesView};
use crate::transfer::Preview;

macros::commands! {
    /// What this device holds and who is using it. The first question of every face.
    status(Nothing) -> team::Status = team::status;
    /// Starts a new team on this device. Needs no network.
    team_start(team::TeamStart) -> team::Status = team::start;
    /// Opens a sample hamlet to practise with. It is never sent anywhere.
    practice_start(team::PracticeStart) -> team::Status = team::practice_start;
    /// Throws the sample hamlet away.
    practice_end(Nothing) -> team::Status = team::practice_end;
    /// Joins a team with an invite. Needs the relay, or the station that it is for.
    team_join(team::TeamJoin) -> team::Status = team::join;
    /// The notebooks of this device: the open one, then by name.
    notebook_list(Nothing) -> Vec<notebooks::NotebookView> = notebooks::list;
    /// The members of a notebook of this device, for somebody to say who of them they are.
    notebook_people(notebooks::NotebookId) -> Vec<MemberView> = notebooks::people;
    /// Opens another notebook of this device. All commands are about the one that is open; all notebooks sync.
    notebook_open(notebooks::NotebookOpen) -> team::Status = notebooks::open;
    /// The notebooks that the open one lists, an office's: how far each is, and when it was last heard from.
    office_get(Nothing) -> office::Office = office::get;
    /// Makes notebooks for hamlets, set up as the office's is, and lists them. Only who is in charge may change the list.
    office_found(office::OfficeFound) -> office::Office = office::found;
    /// Lists a notebook of this device: from now on every device of the office opens it.
    office_add(office::OfficeOne) -> office::Office = office::add;
    /// Takes a notebook off the list. The office's devices keep what they have of it.
    office_remove(office::OfficeOne) -> office::Office = office::remove;
    /// Which of the listed notebooks have what the office has: a checklist, rules, words, a campaign, a notice.
    office_bring(office_send::OfficeSend) -> office_send::OfficeBrought = office_send::bring;
    /// Writes it into them. Sending twice changes nothing.
    office_send(office_send::OfficeSend) -> office_send::OfficeBrought = office_send::send;
    /// People who are written in two of the office's notebooks, and so may be counted twice.
    office_alike(Nothing) -> OfficeAlike = office::alike;
    /// The members who are here; those who have left too, where they are asked for.
    member_list(teams::MemberList) -> Vec<MemberView> = teams::member_list;
    /// Adds a member to a team. Only who is in charge of it adds others than members and collaborators.
    member_add(team::MemberAdd) -> MemberView = team::member_add;
    /// Edits a member; fields that are left out stay. Only who is in charge of their team may, and a name and a title
    /// they themselves.
    member_edit(teams::MemberEdit) -> MemberView = teams::member_edit;
    /// Writes down that a member has left: they stay in what was recorded and are given nothing new.
    member_leave(teams::MemberLeave) -> MemberView = teams::member_leave;
    /// Writes down that a member is back.
    member_return(teams::MemberReturn) -> MemberView = teams::member_return;
    /// The teams, with their groups, sizes and training.
    team_list(Nothing) -> teams::Teams = teams::list;
    /// Adds a team or writes it anew. Only an officer, or who leads the founding team or a commune's, adds one or
    /// changes what it covers.
    team_save(teams::TeamSave) -> teams::Teams = teams::save;
    /// Takes a team off, or brings it back.
    team_set_removed(teams::TeamSetRemoved) -> teams::Teams = teams::set_removed;
    /// Adds a group of collaborators to a team, or writes it anew.
    group_save(teams::GroupSave) -> teams::Teams = teams::group_save;
    /// Gives households a team of their own, or back to that of their place.
    household_team(teams::HouseholdTeam) -> Done = teams::household_team;
    /// Names who is using this device from now on.
    member_sign_in(team::MemberSignIn) -> team::Status = team::member_sign_in;
    /// The team's devices, and when each was last heard from.
    device_list(Nothing) -> Vec<device::DeviceView> = device::list;
    /// Gives this device another name.
    device_rename(device::DeviceRename) -> Vec<device::DeviceView> = device::rename;
    /// The places of the notebook that stand today.
    place_list(Nothing) -> Vec<PlaceView> = places::standing;
    /// All places, those that are no longer too, and the renames, mergers and splits.
    place_registry(Nothing) -> places::PlaceRegistry = places::registry;
    /// Adds a place.
    place_add(places::PlaceAdd) -> PlaceView = places::add;
    /// Edits a place; fields that are left out stay. Only an officer, or who leads the founding team or a commune's,
    /// may; so it is with all changes of places.
    place_edit(places::PlaceEdit) -> PlaceView = places::edit;
    /// What a rename, a merger or a split would move. Nothing is written.
    place_change_preview(places::PlaceChangeDraft) -> places::PlaceChangePreview = places::preview;
    /// Writes a rename, a merger or a split. It moves nothing while it waits for its decision, and no household's
    /// document ever.
    place_change_save(places::PlaceChangeDraft) -> places::PlaceRegistry = places::save;
    /// Decides such a change, takes it back, or does it again.
    place_change_settle(places::PlaceChangeSettle) -> places::PlaceRegistry = places::settle;
    /// The official communes by name: those since 1 July 2025, or those before.
    official_search(official::OfficialSearch) -> Vec<official::OfficialUnit> = official::search;
    /// What became of a commune from before 1 July 2025. One that was split became several.
    official_translate(official::OfficialTranslate) -> official::OfficialTranslation = official::translate;
    /// The skills, their items and the services that are counted.
    checklist_get(Nothing) -> Checklist = checklist::get;
    /// Adds an item to a skill, rewords one or retires it.
    checklist_edit(checklist::ChecklistEdit) -> Checklist = checklist::edit;

    /// What the signed-in member has before them today.
    today_get(Nothing) -> Today = today::get;
    /// The tasks of the team, or of one member: what is open first, by due day.
    task_list(task::TaskList) -> Vec<TaskView> = task::list;
    /// One task.
    task_get(task::TaskId) -> TaskView = task::get;
    /// Gives somebody something to do, at one household, at many at once, or at none. Only a leader, a deputy
    /// or an officer may give tasks to others.
    task_assign(task::TaskAssign) -> TaskView = task::assign;
    /// Says how far a task is. A visit at which somebody was met does a task that asks for no more.
    task_progress(task::TaskProgress) -> TaskView = task::progress;
    /// Takes a task back, or restores it.
    task_set_removed(task::TaskSetRemoved) -> TaskView = task::set_removed;

    /// A page of households, by search, filter and sort.
    household_list(household::HouseholdQuery) -> HouseholdList = household::list;
    /// Everything about one household.
    household_get(household::HouseholdId) -> HouseholdDetail = household::get;
    /// Adds a household that no list has, with its head.
    household_add(household::HouseholdAdd) -> HouseholdDetail = household::add;
    /// Edits a household; fields that are left out stay.
    household_edit(household::HouseholdEdit) -> HouseholdDetail = household::edit;
    /// Writes down where a household's door is, as a device has measured it to 100 metres or better.
    position_set(position::PositionSet) -> HouseholdDetail = position::set;
    /// Takes a household's position off again.
    position_remove(household::HouseholdId) -> HouseholdDetail = position::remove;
    /// Removes a household; it can be restored.
    household_remove(household::HouseholdId) -> Done = household::remove;
    /// Restores a removed household.
    household_restore(household::HouseholdId) -> Done = household::restore;
    /// What was ever written about a household, newest first.
    household_history(household::HouseholdId) -> Vec<history::HistoryEntry> = history::get;
    /// Brings an earlier value of a field back.
    history_restore(history::HistoryRestore) -> HouseholdDetail = history::restore;
    /// Adds a resident.
    resident_add(resident::ResidentAdd) -> HouseholdDetail = resident::add;
    /// Edits a resident; fields that are left out stay.
    resident_edit(resident::ResidentEdit) -> HouseholdDetail = resident::edit;
    /// Removes a resident; they can be restored.
    resident_remove(resident::ResidentId) -> HouseholdDetail = resident::remove;
    /// Restores a removed resident.
    resident_restore(resident::ResidentId) -> HouseholdDetail = resident::restore;
    /// Moves residents to another household of the notebook, or to a new one: a split, a marriage. They stay who
    /// they are, with all that was seen of them, and it can be taken back.
    resident_move(moving::ResidentMove) -> moving::ResidentMoved = moving::go;
    /// Takes such a move back. A household that came into being by it goes too, when nothing else is in it.
    resident_move_undo(moving::ResidentMoveUndo) -> moving::ResidentMoveUndone = moving::undo;
    /// Everything that is held about a resident, for that very person to read.
    resident_holdings(resident::ResidentId) -> holdings::Holdings = holdings::of_resident;
    /// Records what a resident answered when asked for consent.
    consent_record(resident::ConsentRecord) -> HouseholdDetail = resident::consent_record;

    /// Whether nobody is assessed before they were asked for consent.
    consent_setting_get(Nothing) -> consent::ConsentSetting = consent::setting;
    /// Changes that rule. Only a leader, a deputy or an officer may.
    consent_setting_set(consent::ConsentSettingSet) -> consent::ConsentSetting = consent::set;

    /// Opens the form of a new visit, or of one to correct. Its id and time are fixed here.
    visit_open(visit::VisitOpen) -> draft::Draft = visit::open;
    /// Keeps a form as it is now. The face calls it at every touch.
    draft_save(draft::DraftSave) -> draft::DraftSaved = draft::save;
    /// The unfinished forms of the signed-in member.
    draft_list(Nothing) -> Vec<DraftSummary> = draft::list;
    /// One unfinished form.
    draft_get(draft::DraftId) -> draft::Draft = draft::get;
    /// Throws an unfinished form away.
    draft_discard(draft::DraftId) -> Done = draft::discard;
    /// Keeps a photo with an unfinished form, at once. At most four a visit.
    photo_add(photo::PhotoAdd) -> photo::PhotoAdded = photo::add;
    /// A photo's picture, if it has come to this device.
    photo_get(photo::PhotoGet) -> photo::PhotoBytes = photo::get;
    /// Saves a visit, new or corrected, and drops its draft, in one transaction.
    visit_save(visit::VisitSave) -> visit::VisitSaved = visit::save;
    /// Takes a visit back; it can be restored.
    visit_remove(visit::VisitId) -> HouseholdDetail = visit::remove;
    /// Restores a visit that was taken back.
    visit_restore(visit::VisitId) -> HouseholdDetail = visit::restore;

    /// The activities that belong to no household, newest first.
    activity_list(Nothing) -> Vec<ActivityView> = activity::list;
    /// Adds an activity or writes it anew.
    activity_save(activity::ActivitySave) -> ActivityView = activity::save;
    /// Counts on at an activity: people who came, or a service that was given. Several members may count at once.
    activity_count(activity::ActivityCount) -> ActivityView = activity::count;
    /// Says which resident came to an activity.
    activity_came(activity::ActivityCame) -> ActivityView = activity::came;
    /// Says which member helped at an activity.
    activity_helped(activity::ActivityHelped) -> ActivityView = activity::helped;
    /// Takes an activity back, or restores it.
    activity_set_removed(activity::ActivitySetRemoved) -> ActivityView = activity::set_removed;

    /// The courses for members, and which of them the signed-in member has done.
    training_list(Nothing) -> Vec<CourseView> = training::list;
    /// Says that the signed-in member has done a course today, or takes that back.
    training_set(training::TrainingSet) -> Vec<CourseView> = training::set;

    /// What stands in the way: raised in visits and on its own, with its age and its answers.
    obstacle_list(obstacle::ObstacleList) -> obstacle::Obstacles = obstacle::list;
    /// One obstacle.
    obstacle_get(obstacle::ObstacleId) -> ObstacleView = obstacle::get;
    /// Raises an obstacle on its own, or writes such a one anew.
    obstacle_raise(obstacle::ObstacleRaise) -> ObstacleView = obstacle::raise;
    /// Takes an obstacle back that was raised on its own, or restores it.
    obstacle_set_removed(obstacle::ObstacleSetRemoved) -> ObstacleView = obstacle::set_removed;
    /// Answers an obstacle. Two who answer at once both stand.
    obstacle_reply(obstacle::ObstacleSay) -> ObstacleView = obstacle::reply;
    /// Writes one's own answer anew, or takes it back.
    obstacle_reply_edit(obstacle::ObstacleReplyEdit) -> ObstacleView = obstacle::edit_reply;
    /// Settles an obstacle. Who raised it may, and a leader, a deputy or an officer.
    obstacle_close(obstacle::ObstacleSay) -> ObstacleView = obstacle::close;
    /// Says that an obstacle is not settled after all.
    obstacle_reopen(obstacle::ObstacleSay) -> ObstacleView = obstacle::reopen;
    /// Sets after how many days without an answer an obstacle stands out.
    obstacle_rule_set(obstacle::ObstacleRuleSet) -> Done = obstacle::set_rule;
    /// The campaigns, each with how far it has come.
    campaign_list(Nothing) -> Vec<CampaignView> = campaign::list;
    /// One campaign.
    campaign_get(campaign::CampaignId) -> CampaignView = campaign::get;
    /// Plans a campaign or changes one. Only a leader, a deputy or an officer may.
    campaign_save(campaign::CampaignSave) -> CampaignView = campaign::save;
    /// Takes a campaign back, or restores it.
    campaign_set_removed(campaign::CampaignSetRemoved) -> CampaignView = campaign::set_removed;
    /// What places and teams are to reach, from which period on.
    target_list(Nothing) -> Vec<TargetView> = target::list;
    /// Sets what a place or a team is to reach of an indicator, from a period on.
    target_set(target::TargetSet) -> Vec<TargetView> = target::set;
    /// What the office tells its teams, newest first.
    notice_list(Nothing) -> Vec<NoticeView> = notice::list;
    /// Tells all teams something, or writes it anew. Only a leader, a deputy or an officer may.
    notice_save(notice::NoticeSave) -> Vec<NoticeView> = notice::save;
    /// Takes a notice back, or restores it.
    notice_set_removed(notice::NoticeSetRemoved) -> Vec<NoticeView> = notice::set_removed;
    /// The report of a period, as the records that are here make it: over the whole notebook, a team or a place.
    report_get(report::ReportGet) -> Report = report::get;
    /// The records behind a figure of a report, or behind one row of it. Their counts make up the figure.
    report_records(report::ReportRecords) -> Records = report::records;
    /// The periods of which something was written, newest first, with each team's report.
    report_periods(report::ReportPeriods) -> Periods = report::periods;
    /// What the signed-in member can do with a report now.
    report_may(report_state::ReportOf) -> report_state::ReportMay = report_state::may;
    /// Submits a team's report. Its leader or deputy does.
    report_submit(report_state::ReportOf) -> Report = report_state::submit;
    /// Returns a submitted report to its team, with a reason. The commune's office does; where the notebook has no
    /// officer, a leader. So it is with approving, locking and reopening.
    report_return(report_state::ReportBack) -> Report = report_state::give_back;
    /// Approves a submitted report.
    report_approve(report_state::ReportOf) -> Report = report_state::approve;
    /// Locks a report: its figures are fixed, and what comes later is an adjustment. Without a team, the whole month
    /// with the reports of all teams, also of those who have not submitted.
    report_lock(report_state::ReportOf) -> Report = report_state::lock;
    /// Reopens a locked report, with a reason; of the whole month also what was locked with it.
    report_reopen(report_state::ReportBack) -> Report = report_state::reopen;
    /// Takes back what the signed-in member did last with a report, while nobody has done anything after it. A lock is
    /// not taken back but reopened.
    report_undo(report_state::ReportOf) -> Report = report_state::undo;
    /// A report as a short text to paste, or the list of teams that are late. In Vietnamese, for whoever receives it.
    report_text(report_out::ReportText) -> report_out::Pasted = report_out::text;
    /// A report as an Excel workbook. It names no household.
    report_workbook(report_out::ReportWorkbook) -> report_out::WorkbookOut = report_out::workbook;
    /// When each team and its devices were last heard from, as this device knows it.
    report_freshness(Nothing) -> Vec<freshness::TeamFreshness> = freshness::get;
    /// How the locality works: its words, the shapes of its teams, its report.
    locality_get(Nothing) -> locality::LocalityView = locality::get;
    /// Sets the notebook up as a locality works. Only an officer, or who leads the founding team or a commune's, may.
    locality_set(locality::LocalitySet) -> locality::LocalityView = locality::set;
    /// The localities that the app brings along.
    locality_list(Nothing) -> Vec<Locality> = locality::list;
    /// How far the work is: hộ đạt by month, what people can do, how many were reached.
    progress_get(report::ProgressGet) -> ProgressView = report::progress;
    /// Households and what the best of each can do, by place, a page at a time.
    progress_heat(report::ProgressHeat) -> HeatPage = report::heat;
    /// The rules by which a period is reported.
    rules_get(report::RulesGet) -> RulesView = report::rules_get;
    /// Changes the rules from a period on; those of the periods before stay. Only an officer may, and who leads the
    /// founding team or a commune's.
    rules_set(report::RulesSet) -> RulesView = report::rules_set;

    /// Fields that two people have edited differently.
    conflict_list(Nothing) -> Vec<Conflict> = conflict::list;
    /// Chooses one version of such a field.
    conflict_resolve(conflict::ConflictResolve) -> Done = conflict::resolve;

    /// Households and residents that may be one, the surest first.
    duplicate_list(Nothing) -> Vec<DuplicatePair> = duplicate::list;
    /// What is here already and may be what a form is about to add.
    duplicate_like(duplicate::DuplicateLike) -> Vec<DuplicateSide> = duplicate::like;
    /// Says that two are one, that they are two, or takes back what was said of them. Both histories stay.
    duplicate_settle(duplicate::DuplicateSettle) -> Done = duplicate::settle;
    /// Takes a household or a resident out of what it was merged into; the others stay one.
    merge_part(duplicate::MergePart) -> Done = duplicate::part;
    /// Chooses one of the values in which the parts of a merged household differ.
    merge_choose(duplicate::MergeChoose) -> HouseholdDetail = duplicate::choose;

    /// Takes a household list in for a look. Nothing is stored yet.
    import_open(import::ImportOpen) -> import::ImportOpened = import::open;
    /// What an opened list would become, with a mapping that the person may have changed.
    import_preview(import::ImportPreview) -> Preview = import::preview;
    /// Imports an opened list, in one go.
    import_run(import::ImportRun) -> import::ImportResult = import::run;
    /// Stops a running import; nothing of it stays.
    import_cancel(Nothing) -> Done = import::cancel;
    /// The imports that have been made.
    import_list(Nothing) -> Vec<ImportView> = import::list;
    /// Takes a whole import back, except households that were visited since.
    import_withdraw(import::ImportId) -> ImportView = import::withdraw;
    /// Brings an import back that was taken back.
    import_restore(import::ImportId) -> ImportView = import::restore;

    /// What waits, what arrived, and where.
    sync_status(Nothing) -> exchange::SyncStatus = exchange::status;
    /// Leaves a checkpoint at the team's relays, so that new devices begin quickly. The app does it by itself.
    checkpoint_leave(Nothing) -> checkpoint::CheckpointsLeft = checkpoint::leave_now;
    /// Fetches what is older than the checkpoint that this device began from. The app does it by itself.
    checkpoint_fill(Nothing) -> checkpoint::Filled = checkpoint::fill_now;
    /// Takes the notice off that the notebook is on two devices under one name.
    sync_double_seen(Nothing) -> exchange::SyncStatus = exchange::double_seen;
    /// Sends and receives now, with every relay that the team has.
    sync_now(Nothing) -> exchange::SyncReport = exchange::sync_now;
    /// Says what the device's network is like, as far as the face can tell.
    network_report(network::NetworkReport) -> Done = network::report;
    /// When the app syncs by itself.
    sync_settings_get(Nothing) -> network::SyncSettings = network::settings;
    /// Sets when the app syncs by itself.
    sync_settings_set(network::SyncSettings) -> network::SyncSettings = network::set_settings;
    /// Connects the team to a relay with a relay pass from its operator, or with an invite of the same
    /// team: so a device that joined in a room gets to the team's relay.
    relay_connect(exchange::RelayConnect) -> exchange::SyncStatus = exchange::relay_connect;
    /// Makes an invite to the team, at its relay or at this device's open station.
    invite_create(invite::InviteCreate) -> invite::Invite = invite::invite_create;
    /// Whether this device serves its room, and how that goes.
    station_status(Nothing) -> station::StationStatus = station::status;
    /// Serves the room: other devices of the team reach this one without internet.
    station_open(Nothing) -> station::StationStatus = station::open;
    /// Stops serving the room.
    station_close(Nothing) -> station::StationStatus = station::close;
    /// Devices that serve this room, as far as they were heard of. None is no error.
    station_find(Nothing) -> Vec<station::FoundStation> = station::find;
    /// Goes to a device that serves the room, and sends and receives there.
    station_visit(station::StationVisit) -> station::VisitReport = station::visit;

    /// Makes a file of everything that another device or a relay may lack, or only of what is new since a named one.
    file_export(file::FileExport) -> file::FileExported = file::export;
    /// Takes such a file in, in one go. A second time changes nothing; a damaged or foreign one is refused.
    file_import(file::FileImport) -> file::FileImported = file::import;
    /// Who was handed files, last one first.
    file_receivers(Nothing) -> Vec<file::FileReceiver> = file::receivers;

    /// How the app looks on this device; nothing before somebody has said so.
    face_settings_get(Nothing) -> Option<face::FaceSettings> = face::get;
    /// Sets how the app looks on this device.
    face_settings_set(face::FaceSettings) -> face::FaceSettings = face::set;

    /// Checks that projections equal a rebuild, and that every chunk and change is intact.
    verify(Nothing) -> export::Verification = export::verify;
    /// Rebuilds all projections from the documents.
    rebuild(Nothing) -> export::Verification = export::rebuild;
    /// The whole notebook as plain data.
    export(Nothing) -> export::Export = export::export;
}

/// A command without arguments.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A command that returns nothing but that it is done.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Done {}

fn bad_arguments(error: serde_json::Error) -> Error {
    Error::new("bad_arguments", error.to_string())
}

fn not_json(error: serde_json::Error) -> Error {
    Error::new("internal", error.to_string())
}

/// Reads an id that came from outside.
fn id<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T> {
    text.parse().map_err(|_| Error::not_found(what))
}
