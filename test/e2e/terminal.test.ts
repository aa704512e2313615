import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/io/table/cell.ts';
import { type Workspace, workspace } from './hector.ts';
import { hasTmux, openTerminal, type Terminal } from './terminal.ts';

const LIST = `prenom;nom;email;linkedin;societe;fonction
Anne;Bahl;anne@pme.example;https://www.linkedin.com/in/anne-bahl;Ateliers Bahl;Gérante
Luc;Dam;luc@tpe.example;https://www.linkedin.com/in/luc-dam;Dam et fils;Directeur
Eve;Fay;eve@eti.example;https://www.linkedin.com/in/eve-fay;Fay;DRH
`;

const STATES = `select p.first_name as person, m.state from message m join enrolment e on e.id = m.enrolment_id
  join prospect p on p.id = e.prospect_id order by p.id`;

describe.skipIf(!hasTmux)('the LinkedIn session in a real terminal (skipped without tmux)', () => {
  let work: Workspace;
  let terminal: Terminal;
  beforeAll(async () => {
    work = workspace();
    await work.ok(
      ...['campaign', 'create', 'PME', '--scenario', 'connexion-douce'],
      ...['--from', work.write('list.csv', LIST)],
    );
    await work.ok('tick');
    work.write('editor', '#!/bin/sh\nprintf "Bonjour Eve, à bientôt" > "$1"\n');
    terminal = openTerminal({ ...work, env: { ...work.env, EDITOR: `sh ${work.folder}/editor` } });
  });
  afterAll(() => terminal.close());

  it('takes one key each, without Enter, and records nothing else', async () => {
    terminal.type('task next');
    await terminal.settles();
    expect(terminal.screen()).toContain(
      [
        'LinkedIn: 3 tasks, about 5 min',
        '  PME: 3 invitations, rehearsal: no caps',
        'Anne Bahl  3 to go, 5 min  REHEARSAL: do not really send it',
        'Gérante · Ateliers Bahl',
        'https://www.linkedin.com/in/anne-bahl/',
        'invitation · PME · step 1 of 5 (invitation)',
        'Why now: the first touch',
      ].join('\n'),
    );
    expect(terminal.screen()).toContain(
      [
        's sent  l later  k skip  n not found  a connected  r replied  e edit',
        'w rewrite  c copy  o open  x stop  u undo  ? help  q quit',
        '>',
      ].join('\n'),
    );
    terminal.press('s');
    await terminal.shows('Recorded: Anne Bahl, sent.');
    await terminal.shows('Luc Dam  2 to go');
    await terminal.settles();
    terminal.press('l');
    await terminal.shows('Eve Fay  1 to go');
    await terminal.settles();
    terminal.press('?');
    await terminal.shows('u  undo: take back the last key that has recorded something');
    await terminal.settles();
    terminal.press('q');
    await terminal.exits(0);
    expect(terminal.screen()).toContain('1 sent, 1 left for later.\n[1] exit 0');
    expect(work.rows(STATES)).toEqual([
      { person: 'Anne', state: 'sent' },
      { person: 'Luc', state: 'awaiting_operator' },
      { person: 'Eve', state: 'awaiting_operator' },
    ]);
  });

  it('comes back from the editor, keeps the text, and takes the next key; u takes it back', async () => {
    terminal.type('task next');
    await terminal.shows('Eve Fay  2 to go');
    await terminal.settles();
    terminal.press('e');
    await terminal.shows('Bonjour Eve, à bientôt');
    await terminal.shows('22 of 200 characters');
    await terminal.settles();
    terminal.press('s');
    await terminal.shows('Luc Dam  1 to go');
    await terminal.settles();
    terminal.press('u');
    await terminal.shows('Taken back: Eve Fay, sent.');
    await terminal.settles();
    terminal.press('q');
    await terminal.exits(0);
    expect(work.rows(STATES)).toMatchObject([{ state: 'sent' }, {}, { state: 'awaiting_operator' }]);
    expect(
      work.rows("select body from message where state = 'awaiting_operator' and body like '%Eve%'"),
    ).toEqual([{ body: 'Bonjour Eve, à bientôt' }]);
  });

  it('a paste does nothing, Ctrl-C ends it and leaves the terminal as it was: exit code 130', async () => {
    terminal.type('task next');
    await terminal.shows('2 to go');
    await terminal.settles();
    terminal.press('-l', 'sslk merci s');
    terminal.press('C-c');
    await terminal.exits(130);
    terminal.press("stty -a | tr ' ;' '\\n\\n' | grep -cx -e echo -e icanon -e isig", 'Enter');
    await terminal.shows('\n3');
    expect(work.rows("select count(*) n from message where state = 'sent'")).toEqual([{ n: 1 }]);
  });

  it('asks by one key whether an answer is real, other keys are nothing, and an empty line cancels', async () => {
    terminal.type('task next');
    await terminal.shows('2 to go');
    await terminal.settles();
    terminal.press('r');
    await terminal.shows('y yes, really  b back\n>');
    for (const key of ['z', 'k', 'y']) terminal.press(key);
    await terminal.shows('What they wrote (e alone opens your editor, an empty line cancels):');
    terminal.press('Enter');
    await terminal.shows('Nothing was recorded.');
    await terminal.settles();
    terminal.press('q');
    await terminal.exits(0);
    expect(terminal.screen()).not.toMatch(/[zk]y|zk/);
  });

  it('asks about the invitation two days later, and fits 40 columns', async () => {
    const narrow = openTerminal(
      { ...work, env: { ...work.env, HECTOR_NOW: '2026-11-25T09:30:00+01:00' } },
      40,
    );
    try {
      narrow.type('task next');
      await narrow.settles();
      expect(narrow.screen()).toContain(
        [
          'Anne Bahl  1 of 1',
          'Gérante · Ateliers Bahl · played 2 days',
          'ago · PME',
          'REHEARSAL: nobody was invited',
          'https://www.linkedin.com/in/anne-bahl/',
          'y accepted  n not yet  l later  o open',
          't on to the tasks  q quit',
          '>',
        ].join('\n'),
      );
      narrow.press('y');
      await narrow.shows('Accepted: Anne Bahl');
      await narrow.shows('u undo  ? help  q quit\n>');
      expect(narrow.screen()).toContain(
        [
          's sent  l later  k skip  n not found',
          'a connected  r replied  e edit',
          'w rewrite  c copy  o open  x stop',
          'u undo  ? help  q quit',
        ].join('\n'),
      );
      narrow.press('q');
      await narrow.exits(0);
      expect(work.rows("select type from event where type = 'accepted'")).toHaveLength(1);
    } finally {
      narrow.close();
    }
  });

  it.each(['status', 'report', 'prospect list', 'task list', 'campaign list', 'scenario list'])(
    '%s fits 80 columns, every line of its table',
    async (command) => {
      terminal.type(`${command} 2>/dev/null`);
      await terminal.exits(0);
      const lines = terminal.lines();
      expect(lines.length).toBeGreaterThan(2);
      expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
    },
  );
});
