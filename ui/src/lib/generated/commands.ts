// written from core/src/api by `cargo test -p tungnha-core --test generated`; do not edit

/**
 * Where accounts are written down.
 */
export type AccountSource = { "kind": "items", 
/**
 * The items.
 */
items: Array<string>, } | { "kind": "services", 
/**
 * The services' keys.
 */
services: Array<string>, };

/**
 * Arguments of `activity_came`.
 */
export type ActivityCame = { 
/**
 * The activity.
 */
activity: string, 
/**
 * The household.
 */
household: string, 
/**
 * Who of it.
 */
resident: string, 
/**
 * Came, or did not after all.
 */
came: boolean, };

/**
 * Arguments of `activity_count`.
 */
export type ActivityCount = { 
/**
 * The activity.
 */
activity: string, 
/**
 * The service that was given; people who came when left out.
 */
service?: string, 
/**
 * How many more; less when negative.
 */
add: number, };

/**
 * Arguments of `activity_helped`.
 */
export type ActivityHelped = { 
/**
 * The activity.
 */
activity: string, 
/**
 * The member.
 */
member: string, 
/**
 * Helped, or did not after all.
 */
helped: boolean, };

/**
 * A member who helped at an activity.
 */
export type ActivityHelper = { 
/**
 * Who.
 */
member: string, 
/**
 * Their name.
 */
name: string, };

/**
 * What kind of activity.
 */
export type ActivityKind = "class" | "booth" | "welfare_day" | "other";

/**
 * Arguments of `activity_save`.
 */
export type ActivitySave = { 
/**
 * The activity to write anew; left out, a new one.
 */
activity?: string, 
/**
 * The day it counts for; today when left out.
 */
day?: string, 
/**
 * What it was.
 */
kind: ActivityKind, 
/**
 * What it was called.
 */
title: string, 
/**
 * Where, if at a known place.
 */
place?: string, 
/**
 * When it began (`08:30`).
 */
time?: string, 
/**
 * How many people came, at a new activity; later they are counted on.
 */
attendees?: number, 
/**
 * Services given, at a new activity; later they are counted on.
 */
services?: Array<ServiceCount>, 
/**
 * A note.
 */
note?: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `activity_set_removed`.
 */
export type ActivitySetRemoved = { 
/**
 * The activity.
 */
activity: string, 
/**
 * Taken back, or not.
 */
removed: boolean, };

/**
 * An activity that belongs to no household.
 */
export type ActivityView = { 
/**
 * The activity.
 */
id: string, 
/**
 * The day it counts for.
 */
day: string, 
/**
 * What it was.
 */
kind: ActivityKind, 
/**
 * What it was called.
 */
title: string, 
/**
 * The place's id, if at a known place.
 */
place: string | null, 
/**
 * When it began (`08:30`).
 */
time: string | null, 
/**
 * How many people came, named or not.
 */
attendees: number, 
/**
 * Of these: counted without a name.
 */
unnamed: number, 
/**
 * Residents who came.
 */
came: Array<Attendee>, 
/**
 * Members who helped.
 */
helpers: Array<ActivityHelper>, 
/**
 * Services given.
 */
services: Array<ServiceCount>, 
/**
 * A note.
 */
note: string, 
/**
 * Who recorded it.
 */
author_name: string, 
/**
 * Taken back; can be restored.
 */
removed: boolean, 
/**
 * Where it is.
 */
sync: SyncMark, };

/**
 * A record that came after the report was locked.
 */
export type Adjustment = { 
/**
 * The household; `null` for what belongs to none.
 */
household: string | null, 
/**
 * The visit.
 */
visit: string | null, 
/**
 * The activity.
 */
activity: string | null, 
/**
 * The household's head, or what the activity was called.
 */
head: string, 
/**
 * Its place.
 */
place: string | null, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * What came.
 */
what: AdjustmentKind, 
/**
 * The day on the form.
 */
day: string | null, 
/**
 * Who wrote it down.
 */
by_name: string, 
/**
 * The notebook that it is in, in a commune's report.
 */
notebook?: string, };

/**
 * What came late.
 */
export type AdjustmentKind = "visit" | "visit_removed" | "household_removed" | "merged" | "people_merged" | "activity";

/**
 * Two people of two notebooks who may be one.
 */
export type AlikePair = { 
/**
 * One of them.
 */
a: AlikeSide, 
/**
 * The other.
 */
b: AlikeSide, 
/**
 * Why they may be one.
 */
why: Array<Reason>, };

/**
 * One of two people who may be one, with what tells them apart.
 */
export type AlikeSide = { 
/**
 * The notebook.
 */
notebook: string, 
/**
 * Its name.
 */
notebook_name: string, 
/**
 * The household.
 */
household: string, 
/**
 * Who may be one with the other.
 */
name: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
 */
birth: string, 
/**
 * The last digits of the phone, or empty.
 */
phone_end: string, };

/**
 * A level that a volunteer saw in one person and one skill.
 */
export type Assessment = { 
/**
 * Who.
 */
resident: string, 
/**
 * In which skill.
 */
skill: SkillKey, 
/**
 * At which level.
 */
level: Level, };

/**
 * An assessment, beside what was known before.
 */
export type AssessmentView = { 
/**
 * The level before this visit.
 */
before: Level, 
/**
 * Who.
 */
resident: string, 
/**
 * In which skill.
 */
skill: SkillKey, 
/**
 * At which level.
 */
level: Level, };

/**
 * A resident who came to an activity.
 */
export type Attendee = { 
/**
 * Their household.
 */
household: string, 
/**
 * Who.
 */
resident: string, 
/**
 * Their name.
 */
name: string, 
/**
 * The name of the household's head.
 */
head: string, };

/**
 * A day of birth as far as it is known. Its text is the known beginning of the ISO date: "1984", "1984-07",
 * "1984-07-24"; so is its order.
 */
export type Birth = string;

/**
 * Whether a notebook has what the office has.
 */
export type Brought = { 
/**
 * The notebook.
 */
notebook: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Whether it has it.
 */
state: BroughtState, };

/**
 * Whether a notebook has what the office has.
 */
export type BroughtState = "same" | "other" | "lacking";

/**
 * What was new on one day of a campaign.
 */
export type CampaignDay = { 
/**
 * The day.
 */
day: string, 
/**
 * How much was new.
 */
count: number, };

/**
 * Arguments of commands about one campaign.
 */
export type CampaignId = { 
/**
 * The campaign.
 */
campaign: string, };

/**
 * What a campaign counts.
 */
export type CampaignMeasure = "households_met" | "visits" | "people_met";

/**
 * A place of a campaign.
 */
export type CampaignPlace = { 
/**
 * The place.
 */
id: string, 
/**
 * Its name.
 */
name: string, };

/**
 * What somebody is to do in a campaign.
 */
export type CampaignQuota = { 
/**
 * A member or a team.
 */
of: string, 
/**
 * It is a team: all that was done at its households counts, by whomever.
 */
team: boolean, 
/**
 * Their name.
 */
name: string, 
/**
 * How much is to be done; nothing for who has no quota and has done something all the same.
 */
quota: number | null, 
/**
 * How much is done.
 */
count: number, };

/**
 * Arguments of `campaign_save`.
 */
export type CampaignSave = { 
/**
 * The campaign to change; left out, a new one.
 */
campaign?: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
to: string, 
/**
 * What it counts; households at which somebody was met, when left out.
 */
measure?: CampaignMeasure, 
/**
 * Where; everywhere when empty.
 */
places?: Array<string>, 
/**
 * Who is to do how much. Who is left out has no quota.
 */
quotas?: Array<Quota>, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `campaign_set_removed`.
 */
export type CampaignSetRemoved = { 
/**
 * The campaign.
 */
campaign: string, 
/**
 * Taken back, or not.
 */
removed: boolean, };

/**
 * Whether a campaign is still to come, running or over.
 */
export type CampaignStage = "planned" | "running" | "over";

/**
 * A campaign, and how far it has come.
 */
export type CampaignView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its first day.
 */
from: string, 
/**
 * Its last day.
 */
to: string, 
/**
 * Whether it is still to come, running or over.
 */
stage: CampaignStage, 
/**
 * Days until it ends, today included, or until it begins; 0 when it is over.
 */
days_left: number, 
/**
 * What it counts.
 */
measure: CampaignMeasure, 
/**
 * Where; everywhere when empty.
 */
places: Array<CampaignPlace>, 
/**
 * How much is done. Of households and people each once, by whomever they were met.
 */
count: number, 
/**
 * How much is to be done in all: the teams' quotas where they have some, those of members otherwise; nothing when
 * nobody has one.
 */
quota: number | null, 
/**
 * Who is to do how much, and has. Two who were at one door together have both been there.
 */
quotas: Array<CampaignQuota>, 
/**
 * How much was new on each day on which something was done.
 */
days: Array<CampaignDay>, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * What happens to places.
 */
export type ChangeKind = "rename" | "merge" | "split";

/**
 * How far such a change is.
 */
export type ChangeState = "pending" | "decided" | "undone";

/**
 * Which kinds of things have changed, and which ones.
 */
export type Changed = { 
/**
 * The kinds.
 */
kinds: Array<Kind>, 
/**
 * The households concerned; empty when there are many.
 */
households: Array<string>, };

/**
 * The checklist of the space.
 */
export type Checklist = { 
/**
 * The five skills in order.
 */
skills: Array<SkillView>, 
/**
 * The services that are counted.
 */
services: Array<ServiceView>, };

/**
 * Arguments of `checklist_edit`.
 */
export type ChecklistEdit = { 
/**
 * The skill.
 */
skill: SkillKey, 
/**
 * The item to reword or retire; left out, a new one is added.
 */
item?: string, 
/**
 * The item's text.
 */
text: string, 
/**
 * No longer asked.
 */
retired: boolean, };

/**
 * What `checkpoint_leave` has left at each relay.
 */
export type CheckpointsLeft = { 
/**
 * Relays that have it now.
 */
relays: number, 
/**
 * Pages, each a request.
 */
pages: number, 
/**
 * Their bytes.
 */
bytes: number, };

/**
 * What a column holds.
 */
export type Column = "number" | "household_code" | "head_name" | "full_name" | "relation" | "birth" | "sex" | "sex_male" | "sex_female" | "phone" | "address" | "hamlet" | "people_count" | "note" | "id_number" | "ethnicity" | "ignore";

/**
 * A column of the list.
 */
export type ColumnPreview = { 
/**
 * Its place, from 0.
 */
index: number, 
/**
 * Its letter in the spreadsheet.
 */
letter: string, 
/**
 * The title above it.
 */
title: string, 
/**
 * What it is taken for.
 */
column: Column, 
/**
 * A few of its values; none of a column that must not be kept.
 */
samples: Array<string>, 
/**
 * Whether what it holds gets into the notebook.
 */
stored: boolean, };

/**
 * An error as a person or a script meets it.
 */
export type CommandError = { 
/**
 * A stable word, the key of a sentence in the catalogues.
 */
code: string, 
/**
 * For logs and scripts, in English. Never holds personal data or secrets.
 */
message: string, 
/**
 * The form's field that it is about.
 */
field?: string, 
/**
 * Values for the sentence's blanks.
 */
params?: { [key in string]: string }, };

/**
 * A member who came along on a visit.
 */
export type Companion = { 
/**
 * Who.
 */
member: string, 
/**
 * Their name; empty while the member is not known here.
 */
name: string, };

/**
 * One field that two people have edited differently, without having seen each other's edit.
 */
export type Conflict = { 
/**
 * The household, or none for the notebook's own fields.
 */
household: string | null, 
/**
 * What the person sees it belongs to: the head's name, or the resident's.
 */
about: string, 
/**
 * The field's key in the document.
 */
key: string, 
/**
 * The field's name in the catalogues (`phone`, `name`, `visit`…).
 */
field: string, 
/**
 * The versions, the one in force first.
 */
versions: Array<ConflictVersion>, };

/**
 * Arguments of `conflict_resolve`.
 */
export type ConflictResolve = { 
/**
 * The household, or none for the notebook's own fields.
 */
household?: string, 
/**
 * The field's key.
 */
key: string, 
/**
 * The change that wrote the version to keep.
 */
change: string, };

/**
 * One of the crossed values, and who wrote it.
 */
export type ConflictVersion = { 
/**
 * The value, as a person reads it.
 */
value: string, 
/**
 * The change that wrote it; names the version when choosing.
 */
change: string, 
/**
 * Who wrote it, by name; empty when unknown.
 */
author: string, 
/**
 * When, by the writer's clock.
 */
at_ms: number, };

/**
 * How consent was asked for.
 */
export type ConsentHow = "spoken" | "paper";

/**
 * Arguments of `consent_record`.
 */
export type ConsentRecord = { 
/**
 * The household.
 */
household: string, 
/**
 * The resident who was asked.
 */
resident: string, 
/**
 * What they answered.
 */
state: ConsentState, 
/**
 * How they were asked.
 */
how: ConsentHow, 
/**
 * Which version of the text they were shown or read.
 */
text_version: number, 
/**
 * The name of the parent or guardian who answered for a child. A child's agreement needs one.
 */
parent?: string, };

/**
 * The notebook's rule about asking for consent.
 */
export type ConsentSetting = { 
/**
 * Nobody is assessed before they were asked.
 */
first: boolean, 
/**
 * Whether the signed-in member may change this: a leader, a deputy or an officer.
 */
may_set: boolean, };

/**
 * Arguments of `consent_setting_set`.
 */
export type ConsentSettingSet = { 
/**
 * Nobody is assessed before they were asked.
 */
first: boolean, };

/**
 * What the resident answered.
 */
export type ConsentState = "not_asked" | "given" | "refused" | "withdrawn";

/**
 * How much would come in.
 */
export type Counts = { 
/**
 * Households.
 */
households: number, 
/**
 * People.
 */
residents: number, 
/**
 * Phone numbers, the households' and those of other people.
 */
phones: number, 
/**
 * Different hamlets.
 */
hamlets: number, 
/**
 * Issues of rows that do not come in.
 */
refused: number, 
/**
 * Issues of rows that come in without something.
 */
doubtful: number, };

/**
 * How many members have done a course.
 */
export type CourseCount = { 
/**
 * The course.
 */
course: string, 
/**
 * How many.
 */
members: number, };

/**
 * A course for members, and whether the signed-in one has done it.
 */
export type CourseView = { 
/**
 * The course; its name stands in the catalogues.
 */
key: string, 
/**
 * The skill whose lesson cards it is about, when it is one of those.
 */
skill: SkillKey | null, 
/**
 * Where it is taken, when that is outside of the app.
 */
address: string | null, 
/**
 * That address as a QR picture (SVG).
 */
qr_svg: string | null, 
/**
 * The day on which it was done.
 */
done_on: string | null, };

/**
 * How many households were reached. Each is in one of the last five.
 */
export type Coverage = { 
/**
 * Households that live here.
 */
households: number, 
/**
 * Of those, how many were visited, whatever came of it.
 */
visited: number, 
/**
 * Somebody was met.
 */
met: number, 
/**
 * Nobody was ever met, and somebody refused.
 */
refused: number, 
/**
 * Nobody was ever met, and neighbours said that they have moved away.
 */
moved_away: number, 
/**
 * There was never anybody at home.
 */
absent_only: number, 
/**
 * Nobody was there.
 */
never: number, };

/**
 * Of how many.
 */
export type Denominator = "households" | "households_visited" | "residents" | "adults" | "people_met";

/**
 * Arguments of `device_rename`.
 */
export type DeviceRename = { 
/**
 * What this device is to be called.
 */
name: string, };

/**
 * A device of the team.
 */
export type DeviceView = { 
/**
 * The device.
 */
id: string, 
/**
 * What it calls itself; empty while that is not known here.
 */
name: string, 
/**
 * The name of the member who used it first; empty when unknown.
 */
member_name: string, 
/**
 * This one.
 */
here: boolean, 
/**
 * When the newest that it wrote came here; nothing for this one, and for one of which nothing came yet.
 */
heard_at_ms: number | null, };

/**
 * A field in which the merged households differ.
 */
export type Difference = { 
/**
 * `phone`, `door`, `note` or `place`.
 */
field: string, 
/**
 * The values; the one that is shown comes first.
 */
values: Array<DifferingValue>, };

/**
 * One of the values.
 */
export type DifferingValue = { 
/**
 * The value; of a place, its id.
 */
value: string, 
/**
 * As a person reads it.
 */
shown: string, };

/**
 * A command that returns nothing but that it is done.
 */
export type Done = Record<symbol, never>;

/**
 * An open form.
 */
export type Draft = { 
/**
 * The visit it will be, or is to correct.
 */
visit: string, 
/**
 * The household.
 */
household: string, 
/**
 * A correction of a saved visit.
 */
correction: boolean, 
/**
 * When the form was opened.
 */
opened_at_ms: number, 
/**
 * When it was last kept.
 */
saved_at_ms: number, 
/**
 * The form.
 */
form: VisitForm, 
/**
 * The face's own state: which field was open, how far it was scrolled.
 */
face: unknown, };

/**
 * Arguments of commands about one draft.
 */
export type DraftId = { 
/**
 * The visit.
 */
visit: string, };

/**
 * Arguments of `draft_save`.
 */
export type DraftSave = { 
/**
 * The visit.
 */
visit: string, 
/**
 * The form as it stands.
 */
form: VisitForm, 
/**
 * The face's own state, kept as it is.
 */
face?: unknown, };

/**
 * That the form is kept, and since when.
 */
export type DraftSaved = { 
/**
 * When it was kept.
 */
saved_at_ms: number, };

/**
 * An unfinished visit.
 */
export type DraftSummary = { 
/**
 * The visit it will be.
 */
visit: string, 
/**
 * The household.
 */
household: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * How to find the door.
 */
door: string, 
/**
 * When the form was last touched.
 */
saved_at_ms: number, };

/**
 * Arguments of `duplicate_like`: what a form holds so far. What cannot be read yet is left out of account.
 */
export type DuplicateLike = { 
/**
 * The full name.
 */
name?: string, 
/**
 * Birth, as it is typed.
 */
birth?: string, 
/**
 * The phone, as it is typed.
 */
phone?: string, 
/**
 * The place of a household that is added.
 */
place?: string, 
/**
 * The household that somebody is added to.
 */
household?: string, };

/**
 * Two that may be one, side by side.
 */
export type DuplicatePair = { 
/**
 * What they are.
 */
kind: SameKind, 
/**
 * One of them.
 */
a: DuplicateSide, 
/**
 * The other.
 */
b: DuplicateSide, 
/**
 * Why they may be one.
 */
why: Array<Reason>, };

/**
 * Arguments of `duplicate_settle`.
 */
export type DuplicateSettle = { 
/**
 * What the two are.
 */
kind: SameKind, 
/**
 * One of them.
 */
a: string, 
/**
 * The other.
 */
b: string, 
/**
 * What is said of them.
 */
verdict: Verdict, };

/**
 * One of two that may be one, with what tells them apart.
 */
export type DuplicateSide = { 
/**
 * The household, or the resident.
 */
id: string, 
/**
 * The household.
 */
household: string, 
/**
 * Its number in the list it came from.
 */
code: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * The name of who may be one: the head, or the resident.
 */
name: string, 
/**
 * Relation to the head, of a resident who is not the head.
 */
relation: string, 
/**
 * Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
 */
birth: string, 
/**
 * The phone, national form, or empty.
 */
phone: string, 
/**
 * How to find the door.
 */
door: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * The names of those who live there, head first.
 */
people: Array<string>, 
/**
 * How many visits the household has had.
 */
visits: number, 
/**
 * The last of them.
 */
last_visit: LastVisit | null, };

/**
 * Something that a face may want to know.
 */
export type Event = { "event": "changed" } & Changed | { "event": "progress" } & Progress;

/**
 * What must have been seen of a person for them to count.
 */
export type Evidence = { "kind": "met" } | { "kind": "assessed", 
/**
 * The skills; all five when empty.
 */
skills: Array<SkillKey>, 
/**
 * In every one of them, and not in any one.
 */
all: boolean, 
/**
 * At this level or a higher one.
 */
at_least: Level, } | { "kind": "items", 
/**
 * The items.
 */
items: Array<string>, 
/**
 * Every one of them, and not any one.
 */
all: boolean, } | { "kind": "came" };

/**
 * The whole notebook as plain data. Equal notebooks give equal exports on every device.
 */
export type Export = { 
/**
 * Households, by id.
 */
households: Array<ExportHousehold>, 
/**
 * Activities, by id.
 */
activities: Array<ExportActivity>, 
/**
 * Fields that two people have edited differently.
 */
conflicts: Array<Conflict>, 
/**
 * Figures over all households.
 */
totals: ExportTotals, };

/**
 * An activity.
 */
export type ExportActivity = { 
/**
 * The activity.
 */
id: string, 
/**
 * Its day.
 */
day: string, 
/**
 * What it was.
 */
kind: ActivityKind, 
/**
 * What it was called.
 */
title: string, 
/**
 * How many people came.
 */
attendees: number, 
/**
 * Services given.
 */
services: Array<ServiceCount>, 
/**
 * A note.
 */
note: string, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * A household with all that it holds, but for where its door is: that is for whoever goes there.
 */
export type ExportHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * The head's name.
 */
head: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * The number in the list.
 */
code: string, 
/**
 * How to find the door.
 */
door: string, 
/**
 * Phone.
 */
phone: string, 
/**
 * A note.
 */
note: string, 
/**
 * Hộ đạt.
 */
at_target: boolean, 
/**
 * Removed.
 */
removed: boolean, 
/**
 * The people.
 */
residents: Array<ExportResident>, 
/**
 * The visits.
 */
visits: Array<ExportVisit>, };

/**
 * A resident.
 */
export type ExportResident = { 
/**
 * The resident.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Relation to the head.
 */
relation: string, 
/**
 * Birth.
 */
birth: string, 
/**
 * Sex.
 */
sex: Sex | null, 
/**
 * Phone.
 */
phone: string, 
/**
 * Consent.
 */
consent: ConsentState, 
/**
 * Current levels.
 */
levels: [Level, Level, Level, Level, Level], 
/**
 * Removed.
 */
removed: boolean, };

/**
 * Figures over all households.
 */
export type ExportTotals = { 
/**
 * Households that are not removed.
 */
households: number, 
/**
 * Residents that are not removed.
 */
residents: number, 
/**
 * Visits that were not taken back.
 */
visits: number, 
/**
 * Distinct people met in them.
 */
people_met: number, 
/**
 * Households at target.
 */
at_target: number, };

/**
 * A visit.
 */
export type ExportVisit = { 
/**
 * The visit.
 */
id: string, 
/**
 * Its day.
 */
day: string, 
/**
 * The volunteer's name.
 */
author_name: string, 
/**
 * What happened.
 */
outcome: Outcome, 
/**
 * Who was met.
 */
met: Array<string>, 
/**
 * Levels seen.
 */
assessments: Array<Assessment>, 
/**
 * Items done.
 */
items: Array<ItemDone>, 
/**
 * Services given.
 */
services: Array<ServiceCount>, 
/**
 * What is needed.
 */
need: string, 
/**
 * A note.
 */
note: string, 
/**
 * An obstacle.
 */
obstacle: string, 
/**
 * The day to come back.
 */
follow_up: string | null, 
/**
 * The skills whose lesson cards were shown.
 */
shown: Array<SkillKey>, 
/**
 * Its photos, by the hash of their JPEG.
 */
photos: Array<string>, 
/**
 * The names of who came along.
 */
with: Array<string>, 
/**
 * Taken back.
 */
removed: boolean, };

/**
 * The language of the face.
 */
export type FaceLanguage = "vi" | "en";

/**
 * Whether things move.
 */
export type FaceMotion = "system" | "off";

/**
 * How the app looks on this device.
 */
export type FaceSettings = { 
/**
 * The language.
 */
language: FaceLanguage, 
/**
 * The colours.
 */
theme: FaceTheme, 
/**
 * The size of text.
 */
text: FaceText, 
/**
 * Motion.
 */
motion: FaceMotion, };

/**
 * How large the text is.
 */
export type FaceText = "normal" | "large" | "very_large";

/**
 * Which colours.
 */
export type FaceTheme = "system" | "light" | "dark";

/**
 * One figure.
 */
export type Figure = { 
/**
 * The indicator's key.
 */
key: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * In what it is counted.
 */
unit: string, 
/**
 * Lũy kế: everything up to the last day, and not only the period.
 */
cumulative: boolean, 
/**
 * Whether `of` tells of how many.
 */
rate: boolean, 
/**
 * The number; `null` when nothing was written.
 */
value: number | null, 
/**
 * Of how many; `null` when the figure is no rate.
 */
of: number | null, 
/**
 * What was aimed at.
 */
target: number | null, 
/**
 * What it is now, when the report is locked and it has changed since.
 */
adjusted: number | null, 
/**
 * The same for `of`.
 */
adjusted_of: number | null, 
/**
 * The figure of each place, and after them of each team. The places' make up the whole, and so do the teams'.
 */
rows: Array<FigureRow>, };

/**
 * A figure of one place or one team.
 */
export type FigureRow = { 
/**
 * Names the row for `report_records`: `place:<id>` or `team:<id>`; without the id, what belongs to none.
 */
row: string, 
/**
 * The place, in the row of one.
 */
place: string | null, 
/**
 * The team, in the row of one.
 */
team: string | null, 
/**
 * Its name; empty for what belongs to none.
 */
name: string, 
/**
 * The number; `null` when nothing was written there.
 */
value: number | null, 
/**
 * Of how many.
 */
of: number | null, };

/**
 * Arguments of `file_export`.
 */
export type FileExport = { 
/**
 * Only what is new since then; everything when left out.
 */
since?: FileSince, 
/**
 * Who gets the file, e.g. "Máy chị Mai", so that the next one can leave out what this one holds. When left
 * out, the receiver that `since` names, if it names one.
 */
receiver?: string, };

/**
 * A file to hand over.
 */
export type FileExported = { 
/**
 * A name for it that every system takes.
 */
name: string, 
/**
 * The file, base64.
 */
content: string, 
/**
 * Chunks in it.
 */
chunks: number, 
/**
 * Records that this device knows to be in it.
 */
records: number, 
/**
 * Its length.
 */
bytes: number, };

/**
 * Arguments of `file_import`.
 */
export type FileImport = { 
/**
 * The file, base64.
 */
content: string, };

/**
 * What a file has brought.
 */
export type FileImported = { 
/**
 * The notebook that the file is of. It need not be the one that is open.
 */
notebook: string, 
/**
 * What that is called.
 */
notebook_name: string, 
/**
 * Chunks in it.
 */
chunks: number, 
/**
 * Those that were not here.
 */
new_chunks: number, 
/**
 * Records that were not here.
 */
records: number, 
/**
 * Households that changed by it.
 */
households_changed: number, 
/**
 * Fields that are crossed now.
 */
conflicts: number, 
/**
 * Chunks on this device that could not be opened or applied yet. They are kept.
 */
quarantined: number, };

/**
 * Somebody who was handed files.
 */
export type FileReceiver = { 
/**
 * As the person has named them.
 */
name: string, 
/**
 * When the last file for them was made.
 */
last_at_ms: number, 
/**
 * Records that none of these files held.
 */
new_records: number, };

/**
 * From where on things are new.
 */
export type FileSince = { "relay": string } | { "receiver": string };

/**
 * What `checkpoint_fill` has fetched.
 */
export type Filled = { 
/**
 * Exchanges with relays.
 */
exchanges: number, 
/**
 * Bytes of answers, without HTTP headers.
 */
bytes_down: number, };

/**
 * A chip of *Hộ dân*.
 */
export type Filter = "all" | "due" | "overdue" | "not_visited" | "not_at_target" | "mine" | "absent_last" | "business" | "elderly" | "removed";

/**
 * A name by which a place is still found.
 */
export type FormerName = { 
/**
 * The name.
 */
name: string, 
/**
 * The day on which it ended, where that is known.
 */
until: string | null, };

/**
 * A station that was heard of in the room.
 */
export type FoundStation = { 
/**
 * Its address.
 */
address: string, };

/**
 * Where a household goes in a split.
 */
export type GoingHousehold = { 
/**
 * The household.
 */
household: string, 
/**
 * To which of the places, counted from 0.
 */
to: number, };

/**
 * Arguments of `group_save`.
 */
export type GroupSave = { 
/**
 * The group; a new one when left out.
 */
group?: string, 
/**
 * Its team.
 */
team: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Taken off, or not.
 */
removed?: boolean, };

/**
 * A group of collaborators.
 */
export type GroupView = { 
/**
 * The group.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many members are in it.
 */
members: number, 
/**
 * Taken off.
 */
removed: boolean, };

/**
 * Somebody who came to this device's station.
 */
export type Guest = { 
/**
 * Their full name.
 */
name: string, 
/**
 * When they came last.
 */
at_ms: number, };

/**
 * A page of the heat map: households and what the best of each can do.
 */
export type HeatPage = { 
/**
 * How many households there are in all.
 */
total: number, 
/**
 * The households, by place and then by name.
 */
rows: Array<HeatRow>, };

/**
 * A household of the heat map.
 */
export type HeatRow = { 
/**
 * The household.
 */
household: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * How to find its door.
 */
door: string, 
/**
 * Its place.
 */
place: string | null, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * The five levels of the best resident.
 */
best: [Level, Level, Level, Level, Level], 
/**
 * Hộ đạt.
 */
at_target: boolean, 
/**
 * The day of the last visit.
 */
last_visit: string | null, };

/**
 * An activity to which they came.
 */
export type HeldActivity = { 
/**
 * The day.
 */
day: string, 
/**
 * What it was.
 */
kind: ActivityKind, 
/**
 * What it was called.
 */
title: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * Who wrote it down.
 */
by: string, };

/**
 * An answer about consent.
 */
export type HeldConsent = { 
/**
 * What was answered.
 */
state: ConsentState, 
/**
 * Which version of the text was shown or read aloud.
 */
text_version: number, 
/**
 * When, in milliseconds since 1970.
 */
at_ms: number, 
/**
 * Who asked.
 */
asked_by: string, 
/**
 * How: `spoken` or `paper`.
 */
how: string, 
/**
 * The parent or guardian who answered for a child.
 */
parent: string, };

/**
 * Where copies of the notebook are, as far as this device knows.
 */
export type HeldCopies = { 
/**
 * Devices of the team that have written in this notebook, this one among them.
 */
devices: number, 
/**
 * Addresses of the relays that keep it, sealed.
 */
relays: Array<string>, 
/**
 * Who was handed files of it.
 */
files: Array<FileReceiver>, 
/**
 * Whose devices served it in a room.
 */
rooms: Array<string>, };

/**
 * One entry of a person, with the household in which it stands.
 */
export type HeldEntry = { 
/**
 * The household.
 */
household: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * Its place's name.
 */
place_name: string, 
/**
 * The names of the places in which it was before, oldest first.
 */
former_places: Array<string>, 
/**
 * The team that looks after it, where that is another than its place's.
 */
team_name: string, 
/**
 * Its number in the list.
 */
code: string, 
/**
 * How to find its door.
 */
door: string, 
/**
 * Whether it is noted where on the map it lies.
 */
has_position: boolean, 
/**
 * Its phone.
 */
household_phone: string, 
/**
 * The note about it.
 */
note: string, 
/**
 * How many people the list counts.
 */
people_count: number | null, 
/**
 * A business household.
 */
business: boolean, 
/**
 * Has somebody elderly.
 */
elderly: boolean, 
/**
 * Whether it lives here.
 */
household_status: HouseholdStatus, 
/**
 * It was taken off the list.
 */
household_removed: boolean, 
/**
 * The lists that brought it.
 */
lists: Array<string>, 
/**
 * What is to be done there.
 */
tasks: Array<HeldTask>, 
/**
 * Fields of it that two people have written differently; both values are kept.
 */
crossed: number, 
/**
 * The person's name.
 */
name: string, 
/**
 * Relation to the head.
 */
relation: string, 
/**
 * They are the head.
 */
is_head: boolean, 
/**
 * Birth.
 */
birth: string, 
/**
 * Sex.
 */
sex: Sex | null, 
/**
 * Their own phone.
 */
phone: string, 
/**
 * Whether they live there.
 */
status: ResidentStatus, 
/**
 * They were taken off the household.
 */
removed: boolean, 
/**
 * They came from another household.
 */
moved_here: boolean, };

/**
 * Something to do at a household.
 */
export type HeldTask = { 
/**
 * What; empty means to visit.
 */
what: string, 
/**
 * Who is to do it.
 */
who_name: string, 
/**
 * Until when.
 */
due: string | null, };

/**
 * A visit.
 */
export type HeldVisit = { 
/**
 * The visit.
 */
id: string, 
/**
 * The household that was visited.
 */
household: string, 
/**
 * The day.
 */
day: string, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * Who came along.
 */
with: Array<string>, 
/**
 * What happened.
 */
outcome: Outcome, 
/**
 * The person was met.
 */
met: boolean, 
/**
 * Levels that were seen of the person.
 */
levels: Array<Assessment>, 
/**
 * What they were seen to do, in words.
 */
items: Array<string>, 
/**
 * How many services were given at the visit.
 */
services: number, 
/**
 * What the household needs.
 */
need: string, 
/**
 * A note.
 */
note: string, 
/**
 * An obstacle.
 */
obstacle: string, 
/**
 * How many photos go with that.
 */
photos: number, 
/**
 * The day to come back.
 */
follow_up: string | null, 
/**
 * The skills whose lesson cards were shown.
 */
shown: Array<SkillKey>, 
/**
 * Taken back; it is kept all the same.
 */
removed: boolean, };

/**
 * What there is to think about.
 */
export type Hint = "small" | "large" | "groups";

/**
 * On which device something was written.
 */
export type HistoryDevice = "this" | "other" | "unknown";

/**
 * One change to a household, newest first.
 */
export type HistoryEntry = { 
/**
 * The household in which it was written; another one where two were merged.
 */
household: string, 
/**
 * The change.
 */
change: string, 
/**
 * When, by the writer's clock; nothing when a list brought it.
 */
at_ms: number | null, 
/**
 * Who: a member's name, or a list's file; empty when unknown.
 */
author: string, 
/**
 * It came from a list.
 */
by_list: boolean, 
/**
 * On which device.
 */
device: HistoryDevice, 
/**
 * What that device calls itself; empty when unknown.
 */
device_name: string, 
/**
 * What it wrote.
 */
writes: Array<HistoryWrite>, };

/**
 * Arguments of `history_restore`.
 */
export type HistoryRestore = { 
/**
 * The household.
 */
household: string, 
/**
 * The field's key.
 */
key: string, 
/**
 * The change that wrote the value to bring back.
 */
change: string, };

/**
 * A visit as a change wrote it.
 */
export type HistoryVisit = { 
/**
 * Its day.
 */
day: string, 
/**
 * What happened.
 */
outcome: Outcome, 
/**
 * It was taken back.
 */
removed: boolean, };

/**
 * One field that a change wrote.
 */
export type HistoryWrite = { 
/**
 * The field's key.
 */
key: string, 
/**
 * The field's name in the catalogues (`phone`, `visit`, …).
 */
field: string, 
/**
 * Whom it is about: a resident's name, or empty for the household itself.
 */
about: string, 
/**
 * The visit as it was written, where it is one.
 */
visit: HistoryVisit | null, 
/**
 * Any other value, as a person reads it.
 */
value: string, 
/**
 * The value before, as far as this change knew.
 */
before: string | null, 
/**
 * It is what stands now.
 */
stands: boolean, 
/**
 * It can be brought back: a field that people edit, and not a visit, an answer or an import.
 */
can_return: boolean, };

/**
 * Everything that is held about one person.
 */
export type Holdings = { 
/**
 * Their name, as they are shown.
 */
name: string, 
/**
 * Where they are written: in their household, and in those in which they lived or were written twice.
 */
entries: Array<HeldEntry>, 
/**
 * What they answered about consent, each answer with its proof, newest first.
 */
consents: Array<HeldConsent>, 
/**
 * Visits that name them, and visits to their household with something written in words, newest first.
 */
visits: Array<HeldVisit>, 
/**
 * Activities to which they came, newest first.
 */
activities: Array<HeldActivity>, 
/**
 * Earlier values of their fields, which stay in the history.
 */
earlier: number, 
/**
 * How often somebody has said of them that they are, or are not, the same as another entry.
 */
verdicts: number, 
/**
 * Unfinished forms on this device that name them.
 */
drafts: number, 
/**
 * Facts of a later version that stand in these households and cannot be read here.
 */
unreadable: number, 
/**
 * Where copies are.
 */
copies: HeldCopies, };

/**
 * How a person stands in another household.
 */
export type HomeKind = "before" | "now" | "also";

/**
 * Arguments of `household_add`.
 */
export type HouseholdAdd = { 
/**
 * Where; the only place of the notebook when left out.
 */
place?: string, 
/**
 * The head.
 */
head: ResidentFields, 
/**
 * The household's own fields.
 */
fields?: HouseholdFields, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * How many households each filter would show.
 */
export type HouseholdCounts = { 
/**
 * All that are not removed.
 */
all: number, 
/**
 * Follow-up is due today or overdue.
 */
due: number, 
/**
 * Follow-up is overdue.
 */
overdue: number, 
/**
 * Never visited.
 */
not_visited: number, 
/**
 * Not at target.
 */
not_at_target: number, 
/**
 * Visited by the signed-in member, alone or along with another.
 */
mine: number, 
/**
 * Nobody was home the last time.
 */
absent_last: number, 
/**
 * Business households.
 */
business: number, 
/**
 * With elderly people.
 */
elderly: number, 
/**
 * Removed, can be restored.
 */
removed: number, };

/**
 * Everything about one household.
 */
export type HouseholdDetail = { 
/**
 * How many people the list counts, where it counts them without naming them.
 */
people_count: number | null, 
/**
 * The team that looks after it, where the notebook has several.
 */
team: TeamOfHousehold | null, 
/**
 * Where the door is, if somebody has measured it.
 */
position: PositionView | null, 
/**
 * A note about the household.
 */
note: string, 
/**
 * Removed, can be restored.
 */
removed: boolean, 
/**
 * The people, head first; who is gone last.
 */
people: Array<ResidentView>, 
/**
 * The visits, newest first.
 */
visits: Array<VisitView>, 
/**
 * Visits to other households at which people of this one were met, newest first.
 */
visits_elsewhere: Array<VisitElsewhere>, 
/**
 * What is to be done here.
 */
tasks: Array<TaskView>, 
/**
 * Values of fields that two people have edited differently.
 */
crossed: Array<Conflict>, 
/**
 * A visit of this household that the signed-in member has not finished.
 */
draft: string | null, 
/**
 * Facts of a later version that this one keeps but cannot show.
 */
unreadable: number, 
/**
 * The households that it was merged from; empty when it is only itself.
 */
merged_from: Array<MergedPart>, 
/**
 * Fields in which those differ.
 */
differences: Array<Difference>, 
/**
 * The household.
 */
id: string, 
/**
 * The head's full name.
 */
head: string, 
/**
 * The head's birth year, to tell two of one name apart.
 */
head_birth_year: number | null, 
/**
 * The household's number in the list it came from.
 */
code: string, 
/**
 * The place's id.
 */
place: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * Address or how to find the door.
 */
door: string, 
/**
 * The lane that the address names, or empty.
 */
lane: string, 
/**
 * Its phone, national form (`0912345678`), or empty.
 */
phone: string, 
/**
 * How many residents are recorded.
 */
residents: number, 
/**
 * The five levels of the best resident.
 */
best: [Level, Level, Level, Level, Level], 
/**
 * Hộ đạt.
 */
at_target: boolean, 
/**
 * A business household.
 */
business: boolean, 
/**
 * Has somebody elderly, as the list says.
 */
elderly: boolean, 
/**
 * Whether it lives here.
 */
status: HouseholdStatus, 
/**
 * The last visit.
 */
last_visit: LastVisit | null, 
/**
 * When to come back, if nobody has since.
 */
follow_up: string | null, 
/**
 * The follow-up's day is past.
 */
overdue: boolean, 
/**
 * Has fields that two people have edited differently.
 */
conflicts: number, 
/**
 * Where its newest change is.
 */
sync: SyncMark, 
/**
 * The resident whose name matched the search, when it is not the head.
 */
matched: MatchedResident | null, };

/**
 * Arguments of `household_edit`.
 */
export type HouseholdEdit = { 
/**
 * The household.
 */
household: string, 
/**
 * What to change.
 */
fields: HouseholdFields, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * A household's own fields; what is left out stays as it is.
 */
export type HouseholdFields = { 
/**
 * The head: one of its residents.
 */
head?: string, 
/**
 * The place.
 */
place?: string, 
/**
 * The number in the household list.
 */
code?: string, 
/**
 * Address or how to find the door.
 */
door?: string, 
/**
 * Phone in any usual spelling; empty to clear.
 */
phone?: string, 
/**
 * A note.
 */
note?: string, 
/**
 * A business household.
 */
business?: boolean, 
/**
 * Has somebody elderly.
 */
elderly?: boolean, 
/**
 * Whether it lives here.
 */
status?: HouseholdStatus, };

/**
 * Arguments of commands about one household.
 */
export type HouseholdId = { 
/**
 * The household.
 */
household: string, };

/**
 * A page of *Hộ dân* with the numbers on its chips.
 */
export type HouseholdList = { 
/**
 * The rows from `offset` on.
 */
rows: Array<HouseholdRow>, 
/**
 * How many match search and filter.
 */
total: number, 
/**
 * How many each filter would show, over all households.
 */
counts: HouseholdCounts, };

/**
 * Arguments of `household_list`.
 */
export type HouseholdQuery = { 
/**
 * What was typed into the search field.
 */
search?: string, 
/**
 * The chip; `all` when left out.
 */
filter?: Filter, 
/**
 * Only of this place.
 */
place?: string, 
/**
 * The order; while searching, the best match comes first whatever is asked.
 */
sort?: Sort, 
/**
 * Rows to skip.
 */
offset?: number, 
/**
 * Rows to return, 100 when left out, 500 at most.
 */
limit?: number, };

/**
 * One row of *Hộ dân*.
 */
export type HouseholdRow = { 
/**
 * The household.
 */
id: string, 
/**
 * The head's full name.
 */
head: string, 
/**
 * The head's birth year, to tell two of one name apart.
 */
head_birth_year: number | null, 
/**
 * The household's number in the list it came from.
 */
code: string, 
/**
 * The place's id.
 */
place: string, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * Address or how to find the door.
 */
door: string, 
/**
 * The lane that the address names, or empty.
 */
lane: string, 
/**
 * Its phone, national form (`0912345678`), or empty.
 */
phone: string, 
/**
 * How many residents are recorded.
 */
residents: number, 
/**
 * The five levels of the best resident.
 */
best: [Level, Level, Level, Level, Level], 
/**
 * Hộ đạt.
 */
at_target: boolean, 
/**
 * A business household.
 */
business: boolean, 
/**
 * Has somebody elderly, as the list says.
 */
elderly: boolean, 
/**
 * Whether it lives here.
 */
status: HouseholdStatus, 
/**
 * The last visit.
 */
last_visit: LastVisit | null, 
/**
 * When to come back, if nobody has since.
 */
follow_up: string | null, 
/**
 * The follow-up's day is past.
 */
overdue: boolean, 
/**
 * Has fields that two people have edited differently.
 */
conflicts: number, 
/**
 * Where its newest change is.
 */
sync: SyncMark, 
/**
 * The resident whose name matched the search, when it is not the head.
 */
matched: MatchedResident | null, };

/**
 * Whether the household still lives here.
 */
export type HouseholdStatus = "living" | "moved_away";

/**
 * Arguments of `household_team`.
 */
export type HouseholdTeam = { 
/**
 * The households.
 */
households: Array<string>, 
/**
 * Their team; the one of their place when left out.
 */
team?: string, };

/**
 * Arguments of commands about one import.
 */
export type ImportId = { 
/**
 * The import.
 */
import: string, };

/**
 * Arguments of `import_open`.
 */
export type ImportOpen = { 
/**
 * The file's name.
 */
name: string, 
/**
 * The file, base64.
 */
content: string, };

/**
 * An opened list.
 */
export type ImportOpened = { 
/**
 * Names the list until the app ends or another is opened.
 */
list: string, 
/**
 * What it would become.
 */
preview: Preview, };

/**
 * Arguments of `import_preview`.
 */
export type ImportPreview = { 
/**
 * The opened list.
 */
list: string, 
/**
 * The sheet and columns as the person wants them; guessed when left out.
 */
mapping?: Mapping, };

/**
 * What an import has done.
 */
export type ImportResult = { 
/**
 * The import.
 */
import: string, 
/**
 * Households that are new.
 */
added: number, 
/**
 * Households that were there, and got what they lacked.
 */
completed: number, 
/**
 * Households that were there with all that the list says.
 */
unchanged: number, 
/**
 * Residents that are new.
 */
residents_added: number, 
/**
 * Rows that were refused.
 */
refused: number, 
/**
 * Rows that came in without something doubtful.
 */
doubtful: number, 
/**
 * Places that are new.
 */
places_added: number, };

/**
 * Arguments of `import_run`.
 */
export type ImportRun = { 
/**
 * The opened list.
 */
list: string, 
/**
 * The sheet and columns as the person wants them; guessed when left out.
 */
mapping?: Mapping, 
/**
 * The place of rows that name none; the only place of the notebook when left out.
 */
place?: string, };

/**
 * An import that has been made.
 */
export type ImportView = { 
/**
 * The import.
 */
id: string, 
/**
 * The file's name.
 */
file: string, 
/**
 * When, by the clock of the device that made it.
 */
at_ms: number, 
/**
 * Who made it.
 */
author_name: string, 
/**
 * How many households the list holds.
 */
households: number, 
/**
 * Taken back.
 */
withdrawn: boolean, 
/**
 * After taking back: households that stay, because they were visited or edited since,
 * added by hand, or brought by another list too.
 */
kept: Array<KeptHousehold>, };

/**
 * One figure of a report, as the place has set it.
 */
export type Indicator = { 
/**
 * What it is known by for ever: small letters, digits and `_`.
 */
key: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * In what it is counted: `hộ`, `người`, `lượt`.
 */
unit: string, 
/**
 * Over which days.
 */
span: Span, 
/**
 * What is counted.
 */
measure: Measure, 
/**
 * Of how many: with it the figure is a rate.
 */
per?: Denominator | null, };

/**
 * What a place becomes: one of the notebook, or a new one.
 */
export type IntoPlace = { 
/**
 * A place of the notebook.
 */
place?: string, 
/**
 * Its name from then on; needed for a new one.
 */
name?: string, };

/**
 * An invite to hand over. Whoever has it can join.
 */
export type Invite = { 
/**
 * The link; its secret stands behind `#` and never reaches a server.
 */
link: string, 
/**
 * The relay's address, to type.
 */
address: string, 
/**
 * The code, to type.
 */
code: string, 
/**
 * The link as a QR picture (SVG).
 */
qr_svg: string, 
/**
 * When it expires, by the relay's clock.
 */
expires_at_ms: number, 
/**
 * How many devices may join with it.
 */
uses: number, 
/**
 * Where it is taken up.
 */
at: InviteAt, };

/**
 * Where an invite is taken up.
 */
export type InviteAt = "relay" | "station";

/**
 * Arguments of `invite_create`.
 */
export type InviteCreate = { 
/**
 * How many devices may join with it.
 */
uses: number, 
/**
 * For how many days, at most 30. At a station no longer than it is open.
 */
days: number, 
/**
 * One of the team's relays, by its address; the first one when left out.
 */
relay?: string, 
/**
 * Where; when left out at the team's relay, or at the open station if it has none.
 */
at?: InviteAt, };

/**
 * What is wrong with a row.
 */
export type IssueCode = "missing_head" | "head_not_marked" | "name_is_number" | "not_a_name" | "id_number_in_text" | "nine_digits" | "impossible_date" | "bad_date" | "bad_phone" | "several_phones" | "bad_people_count" | "formula" | "cell_error" | "duplicate_household" | "duplicate_code";

/**
 * A checklist item that a person was seen to do.
 */
export type ItemDone = { 
/**
 * Who.
 */
resident: string, 
/**
 * Which item.
 */
item: string, };

/**
 * A checklist item.
 */
export type ItemView = { 
/**
 * The item.
 */
id: string, 
/**
 * What a volunteer ticks.
 */
text: string, 
/**
 * No longer asked; kept for what was ticked before.
 */
retired: boolean, };

/**
 * A household that stays although its import was taken back.
 */
export type KeptHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * Why it stays: `visited`, `edited` or `other_list`.
 */
reason: string, };

/**
 * A kind of thing.
 */
export type Kind = "household" | "space" | "draft" | "photo" | "sync" | "status";

/**
 * The last visit, in short.
 */
export type LastVisit = { 
/**
 * Its day.
 */
day: string, 
/**
 * What happened.
 */
outcome: Outcome, };

/**
 * What a row of a list stands for.
 */
export type Layout = "per_household" | "per_person";

/**
 * What one person can do in one skill.
 */
export type Level = "not_assessed" | "not_yet" | "guided" | "with_help" | "proficient";

/**
 * A service that is counted there.
 */
export type LocalService = { 
/**
 * What it is known by: small letters, digits and `_`.
 */
key: string, 
/**
 * What it is called.
 */
name: string, };

/**
 * How a locality works.
 */
export type Locality = { 
/**
 * What it is known by; empty for one that a team has made of its own.
 */
key: string, 
/**
 * What it is called ("Vân Hồ, Sơn La").
 */
name: string, 
/**
 * What a hamlet is called there: bản, tiểu khu, khóm, ấp; the most usual one first.
 */
hamlet_words: Array<string>, 
/**
 * Its own words for levels; the app's own where none is given.
 */
levels: Partial<Record<Level, string>>, 
/**
 * Its own words for roles; the app's own where none is given.
 */
roles: Partial<Record<Role, string>>, 
/**
 * From how many members on collaborators go in groups of their own.
 */
groups_from: number, 
/**
 * The shapes of its teams.
 */
teams: Array<TeamShape>, 
/**
 * Services that it counts beside those that every notebook has.
 */
services: Array<LocalService>, 
/**
 * How it reports.
 */
report: ReportRules, };

/**
 * Arguments of `locality_set`. Either a locality that the app brings along, or one of the team's own.
 */
export type LocalitySet = { 
/**
 * One that the app brings along, by its key; an empty one stands for the app's own ways.
 */
shipped?: string, 
/**
 * One of the team's own.
 */
locality?: Locality, 
/**
 * From which period on its report is in force (`2026-11`); the current one when left out.
 */
from_period?: string, };

/**
 * How the locality works, and who may change it.
 */
export type LocalityView = { 
/**
 * As it is in force today.
 */
locality: Locality, 
/**
 * Whether the signed-in member may change it.
 */
may_set: boolean, };

/**
 * Arguments of `profile_lock_after`.
 */
export type LockAfter = { 
/**
 * Minutes, up to a day; null for never.
 */
minutes: number | null, };

/**
 * What a report was locked with.
 */
export type LockView = { 
/**
 * When, in milliseconds since 1970, by the clock of who locked it.
 */
at_ms: number, 
/**
 * Who locked it.
 */
by_name: string, 
/**
 * How many documents went in: households, and the notebook's own.
 */
documents: number, 
/**
 * How many of them are not here, or not as far as they went in.
 */
lacking: number, };

/**
 * How a list is to be read. The reader guesses one; a person may change it.
 */
export type Mapping = { 
/**
 * The sheet's name.
 */
sheet: string, 
/**
 * First and last row of titles, from 1; (0, 0) if the list has none.
 */
header_rows: [number, number], 
/**
 * What each column holds, from column A on.
 */
columns: Array<Column>, 
/**
 * Names that a person supplied for rows whose name is missing, by the row's number.
 */
names: { [key in number]: string }, };

/**
 * Somebody in a household whom the search found.
 */
export type MatchedResident = { 
/**
 * Full name.
 */
name: string, 
/**
 * Relation to the head, as recorded ("Vợ"), or empty.
 */
relation: string, };

/**
 * What is counted.
 */
export type Measure = { "kind": "people", 
/**
 * What must have been seen of them.
 */
evidence: Evidence, } | { "kind": "accounts", 
/**
 * Where they are written down.
 */
source: AccountSource, } | { "kind": "occurrences", 
/**
 * The services' keys.
 */
services: Array<string>, } | { "kind": "visits", 
/**
 * With one of these outcomes; with any when empty.
 */
outcomes: Array<Outcome>, } | { "kind": "attendance" } | { "kind": "activities" } | { "kind": "households_at_target" } | { "kind": "households_visited", 
/**
 * With one of these outcomes at least once; with any when empty.
 */
outcomes: Array<Outcome>, };

/**
 * Arguments of `member_add`.
 */
export type MemberAdd = { 
/**
 * Full name.
 */
name: string, 
/**
 * What they are in the team.
 */
role: Role, 
/**
 * Their team; the founding one when left out.
 */
team?: string, };

/**
 * Arguments of `member_edit`; what is left out stays.
 */
export type MemberEdit = { 
/**
 * Who.
 */
member: string, 
/**
 * Full name.
 */
name?: string, 
/**
 * What they are in the team.
 */
role?: Role, 
/**
 * What they are called there; empty to clear.
 */
title?: string, 
/**
 * Their team.
 */
team?: string, 
/**
 * Their group of collaborators; empty to clear.
 */
group?: string, 
/**
 * The day on which they joined; empty to clear.
 */
joined?: string, };

/**
 * Arguments of `member_leave`.
 */
export type MemberLeave = { 
/**
 * Who.
 */
member: string, 
/**
 * From which day on; today when left out.
 */
day?: string, };

/**
 * Arguments of `member_list`.
 */
export type MemberList = { 
/**
 * Also those who have left.
 */
all?: boolean, };

/**
 * Arguments of `member_return`.
 */
export type MemberReturn = { 
/**
 * Who.
 */
member: string, };

/**
 * Arguments of `member_sign_in`.
 */
export type MemberSignIn = { 
/**
 * Who.
 */
member: string, };

/**
 * A member of the team.
 */
export type MemberView = { 
/**
 * The member.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * What they are in the team.
 */
role: Role, 
/**
 * What they are called there ("Bí thư Đoàn xã"), or empty.
 */
title: string, 
/**
 * Their team.
 */
team: string, 
/**
 * Their group of collaborators.
 */
group: string | null, 
/**
 * The day on which they joined.
 */
joined: string | null, 
/**
 * The day on which they left. They stay in what was recorded, and are given nothing new.
 */
left: string | null, 
/**
 * The one who is signed in on this device.
 */
me: boolean, };

/**
 * Arguments of `merge_choose`.
 */
export type MergeChoose = { 
/**
 * The household.
 */
household: string, 
/**
 * The field, as `differences` names it.
 */
field: string, 
/**
 * One of its values.
 */
value: string, };

/**
 * Arguments of `merge_part`.
 */
export type MergePart = { 
/**
 * What it is.
 */
kind: SameKind, 
/**
 * The household or the resident.
 */
id: string, };

/**
 * One of the households that a household was merged from.
 */
export type MergedPart = { 
/**
 * The household.
 */
household: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * Its number in the list it came from.
 */
code: string, 
/**
 * How to find its door.
 */
door: string, 
/**
 * How many visits were recorded for it.
 */
visits: number, };

/**
 * Somebody in the household to which they moved.
 */
export type MovedEntry = { 
/**
 * The household.
 */
household: string, 
/**
 * The person's id in it.
 */
resident: string, };

/**
 * A place by name.
 */
export type NamedPlace = { 
/**
 * The place.
 */
id: string, 
/**
 * Its name then.
 */
name: string, };

/**
 * Households next to the one that was visited last.
 */
export type Nearby = { 
/**
 * The head of the household that was visited last.
 */
head: string, 
/**
 * Its lane; empty when its address names none.
 */
lane: string, 
/**
 * What lies next, the same lane first.
 */
households: Array<HouseholdRow>, };

/**
 * Arguments of `network_report`: what the face can tell of the device's network.
 */
export type NetworkReport = { 
/**
 * There is a network.
 */
online: boolean, 
/**
 * It costs by the byte, as mobile data does; null when that cannot be told.
 */
metered: boolean | null, };

/**
 * Arguments of `notebook_people`.
 */
export type NotebookId = { 
/**
 * Which.
 */
notebook: string, };

/**
 * Arguments of `notebook_open`.
 */
export type NotebookOpen = { 
/**
 * Which.
 */
notebook: string, 
/**
 * Who of its members is at this device, where it is not known.
 */
member?: string, };

/**
 * A notebook of this device.
 */
export type NotebookView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * It is open.
 */
open: boolean, 
/**
 * A sample to practise with.
 */
practice: boolean, 
/**
 * Nothing of it is here yet.
 */
joining: boolean, 
/**
 * Who the asker is in it; nothing when they have to say so.
 */
me_name: string | null, 
/**
 * It lists other notebooks.
 */
office: boolean, 
/**
 * The office's notebook that lists it.
 */
from_name: string | null, 
/**
 * How many households it has.
 */
households: number, 
/**
 * Records that no relay has yet.
 */
waiting: number, 
/**
 * Unfinished forms on this device.
 */
drafts: number, 
/**
 * Has at least one relay.
 */
connected: boolean, 
/**
 * The last exchange that went through, with any relay.
 */
last_sync_ms: number | null, 
/**
 * What went wrong since with one of its relays, as an error's code.
 */
error: string | null, };

/**
 * A command without arguments.
 */
export type Nothing = Record<symbol, never>;

/**
 * Arguments of `notice_save`.
 */
export type NoticeSave = { 
/**
 * The notice to write anew; left out, a new one.
 */
notice?: string, 
/**
 * What it says.
 */
text: string, 
/**
 * The last day on which it is shown; for good when left out.
 */
until?: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `notice_set_removed`.
 */
export type NoticeSetRemoved = { 
/**
 * The notice.
 */
notice: string, 
/**
 * Taken back, or not.
 */
removed: boolean, };

/**
 * What the office tells its teams.
 */
export type NoticeView = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it says.
 */
text: string, 
/**
 * The day from which it is shown.
 */
from: string, 
/**
 * The last day on which it is shown; for good when there is none.
 */
until: string | null, 
/**
 * Who wrote it.
 */
author_name: string, 
/**
 * Shown today.
 */
shown: boolean, 
/**
 * Taken back.
 */
removed: boolean, 
/**
 * Where the record is.
 */
sync: SyncMark, };

/**
 * Arguments of commands about one obstacle.
 */
export type ObstacleId = { 
/**
 * The obstacle.
 */
obstacle: string, };

/**
 * Arguments of `obstacle_list`.
 */
export type ObstacleList = { 
/**
 * Only of this household.
 */
household?: string, 
/**
 * Only of this place.
 */
place?: string, };

/**
 * Arguments of `obstacle_raise`.
 */
export type ObstacleRaise = { 
/**
 * The obstacle to write anew; left out, a new one. One of a visit is written anew in the visit.
 */
obstacle?: string, 
/**
 * What stands in the way.
 */
text: string, 
/**
 * Where, if at a known place.
 */
place?: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `obstacle_reply_edit`.
 */
export type ObstacleReplyEdit = { 
/**
 * The obstacle.
 */
obstacle: string, 
/**
 * The answer.
 */
reply: string, 
/**
 * What it is to say; empty takes it back.
 */
text: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `obstacle_rule_set`.
 */
export type ObstacleRuleSet = { 
/**
 * Days without an answer after which an obstacle stands out: 1 to 365.
 */
days: number, };

/**
 * Arguments of `obstacle_reply`, `obstacle_close` and `obstacle_reopen`.
 */
export type ObstacleSay = { 
/**
 * The obstacle.
 */
obstacle: string, 
/**
 * What is said. An answer needs it; to close or reopen it may be left out.
 */
text?: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `obstacle_set_removed`.
 */
export type ObstacleSetRemoved = { 
/**
 * The obstacle, raised on its own.
 */
obstacle: string, 
/**
 * Taken back, or not.
 */
removed: boolean, };

/**
 * What stands in the way, and how far it has come.
 */
export type ObstacleView = { 
/**
 * Its id; the visit's, when it was raised in one.
 */
id: string, 
/**
 * What stands in the way.
 */
text: string, 
/**
 * The day on which it was raised.
 */
day: string, 
/**
 * How many days it has stood: until today, or until it was closed.
 */
age: number, 
/**
 * Who raised it: a member's id.
 */
author: string, 
/**
 * Their name.
 */
author_name: string, 
/**
 * Where; nothing when it was raised on its own and for no place.
 */
place: string | null, 
/**
 * The place's name.
 */
place_name: string, 
/**
 * The household, when it was raised in a visit.
 */
household: string | null, 
/**
 * Its head's name.
 */
head: string, 
/**
 * The photos of the visit, by their hashes.
 */
photos: Array<string>, 
/**
 * What was said of it, oldest first.
 */
words: Array<ObstacleWord>, 
/**
 * Somebody else than who raised it has answered.
 */
answered: boolean, 
/**
 * It is settled.
 */
closed: boolean, 
/**
 * Open and without an answer for longer than the rule allows.
 */
stands_out: boolean, 
/**
 * Taken back. A visit's is taken back with the visit.
 */
removed: boolean, 
/**
 * Where the record is.
 */
sync: SyncMark, };

/**
 * One word that was said of an obstacle.
 */
export type ObstacleWord = { 
/**
 * Its id.
 */
id: string, 
/**
 * An answer, a closing, a reopening.
 */
kind: SaidKind, 
/**
 * The moment.
 */
at_ms: number, 
/**
 * Who said it: a member's id.
 */
author: string, 
/**
 * Their name.
 */
author_name: string, 
/**
 * The answer; empty when it was taken back. May be empty when it was closed or reopened.
 */
text: string, 
/**
 * Where the record is.
 */
sync: SyncMark, };

/**
 * The obstacles, and what the signed-in member may do about them.
 */
export type Obstacles = { 
/**
 * What is open first, of that what stands out first, the oldest first.
 */
obstacles: Array<ObstacleView>, 
/**
 * How many are open.
 */
open: number, 
/**
 * How many of those stand out.
 */
stand_out: number, 
/**
 * Days without an answer after which one stands out.
 */
answer_within: number, 
/**
 * A leader, a deputy or an officer: they may settle what others have raised, and change the days.
 */
leads: boolean, };

/**
 * The office's notebook.
 */
export type Office = { 
/**
 * Whether the asker may change the list, and send.
 */
may: boolean, 
/**
 * The period that runs, by the office's rules.
 */
period: PeriodView, 
/**
 * The notebooks that it lists, by name.
 */
notebooks: Array<OfficeNotebook>, };

/**
 * People of two notebooks who may be one.
 */
export type OfficeAlike = { 
/**
 * The surest of them.
 */
pairs: Array<AlikePair>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * Which notebooks have what the office has.
 */
export type OfficeBrought = { 
/**
 * The listed notebooks, by name.
 */
items: Array<Brought>, };

/**
 * Arguments of `office_found`.
 */
export type OfficeFound = { 
/**
 * The hamlets, 60 at most. One that is listed already is not made again.
 */
names: Array<string>, 
/**
 * A relay pass, to connect those that have no relay yet.
 */
pass?: string, };

/**
 * A notebook on the office's list.
 */
export type OfficeNotebook = { 
/**
 * Its id.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * It has come to this device.
 */
here: boolean, 
/**
 * How many households it has.
 */
households: number, 
/**
 * How far its report of the period is.
 */
state: ReportState, 
/**
 * A report of it is late.
 */
late: boolean, 
/**
 * When the newest that any other device wrote in it came here.
 */
heard_at_ms: number | null, 
/**
 * When anything of it that is here was last written, by the writer's clock.
 */
wrote_at_ms: number | null, 
/**
 * Its teams and their devices.
 */
teams: Array<TeamFreshness>, 
/**
 * Whether the office's other devices get in by themselves.
 */
way: WayIn, 
/**
 * Until when, by the relay's clock.
 */
way_until_ms: number | null, };

/**
 * Arguments of commands about one listed notebook.
 */
export type OfficeOne = { 
/**
 * Which.
 */
notebook: string, };

/**
 * Arguments of `office_bring` and `office_send`.
 */
export type OfficeSend = { 
/**
 * What.
 */
what: WhatKind, 
/**
 * Which campaign or notice.
 */
id?: string, 
/**
 * To which notebooks; to all that are here when left out.
 */
notebooks?: Array<string>, };

/**
 * Arguments of `official_search`.
 */
export type OfficialSearch = { 
/**
 * What was typed: a name, with a district or a province where several are called so.
 */
text: string, 
/**
 * Among the communes before 1 July 2025.
 */
former?: boolean, };

/**
 * Arguments of `official_translate`.
 */
export type OfficialTranslate = { 
/**
 * The code of the former commune.
 */
former: string, };

/**
 * What became of a former commune.
 */
export type OfficialTranslation = { 
/**
 * The former commune.
 */
former: OfficialUnit, 
/**
 * What it became, the likeliest first. Several when it was split: the person says which.
 */
successors: Array<OfficialUnit>, };

/**
 * An official commune.
 */
export type OfficialUnit = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name with its kind: "Xã Vân Hồ".
 */
name: string, 
/**
 * What kind.
 */
kind: UnitKind, 
/**
 * The district that a former one was in; empty now.
 */
district: string, 
/**
 * Its province, as it is called today.
 */
province: string, 
/**
 * A former one was split between several.
 */
split: boolean, };

/**
 * An open station.
 */
export type OpenStation = { 
/**
 * What to type on other devices, the likeliest first; empty while the machine is in no network.
 */
addresses: Array<string>, 
/**
 * The likeliest one as a QR picture (SVG).
 */
qr_svg: string | null, 
/**
 * When it stops by itself if nobody comes.
 */
stops_at_ms: number, 
/**
 * Who came, latest first.
 */
guests: Array<Guest>, 
/**
 * Records that they brought.
 */
received: number, };

/**
 * What happened at the door.
 */
export type Outcome = "met" | "absent" | "refused" | "moved_away";

/**
 * Arguments of commands with one's own PIN.
 */
export type OwnPin = { 
/**
 * The PIN.
 */
pin: string, };

/**
 * A text to paste, in Vietnamese, for whoever receives the report.
 */
export type Pasted = { 
/**
 * The text.
 */
text: string, };

/**
 * A period in short.
 */
export type PeriodSummary = { 
/**
 * Which.
 */
period: PeriodView, 
/**
 * Whether its days are over.
 */
over: boolean, 
/**
 * Visits on its days.
 */
visits: number, 
/**
 * Activities on its days.
 */
activities: number, 
/**
 * Each team's report.
 */
teams: Array<TeamReport>, };

/**
 * A period and its days.
 */
export type PeriodView = { 
/**
 * The month in which it ends.
 */
key: string, 
/**
 * The first day.
 */
first: string, 
/**
 * The last day.
 */
last: string, 
/**
 * The last day on which the report is in time.
 */
due: string, };

/**
 * The periods, newest first.
 */
export type Periods = { 
/**
 * The one that today belongs to.
 */
current: string, 
/**
 * All of which something was written, and the current one.
 */
periods: Array<PeriodSummary>, };

/**
 * A Vietnamese phone number in national form: "0912345678", "02123855123".
 */
export type Phone = string;

/**
 * Arguments of `photo_add`.
 */
export type PhotoAdd = { 
/**
 * The visit whose form is open.
 */
visit: string, 
/**
 * A JPEG of at most 60,000 bytes, without any segment in which cameras write where and when, as base64.
 */
base64: string, };

/**
 * A photo that is kept with a form.
 */
export type PhotoAdded = { 
/**
 * Its name: the hash of the JPEG.
 */
photo: string, };

/**
 * A photo's picture.
 */
export type PhotoBytes = { 
/**
 * The JPEG as base64; nothing while it has not come to this device.
 */
base64: string | null, };

/**
 * Arguments of `photo_get`.
 */
export type PhotoGet = { 
/**
 * The photo, as a visit or a form names it.
 */
photo: string, };

/**
 * Arguments of `profile_pin_change`.
 */
export type PinChange = { 
/**
 * The PIN so far.
 */
pin: string, 
/**
 * The new one.
 */
new_pin: string, };

/**
 * Arguments of `profile_pin_reset`.
 */
export type PinReset = { 
/**
 * Whose.
 */
profile: string, 
/**
 * The temporary PIN.
 */
new_pin: string, };

/**
 * That the machine has its first PIN.
 */
export type PinWasSet = { 
/**
 * Who uses this machine.
 */
profiles: Profiles, 
/**
 * The recovery code, to be written down: it is shown this once.
 */
recovery_code: string, };

/**
 * Arguments of `place_add`.
 */
export type PlaceAdd = { 
/**
 * Its name.
 */
name: string, 
/**
 * What kind.
 */
kind: PlaceKind, 
/**
 * What such a place is called there.
 */
word?: string, 
/**
 * The official code.
 */
official_code?: string, 
/**
 * The place that it is part of.
 */
parent?: string, };

/**
 * Arguments of `place_change_preview` and `place_change_save`.
 */
export type PlaceChangeDraft = { 
/**
 * What happens.
 */
kind: ChangeKind, 
/**
 * The places that it happens to; of a rename and a split one.
 */
from: Array<string>, 
/**
 * What becomes of them; of a rename and a merger one. In a split whoever is not named goes to the first.
 */
into: Array<IntoPlace>, 
/**
 * From which day on; it waits for its decision when left out.
 */
day?: string, 
/**
 * The number of the paper that decides it.
 */
decision?: string, 
/**
 * Of a split, which households go where.
 */
going?: Array<GoingHousehold>, };

/**
 * What a change of places would move.
 */
export type PlaceChangePreview = { 
/**
 * The places as they are before.
 */
before: Array<PlaceSum>, 
/**
 * The places as they are after.
 */
after: Array<PlaceSum>, 
/**
 * Months with records that ended before: their reports stay under the old names.
 */
months_kept: Array<string>, 
/**
 * Months with records from then on: their reports have the new ones.
 */
months_new: Array<string>, };

/**
 * Arguments of `place_change_settle`.
 */
export type PlaceChangeSettle = { 
/**
 * The change.
 */
change: string, 
/**
 * Decided, pending again, or taken back.
 */
state: ChangeState, 
/**
 * From which day on; the one it had when left out.
 */
day?: string, 
/**
 * The number of the paper; the one it had when left out.
 */
decision?: string, };

/**
 * A rename, a merger or a split.
 */
export type PlaceChangeView = { 
/**
 * The change.
 */
id: string, 
/**
 * What happens.
 */
kind: ChangeKind, 
/**
 * How far it is.
 */
state: ChangeState, 
/**
 * From which day on.
 */
day: string | null, 
/**
 * The number of the paper that decides it.
 */
decision: string, 
/**
 * The places that it happens to, as they were called before.
 */
from: Array<NamedPlace>, 
/**
 * What becomes of them.
 */
into: Array<NamedPlace>, 
/**
 * Of a split, how many households are named that go.
 */
going: number, 
/**
 * Places of which another change says something else; this one moves nothing there.
 */
contradicted: Array<NamedPlace>, 
/**
 * Who wrote it last.
 */
by_name: string, };

/**
 * Arguments of `place_edit`; what is left out stays.
 */
export type PlaceEdit = { 
/**
 * The place.
 */
place: string, 
/**
 * Its name, as it should have been written. A place that is renamed gets a change instead.
 */
name?: string, 
/**
 * What kind.
 */
kind?: PlaceKind, 
/**
 * What such a place is called there; empty to clear.
 */
word?: string, 
/**
 * The official code; empty to clear.
 */
official_code?: string, 
/**
 * The place that it is part of; empty to clear.
 */
parent?: string, 
/**
 * The day since which it is there; empty to clear.
 */
from?: string, 
/**
 * The last day on which it was there; empty to clear.
 */
to?: string, 
/**
 * A former name to note down.
 */
formerly?: string, };

/**
 * What kind of place.
 */
export type PlaceKind = "commune" | "hamlet";

/**
 * The places of the notebook, and what becomes of them.
 */
export type PlaceRegistry = { 
/**
 * All places, those that are no longer too.
 */
places: Array<PlaceView>, 
/**
 * Renames, mergers and splits: what waits for its decision first, then the newest.
 */
changes: Array<PlaceChangeView>, 
/**
 * Whether the signed-in member may change places.
 */
may_edit: boolean, };

/**
 * What stands under a place.
 */
export type PlaceSum = { 
/**
 * The place.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Households.
 */
households: number, 
/**
 * Residents.
 */
residents: number, 
/**
 * Visits.
 */
visits: number, 
/**
 * Tasks that are not done.
 */
tasks: number, 
/**
 * The teams of these households by name; who goes there stays the same.
 */
teams: Array<string>, 
/**
 * Members of those teams.
 */
members: number, };

/**
 * A place, as it is today.
 */
export type PlaceView = { 
/**
 * The place.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What kind.
 */
kind: PlaceKind, 
/**
 * What such a place is called there (`bản`, `khu phố`), or empty.
 */
word: string, 
/**
 * The official code, or empty.
 */
official_code: string, 
/**
 * The place that it is part of.
 */
parent: string | null, 
/**
 * The day since which it is there, where that is known.
 */
from: string | null, 
/**
 * The last day on which it was there, where somebody has noted one.
 */
to: string | null, 
/**
 * Names that it had, and those of places that have become this one.
 */
formerly: Array<FormerName>, 
/**
 * Whether it stands. One that does not was merged, split, or is only to come.
 */
standing: boolean, 
/**
 * The place that it has become.
 */
into: string | null, 
/**
 * How many households stand under it.
 */
households: number, };

/**
 * A household as the list has it.
 */
export type PlannedHousehold = { 
/**
 * Its first row, from 1.
 */
row: number, 
/**
 * The list's code, if it is this household's alone in its hamlet.
 */
code: string | null, 
/**
 * The hamlet, in the list's first spelling.
 */
hamlet: string | null, 
/**
 * The people, the head first; never empty.
 */
residents: Array<PlannedResident>, 
/**
 * How to find the door.
 */
door: string | null, 
/**
 * The household's phone, which is its head's.
 */
phone: Phone | null, 
/**
 * How many people the list says live there.
 */
people_count: number | null, 
/**
 * The note.
 */
note: string | null, 
/**
 * The note speaks of a business.
 */
business: boolean, 
/**
 * The note speaks of old people.
 */
elderly: boolean, 
/**
 * The note speaks of working away.
 */
working_away: boolean, };

/**
 * A person as the list has them.
 */
export type PlannedResident = { 
/**
 * The row, from 1.
 */
row: number, 
/**
 * The full name.
 */
name: string, 
/**
 * What the person is to the head, in the list's words.
 */
relation: string | null, 
/**
 * Birthday as far as it is known.
 */
birth: Birth | null, 
/**
 * Sex.
 */
sex: Sex | null, 
/**
 * A phone of their own; the head's is the household's.
 */
phone: Phone | null, };

/**
 * Arguments of `position_set`.
 */
export type PositionSet = { 
/**
 * The household.
 */
household: string, 
/**
 * Degrees north of the equator.
 */
latitude: number, 
/**
 * Degrees east of Greenwich.
 */
longitude: number, 
/**
 * How far off it may be, in metres.
 */
accuracy: number, 
/**
 * The day on which it was measured; today when left out.
 */
day?: string, };

/**
 * Where a door is.
 */
export type PositionView = { 
/**
 * North of the equator, in millionths of a degree.
 */
latitude_e6: number, 
/**
 * East of Greenwich, in millionths of a degree.
 */
longitude_e6: number, 
/**
 * How far off it may be, in metres.
 */
accuracy_m: number, 
/**
 * The day on which it was measured.
 */
day: string, };

/**
 * Arguments of `practice_start`.
 */
export type PracticeStart = { 
/**
 * Who practises; a made-up name when left out.
 */
member_name?: string, };

/**
 * A list as it would come in.
 */
export type Preview = { 
/**
 * The sheets of the file.
 */
sheets: Array<SheetSummary>, 
/**
 * How it is read; a person may change this and ask again.
 */
mapping: Mapping, 
/**
 * What a row stands for.
 */
layout: Layout, 
/**
 * The columns.
 */
columns: Array<ColumnPreview>, 
/**
 * How much would come in.
 */
counts: Counts, 
/**
 * The hamlets that the list names, in its order.
 */
hamlets: Array<string>, 
/**
 * The first issues, in the order of rows.
 */
issues: Array<RowIssue>, 
/**
 * The first households.
 */
households: Array<PlannedHousehold>, };

/**
 * Arguments of `profile_add`.
 */
export type ProfileAdd = { 
/**
 * Which member of the team.
 */
member: string, 
/**
 * Their PIN.
 */
pin: string, };

/**
 * Arguments of `profile_recover`.
 */
export type ProfileRecover = { 
/**
 * Who.
 */
profile: string, 
/**
 * Their recovery code.
 */
code: string, 
/**
 * The PIN they choose.
 */
new_pin: string, };

/**
 * Arguments of `profile_remove`.
 */
export type ProfileRemove = { 
/**
 * Who.
 */
profile: string, };

/**
 * Arguments of `profile_unlock`.
 */
export type ProfileUnlock = { 
/**
 * Who.
 */
profile: string, 
/**
 * Their PIN.
 */
pin: string, 
/**
 * The PIN they choose in place of one that a leader has set.
 */
new_pin?: string, };

/**
 * Somebody who uses this machine.
 */
export type ProfileView = { 
/**
 * The member's id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * What they are in the team.
 */
role: Role, 
/**
 * Their records that no relay has yet; null while the notebook is not open, or busy.
 */
waiting: number | null, 
/**
 * How long they have to wait before the next attempt, in seconds.
 */
wait_s: number, 
/**
 * How many wrong PINs are left before a wait.
 */
tries_left: number, 
/**
 * Has a recovery code.
 */
has_recovery: boolean, 
/**
 * Their PIN was set by a leader, and they choose another when they come in.
 */
temporary: boolean, 
/**
 * Has left every team on this machine, and comes in no more as long as somebody else can.
 */
left: boolean, };

/**
 * Who uses this machine.
 */
export type Profiles = { 
/**
 * The people with a PIN, in the order in which they came; nobody on a machine without PINs.
 */
people: Array<ProfileView>, 
/**
 * Who is at the screen.
 */
signed_in: string | null, 
/**
 * Somebody has to enter a PIN first.
 */
locked: boolean, 
/**
 * The notebook is open behind the lock, and syncs.
 */
open: boolean, 
/**
 * Whoever is signed in may reset others' PINs.
 */
leads: boolean, 
/**
 * After so many minutes without a touch the screen locks; null for never.
 */
lock_after_min: number | null, 
/**
 * The team's name.
 */
team: string, 
/**
 * The device's secret lies in the system's keystore, and not just in another file.
 */
in_keystore: boolean, };

/**
 * How far long work has come.
 */
export type Progress = { 
/**
 * Which work: `import`, `sync` or `file`.
 */
task: string, 
/**
 * Done so far.
 */
done: number, 
/**
 * Of how many; 0 when unknown.
 */
total: number, };

/**
 * Arguments of `progress_get`.
 */
export type ProgressGet = { 
/**
 * Of one team only.
 */
team?: string, 
/**
 * Of one place only.
 */
place?: string, 
/**
 * Over the open notebook and all that it lists; without a team or a place.
 */
commune?: boolean, };

/**
 * Arguments of `progress_heat`.
 */
export type ProgressHeat = { 
/**
 * Of one team only.
 */
team?: string, 
/**
 * Of one place only.
 */
place?: string, 
/**
 * How many households to skip.
 */
offset?: number, 
/**
 * How many to return; 50 when left out, at most 500.
 */
limit?: number, };

/**
 * Hộ đạt at the end of a period.
 */
export type ProgressMonth = { 
/**
 * Which.
 */
period: PeriodView, 
/**
 * Households at target on its last day.
 */
at_target: number, 
/**
 * Of how many that live here now.
 */
households: number, 
/**
 * Households visited on its days; `null` when nothing was written.
 */
visited: number | null, 
/**
 * Visits on its days.
 */
visits: number, };

/**
 * How far the work is.
 */
export type ProgressView = { 
/**
 * Over what.
 */
scope: Scope, 
/**
 * The last twelve periods, oldest first.
 */
months: Array<ProgressMonth>, 
/**
 * The five skills, as of the last of these periods' days.
 */
skills: Array<SkillProgress>, 
/**
 * Residents of whom the skills tell.
 */
residents: number, 
/**
 * Households of which they tell.
 */
households: number, 
/**
 * How many households were reached at any time.
 */
coverage: Coverage, 
/**
 * How many were reached in the current period.
 */
coverage_in_period: Coverage, };

/**
 * How much a member or a team is to do.
 */
export type Quota = { 
/**
 * The member or the team.
 */
of: string, 
/**
 * How much.
 */
quota: number, };

/**
 * Why two may be one.
 */
export type Reason = "same_household" | "same_place" | "same_name" | "alike_name" | "same_birth" | "same_phone" | "same_door" | "moved_apart";

/**
 * The records behind a figure.
 */
export type Records = { 
/**
 * Which period.
 */
period: PeriodView, 
/**
 * What the figure is called.
 */
name: string, 
/**
 * In what it is counted.
 */
unit: string, 
/**
 * The row's name; empty for the whole figure.
 */
row_name: string, 
/**
 * What the records' counts come to; `null` when the figure is blank.
 */
value: number | null, 
/**
 * How many records there are in all.
 */
total: number, 
/**
 * A page of them, by place and name.
 */
records: Array<ReportRecord>, };

/**
 * A recovery code, shown once.
 */
export type RecoveryShown = { 
/**
 * Eight groups of six digits.
 */
code: string, };

/**
 * Arguments of `relay_connect`.
 */
export type RelayConnect = { 
/**
 * The relay pass, as its operator gave it; or an invite of one's own team, for a relay that does not
 * know this device.
 */
pass: string, };

/**
 * A relay of the team.
 */
export type RelayView = { 
/**
 * Its address.
 */
url: string, 
/**
 * The last exchange that went through.
 */
last_sync_ms: number | null, 
/**
 * What went wrong since, as an error's code.
 */
error: string | null, };

/**
 * The report of one period, over a whole notebook, a team or a place.
 */
export type Report = { 
/**
 * Which period.
 */
period: PeriodView, 
/**
 * Over what.
 */
scope: Scope, 
/**
 * What the report is called.
 */
title: string, 
/**
 * To whom it goes.
 */
recipient: string, 
/**
 * How far it is.
 */
state: ReportState, 
/**
 * What has happened to it, oldest first.
 */
events: Array<ReportEvent>, 
/**
 * What it counts, in the order that the place has set.
 */
figures: Array<Figure>, 
/**
 * How many households were reached up to the last day.
 */
coverage: Coverage, 
/**
 * The same on the period's days alone.
 */
coverage_in_period: Coverage, 
/**
 * What people can do, as of the last day: the five skills in order.
 */
skills: Array<SkillLevels>, 
/**
 * The places and teams of the scope of which nothing was written in this period.
 */
silent: Array<Silent>, 
/**
 * When the newest record was written that counts (`2026-11-20T14:05:00+07:00`); `null` when there is none.
 */
as_of: string | null, 
/**
 * Records that are kept and that this version cannot read; they are not counted.
 */
unreadable: number, 
/**
 * What it was locked with; nothing while it is not locked.
 */
lock?: LockView, 
/**
 * What came after the report was locked.
 */
adjustments: Array<Adjustment>, 
/**
 * The notebooks that a commune's report adds up; nothing where it is about one.
 */
notebooks?: Array<ReportNotebook>, 
/**
 * How many pairs of people of two of these notebooks may be one, and are counted twice.
 */
alike?: number, };

/**
 * Arguments of `report_return` and `report_reopen`.
 */
export type ReportBack = { 
/**
 * Which period (`2026-11`).
 */
period: string, 
/**
 * Whose; left out, the whole notebook's.
 */
team?: string, 
/**
 * Why. Whoever gets it back reads this.
 */
reason: string, };

/**
 * Something that somebody did to a report.
 */
export type ReportEvent = { 
/**
 * What.
 */
kind: ReportEventKind, 
/**
 * When, in milliseconds since 1970, by the writer's clock.
 */
at_ms: number, 
/**
 * Who.
 */
by_name: string, 
/**
 * Why, in their words.
 */
reason: string, 
/**
 * It changed nothing: it was taken back, or overtaken by what was done at the same time.
 */
void?: boolean, };

/**
 * What happened to a report.
 */
export type ReportEventKind = "submitted" | "returned" | "approved" | "locked" | "reopened";

/**
 * Arguments of `report_get`.
 */
export type ReportGet = { 
/**
 * Which period (`2026-11`); the current one when left out.
 */
period?: string, 
/**
 * Of one team only.
 */
team?: string, 
/**
 * Of one place only.
 */
place?: string, 
/**
 * Over the open notebook and all that it lists, added up; without a team or a place.
 */
commune?: boolean, };

/**
 * What the signed-in member can do with a report now.
 */
export type ReportMay = { 
/**
 * Submit it.
 */
submit: boolean, 
/**
 * Return it, with a reason.
 */
give_back: boolean, 
/**
 * Approve it.
 */
approve: boolean, 
/**
 * Lock it.
 */
lock: boolean, 
/**
 * Reopen it, with a reason.
 */
reopen: boolean, 
/**
 * Take back what they did last.
 */
undo: boolean, };

/**
 * A notebook that a commune's report adds up.
 */
export type ReportNotebook = { 
/**
 * Which.
 */
notebook: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Whether anything of it is here. One that is not is missing in the figures.
 */
here: boolean, 
/**
 * How far its report is; where that is not locked, the one of its team that is furthest behind.
 */
state: ReportState, 
/**
 * When the newest record was written that counts.
 */
as_of: string | null, 
/**
 * When its report was locked, in milliseconds since 1970; its figures are those of then.
 */
lock_at_ms: number | null, 
/**
 * How many of the documents that went in then are not here, or not as far as they went in.
 */
lacking: number, };

/**
 * Arguments of commands about one report.
 */
export type ReportOf = { 
/**
 * Which period (`2026-11`).
 */
period: string, 
/**
 * Whose; left out, the whole notebook's.
 */
team?: string, };

/**
 * Arguments of `report_periods`.
 */
export type ReportPeriods = { 
/**
 * Over the open notebook and all that it lists.
 */
commune?: boolean, };

/**
 * One record, with what opens it.
 */
export type ReportRecord = { 
/**
 * How much of the figure it is.
 */
count: number, 
/**
 * The household.
 */
household: string | null, 
/**
 * Who of it, where people count.
 */
resident: string | null, 
/**
 * The visit at which it was seen last.
 */
visit: string | null, 
/**
 * The activity.
 */
activity: string | null, 
/**
 * The person's name, the head's, or what the activity was called.
 */
name: string, 
/**
 * The household's head.
 */
head: string, 
/**
 * Its place, as of the period's last day.
 */
place_name: string, 
/**
 * The day on which it was seen last.
 */
day: string | null, 
/**
 * What happened at the visit.
 */
outcome: Outcome | null, 
/**
 * Who wrote it down.
 */
author_name: string, 
/**
 * The item or the service.
 */
what: string, 
/**
 * The notebook that it is in, in a commune's report.
 */
notebook?: string, };

/**
 * Arguments of `report_records`.
 */
export type ReportRecords = { 
/**
 * Which period; the current one when left out.
 */
period?: string, 
/**
 * Of one team only.
 */
team?: string, 
/**
 * Of one place only.
 */
place?: string, 
/**
 * Over the open notebook and all that it lists; without a team or a place.
 */
commune?: boolean, 
/**
 * The key of the figure.
 */
indicator: string, 
/**
 * One row of it, as the figure's rows name it; the whole figure when left out.
 */
row?: string, 
/**
 * The records of what a rate is taken of, and not of what is counted.
 */
of?: boolean, 
/**
 * How many records to skip.
 */
offset?: number, 
/**
 * How many records to return; 200 when left out, at most 1,000.
 */
limit?: number, };

/**
 * How a place reports. Stored as one value.
 */
export type ReportRules = { 
/**
 * The day of the month on which a period ends, 1 to 31; 31 is the month's last day.
 */
end_day: number, 
/**
 * How many days after that the report is due.
 */
due_days: number, 
/**
 * To whom it goes.
 */
recipient: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What it counts, in this order.
 */
indicators: Array<Indicator>, };

/**
 * Where a report stands.
 */
export type ReportState = "draft" | "submitted" | "returned" | "approved" | "locked";

/**
 * Arguments of `report_text`.
 */
export type ReportText = { 
/**
 * Which period (`2026-11`).
 */
period: string, 
/**
 * Of one team only; the list of who is late is always of all.
 */
team?: string, 
/**
 * Over the open notebook and all that it lists; without a team.
 */
commune?: boolean, 
/**
 * Which text.
 */
kind: TextKind, };

/**
 * Arguments of `report_workbook`.
 */
export type ReportWorkbook = { 
/**
 * Which period (`2026-11`).
 */
period: string, 
/**
 * Of one team only.
 */
team?: string, 
/**
 * Over the open notebook and all that it lists; without a team.
 */
commune?: boolean, };

/**
 * Arguments of `resident_add`.
 */
export type ResidentAdd = { 
/**
 * The household.
 */
household: string, 
/**
 * The resident; the name is required.
 */
fields: ResidentFields, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `resident_edit`.
 */
export type ResidentEdit = { 
/**
 * The household.
 */
household: string, 
/**
 * The resident.
 */
resident: string, 
/**
 * What to change.
 */
fields: ResidentFields, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * A resident's fields; what is left out stays as it is.
 */
export type ResidentFields = { 
/**
 * Full name.
 */
name?: string, 
/**
 * Relation to the head ("Vợ").
 */
relation?: string, 
/**
 * Birth: `1984`, `07/1984` or `24/07/1984`; empty to clear.
 */
birth?: string, 
/**
 * Sex.
 */
sex?: Sex, 
/**
 * Phone in any usual spelling; empty to clear.
 */
phone?: string, 
/**
 * Whether they live here.
 */
status?: ResidentStatus, };

/**
 * Another household in which a person is written.
 */
export type ResidentHome = { 
/**
 * How they stand there.
 */
kind: HomeKind, 
/**
 * The household.
 */
household: string, 
/**
 * Its head's name; empty when nobody is left.
 */
head: string, 
/**
 * How to find its door.
 */
door: string, 
/**
 * The person's id there.
 */
resident: string, 
/**
 * What takes the move between the two back.
 */
undo: MovedEntry | null, };

/**
 * Arguments of commands about one resident.
 */
export type ResidentId = { 
/**
 * The household.
 */
household: string, 
/**
 * The resident.
 */
resident: string, };

/**
 * Arguments of `resident_move`.
 */
export type ResidentMove = { 
/**
 * The household that they leave.
 */
household: string, 
/**
 * Who moves.
 */
residents: Array<string>, 
/**
 * The household to which they move; a new one when left out.
 */
to?: string, 
/**
 * The head of the new household, one of those who move; the first of them when left out.
 */
head?: string, 
/**
 * Where the new household is; the old one's place when left out.
 */
place?: string, 
/**
 * How to find the new household's door; the old one's when left out.
 */
door?: string, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * Arguments of `resident_move_undo`.
 */
export type ResidentMoveUndo = { 
/**
 * The household to which they moved.
 */
household: string, 
/**
 * Their ids in it.
 */
residents: Array<string>, };

/**
 * What taking a move back has come to.
 */
export type ResidentMoveUndone = { 
/**
 * The household in which they are again.
 */
household: string, 
/**
 * The household that came into being by the move stays: somebody else lives there, or visits were logged.
 */
stays: boolean, };

/**
 * Where residents have moved.
 */
export type ResidentMoved = { 
/**
 * The household in which they are now.
 */
household: string, 
/**
 * Their ids there, for taking it back.
 */
residents: Array<string>, 
/**
 * Nobody is left in the old household.
 */
left_empty: boolean, };

/**
 * Whether a resident lives in the household.
 */
export type ResidentStatus = "living" | "working_away" | "moved_away" | "moved_household" | "deceased";

/**
 * A resident as *Hộ* shows them.
 */
export type ResidentView = { 
/**
 * The resident.
 */
id: string, 
/**
 * Full name.
 */
name: string, 
/**
 * Relation to the head, as recorded ("Vợ"), or empty.
 */
relation: string, 
/**
 * Birth: `1984`, `1984-07` or `1984-07-24`, or empty.
 */
birth: string, 
/**
 * Sex, if the list has it.
 */
sex: Sex | null, 
/**
 * Their own phone, or empty.
 */
phone: string, 
/**
 * Whether they live here.
 */
status: ResidentStatus, 
/**
 * Whether they have agreed to being recorded.
 */
consent: ConsentState, 
/**
 * When they answered.
 */
consent_at_ms: number | null, 
/**
 * Head of the household.
 */
head: boolean, 
/**
 * The best resident, whose levels the list shows.
 */
best: boolean, 
/**
 * Their current levels.
 */
levels: [Level, Level, Level, Level, Level], 
/**
 * Items they have been seen to do, ever.
 */
items_done: Array<string>, 
/**
 * Removed, can be restored.
 */
removed: boolean, 
/**
 * Their ids in this household: more than one when they were merged.
 */
entries: Array<string>, 
/**
 * Other households in which they are written: they moved.
 */
homes: Array<ResidentHome>, };

/**
 * What somebody is in the team.
 */
export type Role = "leader" | "deputy" | "member" | "collaborator" | "commune_officer";

/**
 * What a person should know about a row.
 */
export type RowIssue = { 
/**
 * The sheet's name.
 */
sheet: string, 
/**
 * The row, from 1.
 */
row: number, 
/**
 * The column's letter, if it is about one.
 */
column: string | null, 
/**
 * How bad it is.
 */
severity: Severity, 
/**
 * What it is.
 */
code: IssueCode, 
/**
 * What the cell holds, shortened; never an identity-card number.
 */
value: string | null, };

/**
 * Arguments of `rules_get`.
 */
export type RulesGet = { 
/**
 * The rules of which period; of the current one when left out.
 */
period?: string, };

/**
 * Arguments of `rules_set`.
 */
export type RulesSet = { 
/**
 * From which period on they are in force. One that is over keeps its rules, unless nobody has ever set any.
 */
from_period: string, 
/**
 * The rules.
 */
rules: ReportRules, };

/**
 * The rules of a period.
 */
export type RulesView = { 
/**
 * The period that was asked for.
 */
period: PeriodView, 
/**
 * From which period on these rules are in force; `null` when nobody has set any.
 */
since: string | null, 
/**
 * From which later period on others are in force.
 */
until: string | null, 
/**
 * The rules.
 */
rules: ReportRules, 
/**
 * The first period whose rules can be changed.
 */
open_from: string, 
/**
 * Whether the signed-in member may change them: an officer, and who leads the founding team or a commune's.
 */
may_set: boolean, };

/**
 * What kind of word was said of an obstacle.
 */
export type SaidKind = "reply" | "closed" | "reopened";

/**
 * What may be one.
 */
export type SameKind = "household" | "resident";

/**
 * What a report is about.
 */
export type Scope = { 
/**
 * One team only.
 */
team: string | null, 
/**
 * One place only.
 */
place: string | null, 
/**
 * The team's or the place's name; the notebook's where it is neither.
 */
name: string, };

/**
 * How often a service was given: occurrences, not people.
 */
export type ServiceCount = { 
/**
 * The service's key, as in the space's checklist.
 */
service: string, 
/**
 * How many times.
 */
count: number, };

/**
 * What a visit or an activity counts besides skills.
 */
export type ServiceView = { 
/**
 * The key in counts.
 */
key: string, 
/**
 * Its name.
 */
name: string, };

/**
 * What becomes of a row with an issue.
 */
export type Severity = "doubtful" | "refused";

/**
 * As the household list has it.
 */
export type Sex = "female" | "male";

/**
 * A sheet of the file.
 */
export type SheetSummary = { 
/**
 * Its name.
 */
name: string, 
/**
 * Rows with something in them.
 */
rows: number, };

/**
 * A place or a team of which nothing was written.
 */
export type Silent = { 
/**
 * The place.
 */
place: string | null, 
/**
 * The team.
 */
team: string | null, 
/**
 * Its name.
 */
name: string, };

/**
 * One of the five basic digital skills, in the order in which they are always shown.
 */
export type SkillKey = "public_services" | "shopping" | "payment" | "safety" | "local";

/**
 * How many people are at each level of a skill.
 */
export type SkillLevels = { 
/**
 * The skill.
 */
skill: SkillKey, 
/**
 * Residents at each of the five levels, from not assessed to proficient. Together they are all residents.
 */
levels: [number, number, number, number, number], };

/**
 * What people can do in one skill.
 */
export type SkillProgress = { 
/**
 * The skill.
 */
skill: SkillKey, 
/**
 * Residents at each of the five levels.
 */
people: [number, number, number, number, number], 
/**
 * Households by the level of whoever in them is best in this skill.
 */
best: [number, number, number, number, number], };

/**
 * A skill with its items, as the space has them.
 */
export type SkillView = { 
/**
 * Which of the five.
 */
key: SkillKey, 
/**
 * Its name.
 */
name: string, 
/**
 * Its items in order.
 */
items: Array<ItemView>, };

/**
 * The order of *Hộ dân*.
 */
export type Sort = "last_visit" | "name" | "place" | "lane";

/**
 * The notebook that is open.
 */
export type SpaceStatus = { 
/**
 * Its id.
 */
id: string, 
/**
 * The team's name.
 */
name: string, 
/**
 * A sample to practise with.
 */
practice: boolean, 
/**
 * Has at least one relay.
 */
connected: boolean, 
/**
 * How many households it has.
 */
households: number, 
/**
 * It lists other notebooks: an office's.
 */
office: boolean, };

/**
 * Over which days something is counted.
 */
export type Span = "period" | "cumulative" | "year";

/**
 * Whether this device serves its room, and how that goes.
 */
export type StationStatus = { 
/**
 * The station, while it is open.
 */
open: OpenStation | null, 
/**
 * It has stopped by itself, because nobody came any more.
 */
stopped_by_itself: boolean, };

/**
 * A device of the team that served a room to this one.
 */
export type StationView = { 
/**
 * The full name of whoever uses it.
 */
name: string, 
/**
 * The last exchange that went through.
 */
last_sync_ms: number | null, 
/**
 * Records that it has and no relay yet.
 */
records: number, };

/**
 * Arguments of `station_visit`.
 */
export type StationVisit = { 
/**
 * The address on the other device's screen, typed or scanned.
 */
address: string, };

/**
 * What this device holds.
 */
export type Status = { 
/**
 * The notebook that is open, if there is one.
 */
space: SpaceStatus | null, 
/**
 * How many notebooks this device has.
 */
notebooks: number, 
/**
 * The signed-in member.
 */
me: MemberView | null, 
/**
 * Records that no relay has yet.
 */
waiting: number, 
/**
 * Today, as this device believes.
 */
today: string, 
/**
 * The app's version.
 */
version: string, };

/**
 * Where a record is, and since when.
 */
export type SyncMark = { 
/**
 * Where it is.
 */
state: SyncState, 
/**
 * When it arrived, by this device's clock.
 */
at_ms: number | null, 
/**
 * The relay that has it, as its host name.
 */
relay: string | null, };

/**
 * What one `sync_now` did.
 */
export type SyncReport = { 
/**
 * Exchanges with relays.
 */
exchanges: number, 
/**
 * Records sent and confirmed.
 */
sent: number, 
/**
 * Records received.
 */
received: number, 
/**
 * Households that changed by it.
 */
households_changed: number, 
/**
 * Fields that are crossed now.
 */
conflicts: number, 
/**
 * Bytes of requests, without HTTP headers.
 */
bytes_up: number, 
/**
 * Bytes of answers, without HTTP headers.
 */
bytes_down: number, };

/**
 * When the app syncs by itself. What a person asks for is always done.
 */
export type SyncSettings = { 
/**
 * Not on a metered connection. One of which nobody can tell is not taken for metered.
 */
wifi_only: boolean, };

/**
 * Where a record is now. The order is the order of getting there.
 */
export type SyncState = "here" | "waiting" | "arrived" | "failed";

/**
 * What waits, what arrived, and where.
 */
export type SyncStatus = { 
/**
 * Unfinished forms on this device.
 */
drafts: number, 
/**
 * Records that no relay has yet.
 */
waiting: number, 
/**
 * The oldest of them.
 */
waiting_since_ms: number | null, 
/**
 * Whose they are.
 */
waiting_by: Array<WaitingBy>, 
/**
 * Records that a relay has.
 */
arrived: number, 
/**
 * Photos that no relay has yet. They go when all records have.
 */
photos_waiting: number, 
/**
 * Photos of others that have not come to this device yet.
 */
photos_to_come: number, 
/**
 * Photos wait until there is Wi-Fi, or somebody asks: the connection is metered.
 */
photos_wait_for_wifi: boolean, 
/**
 * Received bytes that could not be opened or applied yet. They are kept.
 */
quarantined: number, 
/**
 * When a record was seen that this device has signed and not written, in milliseconds since 1970:
 * its folder was copied to another device, or set back.
 */
double_at_ms: number | null, 
/**
 * The team's relays.
 */
relays: Array<RelayView>, 
/**
 * Nothing is sent without being asked until there is Wi-Fi: the person wants it so, and the
 * connection is metered.
 */
waits_for_wifi: boolean, 
/**
 * Devices of the team that served a room to this one, latest first.
 */
stations: Array<StationView>, };

/**
 * What somebody has done on one day.
 */
export type Tally = { 
/**
 * Visits.
 */
visits: number, 
/**
 * Households visited.
 */
households: number, 
/**
 * Of these: somebody was met.
 */
met: number, 
/**
 * Of these: nobody was at home all day.
 */
absent: number, 
/**
 * People met, each once.
 */
residents: number, };

/**
 * Arguments of `target_set`.
 */
export type TargetSet = { 
/**
 * The place or the team.
 */
scope: string, 
/**
 * The indicator's key.
 */
indicator: string, 
/**
 * The period from which it holds (`2026-11`). Earlier ones keep what they had.
 */
from: string, 
/**
 * How much; left out, there is none from this period on.
 */
number?: number, };

/**
 * What a place or a team is to reach.
 */
export type TargetView = { 
/**
 * The place or the team.
 */
scope: string, 
/**
 * The indicator's key.
 */
indicator: string, 
/**
 * The period from which it holds (`2026-11`).
 */
from: string, 
/**
 * How much. A negative one says that there is none from this period on.
 */
number: number, };

/**
 * Arguments of `task_assign`.
 */
export type TaskAssign = { 
/**
 * The households where it is to be done; none when it belongs to no household.
 */
households?: Array<string>, 
/**
 * What is to be done. At households it may be left out: then it is to visit them.
 */
what?: string, 
/**
 * The member who is to do it.
 */
who: string, 
/**
 * The last day on which it is in time (`2026-11-25`).
 */
due?: string, 
/**
 * How often it is to be done, where it belongs to no household; once when left out.
 */
goal?: number, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * A household of a task.
 */
export type TaskHousehold = { 
/**
 * The household.
 */
id: string, 
/**
 * Its head's name.
 */
head: string, 
/**
 * The head's birth year, to tell two of one name apart.
 */
head_birth_year: number | null, 
/**
 * How to find the door.
 */
door: string, 
/**
 * Whether it is done here.
 */
done: boolean, };

/**
 * Arguments of commands about one task.
 */
export type TaskId = { 
/**
 * The task.
 */
task: string, };

/**
 * Arguments of `task_list`.
 */
export type TaskList = { 
/**
 * Only of this member; of the whole team when left out.
 */
who?: string, };

/**
 * Arguments of `task_progress`.
 */
export type TaskProgress = { 
/**
 * The task.
 */
task: string, 
/**
 * The household at which it was done; none when the task belongs to no household.
 */
household?: string, 
/**
 * How often it is done; at a household 0 or 1. What a visit has done stays done.
 */
done: number, };

/**
 * Arguments of `task_set_removed`.
 */
export type TaskSetRemoved = { 
/**
 * The task.
 */
task: string, 
/**
 * Taken back, or not.
 */
removed: boolean, };

/**
 * Something to do.
 */
export type TaskView = { 
/**
 * The task.
 */
id: string, 
/**
 * What is to be done; empty means to visit.
 */
what: string, 
/**
 * The member who is to do it; empty when nobody is named.
 */
who: string, 
/**
 * That member's name.
 */
who_name: string, 
/**
 * The name of who asked for it and answers for it.
 */
from_who_name: string, 
/**
 * The day on which it was given.
 */
from: string | null, 
/**
 * The last day on which it is in time.
 */
due: string | null, 
/**
 * It is not done, and that day is past.
 */
overdue: boolean, 
/**
 * How often it is to be done; at each household once.
 */
goal: number, 
/**
 * How often it is done.
 */
done: number, 
/**
 * Its households, lane by lane; none when it belongs to no household.
 */
households: Array<TaskHousehold>, 
/**
 * Taken back; can be restored.
 */
removed: boolean, };

/**
 * A team, and when it was last heard from.
 */
export type TeamFreshness = { 
/**
 * The team; nothing for devices of which nobody knows whose they are.
 */
team: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * When the newest that any of its devices wrote came here; nothing when none of it has.
 */
heard_at_ms: number | null, 
/**
 * When its members last wrote anything that is here, in milliseconds since 1970, by their clocks.
 */
wrote_at_ms: number | null, 
/**
 * This device is one of its.
 */
here: boolean, 
/**
 * Its devices, by the member who used each first.
 */
devices: Array<DeviceView>, };

/**
 * Something to think about.
 */
export type TeamHint = { 
/**
 * What.
 */
what: Hint, 
/**
 * The number of members that it is measured by.
 */
than: number, };

/**
 * Arguments of `team_join`.
 */
export type TeamJoin = { 
/**
 * The invite: a link, or the relay's or station's address and the typed code with a space between.
 */
invite: string, 
/**
 * The full name of who joins. A member of that name is taken, otherwise added.
 */
member_name: string, };

/**
 * What kind of team.
 */
export type TeamKind = "hamlet" | "commune";

/**
 * Which team looks after a household.
 */
export type TeamOfHousehold = { 
/**
 * The team; none where several cover the household's place and it has none of its own.
 */
id: string | null, 
/**
 * What it is called; empty where there is none.
 */
name: string, 
/**
 * Somebody has said so of this household; otherwise it follows from its place.
 */
own: boolean, };

/**
 * How far a team's report is.
 */
export type TeamReport = { 
/**
 * The team.
 */
team: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How far.
 */
state: ReportState, 
/**
 * Whether it is not submitted though it is due.
 */
late: boolean, 
/**
 * Visits of its households.
 */
visits: number, };

/**
 * Arguments of `team_save`.
 */
export type TeamSave = { 
/**
 * The team; a new one when left out.
 */
team?: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What kind.
 */
kind: TeamKind, 
/**
 * How many members it should have at least.
 */
smallest?: number, 
/**
 * How many members it should have at most.
 */
largest?: number, 
/**
 * The places that it covers. The founding team covers what no other does.
 */
places: Array<string>, };

/**
 * Arguments of `team_set_removed`.
 */
export type TeamSetRemoved = { 
/**
 * The team.
 */
team: string, 
/**
 * Taken off, or not.
 */
removed: boolean, };

/**
 * What a team looks like there.
 */
export type TeamShape = { 
/**
 * Of a hamlet, or of the commune.
 */
kind: TeamKind, 
/**
 * The fewest members.
 */
smallest: number, 
/**
 * The most members.
 */
largest: number, 
/**
 * Who leads it there ("Bí thư Đoàn xã").
 */
led_by: string, };

/**
 * Arguments of `team_start`.
 */
export type TeamStart = { 
/**
 * The team's name, e.g. "Tổ CNSCĐ bản Pa Cốp".
 */
team_name: string, 
/**
 * The hamlet's name, e.g. "Bản Pa Cốp". A list may bring more places.
 */
place_name: string, 
/**
 * The full name of who starts it; becomes its leader.
 */
member_name: string, };

/**
 * A team.
 */
export type TeamView = { 
/**
 * The team.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What kind.
 */
kind: TeamKind, 
/**
 * How many members it should have at least; where nobody has set it, the locality's shape holds.
 */
smallest: number | null, 
/**
 * How many members it should have at most, likewise.
 */
largest: number | null, 
/**
 * Taken off; can be brought back.
 */
removed: boolean, 
/**
 * The one with which the notebook began: it covers what no other does.
 */
founding: boolean, 
/**
 * The places that it says it covers.
 */
places: Array<string>, 
/**
 * How many households it has.
 */
households: number, 
/**
 * How many members are there, collaborators too.
 */
members: number, 
/**
 * Of these: collaborators.
 */
collaborators: number, 
/**
 * Its groups of collaborators.
 */
groups: Array<GroupView>, 
/**
 * Something to think about.
 */
hint: TeamHint | null, 
/**
 * How many of its members have done which course.
 */
training: Array<CourseCount>, 
/**
 * Whether the signed-in member may change it.
 */
may_edit: boolean, };

/**
 * The teams of the notebook.
 */
export type Teams = { 
/**
 * The teams by name, those that were taken off too.
 */
teams: Array<TeamView>, 
/**
 * Households of which nobody knows whose they are: several teams cover their place.
 */
unassigned: number, 
/**
 * Whether the signed-in member looks after all of them: may add teams and change places.
 */
may_all: boolean, };

/**
 * A text to paste.
 */
export type TextKind = "summary" | "late";

/**
 * *Hôm nay*: what the signed-in member has before them.
 */
export type Today = { 
/**
 * Their visits that were begun and not finished.
 */
drafts: Array<DraftSummary>, 
/**
 * Households to which they said that they would come back: overdue, today, and in the next seven days.
 */
appointments: Array<HouseholdRow>, 
/**
 * How many households are due by an appointment of somebody else.
 */
due_of_others: number, 
/**
 * Their tasks that are not done.
 */
tasks: Array<TaskView>, 
/**
 * What they have done today.
 */
tally: Tally, 
/**
 * What lies next on the way; nothing before the first visit of the day.
 */
nearby: Nearby | null, 
/**
 * Whether the notebook has any household.
 */
has_households: boolean, };

/**
 * Arguments of `training_set`.
 */
export type TrainingSet = { 
/**
 * The course.
 */
course: string, 
/**
 * Done today, or not done after all.
 */
done: boolean, };

/**
 * What an official commune is called in front of its name.
 */
export type UnitKind = "commune" | "ward" | "township" | "special_zone" | "district";

/**
 * What somebody said of two.
 */
export type Verdict = "same" | "different" | "undone";

/**
 * What a check found.
 */
export type Verification = { 
/**
 * Nothing is wrong.
 */
clean: boolean, 
/**
 * Documents that were read.
 */
documents: number, 
/**
 * Changes that were read.
 */
changes: number, 
/**
 * Chunks whose signature, seal and content were checked.
 */
chunks: number, 
/**
 * Photos whose bytes are those that they are named by.
 */
photos: number, 
/**
 * What is wrong, for an engineer.
 */
problems: Array<string>, };

/**
 * A visit to another household, at which somebody of this one was met before they moved, or after.
 */
export type VisitElsewhere = { 
/**
 * The household that was visited.
 */
household: string, 
/**
 * The visit; people of this household under the ids that they have here.
 */
visit: VisitView, };

/**
 * The visit form as it stands. Everything may still be missing or wrong.
 */
export type VisitForm = { 
/**
 * The day it counts for (`2026-11-18`); today when left out.
 */
day?: string, 
/**
 * What happened.
 */
outcome?: Outcome, 
/**
 * Who was met.
 */
met?: Array<string>, 
/**
 * Levels seen.
 */
assessments?: Array<Assessment>, 
/**
 * Items done.
 */
items?: Array<ItemDone>, 
/**
 * Services given.
 */
services?: Array<ServiceCount>, 
/**
 * What is needed.
 */
need?: string, 
/**
 * A note.
 */
note?: string, 
/**
 * An obstacle.
 */
obstacle?: string, 
/**
 * Tasks of this household that were done with it.
 */
tasks?: Array<string>, 
/**
 * The day to come back (`2026-11-25`).
 */
follow_up?: string, 
/**
 * The skills whose lesson cards were shown.
 */
shown?: Array<SkillKey>, 
/**
 * Photos of what is needed or stands in the way, as `photo_add` has named them.
 */
photos?: Array<string>, 
/**
 * Members who came along.
 */
with?: Array<string>, };

/**
 * Arguments of commands about one visit.
 */
export type VisitId = { 
/**
 * The household.
 */
household: string, 
/**
 * The visit.
 */
visit: string, };

/**
 * Arguments of `visit_open`.
 */
export type VisitOpen = { 
/**
 * The household. An unfinished form of this household is opened again.
 */
household: string, 
/**
 * A saved visit to correct.
 */
correct?: string, };

/**
 * What one visit did.
 */
export type VisitReport = { 
/**
 * Whose device it was.
 */
name: string, 
/**
 * Records left there that it did not have.
 */
sent: number, 
/**
 * Records received.
 */
received: number, 
/**
 * Fields that are crossed now.
 */
conflicts: number, };

/**
 * Arguments of `visit_save`.
 */
export type VisitSave = { 
/**
 * The household.
 */
household: string, 
/**
 * The visit of the open form; left out, the visit is new (as for "vắng nhà" in one tap).
 */
visit?: string, 
/**
 * The finished form.
 */
form: VisitForm, 
/**
 * The person has said that nine digits in a text are no ID card.
 */
nine_digits_ok?: boolean, };

/**
 * What was saved.
 */
export type VisitSaved = { 
/**
 * The visit.
 */
visit: string, 
/**
 * The household as it is now.
 */
household: HouseholdDetail, 
/**
 * The period of a report that was locked before: there this visit is an adjustment.
 */
late_for?: string, };

/**
 * A visit as the timeline shows it.
 */
export type VisitView = { 
/**
 * The visit.
 */
id: string, 
/**
 * The day it counts for.
 */
day: string, 
/**
 * When the form was opened, by that device's clock.
 */
opened_at_ms: number, 
/**
 * The volunteer's id.
 */
author: string, 
/**
 * The volunteer's name.
 */
author_name: string, 
/**
 * What happened.
 */
outcome: Outcome, 
/**
 * Who was met.
 */
met: Array<string>, 
/**
 * Levels seen.
 */
assessments: Array<AssessmentView>, 
/**
 * Items done.
 */
items: Array<ItemDone>, 
/**
 * Services given.
 */
services: Array<ServiceCount>, 
/**
 * What is needed.
 */
need: string, 
/**
 * A note.
 */
note: string, 
/**
 * An obstacle.
 */
obstacle: string, 
/**
 * The day to come back.
 */
follow_up: string | null, 
/**
 * The skills whose lesson cards were shown.
 */
shown: Array<SkillKey>, 
/**
 * Photos of what is needed or stands in the way, by the hash of their JPEG.
 */
photos: Array<string>, 
/**
 * Members who came along.
 */
with: Array<Companion>, 
/**
 * Taken back; can be restored.
 */
removed: boolean, 
/**
 * Where it is.
 */
sync: SyncMark, };

/**
 * How many records of one member wait.
 */
export type WaitingBy = { 
/**
 * The member's name.
 */
name: string, 
/**
 * How many.
 */
records: number, };

/**
 * Whether the office's other devices get into a notebook by themselves.
 */
export type WayIn = "none" | "fresh" | "old";

/**
 * What can be handed down.
 */
export type WhatKind = "checklist" | "rules" | "locality" | "campaign" | "notice";

/**
 * A workbook.
 */
export type WorkbookOut = { 
/**
 * What the file is called.
 */
name: string, 
/**
 * Its bytes, base64.
 */
bytes: string, };

/** Every command with what it takes and what it returns. */
export interface Commands {
  /** What this device holds and who is using it. The first question of every face. */
  status: { args: Nothing; result: Status };
  /** Starts a new team on this device. Needs no network. */
  team_start: { args: TeamStart; result: Status };
  /** Opens a sample hamlet to practise with. It is never sent anywhere. */
  practice_start: { args: PracticeStart; result: Status };
  /** Throws the sample hamlet away. */
  practice_end: { args: Nothing; result: Status };
  /** Joins a team with an invite. Needs the relay, or the station that it is for. */
  team_join: { args: TeamJoin; result: Status };
  /** The notebooks of this device: the open one, then by name. */
  notebook_list: { args: Nothing; result: Array<NotebookView> };
  /** The members of a notebook of this device, for somebody to say who of them they are. */
  notebook_people: { args: NotebookId; result: Array<MemberView> };
  /** Opens another notebook of this device. All commands are about the one that is open; all notebooks sync. */
  notebook_open: { args: NotebookOpen; result: Status };
  /** The notebooks that the open one lists, an office's: how far each is, and when it was last heard from. */
  office_get: { args: Nothing; result: Office };
  /** Makes notebooks for hamlets, set up as the office's is, and lists them. Only who is in charge may change the list. */
  office_found: { args: OfficeFound; result: Office };
  /** Lists a notebook of this device: from now on every device of the office opens it. */
  office_add: { args: OfficeOne; result: Office };
  /** Takes a notebook off the list. The office's devices keep what they have of it. */
  office_remove: { args: OfficeOne; result: Office };
  /** Which of the listed notebooks have what the office has: a checklist, rules, words, a campaign, a notice. */
  office_bring: { args: OfficeSend; result: OfficeBrought };
  /** Writes it into them. Sending twice changes nothing. */
  office_send: { args: OfficeSend; result: OfficeBrought };
  /** People who are written in two of the office's notebooks, and so may be counted twice. */
  office_alike: { args: Nothing; result: OfficeAlike };
  /** The members who are here; those who have left too, where they are asked for. */
  member_list: { args: MemberList; result: Array<MemberView> };
  /** Adds a member to a team. Only who is in charge of it adds others than members and collaborators. */
  member_add: { args: MemberAdd; result: MemberView };
  /** Edits a member; fields that are left out stay. Only who is in charge of their team may, and a name and a title they themselves. */
  member_edit: { args: MemberEdit; result: MemberView };
  /** Writes down that a member has left: they stay in what was recorded and are given nothing new. */
  member_leave: { args: MemberLeave; result: MemberView };
  /** Writes down that a member is back. */
  member_return: { args: MemberReturn; result: MemberView };
  /** The teams, with their groups, sizes and training. */
  team_list: { args: Nothing; result: Teams };
  /** Adds a team or writes it anew. Only an officer, or who leads the founding team or a commune's, adds one or changes what it covers. */
  team_save: { args: TeamSave; result: Teams };
  /** Takes a team off, or brings it back. */
  team_set_removed: { args: TeamSetRemoved; result: Teams };
  /** Adds a group of collaborators to a team, or writes it anew. */
  group_save: { args: GroupSave; result: Teams };
  /** Gives households a team of their own, or back to that of their place. */
  household_team: { args: HouseholdTeam; result: Done };
  /** Names who is using this device from now on. */
  member_sign_in: { args: MemberSignIn; result: Status };
  /** The team's devices, and when each was last heard from. */
  device_list: { args: Nothing; result: Array<DeviceView> };
  /** Gives this device another name. */
  device_rename: { args: DeviceRename; result: Array<DeviceView> };
  /** The places of the notebook that stand today. */
  place_list: { args: Nothing; result: Array<PlaceView> };
  /** All places, those that are no longer too, and the renames, mergers and splits. */
  place_registry: { args: Nothing; result: PlaceRegistry };
  /** Adds a place. */
  place_add: { args: PlaceAdd; result: PlaceView };
  /** Edits a place; fields that are left out stay. Only an officer, or who leads the founding team or a commune's, may; so it is with all changes of places. */
  place_edit: { args: PlaceEdit; result: PlaceView };
  /** What a rename, a merger or a split would move. Nothing is written. */
  place_change_preview: { args: PlaceChangeDraft; result: PlaceChangePreview };
  /** Writes a rename, a merger or a split. It moves nothing while it waits for its decision, and no household's document ever. */
  place_change_save: { args: PlaceChangeDraft; result: PlaceRegistry };
  /** Decides such a change, takes it back, or does it again. */
  place_change_settle: { args: PlaceChangeSettle; result: PlaceRegistry };
  /** The official communes by name: those since 1 July 2025, or those before. */
  official_search: { args: OfficialSearch; result: Array<OfficialUnit> };
  /** What became of a commune from before 1 July 2025. One that was split became several. */
  official_translate: { args: OfficialTranslate; result: OfficialTranslation };
  /** The skills, their items and the services that are counted. */
  checklist_get: { args: Nothing; result: Checklist };
  /** Adds an item to a skill, rewords one or retires it. */
  checklist_edit: { args: ChecklistEdit; result: Checklist };
  /** What the signed-in member has before them today. */
  today_get: { args: Nothing; result: Today };
  /** The tasks of the team, or of one member: what is open first, by due day. */
  task_list: { args: TaskList; result: Array<TaskView> };
  /** One task. */
  task_get: { args: TaskId; result: TaskView };
  /** Gives somebody something to do, at one household, at many at once, or at none. Only a leader, a deputy or an officer may give tasks to others. */
  task_assign: { args: TaskAssign; result: TaskView };
  /** Says how far a task is. A visit at which somebody was met does a task that asks for no more. */
  task_progress: { args: TaskProgress; result: TaskView };
  /** Takes a task back, or restores it. */
  task_set_removed: { args: TaskSetRemoved; result: TaskView };
  /** A page of households, by search, filter and sort. */
  household_list: { args: HouseholdQuery; result: HouseholdList };
  /** Everything about one household. */
  household_get: { args: HouseholdId; result: HouseholdDetail };
  /** Adds a household that no list has, with its head. */
  household_add: { args: HouseholdAdd; result: HouseholdDetail };
  /** Edits a household; fields that are left out stay. */
  household_edit: { args: HouseholdEdit; result: HouseholdDetail };
  /** Writes down where a household's door is, as a device has measured it to 100 metres or better. */
  position_set: { args: PositionSet; result: HouseholdDetail };
  /** Takes a household's position off again. */
  position_remove: { args: HouseholdId; result: HouseholdDetail };
  /** Removes a household; it can be restored. */
  household_remove: { args: HouseholdId; result: Done };
  /** Restores a removed household. */
  household_restore: { args: HouseholdId; result: Done };
  /** What was ever written about a household, newest first. */
  household_history: { args: HouseholdId; result: Array<HistoryEntry> };
  /** Brings an earlier value of a field back. */
  history_restore: { args: HistoryRestore; result: HouseholdDetail };
  /** Adds a resident. */
  resident_add: { args: ResidentAdd; result: HouseholdDetail };
  /** Edits a resident; fields that are left out stay. */
  resident_edit: { args: ResidentEdit; result: HouseholdDetail };
  /** Removes a resident; they can be restored. */
  resident_remove: { args: ResidentId; result: HouseholdDetail };
  /** Restores a removed resident. */
  resident_restore: { args: ResidentId; result: HouseholdDetail };
  /** Moves residents to another household of the notebook, or to a new one: a split, a marriage. They stay who they are, with all that was seen of them, and it can be taken back. */
  resident_move: { args: ResidentMove; result: ResidentMoved };
  /** Takes such a move back. A household that came into being by it goes too, when nothing else is in it. */
  resident_move_undo: { args: ResidentMoveUndo; result: ResidentMoveUndone };
  /** Everything that is held about a resident, for that very person to read. */
  resident_holdings: { args: ResidentId; result: Holdings };
  /** Records what a resident answered when asked for consent. */
  consent_record: { args: ConsentRecord; result: HouseholdDetail };
  /** Whether nobody is assessed before they were asked for consent. */
  consent_setting_get: { args: Nothing; result: ConsentSetting };
  /** Changes that rule. Only a leader, a deputy or an officer may. */
  consent_setting_set: { args: ConsentSettingSet; result: ConsentSetting };
  /** Opens the form of a new visit, or of one to correct. Its id and time are fixed here. */
  visit_open: { args: VisitOpen; result: Draft };
  /** Keeps a form as it is now. The face calls it at every touch. */
  draft_save: { args: DraftSave; result: DraftSaved };
  /** The unfinished forms of the signed-in member. */
  draft_list: { args: Nothing; result: Array<DraftSummary> };
  /** One unfinished form. */
  draft_get: { args: DraftId; result: Draft };
  /** Throws an unfinished form away. */
  draft_discard: { args: DraftId; result: Done };
  /** Keeps a photo with an unfinished form, at once. At most four a visit. */
  photo_add: { args: PhotoAdd; result: PhotoAdded };
  /** A photo's picture, if it has come to this device. */
  photo_get: { args: PhotoGet; result: PhotoBytes };
  /** Saves a visit, new or corrected, and drops its draft, in one transaction. */
  visit_save: { args: VisitSave; result: VisitSaved };
  /** Takes a visit back; it can be restored. */
  visit_remove: { args: VisitId; result: HouseholdDetail };
  /** Restores a visit that was taken back. */
  visit_restore: { args: VisitId; result: HouseholdDetail };
  /** The activities that belong to no household, newest first. */
  activity_list: { args: Nothing; result: Array<ActivityView> };
  /** Adds an activity or writes it anew. */
  activity_save: { args: ActivitySave; result: ActivityView };
  /** Counts on at an activity: people who came, or a service that was given. Several members may count at once. */
  activity_count: { args: ActivityCount; result: ActivityView };
  /** Says which resident came to an activity. */
  activity_came: { args: ActivityCame; result: ActivityView };
  /** Says which member helped at an activity. */
  activity_helped: { args: ActivityHelped; result: ActivityView };
  /** Takes an activity back, or restores it. */
  activity_set_removed: { args: ActivitySetRemoved; result: ActivityView };
  /** The courses for members, and which of them the signed-in member has done. */
  training_list: { args: Nothing; result: Array<CourseView> };
  /** Says that the signed-in member has done a course today, or takes that back. */
  training_set: { args: TrainingSet; result: Array<CourseView> };
  /** What stands in the way: raised in visits and on its own, with its age and its answers. */
  obstacle_list: { args: ObstacleList; result: Obstacles };
  /** One obstacle. */
  obstacle_get: { args: ObstacleId; result: ObstacleView };
  /** Raises an obstacle on its own, or writes such a one anew. */
  obstacle_raise: { args: ObstacleRaise; result: ObstacleView };
  /** Takes an obstacle back that was raised on its own, or restores it. */
  obstacle_set_removed: { args: ObstacleSetRemoved; result: ObstacleView };
  /** Answers an obstacle. Two who answer at once both stand. */
  obstacle_reply: { args: ObstacleSay; result: ObstacleView };
  /** Writes one's own answer anew, or takes it back. */
  obstacle_reply_edit: { args: ObstacleReplyEdit; result: ObstacleView };
  /** Settles an obstacle. Who raised it may, and a leader, a deputy or an officer. */
  obstacle_close: { args: ObstacleSay; result: ObstacleView };
  /** Says that an obstacle is not settled after all. */
  obstacle_reopen: { args: ObstacleSay; result: ObstacleView };
  /** Sets after how many days without an answer an obstacle stands out. */
  obstacle_rule_set: { args: ObstacleRuleSet; result: Done };
  /** The campaigns, each with how far it has come. */
  campaign_list: { args: Nothing; result: Array<CampaignView> };
  /** One campaign. */
  campaign_get: { args: CampaignId; result: CampaignView };
  /** Plans a campaign or changes one. Only a leader, a deputy or an officer may. */
  campaign_save: { args: CampaignSave; result: CampaignView };
  /** Takes a campaign back, or restores it. */
  campaign_set_removed: { args: CampaignSetRemoved; result: CampaignView };
  /** What places and teams are to reach, from which period on. */
  target_list: { args: Nothing; result: Array<TargetView> };
  /** Sets what a place or a team is to reach of an indicator, from a period on. */
  target_set: { args: TargetSet; result: Array<TargetView> };
  /** What the office tells its teams, newest first. */
  notice_list: { args: Nothing; result: Array<NoticeView> };
  /** Tells all teams something, or writes it anew. Only a leader, a deputy or an officer may. */
  notice_save: { args: NoticeSave; result: Array<NoticeView> };
  /** Takes a notice back, or restores it. */
  notice_set_removed: { args: NoticeSetRemoved; result: Array<NoticeView> };
  /** The report of a period, as the records that are here make it: over the whole notebook, a team or a place. */
  report_get: { args: ReportGet; result: Report };
  /** The records behind a figure of a report, or behind one row of it. Their counts make up the figure. */
  report_records: { args: ReportRecords; result: Records };
  /** The periods of which something was written, newest first, with each team's report. */
  report_periods: { args: ReportPeriods; result: Periods };
  /** What the signed-in member can do with a report now. */
  report_may: { args: ReportOf; result: ReportMay };
  /** Submits a team's report. Its leader or deputy does. */
  report_submit: { args: ReportOf; result: Report };
  /** Returns a submitted report to its team, with a reason. The commune's office does; where the notebook has no officer, a leader. So it is with approving, locking and reopening. */
  report_return: { args: ReportBack; result: Report };
  /** Approves a submitted report. */
  report_approve: { args: ReportOf; result: Report };
  /** Locks a report: its figures are fixed, and what comes later is an adjustment. Without a team, the whole month with the reports of all teams, also of those who have not submitted. */
  report_lock: { args: ReportOf; result: Report };
  /** Reopens a locked report, with a reason; of the whole month also what was locked with it. */
  report_reopen: { args: ReportBack; result: Report };
  /** Takes back what the signed-in member did last with a report, while nobody has done anything after it. A lock is not taken back but reopened. */
  report_undo: { args: ReportOf; result: Report };
  /** A report as a short text to paste, or the list of teams that are late. In Vietnamese, for whoever receives it. */
  report_text: { args: ReportText; result: Pasted };
  /** A report as an Excel workbook. It names no household. */
  report_workbook: { args: ReportWorkbook; result: WorkbookOut };
  /** When each team and its devices were last heard from, as this device knows it. */
  report_freshness: { args: Nothing; result: Array<TeamFreshness> };
  /** How the locality works: its words, the shapes of its teams, its report. */
  locality_get: { args: Nothing; result: LocalityView };
  /** Sets the notebook up as a locality works. Only an officer, or who leads the founding team or a commune's, may. */
  locality_set: { args: LocalitySet; result: LocalityView };
  /** The localities that the app brings along. */
  locality_list: { args: Nothing; result: Array<Locality> };
  /** How far the work is: hộ đạt by month, what people can do, how many were reached. */
  progress_get: { args: ProgressGet; result: ProgressView };
  /** Households and what the best of each can do, by place, a page at a time. */
  progress_heat: { args: ProgressHeat; result: HeatPage };
  /** The rules by which a period is reported. */
  rules_get: { args: RulesGet; result: RulesView };
  /** Changes the rules from a period on; those of the periods before stay. Only an officer may, and who leads the founding team or a commune's. */
  rules_set: { args: RulesSet; result: RulesView };
  /** Fields that two people have edited differently. */
  conflict_list: { args: Nothing; result: Array<Conflict> };
  /** Chooses one version of such a field. */
  conflict_resolve: { args: ConflictResolve; result: Done };
  /** Households and residents that may be one, the surest first. */
  duplicate_list: { args: Nothing; result: Array<DuplicatePair> };
  /** What is here already and may be what a form is about to add. */
  duplicate_like: { args: DuplicateLike; result: Array<DuplicateSide> };
  /** Says that two are one, that they are two, or takes back what was said of them. Both histories stay. */
  duplicate_settle: { args: DuplicateSettle; result: Done };
  /** Takes a household or a resident out of what it was merged into; the others stay one. */
  merge_part: { args: MergePart; result: Done };
  /** Chooses one of the values in which the parts of a merged household differ. */
  merge_choose: { args: MergeChoose; result: HouseholdDetail };
  /** Takes a household list in for a look. Nothing is stored yet. */
  import_open: { args: ImportOpen; result: ImportOpened };
  /** What an opened list would become, with a mapping that the person may have changed. */
  import_preview: { args: ImportPreview; result: Preview };
  /** Imports an opened list, in one go. */
  import_run: { args: ImportRun; result: ImportResult };
  /** Stops a running import; nothing of it stays. */
  import_cancel: { args: Nothing; result: Done };
  /** The imports that have been made. */
  import_list: { args: Nothing; result: Array<ImportView> };
  /** Takes a whole import back, except households that were visited since. */
  import_withdraw: { args: ImportId; result: ImportView };
  /** Brings an import back that was taken back. */
  import_restore: { args: ImportId; result: ImportView };
  /** What waits, what arrived, and where. */
  sync_status: { args: Nothing; result: SyncStatus };
  /** Leaves a checkpoint at the team's relays, so that new devices begin quickly. The app does it by itself. */
  checkpoint_leave: { args: Nothing; result: CheckpointsLeft };
  /** Fetches what is older than the checkpoint that this device began from. The app does it by itself. */
  checkpoint_fill: { args: Nothing; result: Filled };
  /** Takes the notice off that the notebook is on two devices under one name. */
  sync_double_seen: { args: Nothing; result: SyncStatus };
  /** Sends and receives now, with every relay that the team has. */
  sync_now: { args: Nothing; result: SyncReport };
  /** Says what the device's network is like, as far as the face can tell. */
  network_report: { args: NetworkReport; result: Done };
  /** When the app syncs by itself. */
  sync_settings_get: { args: Nothing; result: SyncSettings };
  /** Sets when the app syncs by itself. */
  sync_settings_set: { args: SyncSettings; result: SyncSettings };
  /** Connects the team to a relay with a relay pass from its operator, or with an invite of the same team: so a device that joined in a room gets to the team's relay. */
  relay_connect: { args: RelayConnect; result: SyncStatus };
  /** Makes an invite to the team, at its relay or at this device's open station. */
  invite_create: { args: InviteCreate; result: Invite };
  /** Whether this device serves its room, and how that goes. */
  station_status: { args: Nothing; result: StationStatus };
  /** Serves the room: other devices of the team reach this one without internet. */
  station_open: { args: Nothing; result: StationStatus };
  /** Stops serving the room. */
  station_close: { args: Nothing; result: StationStatus };
  /** Devices that serve this room, as far as they were heard of. None is no error. */
  station_find: { args: Nothing; result: Array<FoundStation> };
  /** Goes to a device that serves the room, and sends and receives there. */
  station_visit: { args: StationVisit; result: VisitReport };
  /** Makes a file of everything that another device or a relay may lack, or only of what is new since a named one. */
  file_export: { args: FileExport; result: FileExported };
  /** Takes such a file in, in one go. A second time changes nothing; a damaged or foreign one is refused. */
  file_import: { args: FileImport; result: FileImported };
  /** Who was handed files, last one first. */
  file_receivers: { args: Nothing; result: Array<FileReceiver> };
  /** How the app looks on this device; nothing before somebody has said so. */
  face_settings_get: { args: Nothing; result: FaceSettings | null };
  /** Sets how the app looks on this device. */
  face_settings_set: { args: FaceSettings; result: FaceSettings };
  /** Checks that projections equal a rebuild, and that every chunk and change is intact. */
  verify: { args: Nothing; result: Verification };
  /** Rebuilds all projections from the documents. */
  rebuild: { args: Nothing; result: Verification };
  /** The whole notebook as plain data. */
  export: { args: Nothing; result: Export };
  /** Who uses this machine, and who is at it now. Answered while it is locked. */
  profile_list: { args: Nothing; result: Profiles };
  /** Comes in with a PIN. A PIN that a leader has set opens only together with a new one. */
  profile_unlock: { args: ProfileUnlock; result: Profiles };
  /** Comes in with a recovery code and chooses a new PIN. */
  profile_recover: { args: ProfileRecover; result: Profiles };
  /** Locks the screen. Syncing goes on. */
  profile_lock: { args: Nothing; result: Profiles };
  /** Somebody is at the screen: it does not lock by itself yet. */
  profile_stay: { args: Nothing; result: Done };
  /** Gives the signed-in member a PIN, the first on this machine: from now on the notebook opens only with one. */
  profile_pin_set: { args: OwnPin; result: PinWasSet };
  /** Lets another member use this machine, with a PIN that they type themselves. */
  profile_add: { args: ProfileAdd; result: Profiles };
  /** Takes another member off this machine, for leaders. What they wrote stays. */
  profile_remove: { args: ProfileRemove; result: Profiles };
  /** Changes one's own PIN. */
  profile_pin_change: { args: PinChange; result: Profiles };
  /** Takes one's own PIN off. With the last one, the notebook opens again without any. */
  profile_pin_remove: { args: OwnPin; result: Profiles };
  /** Gives somebody who has forgotten theirs a temporary PIN, for leaders. Needs no network. */
  profile_pin_reset: { args: PinReset; result: Profiles };
  /** Makes a new recovery code for oneself. It is shown this once; one before it opens nothing any more. */
  profile_recovery_code: { args: OwnPin; result: RecoveryShown };
  /** Sets after how many minutes without a touch the screen locks. */
  profile_lock_after: { args: LockAfter; result: Profiles };
}
