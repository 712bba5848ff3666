// The browser: commands to the loopback server of this machine, events from it.

import type { Event } from '$lib/generated/commands';
import { CommandError, envelope, opened, type Answer, type Backend } from '.';

/** How much a request may carry that must outlive the page (the browser's limit is 64 KB). */
const KEEPALIVE_BYTES = 60_000;

export const httpBackend: Backend = {
  async execute(command, args) {
    const answer = await post('/execute', JSON.stringify(envelope(command, args)));
    if (answer.status === 401 || answer.status === 403)
      throw new CommandError({ code: 'session', message: `refused: ${answer.status}` });
    if (answer.status === 413) throw new CommandError({ code: 'file_too_large', message: 'refused unread' });
    return opened(await read(answer)) as never;
  },

  subscribe(listener) {
    const events = new EventSource('/events');
    let wasCut = false;
    events.onmessage = (message: MessageEvent<string>) => listener(JSON.parse(message.data) as Event);
    events.onerror = () => (wasCut = true);
    // What happened while the line was cut is unknown: ask again for everything.
    events.onopen = () => {
      if (wasCut)
        listener({ event: 'changed', kinds: ['household', 'space', 'draft', 'sync', 'status'], households: [] });
      wasCut = false;
    };
    return () => events.close();
  },
};

async function post(path: string, body: string): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length < KEEPALIVE_BYTES,
    });
  } catch {
    throw new CommandError({ code: 'app_gone', message: `no answer from ${path}` });
  }
}

async function read(answer: Response): Promise<Answer> {
  try {
    return (await answer.json()) as Answer;
  } catch {
    throw new CommandError({ code: 'internal', message: `no JSON in an answer of status ${answer.status}` });
  }
}
