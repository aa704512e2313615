import { describe, expect, it } from 'vitest';
import { removePerson } from '../../src/commands/prospect/remove.ts';
import type { Connection } from '../../src/db/connection.ts';
import { aProspect, NOW } from '../builders.ts';
import { testContext } from '../context.ts';
import { importWorkspace } from '../import/lists.ts';

/** What was asked of Claude about one person. */
function asked(connection: Connection, id: number): void {
  connection.exec(`
    insert into text_cache values ('k${id}', ${id}, '{}', ${NOW}, ${NOW + 1});
    insert into disc_proposal values (${id}, 'k', null, ${NOW});
    insert or ignore into text_batch values (1, 'msgbatch_1', 'submitted', ${NOW}, ${NOW + 1}, null, null);
    insert into text_batch_request values ('a${id}', 1, 'k', ${id}, 1, 'x', 5, ${NOW}, 'answered');
    insert into text_batch_request values ('b${id}', 1, 'k', ${id}, 1, 'x', 5, ${NOW}, 'submitted')`);
}

const known = (connection: Connection) =>
  ['text_cache', 'disc_proposal', 'text_batch_request'].map((table) =>
    connection.prepare(`select prospect_id from ${table} order by rowid`).pluck().all(),
  );

describe('what Claude has said of a person', () => {
  it('goes with them, and what is under way stays of nobody, for its price', async () => {
    const { context } = testContext();
    const connection = await context.connection();
    for (const id of [aProspect(connection), aProspect(connection)]) asked(connection, id);
    await removePerson(context, { prospect: '1', yes: true, confirm: async () => false });
    expect(known(connection)).toEqual([[2], [2], [0, 2, 2]]);
  });

  it('goes with the import that they came with, and stays of all others', async () => {
    const workspace = importWorkspace();
    const connection = await workspace.connection();
    asked(connection, aProspect(connection));
    const { import_id: id } = await workspace.import(workspace.file('1.csv', 'E-mail\na@b.example\n'));
    asked(connection, 2);
    expect(await workspace.undo(id ?? 0)).toMatchObject({ removed: 1 });
    expect(known(connection)).toEqual([[1], [1], [1, 1, 0]]);
  });
});
