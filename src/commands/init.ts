import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Context } from '../context.ts';
import { LANGUAGES } from '../engine/model.ts';
import { shellWord } from '../engine/shell-word.ts';
import { isOneAddress } from '../engine/texts/email.ts';
import { usageError } from '../errors.ts';
import { printJson, printTable } from '../io/table.ts';
import { workspaceAt } from '../workspace.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { askSender } from './init/ask-sender.ts';
import { type Answers, type MadeFile, makeFiles } from './init/files.ts';
import { type ChannelState, type State, stateOf } from './init/missing.ts';

export const command = (open: OpenContext) =>
  hectorCommand('init', {
    summary: 'make a workspace',
    description:
      'Makes a workspace: hector.yaml, .env (only you may read it), .gitignore and hector.db. What is there already is kept; what is missing is added. On a terminal it asks who writes, unless an option says it.',
    examples: [
      '# in this folder',
      'hector init',
      '# in a new one, with the sender filled in',
      'hector init prospection --name "Claire Durand" --company "Exemple Conseil" --email claire@exemple.example',
    ],
  })
    .argument('[folder]', 'where (default: --workspace, else HECTOR_WORKSPACE, else the current folder)')
    .option('--name <name>', 'who writes')
    .option('--company <company>', "the sender's firm")
    .option('--email <address>', "the sender's address")
    .option('--phone <number>', "the sender's phone number, as texts give it")
    .addOption(new Option('--language <language>', 'language of the texts').choices([...LANGUAGES]))
    .action(async (folder, options) => {
      const { name, company, email, phone, language, ...global } = options;
      const named = folder ?? options.workspace;
      const context = open({ ...global, workspace: named });
      const target = named ?? context.env.HECTOR_WORKSPACE ?? '';
      await init(context, { folder: target, answers: { name, company, email, phone, language } });
    });

export interface InitOptions {
  /** From the current folder; made if need be. */
  folder: string;
  answers: Answers;
}

export async function init(context: Context, options: InitOptions): Promise<void> {
  const { email } = options.answers;
  if (email !== undefined && !isOneAddress(email))
    throw usageError(`--email "${email}" is no address`, 'hector init --email claire@exemple.example');
  const workspace = workspaceAt(resolve(context.cwd, options.folder));
  const answers = await askSender(context, workspace.configFile, options.answers);
  const files = makeFiles(workspace, answers);
  const result = existsSync(workspace.database) ? 'present' : 'created';
  await context.createDatabase();
  files.push({ file: 'hector.db', result });
  warnOfUnused(context, files, answers);
  const state = stateOf(await context.config());
  const next = nextCommand(context.cwd, workspace.root);
  if (context.json) {
    printJson(context.io, {
      workspace: workspace.root,
      files,
      channels: state.channels,
      texts: state.texts.by,
      missing_sender: state.sender,
      next,
    });
    return;
  }
  await printTable(
    context.io,
    [
      { header: 'File', value: (row) => row.file },
      { header: 'Result', value: (row) => row.result },
    ],
    files,
  );
  describe(context, workspace.root, state, next);
}

function warnOfUnused(context: Context, files: readonly MadeFile[], answers: Answers): void {
  if (files[0]?.result === 'created') return;
  const given = Object.entries(answers).filter(([, value]) => value !== undefined);
  if (given.length > 0)
    context.io.warn(
      `hector.yaml was there and is kept as it is: ${given.map(([name]) => `--${name}`).join(', ')} not written`,
    );
}

function describe({ io }: Context, root: string, { channels, texts, sender }: State, next: string): void {
  io.note(`\nWorkspace ${root}`);
  io.note(`E-mail:   ${channelText(channels.email)}`);
  io.note(`SMS:      ${channelText(channels.sms)}`);
  io.note('LinkedIn: by hand: hector task next shows and copies each text');
  io.note(textsLine(texts));
  if (sender.length > 0)
    io.note(`To fill in: ${sender.join(', ')} in hector.yaml. Without them, e-mails and SMS may wait.`);
  io.note(`\nNext: ${next}`);
}

function textsLine({ by, key }: State['texts']): string {
  if (by === 'claude')
    return 'Texts:    written by Claude, with templates behind it: hector doctor tries the key';
  return key
    ? 'Texts:    from templates: Claude is switched off (ai.provider in hector.yaml)'
    : 'Texts:    from templates; with ANTHROPIC_API_KEY in .env Claude writes them';
}

function channelText({ provider, missing }: ChannelState): string {
  const toFill = missing.length === 0 ? '' : `; missing: ${missing.join(', ')}`;
  return provider === 'outbox'
    ? `outbox: files under outbox/, nothing leaves this machine${toFill}`
    : `${provider}${toFill}`;
}

function nextCommand(cwd: string, root: string): string {
  const nearby = relative(cwd, root);
  const folder = nearby.startsWith('..') ? root : nearby;
  return `${folder === '' ? '' : `cd ${shellWord(folder)} && `}hector prospect import YOUR-LIST.csv`;
}
