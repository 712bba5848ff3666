// A commune's office and its hamlets, each with a notebook of its own: one whose team works and has handed its report in, one
// that has only begun, and two of which nobody has heard yet. Somebody is written in two of them.

import path from "node:path";

import { type Relay, ask, exec, output } from "./processes.mjs";
import { LIST } from "./steps.ts";
import { day } from "./village.ts";

export const OFFICE = "Sổ xã Vân Hồ";
/** Who answers for the hamlets, and who only helps at the same tablet. */
export const OFFICER = "Lò Thị Mai";
export const HELPER = "Hà Văn Toàn";
/** The two hamlets that have begun. */
export const WORKING = { hamlet: "Thôn Hang Trùng", leader: "Sồng Thị Dợ" };
export const BEGUN = { hamlet: "Bản Pa Cốp", leader: "Giàng A Páo" };
/** Nobody is there yet; the last one has no relay either. */
export const SILENT = "Bản Co Chàm";
export const ALONE = "Bản Suối Lìn";
/** Who moved from one hamlet to the other, and is still written in both. */
export const TWICE = { name: "Tráng A Của", birth: "1979", phone: "0912 345 678" };

/** The office before it has any hamlet. */
export async function startOffice(data: string, relay: Relay): Promise<void> {
  await exec(data, [
    ask("team_start", { team_name: OFFICE, place_name: "Xã Vân Hồ", member_name: OFFICER }),
    ask("consent_setting_set", { first: false }),
    ask("relay_connect", { pass: await relay.pass() }),
  ]);
}

/** Fills the folder `office`, and a folder for each hamlet that has begun; returns the office's. */
export async function makeOffice(folder: string, relay: Relay): Promise<string> {
  const office = path.join(folder, "office");
  await startOffice(office, relay);
  const connected = [WORKING.hamlet, BEGUN.hamlet, SILENT];
  await exec(office, [
    ask("member_add", { name: HELPER, role: "member" }),
    ask("office_found", { names: connected, pass: await relay.pass(connected.length) }),
    ask("office_found", { names: [ALONE] }),
    ask("campaign_save", { name: "Ra quân 10 ngày", from: day(-2), to: day(7) }),
    ask("notice_save", { text: "Ngày 28/11 tập huấn ở hội trường xã, mỗi tổ cử hai người" }),
  ]);

  const working = path.join(folder, "working");
  await joins(working, await appoint(office, WORKING), WORKING);
  await bringsList(working);
  await meets(working, 5);
  await addHouseholds(working, [TWICE]);
  const [{ current: period }, { me }] = await exec(working, [ask("report_periods"), ask("status")]);
  await exec(working, [ask("report_submit", { period, team: me.team }), ask("sync_now")]);

  const begun = path.join(folder, "begun");
  await joins(begun, await appoint(office, BEGUN), BEGUN);
  await addHouseholds(begun, [TWICE, { name: "Sùng A Chu", birth: "1968" }, { name: "Hạng Thị Sua", birth: "1990" }]);
  await meets(begun, 2);
  await exec(begun, [ask("sync_now")]);

  await exec(office, [ask("sync_now")]);
  return office;
}

/** In the office: somebody leads a hamlet from now on. The link of their invite. */
export async function appoint(office: string, { hamlet, leader }: typeof WORKING): Promise<string> {
  const [all] = await exec(office, [ask("notebook_list")]);
  const open = (which: string) => ask("notebook_open", { notebook: all.find((one: { name: string }) => one.name === which).id });
  const answers = await exec(office, [
    open(hamlet),
    ask("member_add", { name: leader, role: "leader" }),
    ask("sync_now"),
    ask("invite_create", { uses: 1, days: 7 }),
    open(OFFICE),
  ]);
  return answers[3].link;
}

/** In the hamlet: its leader comes into the notebook. */
export async function joins(data: string, invite: string, { leader }: typeof WORKING): Promise<void> {
  await exec(data, [ask("team_join", { invite, member_name: leader })]);
}

/** The list of 120 households comes into the notebook of a hamlet. */
export async function bringsList(data: string): Promise<void> {
  await output("tungnha", ["import", "--data", data, LIST]);
}

/** Somebody is met at the first so many households. */
export async function meets(data: string, households: number): Promise<void> {
  const [found] = await exec(data, [ask("household_list", { limit: households })]);
  const ids: string[] = found.rows.map(({ id }: { id: string }) => id);
  const whole = await exec(
    data,
    ids.map((household) => ask("household_get", { household })),
  );
  await exec(
    data,
    whole.map(({ id, people }) => ask("visit_save", { household: id, form: { outcome: "met", met: [people[0].id] } })),
  );
}

async function addHouseholds(data: string, heads: { name: string; birth: string; phone?: string }[]) {
  const [[place]] = await exec(data, [ask("place_list")]);
  await exec(
    data,
    heads.map(({ phone, ...head }) => ask("household_add", { place: place.id, head, fields: phone ? { phone } : {} })),
  );
}
