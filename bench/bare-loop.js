// The least that sends mails and remembers each: keep-alive POSTs, and a committed row for each mail.
// node bare-loop.js DATABASE PORT COUNT [BATCH [CONCURRENCY [PER_SECOND]]]
// One mail a call, one call at a time and no limit if not said. A second's calls are begun at most PER_SECOND.
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';

const [file, port, count, batch = 1, concurrency = 1, perSecond = Number.POSITIVE_INFINITY] = process.argv
  .slice(2)
  .map((word, index) => (index === 0 ? word : Number(word)));
for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec(
  'create table sent (id integer primary key, recipient text not null, provider_id text not null, at integer not null)',
);
const insert = db.prepare('insert into sent (recipient, provider_id, at) values (?, ?, ?)');
const insertAll = db.transaction((rows) => {
  for (const row of rows) insert.run(...row);
});

/** As long as what hector sends. */
const text = `Bonjour Éloïse,\n\n${'Quand une mission sort de l’ordinaire, la confiez-vous à vos équipes ? '.repeat(11)}\n`;
const html = `<!doctype html>\n<html lang="fr">\n<body>${text
  .split('\n')
  .map((line) => `<p style="margin:0 0 1em">${line}</p>`)
  .join('\n')}</body>\n</html>\n`;

const mail = (index) => ({
  from: 'Claire Durand <claire@exemple.example>',
  to: [`contact${index}@firme-${index}.example`],
  subject: `Une question à Menuiserie ${index}`,
  text,
  html,
  headers: { 'List-Unsubscribe': `<mailto:claire@exemple.example?subject=unsubscribe%20${index}>` },
  tags: [{ name: 'campaign', value: 'Mesure' }],
});

async function send(mails, key) {
  const [only] = mails;
  const response = await fetch(`http://127.0.0.1:${port}/emails${batch === 1 ? '' : '/batch'}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer re_bench_123456789',
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(batch === 1 ? only : mails),
  });
  const body = await response.json();
  const ids = batch === 1 ? [body] : body.data;
  if (!response.ok || ids.length !== mails.length) throw new Error(`${key}: ${response.status}`);
  insertAll(mails.map(({ to }, index) => [to[0], ids[index].id, Date.now()]));
}

/** Calls begin at an even distance. */
const distance = 1000 / perSecond;
let slot = performance.now();
async function turn() {
  const now = performance.now();
  const at = Math.max(now, slot);
  slot = at + distance;
  if (at > now) await delay(Math.ceil(at - now));
}

let next = 1;
async function worker() {
  while (next <= count) {
    const from = next;
    next = Math.min(count + 1, from + batch);
    const mails = Array.from({ length: next - from }, (_, index) => mail(from + index));
    await turn();
    await send(mails, `bare-${from}`);
  }
}
await Promise.all(Array.from({ length: concurrency }, worker));
db.close();
