// All screens, in parts: each leads from one to the next on a notebook that was prepared for it.

import path from "node:path";

import { prepareHamlet } from "../hamlet.ts";
import { makeOffice } from "../office.ts";
import type { Relay } from "../processes.mjs";
import { makeVillage } from "../village.ts";
import { FIRST_DAY, PRACTICE } from "./first-day.ts";
import { HOUSEHOLD } from "./household.ts";
import { MONTH } from "./month.ts";
import { OFFICE_DAY } from "./office.ts";
import type { Screen } from "./screen.ts";
import { SENDING } from "./sending.ts";
import { SETTINGS } from "./settings.ts";
import { SHARED } from "./shared.ts";
import { VISITING } from "./visiting.ts";

export interface Part {
  /** What it is called where it is checked. */
  name: string;
  /** What it is called in the guide, for its readers. */
  title: string;
  screens: Screen[];
  /** Fills what it needs in `folder`, and returns the folder of the notebook that is looked at. */
  prepare(folder: string, relay: Relay): Promise<string>;
}

export const PARTS: Part[] = [
  { name: "the first day's screens", title: "Ngày đầu", screens: FIRST_DAY, prepare: nothing },
  {
    name: "the screens of a shared tablet's day",
    title: "Máy dùng chung, một ngày ở bản",
    screens: SHARED,
    async prepare(folder, relay) {
      await prepareHamlet(folder, relay, { twice: true });
      return path.join(folder, "tablet");
    },
  },
  {
    name: "a working day's screens",
    title: "Những ngày sau",
    screens: [...VISITING, ...SENDING, ...HOUSEHOLD, ...MONTH, ...SETTINGS],
    prepare: (folder, relay) => makeVillage(folder, relay),
  },
  { name: "the office's screens", title: "Nhiều sổ trên một máy, văn phòng xã", screens: OFFICE_DAY, prepare: makeOffice },
  { name: "the practice hamlet's screens", title: "Tập với bản mẫu", screens: PRACTICE, prepare: nothing },
];

async function nothing(folder: string): Promise<string> {
  return path.join(folder, "new");
}
