import type { InstalledLine } from '../engine/ports/cron.ts';
import { markerOf } from './line.ts';
import { everyOf } from './schedule.ts';

/**
 * A crontab has no encoding of its own, and every byte of it must come back as it was: here it is a text of one
 * character a byte (latin1), and the line of hector is UTF-8 within it.
 */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

interface Piece {
  text: string;
  ours: boolean;
}

/** With its line break, so that what is put together again is the same to the byte. */
function pieces(crontab: string, workspace: string): Piece[] {
  const marker = bytesOf(` ${markerOf(workspace)}`);
  const parts = crontab.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return parts.map((text) => ({ text, ours: isOurs(text.replace(/[ \t\r\n]+$/, ''), marker) }));
}

/** Somebody may end a line of theirs as we do: only one that runs hector's tick is ours, wherever hector is. */
const isOurs = (line: string, marker: string): boolean =>
  line.endsWith(marker) && /hector(?:\.[cm]?js)?'?[ \t]+tick(?:[ \t]|$)/.test(line.slice(0, -marker.length));

/** The crontab with the line in it, once, in the place of the one that was there; every other byte as it was. */
export function withLine(crontab: string, workspace: string, line: string): string {
  const all = pieces(crontab, workspace);
  const own = `${bytesOf(line)}\n`;
  const known = all.findIndex(({ ours }) => ours);
  const others = all.filter(({ ours }, index) => !ours || index === known);
  if (known !== -1) return others.map(({ text, ours }) => (ours ? own : text)).join('');
  // Before a last line without its line break: that line is not ours to end.
  const end = crontab.lastIndexOf('\n') + 1;
  return `${crontab.slice(0, end)}${own}${crontab.slice(end)}`;
}

export const withoutLine = (crontab: string, workspace: string): string =>
  pieces(crontab, workspace)
    .filter(({ ours }) => !ours)
    .map(({ text }) => text)
    .join('');

/** The lines of this workspace; more than one only where somebody copied it by hand. */
export const linesOf = (crontab: string, workspace: string): InstalledLine[] =>
  pieces(crontab, workspace)
    .filter(({ ours }) => ours)
    .map(({ text }) => {
      const line = textOf(text).trim();
      const active = !line.startsWith('#');
      const [minute = '', ...others] = line.split(/\s+/, 5);
      const hourly = others.every((field) => field === '*');
      return { line, active, every: active && hourly ? everyOf(minute) : null };
    });
