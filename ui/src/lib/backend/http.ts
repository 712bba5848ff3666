// The browser: commands to the loopback server of this machine, events from it.

import type { Event } from '$lib/generated/commands';
import { CommandError, envelope, opened, type Answer, type Backend } from '.';
import { Line } from './line';

/**
 * The length, in UTF-16 units, of a command that goes over the line, or in a request that outlives the page. Either
 * carries 64 KB, and a unit takes three bytes at most.
 */
const SMALL = 20_000;

const line = new Line();

/** A page that is left takes its line with it; a request outlives it. */
let leaving = false;

export const httpBackend: Backend = {
  async execute(command, args) {
    const body = JSON.stringify(envelope(command, args));
    if (body.length < SMALL && line.isOpen() && !leaving && document.visibilityState === 'visible')
      return opened(JSON.parse(await line.ask(body).catch(gone)) as Answer) as never;
    const answer = await post(body);
    if (answer.status === 401 || answer.status === 403)
      throw new CommandError({ code: 'session', message: `refused: ${answer.status}` });
    if (answer.status === 413) throw new CommandError({ code: 'file_too_large', message: 'refused unread' });
    return opened(await read(answer)) as never;
  },

  subscribe(listener) {
    window.addEventListener('pagehide', () => (leaving = true), { capture: true });
    window.addEventListener('pageshow', () => (leaving = false));
    const events = new EventSource('/events');
    let wasCut = false;
    events.onmessage = (message: MessageEvent<string>) => listener(JSON.parse(message.data) as Event);
    events.onerror = () => (wasCut = true);
    // What happened while the line was cut is unknown: ask again for everything.
    events.onopen = () => {
      if (wasCut)
        listener({ event: 'changed', kinds: ['household', 'space', 'draft', 'sync', 'status'], households: [] });
      wasCut = false;
      line.open();
    };
    line.open();
    return () => events.close();
  },
};

async function post(body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch('/execute', { method: 'POST', headers, body, keepalive: body.length < SMALL }).catch(gone);
}

function gone(): never {
  throw new CommandError({ code: 'app_gone', message: 'no answer' });
}

async function read(answer: Response): Promise<Answer> {
  try {
    return (await answer.json()) as Answer;
  } catch {
    throw new CommandError({ code: 'internal', message: `no JSON in an answer of status ${answer.status}` });
  }
}
