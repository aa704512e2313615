import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON, or a page when it is a string. */
  body: unknown;
}

/**
 * What goes wrong with one call. `answer` and `page` are given instead of doing the work; `reset` and `hang` come
 * before it or after it (the message is then accepted, and nobody is told); `late` keeps the true answer back; `drip` and
 * `cut` spoil it.
 */
export type Fault =
  | ({ fault: 'answer' } & Answer)
  | { fault: 'page'; status: number; headers?: Record<string, string> }
  | { fault: 'reset' | 'hang'; when: 'before' | 'after' }
  | { fault: 'late'; until: Promise<unknown> }
  | { fault: 'drip' }
  | { fault: 'cut' };

export interface Loopback {
  url: string;
  requests: RecordedRequest[];
  /** One fault for each of the next calls, in order; null lets one pass. */
  fail(...faults: (Fault | null)[]): void;
  close(): Promise<void>;
}

const PAGE = '<!doctype html><html><body><h1>Bad gateway</h1></body></html>';

/** A server on 127.0.0.1 that records, misbehaves as told, and else does the `work`. */
export async function startLoopback(
  work: (request: RecordedRequest) => Answer | Promise<Answer>,
): Promise<Loopback> {
  const requests: RecordedRequest[] = [];
  const faults: (Fault | null)[] = [];
  const timers = new Set<NodeJS.Timeout>();

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = incoming;
    const request = { method, path, headers, body: await read(incoming) };
    requests.push(request);
    const fault = faults.shift() ?? null;
    if (fault?.fault === 'answer') return write(response, fault);
    if (fault?.fault === 'page') return write(response, { ...fault, body: PAGE });
    if (fault && 'when' in fault && fault.when === 'before') return spoil(fault.fault, response);
    if (fault?.fault === 'late') await fault.until;
    const answer = await work(request);
    if (fault && 'when' in fault) return spoil(fault.fault, response);
    if (fault?.fault === 'drip') return drip(response, answer, timers);
    if (fault?.fault === 'cut') return cut(response, answer);
    write(response, answer);
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      write(response, { status: 599, body: { message: `the stand-in broke: ${String(error)}` } });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    fail: (...next) => void faults.push(...next),
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearInterval(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const portOf = (address: string | AddressInfo | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

async function read(incoming: IncomingMessage): Promise<string> {
  incoming.setEncoding('utf8');
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return body;
}

const textOf = ({ body }: Answer): string => (typeof body === 'string' ? body : JSON.stringify(body));

function head(response: ServerResponse, answer: Answer): void {
  const type = typeof answer.body === 'string' ? 'text/html; charset=utf-8' : 'application/json';
  response.writeHead(answer.status, { 'Content-Type': type, ...answer.headers });
}

function write(response: ServerResponse, answer: Answer): void {
  head(response, answer);
  response.end(textOf(answer));
}

/** A hang says nothing more; the server's close ends it. */
function spoil(how: 'reset' | 'hang', response: ServerResponse): void {
  if (how === 'reset') response.socket?.resetAndDestroy();
}

/** A byte now and then: each resets an idle time-out, the answer never ends. */
function drip(response: ServerResponse, answer: Answer, timers: Set<NodeJS.Timeout>): void {
  head(response, answer);
  timers.add(setInterval(() => response.write(' '), 20));
}

/** Half of the answer, then a reset. */
function cut(response: ServerResponse, answer: Answer): void {
  const text = textOf(answer);
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.write(text.slice(0, text.length / 2), () => response.socket?.resetAndDestroy());
}
