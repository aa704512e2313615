import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files (path -> content), gone after the test file. */
export function aFolder(files: Record<string, string | Buffer> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'hector-voices-'));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

const GUIDE = '{ opening: o, rhythm: r, evidence: e, cta: c }';

/** A voice of which nothing can be said; the keys that are given stand instead of its own. */
export function voiceYaml(changes: Record<string, string | null> = {}): string {
  const keys: Record<string, string | null> = {
    name: 'Maison',
    who_we_are: 'Nous réparons des pompes à Brest.',
    offers: '[{ name: Réparation, what: Nous réparons sur place, for: ateliers }]',
    legal_identity: 'Maison, SARL, RCS Brest 000 000 000',
    disc: `{ D: ${GUIDE}, I: ${GUIDE}, S: ${GUIDE}, C: ${GUIDE} }`,
    ...changes,
  };
  return Object.entries(keys)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}
