import { describe, expect, it } from 'vitest';
import { completeCampaign } from '../../src/commands/campaign/complete.ts';
import { createEnroller } from '../../src/db/enroller.ts';
import { aCampaign, anEnrolment, aProspect, aStep, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { enrolled, withProviders } from '../tick/providers.ts';

/** What is left that a tick, or a person, could still send. */
const OPEN = `select id from message where state in ('draft', 'awaiting_approval', 'ready', 'sending', 'awaiting_operator')
  union all select id from enrolment where status in ('active', 'paused') or next_at is not null`;

describe('a campaign that is ended while a tick is at work', () => {
  it.each([
    ['due', 0],
    ['apply', 0],
    ['claim', 0],
    ['record', 3],
  ] as const)('before %s: %i mails go out, and nothing of it is left', async (method, mails) => {
    const space = await withProviders();
    enrolled(space, 3, { name: 'PME', scenario: { steps: [aStep(), aStep({ id: 'email-2', wait: '1d' })] } });
    const store = await space.context.stores.ticks();
    let ended = false;
    const first = async (): Promise<void> => {
      if (!ended) await completeCampaign(testContext({ folder: space.folder }).context, 'PME', true);
      ended = true;
    };
    const before = {
      due: async (...given: Parameters<typeof store.due>) => first().then(() => store.due(...given)),
      apply: async (...given: Parameters<typeof store.apply>) => first().then(() => store.apply(...given)),
      claim: async (...given: Parameters<typeof store.claim>) => first().then(() => store.claim(...given)),
      record: async (...given: Parameters<typeof store.record>) => first().then(() => store.record(...given)),
    };
    await space.tick({ store: { ...store, [method]: before[method] } });
    expect(ended).toBe(true);
    expect(space.mail.accepted).toHaveLength(mails);
    expect(space.rows("select count(*) as n from message where state = 'sent'")).toEqual([{ n: mails }]);
    expect(space.rows(OPEN)).toEqual([]);
    expect(space.rows('select distinct status, reason from enrolment')).toEqual([
      { status: 'stopped', reason: 'campaign_ended' },
    ]);
  });
});

describe('a campaign that is ended while people are taken in', () => {
  /** Ends it at the first person beyond the first thousand: between two transactions, as another process would. */
  async function ending(people: number) {
    const { context } = testContext();
    const connection = await context.connection();
    const id = aCampaign(connection, { name: 'PME' });
    const ids = Array.from({ length: people }, () => aProspect(connection));
    const ends = await context.stores.campaignEnds();
    const enroller = createEnroller(connection, () => ({ step: 'email-1', nextAt: NOW, anchorAt: NOW }));
    const enrolling = enroller.enrol(
      'PME',
      handOut(ids, 1000, () => ends.complete(id, NOW)),
      NOW,
    );
    const rows = (sql: string) => connection.prepare(sql).all();
    return { context, connection, id, enrolling, rows };
  }

  /** A list that does something between its first chunk and its second. */
  function handOut(ids: readonly number[], at: number, act: () => unknown): readonly number[] {
    return new Proxy(ids, {
      get(target, key) {
        if (key !== 'slice') return Reflect.get(target, key);
        return (from: number, to: number) => {
          if (from === at) act();
          return target.slice(from, to);
        };
      },
    });
  }

  it('takes nobody in from then on, and leaves nobody active', async () => {
    const { enrolling, rows } = await ending(1001);
    await expect(enrolling).rejects.toThrow('campaign "PME" has ended: it takes nobody in');
    expect(rows('select status, count(*) as n from enrolment group by 1')).toEqual([
      { status: 'stopped', n: 1000 },
    ]);
  });

  it('ending it once more stops whoever is active all the same', async () => {
    const { context, stdout, stderr } = testContext();
    const connection = await context.connection();
    const campaignId = aCampaign(connection, { name: 'PME', status: 'completed' });
    anEnrolment(connection, { campaignId });
    await completeCampaign(context, 'PME', false);
    expect(stdout()).toContain('has ended already');
    expect(stderr()).toContain('stopped: 1 person');
    expect(connection.prepare('select status, reason from enrolment').all()).toEqual([
      { status: 'stopped', reason: 'campaign_ended' },
    ]);
    await completeCampaign(context, 'PME', false);
    expect(stderr()).toContain('stopped: 0 people');
  });
});
