import { describe, expect, it } from 'vitest';
import { explain } from '../../src/commands/explain.ts';
import type { Connection } from '../../src/db/connection.ts';
import { aCampaign, aMessage, anEnrolment, aProspect, aStep, DAY, HOUR, NOW } from '../builders.ts';
import { type ContextOverrides, testContext } from '../context.ts';

type Asked = Partial<Parameters<typeof explain>[1]>;

/** What the command printed about a workspace that `build` has filled. */
async function explained(
  build: (connection: Connection) => void,
  asked: Asked,
  overrides: ContextOverrides = {},
): Promise<{ stdout: string; stderr: string }> {
  const { context, stdout, stderr } = testContext(overrides);
  build(await context.connection());
  await explain(context, { prospect: null, campaign: null, ...asked });
  return { stdout: stdout(), stderr: stderr() };
}

const waiting = (connection: Connection): void => {
  const prospectId = aProspect(connection, { timezone: 'Indian/Reunion' });
  const campaignId = aCampaign(connection, {
    name: 'PME Ouest',
    mode: 'rehearsal',
    scenario: { steps: [aStep(), aStep({ id: 'email-2', wait: '4d' })] },
  });
  const nextAt = NOW - 2 * HOUR + 4 * DAY;
  anEnrolment(connection, { campaignId, prospectId, step: 'email-2', nextAt, anchorAt: NOW - 2 * HOUR });
};

describe('hector explain PROSPECT', () => {
  it('says on a terminal where somebody stands, what comes next in both zones, and what holds them', async () => {
    const { stdout, stderr } = await explained(waiting, { prospect: 'Claire Durand' }, { columns: 106 });
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      '#1 Claire Durand',
      '',
      'PME Ouest (rehearsal): active, step email-2',
      '  Counted from Mon 23 Nov 2026 08:00 Europe/Paris, 11:00 Indian/Reunion',
      '  Next         email of step email-2, Fri 27 Nov 2026 08:00 Europe/Paris, 11:00 Indian/Reunion, in 4 days',
      '  Held by      1. the wait of the next step is not over, until Fri 27 Nov 2026 08:00 Europe/Paris, 11:00',
      '               Indian/Reunion',
      '',
    ]);
    expect(stderr).toBe('No tick has run yet: hector tick\n');
  });

  it('prints one line a rule when piped', async () => {
    const { stdout } = await explained(waiting, { prospect: '1' });
    expect(stdout).toBe(
      '1\tPME Ouest\tactive\temail-2\tnot_yet_due\t2026-11-27T07:00:00.000Z\tthe wait of the next step is not over\t\n',
    );
  });

  it('says of somebody due that the next tick comes for them, and when the last one ran', async () => {
    const due = (connection: Connection) => {
      anEnrolment(connection, { campaignId: aCampaign(connection, { name: 'A', mode: 'rehearsal' }) });
      connection
        .prepare("insert into tick (started_at, finished_at, host, pid) values (?, ?, 'here', 1)")
        .run(NOW - 2 * HOUR, NOW - 2 * HOUR);
    };
    const { stdout, stderr } = await explained(due, { prospect: '1' }, { columns: 100 });
    expect(stdout).toContain('  Next         email of step email-1, with the next tick\n');
    expect(stdout).not.toContain('Held by');
    expect(stderr).toBe('The last tick with work to do ran 2 hours ago.\n');
  });

  it('says that a touch has moved which missed its hours', async () => {
    const anchorAt = Date.parse('2026-11-22T19:40:00+01:00');
    const { stdout } = await explained(
      (connection) => {
        const campaignId = aCampaign(connection, { mode: 'rehearsal' });
        anEnrolment(connection, { campaignId, anchorAt, nextAt: NOW - HOUR });
      },
      { prospect: '1' },
      { columns: 200, now: NOW - 2 * HOUR },
    );
    expect(stdout).toContain('email of step email-1, Mon 23 Nov 2026 09:00 Europe/Paris, in 1 hour\n');
    expect(stdout).toContain('was due Sun 22 Nov 2026 19:40 Europe/Paris; outside the hours, so it moves to');
  });

  it('names the task, the entry and the campaign that would have to change', async () => {
    const held = (connection: Connection) => {
      const campaignId = aCampaign(connection, { name: "L'Ouest", status: 'paused' });
      connection.exec("update campaign set pause_reason = 'bounces at 3 %'");
      const enrolmentId = anEnrolment(connection, { campaignId, hold: 'operator', nextAt: null });
      aMessage(connection, { enrolmentId, channel: 'email', state: 'awaiting_operator' });
    };
    const { stdout } = await explained(held, { prospect: '1' }, { columns: 100 });
    expect(stdout).toContain('1. the campaign is paused (bounces at 3 %)\n');
    expect(stdout).toContain("hector campaign resume 'L'\\''Ouest'\n");
    expect(stdout).toContain('2. waits for a person to send it: hector task next\n');
    expect(stdout).toContain('hector task done 1\n');
  });

  it('says of an ended one why and when, and keeps to the campaign that is named', async () => {
    const ended = (connection: Connection) => {
      const prospectId = aProspect(connection);
      for (const name of ['A', 'B'])
        anEnrolment(connection, {
          campaignId: aCampaign(connection, { name }),
          prospectId,
          status: 'stopped',
          reason: 'company_replied',
        });
    };
    const { stdout } = await explained(ended, { prospect: '1', campaign: 'b' }, { columns: 100 });
    expect(stdout).toContain('B: stopped\n  Ended        a colleague answered, Mon 23 Nov 2026 10:00');
    expect(stdout).not.toContain('A: stopped');
  });

  it('says of somebody whom no channel reaches what is missing', async () => {
    const { stdout } = await explained(
      (connection) => {
        const steps = [aStep({ channel: 'linkedin', kind: 'message', id: 'li' }), aStep()];
        const campaignId = aCampaign(connection, { scenario: { steps } });
        anEnrolment(connection, {
          campaignId,
          step: 'li',
          prospectId: aProspect(connection, { linkedin: null }),
        });
      },
      { prospect: '1' },
      { columns: 100 },
    );
    expect(stdout).toContain('Passed over  li: no address for this channel\n');
    expect(stdout).toContain('email-1: the channel has no provider\n');
    expect(stdout).toContain('1. no step reached them: no usable address, or too late\n');
    expect(stdout).toContain('edit .env: the keys of a provider\n');
    expect(stdout).toContain('hector prospect import FILE --update\n');
  });

  it('has the same keys whatever comes next', async () => {
    const build = (connection: Connection) => {
      waiting(connection);
      anEnrolment(connection, { prospectId: 1, status: 'completed' });
      anEnrolment(connection, { prospectId: 1, hold: 'operator', nextAt: null });
    };
    const { stdout } = await explained(build, { prospect: '1' }, { json: true });
    const { enrolments } = JSON.parse(stdout);
    expect(enrolments).toHaveLength(3);
    for (const each of enrolments) {
      expect(Object.keys(each)).toEqual(Object.keys(enrolments[0]));
      expect(Object.keys(each.next)).toEqual(Object.keys(enrolments[0].next));
    }
  });

  it('is a usage error for somebody unknown, and without anybody', async () => {
    await expect(explained(waiting, { prospect: 'Nobody' })).rejects.toMatchObject({ exitCode: 2 });
    await expect(explained(waiting, {})).rejects.toMatchObject({ exitCode: 2 });
    await expect(explained(waiting, { campaign: 'Nowhere' })).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('hector explain --campaign', () => {
  const crowd = (connection: Connection): void => {
    const campaignId = aCampaign(connection, { name: 'PME Ouest' });
    for (const name of ['Anne', 'Berthe', 'Carla', 'Denise']) {
      const prospectId = aProspect(connection, { first_name: name });
      anEnrolment(connection, {
        campaignId,
        prospectId,
        step: 'email-2',
        hold: 'not_yet_due',
        nextAt: NOW + prospectId * DAY,
      });
    }
    anEnrolment(connection, { campaignId, nextAt: NOW - 2 * HOUR, hold: 'not_yet_due' });
    anEnrolment(connection, { campaignId, hold: 'operator', nextAt: null });
    anEnrolment(connection, { campaignId, status: 'paused' });
    anEnrolment(connection, { campaignId, status: 'replied', reason: 'replied' });
  };

  it('groups people by what they wait for and where, the largest first', async () => {
    const { stdout } = await explained(crowd, { campaign: 'pme ouest' }, { json: true });
    expect(JSON.parse(stdout)).toMatchObject({
      campaign: 'PME Ouest',
      rules: [{ code: 'no_tick', commands: ['hector tick'] }],
      groups: [
        {
          reason: 'not_yet_due',
          step: 'email-2',
          people: 4,
          first_at: '2026-11-24T09:00:00.000Z',
          last_at: '2026-11-27T09:00:00.000Z',
          names: ['Anne Durand', 'Berthe Durand', 'Carla Durand'],
        },
        { reason: null, step: 'email-1', people: 1, sentence: 'due: goes out with the next tick' },
        { reason: 'operator', step: 'email-1', people: 1, first_at: null },
        { reason: 'person_paused', step: 'email-1', people: 1, first_at: null },
      ],
      ended: [{ status: 'replied', reason: 'replied', people: 1 }],
    });
  });

  it('says on a terminal what keeps all of them', async () => {
    const { stdout } = await explained(crowd, { campaign: 'PME Ouest' }, { columns: 120, now: NOW - DAY });
    expect(stdout).toContain(
      '- outside the hours and days of the campaign, or a public holiday, until Mon 23 Nov 2026 09:00',
    );
    expect(stdout).toContain("    hector campaign edit 'PME Ouest' --days DAYS --hours HOURS\n");
    expect(stdout).toMatch(/^ *4 +the wait of the next step +email-2 .* Anne Durand, Berthe Durand/m);
    expect(stdout).toMatch(/^ *1 +replied$/m);
  });

  it('blames no tick where one has just run, nor where the campaign stands', async () => {
    const build = (status: 'running' | 'paused', tickAt: number | null) => (connection: Connection) => {
      anEnrolment(connection, {
        campaignId: aCampaign(connection, { name: 'A', status }),
        nextAt: NOW - 2 * HOUR,
      });
      if (tickAt !== null)
        connection.prepare("insert into tick (started_at, host, pid) values (?, 'here', 1)").run(tickAt);
    };
    const codes = async (made: (connection: Connection) => void) => {
      const { stdout } = await explained(made, { campaign: 'A' }, { json: true });
      return JSON.parse(stdout).rules.map(({ code }: { code: string }) => code);
    };
    expect(await codes(build('running', NOW - HOUR / 2))).toEqual([]);
    expect(await codes(build('running', NOW - 3 * HOUR))).toEqual(['no_tick']);
    expect(await codes(build('paused', null))).toEqual(['campaign_paused']);
  });
});
