import { describe, expect, it } from 'vitest';
import { nextTasks } from '../../src/commands/task/next.ts';
import { aCampaign, anEnrolment } from '../builders.ts';
import { waiting } from './waiting.ts';

/** Somebody at the card of a rehearsal, who is in a live campaign as well. */
async function rehearsed(answers: (string | boolean)[], alsoLive = true) {
  const test = await waiting(answers, { campaign: { mode: 'rehearsal' } });
  const campaignId = aCampaign(test.connection, { name: 'Vrai' });
  if (alsoLive) anEnrolment(test.connection, { campaignId, prospectId: 1 });
  await nextTasks(test.context, { campaign: null, anyway: false });
  return { ...test, statuses: test.rows('select status from enrolment order by id') };
}

const [ACTIVE, STOPPED] = [{ status: 'active' }, { status: 'stopped' }];

describe('x', () => {
  it('at the card of a rehearsal asks before it ends live campaigns, and names them', async () => {
    const { asked, statuses, stderr } = await rehearsed(['stop', 'no', 'stop', 'yes', 'quit']);
    expect(asked[1]).toBe(
      [
        'This is a rehearsal. Stop Claire1 Durand for real? It ends live',
        'campaigns as well: Vrai.',
        'y yes, stop them  b back',
        '> ',
      ].join('\n'),
    );
    expect(stderr()).toContain('Nothing was recorded.');
    expect(statuses).toEqual([STOPPED, STOPPED]);
  });

  it('leaves everything as it is where that is refused', async () => {
    const { statuses } = await rehearsed(['stop', 'no', 'quit']);
    expect(statuses).toEqual([ACTIVE, ACTIVE]);
  });

  it('asks nothing where only the rehearsal ends', async () => {
    const { statuses, asked } = await rehearsed(['stop', 'quit'], false);
    expect(statuses).toEqual([STOPPED]);
    expect(asked).toHaveLength(2);
  });

  it('says what it has ended', async () => {
    const test = await waiting(['stop', 'quit']);
    const campaignId = aCampaign(test.connection, { name: 'Autre' });
    anEnrolment(test.connection, { campaignId, prospectId: 1 });
    const over = aCampaign(test.connection, { name: 'Finie' });
    anEnrolment(test.connection, { campaignId: over, prospectId: 1, status: 'completed' });
    await nextTasks(test.context, { campaign: null, anyway: false });
    expect(test.stderr()).toContain('Recorded: Claire1 Durand, stopped: PME Ouest, Autre.');
  });
});
