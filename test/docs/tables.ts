export interface TableRow {
  /** The first cell without its backticks. */
  code: string;
  /** The second cell. */
  text: string;
}

/** The tables of a Markdown page by the heading of their first column. */
export function tablesOf(page: string): Map<string, TableRow[]> {
  const tables = new Map<string, TableRow[]>();
  for (const [table] of page.matchAll(/(?:^\|.*\|\n)+/gm)) {
    const [head, , ...rows] = table.trim().split('\n').map(cellsOf);
    tables.set(
      head?.[0] ?? '',
      rows.map(([code = '', text = '']) => ({ code: code.replaceAll('`', ''), text })),
    );
  }
  return tables;
}

const cellsOf = (line: string): string[] =>
  line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
