// npm run bench: every goal of docs/performance.md, measured side by side.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { growthRows } from './rows/growth.js';
import { importRows, memoryRow } from './rows/import.js';
import { rateRows } from './rows/rate.js';
import { startRows } from './rows/start.js';
import { fullBaseRows, tickRow } from './rows/tick.js';
import { writingRows } from './rows/writing.js';
import { tableOf, verdict } from './table.js';

const ROWS = [importRows, memoryRow, startRows, tickRow, rateRows, growthRows, fullBaseRows, writingRows];
const NAMES = ROWS.map(({ name }) => name).join(', ');
const USAGE = `npm run bench -- [--only NAME]... [--quick]
NAME is one of ${NAMES}, or a part of one. --quick takes fewer rounds: a look, no measurement.`;

try {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      quick: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(USAGE);
  else await bench({ only: values.only ?? [], quick: values.quick === true });
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

/** A missed goal is a finding, not a failure of the bench. */
async function bench({ only, quick }) {
  const chosen =
    only.length === 0 ? ROWS : ROWS.filter(({ name }) => only.some((part) => name.includes(part)));
  if (chosen.length === 0) throw new Error(`nothing is called ${only.join(', ')}; there are ${NAMES}`);
  if (!existsSync(fileURLToPath(new URL('../dist/main.js', import.meta.url))))
    throw new Error('dist/ is missing; npm run build makes it');
  if (spawnSync('bash', ['-c', ':']).error)
    throw new Error('bash is missing; its time counts the CPU of commands');
  const rows = [];
  for (const row of chosen) rows.push(...(await row.measure({ quick, progress })));
  process.stderr.write('\r\u001b[K');
  console.log(
    `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Node ${process.version}`,
  );
  console.log(`${quick ? 'A quick look. ' : ''}Medians of rounds in turn; CPU is user and system time.\n`);
  console.log(tableOf(rows));
  const missed = rows.filter((row) => verdict(row) === 'missed');
  console.log(
    `\n${missed.length === 0 ? 'No goal is missed.' : `${missed.length} missed: docs/performance.md says why.`}`,
  );
}

function progress(what) {
  return (round, rounds) => {
    const line = `${what}${rounds > 0 ? `, ${round} of ${rounds}` : ''}`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
  };
}
