import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCampaign } from '../../src/commands/campaign/create/launch.ts';
import { confirmSent } from '../../src/commands/task/confirm.ts';
import { aProspect } from '../builders.ts';
import { type TickWorkspace, tickWorkspace } from './workspace.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday 2 November 2026, 08:00 in Paris. */
const START = Date.UTC(2026, 10, 2, 7);

interface Person {
  facts?: Parameters<typeof aProspect>[1];
  /** Days after the start on which the invitation is accepted. */
  acceptsOn?: number;
}

/** The whole scenario hour by hour: cron every hour, the operator at eleven, acceptances at three. */
async function live(
  people: readonly Person[],
  days = 22,
): Promise<{ space: TickWorkspace; touches: string[] }> {
  const space = await tickWorkspace({ now: START });
  const ids = people.map(({ facts }) =>
    aProspect(space.connection, { consent: 'salon 2026', createdAt: START, ...facts }),
  );
  await createCampaign(space.context, {
    name: 'PME Ouest',
    scenario: 'connexion-douce',
    from: 'all',
    mode: 'rehearsal',
  });
  const tasks = await space.context.stores.tasks();
  for (let hour = 0; hour < days * 24; hour += 1) {
    space.setClock(START + hour * HOUR);
    await space.tick();
    if (hour % 24 === 3)
      for (const task of await tasks.list({ campaign: null, channel: null }, null))
        await confirmSent(space.context, tasks, task, task.body);
    for (const [index, { acceptsOn }] of people.entries())
      if (acceptsOn !== undefined && hour === acceptsOn * 24 + 7)
        await tasks.accepted(ids[index] ?? 0, START + hour * HOUR);
  }
  return { space, touches: touchesOf(space) };
}

/** `2026-11-02 11:00 linkedin invitation`: in Paris, in order. */
function touchesOf(space: TickWorkspace): string[] {
  const rows = space.rows(
    'select step, channel, sent_at from message where sent_at is not null order by sent_at, id',
  );
  return (rows as { step: string; channel: string; sent_at: number }[]).map(
    ({ step, channel, sent_at }) =>
      `${new Date(sent_at).toLocaleString('sv-SE', { timeZone: 'Europe/Paris' }).slice(0, 16)} ${channel} ${step}`,
  );
}

describe('the 21 days of Connexion douce', () => {
  it('reach someone who accepts on the third day by all five steps, on the right day, hour and channel', async () => {
    const { space, touches } = await live([{ acceptsOn: 2 }]);
    expect(touches).toEqual([
      '2026-11-02 11:00 linkedin invitation', // the operator comes at eleven
      '2026-11-05 11:00 linkedin message-bienvenue', // two days on, accepted on Wednesday at three
      '2026-11-12 09:00 email email-question', // six days on is the 11th, a holiday
      '2026-11-16 09:00 sms sms-de-vive-voix',
      '2026-11-23 09:00 email email-cloture', // five days on is Saturday
    ]);
    expect(space.rows('select status, reason, step from enrolment')).toEqual([
      { status: 'completed', reason: null, step: null },
    ]);
  });

  it('pass over the LinkedIn message for someone who never accepts', async () => {
    const { touches, space } = await live([{}]);
    expect(touches).toEqual([
      '2026-11-02 11:00 linkedin invitation',
      '2026-11-09 09:00 email email-question',
      '2026-11-13 09:00 sms sms-de-vive-voix',
      '2026-11-18 09:00 email email-cloture',
    ]);
    expect(space.rows("select data from event where type = 'skipped'")).toEqual([
      { data: JSON.stringify({ step: 'message-bienvenue', reason: 'condition_false' }) },
    ]);
  });

  it('keep to the hours of La Réunion for someone there', async () => {
    const { touches } = await live([{ facts: { zip: '97400', linkedin: null } }]);
    expect(touches).toEqual([
      '2026-11-09 06:00 email email-question',
      '2026-11-13 06:00 sms sms-de-vive-voix',
      '2026-11-18 06:00 email email-cloture',
    ]);
  });

  it('leave a real file for each e-mail and SMS, named so that ls reads as a log', async () => {
    const { space } = await live([{ facts: { linkedin: null, first_name: 'Élodie', last_name: 'Faÿ' } }]);
    const files = readdirSync(join(space.folder, 'outbox')).sort();
    expect(files).toHaveLength(3);
    expect(files[0]).toMatch(/^2026-11-09T08-00-00_email_\d{6}_elodie-fay_pme-ouest-email-question\.eml$/);
    expect(files[1]).toMatch(/^2026-11-13T08-00-00_sms_/);
  });

  it('touch nobody twice at a step, nor twice on a day', async () => {
    const { space } = await live(
      Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? { acceptsOn: index } : {})),
    );
    expect(
      space.rows(
        'select enrolment_id, step from message group by enrolment_id, step, channel having count(*) > 1',
      ),
    ).toEqual([]);
    expect(
      space.rows(
        `select prospect_id from message where sent_at is not null group by prospect_id, sent_at / ${DAY} having count(*) > 1`,
      ),
    ).toEqual([]);
    expect(space.rows("select count(*) as n from enrolment where status = 'completed'")).toEqual([{ n: 12 }]);
  });
});
