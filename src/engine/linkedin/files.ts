import { fold } from '../import/fold.ts';

/** The files of LinkedIn's data export that say what became of our touches. */
export const FILE_KINDS = ['connections', 'invitations', 'messages'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What tells them apart, folded: files are renamed, and older ones have fewer columns. */
const TELLING: Record<FileKind, readonly string[]> = {
  connections: ['first name', 'last name', 'connected on'],
  invitations: ['from', 'to', 'sent at', 'direction'],
  messages: ['conversation id', 'sender profile url', 'date', 'content'],
};

/** Columns are found by name: LinkedIn adds some now and then. */
export type Cells = (name: string) => string;

export function kindOf(header: readonly string[]): FileKind | null {
  const names = new Set(header.map(fold));
  return FILE_KINDS.find((kind) => TELLING[kind].every((name) => names.has(name))) ?? null;
}

const KNOWN = new Set(Object.values(TELLING).flat());

/** For telling the header row from the note above it. */
export const isExportColumn = (cell: string): boolean => KNOWN.has(fold(cell));

/** The cells of a row by the folded name of their column; what is not there is empty. */
export function cellReader(header: readonly string[]): (cells: readonly string[]) => Cells {
  const places = new Map(header.map((name, index) => [fold(name), index]));
  return (cells) => (name) => cells[places.get(name) ?? -1]?.trim() ?? '';
}
