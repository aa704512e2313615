import type { Parsed } from '../dates/window.ts';
import { addressOf, isOneAddress } from './email.ts';

/** Who signs the texts of a campaign, and sends its e-mails, instead of the sender of the workspace. */
export interface CampaignSender {
  name: string;
  email: string;
}

/** RFC 5322 without its quoting: what every provider reads the same way. */
export function isMailbox(text: string): boolean {
  return /^[^<>]*(?:<[^<>]+>)?$/.test(text) && isPlainName(nameIn(text)) && isOneAddress(addressOf(text));
}

export const isPlainName = (name: string): boolean => !/[",;:@()[\]\\<>\p{Cc}]/u.test(name);

const nameIn = (text: string): string => (text.includes('<') ? text.slice(0, text.indexOf('<')).trim() : '');

/** `Claire Martin <claire@ads.example>`; nothing: null, the sender of the workspace. */
export function parseSender(text: string): Parsed<CampaignSender | null> {
  const typed = text.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (typed === '') return { ok: true, value: null };
  const [name, email] = [nameIn(typed), addressOf(typed)];
  if (isMailbox(typed) && name !== '' && name.length <= 80) return { ok: true, value: { name, email } };
  return {
    ok: false,
    problem: `"${text}" is no sender; allowed: "Claire Martin <claire@ads.example>" without , ; : or quotes in the name, or "" for that of hector.yaml`,
  };
}

/** The address that its e-mails go out from. */
export const mailboxOf = ({ name, email }: CampaignSender): string => `${name} <${email}>`;
