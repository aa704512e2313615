import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportDrafts } from '../../src/commands/message/export.ts';
import { importDecisions } from '../../src/commands/message/import.ts';
import { hasLostSigns, isUnchanged, readDecision } from '../../src/commands/message/review/sheet.ts';
import { aStep, NOW } from '../builders.ts';
import { TEMPLATES } from '../tick/providers.ts';
import { commandIn, LINKEDIN_STEP, SMS_STEP, type Space, waiting } from './drafts.ts';

const ALL = { campaign: null, out: 'textes.csv', excelFr: false, force: true };
const STATES = 'select state from message order by id';

/** Cells of a sheet by row and column, quoted as any spreadsheet would write them. */
class Sheet {
  readonly #rows: string[][];

  constructor(text: string, delimiter: string) {
    this.#rows = parse(text.replace(/^\ufeff/, ''), delimiter);
  }

  cell(row: number, column: string): string {
    return this.#rows[row]?.[this.#place(column)] ?? '';
  }

  set(row: number, column: string, cell: string): void {
    const cells = this.#rows[row];
    if (cells) cells[this.#place(column)] = cell;
  }

  repeat(row: number): void {
    this.#rows.push([...(this.#rows[row] ?? [])]);
  }

  without(column: string): void {
    const place = this.#place(column);
    for (const row of this.#rows) row.splice(place, 1);
  }

  text(delimiter = ';'): string {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    return `${this.#rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')}\r\n`;
  }

  #place(column: string): number {
    const place = this.#rows[0]?.indexOf(column) ?? -1;
    if (place < 0) throw new Error(`no column ${column}`);
    return place;
  }
}

/** Enough of RFC 4180 for what hector itself writes. */
function parse(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}"\\r\\n]*)(${delimiter}|\\r?\\n|$)`, 'y');
  for (let match = cell.exec(text); match && match.index < text.length; match = cell.exec(text)) {
    const [, raw = '', end = ''] = match;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (/\n/.test(end) && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

async function exported(space: Space, options: Partial<typeof ALL> = {}): Promise<Sheet> {
  await exportDrafts(commandIn(space).context, { ...ALL, ...options });
  return new Sheet(readFileSync(join(space.folder, 'textes.csv'), 'utf8'), options.excelFr ? ';' : ',');
}

async function imported(space: Space, content: string | Buffer, dryRun = false) {
  writeFileSync(join(space.folder, 'retour.csv'), content);
  const run = commandIn(space, { json: true });
  await importDecisions(run.context, 'retour.csv', dryRun);
  return { ...JSON.parse(run.stdout()), exitCode: run.context.exitCode };
}

/** A text as Claude might have written it, or a person. */
function setText(space: Space, id: number, body: string, subject: string | null = 'Une question'): void {
  space.connection.prepare('update message set body = ?, subject = ? where id = ?').run(body, subject, id);
}

const HOSTILE = '=cmd|\'/c calc\'!A1\n"Bonjour"; vous,\n\n+33 et -1 ; @moi';

describe('the sheet', () => {
  it('carries every decision out, names what it cannot do, and does nothing twice', async () => {
    const space = await waiting(6);
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'Oui');
    sheet.set(2, 'decision', 'refusé');
    sheet.set(2, 'remark', 'trop tôt');
    sheet.set(3, 'decision', 'skip');
    sheet.set(4, 'decision', 'peut-être');
    sheet.set(5, 'decision', 'ok');
    sheet.set(5, 'text', 'Bonjour [Prénom]');
    sheet.repeat(1);
    const file = sheet.text();
    expect(await imported(space, file)).toEqual({
      ...{
        dry_run: false,
        approved: 1,
        rejected: 1,
        stopped: 1,
        rewritten: 0,
        waiting: 1,
        edited: 0,
        already_done: 0,
        exitCode: 1,
      },
      refused: [
        {
          ...{ row: 5, line: 11, id: '4', person: 'Claire Durand' },
          why: expect.stringContaining('decision "peut-être": allowed are approve'),
        },
        { ...{ row: 6, line: 14, id: '5', person: 'Claire Durand' }, why: '"[Prénom]" is left in the text' },
        { ...{ row: 8, line: 18, id: '1', person: 'Claire Durand' }, why: 'stands in row 2 already' },
      ],
    });
    expect(space.rows('select state, error from message order by id')).toEqual([
      { state: 'ready', error: null },
      { state: 'skipped', error: 'rejected: trop tôt' },
      { state: 'cancelled', error: 'removed' },
      ...Array.from({ length: 3 }, () => ({ state: 'awaiting_approval', error: null })),
    ]);
    const again = await imported(space, file);
    expect(again).toMatchObject({ approved: 0, rejected: 0, stopped: 0, edited: 0, already_done: 3 });
    expect(again.refused.map(({ row }: { row: number }) => row)).toEqual([5, 6, 8]);
    expect(space.rows("select count(*) as n from event where type in ('approved', 'declined')")).toEqual([
      { n: 2 },
    ]);
    expect(await space.tick()).toMatchObject({ sent: { email: 1 } });
  });

  it('an edited text goes out as it was edited', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'valider');
    sheet.set(1, 'subject', 'À propos de vous');
    sheet.set(1, 'text', `Chère Claire,\r\n\r\n${sheet.cell(1, 'text')}`);
    expect(await imported(space, sheet.text())).toMatchObject({ approved: 1, edited: 1, exitCode: 0 });
    await space.tick();
    expect(space.mail.accepted[0]?.email).toMatchObject({
      subject: 'À propos de vous',
      text: expect.stringMatching(/^Chère Claire,\n\nBonjour Claire/),
    });
  });

  it('an edited text without a decision is kept, and waits', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'subject', 'Autre chose');
    expect(await imported(space, sheet.text())).toMatchObject({
      approved: 0,
      edited: 1,
      waiting: 1,
      refused: [],
    });
    expect(space.rows('select subject, state, source from message')).toEqual([
      { subject: 'Autre chose', state: 'awaiting_approval', source: 'operator' },
    ]);
    expect(await imported(space, sheet.text())).toMatchObject({ edited: 0, refused: [] });
  });

  it('shows what it would do and does none of it', async () => {
    const space = await waiting(3);
    const sheet = await exported(space);
    for (const [row, word] of [
      [1, 'approve'],
      [2, 'reject'],
      [3, 'rewrite'],
    ] as const)
      sheet.set(row, 'decision', word);
    sheet.set(1, 'text', 'Bonjour vous');
    sheet.set(3, 'remark', 'plus court');
    expect(await imported(space, sheet.text(), true)).toMatchObject({
      ...{ dry_run: true, approved: 1, rejected: 1, rewritten: 1, edited: 1, exitCode: 0 },
    });
    expect(space.rows('select distinct state, source from message')).toEqual([
      { state: 'awaiting_approval', source: 'template' },
    ]);
    expect(space.rows('select count(*) as n from event')).toEqual([{ n: 0 }]);
  });

  it('approves no text that has changed since the export', async () => {
    const space = await waiting(2);
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    setText(space, 1, 'Un autre texte');
    expect(await imported(space, sheet.text())).toMatchObject({
      approved: 0,
      refused: [{ line: 2, why: 'message 1 has another text by now: export it again' }],
    });
    expect(space.rows(STATES)).toEqual([{ state: 'awaiting_approval' }, { state: 'awaiting_approval' }]);
  });

  it.each([
    ['a fingerprint that is gone', 'fingerprint', ''],
    ['a number that is none', 'id', 'douze'],
    ['a number of nothing', 'id', '99'],
  ])('approves nothing by %s', async (_, column, cell) => {
    const space = await waiting(2);
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    sheet.set(1, column, cell);
    expect(await imported(space, sheet.text())).toMatchObject({
      approved: 0,
      exitCode: 1,
      refused: [{ line: 2 }],
    });
  });

  it('wants a remark for what is to be written anew', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'réécrire');
    expect(await imported(space, sheet.text())).toMatchObject({
      refused: [{ why: expect.stringContaining('rewrite needs a remark') }],
    });
  });

  it.each(['id', 'decision', 'fingerprint'])(
    'is refused as a whole without its column %s',
    async (column) => {
      const space = await waiting();
      const sheet = await exported(space);
      sheet.without(column);
      await expect(imported(space, sheet.text())).rejects.toThrow(`has no column "${column}"`);
    },
  );

  it('without its texts still carries decisions', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.without('text');
    sheet.without('subject');
    sheet.set(1, 'decision', 'o');
    expect(await imported(space, sheet.text())).toMatchObject({ approved: 1, edited: 0 });
  });

  it.each([
    ['one that a spreadsheet would run', HOSTILE],
    ['one with an apostrophe of its own', "'=1+1, dit-il"],
    ['a signed number', '-3'],
    ['a phone number', '+33612345678'],
    ['quotes, semicolons and empty lines', '"Oui";\n\n;"non""'],
    ['full-width signs', '＝1＋1'],
    ['typography', 'Vous dirigez : « Durand » !'],
  ])('brings %s back to the letter', async (_, body) => {
    for (const excelFr of [false, true]) {
      const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
      setText(space, 1, body, null);
      const sheet = await exported(space, { excelFr });
      expect(sheet.cell(1, 'text')).not.toMatch(/^[=@＝]/);
      sheet.set(1, 'decision', 'ok');
      expect(await imported(space, sheet.text())).toMatchObject({ approved: 1, edited: 0 });
      expect(space.rows('select body, source from message')).toEqual([{ body, source: 'template' }]);
    }
  });

  it('takes the apostrophe off an edited text that begins like a formula', async () => {
    const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
    setText(space, 1, '=A1', null);
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    sheet.set(1, 'text', `${sheet.cell(1, 'text')} et plus`);
    await imported(space, sheet.text());
    expect(space.rows('select body from message')).toEqual([{ body: '=A1 et plus' }]);
  });

  it.each([
    ['UTF-16 with tabs', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'), '\t'],
    [
      'Windows-1252 with semicolons',
      (text: string) => Buffer.from(text.replaceAll('’', '\u0092'), 'latin1'),
      ';',
    ],
    ['UTF-8 with a mark and commas', (text: string) => Buffer.from(`\ufeff${text}`), ','],
  ])('is read as spreadsheets save it: %s', async (_, encoded, delimiter) => {
    const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
    setText(space, 1, 'Vous développez l’équipe à Évry ?', null);
    const sheet = await exported(space, { excelFr: true });
    sheet.set(1, 'decision', 'validé');
    expect(await imported(space, encoded(sheet.text(delimiter)))).toMatchObject({ approved: 1, edited: 0 });
  });

  it('a file that could not hold all signs changes no text, and no edit comes from it', async () => {
    const body = 'Est-ce possible\u202f? Voilà ☂ pour vous';
    for (const [edit, expected] of [
      ['', { approved: 1, edited: 0, refused: [] }],
      [
        ' vraiment',
        { approved: 0, refused: [{ why: expect.stringContaining('save the sheet as CSV UTF-8') }] },
      ],
    ] as const) {
      const space = await waiting(1, { scenario: { steps: [LINKEDIN_STEP] } });
      setText(space, 1, body, null);
      const sheet = await exported(space);
      sheet.set(1, 'decision', 'ok');
      sheet.set(1, 'text', `${body.replace(/[\u202f☂]/gu, '?')}${edit}`);
      expect(await imported(space, Buffer.from(sheet.text(), 'latin1'))).toMatchObject(expected);
      expect(space.rows('select body from message')).toEqual([{ body }]);
    }
  });

  it('is for its owner’s eyes only, and replaces no file that is there', async () => {
    const space = await waiting();
    const { context, stderr } = commandIn(space);
    await exportDrafts(context, { ...ALL, force: false });
    expect(stderr()).toContain("hector message import 'textes.csv' --dry-run");
    expect(statSync(join(space.folder, 'textes.csv')).mode & 0o777).toBe(0o600);
    await expect(exportDrafts(context, { ...ALL, force: false })).rejects.toMatchObject({ exitCode: 2 });
  });

  it('holds one campaign, and goes to stdout or JSON as well', async () => {
    const space = await waiting(2, { templates: TEMPLATES });
    const csv = commandIn(space);
    await exportDrafts(csv.context, { ...ALL, out: null });
    expect(csv.stdout().split('\n')[0]).toBe(
      'id,campaign,person,company,step,channel,subject,text,decision,remark,fingerprint',
    );
    const json = commandIn(space, { json: true });
    await exportDrafts(json.context, { ...ALL, out: null });
    expect(JSON.parse(json.stdout())).toHaveLength(2);
    await expect(exportDrafts(csv.context, { ...ALL, out: null, campaign: 'Nulle' })).rejects.toMatchObject({
      exitCode: 2,
    });
  });

  it('is read from a pipe, not from the keyboard', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    const run = commandIn(space, { stdin: sheet.text() });
    await importDecisions(run.context, '-', false);
    expect(run.stdout()).toContain('Done: approved 1, rejected 0');
    const keyboard = commandIn(space, { interactive: true, columns: 80 });
    await expect(importDecisions(keyboard.context, '-', false)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('names bad rows on stderr, safe for a terminal', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'oui\u001b[2J');
    writeFileSync(join(space.folder, 'retour.csv'), sheet.text());
    const run = commandIn(space);
    await importDecisions(run.context, 'retour.csv', false);
    expect(run.stderr()).toContain('row 2 (message 1, Claire Durand): decision "oui?[2J"');
    expect(run.context.exitCode).toBe(1);
  });

  it.each([
    ['of another workspace', (sheet: Sheet) => sheet.set(1, 'id', '99')],
    [
      'of other texts',
      (sheet: Sheet) => {
        sheet.set(1, 'fingerprint', 'v000000000000');
        sheet.set(1, 'text', 'Autre chose');
      },
    ],
  ])('%s is refused as a whole, decided or not', async (_, change) => {
    for (const decision of ['', 'non']) {
      const space = await waiting();
      const sheet = await exported(space);
      sheet.set(1, 'decision', decision);
      change(sheet);
      await expect(imported(space, sheet.text())).rejects.toMatchObject({
        exitCode: 1,
        message: expect.stringContaining('none of the texts of retour.csv'),
        next: expect.stringContaining('hector message export'),
      });
      expect(space.rows(STATES)).toEqual([{ state: 'awaiting_approval' }]);
    }
  });

  it('says of a text that was taken back that it is, and does the others', async () => {
    const space = await waiting(2);
    const sheet = await exported(space);
    for (const row of [1, 2]) sheet.set(row, 'decision', 'ok');
    space.connection.exec('delete from message where id = 1');
    expect(await imported(space, sheet.text())).toMatchObject({
      approved: 1,
      refused: [{ row: 2, why: 'message 1 is taken back or unknown' }],
    });
  });

  it.each([
    ['nothing', ''],
    ['a header alone', 'id;text;decision;fingerprint\n'],
  ])('that holds %s is refused, with the command that makes one', async (_, content) => {
    const space = await waiting();
    await expect(imported(space, content)).rejects.toMatchObject({
      exitCode: 1,
      next: 'hector message export --csv --out texts.csv',
    });
  });

  it('of nothing is no file', async () => {
    const space = await waiting();
    space.connection.exec("update message set state = 'skipped'");
    const { context, stderr } = commandIn(space);
    await exportDrafts(context, ALL);
    expect(stderr()).toContain('No text waits for approval: textes.csv was not written.');
    expect(existsSync(join(space.folder, 'textes.csv'))).toBe(false);
    expect(context.exitCode).toBe(0);
  });

  it.each<[string, string, Partial<Parameters<typeof waiting>[1]>]>([
    ['as it was typed', 'Chère Claire,', {}],
    ['with the way out added to an SMS', 'Bonjour Claire ✓', { scenario: { steps: [SMS_STEP] } }],
  ])('an edit that was approved %s is done, until somebody wants another one', async (_, text, campaign) => {
    const space = await waiting(1, campaign);
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    sheet.set(1, 'text', text);
    await imported(space, sheet.text());
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 1, refused: [], exitCode: 0 });
    await space.tick();
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 1, refused: [], exitCode: 0 });
    sheet.set(1, 'text', 'Bonsoir');
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 0, exitCode: 1 });
    sheet.set(1, 'decision', 'non');
    expect(await imported(space, sheet.text())).toMatchObject({
      already_done: 0,
      refused: [{ why: expect.stringContaining('it is sent') }],
    });
  });

  it('what was approved by one and is wanted otherwise by another is not done', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    await imported(space, sheet.text());
    sheet.without('subject');
    sheet.set(1, 'text', 'Bonsoir');
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 0, exitCode: 1 });
    sheet.without('text');
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 1, exitCode: 0 });
    sheet.set(1, 'fingerprint', 'v000000000000');
    await expect(imported(space, sheet.text())).rejects.toThrow('none of the texts');
  });

  it('a text that was approved, taken back to wait and rejected is not done', async () => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    await imported(space, sheet.text());
    space.connection.exec("update message set state = 'awaiting_approval'");
    const store = await space.context.stores.reviews();
    await store.reject(await store.find(1), 'non', NOW);
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 0, exitCode: 1 });
  });

  it.each<[string, string, string, object]>([
    [
      'approve what waits again since its approval',
      'ok',
      "update message set state = 'awaiting_approval'",
      { approved: 1, already_done: 0 },
    ],
    [
      'take out a person whose message ended otherwise',
      'stop',
      "update message set state = 'cancelled', error = 'replied'",
      { already_done: 0, refused: [{ why: expect.stringContaining('it is cancelled') }] },
    ],
  ])('does not take for done: %s', async (_, decision, sql, expected) => {
    const space = await waiting();
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    await imported(space, sheet.text());
    space.connection.exec(sql);
    sheet.set(1, 'decision', decision);
    expect(await imported(space, sheet.text())).toMatchObject(expected);
  });

  it('without its texts, what was approved was the text of the fingerprint', async () => {
    const space = await waiting(2);
    const sheet = await exported(space);
    sheet.without('text');
    for (const row of [1, 2]) sheet.set(row, 'decision', 'ok');
    await imported(space, sheet.text());
    sheet.set(1, 'fingerprint', 'v000000000000');
    expect(await imported(space, sheet.text())).toMatchObject({ already_done: 1, refused: [{ row: 2 }] });
  });

  it('names a row by which a signature is gone', async () => {
    const space = await waiting(2);
    const [wayOut] = space.connection.prepare('select body from message').pluck().all().map(String);
    const signed = wayOut?.replace('\n\n', '\n\nJean Martin\nACME\n\nRCS 1\n') ?? '';
    setText(space, 1, signed);
    const sheet = await exported(space);
    sheet.set(1, 'text', 'Bonjour, une question.');
    writeFileSync(join(space.folder, 'retour.csv'), sheet.text());
    const run = commandIn(space);
    await importDecisions(run.context, 'retour.csv', true);
    expect(run.stderr()).toBe(
      'row 2 (message 1, Claire Durand): The signature is gone: Jean Martin / ACME / RCS 1\n',
    );
    expect(run.context.exitCode).toBe(0);
  });

  it('leaves out rows of steps that have gone on', async () => {
    const space = await waiting(1, { scenario: { steps: [aStep(), aStep({ id: 'email-2' })] } });
    const sheet = await exported(space);
    sheet.set(1, 'decision', 'ok');
    space.connection.exec(`update enrolment set step = 'email-2', next_at = ${NOW}, hold = null`);
    expect(await imported(space, sheet.text())).toMatchObject({
      refused: [{ why: expect.stringContaining('the person has gone on without it') }],
    });
  });
});

describe('a cell', () => {
  it.each([
    ['OK', 'approve'],
    ['  Oui ! ', 'approve'],
    ['Validé', 'approve'],
    ['APPROUVER', 'approve'],
    ['non', 'reject'],
    ['Refusé', 'reject'],
    ['passer', 'stop'],
    ['Réécrire', 'rewrite'],
    ['', 'none'],
    ['plus tard', 'none'],
    ['?', 'none'],
    ['oui mais', null],
    ['1', null],
  ])('"%s" means %s', (cell, decision) => expect(readDecision(cell)).toBe(decision));

  it.each([
    ['the same', 'Bonjour', 'Bonjour', true],
    ['a question of a person', 'Été, vous y pensez ?', 'Été, vous y pensez …', false],
    ['other line ends', 'a\r\n\r\nb', 'a\n\nb', true],
    ['plain blanks', 'vous ?', 'vous\u202f?', true],
    ['disarmed', "'=1", '=1', true],
    ['lost signs', 'vous?? merci', 'vous\u202f? merci', true],
    ['another word', 'Bonsoir', 'Bonjour', false],
    ['a question for a letter', 'Bonj?ur', 'Bonjour', false],
    ['a word more', 'Bonjour vous', 'Bonjour', false],
    ['nothing', '', 'Bonjour', false],
  ])('%s is unchanged or not', (_, cell, original, unchanged) =>
    expect(isUnchanged(cell, original, 'utf-8')).toBe(unchanged),
  );

  it.each([
    ['a sign it cannot hold', 'déjà?', 'déjà→', true],
    ['a sign it can hold', 'déjà?', 'déjà…', false],
  ])('in Windows-1252 a question mark for %s', (_, cell, original, unchanged) =>
    expect(isUnchanged(cell, original, 'windows-1252')).toBe(unchanged),
  );

  it.each([
    ['é?', 'é\u202f', 'windows-1252', true],
    ['é?', 'é\u202f', 'utf-8', false],
    ['l’été ?', 'l’été', 'windows-1252', false],
    ['é', 'é\u202f', 'windows-1252', false],
  ])('"%s" of "%s" in %s has lost signs: %s', (cell, original, encoding, lost) =>
    expect(hasLostSigns(cell, original, encoding)).toBe(lost),
  );
});
