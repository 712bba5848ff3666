// A commune's office on the days after the 20th: 22 hamlets with a team each, of whom 19 have submitted; one
// household that is there twice; something that stands in the way; and a tablet that was offline meanwhile.

import path from "node:path";

import { type Relay, ask, exec, output, workbook } from "./processes.mjs";

/** Who sits in the office, and a volunteer of the first team. */
export const OFFICER = "Vàng Thị Mỷ";
export const VOLUNTEER = "Vì Văn Nam";
export const OBSTACLE = "Sóng yếu, không mở được VNeID tại nhà";

const TEAMS = 22;
const LATE = 3;

export interface Commune {
  /** The period that is over, and its last day. */
  period: string;
  last: string;
  /** The teams that have not submitted. */
  late: string[];
  /** The head of the household that is there twice. */
  twice: string;
  /** The household that is visited while nobody hears of it, and its head. */
  offline: { id: string; head: string };
}

interface Place {
  id: string;
  households: number;
}

/** Fills the folders `office` and `tablet`. */
export async function prepareCommune(folder: string, relay: Relay): Promise<Commune> {
  const [office, tablet] = ["office", "tablet"].map((name) => path.join(folder, name)) as [string, string];
  await output("tungnha", ["import", "--data", office, "--team", "Xã Vân Hồ", "--member", OFFICER, workbook("02-nhan-khau-xa.xlsx")]);
  const [periods, known] = await exec(office, [ask("report_periods"), ask("place_list")]);
  const period = before(periods.current);
  const home = known.reduce((most: Place, place: Place) => (place.households > most.households ? place : most));
  const [rules, list] = await exec(office, [
    ask("rules_get", { period }),
    ask("household_list", { place: home.id, sort: "place", limit: 12 }),
    ask("consent_setting_set", { first: false }),
  ]);
  const last: string = rules.period.last;
  const households: { id: string; head: string }[] = list.rows;
  const [double, offline] = [households[0]!, households[11]!];

  await exec(office, Array.from({ length: TEAMS - known.length }, (_, n) => ask("place_add", { name: `Bản Số ${n + 1}`, kind: "hamlet" })));
  const [places] = await exec(office, [ask("place_list")]);
  const teams = (places as { id: string; name: string }[]).slice(0, TEAMS);
  const saved = await exec(
    office,
    teams.map(({ id, name }) => ask("team_save", { name: `Tổ ${name}`, kind: "hamlet", places: [id] })),
  );
  const all: { id: string; name: string }[] = saved.at(-1).teams;
  const idOf = (name: string) => all.find((team) => team.name === `Tổ ${name}`)!.id;
  const members = await exec(office, [
    ask("member_add", { name: OFFICER, role: "commune_officer" }),
    ask("member_add", { name: VOLUNTEER, role: "member", team: idOf(teams[0]!.name) }),
    ...teams.map(({ name }) => ask("member_add", { name: `Tổ trưởng ${name}`, role: "leader", team: idOf(name) })),
  ]);
  const [officer, volunteer, ...leaders] = members.map((member: { id: string }) => member.id) as [string, string, ...string[]];

  await exec(office, [
    ask("member_sign_in", { member: volunteer }),
    ...households.slice(0, 8).map(({ id }) => ask("visit_save", { household: id, form: { outcome: "absent", day: last } })),
    ask("visit_save", { household: households[8]!.id, form: { outcome: "refused", day: last, obstacle: OBSTACLE } }),
    ask("household_add", { place: home.id, head: { name: double.head }, fields: {} }),
    ...leaders.slice(0, TEAMS - LATE).flatMap((leader, n) => [
      ask("member_sign_in", { member: leader }),
      ask("report_submit", { period, team: idOf(teams[n]!.name) }),
    ]),
    ask("member_sign_in", { member: officer }),
  ]);
  const [, , invite] = await exec(office, [
    ask("relay_connect", { pass: await relay.pass() }),
    ask("sync_now"),
    ask("invite_create", { uses: 1, days: 7 }),
  ]);
  await exec(tablet, [ask("team_join", { invite: invite.link, member_name: "Tráng A Chu" }), ask("sync_now")]);
  const late = teams.slice(TEAMS - LATE).map(({ name }) => `Tổ ${name}`);
  return { period, last, late, twice: double.head, offline };
}

/** The tablet comes back to town with a visit that was made in time. */
export async function bringsLateVisit(folder: string, { last, offline }: Commune) {
  await exec(path.join(folder, "tablet"), [
    ask("visit_save", { household: offline.id, form: { outcome: "absent", day: last } }),
    ask("sync_now"),
  ]);
}

/** `2026-12` → `2026-11`. */
function before(period: string): string {
  const [year, month] = period.split("-").map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}
