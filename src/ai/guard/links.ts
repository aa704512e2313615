import { type Contact, type ContactKind, splitContacts } from './contacts.ts';
import type { Finding } from './finding.ts';
import type { GuardInput } from './input.ts';
import { foldedWords } from './reading.ts';
import { quote, type Rule } from './rule.ts';

/** Addresses and numbers only from the voice's links and the sender's own. */
export const linkRule: Rule = ({ raw }, input) => {
  // As the model wrote it: a mended text has blanks where an address had none.
  const { contacts } = splitContacts(raw.normalize('NFKC'));
  if (contacts.length === 0) return [];
  const allowed = allowedPlaces(input);
  return contacts
    .filter((contact) => !isAllowed(contact, input, allowed))
    .map(
      ({ kind, text }): Finding => ({
        rule: 'link',
        detail: `${quote(text)} is no ${WHAT[kind]} of the voice or the sender`,
      }),
    );
};

const WHAT: Readonly<Record<ContactKind, string>> = {
  url: 'link',
  domain: 'link',
  email: 'address',
  phone: 'number',
  hidden: 'address',
};

function isAllowed({ kind, text }: Contact, input: GuardInput, places: readonly Place[]): boolean {
  const { sender, prospect } = input;
  switch (kind) {
    case 'email':
      return sender.email !== null && text.toLowerCase() === sender.email.toLowerCase();
    case 'phone':
      return sender.phone !== null && samePhone(text, sender.phone);
    case 'domain':
      // `Booking.com` is the name of a firm as well.
      return (
        isBelow(`https://${text}`, places) || foldedWords(prospect.company ?? '').includes(foldedWords(text))
      );
    case 'url':
      return /^www\./i.test(text) ? isBelow(`https://${text}`, places) : isBelow(text, places);
    case 'hidden':
      return false;
  }
}

/** `06 12 34 56 78` and `+33 6 12 34 56 78` are one number. */
function samePhone(one: string, other: string): boolean {
  const [short = '', long = ''] = [one, other]
    .map((phone) => phone.replace(/\(0\)/, '').replace(/\D/g, '').replace(/^0+/, ''))
    .sort((a, b) => a.length - b.length);
  return long.length - short.length <= 3 && long.endsWith(short);
}

interface Place {
  protocols: readonly string[];
  host: string;
  path: string;
  search: string;
}

function allowedPlaces({ voice, sender }: GuardInput): Place[] {
  const links = voice.links.flatMap((link) => placeOf(link, false));
  const site = sender.website?.trim() ?? '';
  if (site === '') return links;
  return [
    ...links,
    ...(/^https?:\/\//i.test(site) ? placeOf(site, false) : placeOf(`https://${site}`, true)),
  ];
}

function placeOf(link: string, anyProtocol: boolean): Place[] {
  const url = parsed(link);
  if (url === null) return [];
  const { protocol, host, pathname, search } = url;
  return [
    {
      protocols: anyProtocol ? ['https:', 'http:'] : [protocol],
      host: bareHost(host),
      path: pathname.replace(/\/+$/, ''),
      search,
    },
  ];
}

/** Same scheme and host, at the path or below it; no name or password before the host, no letters that only look alike. */
function isBelow(link: string, places: readonly Place[]): boolean {
  const url = parsed(link);
  if (url === null || /[^\x21-\x7e]|[\\@]|%2e|%2f|%5c/i.test(link)) return false;
  const host = bareHost(url.host);
  return places.some(
    ({ protocols, host: home, path, search }) =>
      protocols.includes(url.protocol) &&
      host === home &&
      (url.pathname === path || url.pathname.startsWith(`${path}/`)) &&
      (url.search === '' || url.search === search) &&
      url.hash === '',
  );
}

const bareHost = (host: string): string => host.toLowerCase().replace(/^www\./, '');

function parsed(link: string): URL | null {
  return URL.canParse(link) ? new URL(link) : null;
}
