// The least that sends 10,000 mails and remembers each: one keep-alive POST, one committed row, again and again.
// node bare-loop.js DATABASE PORT COUNT
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';

const [file, port, count] = process.argv.slice(2);
for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
db.exec(
  'create table sent (id integer primary key, recipient text not null, provider_id text not null, at integer not null)',
);
const insert = db.prepare('insert into sent (recipient, provider_id, at) values (?, ?, ?)');

/** As long as what hector sends. */
const text = `Bonjour Éloïse,\n\n${'Quand une mission sort de l’ordinaire, la confiez-vous à vos équipes ? '.repeat(11)}\n`;
const html = `<!doctype html>\n<html lang="fr">\n<body>${text
  .split('\n')
  .map((line) => `<p style="margin:0 0 1em">${line}</p>`)
  .join('\n')}</body>\n</html>\n`;

for (let index = 1; index <= Number(count); index += 1) {
  const to = `contact${index}@firme-${index}.example`;
  const response = await fetch(`http://127.0.0.1:${port}/emails`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer re_bench_123456789',
      'content-type': 'application/json',
      'idempotency-key': `bare-${index}`,
    },
    body: JSON.stringify({
      from: 'Claire Durand <claire@exemple.example>',
      to: [to],
      subject: `Une question à Menuiserie ${index}`,
      text,
      html,
      headers: { 'List-Unsubscribe': `<mailto:claire@exemple.example?subject=unsubscribe%20${index}>` },
      tags: [{ name: 'campaign', value: 'Mesure' }],
    }),
  });
  const { id } = await response.json();
  if (!response.ok || !id) throw new Error(`mail ${index}: ${response.status}`);
  insert.run(to, id, Date.now());
}
db.close();
