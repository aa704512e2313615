import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { approveMessages } from '../../src/commands/message/approve.ts';
import { editMessage } from '../../src/commands/message/edit.ts';
import { importDecisions } from '../../src/commands/message/import.ts';
import { listMessages } from '../../src/commands/message/list.ts';
import { rejectMessages } from '../../src/commands/message/reject.ts';
import { reviewMessages } from '../../src/commands/message/review.ts';
import { rewriteMessage } from '../../src/commands/message/rewrite.ts';
import { showMessage } from '../../src/commands/message/show.ts';
import { failure } from '../../src/errors.ts';
import { aStep, aSuppression, HOUR, NOW } from '../builders.ts';
import { type AnthropicRules, startAnthropic } from '../stand-ins/anthropic.ts';
import { settings } from '../tick/workspace.ts';
import {
  atTerminal,
  commandIn,
  LINKEDIN_STEP,
  NO_FILTER,
  type Script,
  SMS_STEP,
  type Space,
  waiting,
} from './drafts.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const server of open.splice(0)) await server.close();
});

const ALL = { campaign: null, channel: null, limit: null };
const STATES = 'select state from message order by id';

async function review(space: Space, script: Script, options: Partial<typeof ALL> = {}) {
  const run = atTerminal(space, script);
  await reviewMessages(run.context, { ...ALL, ...options });
  return run;
}

const withSecondStep = { scenario: { steps: [aStep(), aStep({ id: 'email-2', wait: '4d' })] } };

describe('message review', () => {
  it('does with each text what the letter says, and nothing else', async () => {
    const space = await waiting(5);
    const { stderr } = await review(space, {
      answers: ['approve', 'reject', 'stop', 'later', 'quit'],
      asked: ['trop tôt'],
    });
    expect(space.rows('select state, error from message order by id')).toEqual([
      { state: 'ready', error: null },
      { state: 'skipped', error: 'rejected: trop tôt' },
      { state: 'cancelled', error: 'removed' },
      { state: 'awaiting_approval', error: null },
      { state: 'awaiting_approval', error: null },
    ]);
    expect(stderr()).toContain('Approved 1, rejected 1, stopped 1, left for later 1.');
    expect(space.rows("select type, data ->> 'reason' as reason from event where type = 'declined'")).toEqual(
      [{ type: 'declined', reason: 'trop tôt' }],
    );
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('shows the person, the campaign, who wrote it, the text, and how many are left', async () => {
    const space = await waiting(2);
    const { stdout } = await review(space, { answers: ['quit'] });
    expect(stdout()).toContain('Claire Durand  2 to go');
    expect(stdout()).toContain('Directrice générale · Firme 1');
    expect(stdout()).toContain('message 1 · email · Campagne 1 · step email-1');
    expect(stdout()).toContain('Written: template default/email');
    expect(stdout()).toContain('Subject: Une question');
    expect(stdout()).toContain('Bonjour Claire,');
  });

  it('shows what it rests on, what it cost, why not Claude, and the last that was said', async () => {
    const space = await waiting(2);
    const writing = {
      fallback: null,
      detail: null,
      model: 'claude-sonnet-5-5',
      prompt: 'p1',
      voice: 'v 1',
      disc: null,
      tokens: null,
      cost: 4200,
      latencyMs: 10,
      kept: false,
      repaired: false,
      claims: [
        { statement: 'vous dirigez', fact: 'title', value: 'Directrice \u001b[2Jgénérale', source: 'liste' },
      ],
    };
    const set = space.connection.prepare('update message set source = ?, writing = ? where id = ?');
    set.run('claude', JSON.stringify(writing), 1);
    set.run('template', JSON.stringify({ ...writing, fallback: 'guard', detail: 'claim: x', claims: [] }), 2);
    space.connection.exec(`insert into event (type, at, prospect_id, data, channel)
      values ('replied', ${NOW - HOUR}, 1, '{"text":"Plus tard"}', 'email')`);
    const { stdout } = await review(space, { answers: ['later', 'quit'] });
    expect(stdout()).toContain('Written: by Claude (claude-sonnet-5-5), $0.0042');
    expect(stdout()).toContain('"vous dirigez" rests on title: Directrice ?[2Jgénérale (liste)');
    expect(stdout()).toContain('Last said: by them, email, 1 hour ago: Plus tard');
    expect(stdout()).toContain('since the guard refused the text');
    expect(stdout()).not.toContain('\u001b');
  });

  it('keeps to a campaign, a channel and a number', async () => {
    const space = await waiting(3);
    await review(space, { answers: [] }, { channel: 'sms' as never });
    await review(space, { answers: ['later'] }, { limit: 1 as never });
    await expect(review(space, {}, { campaign: 'Nulle' as never })).rejects.toMatchObject({ exitCode: 2 });
    await review(space, { answers: ['quit'] }, { campaign: 'Campagne 1' as never });
  });

  it('an edited text still waits, is the person’s own, and goes out to the byte', async () => {
    const space = await waiting();
    const { stdout } = await review(space, {
      answers: ['edit', 'approve'],
      edits: [(text) => text.replace('Bonjour Claire', 'Chère Claire').replace('Une question', 'À propos')],
    });
    expect(stdout()).toContain('Written: edited by a person');
    expect(space.rows('select subject, source, facts_key from message')).toEqual([
      { subject: 'À propos', source: 'operator', facts_key: null },
    ]);
    await space.tick();
    expect(space.mail.accepted[0]?.email).toMatchObject({
      subject: 'À propos',
      text: expect.stringMatching(/^Chère Claire,\n\n\S/),
      html: expect.stringContaining('Chère Claire'),
    });
    expect(space.rows('select type from event order by id')).toEqual([
      { type: 'edited' },
      { type: 'approved' },
      { type: 'sent' },
    ]);
  });

  it('an edited text counts against who sends it now', async () => {
    const space = await waiting();
    space.connection.exec("update message set sender = 'old@ads.example'");
    await review(space, { answers: ['edit', 'quit'], edits: [(text) => `${text}\n\nP.-S. : à bientôt.`] });
    const [row] = space.rows('select sender, envelope ->> \'from\' as "from" from message') as [
      { sender: string; from: string },
    ];
    expect(row.from).toContain(row.sender);
  });

  it('puts the way out back that an edit has taken away', async () => {
    const space = await waiting(1, { scenario: { steps: [SMS_STEP] } });
    const { stderr } = await review(space, {
      answers: ['edit', 'approve'],
      edits: [() => 'Bonjour Claire.'],
    });
    expect(stderr()).toContain('The way out was missing, and has been added.');
    await space.tick();
    expect(space.phone.accepted[0]?.form.Body).toBe('Bonjour Claire. STOP au 36180');
  });

  it.each([
    ['empty', 'Subject: x\n\n  \n', 'the text is empty'],
    ['without a subject', 'Subject:\n\nBonjour', 'an e-mail needs a subject'],
    ['half filled', 'Subject: x\n\nBonjour [Prénom],', '"[Prénom]" is left in the text'],
    ['too long', `Subject: ${'mot '.repeat(80)}\n\nBonjour`, 'characters in the subject, at most 200'],
  ])('does not keep a text that is %s, and offers it again as it was typed', async (_, typed, why) => {
    const space = await waiting();
    const seen: string[] = [];
    const { stderr } = await review(space, {
      answers: ['edit', 'quit'],
      edits: [
        () => typed,
        (text) => {
          seen.push(text);
          return typed;
        },
      ],
      confirms: ['enter', false],
    });
    expect(stderr()).toContain(why);
    expect(seen).toEqual([typed]);
    const file = join(space.folder, 'message-1.txt');
    expect(stderr()).toContain(`hector message edit 1 --file ${file}`);
    expect(readFileSync(file, 'utf8')).toBe(typed);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(space.rows('select source from message')).toEqual([{ source: 'template' }]);
  });

  it('a signature that an edit has taken away is named, and the edit is kept', async () => {
    const space = await waiting();
    const signed = (text: string) => text.replace(',\n\n', ',\n\nJean Martin\nACME\n\nRCS 1\n');
    const { stderr } = await review(space, {
      answers: ['edit', 'edit', 'quit'],
      edits: [signed, () => 'Subject: x\n\nBonjour,\n\nrien.'],
    });
    expect(stderr()).toContain('The signature is gone: Jean Martin / ACME / RCS 1\n');
    expect(stderr().split('The signature is gone')).toHaveLength(2);
    expect(space.rows("select count(*) as n from event where type = 'edited'")).toEqual([{ n: 2 }]);
  });

  it('keeps what was typed when somebody else was quicker', async () => {
    const space = await waiting();
    const { stderr } = await review(space, {
      answers: ['edit', 'quit'],
      edits: [
        (text) => {
          space.connection.exec("update message set body = 'Autre chose'");
          return `${text} et vous`;
        },
      ],
    });
    expect(stderr()).toContain('message 1 has another text by now');
    expect(readFileSync(join(space.folder, 'message-1.txt'), 'utf8')).toMatch(/ et vous$/);
  });

  it('Ctrl-C says what was decided, and ends the review', async () => {
    const space = await waiting(2);
    const pressed = () => Promise.reject(Object.assign(new Error('x'), { name: 'ExitPromptError' }));
    const run = atTerminal(space, { answers: ['approve', pressed] });
    await expect(reviewMessages(run.context, ALL)).rejects.toMatchObject({ name: 'ExitPromptError' });
    expect(run.stderr()).toContain('Approved 1, rejected 0, stopped 0, left for later 0.');
  });

  it('Ctrl-C at a text that may not go out keeps it, too', async () => {
    const space = await waiting();
    const run = atTerminal(space, { answers: ['edit'], edits: [() => 'Subject:\n\nBonjour'], confirms: [] });
    await expect(reviewMessages(run.context, ALL)).rejects.toThrow('no yes or no is left');
    expect(readFileSync(join(space.folder, 'message-1.txt'), 'utf8')).toBe('Subject:\n\nBonjour');
  });

  it('counts what this review will show', async () => {
    const space = await waiting(3);
    const { stdout } = await review(space, { answers: ['approve', 'later'] }, { limit: 2 as never });
    expect(stdout().match(/\d to go/g)).toEqual(['2 to go', '1 to go']);
  });

  it('an editor that fails costs one line and nothing else', async () => {
    const space = await waiting();
    const broken = () => Promise.reject(failure('the editor "x" is not there: the text is as it was'));
    const { stderr } = await review(space, { answers: ['edit', 'approve'], edits: [broken] });
    expect(stderr()).toContain('the editor "x" is not there');
    expect(space.rows(STATES)).toEqual([{ state: 'ready' }]);
  });

  it('an edit that changes nothing is none', async () => {
    const space = await waiting();
    await review(space, { answers: ['edit', 'quit'], edits: [(text) => text] });
    expect(space.rows('select source from message')).toEqual([{ source: 'template' }]);
    expect(space.rows('select count(*) as n from event')).toEqual([{ n: 0 }]);
  });

  it('without Claude, a remark leaves the text as it was', async () => {
    const space = await waiting();
    const { stderr } = await review(space, { answers: ['rewrite', 'quit'], asked: ['plus court'] });
    expect(stderr()).toContain('It stays as it was: no text of this step is written by Claude');
    expect(space.rows('select source from message')).toEqual([{ source: 'template' }]);
  });

  it('of two people the first one wins, and the second gets one line', async () => {
    const space = await waiting(2);
    const other = await space.context.stores.reviews();
    const { stderr } = await review(space, {
      answers: [async () => other.reject(await other.find(1), 'non', NOW), 'approve', 'approve'],
    });
    expect(stderr().split('message 1 does not wait for approval: it is skipped')).toHaveLength(2);
    expect(space.rows(STATES)).toEqual([{ state: 'skipped' }, { state: 'ready' }]);
  });

  it('nobody approves a text that they have not seen', async () => {
    const space = await waiting();
    const change = () => editMessage(commandIn(space, { stdin: 'Tout autre chose' }).context, '1', '-');
    const { stderr, stdout } = await review(space, { answers: [change, 'approve', 'approve'] });
    expect(stderr()).toContain('message 1 has another text by now');
    expect(stdout()).toContain('Tout autre chose');
    expect(space.rows(STATES)).toEqual([{ state: 'ready' }]);
  });

  it.each<[string, string]>([
    ['paused campaigns', "update campaign set status = 'paused'"],
    ['paused people', "update enrolment set status = 'paused'"],
    ['people who answered', "update enrolment set status = 'replied', step = null"],
    ['a step that was passed', "update enrolment set step = 'email-2'"],
  ])('offers nothing of %s', async (_, sql) => {
    const space = await waiting(1, withSecondStep);
    space.connection.exec(sql);
    const { stderr } = await review(space, {});
    expect(stderr()).toContain('No text waits for approval');
  });

  it('stops who is on the blacklist by now instead of offering them', async () => {
    const space = await waiting(2);
    aSuppression(space.connection, 'email', 'claire.durand@firme-1.example');
    const { stdout } = await review(space, { answers: ['quit'] });
    expect(stdout()).toContain('1 to go');
    expect(space.rows('select status, reason from enrolment where id = 1')).toEqual([
      { status: 'stopped', reason: 'blacklisted' },
    ]);
  });

  it('without a terminal says what else there is', async () => {
    const space = await waiting();
    await expect(reviewMessages(commandIn(space).context, ALL)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('hector message approve'),
      next: 'hector message export --csv',
    });
  });

  it('lists what waits as JSON, oldest first', async () => {
    const space = await waiting(2);
    const { context, stdout } = commandIn(space, { json: true });
    await reviewMessages(context, ALL);
    expect(JSON.parse(stdout())).toMatchObject([{ id: 1, source: 'template' }, { id: 2 }]);
  });
});

describe('a rejected text', () => {
  it('is passed over; the person goes on with the next step', async () => {
    const space = await waiting(1, { scenario: { steps: [aStep(), aStep({ id: 'email-2' })] } });
    await rejectMessages(commandIn(space).context, ['#1'], 'non');
    await space.tick();
    expect(space.rows('select step, state from message order by id')).toEqual([
      { step: 'email-1', state: 'skipped' },
      { step: 'email-2', state: 'awaiting_approval' },
    ]);
    expect(space.mail.accepted).toHaveLength(0);
  });

  it('takes along what stands beside it', async () => {
    const space = await waiting(1, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    await rejectMessages(commandIn(space).context, ['1'], 'non');
    expect(space.rows(STATES)).toEqual([{ state: 'skipped' }, { state: 'skipped' }]);
  });

  it('beside a step leaves the step as it is', async () => {
    const space = await waiting(1, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    await rejectMessages(commandIn(space).context, ['2'], 'non');
    expect(space.rows(STATES)).toEqual([{ state: 'awaiting_approval' }, { state: 'skipped' }]);
    expect(space.rows('select hold, next_at from enrolment')).toEqual([{ hold: 'approval', next_at: null }]);
  });

  it('cannot be rejected twice, nor approved afterwards', async () => {
    const space = await waiting();
    await rejectMessages(commandIn(space).context, ['1'], 'non');
    const line = 'message 1 does not wait for approval: it is skipped';
    await expect(rejectMessages(commandIn(space).context, ['1'], 'non')).rejects.toMatchObject({
      message: line,
      exitCode: 1,
      next: 'hector message show 1',
    });
    const { context, stderr } = commandIn(space);
    await approveMessages(context, ['1'], { all: false, campaign: null, yes: false });
    expect(stderr()).toBe(`${line}. Try: hector message show 1\n`);
    expect(context.exitCode).toBe(1);
    expect(space.rows(STATES)).toEqual([{ state: 'skipped' }]);
  });
});

describe('message show', () => {
  it('tells what happened in one instant in the order it happened', async () => {
    const space = await waiting();
    space.connection.exec(`insert into event (type, at, prospect_id, message_id)
      values ('rewritten', ${NOW}, 1, 1), ('edited', ${NOW}, 1, 1), ('approved', ${NOW}, 1, 1), ('sent', ${NOW}, 1, 1);
      update message set claimed_at = ${NOW}`);
    const { context, stdout } = commandIn(space);
    await showMessage(context, '1');
    expect(stdout()).toMatch(/written\n.*rewritten\n.*edited\n.*approved\n.*called\n.*sent\n/);
  });
});

describe('message approve', () => {
  const ask = { all: true, campaign: null, yes: false };

  it('of all wants a yes where nobody can be asked', async () => {
    const space = await waiting(2);
    await expect(approveMessages(commandIn(space).context, [], ask)).rejects.toMatchObject({
      exitCode: 2,
      next: 'hector message approve --all --yes',
    });
    expect(space.rows(STATES)).toEqual([{ state: 'awaiting_approval' }, { state: 'awaiting_approval' }]);
  });

  it.each([
    [true, 'ready'],
    [false, 'awaiting_approval'],
  ])('asks on a terminal, with their number: %s', async (yes, state) => {
    const space = await waiting(2);
    await approveMessages(atTerminal(space, { confirms: [yes] }).context, [], ask);
    expect(space.rows(STATES)).toEqual([{ state }, { state }]);
  });

  it('approves what it can, and names the others, one line each', async () => {
    const space = await waiting(2);
    const { context, stdout, stderr } = commandIn(space);
    await approveMessages(context, ['99', '2', '#2', '1'], { ...ask, all: false });
    expect(stderr()).toContain('no message 99: taken back, or unknown. Try: hector message list --awaiting');
    expect(stdout()).toBe('Approved: 2 texts.\n');
    expect(context.exitCode).toBe(1);
  });

  it('of one campaign leaves the others', async () => {
    const space = await waiting();
    const { enrolled } = await import('../tick/providers.ts');
    enrolled(space, 1, { approval: 'all', name: 'Autre' });
    await space.tick();
    await approveMessages(commandIn(space).context, [], { all: true, campaign: 'autre', yes: true });
    expect(space.rows(STATES)).toEqual([{ state: 'awaiting_approval' }, { state: 'ready' }]);
  });

  it.each([
    [['1'], { all: true, campaign: null }],
    [[], { all: false, campaign: null }],
    [['1'], { all: false, campaign: 'x' }],
    [['x'], { all: false, campaign: null }],
  ])('refuses %j with %j', async (ids, options) => {
    const space = await waiting();
    await expect(
      approveMessages(commandIn(space).context, ids, { ...options, yes: true }),
    ).rejects.toMatchObject({ exitCode: 2 });
  });

  it('says which of them somebody else has settled meanwhile, and approves the others', async () => {
    const space = await waiting(2);
    const store = await space.context.stores.reviews();
    const drafts = await store.list(NO_FILTER, null);
    await store.reject(await store.find(1), 'non', NOW);
    expect(await store.approve(drafts, NOW)).toEqual({
      approved: [2],
      left: [{ messageId: 1, why: 'message 1 does not wait for approval: it is skipped' }],
    });
  });

  it('of a person who is paused waits until they go on', async () => {
    const space = await waiting();
    space.connection.exec("update enrolment set status = 'paused'");
    await approveMessages(commandIn(space).context, ['1'], { ...ask, all: false });
    expect(await space.tick()).toMatchObject({ sent: {} });
    space.connection.exec("update enrolment set status = 'active'");
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });
});

describe('message edit', () => {
  it('takes a file with its subject, and says that the text still waits', async () => {
    const space = await waiting();
    const { context, stdout, stderr } = commandIn(space, {
      stdin: 'Objet : Nouveau\r\n\r\nBonjour,\r\nvous\r\n',
    });
    await editMessage(context, '1', '-');
    expect(stdout()).toContain('Changed: message 1, Claire Durand');
    expect(stderr()).toContain('hector message approve 1');
    expect(space.rows('select subject, body, state from message')).toEqual([
      {
        subject: 'Nouveau',
        body: expect.stringMatching(/^Bonjour,\nvous\n\n\S/),
        state: 'awaiting_approval',
      },
    ]);
  });

  it.each([
    ['- from a keyboard', { interactive: true, columns: 80 }, '-'],
    ['a file that is not there', {}, 'nichts.txt'],
    ['nothing where there is no terminal', {}, null],
  ])('refuses %s', async (_, more, file) => {
    const space = await waiting();
    await expect(editMessage(commandIn(space, more).context, '1', file)).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  it('with an editor keeps what may not go out in a file that the next try takes', async () => {
    const space = await waiting();
    const { context } = atTerminal(space, { edits: [() => 'Subject: x\n\n[Prénom]'] });
    const file = join(space.folder, 'message-1-2.txt');
    writeFileSync(join(space.folder, 'message-1.txt'), 'Mine');
    await expect(editMessage(context, '1', null)).rejects.toMatchObject({
      next: `hector message edit 1 --file ${file}`,
    });
    expect(readFileSync(file, 'utf8')).toBe('Subject: x\n\n[Prénom]');
    expect(readFileSync(join(space.folder, 'message-1.txt'), 'utf8')).toBe('Mine');
  });

  it('says what of the signature is gone', async () => {
    const space = await waiting();
    space.connection.exec(
      "update message set body = replace(body, 'Claire,' || char(10, 10), 'Claire,' || char(10, 10) || 'Jean' || char(10, 10))",
    );
    const { context, stderr } = commandIn(space, { stdin: 'Bonjour.' });
    await editMessage(context, '1', '-');
    expect(stderr()).toContain('The signature is gone: Jean\n');
  });

  it('refuses what may not go out, and leaves it as it was', async () => {
    const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
    const { context } = commandIn(space, { stdin: `a${'b'.repeat(3000)}` });
    await expect(editMessage(context, '1', '-')).rejects.toThrow(
      'message 1 stays as it was: 3001 characters, at most 3000',
    );
    expect(space.rows('select body from message')).toEqual([{ body: 'Bonjour' }]);
  });
});

const FIRST =
  'Bonjour Claire,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes ou à un prestataire ? Je pose la question parce que votre réponse m’évitera de vous parler de ce qui ne vous sert pas.\n\nUn seul mot en réponse me va très bien.';
const SECOND =
  'Bonjour Claire,\n\nComment votre équipe fait-elle face quand deux projets arrivent la même semaine ? Certains renforcent l’équipe, d’autres décalent une date, d’autres encore font appel à un prestataire de confiance.\n\nVotre façon de faire m’intéresse, même en trois mots.';

describe('a text by Claude', () => {
  async function byClaude(rules: AnthropicRules = {}, campaign: Parameters<typeof waiting>[1] = {}) {
    const answers = [FIRST, SECOND];
    const claude = await startAnthropic({
      reply: () =>
        JSON.stringify({ subject: 'Vos missions inhabituelles', body: answers.shift() ?? FIRST, claims: [] }),
      ...rules,
    });
    open.push(claude);
    const space = await waiting(
      1,
      { approval: 'ai', ...campaign },
      { anthropic: claude.url, settings: settings({ more: 'ai: { requests_per_second: 1000 }' }) },
    );
    return { ...space, claude };
  }

  it('waits where texts by Claude are to be approved', async () => {
    const space = await byClaude();
    expect(space.rows('select source, state from message')).toEqual([
      { source: 'claude', state: 'awaiting_approval' },
    ]);
  });

  it('keeps what stands beside it from going out before it is approved', async () => {
    // No subject: the guard refuses it as an e-mail, and a template steps in there.
    const reply = () => JSON.stringify({ subject: null, body: FIRST, claims: [] });
    const space = await byClaude({ reply }, { scenario: { steps: [aStep({ also: ['linkedin'] })] } });
    expect(space.rows('select channel, source, state from message order by id')).toEqual([
      { channel: 'email', source: 'template', state: 'ready' },
      { channel: 'linkedin', source: 'claude', state: 'awaiting_approval' },
    ]);
    expect(space.mail.accepted).toHaveLength(0);
    await approveMessages(commandIn(space).context, ['2'], { all: false, campaign: null, yes: false });
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
    expect(space.rows('select state from message order by id')).toEqual([
      { state: 'sent' },
      { state: 'awaiting_operator' },
    ]);
  });

  it('is written anew by a remark, and shown again', async () => {
    const space = await byClaude();
    const { stdout } = await review(space, {
      answers: ['rewrite', 'approve'],
      asked: ['parlez de deux projets'],
    });
    expect(stdout()).toContain('Comment votre équipe');
    expect(JSON.stringify(space.claude.messages.at(-1)?.request)).toContain('parlez de deux projets');
    expect(space.rows("select data ->> 'reason' as remark from event where type = 'rewritten'")).toEqual([
      { remark: 'parlez de deux projets' },
    ]);
    await space.tick();
    expect(String(space.mail.accepted[0]?.email.text)).toMatch(/^Bonjour Claire,\n\nComment/);
  });

  it('says so when Claude writes the same again, and when it writes anew', async () => {
    const answers = [FIRST, FIRST, SECOND];
    const reply = () =>
      JSON.stringify({ subject: 'Vos missions inhabituelles', body: answers.shift() ?? FIRST, claims: [] });
    const space = await byClaude({ reply });
    const { stderr } = await review(space, { answers: ['rewrite', 'rewrite', 'quit'], asked: ['a', 'b'] });
    expect(stderr()).toMatch(/Claude wrote the same again\.\n(.*\n)*Written anew\.\n/);
  });

  it('Ctrl-C while Claude writes ends the review once it has answered: exit code 130', async () => {
    const answers = [FIRST];
    const reply = () => {
      const body = answers.shift();
      if (body === undefined) process.emit('SIGINT');
      return JSON.stringify({ subject: 'Vos missions inhabituelles', body: body ?? SECOND, claims: [] });
    };
    const space = await byClaude({ reply });
    const run = atTerminal(space, { answers: ['rewrite'], asked: ['a'] });
    await reviewMessages(run.context, ALL);
    expect(run.context.exitCode).toBe(130);
    expect(run.stderr()).toContain('Written anew.\nApproved 0, rejected 0');
  });

  it('a sheet that wants it anew is paid once, whatever Claude has written', async () => {
    for (const second of [FIRST, SECOND]) {
      const answers = [FIRST];
      const reply = () =>
        JSON.stringify({
          subject: 'Vos missions inhabituelles',
          body: answers.shift() ?? second,
          claims: [],
        });
      const space = await byClaude({ reply });
      const store = await space.context.stores.reviews();
      const { fingerprint } = await store.find(1);
      const sheet = `id,decision,remark,fingerprint\n1,rewrite,autrement,${fingerprint}\n`;
      const results = [];
      for (const content of [sheet, sheet, sheet.replace('autrement', 'encore')]) {
        const { context, stdout } = commandIn(space, { json: true, stdin: content });
        await importDecisions(context, '-', false);
        results.push({ ...JSON.parse(stdout()), exitCode: context.exitCode });
      }
      expect(results).toMatchObject([
        { rewritten: 1, already_done: 0, exitCode: 0 },
        { rewritten: 0, already_done: 1, exitCode: 0 },
        second === FIRST ? { rewritten: 1 } : { rewritten: 0, refused: [{ row: 2 }], exitCode: 1 },
      ]);
      expect(space.claude.messages).toHaveLength(second === FIRST ? 3 : 2);
      // The same remark of another text is another wish.
      const now = sheet.replace(fingerprint, (await store.find(1)).fingerprint);
      const { context, stdout } = commandIn(space, { json: true, stdin: now });
      await importDecisions(context, '-', false);
      expect(JSON.parse(stdout())).toMatchObject({ already_done: second === FIRST ? 1 : 0 });
    }
  });

  it('message rewrite does the same without a terminal', async () => {
    const space = await byClaude();
    const { context, stdout } = commandIn(space, { json: true });
    await rewriteMessage(context, '1', 'autrement');
    expect(JSON.parse(stdout())).toMatchObject({ id: 1, text: expect.stringContaining('deux projets') });
    await expect(rewriteMessage(context, '1', ' ')).rejects.toMatchObject({ exitCode: 2 });
  });

  it('shows its whole life, and what it cost', async () => {
    const space = await byClaude();
    await review(space, { answers: ['rewrite', 'approve'], asked: ['autrement'] });
    await space.tick();
    const { context, stdout } = commandIn(space);
    await showMessage(context, '1');
    expect(stdout()).toMatch(/By\tby Claude \(claude-sonnet-5-5\)/);
    expect(stdout()).toMatch(/Cost\t\$0\.\d{4}/);
    expect(stdout()).toMatch(/written\n.*rewritten: autrement\n.*approved\n.*called\n.*sent\n/);
    const [paid] = space.connection.prepare('select sum(cost) from model_call').pluck().all();
    expect(stdout()).toContain(`$${(Number(paid) / 1e6).toFixed(4)}: $`);
    const json = commandIn(space, { json: true });
    await showMessage(json.context, '1');
    expect(JSON.parse(json.stdout())).toMatchObject({
      cost_usd: Number(paid) / 1e6,
      writing: { model: 'claude-sonnet-5-5', fallback: null, tokens: { input: expect.any(Number) } },
      life: [{ what: 'rewritten', detail: 'autrement' }, { what: 'approved' }, { what: 'sent' }],
    });
  });
});

describe('message list --awaiting', () => {
  it('shows what waits, and how to go through it', async () => {
    const space = await waiting(2);
    const { context, stdout, stderr } = commandIn(space);
    const none = { failed: false, uncertain: false, state: null, campaign: null, channel: null, limit: null };
    await listMessages(context, { ...none, awaiting: true });
    expect(stdout().match(/^\d+/gm)).toEqual(['1', '2']);
    expect(stderr()).toContain('hector message review');
    await expect(listMessages(context, { ...none, awaiting: true, state: 'sent' })).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});
