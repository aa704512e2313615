import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createCampaign } from '../../src/commands/campaign/create/launch.ts';
import { editCampaign } from '../../src/commands/campaign/edit.ts';
import { showCampaign } from '../../src/commands/campaign/show.ts';
import { approveMessages } from '../../src/commands/message/approve.ts';
import { editMessage } from '../../src/commands/message/edit.ts';
import { DAY, NOW } from '../builders.ts';
import { commandIn, EMAIL_STEP, type Space, waiting } from './drafts.ts';

const approve = (space: Space) =>
  approveMessages(commandIn(space).context, [], { all: true, campaign: null, yes: true });

const ENROLMENT = 'select status, step, next_at, hold from enrolment';

describe('a campaign that is changed', () => {
  const edit = async (
    space: Space,
    options: Partial<Parameters<typeof editCampaign>[2]>,
    context?: Space['context'],
  ) => {
    const run = commandIn(space);
    await editCampaign(context ?? run.context, 'Campagne 1', { yes: true, ...options });
    return run;
  };

  /** The scenario of the campaign as a file, with another prompt or another wait. */
  function scenarioWith(space: Space, change: { prompt?: string; wait?: string }): string {
    const step = { ...EMAIL_STEP, ...change };
    const { prompt, wait, id, channel, kind, objective, template } = step;
    const file = join(space.folder, 'essai.yaml');
    const body = {
      slug: 'essai',
      name: 'Essai',
      description: 'Un scénario pour les tests',
      target: 'dirigeants de PME',
      duration_days: 21,
      language: 'fr',
      steps: [{ id, wait, channel, kind, objective, prompt, template }],
    };
    writeFileSync(file, JSON.stringify(body));
    return file;
  }

  it('writes anew what waits for approval at a step that says something else', async () => {
    const space = await waiting();
    space.setClock(NOW + 8 * DAY);
    const { stdout } = await edit(space, { scenario: scenarioWith(space, { prompt: 'Autre chose.' }) });
    expect(stdout()).toContain('Written anew: 1 text, not sent yet');
    expect(space.rows(ENROLMENT)).toMatchObject([{ status: 'active', next_at: NOW + 8 * DAY, hold: null }]);
    await space.tick();
    expect(space.rows('select id, state from message')).toEqual([{ id: 2, state: 'awaiting_approval' }]);
  });

  it('shows the same before it does it', async () => {
    const space = await waiting();
    const { stdout } = await edit(space, { scenario: scenarioWith(space, { prompt: 'Autre.' }), yes: false });
    expect(stdout()).toContain('Written anew: 1 text');
    expect(space.rows('select id from message')).toEqual([{ id: 1 }]);
  });

  it('keeps a text that a person has written', async () => {
    const space = await waiting();
    await editMessage(commandIn(space, { stdin: 'Bonjour, de ma main.' }).context, '1', '-');
    const { stdout } = await edit(space, { scenario: scenarioWith(space, { prompt: 'Autre chose.' }) });
    expect(stdout()).toContain('Kept as written: 1 text of changed steps');
    expect(space.rows('select source from message')).toEqual([{ source: 'operator' }]);
  });

  it('asks for approval from now on, of what is written already, too', async () => {
    const space = await waiting(2, { approval: 'off', hoursFrom: 9 * 60 });
    space.connection.exec(`update message set state = 'ready', sent_at = null, claimed_at = null, idempotency_key = null;
      update enrolment set status = 'active', step = 'email-1', next_at = ${NOW}, anchor_at = ${NOW}, ended_at = null;
      delete from event where type = 'sent'`);
    const { stdout } = await edit(space, { approval: 'all' });
    expect(stdout()).toContain('approval: off -> all');
    expect(stdout()).toContain('Written anew: 2 texts');
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.rows('select distinct state from message')).toEqual([{ state: 'awaiting_approval' }]);
  });

  /** Written before texts were kept with their facts, as in the file of an older hector. */
  const readyText = async (facts: string) => {
    const space = await waiting(1, { approval: 'off', hoursFrom: 9 * 60 });
    space.connection.exec(`update message set state = 'ready', sent_at = null, claimed_at = null, idempotency_key = null,
        ${facts};
      update enrolment set status = 'active', step = 'email-1', next_at = ${NOW}, anchor_at = ${NOW}, ended_at = null;
      delete from event`);
    return space;
  };

  it('names the command that approves what still waits, as it can be typed', async () => {
    const space = await waiting(1);
    const { stderr } = await edit(space, { approval: 'off' });
    expect(stderr()).toContain(
      '1 text still waiting for approval. Next: hector message approve --all --campaign',
    );
    expect(stderr()).toMatch(/ --yes\n/);
  });

  it('asks for approval of a text of an older file, too', async () => {
    const space = await readyText('facts_key = null, writing = null');
    await edit(space, { approval: 'all' });
    expect(await space.tick()).toMatchObject({ sent: {} });
    expect(space.rows('select state from message')).toEqual([{ state: 'awaiting_approval' }]);
  });

  it('does not take an approval of the text before for one of this text', async () => {
    const space = await readyText(`created_at = ${NOW}`);
    space.connection.exec(`insert into event (type, at, prospect_id, campaign_id, enrolment_id, message_id)
      select 'approved', ${NOW - 1}, prospect_id, campaign_id, enrolment_id, id from message`);
    await edit(space, { approval: 'all' });
    await space.tick();
    expect(space.rows('select state from message')).toEqual([{ state: 'awaiting_approval' }]);
  });

  it('looks for texts among the open ones only', async () => {
    const space = await waiting();
    const prepare = vi.spyOn(await space.context.connection(), 'prepare');
    await edit(space, { approval: 'first' }, space.context);
    const statements = prepare.mock.calls
      .map(([sql]) => sql)
      .filter((sql) => sql.includes('from message where'));
    prepare.mockRestore();
    expect(statements.length).toBeGreaterThan(2);
    const named = { campaign: 1, said: '[]', asked: 0, resigned: 0, steps: '[]' };
    for (const sql of statements.filter((each) => each.includes(':campaign')))
      expect(JSON.stringify(space.connection.prepare(`explain query plan ${sql}`).all(named))).toContain(
        'SEARCH message USING INDEX message_open',
      );
  });

  it('does not ask again for what a person has approved', async () => {
    const space = await waiting(1, { approval: 'first' });
    await approve(space);
    await edit(space, { approval: 'all' });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('says what still waits when approval is asked no more', async () => {
    const space = await waiting();
    const { stderr } = await edit(space, { approval: 'off' });
    expect(stderr()).toContain(
      "1 text still waiting for approval. Next: hector message approve --all --campaign 'Campagne 1'",
    );
  });

  it('takes a voice that can be loaded, and no other', async () => {
    const space = await waiting();
    await expect(edit(space, { voice: 'nobody' })).rejects.toMatchObject({ exitCode: 2 });
    await edit(space, { voice: 'neutral' });
    expect(space.rows('select voice from campaign')).toEqual([{ voice: 'neutral' }]);
    await edit(space, { voice: '' });
    expect(space.rows('select voice from campaign')).toEqual([{ voice: null }]);
  });

  it('knows the file of a voice wherever a tick is started', async () => {
    const space = await waiting();
    mkdirSync(join(space.folder, 'maison'));
    copyFileSync('examples/voices/neutral.yaml', join(space.folder, 'maison', 'voix.yaml'));
    await edit(space, { voice: join(space.folder, 'maison', 'voix.yaml') });
    expect(space.rows('select voice from campaign')).toEqual([{ voice: 'maison/voix.yaml' }]);
  });

  it('is not even created with a voice that cannot be loaded', async () => {
    const space = await waiting();
    const input = { name: 'Autre', scenario: 'connexion-douce', mode: 'rehearsal', voice: 'nobody' } as const;
    await expect(createCampaign(commandIn(space).context, input)).rejects.toMatchObject({ exitCode: 2 });
    await createCampaign(commandIn(space).context, { ...input, voice: 'neutral', approval: 'ai' });
    expect(space.rows('select name, approval, voice from campaign where id > 1')).toEqual([
      { name: 'Autre', approval: 'ai', voice: 'neutral' },
    ]);
  });

  it('shows approval and voice', async () => {
    const space = await waiting(1, { voice: 'neutral' });
    const { context, stdout } = commandIn(space);
    await showCampaign(context, 'Campagne 1');
    expect(stdout()).toContain('Approval\tall: each text waits for a person (hector message review)');
    expect(stdout()).toContain('Voice\tneutral');
  });
});
