import { type Answer, type Loopback, type RecordedRequest, startLoopback } from '../stand-ins/loopback.ts';

/** Something that happens at one call: before the provider has it, once it has, or once its answer is on the way. */
export interface Moment {
  /** 1: the next call. */
  call: number;
  when: 'called' | 'accepted' | 'answered';
  act(): void | Promise<void>;
}

export interface Gate {
  url: string;
  /** Forgets the moment before, come or not. */
  at(moment: Moment | null): void;
  /** Since the last moment was told. */
  calls(): number;
  close(): Promise<void>;
}

/** Stands before a provider's stand-in, so that a test can do something at an exact call. */
export async function startGate(provider: Pick<Loopback, 'url'>): Promise<Gate> {
  let moment: Moment | null = null;
  let calls = 0;
  const gate = await startLoopback(async (request) => {
    calls += 1;
    const now = moment?.call === calls ? moment : null;
    if (now?.when === 'called') await now.act();
    const answer = await forward(provider.url, request);
    if (now?.when === 'accepted') await now.act();
    if (now?.when === 'answered') setImmediate(() => void now.act());
    return answer;
  });
  return {
    url: gate.url,
    at(next) {
      calls = 0;
      moment = next;
    },
    calls: () => calls,
    close: gate.close,
  };
}

const OF_THE_CONNECTION = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'];

async function forward(to: string, { method, path, headers, body }: RecordedRequest): Promise<Answer> {
  const passed = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    OF_THE_CONNECTION.includes(name) || value === undefined ? [] : [[name, String(value)]],
  );
  const response = await fetch(to + path, {
    method,
    headers: passed,
    ...(method === 'GET' ? {} : { body }),
  });
  const text = await response.text();
  const names = ['retry-after', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'];
  const told = names.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return { status: response.status, headers: Object.fromEntries(told), body: JSON.parse(text) };
}
