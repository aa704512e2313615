// What was measured, as lines for a person.

/** A goal is met or it is missed; what could not be measured says why, and what has no goal is shown. */
export function verdict({ skipped, ratio, goal, limit, ours, held = true }) {
  if (skipped) return 'skipped';
  if (!held) return 'missed';
  if (goal === undefined) return '';
  return ratio <= goal && (limit === undefined || ours.memory < limit) ? 'met' : 'missed';
}

const HEAD = ['what', 'against', 'ratio', 'goal', '', 'CPU', 'against', 'wall', 'against'];

/** Columns padded to the widest cell, two blanks between; figures to the right. */
export function tableOf(rows) {
  const lines = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((text, column) =>
          column < 2 || column === 4 ? text.padEnd(widths[column]) : text.padStart(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf(row) {
  const { what, against = '', by, ratio, goal, limit, ours, theirs, skipped } = row;
  if (skipped) return [what, skipped, '', '', 'skipped', '', '', '', ''];
  const aim = goal === undefined ? '' : `${goal}x ${by}${limit === undefined ? '' : `, < ${limit} MB`}`;
  const figures =
    by === 'memory'
      ? [`${Math.round(ours.memory)} MB`, `${Math.round(theirs.memory)} MB`, '', '']
      : [ours.cpu, theirs.cpu, ours.wall, theirs.wall].map(duration);
  return [what, against, `${ratio.toFixed(2)}x`, aim, verdict(row), ...figures];
}

const duration = (seconds) => (seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`);
