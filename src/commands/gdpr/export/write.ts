import { join, resolve } from 'node:path';
import type { Context } from '../../../context.ts';
import { legalBasisOf } from '../../../engine/gdpr/legal-basis.ts';
import { type PersonFile, personText } from '../../../engine/gdpr/person-text.ts';
import type { Language } from '../../../engine/model.ts';
import { makeFolder, writingIn } from '../../../io/make-folder.ts';
import { writePrivateFile } from '../../../io/private-file.ts';
import { printJson } from '../../../io/table.ts';
import { printable } from '../../../io.ts';
import { entryJson } from '../../blacklist/list.ts';
import { personNamed } from '../../prospect/view.ts';

export interface ExportPersonOptions {
  prospect: string;
  /** Null: stdout. */
  output: string | null;
  language: Language;
}

export async function writeExport(context: Context, options: ExportPersonOptions): Promise<void> {
  const { io } = context;
  const { id } = await personNamed(context, options.prospect);
  const file = await personFile(context, id);
  const text = personText(file, options.language);
  if (options.output === null) {
    if (context.json) return printJson(io, file);
    for (const line of text) io.out(printable(line));
    return;
  }
  const folder = resolve(context.cwd, options.output);
  writingIn(folder, () => makeFolder(folder));
  const [json, readable] = ['json', 'txt'].map((ending) => join(folder, `hector-person-${id}.${ending}`));
  await put(json, `${JSON.stringify(file, null, 2)}\n`);
  await put(readable, `${text.join('\n')}\n`);
  if (context.json) return printJson(io, { ...file, files: [json, readable] });
  io.whole(`${json}\n${readable}`);
  io.note('Read them before they go out: a text may name other people, too.');
}

async function put(file: string | undefined, content: string): Promise<void> {
  if (file !== undefined) await writePrivateFile(file, async (out) => void out.write(content));
}

/** Stable keys: docs/json.md. Those of `person` and of the tables are the columns of the database. */
async function personFile(context: Context, id: number): Promise<PersonFile> {
  const [config, store, people, outbox] = await Promise.all([
    context.config(),
    context.stores.gdpr(),
    context.stores.people(),
    context.outboxFiles(),
  ]);
  const data = await store.collect(id);
  const prospect = await people.find(`#${id}`, config.country);
  const stated = typeof data.person.legal_basis === 'string' ? data.person.legal_basis : null;
  return {
    exported_at: new Date(context.now()).toISOString(),
    held_by: { name: config.sender.name, company: config.sender.company, email: config.sender.email },
    legal_basis: legalBasisOf({ ...prospect, legalBasis: stated }, config.gdpr.legalBasis),
    data_source: config.dataSource,
    person: data.person,
    imports: data.imports,
    campaigns: data.campaigns,
    ...data.tables,
    campaign_draft: data.drafts,
    blacklist: data.blacklist.map(entryJson),
    outbox_files: outbox.of(data.messageIds).map((name) => ({ name, text: outbox.text(name) })),
    files: [],
  };
}
