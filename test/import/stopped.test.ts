import { describe, expect, it } from 'vitest';
import { explainStop } from '../../src/commands/prospect/import/stopped.ts';
import { importProspects } from '../../src/commands/prospect/import.ts';
import { planColumns } from '../../src/engine/import/columns.ts';
import { ImportStopped, Interrupted, runImport } from '../../src/engine/import/run.ts';
import type { ImportStore, RefusedRows } from '../../src/engine/ports/imports.ts';
import { EXIT } from '../../src/errors.ts';
import { testContext } from '../context.ts';
import { importWorkspace } from './lists.ts';

const NO_REFUSED: RefusedRows = { add: () => undefined, keep: () => false, drop: () => undefined };

/** Runs an import of two people that is told to stop after its first chunk. */
async function stoppedImport(change: (store: ImportStore) => Partial<ImportStore> = () => ({})) {
  const workspace = importWorkspace();
  workspace.file('a.csv', 'Email;Nom\na@b.example;X\nc@d.example;Y\n');
  const { context } = testContext({ folder: workspace.folder });
  const list = await context.csvFile('a.csv', { encoding: null, delimiter: null, known: () => false });
  const store = await context.stores.imports();
  const stop = await runImport({
    list,
    plan: planColumns(list.header, []),
    store: { ...store, ...change(store) },
    refused: NO_REFUSED,
    country: 'FR',
    update: false,
    dryRun: false,
    now: 1,
    wantIds: false,
    interrupted: () => true,
    onProgress: () => undefined,
  }).catch((error: unknown) => error);
  await list.close();
  return { workspace, stop };
}

describe('an import that is stopped half-way', () => {
  it('takes back what went in, and says that it was interrupted', async () => {
    const { workspace, stop } = await stoppedImport();
    expect(stop).toMatchObject({ takenBack: true, cause: expect.any(Interrupted) });
    expect(await workspace.people('id')).toEqual([]);
    expect(explainStop(stop, 'a.csv', 'hector.db')).toMatchObject({ exitCode: EXIT.interrupted });
  });

  it('that cannot even be taken back says which import to undo, and that works', async () => {
    const { workspace, stop } = await stoppedImport(() => ({
      finish: () => Promise.reject(new Error('disk gone')),
    }));
    if (!(stop instanceof ImportStopped)) throw stop;
    expect(stop.takenBack).toBe(false);
    expect(await workspace.people('email')).toHaveLength(2);
    expect(explainStop(stop, 'a.csv', 'hector.db')).toMatchObject({
      message: expect.stringContaining(`import ${stop.importId} had taken in`),
      next: `hector prospect import --undo ${stop.importId}`,
    });
    expect(await workspace.undo(stop.importId)).toMatchObject({ removed: 2 });
    expect(await workspace.people('email')).toEqual([]);
  });

  it('by a full disk leaves the base as it was, in one line', async () => {
    const workspace = importWorkspace();
    const rows = Array.from({ length: 20_000 }, (_, index) => `p${index}@b.example;Nom ${index}\n`).join('');
    workspace.file('a.csv', `Email;Nom\n${rows}`);
    const { context } = testContext({ folder: workspace.folder });
    const connection = await context.connection();
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true })) + 300}`);
    await expect(importProspects(context, 'a.csv', {})).rejects.toMatchObject({
      message: expect.stringContaining('no space left on the disk'),
      exitCode: EXIT.failed,
    });
    expect(await workspace.people('id')).toEqual([]);
  });
});
