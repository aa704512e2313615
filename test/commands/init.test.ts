import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type InitOptions, init } from '../../src/commands/init.ts';
import { loadConfig } from '../../src/config.ts';
import { EXIT, UserError } from '../../src/errors.ts';
import { workspaceAt } from '../../src/workspace.ts';
import { type ContextOverrides, testContext } from '../context.ts';
import { scripted, silent } from '../prompter.ts';

const parent = mkdtempSync(join(tmpdir(), 'hector-init-'));
chmodSync(parent, 0o755);
afterAll(() => rmSync(parent, { recursive: true, force: true }));
let count = 0;
const freshFolder = (): string => join(parent, `new-${++count}`, 'prospection');

async function run(folder: string, answers: InitOptions['answers'] = {}, overrides: ContextOverrides = {}) {
  const test = testContext({ ...overrides, folder });
  await init(test.context, { folder, answers });
  return { ...test, lines: test.stdout().trim().split('\n') };
}

async function refusal(folder: string, answers: InitOptions['answers'] = {}): Promise<UserError> {
  const error = await run(folder, answers).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error(`not refused, but ${String(error)}`);
  expect(error.message).not.toContain('\n');
  return error;
}

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('hector init', () => {
  it('makes a folder with all that a workspace needs, secrets readable by their owner only', async () => {
    const folder = freshFolder();
    const { lines } = await run(folder);
    expect(lines).toEqual([
      'hector.yaml\tcreated',
      '.env\tcreated',
      '.gitignore\tcreated',
      'hector.db\tcreated',
    ]);
    expect(modeOf(join(folder, '.env'))).toBe(0o600);
    expect(modeOf(join(folder, 'hector.db'))).toBe(0o600);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(
      '.env\n*.db*\noutbox/\nbackups/\nlogs/\n*.refused.csv\n',
    );
    expect(existsSync(join(folder, 'outbox'))).toBe(false);
  });

  it('names every key in .env, all empty', async () => {
    const folder = freshFolder();
    await run(folder);
    const assignments = readFileSync(join(folder, '.env'), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#') && line !== '');
    expect(assignments).toEqual([
      'RESEND_API_KEY=',
      'TWILIO_ACCOUNT_SID=',
      'TWILIO_AUTH_TOKEN=',
      'ANTHROPIC_API_KEY=',
      'PAPPERS_API_KEY=',
      'RESEND_WEBHOOK_SECRET=',
      'IMAP_PASSWORD=',
    ]);
  });

  it('fills in the sender, whatever characters the name holds', async () => {
    const folder = freshFolder();
    const name = `Zoé d'Ormesson "Z" $& \\ # : é`;
    await run(folder, { name, company: 'Exemple & Fils', email: 'zoe@ads.example', language: 'en' });
    const config = await loadConfig(workspaceAt(folder), {});
    expect(config.sender).toMatchObject({ name, company: 'Exemple & Fils', email: 'zoe@ads.example' });
    expect(config.language).toBe('en');
  });

  it('asks who writes on a terminal, and takes Enter for later', async () => {
    const folder = freshFolder();
    const asked: string[] = [];
    const answers = ['Claire "C." Durand', '', 'claire@', 'claire@exemple.example', ''];
    await run(folder, {}, { interactive: true, columns: 100, prompter: scripted(answers, asked) });
    const { sender } = await loadConfig(workspaceAt(folder), {});
    expect(sender).toMatchObject({
      ...{ name: 'Claire "C." Durand', company: null, email: 'claire@exemple.example', phone: null },
    });
    expect(asked).toContain('"claire@" is no address');
  });

  it.each<[string, InitOptions['answers'], boolean]>([
    ['what was said already', { company: 'Exemple Conseil' }, false],
    ['what stands in a file', {}, true],
  ])('asks nothing beside %s', async (_, given, again) => {
    const folder = freshFolder();
    if (again) await run(folder);
    await run(folder, given, { interactive: true, columns: 100, prompter: silent });
  });

  it('says which provider each channel uses, what is missing, and the next command', async () => {
    const { stderr } = await run(freshFolder(), {}, { env: {} });
    expect(stderr()).toContain(
      'E-mail:   outbox: files under outbox/, nothing leaves this machine; missing: RESEND_API_KEY, email.from',
    );
    expect(stderr()).toContain('missing: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, sms.from, sms.opt_out.fr');
    expect(stderr()).toContain(
      'To fill in: sender.name, sender.company, sender.email in hector.yaml. Without them, e-mails and SMS may wait.',
    );
    expect(stderr()).toContain('Next: hector prospect import');
  });

  it('names the real provider once its key is there', async () => {
    const { stderr } = await run(
      freshFolder(),
      { email: 'c@ads.example' },
      { env: { RESEND_API_KEY: 're_12345', HECTOR_NOW: '' } },
    );
    expect(stderr()).toContain('E-mail:   resend\n');
  });

  it('prints JSON with stable keys', async () => {
    const folder = freshFolder();
    const { stdout, stderr } = await run(folder, {}, { json: true });
    expect(JSON.parse(stdout())).toEqual({
      workspace: folder,
      files: [
        { file: 'hector.yaml', result: 'created' },
        { file: '.env', result: 'created' },
        { file: '.gitignore', result: 'created' },
        { file: 'hector.db', result: 'created' },
      ],
      channels: {
        email: { provider: 'outbox', missing: ['RESEND_API_KEY', 'email.from'] },
        sms: {
          provider: 'outbox',
          missing: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'sms.from', 'sms.opt_out.fr'],
        },
        linkedin: { provider: 'by_hand', missing: [] },
      },
      texts: 'template',
      missing_sender: ['sender.name', 'sender.company', 'sender.email'],
      next: expect.stringContaining('hector prospect import'),
    });
    expect(stderr()).toBe('');
  });
});

describe('a second hector init', () => {
  it('changes nothing and says so', async () => {
    const folder = freshFolder();
    await run(folder, { name: 'Claire' });
    const before = ['hector.yaml', '.env', '.gitignore'].map((file) =>
      readFileSync(join(folder, file), 'utf8'),
    );
    const { lines, stderr } = await run(folder, { name: 'Paul' });
    expect(lines).toEqual([
      'hector.yaml\tpresent',
      '.env\tpresent',
      '.gitignore\tpresent',
      'hector.db\tpresent',
    ]);
    expect(
      ['hector.yaml', '.env', '.gitignore'].map((file) => readFileSync(join(folder, file), 'utf8')),
    ).toEqual(before);
    expect(stderr()).toContain('hector.yaml was there and is kept as it is: --name not written');
  });

  it('adds only what is missing to .env and .gitignore', async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.env'), 'RESEND_API_KEY=re_mine\nOTHER=1', { mode: 0o600 });
    writeFileSync(join(folder, '.gitignore'), 'node_modules\n.env\n');
    const { lines } = await run(folder, { email: 'c@ads.example' }, { env: { HECTOR_NOW: '' } });
    expect(lines).toEqual([
      'hector.yaml\tcreated',
      '.env\tcompleted',
      '.gitignore\tcompleted',
      'hector.db\tcreated',
    ]);
    const env = readFileSync(join(folder, '.env'), 'utf8');
    expect(env.startsWith('RESEND_API_KEY=re_mine\nOTHER=1\n# SMS')).toBe(true);
    expect(env.match(/^RESEND_API_KEY=/gm)).toHaveLength(1);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe(
      'node_modules\n.env\n*.db*\noutbox/\nbackups/\nlogs/\n*.refused.csv\n',
    );
  });

  it('tells of a .env that others may read, and leaves it alone', async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.env'), '');
    chmodSync(join(folder, '.env'), 0o644);
    const error = await refusal(folder);
    expect(error.next).toBe(`chmod 600 ${join(folder, '.env')}`);
    expect(modeOf(join(folder, '.env'))).toBe(0o644);
  });
});

describe('what stands in the way of hector init', () => {
  it('a file where the folder should be', async () => {
    const file = join(parent, 'a-file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'below')]) {
      const error = await refusal(folder);
      expect(error.message).toContain('cannot be a folder: a file is in the way');
      expect(error.exitCode).toBe(EXIT.usage);
    }
  });

  it('a folder where a file should be', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'hector.yaml'), { recursive: true });
    expect((await refusal(folder)).message).toContain('hector.yaml is in the way: it is not a file');
  });

  it('a database that is none', async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'hector.db'), 'this is some other file, long enough');
    expect((await refusal(folder)).message).toContain('is not a hector database');
  });

  it('an address that is none, before anything is made', async () => {
    const folder = freshFolder();
    const error = await refusal(folder, { email: 'claire' });
    expect(error.message).toBe('--email "claire" is no address');
    expect(existsSync(folder)).toBe(false);
  });

  it('a folder that is read-only', async () => {
    const folder = freshFolder();
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o555);
    const error = await asNobody(() => refusal(folder));
    expect(error.message).toContain('the folder is read-only');
    expect(error.exitCode).toBe(EXIT.config);
  });
});

/** Rights do not bind root: its tests run as nobody for a moment. */
async function asNobody<T>(body: () => Promise<T>): Promise<T> {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    return await body();
  } finally {
    if (root) process.seteuid?.(0);
  }
}
