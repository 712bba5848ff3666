// A hamlet some days into the work: people, visits, a relay, a colleague, and a phone number that two
// of them wrote differently. Made by commands, in a few seconds, for whoever only wants to look.

import { cp } from "node:fs/promises";
import path from "node:path";

import { type Relay, ask, exec, now, output, workbook } from "./processes.mjs";

/** The head of the household that was visited most. */
export const MET = "Thào A Páo";
const DAY_MS = 86_400_000;

/** The day so many days from today, where the app's people live. */
export function day(from: number): string {
  const at = new Date(now().getTime() + from * DAY_MS);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(at);
}

/** Fills the folder of Páo's notebook, `pao` in `folder`, and returns it; `quiet` leaves no phone number to review. */
export async function makeVillage(folder: string, relay: Relay, { quiet = false } = {}): Promise<string> {
  const [pao, mai] = [path.join(folder, "pao"), path.join(folder, "mai")];
  const team = ["--team", "Tổ CNSCĐ thôn Hang Trùng", "--place", "Thôn Hang Trùng", "--member", "Giàng A Páo"];
  await output("tungnha", ["import", "--data", pao, ...team, workbook("02-nhan-khau-xa.xlsx")]);
  const [list] = await exec(pao, [ask("household_list", { search: MET, limit: 1 })]);
  const met: string = list.rows[0].id;
  const all = (await exec(pao, [ask("household_list", { place: list.rows[0].place, sort: "place", limit: 14 })]))[0].rows;
  const others: string[] = all.map(({ id }: { id: string }) => id).filter((id: string) => id !== met);

  await exec(pao, [ask("household_edit", { household: met, fields: { door: "Qua cầu treo, rẽ trái, nhà mái xi măng", elderly: true } })]);
  const [household, checklist] = await exec(pao, [ask("household_get", { household: met }), ask("checklist_get")]);
  const neighbours = await exec(pao, others.slice(5, 9).map((household) => ask("household_get", { household })));
  // The work of months, from before the team began to ask first.
  await exec(pao, [
    ask("consent_setting_set", { first: false }),
    ...visitsTo(household, checklist),
    ...shortVisits(others),
    ...lessons(neighbours, checklist),
    activity(),
    ask("consent_setting_set", { first: true }),
  ]);
  const [, , invite] = await exec(pao, [
    ask("relay_connect", { pass: await relay.pass() }),
    ask("sync_now"),
    ask("invite_create", { uses: 1, days: 7 }),
  ]);
  await exec(mai, [
    ask("team_join", { invite: invite.link, member_name: "Lò Thị Mai" }),
    ask("sync_now"),
    ask("household_edit", { household: met, fields: { phone: "0987654321" } }),
    ask("visit_save", { household: met, form: { outcome: "absent", note: "Cả nhà đi nương" } }),
    ask("sync_now"),
  ]);
  await exec(pao, [
    ...(quiet ? [] : [ask("household_edit", { household: met, fields: { phone: "0912345678" } })]),
    ask("sync_now"),
    ask("visit_save", { household: others[9], form: { outcome: "refused", obstacle: "Sợ bị lừa lấy thông tin" } }),
  ]);
  if (!quiet) await meetDouble(pao, path.join(folder, "twin"));
  return pao;
}

/** The folder is copied to another tablet, which goes on writing under the same name. */
async function meetDouble(pao: string, twin: string) {
  await cp(pao, twin, { recursive: true });
  await exec(twin, [activity(), ask("sync_now")]);
  await exec(pao, [ask("sync_now")]);
}

/** Two long visits, months of teaching: one of them brings the household to its target. */
function visitsTo(household: any, checklist: any) {
  const [head, wife] = household.people;
  const skills: string[] = checklist.skills.map(({ key }: { key: string }) => key);
  const levels = ["guided", "with_help", "proficient"];
  const assess = (resident: string, level: (index: number) => string) =>
    skills.map((skill, index) => ({ resident, skill, level: level(index) }));
  return [
    ask("consent_record", { household: household.id, resident: head.id, state: "given", how: "spoken", text_version: 1 }),
    ask("visit_save", {
      household: household.id,
      form: {
        day: day(-20),
        outcome: "met",
        met: [head.id, wife.id],
        assessments: [...assess(head.id, (i) => levels[i % 3]!), ...assess(wife.id, () => "not_yet").slice(0, 2)],
        items: [{ resident: head.id, item: checklist.skills[0].items[0].id }],
        services: [{ service: checklist.services[0].key, count: 2 }],
        need: "Muốn học quét mã QR trả tiền điện",
        obstacle: "Sóng yếu ở cuối bản",
        follow_up: day(-6),
      },
    }),
    ask("visit_save", {
      household: household.id,
      form: {
        day: day(-1),
        outcome: "met",
        met: [head.id],
        assessments: assess(head.id, () => "proficient"),
        note: "Tự nộp được hồ sơ, chỉ cho vợ cùng làm",
        follow_up: day(7),
      },
    }),
  ];
}

/** Every outcome, follow-ups to come, due today and overdue. */
function shortVisits(households: string[]) {
  const forms = [
    { outcome: "absent", day: day(-12), follow_up: day(-5) },
    { outcome: "refused", day: day(-2) },
    { outcome: "moved_away", day: day(-3) },
    { outcome: "absent", day: day(-7), follow_up: day(0) },
  ];
  return forms.map((form, index) => ask("visit_save", { household: households[index], form }));
}

/** Neighbours who have come some way, each to another point. */
function lessons(households: any[], checklist: any) {
  const levels = ["not_yet", "guided", "with_help", "proficient"];
  return households.map(({ id, people }, index) =>
    ask("visit_save", {
      household: id,
      form: {
        day: day(-9 + index),
        outcome: "met",
        met: [people[0].id],
        assessments: checklist.skills
          .slice(0, index + 2)
          .map(({ key }: { key: string }, skill: number) => ({ resident: people[0].id, skill: key, level: levels[(skill + index) % 4] })),
      },
    }),
  );
}

function activity() {
  return ask("activity_save", { kind: "booth", title: "Bàn hướng dẫn ở chợ Pa Cốp", day: day(-4), attendees: 42 });
}
