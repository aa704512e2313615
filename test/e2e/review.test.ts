import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './hector.ts';
import { hasTmux, openTerminal, type Terminal } from './terminal.ts';

const LIST = `prenom;nom;email;linkedin;societe;fonction
Anne;Bahl;anne@pme.example;https://www.linkedin.com/in/anne-bahl;Ateliers Bahl;Gérante
Luc;Dam;luc@tpe.example;https://www.linkedin.com/in/luc-dam;Dam et fils;Directeur
Eve;Fay;eve@eti.example;https://www.linkedin.com/in/eve-fay;Fay;DRH
Zoé;Gil;zoe@gil.example;https://www.linkedin.com/in/zoe-gil;Gil;DRH
`;

const STATES = `select p.first_name as person, m.state, m.source from message m
  join prospect p on p.id = m.prospect_id order by p.id`;

describe.skipIf(!hasTmux)('a review in a real terminal (skipped without tmux)', () => {
  let work: Workspace;
  let terminal: Terminal;
  beforeAll(async () => {
    work = workspace();
    await work.ok(
      ...['campaign', 'create', 'PME', '--scenario', 'connexion-douce', '--approval', 'all'],
      ...['--from', work.write('list.csv', LIST)],
    );
    await work.ok('tick');
    const editor = join(work.folder, 'editor.sh');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/^Bonjour/Bien le bonjour/" "$2"\n', { mode: 0o755 });
    terminal = openTerminal({ ...work, env: { ...work.env, EDITOR: `${editor} --wait` } });
  });
  afterAll(() => terminal.close());

  it('does what the letters say, with a real editor', async () => {
    terminal.type('message review');
    await terminal.shows('Anne Bahl  4 to go');
    await terminal.shows('quit; the rest stays in the list');
    expect(terminal.screen()).toContain('Gérante · Ateliers Bahl');
    expect(terminal.screen()).toContain('Written: template connexion-douce/invitation');
    terminal.press('a', 'Enter');
    await terminal.shows('Luc Dam  3 to go');
    terminal.press('e', 'Enter');
    await terminal.shows('Written: edited by a person');
    await terminal.shows('Bien le bonjour Luc');
    terminal.press('a', 'Enter');
    await terminal.shows('Eve Fay  2 to go');
    terminal.press('r', 'Enter');
    await terminal.shows('Why?');
    terminal.press('non', 'Enter');
    await terminal.shows('Zoé Gil  1 to go');
    terminal.press('q', 'Enter');
    await terminal.exits(0);
    expect(terminal.screen()).toContain('Approved 2, rejected 1, stopped 0, left for later 0.');
    expect(work.rows(STATES)).toEqual([
      { person: 'Anne', state: 'ready', source: 'template' },
      { person: 'Luc', state: 'ready', source: 'operator' },
      { person: 'Eve', state: 'skipped', source: 'template' },
      { person: 'Zoé', state: 'awaiting_approval', source: 'template' },
    ]);
  });

  it('Ctrl-C at the question approves nothing: exit code 130', async () => {
    terminal.type('message review');
    await terminal.shows('Zoé Gil  1 to go');
    await terminal.shows('quit; the rest stays in the list');
    terminal.press('C-c');
    await terminal.exits(130);
    expect(work.rows(STATES).at(-1)).toMatchObject({ state: 'awaiting_approval' });
  });

  it('without a terminal it names the other ways, and exits with 2', async () => {
    const { code, stderr } = await work.hector('message', 'review');
    expect(code).toBe(2);
    expect(stderr).toContain('hector message export --csv');
  });
});
