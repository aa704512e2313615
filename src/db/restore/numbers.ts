import type { Connection } from '../connection.ts';

/** More messages than are made between a backup and the loss of what came after it. */
const LEAP = 100_000;

/**
 * No number is given again that the database before has given: the keys that tell a provider of a repeated call are
 * made of them.
 * @param sure all of the database before can be read
 */
export function keepNumbersApart(
  connection: Connection,
  { attached, sure }: { attached: boolean; sure: boolean },
): void {
  if (attached)
    connection.exec(`
      update main.sqlite_sequence as m set seq = max(m.seq,
        coalesce((select p.seq from present.sqlite_sequence p where p.name = m.name), 0));
      insert into main.sqlite_sequence (name, seq) select p.name, p.seq from present.sqlite_sequence p
        where p.name not in (select name from main.sqlite_sequence)
          and p.name in (select name from main.sqlite_master where type = 'table')`);
  if (sure) return;
  const leap = connection.prepare("update main.sqlite_sequence set seq = seq + ? where name = 'message'");
  if (leap.run(LEAP).changes === 0)
    connection.prepare("insert into main.sqlite_sequence (name, seq) values ('message', ?)").run(LEAP);
}
