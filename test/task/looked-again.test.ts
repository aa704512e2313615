import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTasks } from '../../src/commands/task/next.ts';
import type { Context } from '../../src/context.ts';
import { aMessage, anEnrolment, aSuppression, DAY, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { scripted } from '../prompter.ts';
import { waiting } from './waiting.ts';

const session = (context: Context) => nextTasks(context, { campaign: null, anyway: false });

type Test = Awaited<ReturnType<typeof waiting>>;

/** A session in which something happens while a card is on the screen; it keeps what was copied and opened. */
async function meanwhile(answers: string[], happens: (test: Test) => unknown, after = 1) {
  const test = await waiting(answers, {
    steps: ['invitation', 'invitation'],
    prompter: { edit: async (_, text) => text },
  });
  const used: string[] = [];
  Object.assign(test.context, {
    copyText: async (text: string) => used.push(text) && 'clipboard',
    openProfile: async (profile: string) => used.push(profile) > 0,
  });
  const { key } = test.context.prompter();
  let asked = 0;
  test.context.prompter().key = async (message, keys) => {
    const answer = await key(message, keys);
    asked += 1;
    if (asked === after) await happens(test);
    return answer;
  };
  await session(test.context);
  return { ...test, used, said: test.stderr().replace(/\s+/g, ' ') };
}

const answered = ({ connection }: Test): unknown =>
  connection.exec(
    "update message set state = 'cancelled' where id = 1; update enrolment set status = 'replied' where id = 1",
  );

const sets = (sql: string) => (test: Test) => test.connection.exec(sql);

describe('before a text is used, it is looked whether it still may be', () => {
  it.each(['copy', 'open', 'edit', 'rewrite'])('%s: not of somebody who has answered', async (key) => {
    const { used, said, stdout, rows } = await meanwhile([key, 'quit'], answered);
    expect(used).toEqual(['Bonjour 1', 'Bonjour 2']);
    expect(said).toContain('Claire1 Durand: they have answered meanwhile.');
    expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2']);
    expect(rows('select body from message where id = 1')).toEqual([{ body: 'Bonjour 1' }]);
  });

  it.each<[string, (test: Test) => unknown, string]>([
    ['their campaign is paused', sets("update campaign set status = 'paused'"), 'their campaign was paused'],
    ['the campaign has ended', sets("update campaign set status = 'completed'"), 'their campaign has ended'],
    ['they are paused', sets("update enrolment set status = 'paused' where id = 1"), 'they were paused'],
    [
      'they were taken out',
      sets(
        "update enrolment set status = 'stopped', reason = 'removed' where id = 1; update message set state = 'cancelled' where id = 1",
      ),
      'stopped meanwhile: removed by a person',
    ],
    [
      'an import has given them an address that is on the blacklist',
      ({ connection }) => {
        connection.exec("update prospect set email = 'new@bad.example' where id = 1");
        aSuppression(connection, 'domain', 'bad.example');
      },
      'stopped meanwhile: is on the blacklist',
    ],
    ['it was sent', sets("update message set state = 'sent' where id = 1"), 'settled meanwhile (sent)'],
    [
      'they had a touch today',
      ({ connection }) => {
        const enrolmentId = anEnrolment(connection, { prospectId: 1 });
        aMessage(connection, { enrolmentId, state: 'sent', sentAt: NOW });
      },
      'not now, by the caps or a touch of today',
    ],
  ])('nor where %s', async (_, happens, why) => {
    const { used, said } = await meanwhile(['copy', 'quit'], happens);
    expect(used.filter((text) => text === 'Bonjour 1')).toHaveLength(1);
    expect(said).toContain(`Claire1 Durand: ${why}`);
  });

  it('a key that leaves the card says so, too, before it asks again', async () => {
    const { asked, said } = await meanwhile(['replied', 'Oui', 'back', 'quit'], answered);
    expect(said).toContain('Claire1 Durand: they have answered meanwhile.');
    expect(asked).toHaveLength(4);
  });

  it('what was taken back is not shown again where it may not be used', async () => {
    const { stdout, said, used } = await meanwhile(
      ['later', 'undo', 'quit'],
      ({ connection }) => aSuppression(connection, 'linkedin', 'claire-durand-1'),
      2,
    );
    expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2', 'Claire2']);
    expect(said).toContain('Claire1 Durand: stopped meanwhile: is on the blacklist.');
    expect(used).toEqual(['Bonjour 1', 'Bonjour 2', 'Bonjour 2']);
  });
});

describe('two sessions at once', () => {
  afterEach(() => void vi.useRealTimers());

  /** Another session, by another program; what it shows. */
  async function another({ folder }: Test, answers: string[], pid = 1): Promise<string[]> {
    const { context, ...test } = testContext({
      ...{ folder, columns: 80, interactive: true, prompter: scripted(answers) },
    });
    Object.assign(context, { owner: { host: 'another-host', pid } });
    await session(context);
    return [
      ...(test.stdout().match(/Claire\d/g) ?? []),
      ...(test.stderr().match(/What is left[^.]*/g) ?? []),
    ];
  }

  it('show nobody to both, and each the next person', async () => {
    const shown: string[][] = [];
    const { stdout } = await meanwhile(['skip', 'quit'], async (test) => {
      shown.push(await another(test, ['quit']));
    });
    expect(shown).toEqual([['Claire2']]);
    expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2']);
  });

  it('the second one ends where the first has all that is left, and says so', async () => {
    const shown: string[][] = [];
    await meanwhile(['quit'], async (test) => {
      shown.push(await another(test, ['skip', 'quit']));
    });
    expect(shown).toEqual([['Claire2', 'What is left is on the screen of another session']]);
  });

  it('a person is one person, whatever campaign the text is of', async () => {
    const shown: string[][] = [];
    await meanwhile(['quit'], async (test) => {
      test.connection.exec('update message set prospect_id = 1; update enrolment set campaign_id = 1');
      shown.push(await another(test, []));
    });
    expect(shown).toEqual([['What is left is on the screen of another session']]);
  });

  it('the round of invitations passes over who is on another screen', async () => {
    const test = await waiting(['quit'], { steps: ['invitation', 'invitation'] });
    test.connection.exec(`update message set state = 'sent', sent_at = ${NOW - 2 * DAY}`);
    test.connection.exec("update enrolment set hold = 'condition_pending'");
    test.connection.exec(held(1, { host: 'other', pid: 1 }));
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire2']);
  });

  const held = (minutes: number, { host, pid }: { host: string; pid: number }) =>
    `insert into lease values ('card:1', '${host}', ${pid}, ${Date.now() - minutes * 60_000})`;

  it.each<[string, string, string]>([
    ['another host', held(14, { host: 'other', pid: 1 }), 'Claire2'],
    ['another host, silent for long', held(16, { host: 'other', pid: 1 }), 'Claire1'],
  ])('a card of %s', async (_, sql, first) => {
    const test = await waiting(['quit'], { steps: ['invitation', 'invitation'] });
    test.connection.exec(sql);
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual([first]);
  });

  it.each<[string, number, string]>([
    ['for as long as its program lives', 23 * 60, 'Claire2'],
    ['a day at most: another program may have its number by then', 25 * 60, 'Claire1'],
  ])('a card of this host is held %s', async (_, minutes, first) => {
    const test = await waiting(['quit'], { steps: ['invitation', 'invitation'] });
    test.connection.exec(held(minutes, { host: test.context.owner.host, pid: process.ppid }));
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual([first]);
  });

  it('a card is held without a key, until the session ends', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const shown: string[][] = [];
    await meanwhile(['quit'], async (test) => {
      test.connection.exec('update lease set heartbeat_at = 1');
      await vi.advanceTimersByTimeAsync(60_000);
      shown.push(await another(test, ['quit']));
    });
    expect(shown).toEqual([['Claire2']]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a program of this host that is gone holds nothing', async () => {
    const test = await waiting(['quit'], { steps: ['invitation', 'invitation'] });
    test.connection.exec(held(1, { host: test.context.owner.host, pid: 4_194_305 }));
    await session(test.context);
    expect(test.stdout().match(/Claire\d/g)).toEqual(['Claire1']);
  });

  it('whoever comes back after a long pause to a card that another one has, does not get its text', async () => {
    const { said, used, stdout } = await meanwhile(['copy', 'quit'], ({ connection }) => {
      connection.exec(`update lease set host = 'other', heartbeat_at = ${Date.now()}`);
    });
    expect(said).toContain('Claire1 Durand: another session shows them by now.');
    expect(used).toEqual(['Bonjour 1', 'Bonjour 2']);
    expect(stdout().match(/Claire\d/g)).toEqual(['Claire1', 'Claire2']);
  });

  it('each key renews it, and the end gives it free', async () => {
    const { rows } = await meanwhile(['copy', 'quit'], ({ connection }) => {
      connection.exec('update lease set heartbeat_at = 1');
    });
    expect(rows('select * from lease')).toEqual([]);
    const leases: unknown[] = [];
    await meanwhile(
      ['copy', 'quit'],
      (test) => {
        leases.push(...test.rows('select name, heartbeat_at > 1 as fresh from lease'));
        test.connection.exec('update lease set heartbeat_at = 1');
      },
      1,
    );
    expect(leases).toEqual([{ name: 'card:1', fresh: 1 }]);
  });

  it('a script sees the task all the same', async () => {
    const test = await waiting([]);
    test.connection.exec(held(1, { host: 'other', pid: 1 }));
    const piped = testContext({ folder: test.folder, json: true });
    await session(piped.context);
    expect(JSON.parse(piped.stdout())).toMatchObject({ id: 1 });
  });
});
