import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type ReportOptions, report } from '../../src/commands/report.ts';
import type { Connection } from '../../src/db/connection.ts';
import { createReportStore } from '../../src/db/report-store.ts';
import { EXIT, UserError } from '../../src/errors.ts';
import { aCampaign, aMessage, anEnrolment, anEvent, aStep, testDatabase } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const STEPS = [
  aStep({ id: 'invitation', channel: 'linkedin', kind: 'invitation' }),
  aStep({ id: 'email-1' }),
  aStep({ id: 'sms-1', channel: 'sms', kind: 'sms' }),
];

/** Five people: one met, one answered, one only reached, one whose mail was refused, one not yet contacted. */
function aStory(connection: Connection, overrides: Parameters<typeof aCampaign>[1] = {}): number {
  const campaignId = aCampaign(connection, {
    scenario: { name: 'Connexion douce', steps: STEPS },
    ...overrides,
  });
  const person = (status: 'meeting' | 'replied' | 'completed' | 'failed' | 'active') =>
    anEnrolment(connection, { campaignId, status });
  const [met, answered, reached, refused] = [
    person('meeting'),
    person('replied'),
    person('completed'),
    person('failed'),
  ];
  person('active');
  const invitation = aMessage(connection, {
    enrolmentId: met,
    step: 'invitation',
    channel: 'linkedin',
    state: 'sent',
  });
  anEvent(connection, { type: 'accepted', messageId: invitation });
  const mails = [met, answered, reached].map((enrolmentId) =>
    aMessage(connection, { enrolmentId, state: 'sent' }),
  );
  aMessage(connection, { enrolmentId: refused, state: 'rejected' });
  for (const messageId of mails) anEvent(connection, { type: 'delivered', messageId });
  // Providers say things twice.
  for (const messageId of mails) anEvent(connection, { type: 'delivered', messageId });
  for (const messageId of mails.slice(0, 2)) anEvent(connection, { type: 'replied', messageId });
  anEvent(connection, { type: 'replied', messageId: mails[0] ?? 0 });
  anEvent(connection, { type: 'meeting', messageId: mails[0] ?? 0 });
  return campaignId;
}

describe('the counts', () => {
  it('are of people, each once, whatever came twice', async () => {
    const connection = testDatabase();
    const id = aStory(connection);
    expect((await createReportStore(connection).funnels([id])).get(id)).toEqual({
      enrolled: 5,
      contacted: 3,
      accepted: 1,
      delivered: 3,
      replied: 2,
      meeting: 1,
      completed: 1,
      stopped: 1,
    });
  });

  it('by touch are of messages', async () => {
    const connection = testDatabase();
    const id = aStory(connection);
    const touches = await createReportStore(connection).touches([id]);
    expect(touches.toSorted((a, b) => a.step.localeCompare(b.step))).toEqual([
      { campaignId: id, step: 'email-1', channel: 'email', sent: 3, delivered: 3, replied: 2 },
      { campaignId: id, step: 'invitation', channel: 'linkedin', sent: 1, delivered: 0, replied: 0 },
    ]);
  });

  it('of one campaign leave the others out, and one without people has zeros', async () => {
    const connection = testDatabase();
    const [first, second, empty] = [aStory(connection), aStory(connection), aCampaign(connection)];
    const store = createReportStore(connection);
    expect([...(await store.funnels([first, empty])).keys()]).toEqual([first, empty]);
    expect((await store.funnels([first, empty])).get(empty)?.enrolled).toBe(0);
    expect((await store.touches([second])).every(({ campaignId }) => campaignId === second)).toBe(true);
    expect(await store.touches([empty])).toEqual([]);
    expect((await store.funnels([])).size).toBe(0);
  });

  it('name the steps in the order of the scenario', async () => {
    const connection = testDatabase();
    aStory(connection, { name: 'Relance' });
    expect(await createReportStore(connection).campaigns()).toMatchObject([
      {
        name: 'Relance',
        scenario: 'Connexion douce',
        mode: 'live',
        steps: ['invitation', 'email-1', 'sms-1'],
      },
    ]);
  });
});

async function printed(
  fill: (connection: Connection) => void,
  options: Partial<ReportOptions> = {},
  overrides: ContextOverrides = {},
) {
  const test = testContext(overrides);
  fill(await test.context.connection());
  await report(test.context, { excelFr: false, ...options });
  return test;
}

const live = (connection: Connection) => void aStory(connection, { name: 'Relance Q1' });
const both = (connection: Connection) => {
  live(connection);
  aStory(connection, { name: 'Essai', mode: 'rehearsal' });
};

describe('hector report', () => {
  it('shows one campaign on a terminal: funnel, steps, channels', async () => {
    const { stdout } = await printed(live, { campaign: 'relance q1' }, { columns: 80 });
    expect(stdout()).toBe(`Relance Q1 (Connexion douce, running)
Stage      People  Of enrolled  Lost  Share lost
enrolled        5      100.0 %
contacted       3       60.0 %     2      40.0 %
accepted        1       20.0 %     2      66.7 %
delivered       3       60.0 %
replied         2       40.0 %     1      33.3 %
meeting         1       20.0 %     1      50.0 %
completed       1       20.0 %
stopped         1       20.0 %

Step        Channel   Sent  Delivered  Replied  Reply rate
invitation  linkedin     1          0        0       0.0 %
email-1     email        3          3        2      66.7 %
sms-1                    0          0        0

Channel   Sent  Delivered  Replied  Reply rate
linkedin     1          0        0       0.0 %
email        3          3        2      66.7 %
`);
  });

  it('is tab-separated when piped, and names things beside the data', async () => {
    const { stdout, stderr } = await printed(live, { campaign: 'Relance Q1' });
    expect(stdout().split('\n').slice(0, 2)).toEqual([
      'live\tfunnel\tenrolled\t5\t100.0 %\t\t',
      'live\tfunnel\tcontacted\t3\t60.0 %\t2\t40.0 %',
    ]);
    expect(stderr()).toContain('Relance Q1 (Connexion douce, running)');
  });

  it('says in each piped line which table of which mode it is of', async () => {
    const { stdout } = await printed(both);
    const places = stdout()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').slice(0, 2).join(' '));
    const sections = ['funnel', 'campaign', 'channel'];
    expect([...new Set(places)]).toEqual(
      ['live', 'rehearsal'].flatMap((mode) => sections.map((section) => `${mode} ${section}`)),
    );
  });

  it('never adds rehearsals to live campaigns', async () => {
    const { stdout } = await printed(both, {}, { columns: 80 });
    const [first = '', second = ''] = stdout().split('All rehearsals');
    expect(first).toContain('All campaigns');
    expect(first).toContain('Relance Q1');
    expect(first).not.toContain('Essai');
    expect(first).toMatch(/^enrolled +5 /m);
    expect(second).toContain('Rehearsal: nothing left this machine');
    expect(second).toMatch(/^Essai +running +5 +3 +2 +1 +66\.7 %$/m);
  });

  it('says of a rehearsal that nothing left this machine, also when piped, and nothing with --quiet', async () => {
    const rehearsal = (connection: Connection) =>
      void aStory(connection, { name: 'Essai', mode: 'rehearsal' });
    for (const options of [{ campaign: 'Essai' }, {}, { csv: 'stdout' } as const]) {
      const { stdout, stderr } = await printed(rehearsal, options);
      expect(stderr()).toContain('Rehearsal: nothing left this machine');
      expect(stdout()).not.toContain('nothing left');
      expect((await printed(rehearsal, options, { quiet: true })).stderr()).toBe('');
    }
    expect((await printed(live, {}, { columns: 80 })).stdout()).not.toContain('Rehearsal');
  });

  it('prints JSON with stable keys', async () => {
    const { stdout } = await printed(both, {}, { json: true });
    const { reports } = JSON.parse(stdout());
    expect(reports.map(({ mode }: { mode: string }) => mode)).toEqual(['live', 'rehearsal']);
    expect(Object.keys(reports[0])).toEqual(['mode', 'funnel', 'channels', 'cost', 'campaigns']);
    expect(reports[0].funnel[1]).toEqual({
      stage: 'contacted',
      count: 3,
      rate: 0.6,
      drop: 2,
      drop_rate: 0.4,
    });
    const [campaign] = reports[0].campaigns;
    expect(Object.keys(campaign)).toEqual([
      'campaign',
      'scenario',
      'status',
      'funnel',
      'steps',
      'channels',
      'cost',
    ]);
    expect(campaign.steps[1]).toEqual({
      step: 'email-1',
      channel: 'email',
      sent: 3,
      delivered: 3,
      replied: 2,
      reply_rate: 2 / 3,
    });
    expect(campaign.steps[2]).toEqual({
      step: 'sms-1',
      channel: null,
      sent: 0,
      delivered: 0,
      replied: 0,
      reply_rate: null,
    });
  });

  it('writes CSV for programs: the sum with no campaign, then each', async () => {
    const { stdout } = await printed(live, { csv: 'stdout' });
    const lines = stdout().split('\n');
    expect(lines[0]).toBe(
      'mode,campaign,section,item,channel,people,rate,drop,drop_rate,sent,delivered,replied,reply_rate,value',
    );
    expect(lines).toContain('live,,funnel,contacted,,3,0.6,2,0.4,,,,,');
    expect(lines).toContain('live,,channel,email,email,,,,,3,3,2,0.6667,');
    expect(lines).toContain('live,Relance Q1,funnel,accepted,,1,0.2,2,0.6667,,,,,');
    expect(lines).toContain('live,Relance Q1,step,email-1,email,,,,,3,3,2,0.6667,');
    expect((await printed(live, { csv: 'stdout', campaign: 'Relance Q1' })).stdout()).not.toContain(
      '\nlive,,',
    );
  });

  it('writes a private file for French Excel, with names that are formulas disarmed', async () => {
    const { folder, stdout, stderr } = await printed(
      (connection) => void aStory(connection, { name: '=1+1;x' }),
      { csv: { file: 'funnel.csv' }, excelFr: true },
    );
    const file = join(folder, 'funnel.csv');
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('\ufeffmode;campaign;section;')).toBe(true);
    expect(text).toContain(`live;"'=1+1;x";funnel;contacted;;3;0,6;2;0,4;;;;;\r\n`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(stdout()).toBe('');
    expect(stderr()).toContain('lines in funnel.csv');
  });

  it('says what to do when there is no campaign yet', async () => {
    const { stdout, stderr } = await printed(() => undefined);
    expect(stdout()).toBe('');
    expect(stderr()).toContain('No campaigns yet. Next: hector campaign create');
    expect(JSON.parse((await printed(() => undefined, {}, { json: true })).stdout())).toEqual({
      reports: [],
    });
  });

  it('refuses an unknown campaign and names the nearest', async () => {
    const error = await printed(live, { campaign: 'Relence Q1' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: EXIT.usage });
    expect(error instanceof Error && error.message).toContain('did you mean "Relance Q1"?');
  });
});

describe('a report of many people', () => {
  it('scans no table: each query goes by the index of its campaigns', async () => {
    const connection = testDatabase();
    const prepare = vi.spyOn(connection, 'prepare');
    const store = createReportStore(connection);
    await store.funnels([1]);
    await store.touches([1]);
    const queries = prepare.mock.calls.map(([sql]) => sql);
    expect(queries).toHaveLength(4);
    for (const sql of queries) {
      const parameters = Array.from(sql.matchAll(/\?/g), () => '[1]');
      const plan = connection
        .prepare<string[], { detail: string }>(`explain query plan ${sql}`)
        .all(...parameters)
        .map(({ detail }) => detail);
      expect(plan.filter((line) => /^SCAN (?:enrolment|message|event)/.test(line))).toEqual([]);
      expect(plan.some((line) => /^SEARCH (?:enrolment|message|event) USING/.test(line))).toBe(true);
    }
  });
});
