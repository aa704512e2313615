// Workspaces made by hector itself, filled by SQL: a million enrolments would take too long the usual way.
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { run } from './measure.js';

const root = fileURLToPath(new URL('..', import.meta.url));
export const dataFolder = join(root, 'bench', '.data');

/** Tuesday 24 November 2026, 10:00 in Paris: inside every window. */
export const NOW = Date.parse('2026-11-24T09:00:00Z');
const DAY = 86_400_000;
/** People who are due in the campaign that is measured. */
export const DUE = 10_000;

export const hector = (...words) => [process.execPath, join(root, 'bin', 'hector.js'), ...words];

/** The environment of a live campaign that writes to a stand-in; the stand-in's port is told at each run. */
export const liveEnv = (port) => ({
  HECTOR_NOW: new Date(NOW).toISOString(),
  RESEND_API_KEY: 're_bench_123456789',
  RESEND_BASE_URL: `http://127.0.0.1:${port}`,
});

/** An empty workspace, fresh each time. */
export function freshWorkspace(name) {
  const folder = join(dataFolder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run(
    hector(
      'init',
      folder,
      '--name',
      'Claire Durand',
      '--company',
      'Exemple Conseil',
      '--email',
      'claire@exemple.example',
    ),
  );
  return folder;
}

/**
 * A live campaign "Mesure" with 10,000 people who are due, and so many other enrolments: of every 101 one is
 * waiting for a later day, the others are finished; each has its sent message and its event. Made once.
 * @param people of the campaign that is measured; `resetMeasured` says how many of them are due
 */
export function filledWorkspace(others, people = DUE) {
  const name = people === DUE ? `enrolments-${others}` : `enrolments-${others}-people-${people}`;
  const folder = join(dataFolder, `${name}-${schema()}`);
  if (existsSync(folder)) return folder;
  dropOutdated(name);
  const made = freshWorkspace('being-made');
  mkdirSync(join(made, 'scenarios'));
  mkdirSync(join(made, 'templates', 'fr', 'mesure'), { recursive: true });
  writeFileSync(join(made, 'scenarios', 'mesure.yaml'), SCENARIO);
  for (const step of ['question', 'relance'])
    writeFileSync(join(made, 'templates', 'fr', 'mesure', `${step}.liquid`), TEMPLATE);
  setRate(made, UNLIMITED);
  for (const name of ['Mesure', 'Autres'])
    run(hector('campaign', 'create', name, '--scenario', 'mesure', '--live', '--workspace', made), {
      env: liveEnv(9),
    });
  fill(join(made, 'hector.db'), others, people);
  renameSync(made, folder);
  return folder;
}

/** Requests a second that nothing here ever reaches. */
export const UNLIMITED = 1000;

/** No caps: a real sender would take months for 10,000 mails. */
export function setRate(folder, requestsPerSecond) {
  writeFileSync(
    join(folder, 'hector.yaml'),
    'sender: { name: Claire Durand, title: Associée, company: Exemple Conseil, email: claire@exemple.example }\n' +
      'data_source: le registre public des entreprises\n' +
      `email: { requests_per_second: ${requestsPerSecond}, caps: off, ramp: off }\n`,
  );
}

/** The same, with texts by Claude (`claude`) or by templates (`off`), and no budget. */
export function setWriting(folder, provider, concurrency) {
  setRate(folder, UNLIMITED);
  appendFileSync(
    join(folder, 'hector.yaml'),
    `ai: { provider: ${provider}, requests_per_second: ${UNLIMITED}, budget: { tick: off, day: off, campaign: off } }\n` +
      `tick: { concurrency: ${concurrency} }\n`,
  );
}

/** What Claude has answered is asked for again. */
export function forgetTexts(folder) {
  const db = new Database(join(folder, 'hector.db'));
  db.exec('delete from text_cache; delete from model_call');
  db.close();
}

/** Messages of the measured campaign that were sent, by who wrote them. */
export function textCounts(folder) {
  const db = new Database(join(folder, 'hector.db'), { readonly: true });
  try {
    return db
      .prepare(
        `select count(*) filter (where source = 'claude') as claude, count(*) filter (where source <> 'claude') as template
         from message where campaign_id = (select id from campaign where name = 'Mesure') and state = 'sent'`,
      )
      .get();
  } finally {
    db.close();
  }
}

/** Names the tables and indexes: a base made with other ones is no use. */
function schema() {
  const migrations = join(root, 'src', 'db', 'migrations');
  const hash = createHash('sha256');
  for (const name of readdirSync(migrations)
    .filter((file) => file.endsWith('.sql'))
    .sort())
    hash.update(readFileSync(join(migrations, name)));
  return hash.digest('hex').slice(0, 8);
}

/** The same base with other tables. */
function dropOutdated(name) {
  mkdirSync(dataFolder, { recursive: true });
  const outdated = new RegExp(`^${name}-[0-9a-f]{8}$`);
  for (const file of readdirSync(dataFolder).filter((each) => outdated.test(each)))
    rmSync(join(dataFolder, file), { recursive: true });
}

/** Half of the others before the measured people, half behind: their rows lie in the middle of every tree. */
function fill(file, others, people) {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  const half = Math.ceil(others / 2);
  db.transaction(() => {
    addPeople(db, 'Autres', 1, half);
    addPeople(db, 'Mesure', half + 1, half + people);
    addPeople(db, 'Autres', half + people + 1, others + people);
    addHistory(db);
    addBlacklist(db);
  })();
  db.pragma('journal_mode = WAL');
  db.close();
}

function addPeople(db, campaign, from, to) {
  db.prepare(
    `with recursive n(i) as (select @from where @from <= @to union all select i + 1 from n where i < @to)
     insert into prospect (id, email, first_name, last_name, company, company_key, title, linkedin, city, zip, country,
       siren, created_at, updated_at)
     select i, 'contact' || i || '@firme-' || (i / 4) || '.example', 'Éloïse', 'Garçon', 'Menuiserie ' || (i / 4),
       'domain:firme-' || (i / 4) || '.example', 'Directrice générale', 'eloise-garcon-' || i, 'Nantes', '44000', 'FR',
       printf('%09d', 300000000 + i / 4), @now, @now from n`,
  ).run({ from, to, now: NOW - 90 * DAY });
  db.prepare(
    `insert into enrolment (campaign_id, prospect_id, status, step, next_at, anchor_at, step_at, created_at, ended_at)
     select c.id, p.id, iif(@waits and p.id % 101 = 0, 'active', 'completed'), iif(@waits and p.id % 101 = 0, 'relance', null),
       iif(@waits and p.id % 101 = 0, @now + (1 + p.id % 5) * @day, null), @now - 9 * @day, @now - 9 * @day,
       @now - 30 * @day, iif(@waits and p.id % 101 = 0, null, @now - 9 * @day)
     from prospect p, campaign c where p.id between @from and @to and c.name = @campaign`,
  ).run({ from, to, campaign, waits: campaign === 'Autres' ? 1 : 0, now: NOW, day: DAY });
}

/** Short texts: what a tick may read of them is their index entries, not their size. */
function addHistory(db) {
  db.prepare(
    `insert into message (enrolment_id, prospect_id, campaign_id, step, scenario, channel, kind, state, mode, subject, body,
       envelope, source, template, provider, provider_id, attempts, tick_id, created_at, claimed_at, sent_at)
     select e.id, e.prospect_id, e.campaign_id, 'question', v.slug, 'email', 'email', 'sent', 'live', 'Une question',
       'Bonjour', '{}', 'template', 'mesure/question', 'resend', 'old-' || e.id, 1, 1, @at, @at, @at
     from enrolment e join campaign c on c.id = e.campaign_id join scenario_version v on v.id = c.scenario_version_id
     where c.name = 'Autres'`,
  ).run({ at: NOW - 9 * DAY });
  db.prepare(
    `insert into event (type, at, prospect_id, campaign_id, enrolment_id, message_id, channel, data)
     select 'sent', sent_at, prospect_id, campaign_id, enrolment_id, id, channel, '{"step":"question"}' from message`,
  ).run();
}

/** A blacklist that meets nobody here: looking people up in it is part of every tick. */
function addBlacklist(db) {
  db.prepare(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
     insert into suppression (kind, value, reason, source, created_at)
     select 'email', 'non-merci-' || i || '@ailleurs.example', 'asked', 'operator', ? from n`,
  ).run(NOW - 60 * DAY);
}

/**
 * Puts the measured campaign back to where it was: so many of its people due at their first step, the others
 * finished.
 */
export function resetMeasured(folder, due) {
  const db = new Database(join(folder, 'hector.db'));
  const campaign = "(select id from campaign where name = 'Mesure')";
  const set = db.prepare(
    `update enrolment set status = @status, step = @step, next_at = @at, hold = null, anchor_at = @anchor,
       step_at = @anchor, ended_at = @ended where campaign_id = ${campaign} and id >= @from`,
  );
  const anchor = NOW - 3_600_000;
  const first = db.prepare(`select min(id) from enrolment where campaign_id = ${campaign}`).pluck().get();
  db.transaction(() => {
    db.exec(`delete from event where campaign_id = ${campaign}`);
    db.exec(`delete from message where campaign_id = ${campaign}`);
    db.exec('delete from tick');
    set.run({ status: 'active', step: 'question', at: anchor, anchor, ended: null, from: first });
    set.run({ status: 'completed', step: null, at: null, anchor, ended: NOW, from: first + due });
  })();
  db.pragma('wal_checkpoint(truncate)');
  db.close();
}

/** Messages of the measured campaign that were really sent and moved on. */
export function sentCount(folder) {
  const db = new Database(join(folder, 'hector.db'), { readonly: true });
  try {
    return db
      .prepare(
        `select count(*) from message m join enrolment e on e.id = m.enrolment_id and e.step = 'relance'
         where m.campaign_id = (select id from campaign where name = 'Mesure') and m.state = 'sent'`,
      )
      .pluck()
      .get();
  } finally {
    db.close();
  }
}

const SCENARIO = `slug: mesure
name: Mesure
description: Deux e-mails, pour mesurer.
target: personne
duration_days: 7
expected_reply_rate: 0.1
language: fr
steps:
  - id: question
    wait: 0d
    channel: email
    kind: email
    objective: Poser une question
    prompt: Pose une question simple.
    length: "60 à 110 mots"
    cta: répondre d’un mot
    template: mesure/question
  - id: relance
    wait: 4d
    channel: email
    kind: email
    objective: Poser la question encore une fois
    prompt: Pose la même question autrement.
    length: "60 à 110 mots"
    cta: répondre d’un mot
    template: mesure/relance
`;

const TEMPLATE = `---
subject: Une question à {{ company }}
---
Bonjour{% if first_name %} {{ first_name }}{% endif %},

Je m’appelle {{ sender.name }}{% if sender.company %} et je travaille chez {{ sender.company }}{% endif %}. Avant de vous en dire plus, j’aimerais comprendre comment le travail s’organise {% if company %}chez {{ company }}{% else %}dans votre entreprise{% endif %}.

Quand une mission sort de l’ordinaire, la confiez-vous à vos équipes, à un prestataire ou aux deux ?

Je pose la question parce que la réponse change tout. Si tout se fait en interne, je n’ai sans doute rien à vous proposer. Sinon, dix minutes suffiront pour voir si nous pouvons vous être utiles.

Bonne journée,

{{ sender.name }}
{% if sender.title %}{{ sender.title }}, {{ sender.company }}
{% endif %}
{% if data_source %}Origine de vos coordonnées : {{ data_source }}.
{% endif %}{{ opt_out }}
`;
