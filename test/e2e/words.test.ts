import { beforeAll, describe, expect, it } from 'vitest';
import { contents, run, shown, temporaryFolder, workspace } from './hector.ts';

type Case = [what: string, args: string[], line: string];

describe('wrong words are refused with exit code 2, one line and the next command', () => {
  const work = workspace();
  let before: unknown;
  let files: string[];
  beforeAll(async () => {
    work.write('list.csv', 'nom;email\nDurand;durand@pme.example\n');
    await work.ok('prospect', 'import', 'list.csv');
    await work.ok('campaign', 'create', 'Printemps', '--scenario', 'relance-douce');
    before = contents(work);
    files = work.files();
  });
  const create = (...more: string[]) => ['campaign', 'create', 'X', '--scenario', 'connexion-douce', ...more];

  it.concurrent.each<Case>([
    ['a command', ['inti'], "unknown command 'inti', did you mean init? Try: hector --help"],
    ['a command that every object has', ['constructor'], "unknown command 'constructor'. Try: hector --help"],
    [
      'a verb that every object has',
      ['campaign', 'constructor'],
      "unknown command 'constructor'. Try: hector campaign --help",
    ],
    [
      'a verb',
      ['campaign', 'craete'],
      "unknown command 'craete', did you mean create? Try: hector campaign --help",
    ],
    ['help of no command', ['help', 'foo'], "unknown command 'foo'. Try: hector --help"],
    [
      'help of a verb',
      ['help', 'campaign', 'shwo'],
      "unknown command 'shwo', did you mean show? Try: hector campaign --help",
    ],
    [
      'an option',
      ['campaign', 'list', '--jsn'],
      "unknown option '--jsn', did you mean --json? Try: hector campaign list --help",
    ],
    [
      'a choice',
      ['completion', 'bsh'],
      "command-argument value 'bsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish, did you mean \"bash\"? Try: hector completion --help",
    ],
    [
      'an option before the command',
      ['--workspace', '.', 'status'],
      "unknown option '--workspace' here: options come after the command. Try: hector --help",
    ],
    [
      'an option that is missing',
      ['campaign', 'create', 'X'],
      "required option '--scenario <slug or file>' not specified. Try: hector campaign create --help",
    ],
    [
      'one argument too many',
      ['tick', 'now'],
      "too many arguments for 'tick'. Expected 0 arguments but got 1. Try: hector tick --help",
    ],
    [
      'a status',
      ['prospect', 'list', '--status', 'dead'],
      "option '--status <status>' argument 'dead' is invalid. Allowed choices are active, paused, replied, meeting, completed, stopped, failed, none. Try: hector prospect list --help",
    ],
    [
      'a scenario',
      ['campaign', 'create', 'X', '--scenario', 'conexion-douce'],
      'no scenario "conexion-douce", did you mean "connexion-douce"? Try: hector scenario list',
    ],
    [
      'a campaign',
      ['campaign', 'show', 'Printemp'],
      'no campaign "Printemp", did you mean "Printemps"? Try: hector campaign list',
    ],
    [
      'a campaign to tick',
      ['tick', '--campaign', 'Printemp'],
      'no campaign "Printemp", did you mean "Printemps"? Try: hector campaign list',
    ],
    [
      'a campaign to report',
      ['report', 'Printemp'],
      'no campaign "Printemp", did you mean "Printemps"? Try: hector campaign list',
    ],
    [
      'a campaign to import into',
      ['prospect', 'import', 'list.csv', '--campaign', 'Printemp'],
      'no campaign "Printemp", did you mean "Printemps"? Try: hector campaign list',
    ],
    [
      'a campaign whose name is taken',
      ['campaign', 'create', 'Printemps', '--scenario', 'connexion-douce'],
      'a campaign "Printemps" exists already. Try: hector campaign show Printemps',
    ],
    [
      'a prospect',
      ['prospect', 'show', 'nobody@pme.example'],
      'no prospect matches "nobody@pme.example". Try: hector prospect list --q \'nobody@pme.example\'',
    ],
    [
      'a prospect who is said to have answered',
      ['reply', 'add', '999', '--text', 'Oui'],
      'no prospect matches "999". Try: hector prospect list --q \'999\'',
    ],
    [
      'a name that would act on the terminal',
      ['prospect', 'show', 'a\u001b[2J\nb'],
      'no prospect matches "a?[2J?b". Try: hector prospect list --q \'a?[2J?b\'',
    ],
    ['a task', ['task', 'done', '99'], 'no task 99. Try: hector task list'],
    ['a task that is no number', ['task', 'done', 'all'], '"all" is no task number. Try: hector task list'],
    [
      'a time zone',
      create('--timezone', 'Europe/Pariss'),
      '--timezone: "Europe/Pariss" is no time zone, did you mean "Europe/Paris"? Try: hector campaign create --help',
    ],
    [
      'a day',
      create('--days', 'lun-vendrdi'),
      '--days: "vendrdi" is no day (did you mean "vendredi"?); allowed: days such as lun-ven, mon-fri or "lun, mar, jeu". Try: hector campaign create --help',
    ],
    [
      'hours that go backwards',
      create('--hours', '18h-9h'),
      '--hours: "18h-9h" goes backwards; a window does not cross midnight, did you mean "09:00-18:00"? Try: hector campaign create --help',
    ],
    [
      'a day that is not in the calendar',
      create('--start', '31/02/2027'),
      '--start: "31/02/2027" is no date; allowed: 2026-12-01 or 01/12/2026. Try: hector campaign create --help',
    ],
    [
      'a language',
      create('--language', 'de'),
      '--language: "de" is no language hector writes; allowed: fr, en. Try: hector campaign create --help',
    ],
    [
      'a list that is not there',
      create('--from', 'nobody.csv'),
      '--from: no file "nobody.csv"; allowed: a CSV file, import:ID, campaign:NAME, where:FILTER, all. Try: hector campaign create --help',
    ],
    [
      'an import',
      create('--from', 'import:99'),
      'no import 99 (the last: 1 list.csv). Try: hector prospect import --help',
    ],
    [
      'live and rehearsal at once',
      create('--live', '--rehearsal'),
      '--live and --rehearsal exclude each other. Try: hector campaign create --help',
    ],
    [
      'a limit',
      ['tick', '--limit', 'few'],
      "option '--limit <touches>' argument 'few' is invalid. Allowed: a whole number from 1. Try: hector tick --help",
    ],
    [
      'a column in --map',
      ['prospect', 'import', 'list.csv', '--map', 'Mel=email'],
      '--map: no column "Mel" (columns: nom, email). Try: hector prospect import list.csv --dry-run',
    ],
    [
      'an import to undo',
      ['prospect', 'import', '--undo', 'x'],
      'no import id: "x". Try: hector prospect import --undo 1',
    ],
    [
      'an import to undo as a dry run',
      ['prospect', 'import', '--undo', '1', '--dry-run'],
      "option '--undo <id>' cannot be used with option '--dry-run'. Try: hector prospect import --help",
    ],
    ['no file', ['prospect', 'import'], 'which FILE? Try: hector prospect import prospects.csv'],
    [
      'an encoding',
      ['prospect', 'import', 'list.csv', '--encoding', 'ebcdic'],
      'unknown encoding "ebcdic" (known: utf-8, utf-16le, utf-16be, windows-1252). Try: hector prospect import --help',
    ],
    [
      'an entry for the blacklist',
      ['blacklist', 'add', '???'],
      '"???" is no e-mail address, phone number, domain, LinkedIn profile address or SIREN (a bare slug needs --kind linkedin). Try: hector blacklist add --help',
    ],
    ['a scenario file', ['scenario', 'lint', 'no.yaml'], 'no such file: no.yaml. Try: hector scenario list'],
  ])('%s', async (_, args, line) => {
    const ran = await work.hector(...args);
    expect(shown(ran, work)).toEqual({ code: 2, stdout: '', stderr: `hector: ${line}\n` });
    expect(contents(work)).toEqual(before);
    expect(work.files().filter((file) => !/-(?:wal|shm)$/.test(file))).toEqual(files);
  });

  it.concurrent('a clock that is no time', async () => {
    const ran = await run(['status'], { cwd: work.folder, env: { HECTOR_NOW: 'tomorrow' } });
    expect(ran).toMatchObject({
      code: 2,
      stderr:
        'hector: HECTOR_NOW is no ISO time: "tomorrow". Try: HECTOR_NOW=2026-11-23T09:00:00Z hector tick\n',
    });
  });
});

describe('no workspace', () => {
  it.each<[string, string[], string]>([
    [
      'here',
      ['status'],
      'no workspace here: no hector.yaml in W or above, nor in W/.local/share/hector. Try: hector init',
    ],
    [
      'where --workspace says',
      ['status', '--workspace', 'elsewhere'],
      'no workspace there: W/elsewhere has no hector.yaml. Try: hector init W/elsewhere',
    ],
  ])('%s: exit code 3, and nothing is made', async (_, args, line) => {
    const work = { folder: temporaryFolder() };
    const ran = await run(args, { cwd: work.folder });
    expect(shown(ran, work)).toEqual({ code: 3, stdout: '', stderr: `hector: ${line}\n` });
  });
});
