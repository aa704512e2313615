import { CHANNELS, PROSPECT_FIELDS, type ProspectField } from './model.ts';
import { EVERYBODY, PERSON_STATUSES, type PeopleFilter } from './ports/people.ts';
import { didYouMean } from './suggest.ts';

type Where = { ok: true; filter: PeopleFilter } | { ok: false; problem: string };
type Read = { ok: true; part: Partial<PeopleFilter> } | { ok: false; problem: string };

/**
 * Reads `campaign="PME Ouest" status=active replied=no`: pairs joined by blanks or commas, values in single or double
 * quotes where they hold either. All of them must hold. An empty text is refused: it would mean everybody.
 */
export function parseWhere(text: string): Where {
  const filter = { ...EVERYBODY };
  const given = new Set<string>();
  let rest = text.trim();
  if (rest === '') return refused(`empty; for example '${EXAMPLE}'`);
  while (rest !== '') {
    const pair = PAIR.exec(rest);
    if (!pair) return refused(`cannot be read from "${rest.slice(0, 40)}" on: ${EXAMPLE}`);
    rest = rest.slice(pair[0].length);
    const [, typed = '', single, double, bare] = pair;
    const key = typed.toLowerCase();
    const read = readPair(key, single ?? double ?? bare ?? null, filter);
    if (!read.ok) return read;
    if (given.has(key) && !REPEATABLE.includes(key)) return refused(`${key} is given twice`);
    given.add(key);
    Object.assign(filter, read.part);
  }
  return { ok: true, filter };
}

const EXAMPLE = 'status=active company="Durand SA"';
/** What comes behind a pair belongs to it, so that `status=activex"y"` is no two of them. */
const PAIR = /^([^\s=,"']+)(?:=(?:'([^']*)'|"([^"]*)"|([^\s,"']*)))?(?:[\s,]+|$)/;
const REPEATABLE: readonly string[] = ['has', 'lacks'];

const refused = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });
const taken = (part: Partial<PeopleFilter>): Read => ({ ok: true, part });

type Reader = (value: string | null, before: PeopleFilter) => Read;

const READERS: Readonly<Record<string, Reader>> = {
  campaign: words('campaign', (campaign) => ({ campaign })),
  status: among('status', PERSON_STATUSES, (status) => ({ status })),
  step: words('step', (step) => ({ step })),
  channel: among('channel', CHANNELS, (channel) => ({ channel })),
  replied: yesOrNo('replied', (replied) => taken({ replied })),
  stuck: yesOrNo('stuck', (stuck) =>
    stuck ? taken({ stuck }) : refused('stuck takes no "no": leave it out for everybody'),
  ),
  company: words('company', (company) => ({ company })),
  q: words('q', (text) => ({ text })),
  source: words('source', (source) => ({ source })),
  tag: words('tag', (tag) => ({ tag })),
  import: (value) =>
    value !== null && /^[1-9]\d{0,14}$/.test(value)
      ? taken({ importId: Number(value) })
      : refused(`import takes the number of an import, as in import=3`),
  has: field('has', (name, { has }) => ({ has: [...has, name] })),
  lacks: field('lacks', (name, { lacks }) => ({ lacks: [...lacks, name] })),
};

const WHERE_KEYS: readonly string[] = Object.keys(READERS);

function readPair(key: string, value: string | null, before: PeopleFilter): Read {
  const reader = Object.hasOwn(READERS, key) ? READERS[key] : undefined;
  if (reader) return reader(value, before);
  const meant = didYouMean(key, WHERE_KEYS);
  return refused(`no filter "${key}"${meant || ` (${WHERE_KEYS.join(', ')})`}`);
}

function words(key: string, part: (value: string) => Partial<PeopleFilter>): Reader {
  return (value) =>
    value?.trim() ? taken(part(value.trim())) : refused(`${key} needs a value, as in ${key}=...`);
}

function among<V extends string>(
  key: string,
  allowed: readonly V[],
  part: (value: V) => Partial<PeopleFilter>,
): Reader {
  return (value) => {
    const found = allowed.find((each) => each === value?.toLowerCase());
    if (found !== undefined) return taken(part(found));
    const meant = value ? didYouMean(value, allowed) : '';
    return refused(`${key}=${value ?? ''} is none of ${allowed.join(', ')}${meant}`);
  };
}

function yesOrNo(key: string, read: (yes: boolean) => Read): Reader {
  return (value) => {
    const yes = value === null || /^(?:yes|oui|true|1)$/i.test(value);
    if (yes || /^(?:no|non|false|0)$/i.test(value)) return read(yes);
    return refused(`${key}=${value} is neither yes nor no`);
  };
}

/** `sms` is the number an SMS goes to. */
function field(
  key: string,
  part: (name: ProspectField, before: PeopleFilter) => Partial<PeopleFilter>,
): Reader {
  return (value, before) => {
    const typed = value?.toLowerCase() ?? '';
    const found = PROSPECT_FIELDS.find((name) => name === (typed === 'sms' ? 'mobile' : typed));
    if (found !== undefined) return taken(part(found, before));
    return refused(`${key}: no fact "${typed}"${didYouMean(typed, PROSPECT_FIELDS)}`);
  };
}
