import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseEnv } from 'node:util';
import { asset } from '../../assets.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { makeFolder, writingIn } from '../../io/make-folder.ts';
import type { Workspace } from '../../workspace.ts';

export interface MadeFile {
  file: string;
  /** `completed`: it was there, and what it lacked was added at its end. */
  result: 'created' | 'present' | 'completed';
}

/** What `init` was told about the sender; goes into a new hector.yaml only. */
export interface Answers {
  name?: string | undefined;
  company?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  language?: string | undefined;
}

/**
 * The files of a workspace beside its database. Nothing that is there is overwritten.
 * @throws UserError for a place that cannot be written, or a file in the way.
 */
export function makeFiles({ root, configFile, envFile }: Workspace, answers: Answers): MadeFile[] {
  return writingIn(root, () => {
    makeFolder(root);
    const config = create(configFile, () => configText(answers), 0o644);
    return [
      config,
      // Before a key can be typed into it, and whatever the umask says.
      complete(envFile, missingVariables, 0o600),
      complete(`${root}/.gitignore`, missingIgnores, 0o644),
    ];
  });
}

function create(path: string, text: () => string, mode: number): MadeFile {
  const present = statSync(path, { throwIfNoEntry: false });
  if (present && !present.isFile())
    throw usageError(`${path} is in the way: it is not a file`, `ls -ld ${shellWord(path)}`);
  if (!present) writeFileSync(path, text(), { mode, flag: 'wx' });
  return { file: basename(path), result: present ? 'present' : 'created' };
}

function complete(path: string, missing: (present: string) => string, mode: number): MadeFile {
  const made = create(path, () => missing(''), mode);
  if (made.result === 'created') return made;
  const present = readFileSync(path, 'utf8');
  const added = missing(present);
  if (added === '') return made;
  appendFileSync(path, `${present === '' || present.endsWith('\n') ? '' : '\n'}${added}`);
  return { ...made, result: 'completed' };
}

/** examples/hector.yaml with the answers filled in; JSON strings are YAML strings. */
function configText({ language, ...sender }: Answers): string {
  const template = readFileSync(asset('examples', 'hector.yaml'), 'utf8');
  const filled = Object.entries(sender).reduce(
    (text, [key, value]) =>
      value === undefined
        ? text
        : text.replace(new RegExp(`^ {2}${key}: *#.*$`, 'm'), () => `  ${key}: ${JSON.stringify(value)}`),
    template,
  );
  return language === undefined ? filled : filled.replace(/^language: \w+/m, `language: ${language}`);
}

/** Every secret by name, with what it is for. */
const VARIABLES: readonly (readonly [name: string, purpose: string])[] = [
  ['RESEND_API_KEY', 'e-mail, https://resend.com/api-keys: re_…'],
  ['TWILIO_ACCOUNT_SID', 'SMS, https://console.twilio.com: AC…'],
  ['TWILIO_AUTH_TOKEN', 'SMS, beside the account SID'],
  ['ANTHROPIC_API_KEY', 'texts by Claude, https://platform.claude.com: sk-ant-…'],
  ['PAPPERS_API_KEY', 'kept for company data; not read by this version'],
  ['RESEND_WEBHOOK_SECRET', 'kept for delivery events; not read by this version'],
  ['IMAP_PASSWORD', 'kept for replies by mail; not read by this version'],
];

function missingVariables(present: string): string {
  const named = parseEnv(present.replace(/^\ufeff/, ''));
  const head =
    present === ''
      ? '# Secrets of this workspace. The environment wins over this file. Never commit it.\n'
      : '';
  const lines = VARIABLES.filter(([name]) => !(name in named)).map(
    ([name, purpose]) => `# ${purpose}\n${name}=\n`,
  );
  return lines.length === 0 ? '' : head + lines.join('');
}

function missingIgnores(present: string): string {
  const lines = present.split(/\r?\n/).map((line) => line.trim());
  return ['.env', '*.db*', 'outbox/', 'backups/', 'logs/', '*.refused.csv']
    .filter((entry) => !lines.includes(entry))
    .map((entry) => `${entry}\n`)
    .join('');
}
