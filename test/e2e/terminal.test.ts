import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './hector.ts';
import { hasTmux, openTerminal, type Terminal } from './terminal.ts';

const LIST = `prenom;nom;email;linkedin;societe;fonction
Anne;Bahl;anne@pme.example;https://www.linkedin.com/in/anne-bahl;Ateliers Bahl;Gérante
Luc;Dam;luc@tpe.example;https://www.linkedin.com/in/luc-dam;Dam et fils;Directeur
Eve;Fay;eve@eti.example;https://www.linkedin.com/in/eve-fay;Fay;DRH
`;

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
    terminal = openTerminal(work);
  });
  afterAll(() => terminal.close());

  it('records what is confirmed, and nothing else', async () => {
    terminal.type('task next');
    await terminal.shows('3 to go');
    await terminal.shows('quit; the rest stays in the list');
    expect(terminal.screen()).toContain(
      [
        'Anne Bahl  3 to go  REHEARSAL: do not really send it',
        'Gérante · Ateliers Bahl',
        'https://www.linkedin.com/in/anne-bahl/',
        'invitation · PME · step invitation',
        '─'.repeat(72),
        'Bonjour Anne, nous ne nous connaissons pas encore.',
      ].join('\n'),
    );
    terminal.press('s', 'Enter');
    await terminal.shows('Luc Dam  2 to go');
    terminal.press('l', 'Enter');
    await terminal.shows('Eve Fay  1 to go');
    terminal.press('q', 'Enter');
    await terminal.exits(0);
    expect(terminal.screen()).toContain('Sent 1, skipped 0, stopped 0, left for later 1.\n[1] exit 0');
    expect(
      work.rows(
        'select p.first_name as person, m.state from message m join enrolment e on e.id = m.enrolment_id join prospect p on p.id = e.prospect_id order by p.id',
      ),
    ).toEqual([
      { person: 'Anne', state: 'sent' },
      { person: 'Luc', state: 'awaiting_operator' },
      { person: 'Eve', state: 'awaiting_operator' },
    ]);
  });

  it('Ctrl-C at the question confirms nothing: exit code 130', async () => {
    terminal.type('task next');
    await terminal.shows('2 to go');
    await terminal.shows('quit; the rest stays in the list');
    terminal.press('C-c');
    await terminal.exits(130);
    expect(work.rows("select count(*) n from message where state = 'sent'")).toEqual([{ n: 1 }]);
  });

  it.each(['status', 'report', 'prospect list', 'task list', 'campaign list', 'scenario list'])(
    '%s fits 80 columns, every line of its table',
    async (command) => {
      terminal.type(`${command} 2>/dev/null`);
      await terminal.exits(0);
      const lines = terminal.screen().split('\n');
      expect(lines.length).toBeGreaterThan(2);
      expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(80);
      // A line that was too long goes on in the next one, which then begins in the middle of a word.
      expect(lines.filter((line) => [...line].length === 80)).toEqual([]);
    },
  );
});
