import { Argument, Command, Option } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { readBashWords } from '../../src/commands/complete/bash-words.ts';
import { wantedAt } from '../../src/commands/complete/words.ts';

const edit = new Command('edit')
  .summary('change one')
  .argument('<campaign>')
  .option('--scenario <slug or file>', 'which')
  .option('--add <person...>', 'more people')
  .option('--from <source>', 'whose people')
  .option('-y, --yes', 'do not ask')
  .option('--workspace <folder>', 'where')
  .addOption(new Option('--mode <mode>', 'how').choices(['live', 'rehearsal']))
  .addOption(new Option('--secret', 'no').hideHelp());
const program = new Command('hector')
  .addCommand(new Command('campaign').summary('campaigns').addCommand(edit))
  .addCommand(new Command('list').argument('<prospect>').argument('[file...]'))
  .addCommand(new Command('script').addArgument(new Argument('<shell>').choices(['bash', 'zsh'])));

const at = (line: string) => {
  const { candidates, ...rest } = wantedAt(program, line.split(' '));
  return { ...rest, values: candidates.map(({ value }) => value).join(' ') };
};
const FLAGS = '--scenario --add --from --yes --workspace --mode --help';

describe('what may stand at the cursor', () => {
  it.each<[string, Partial<ReturnType<typeof at>>]>([
    ['', { values: 'campaign list script', names: null }],
    ['cam', { values: 'campaign list script', start: 'cam' }],
    ['campaign ', { values: 'edit' }],
    ['nothing ', { values: '', names: null, files: false }],
    ['campaign nothing ', { values: '', names: null }],
    ['campaign edit ', { values: '', names: 'campaign', files: false }],
    ['campaign edit P', { names: 'campaign', start: 'P' }],
    ['campaign edit PME ', { values: FLAGS, names: null }],
    ['campaign edit --', { values: FLAGS }],
    ['campaign edit --yes -', { values: FLAGS.replace('--yes ', '') }],
    ['campaign edit --add 1 --', { values: FLAGS }],
    ['campaign edit -- --', { values: '', names: 'campaign' }],
    ['campaign edit -- PME ', { values: '', names: null }],
    ['campaign edit --scenario ', { values: '', names: 'scenario', files: true }],
    ['campaign edit --scenario=con', { names: 'scenario', before: '--scenario=', start: 'con' }],
    ['campaign edit --scenario x ', { names: 'campaign' }],
    ['campaign edit --yes ', { names: 'campaign' }],
    ['campaign edit --add 1 2 ', { names: 'prospect' }],
    ['campaign edit --mode ', { values: 'live rehearsal', names: null }],
    ['campaign edit --mode=l', { values: 'live rehearsal', before: '--mode=', start: 'l' }],
    ['campaign edit --nothing=l', { values: '', names: null }],
    ['campaign edit --workspace ', { files: true, names: null, workspace: undefined }],
    ['campaign edit --workspace there ', { workspace: 'there', names: 'campaign' }],
    ['campaign edit --workspace=there ', { workspace: 'there', names: 'campaign' }],
    [
      'campaign edit --from ',
      { values: 'all import: where:', names: 'campaign', namesBehind: 'campaign:', files: true },
    ],
    ['list ', { names: 'prospect', namesBehind: '' }],
    ['list 1 ', { names: null, files: true }],
    ['list 1 a b ', { files: true }],
    ['script ', { values: 'bash zsh', names: null, files: false }],
  ])('"%s"', (line, wanted) => {
    expect(at(line)).toMatchObject(wanted);
  });
});

describe('words as bash hands them over', () => {
  it.each<[string, string[], string[], [string, string][]]>([
    ['plain', ['campaign', 'show', 'PM'], ['campaign', 'show', 'PM'], [['PME Ouest', 'PME\\ Ouest']]],
    ['with a blank', ['PME\\ O'], ['PME O'], [['PME Ouest', 'PME\\ Ouest']]],
    [
      'in single quotes',
      ["'PME O"],
      ['PME O'],
      [
        ['PME Ouest', 'PME Ouest'],
        ["L'Ouest", "L'\\''Ouest"],
      ],
    ],
    ['in double quotes', ['"PME O'], ['PME O'], [['PME $(x) "y"', 'PME \\$(x) \\"y\\"']]],
    [
      'in double quotes, with what bash expands there whatever stands before it',
      ['"Sa'],
      ['Sa'],
      [
        ['Salut! toi', `Salut"'!'" toi`],
        ['Salut !!', `Salut "'!!'""`],
      ],
    ],
    ['within quotes that were closed', ["'PME 'O"], ['PME O'], [['PME Ouest', 'PME\\ Ouest']]],
    [
      'taken apart at =',
      ['--campaign', '=', 'PM'],
      ['--campaign=PM'],
      [['--campaign=PME Ouest', 'PME\\ Ouest']],
    ],
    [
      'and with nothing behind it',
      ['x', '--campaign', '='],
      ['x', '--campaign='],
      [['--campaign=PME', 'PME']],
    ],
    ['taken apart at :', ['import', ':', '1'], ['import:1'], [['import:12', '12']]],
    ['what would be expanded', [''], [''], [['$(date) `x` *;é', '\\$\\(date\\)\\ \\`x\\`\\ \\*\\;é']]],
  ])('%s', (_, raw, words, replies) => {
    const read = readBashWords(raw);
    expect(read.words).toEqual(words);
    for (const [value, reply] of replies) expect(read.reply(value)).toBe(reply);
  });
});
