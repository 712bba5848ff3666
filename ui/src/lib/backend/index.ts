// The one interface through which the face reaches the notebook. Behind it stands
// either the window's own process or the loopback server; nothing above knows which.

import type { Commands, CommandError as ErrorBody, Event } from '$lib/generated/commands';

export interface Backend {
  /** Runs one command. Rejects with a {@link CommandError}. */
  execute<C extends keyof Commands>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']>;
  /** Hears what changed. Returns how to stop hearing it. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Writes the notebook's file to this device itself, for doors that can. Elsewhere the page downloads it. */
  saveFile?(args: Commands['file_export']['args']): Promise<SavedFile>;
  /** The same for a report's workbook. */
  saveWorkbook?(args: Commands['report_workbook']['args']): Promise<SavedFile>;
}

/** A file of the notebook that a person can now take along. */
export interface SavedFile {
  /** Where it lies; its name when the browser has put it among its downloads. */
  path: string;
  downloaded?: boolean;
  records: number;
}

/** An error as the notebook tells it: a stable code, which the catalogues turn into a sentence. */
export class CommandError extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly params: Record<string, string>;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'CommandError';
    this.code = body.code;
    this.field = body.field;
    this.params = body.params ?? {};
  }

  /** Whatever was thrown, as one of ours. */
  static from(thrown: unknown): CommandError {
    if (thrown instanceof CommandError) return thrown;
    if (isBody(thrown)) return new CommandError(thrown);
    return new CommandError({ code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isBody(value: unknown): value is ErrorBody {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** What either door answers. */
export type Answer = { ok: unknown } | { error: ErrorBody };

/** The result in an answer; throws the error in it. */
export function opened(answer: Answer): unknown {
  if ('error' in answer) throw new CommandError(answer.error);
  return answer.ok;
}

let current: Backend | undefined;

const listeners = new Set<(event: Event) => void>();
let stopHearing: (() => void) | undefined;

/** Sets the backend and hears it, once for the whole page. Called at start, and by tests. */
export function useBackend(backend: Backend): void {
  stopHearing?.();
  current = backend;
  stopHearing = backend.subscribe((event) => listeners.forEach((listener) => listener(event)));
}

/** Hears what changed. Returns how to stop hearing it. */
export function listen(listener: (event: Event) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The backend of this page. */
export function backend(): Backend {
  if (!current) throw new Error('no backend yet');
  return current;
}

const underWay = new Set<Promise<unknown>>();

/** Shorthand for `backend().execute`. */
export function execute<C extends keyof Commands>(
  command: C,
  args: Commands[C]['args'],
): Promise<Commands[C]['result']> {
  const answer = backend().execute(command, args);
  const end = () => underWay.delete(answer);
  underWay.add(answer);
  answer.then(end, end);
  return answer;
}

/** How long a save that is under way may keep somebody waiting who leaves, in milliseconds. */
const LAST_SAVES_MS = 1_500;

/** Waits until every command that is under way has its answer, but not for long. */
export async function settled(): Promise<void> {
  await Promise.race([Promise.allSettled(underWay), new Promise((late) => setTimeout(late, LAST_SAVES_MS))]);
}

let speaker: string | undefined;
let shown: string | undefined;

/** From now on commands come from this member's screen; on a shared machine the notebook refuses them when
    another has signed in meanwhile. */
export function speakFor(member: string | undefined): void {
  speaker = member;
}

/** From now on commands are about this notebook; they are refused when another page of this machine has opened another
    one meanwhile. */
export function speakOf(notebook: string | undefined): void {
  shown = notebook;
}

/** A command as it goes to the notebook. */
export function envelope(command: string, args: unknown): object {
  return { command, args, ...(speaker && { by: speaker }), ...(shown && { notebook: shown }) };
}
