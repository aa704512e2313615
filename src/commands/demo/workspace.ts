import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { makeFolder, writingIn } from '../../io/make-folder.ts';
import { createIo, type Io } from '../../io.ts';

/** A folder of its own: a demo never writes into a workspace that is in use. */
export function demoFolder(folder: string | null, cwd: string): string {
  if (folder === null) return mkdtempSync(join(tmpdir(), 'hector-demo-'));
  const path = resolve(cwd, folder);
  writingIn(path, () => makeFolder(path, 0o700));
  if (readdirSync(path).length > 0)
    throw usageError(`${path} is not empty`, 'hector demo --folder NEW-FOLDER');
  return path;
}

/** The sender of the demo, and an operator who answers for the consent of a made-up list. */
export const DEMO_SETTINGS = `# Settings of the demo. A workspace of your own: hector init
sender:
  name: Camille Roussel
  title: Directrice associée
  company: Atelier Méridien
  email: camille.roussel@atelier-meridien.example
  phone: "01 84 80 00 00"
language: fr
data_source: votre site et le registre public des entreprises
email:
  provider: outbox
  from: Camille Roussel <camille.roussel@atelier-meridien.example>
sms:
  provider: outbox
  from: AtMeridien
  consent: assumed        # made-up people; a real list needs recorded consent for SMS
  opt_out:
    fr: "STOP au 36180"
`;

/** The same context in the demo's workspace, with a clock of its own and no keys: a demo cannot reach a provider. */
export function demoContext(
  context: Context,
  folder: string,
): { context: Context; setClock(at: number): void } {
  const env: Record<string, string | undefined> = {};
  for (const name of ['HOME', 'PATH', 'TERM', 'NO_COLOR', 'LANG', 'HECTOR_DEBUG'])
    env[name] = context.env[name];
  // One document at the end: what the commands on the way print is for people.
  const told = context.json ? { io: silent(context.io), json: false } : {};
  const inner = context.elsewhere({ workspace: folder, env, ...told });
  return {
    context: inner,
    setClock: (at) => {
      env.HECTOR_NOW = new Date(at).toISOString();
    },
  };
}

function silent({ stdin }: Io): Io {
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
  return createIo({ stdin, stdout: nowhere(), stderr: nowhere() }, { env: {}, quiet: true, color: false });
}
