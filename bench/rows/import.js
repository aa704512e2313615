// An import of 100,000 rows against the sqlite3 shell's own, and the memory that ten times as many take.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeList } from '../list.js';
import { compare, inTurn, run } from '../measure.js';
import { dataFolder, freshWorkspace, hector } from '../workspace.js';

export const importRows = {
  name: 'import',
  async measure({ quick, progress }) {
    const what = 'import of 100,000 rows';
    if (spawnSync('sqlite3', ['--version']).error) return [{ what, skipped: 'sqlite3 is not installed' }];
    const file = await list(100_000);
    const measured = await inTurn(
      quick ? 1 : 5,
      { ours: () => ourImport(file), theirs: () => sqliteImport(file) },
      progress(what),
    );
    return [
      compare({ what, against: 'sqlite3 .import', by: 'cpu', goal: 4.5 }, measured.ours, measured.theirs),
    ];
  },
};

/** Bytes are said beside the ratio: the goal is both. */
export const memoryRow = {
  name: 'memory',
  async measure({ quick, progress }) {
    const what = 'peak memory, import of 1,000,000 rows';
    if (quick) return [{ what, skipped: 'takes a minute; left out by --quick' }];
    const say = progress(what);
    say(0, 1);
    const small = peakOf(await list(100_000));
    say(1, 1);
    const large = peakOf(await list(1_000_000));
    const [ratio, goal] = [large / small, 1.2];
    return [
      {
        what,
        against: 'that of 100,000',
        by: 'memory',
        ratio,
        goal,
        limit: 200,
        ours: { memory: large },
        theirs: { memory: small },
      },
    ];
  },
};

async function list(rows) {
  mkdirSync(dataFolder, { recursive: true });
  const file = join(dataFolder, `list-${rows}.csv`);
  await makeList(file, rows);
  return file;
}

function ourImport(file) {
  const folder = freshWorkspace('import');
  const done = run(hector('prospect', 'import', file, '--json', '--workspace', folder));
  const { read, new: added } = JSON.parse(done.stdout);
  if (read < 100_000 || added < 0.9 * read) throw new Error(`only ${added} of ${read} rows were imported`);
  return done;
}

/** Peak resident memory in MB. */
function peakOf(file) {
  const folder = freshWorkspace('import');
  const peakFile = join(folder, 'peak');
  const [node, ...words] = hector('prospect', 'import', file, '--workspace', folder);
  const preload = new URL('../peak-memory.cjs', import.meta.url).pathname;
  run([node, '--require', preload, ...words], { env: { PEAK_MEMORY_FILE: peakFile } });
  return (Number(readFileSync(peakFile, 'utf8')) * 1024) / 1e6;
}

const COLUMNS = [
  'prenom',
  'nom',
  'email',
  'telephone',
  'portable',
  'societe',
  'fonction',
  'linkedin',
  'ville',
  'cp',
  'siren',
  'salon',
];

/** Rows whose address is there already are refused by the index, as a second import of a person would be. */
function sqliteImport(file) {
  const database = join(dataFolder, 'sqlite-import.db');
  for (const name of [database, `${database}-wal`, `${database}-shm`]) rmSync(name, { force: true });
  const input = `pragma journal_mode = wal;
pragma synchronous = normal;
create table person (${COLUMNS.map((name) => `${name} text`).join(', ')});
create unique index person_email on person (email) where email <> '';
create unique index person_linkedin on person (linkedin) where linkedin <> '';
.mode csv
.separator ;
.import --skip 1 ${file} person
`;
  return run(['sqlite3', database], { input, codes: [0, 1] });
}
