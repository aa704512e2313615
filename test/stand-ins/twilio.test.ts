import { afterEach, expect, it } from 'vitest';
import { isFields } from './contract.ts';
import { start, TWILIO_TEST_SID, TWILIO_TEST_TOKEN, type TwilioStandIn } from './twilio.ts';

let twilio: TwilioStandIn;
afterEach(() => twilio.close());

const PATH = `/2010-04-01/Accounts/${TWILIO_TEST_SID}/Messages.json`;

async function call(path: string, form?: Record<string, string>) {
  const response = await fetch(twilio.url + path, {
    headers: {
      Authorization: `Basic ${Buffer.from(`${TWILIO_TEST_SID}:${TWILIO_TEST_TOKEN}`).toString('base64')}`,
      ...(form ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(form ? { method: 'POST', body: new URLSearchParams(form).toString() } : {}),
  });
  const body: unknown = await response.json();
  return { status: response.status, body: isFields(body) ? body : {} };
}

type Called = Awaited<ReturnType<typeof call>>;
const texts = ({ body: { messages } }: Called): unknown[] =>
  [messages].flat().map((message) => (isFields(message) ? message.body : null));
const nextOf = ({ body }: Called): string => String(body.next_page_uri);

it('the list of Twilio has the newest first, by number, in pages that lead to each other', async () => {
  let clock = 0;
  twilio = await start({ now: () => clock });
  for (const [To, Body] of [
    ['+33600000001', 'un'],
    ['+33600000002', 'autre'],
    ['+33600000001', 'deux'],
    ['+33600000001', 'trois'],
  ] as const) {
    clock += 1000;
    await call(PATH, { To, From: 'VENTE', Body });
  }
  const first = await call(`${PATH}?To=%2B33600000001&PageSize=2`);
  expect(texts(first)).toEqual(['trois', 'deux']);
  const second = await call(nextOf(first));
  expect(texts(second)).toEqual(['un']);
  expect(second.body.next_page_uri).toBeNull();
});

it('the list of Twilio lags behind where it is told to', async () => {
  let clock = 0;
  twilio = await start({ now: () => clock, lag: 1000 });
  await call(PATH, { To: '+33600000001', From: 'VENTE', Body: 'un' });
  expect(texts(await call(PATH))).toEqual([]);
  clock = 1000;
  expect(texts(await call(PATH))).toEqual(['un']);
});

it.each(['PageSize=1001', 'Status=sent', 'Page=1'])('the list of Twilio refuses %s', async (query) => {
  twilio = await start();
  expect(await call(`${PATH}?${query}`)).toMatchObject({ status: 400 });
});
