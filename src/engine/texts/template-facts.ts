import { PROSPECT_FIELDS, type Prospect, type ProspectField } from '../model.ts';
import type { SenderFacts, WriteRequest } from '../ports/writer.ts';
import { previousSubject } from './thread.ts';

/** Ours, not theirs: notes and the like never belong in a text a person reads. */
const INTERNAL: readonly ProspectField[] = [
  'linkedin',
  'company_linkedin',
  'timezone',
  'consent',
  'notes',
  'tags',
  'source',
];
const VISIBLE = PROSPECT_FIELDS.filter((field) => !INTERNAL.includes(field));

const SENDER_FIELDS = [
  'name',
  'title',
  'company',
  'email',
  'phone',
  'website',
] as const satisfies readonly (keyof SenderFacts)[];

/** Every variable a template may use, beside `custom.*`. */
export const TEMPLATE_VARIABLES: readonly string[] = [
  ...VISIBLE,
  ...SENDER_FIELDS.map((field) => `sender.${field}`),
  'campaign.name',
  'campaign.objective',
  'opt_out',
  'data_source',
  'previous.subject',
];

const KNOWN = new Set(TEMPLATE_VARIABLES);

/** A text has a size, which a condition may ask for. */
export function isTemplateVariable(name: string): boolean {
  const bare = name.replace(/\.size$/, '');
  return KNOWN.has(bare) || /^custom\.[^.[\]]+$/.test(bare);
}

export interface TemplateFacts {
  [name: string]: string | TemplateFacts;
}

/** What is known of a person that may stand in a text, by name. */
export function visibleFacts(prospect: Prospect): { name: string; value: string }[] {
  const custom = Object.entries(prospect.custom).map(([name, value]) => ({ name: `custom.${name}`, value }));
  return [...VISIBLE.map((name) => ({ name, value: prospect[name] })), ...custom].flatMap(
    ({ name, value }) => {
      const text = oneLine(value);
      return text === '' ? [] : [{ name, value: text }];
    },
  );
}

/** The facts of one message as template variables. What is empty is absent, so that `default` and `if` work. */
export function templateFacts(
  request: Omit<WriteRequest, 'step' | 'templates' | 'exchanges'>,
): TemplateFacts {
  const { prospect, sender, campaign } = request;
  const facts: TemplateFacts = {
    custom: present(Object.entries(prospect.custom)),
    sender: present(SENDER_FIELDS.map((field) => [field, sender[field]])),
    previous: present([['subject', previousSubject(request.history)]]),
    campaign: present(Object.entries({ name: campaign.name, objective: campaign.objective })),
  };
  for (const field of VISIBLE) put(facts, field, prospect[field]);
  put(facts, 'opt_out', request.optOut);
  put(facts, 'data_source', request.dataSource);
  return facts;
}

function present(entries: Iterable<readonly [string, string | null]>): TemplateFacts {
  const facts: TemplateFacts = {};
  for (const [name, value] of entries) put(facts, name, value);
  return facts;
}

/** A cell with line breaks must not become paragraphs of ours. */
const oneLine = (value: string | null): string => value?.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() ?? '';

function put(facts: TemplateFacts, name: string, value: string | null): void {
  const text = oneLine(value);
  if (text === '') return;
  if (name === '__proto__') Object.defineProperty(facts, name, { value: text, enumerable: true });
  else facts[name] = text;
}
