// The morning of a day in a hamlet without signal: a tablet that two people share, a colleague's phone,
// and the phone of somebody who goes to market. All three were in town once, and are of one team.

import path from "node:path";

import { type Relay, ask, exec, output, workbook } from "./processes.mjs";
import { day } from "./village.ts";

/** Whoever shares the tablet, with the PIN that only they know. */
export const DE = { name: "Vàng A Dế", pin: "4072" };
export const MAI = { name: "Lò Thị Mai", pin: "6038" };
/** A colleague with a phone of her own, and the neighbour who carries copies to town. */
export const SUA = "Hạng Thị Sua";
export const CHU = "Sùng A Chu";

/** Two men of one name live in the commune; this one at his wife's. */
export const PAO = "Giàng A Páo";
export const HIS_HOUSEHOLD = "Thào Thị Dợ";
export const OTHER_HOUSEHOLD = "Tráng A Của";

const FIND_PAO = ask("household_list", { search: PAO, limit: 10 });

export interface Hamlet {
  /** The head of the household that Dế promised to come back to today. */
  promised: string;
  /** The head of the household at which Mai's draft was begun. */
  drafted: string;
  /** What Dế was asked to do at the promised household, besides visiting. */
  errand: string;
}

/** Fills the folders `tablet`, `sua` and `chu`; with `twice` one household is there twice, as two volunteers may add it. */
export async function prepareHamlet(folder: string, relay: Relay, { twice = false } = {}): Promise<Hamlet> {
  const [tablet, sua, chu] = ["tablet", "sua", "chu"].map((name) => path.join(folder, name)) as [string, string, string];
  await output("tungnha", ["import", "--data", tablet, "--team", "Tổ CNSCĐ xã Vân Hồ", "--member", DE.name, workbook("02-nhan-khau-xa.xlsx")]);
  const [found, mai, me] = await exec(tablet, [
    FIND_PAO,
    ask("member_add", { name: MAI.name, role: "member" }),
    ask("member_list"),
  ]);
  const { id: his, place } = ofPao(found);
  const [near] = await exec(tablet, [ask("household_list", { place, sort: "place", limit: 20 })]);
  const [promised, drafted] = near.rows.filter(({ id }: { id: string }) => id !== his);
  const errand = "Đưa tờ hướng dẫn nộp tiền điện";
  const answers = await exec(tablet, [
    ask("visit_save", { household: promised.id, form: { outcome: "absent", day: day(-7), follow_up: day(0) } }),
    ask("task_assign", { who: me.find((one: { me: boolean }) => one.me).id, households: [promised.id], what: errand, due: day(2) }),
    ...(twice ? [ask("household_add", { place, head: { name: near.rows[3].head }, fields: { phone: near.rows[3].phone } })] : []),
    ask("relay_connect", { pass: await relay.pass() }),
    ask("sync_now"),
    ask("invite_create", { uses: 2, days: 7 }),
    // With the first PIN nothing goes in here any more but by a PIN.
    ask("profile_pin_set", { pin: DE.pin }),
    ask("profile_add", { member: mai.id, pin: MAI.pin }),
  ]);
  const invite = answers.find((answer) => answer?.link)?.link;
  for (const [data, name] of [[sua, SUA], [chu, CHU]] as const)
    await exec(data, [ask("team_join", { invite, member_name: name }), ask("sync_now")]);
  return { promised: promised.head, drafted: drafted.head, errand };
}

/** The visits to Páo's household as a notebook holds them that nobody has open. */
export async function visitsToPao(data: string): Promise<any[]> {
  const [found] = await exec(data, [FIND_PAO]);
  const [household] = await exec(data, [ask("household_get", { household: ofPao(found).id })]);
  return household.visits;
}

/** The commune has more than one Thào Thị Dợ, but one who is married to Páo. */
function ofPao(found: { rows: { id: string; place: string; head: string }[] }) {
  const row = found.rows.find(({ head }) => head === HIS_HOUSEHOLD);
  if (!row) throw new Error(`no ${HIS_HOUSEHOLD} is found by ${PAO}`);
  return row;
}
