// What a QR code is to this app, by its look only: whether it holds is for the notebook to say.

export type Kind = 'invite' | 'pass' | 'station';

/** Where something is scanned, and what belongs there. */
export const WANTED = {
  join: ['invite'],
  connect: ['pass', 'invite'],
  room: ['station'],
} as const satisfies Record<string, readonly Kind[]>;
export type Purpose = keyof typeof WANTED;

const LETTERS: Record<string, Kind> = { j: 'invite', s: 'invite', p: 'pass' };
const TICKET = /^https?:\/\/[^/\s]+\/([jsp])\/[\w-]+#[\w-]+$/;
/** A station is in the room: a number, or a name that is heard of in the room only. */
const STATION = /^https:\/\/((?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]|[\w-]+\.local)(?::\d{1,5})?)\/?$/i;

/** What was read, as its field takes it; no kind when it is not of this app. */
export interface Found {
  kind: Kind | undefined;
  text: string;
}

export function judge(read: string): Found {
  const text = read.trim();
  const ticket = TICKET.exec(text);
  if (ticket) return { kind: LETTERS[ticket[1] ?? ''], text };
  const address = STATION.exec(text)?.[1];
  return address ? { kind: 'station', text: address } : { kind: undefined, text };
}
