import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { start as startResend } from '../stand-ins/resend.ts';
import { contents, MONDAY, shown, type Workspace, workspace } from './hector.ts';

const LIST = 'prenom;nom;email\nAnne;Ba;anne@pme.example\nLuc;Da;luc@pme.example\n';
const CREATE = ['campaign', 'create', 'X', '--scenario', 'relance-douce'];

/** Relance douce begins with an e-mail. */
async function withCampaign(settings: string): Promise<Workspace> {
  const work = workspace(settings, {});
  work.write('list.csv', LIST);
  await work.ok('prospect', 'import', 'list.csv');
  return work;
}

describe('settings that are wrong: exit code 3, file, line and column', () => {
  it.each<[what: string, yaml: string, line: string]>([
    [
      'an unknown key',
      'langage: fr\n',
      'W/hector.yaml:1:1 unknown key "langage", did you mean "language"? Try: EDITOR +1 W/hector.yaml',
    ],
    [
      'hours that go backwards',
      'language: fr\nhours: 18h-9h\n',
      'W/hector.yaml:2:8 "18h-9h" goes backwards; a window does not cross midnight, did you mean "09:00-18:00"? Try: EDITOR +2 W/hector.yaml',
    ],
    [
      'a time zone',
      'timezone: Europe/Pari\n',
      'W/hector.yaml:1:11 "Europe/Pari" is no time zone, did you mean "Europe/Paris"? Try: EDITOR +1 W/hector.yaml',
    ],
    [
      'no YAML at all',
      'sender:\n  name: [\n',
      'W/hector.yaml:3:1 no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Try: EDITOR +3 W/hector.yaml',
    ],
    [
      'a provider without its key',
      'email: { provider: resend, from: a@b.example }\n',
      'RESEND_API_KEY is missing in W/.env, and email.provider is resend in W/hector.yaml. Try: EDITOR W/.env',
    ],
  ])('%s', async (_, yaml, line) => {
    const work = workspace(yaml);
    const ran = await work.hector(...CREATE);
    expect(shown(ran, work)).toEqual({ code: 3, stdout: '', stderr: `hector: ${line}\n` });
    expect(work.files()).toEqual(['hector.db', 'hector.yaml']);
  });

  it('a .env that others may read', async () => {
    const work = workspace();
    writeFileSync(join(work.folder, '.env'), 'RESEND_API_KEY=re_wrong_987654321\n', { mode: 0o644 });
    chmodSync(join(work.folder, '.env'), 0o644);
    expect(shown(await work.hector(...CREATE), work)).toEqual({
      code: 3,
      stdout: '',
      stderr: 'hector: W/.env holds secrets and other users may read it. Try: chmod 600 W/.env\n',
    });
  });

  it('a key that has not the shape of one is named, never shown', async () => {
    const work = workspace('email: { from: a@b.example }\n', { RESEND_API_KEY: 'token-of-the-stand-in' });
    const ran = await work.hector(...CREATE);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(/^hector: RESEND_API_KEY in the environment has not the shape .*\n$/);
  });

  it('a set clock with a provider that would be called', async () => {
    const work = workspace('email: { from: a@b.example }\n', {
      RESEND_API_KEY: 're_wrong_987654321',
      HECTOR_NOW: MONDAY,
    });
    expect(shown(await work.hector(...CREATE), work)).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'hector: HECTOR_NOW is set while email.provider is resend: a set clock may only be used with the outbox. Try: unset HECTOR_NOW\n',
    });
  });

  it('an address a key may not be sent to', async () => {
    const work = workspace('email: { from: a@b.example }\n', {
      RESEND_API_KEY: 're_wrong_987654321',
      RESEND_BASE_URL: 'http://mail.example',
    });
    const ran = await work.hector(...CREATE);
    expect(ran).toMatchObject({ code: 3, stdout: '' });
    expect(ran.stderr).toMatch(
      /^hector: RESEND_BASE_URL in the environment is no address a key may be sent to.*\n$/,
    );
  });
});

describe('a key the provider does not accept', () => {
  let work: Workspace;
  beforeAll(async () => {
    work = await withCampaign(
      'sender: { name: Claire Durand, company: Exemple }\ndata_source: le registre public\nemail: { from: claire@exemple.example }\n',
    );
  });

  it('exit code 3, one line, nothing lost; with the right key everybody is reached once', async () => {
    const resend = await startResend();
    try {
      Object.assign(work.env, {
        RESEND_BASE_URL: resend.url,
        RESEND_API_KEY: 're_wrong_987654321',
        HECTOR_NOW: MONDAY,
      });
      await work.ok('campaign', 'create', 'X', '--scenario', 'relance-douce', '--from', 'all', '--live');
      const refused = await work.hector('tick');
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/^hector: e-mail cannot be used: .*RESEND_API_KEY.*$/),
      ]);
      expect(resend.accepted).toEqual([]);
      expect(contents(work).message).toHaveLength(2);
      Object.assign(work.env, { RESEND_API_KEY: 're_test_123456789' });
      expect(await work.hector('tick')).toMatchObject({ code: 0, stderr: '' });
      expect(resend.accepted.map(({ email }) => [email.to].flat()[0]).sort()).toEqual([
        'Anne Ba <anne@pme.example>',
        'Luc Da <luc@pme.example>',
      ]);
    } finally {
      await resend.close();
    }
  });
});
