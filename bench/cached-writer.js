// What one text costs that was asked for earlier: the writer of a workspace alone, measured inside, text by text.
// node cached-writer.js FOLDER NOW: prints the milliseconds of each text as JSON. Keys and addresses: the environment.
import { bundle } from './bundle.js';

const [folder, now] = process.argv.slice(2);
const { Context, createIo, exchangesOf, openAdmission, planDue, textsOf } = await import(
  await bundle(
    'writer',
    `export { Context } from './src/context.ts';
     export { createIo } from './src/io.ts';
     export { openAdmission } from './src/engine/tick/admission.ts';
     export { exchangesOf } from './src/engine/tick/exchanges.ts';
     export { textsOf } from './src/engine/tick/wanted.ts';
     export { planDue } from './src/engine/tick/work.ts';`,
  )
);

const context = new Context({
  io: createIo(process, { env: process.env, quiet: true, color: false }),
  env: process.env,
  cwd: folder,
  workspaceFlag: folder,
  json: true,
  quiet: true,
});
const [store, engine] = [await context.stores.ticks(), await context.tickEngine()];
const requests = [];
for await (const planned of planDue(
  { store, now: Number(now), campaignId: null },
  await openAdmission(engine, store, Number(now)),
)) {
  const said = await exchangesOf(planned, store);
  for (const item of planned)
    if (item.plan.decision.do === 'touch')
      requests.push(
        ...textsOf(item.snapshot, item.plan.decision, said(item), engine).wanted.map(
          ({ request }) => request,
        ),
      );
}
const times = [];
for (const request of requests) {
  const from = performance.now();
  const written = await engine.writer.write(request);
  times.push(performance.now() - from);
  if (written.source !== 'claude' || !written.writing.kept)
    throw new Error(`a text was not kept: ${JSON.stringify(written.writing)}`);
}
await context.close();
console.log(JSON.stringify(times));
