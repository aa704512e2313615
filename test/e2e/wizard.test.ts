import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './hector.ts';
import { hasTmux, openTerminal, type Terminal } from './terminal.ts';

const LIST = `prenom;nom;email;linkedin;societe;fonction
Anne;Bahl;anne@pme.example;https://www.linkedin.com/in/anne-bahl;Ateliers Bahl;Gérante
Luc;Dam;luc@tpe.example;https://www.linkedin.com/in/luc-dam;Dam et fils;Directeur
`;

describe.skipIf(!hasTmux)('the wizard in a real terminal (skipped without tmux)', () => {
  let work: Workspace;
  let terminal: Terminal;
  beforeAll(() => {
    work = workspace();
    work.write('list.csv', LIST);
    terminal = openTerminal(work);
  });
  afterAll(() => terminal.close());

  it('asks, goes back, and keeps a draft at Ctrl-C', async () => {
    terminal.type('campaign create');
    await terminal.shows('Name of the campaign');
    terminal.press('PME Ouest', 'Enter');
    await terminal.shows('Objective');
    terminal.press('<', 'Enter');
    await terminal.shows('? Name of the campaign PME Ouest');
    terminal.press(' 2', 'Enter');
    await terminal.shows('? Objective, which the texts may use (may be empty)');
    terminal.press('un échange', 'Enter');
    await terminal.shows('approche-premium - 5 steps, 30 days, linkedin email sms');
    terminal.press('connexion-d', 'Enter');
    await terminal.shows('Who is in it?');
    terminal.press('C-c');
    await terminal.exits(130);
    expect(terminal.screen()).toContain("hector campaign create --resume 'PME Ouest 2'");
  });

  it('goes on where it was, shows the review, and launches', async () => {
    terminal.type('campaign create');
    await terminal.shows('Go on with a draft?');
    terminal.press('Enter');
    await terminal.shows('Who is in it?');
    terminal.press('a list', 'Enter');
    await terminal.shows('? File');
    terminal.press('lost.csv', 'Enter');
    await terminal.shows('no file "lost.csv"');
    terminal.press('C-u', 'list.csv', 'Enter');
    await terminal.shows('Who else?');
    terminal.press('Enter');
    await terminal.shows('? Days lun-ven');
    terminal.press('C-u', 'lun-vendrdi', 'Enter');
    await terminal.shows('did you mean "vendredi"?');
    terminal.press('C-u', 'lun-jeu', 'Enter');
    for (const question of [
      'Hours 09:00-18:00',
      'Time zone Europe/Paris',
      'Touches a day',
      'Sender',
      'Approval',
    ]) {
      await terminal.shows(`? ${question}`);
      terminal.press('Enter');
    }
    for (const question of ['Sending', 'Voice, days off']) {
      await terminal.shows(`? ${question}`);
      terminal.press('Enter');
    }
    await terminal.shows('What now?');
    expect(terminal.screen()).toContain('répondez\n   | simplement');
    expect(terminal.screen()).toContain('Anne Bahl, Gérante, Ateliers Bahl');
    expect(terminal.screen()).toContain('Wed 25 Nov 2026 09:30, linkedin, message, by template');
    terminal.press('Enter');
    await terminal.exits(0);
    expect(terminal.screen()).toContain('Campaign "PME Ouest 2" is running with 2 people.');
    expect(terminal.screen()).toContain('The same without a question:');
    expect(work.rows('select name, objective, days from campaign')).toEqual([
      { name: 'PME Ouest 2', objective: 'un échange', days: '[1,2,3,4]' },
    ]);
    expect(work.rows('select * from campaign_draft')).toEqual([]);
  });

  it('in a pipe it asks nothing: exit code 2', async () => {
    const { code, stderr } = await work.hector('campaign', 'create');
    expect(code).toBe(2);
    expect(stderr).toContain("missing required argument 'name'");
  });
});
