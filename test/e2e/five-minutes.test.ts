import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { contents, type Ran, shown, temporaryFolder, withExampleList, workspaceIn } from './hector.ts';

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('the five-minute path', () => {
  const work = workspaceIn(temporaryFolder());
  const ran: Record<string, Ran> = {};
  /** What the base held before and after a command. */
  const held: Record<string, [before: unknown, after: unknown]> = {};
  const step = async (name: string, ...args: string[]): Promise<void> => {
    const before = name === 'init' ? null : contents(work);
    ran[name] = await work.hector(...args);
    held[name] = [before, contents(work)];
  };
  const stdoutOf = (name: string): string => ran[name]?.stdout ?? '';

  beforeAll(async () => {
    await step(
      ...['init', 'init', '--name', 'Claire Durand', '--company', 'Exemple Conseil'],
      ...['--email', 'claire@exemple.example'],
    );
    await step('import', 'prospect', 'import', withExampleList(work), '--json');
    await step('import again', 'prospect', 'import', 'prospects.csv');
    await step('create', 'campaign', 'create', 'PME', '--scenario', 'connexion-douce', '--from', 'import:1');
    await step('dry run', 'tick', '--dry-run');
    await step('tick', 'tick');
    await step('tick again', 'tick', '--json');
    await step('tasks', 'task', 'list');
    await step('done', 'task', 'done', '1', '2');
    await step('reply', 'reply', 'add', 'Élodie Faÿ', '--text', 'Oui, mardi ?');
    await step('status', 'status');
    await step('report', 'report');
    await step('report csv', 'report', 'PME', '--csv');
    await step('report excel', 'report', '--csv', 'funnel.csv', '--excel-fr');
    await step('report json', 'report', '--json');
    await step('list', 'prospect', 'list', '--status', 'replied');
    await step('show', 'prospect', 'show', 'claire.durand@ateliersdurand.example');
    await step('export', 'prospect', 'export', 'people.csv');
  });

  it('init makes a workspace and says which provider each channel will use', () => {
    expect(ran.init && shown(ran.init, work)).toEqual({
      code: 0,
      stdout: 'hector.yaml\tcreated\n.env\tcreated\n.gitignore\tcreated\nhector.db\tcreated\n',
      stderr: [
        '',
        'Workspace W',
        'E-mail:   outbox: files under outbox/, nothing leaves this machine; missing: RESEND_API_KEY',
        'SMS:      outbox: files under outbox/, nothing leaves this machine; missing: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, sms.from, sms.opt_out.fr',
        'LinkedIn: by hand: hector task next shows and copies each text',
        'Texts:    from templates; with ANTHROPIC_API_KEY in .env Claude writes them',
        '',
        'Next: hector prospect import YOUR-LIST.csv',
        '',
      ].join('\n'),
    });
    const modes = ['.env', 'hector.db'].map((file) => statSync(join(work.folder, file)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('prospect import takes a dirty French Excel list in', () => {
    expect(ran.import).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(stdoutOf('import'))).toMatchObject({
      import_id: 1,
      encoding: 'windows-1252',
      delimiter: ';',
      read: 59,
      new: 33,
      updated: 1,
      unchanged: 25,
      refused: 0,
      refused_file: null,
    });
  });

  it('the same list again changes nothing', () => {
    expect(ran['import again']?.code).toBe(0);
    expect(lines(stdoutOf('import again')).slice(0, 5)).toEqual([
      'read\t59\t',
      'new\t0\t',
      'updated\t0\t',
      'unchanged\t59\t',
      'refused\t0\t',
    ]);
    const [before, after] = held['import again'] ?? [];
    expect(after).toEqual(before);
  });

  it('campaign create enrols them, and says that it is a rehearsal', () => {
    expect(ran.create).toMatchObject({ code: 0, stdout: 'Campaign "PME" is running with 33 people.\n' });
    const [rehearsal, ...rest] = lines(ran.create?.stderr ?? '');
    expect(rehearsal).toMatch(/^Rehearsal \(no provider for e-mail and SMS yet: \.env\)/);
    expect(rest).toEqual([
      'First touch: Mon 23 Nov 2026 09:30 (Europe/Paris)',
      'Next: hector tick --dry-run, then hector tick',
    ]);
  });

  it('tick --dry-run says what it would do, and writes nothing', () => {
    expect(ran['dry run']).toMatchObject({
      code: 0,
      stderr:
        'Waiting: 1 (the wait of the next step is not over)\nSkipped a step: 2 (no address for this channel)\n' +
        '31 would be contacted, 1 not. Nothing was written or sent.\n',
    });
    expect(lines(stdoutOf('dry run'))[0]).toBe('Claire Durand\tPME (rehearsal)\tsend linkedin\tinvitation\t');
    expect(lines(stdoutOf('dry run'))).toHaveLength(32);
    const [before, after] = held['dry run'] ?? [];
    expect(after).toEqual(before);
  });

  it('tick does it, silently when nobody looks on; the next one finds nothing to do', () => {
    expect(ran.tick).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(ran['tick again']).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(stdoutOf('tick again'))).toMatchObject({
      ran: true,
      considered: 0,
      tasks: 0,
      sent: {},
    });
  });

  it('task list has the texts to paste, task done records them', () => {
    expect(ran.tasks).toMatchObject({ code: 0, stderr: '' });
    expect(lines(stdoutOf('tasks'))).toHaveLength(31);
    expect(lines(stdoutOf('tasks'))[0]).toBe(
      '1\tClaire Durand\tAteliers Durand\tPME (rehearsal)\tinvitation\t2026-11-23T08:30:00.000Z',
    );
    expect(ran.done).toMatchObject({
      code: 0,
      stdout: 'Recorded as sent: task 1, Claire Durand\nRecorded as sent: task 2, Jean-Pierre Garnier\n',
      stderr: '',
    });
    expect(work.rows("select id from message where state = 'sent' order by id")).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it('reply add stops what is open for the person and the colleagues', () => {
    expect(ran.reply).toMatchObject({
      code: 0,
      stdout: [
        'Recorded: Élodie Faÿ (#3) is now replied in PME (rehearsal).',
        'Stopped: 1 enrolment, 1 message cancelled.',
        'Colleagues of Cabinet Noël Expertise stopped: 1 person, 1 message cancelled.',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  it('status says what is due and what waits', () => {
    expect(ran.status).toMatchObject({
      code: 0,
      stdout: [
        'Campaigns\t1 running, 0 paused; 1 is a rehearsal, of which nothing is sent',
        'Due now\t0',
        'Next 24 hours\t1',
        'Next touch\t2026-11-23T13:00:00.000Z',
        'Tasks\t27 LinkedIn, 0 uncertain',
        'Last tick\t2026-11-23T08:30:00.000Z',
        '',
      ].join('\n'),
      stderr: 'Next: hector task next\n',
    });
  });

  it('report prints the funnel: lines, CSV, CSV for French Excel, JSON', () => {
    expect(ran.report).toMatchObject({
      code: 0,
      stderr: 'All rehearsals\nRehearsal: nothing left this machine\n',
    });
    expect(lines(stdoutOf('report')).slice(0, 2)).toEqual([
      'rehearsal\tfunnel\tenrolled\t33\t100.0 %\t\t',
      'rehearsal\tfunnel\tcontacted\t2\t6.1 %\t31\t93.9 %',
    ]);
    expect(lines(stdoutOf('report csv'))[0]).toBe(
      'mode,campaign,section,item,channel,people,rate,drop,drop_rate,sent,delivered,replied,reply_rate,value',
    );
    expect(stdoutOf('report csv')).toContain('\nrehearsal,PME,funnel,contacted,,2,0.0606,31,0.9394,,,,');
    expect(ran['report excel']).toMatchObject({ code: 0, stdout: '' });
    const excel = readFileSync(join(work.folder, 'funnel.csv'), 'utf8');
    expect(excel).toMatch(/^\ufeffmode;campaign;/);
    expect(excel).toContain('rehearsal;PME;funnel;contacted;;2;0,0606;31;0,9394;');
    const { reports } = JSON.parse(stdoutOf('report json'));
    expect(reports[0].funnel.slice(0, 2)).toMatchObject([
      { stage: 'enrolled', count: 33, rate: 1 },
      { stage: 'contacted', count: 2 },
    ]);
  });

  it('prospect list, show and export tell where people stand', () => {
    expect(ran.list).toMatchObject({ code: 0, stderr: '' });
    expect(stdoutOf('list')).toMatch(/^3\tÉlodie Faÿ\tCabinet Noël Expertise\t.*\tPME\treplied\t/);
    expect(ran.show?.code).toBe(0);
    expect(stdoutOf('show')).toContain('mobile\t+33765740154\n');
    expect(stdoutOf('show')).toMatch(
      /\n2026-11-23T08:30:00\.000Z\tsent\tPME\tinvitation\tlinkedin\tBonjour Claire, /,
    );
    expect(ran.export).toMatchObject({ code: 0, stdout: '', stderr: '33 people written to people.csv.\n' });
    const exported = readFileSync(join(work.folder, 'people.csv'), 'utf8');
    expect(lines(exported)).toHaveLength(34);
    expect(exported).not.toContain('=HYPERLINK');
    expect(statSync(join(work.folder, 'people.csv')).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing but the files one was told of', () => {
    expect(work.files()).toEqual(
      ['.env', '.gitignore', 'funnel.csv', 'hector.db', 'hector.yaml', 'people.csv', 'prospects.csv'].sort(),
    );
  });
});
