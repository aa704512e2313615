import { describe, expect, it } from 'vitest';
import { eraseNamed } from '../../src/commands/gdpr/erase/erase-named.ts';
import { doneTasks } from '../../src/commands/task/done.ts';
import { nextTasks } from '../../src/commands/task/next.ts';
import type { Context } from '../../src/context.ts';
import { anEvent, DAY, HOUR, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { waiting } from './waiting.ts';

const session = (context: Context, anyway = false) => nextTasks(context, { campaign: null, anyway });

describe('task next', () => {
  it('records only what a key has said, and goes on with the next person', async () => {
    const { context, rows, stderr } = await waiting(['later', 'sent', 'copy', 'skip', 'stop', 'quit'], {
      steps: ['invitation', 'invitation', 'invitation', 'invitation'],
    });
    await session(context);
    expect(rows('select state, later_at from message order by id')).toEqual([
      // Until midnight in Paris.
      { state: 'awaiting_operator', later_at: Date.UTC(2026, 10, 23, 23) },
      { state: 'sent', later_at: null },
      { state: 'skipped', later_at: null },
      { state: 'cancelled', later_at: null },
    ]);
    expect(rows('select status, reason from enrolment where id = 4')).toEqual([
      { status: 'stopped', reason: 'removed' },
    ]);
    expect(stderr()).toContain('1 sent, 1 skipped, 1 stopped, 1 left for later.');
  });

  it('says after each key what was recorded', async () => {
    const { context, stderr } = await waiting(
      ['sent', 'later', 'skip', 'not_found', 'connected', 'stop', 'quit'],
      { steps: Array.from({ length: 6 }, () => 'invitation' as const) },
    );
    await session(context);
    expect(stderr().match(/Recorded: .*/g)).toEqual([
      'Recorded: Claire1 Durand, sent.',
      'Recorded: Claire2 Durand, left for later.',
      'Recorded: Claire3 Durand, skipped.',
      'Recorded: Claire4 Durand, not found.',
      'Recorded: Claire5 Durand, connected already.',
      'Recorded: Claire6 Durand, stopped: PME Ouest.',
    ]);
  });

  it('offers what was put off after all others, in the next session, and in its place the day after', async () => {
    const first = await waiting(['later', 'quit', 'quit', 'quit'], {
      steps: ['invitation', 'invitation'],
    });
    await session(first.context);
    await session(first.context);
    first.at(NOW + DAY);
    await session(first.context);
    expect(first.stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2', 'Claire2', 'Claire1']);
  });

  it('leaves everything as it is when the person quits', async () => {
    const { context, rows, asked } = await waiting(['quit'], { steps: ['invitation', 'invitation'] });
    await session(context);
    expect(rows('select distinct state from message')).toEqual([{ state: 'awaiting_operator' }]);
    expect(asked).toHaveLength(1);
  });

  it('says what there is to do, and how long it takes: at the usual pace, then at the measured one', async () => {
    const test = await waiting(['sent', 'sent', 'sent', 'sent', 'sent', 'quit'], {
      steps: Array.from({ length: 9 }, () => 'message' as const),
    });
    const { context, stdout, stderr } = test;
    let typed = 0;
    const { key } = context.prompter();
    context.prompter().key = (message, keys) => {
      typed += 1;
      test.at(NOW + typed * 4 * 60_000);
      return key(message, keys);
    };
    await session(context);
    expect(stderr()).toContain('LinkedIn: 9 tasks, about 14 min');
    expect(stderr()).toContain('  PME Ouest: 9 messages');
    expect(stdout()).toContain('5 to go, 8 min');
    expect(stdout()).toContain('4 to go, 16 min');
  });

  it('shows who it is, what was said, why now, the text and its room', async () => {
    const { context, connection, stdout } = await waiting(['quit'], {
      steps: ['message'],
      campaign: { mode: 'rehearsal', name: 'PME\u001b[31m' },
    });
    anEvent(connection, {
      type: 'accepted',
      messageId: 1,
      at: NOW - DAY,
    });
    anEvent(connection, {
      type: 'replied',
      messageId: 1,
      at: NOW - DAY,
      data: { text: 'Plus tard\u001b]0;x\u0007' },
    });
    connection.exec("update prospect set disc = 'D'");
    await session(context);
    const screen = stdout();
    expect(screen).toContain('Claire1 Durand  1 to go, 2 min  REHEARSAL: do not really send it');
    expect(screen).toContain('Directrice générale · Firme 1');
    expect(screen).toContain('https://www.linkedin.com/in/claire-durand-1/');
    expect(screen).toContain('message · PME?[31m · step 2 of 3 (message)');
    expect(screen).toContain(
      'Why now: 1d after your last touch (LinkedIn, 3 days ago); the invitation\nwas accepted',
    );
    expect(screen).toContain('DISC D');
    expect(screen).toContain('3 days ago, you by LinkedIn: Bonjour Claire');
    expect(screen).toContain('1 day ago, they by LinkedIn: Plus tard?]0;x?');
    expect(screen).toContain('\nBonjour 1\n');
    expect(screen).toContain('9 of 3000 characters');
  });

  it('asks in lines of 40 columns, and shows all keys on demand', async () => {
    const { context, asked, stdout } = await waiting(['help', 'quit'], { columns: 40 });
    await session(context);
    expect(
      Math.max(...asked.flatMap((message) => message.split('\n')).map((line) => line.length)),
    ).toBeLessThan(41);
    const lines = stdout()
      .split('\n')
      .filter((line) => !line.startsWith('https://'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(stdout()).toContain('s  sent: I have pasted and sent it');
  });

  it('keeps an edited text before it is sent, for the next session as well', async () => {
    const { context, rows, stdout } = await waiting(['edit', 'quit', 'sent', 'quit'], {
      prompter: { edit: async (_, text) => `${text}, et à bientôt` },
    });
    await session(context);
    expect(rows("select body, envelope ->> '$.body' as sends, source, state from message")).toEqual([
      {
        body: 'Bonjour 1, et à bientôt',
        sends: 'Bonjour 1, et à bientôt',
        source: 'operator',
        state: 'awaiting_operator',
      },
    ]);
    expect(stdout()).toContain('Bonjour 1, et à bientôt');
    await session(context);
    expect(rows('select body, state from message')).toEqual([
      { body: 'Bonjour 1, et à bientôt', state: 'sent' },
    ]);
  });

  it('says why Claude cannot write a text anew, and goes on', async () => {
    const { context, stderr, rows } = await waiting(['rewrite', 'quit']);
    await session(context);
    expect(stderr()).toContain('Claude cannot be asked here');
    expect(rows('select body from message')).toEqual([{ body: 'Bonjour 1' }]);
  });

  it('lets the first of two operators settle a task, and tells the second', async () => {
    const { context, rows, stderr } = await waiting([], {
      prompter: {
        async key(_, keys) {
          if (rows("select 1 from message where state = 'sent'").length > 0) throw new Error('asked again');
          const other = testContext({ folder: context.cwd });
          await doneTasks(other.context, ['1']);
          const sent = keys.find(({ value }) => value === 'sent');
          if (!sent) throw new Error('no such key');
          return sent.value;
        },
      },
    });
    await session(context);
    expect(stderr()).toContain('task 1 is not open any more: it is sent');
    expect(rows("select count(*) as n from event where type = 'sent'")).toEqual([{ n: 1 }]);
  });

  it('says what was confirmed when Ctrl-C ends it', async () => {
    const { context, stderr, rows } = await waiting(['sent'], { steps: ['invitation', 'invitation'] });
    await expect(session(context)).rejects.toThrow('no answer is left');
    expect(stderr()).toContain('1 sent.');
    expect(rows('select state from message order by id')).toEqual([
      { state: 'sent' },
      { state: 'awaiting_operator' },
    ]);
  });
});

describe('an answer in the session', () => {
  it.each([
    ['answer', 'replied', 0],
    ['meeting', 'meeting', 0],
    ['opt_out', 'replied', 3],
  ])('that is %s stops the person', async (meaning, status, entries) => {
    const sure = meaning === 'opt_out' ? ['yes'] : [];
    const { context, rows } = await waiting(['replied', 'Merci, parlons-en', meaning, ...sure, 'quit'], {
      steps: ['message'],
    });
    await session(context);
    expect(rows('select status from enrolment')).toEqual([{ status }]);
    expect(rows("select state from message where step = 'message'")).toEqual([{ state: 'cancelled' }]);
    expect(rows("select channel, data ->> 'text' as text from event where type = 'replied'")).toEqual([
      { channel: 'linkedin', text: 'Merci, parlons-en' },
    ]);
    expect(rows('select * from suppression')).toHaveLength(entries);
  });

  it('is not recorded without words, nor when the person goes back', async () => {
    const { context, rows } = await waiting(
      ['replied', '', 'replied', 'e', 'replied', 'Oui', 'back', 'quit'],
      { prompter: { edit: async () => '' } },
    );
    await session(context);
    expect(rows('select type from event')).toEqual([]);
    expect(rows('select state from message')).toEqual([{ state: 'awaiting_operator' }]);
  });

  it.each([
    [{}, 'vi'],
    [{ EDITOR: 'nano' }, 'your editor'],
  ])('says before it is typed what opens the editor, and how to cancel: %j', async (env, editor) => {
    const { context, asked, stderr } = await waiting(['replied', 'Oui', 'back', 'quit']);
    Object.assign(context.env, env);
    await session(context);
    expect(asked[1]).toBe(`What they wrote (e alone opens ${editor}, an empty line cancels):`);
    expect(stderr()).toContain('Nothing was recorded.');
  });

  it('is written in the editor where e alone was typed', async () => {
    const { context, rows } = await waiting(['replied', 'e', 'answer', 'quit'], {
      prompter: { edit: async () => 'Oui,\nmardi ?\n' },
    });
    await session(context);
    expect(rows("select data ->> 'text' as text from event where type = 'replied'")).toEqual([
      { text: 'Oui,\nmardi ?' },
    ]);
  });

  it('is judged by keys that mean nothing else in the session', async () => {
    const { context, keys } = await waiting(['replied', 'Oui', 'back', 'quit']);
    await session(context);
    const [card = [], meanings = []] = keys;
    expect(meanings.map(({ key, name }) => `${key} ${name}`)).toEqual([
      'j just an answer',
      'm a meeting',
      'x no more, ever',
      'b back, not recorded',
    ]);
    const stop = card.find(({ value }) => value === 'stop');
    expect(meanings.filter(({ key }) => card.some((each) => each.key === key))).toMatchObject([
      { key: stop?.key },
    ]);
  });

  it('that is a no for ever is asked again, and can be judged otherwise', async () => {
    const { context, rows, asked, keys } = await waiting(
      ['replied', 'Pas pour nous', 'opt_out', 'no', 'answer', 'quit'],
      { columns: 40 },
    );
    await session(context);
    expect(asked[3]).toBe(
      [
        'No more, ever? Puts Claire1 Durand on',
        'the blacklist for all campaigns; u does',
        'not take it back.',
        'y yes, for good  b back',
        '> ',
      ].join('\n'),
    );
    expect(keys[2]?.map(({ key, value }) => `${key} ${value}`)).toEqual(['y yes', 'b no', 'n no']);
    expect(rows('select * from suppression')).toEqual([]);
    expect(rows('select status, reason from enrolment')).toEqual([{ status: 'replied', reason: 'replied' }]);
  });

  it('that sounds like an opt-out is pointed out before it is judged', async () => {
    const { context, rows, stderr } = await waiting([
      'replied',
      'Ne me contactez plus',
      'opt_out',
      'yes',
      'quit',
    ]);
    await session(context);
    expect(stderr()).toContain('This reads like an opt-out.');
    expect(rows('select kind, reason from suppression order by kind')).toEqual([
      { kind: 'email', reason: 'asked in a reply' },
      { kind: 'linkedin', reason: 'asked in a reply' },
      { kind: 'phone', reason: 'asked in a reply' },
    ]);
    expect(rows('select status, reason from enrolment')).toEqual([
      { status: 'replied', reason: 'opted_out' },
    ]);
  });
});

it('an answer of somebody whose data are erased while it is typed is recorded without its words', async () => {
  const test = await waiting([
    'replied',
    'Claire Durand, 06 12 00 00 01 : plus rien',
    'opt_out',
    'yes',
    'quit',
  ]);
  const { ask } = test.context.prompter();
  test.context.prompter().ask = async (message) => {
    const { context } = testContext({ folder: test.folder });
    await eraseNamed(context, { references: ['#1'], alsoUnknown: false, dryRun: false, yes: true });
    return ask(message);
  };
  await session(test.context);
  expect(test.rows("select type, data from event where type in ('replied', 'opted_out')")).toEqual([
    { type: 'replied', data: null },
    { type: 'opted_out', data: null },
  ]);
});

describe('the round of invitations', () => {
  const invited = { steps: ['invitation'] as const };

  it('asks from a day after it was sent, and again a day later, until it is known', async () => {
    const test = await waiting(['sent', 'quit', 'no', 'yes'], invited);
    const { context, at, rows, asked } = test;
    await session(context);
    at(NOW + DAY - HOUR);
    await session(context);
    expect(asked).toHaveLength(2);
    at(NOW + DAY);
    await session(context);
    expect(rows('select asked_at from message')).toEqual([{ asked_at: NOW + DAY }]);
    expect(test.stderr()).toContain('Not yet: Claire1 Durand, asked again tomorrow.');
    at(NOW + DAY + HOUR);
    await session(context);
    expect(asked).toHaveLength(3);
    test.connection.exec("update enrolment set hold = 'condition_pending'");
    at(NOW + 2 * DAY);
    // The last answer; a question more would fail.
    await expect(session(context)).rejects.toThrow('no answer is left for "u undo  q quit');
    expect(rows("select type from event where type = 'accepted'")).toHaveLength(1);
    expect(rows('select next_at from enrolment')).toEqual([{ next_at: NOW + 2 * DAY }]);
    at(NOW + 3 * DAY);
    await session(context);
  });

  it('asks nothing of whom no step to come depends on, or who has gone', async () => {
    const { context, at, connection, asked } = await waiting(['sent', 'quit'], invited);
    await session(context);
    at(NOW + 2 * DAY);
    connection.exec("update enrolment set step = 'email-1'");
    await session(context);
    connection.exec("update enrolment set step = 'message', status = 'paused'");
    await session(context);
    connection.exec("update enrolment set status = 'active'; update campaign set status = 'paused'");
    await session(context);
    expect(asked).toHaveLength(2);
  });

  it('says of a rehearsal that nobody was invited, and asks what is to be played', async () => {
    const { context, at, stdout, stderr } = await waiting(['sent', 'quit', 'quit'], {
      ...invited,
      campaign: { mode: 'rehearsal' },
    });
    await session(context);
    at(NOW + DAY);
    await session(context);
    expect(stderr()).toContain('1 invitation of a rehearsal: nobody was invited. Say what you want to play.');
    expect(stderr()).not.toContain('My network');
    expect(stdout()).toContain('Firme 1 · played 1 day ago · PME Ouest\nREHEARSAL: nobody was invited\n');
  });

  it('can be left for the tasks, or asked later, which remembers nothing', async () => {
    const { context, at, rows, stdout } = await waiting(['sent', 'quit', 'later', 'quit', 'tasks', 'quit'], {
      steps: ['invitation', 'message'],
    });
    await session(context);
    at(NOW + DAY);
    await session(context);
    await session(context);
    expect(rows('select asked_at from message where asked_at is not null')).toEqual([]);
    expect(stdout()).toContain('Claire2 Durand');
  });
});
