import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import {
  judgeDkim,
  judgeDmarc,
  judgeReturnPath,
  judgeSpf,
  type RecordFinding,
  recordNames,
} from '../../engine/mail-domain.ts';
import type { NameDesk, ProviderAnswer } from '../../engine/ports/doctor.ts';
import { addressOf } from '../../engine/texts/email.ts';
import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

const NAME = 'domain';
/** More senders than that are a list of lines nobody reads; they are named. */
const MOST = 10;

/** Each domain that mails come from: verified where they are sent, and with the records that receivers ask for. */
export const domains: Check = {
  name: NAME,
  async look({ context, config, offline, providers }) {
    if (config?.email.provider !== 'resend') return [];
    const all = await domainsOf(context, config);
    if (offline) return [ok(NAME, `${all.join(', ')}: not looked up`)];
    const names = await context.names();
    const answer = (await providers()).find(({ provider }) => provider === 'resend');
    const lines = await Promise.all(
      all.slice(0, MOST).map(async (domain) => {
        const verified = answer?.domains?.some(
          ({ name, status }) => name === domain && status === 'verified',
        );
        return [...atResend(domain, answer), ...(await records(names, domain, verified === true))];
      }),
    );
    const others = all.slice(MOST);
    return [
      ...lines.flat(),
      ...(others.length > 0 ? [warn(NAME, `not looked at: ${others.join(', ')}`, null)] : []),
    ];
  },
};

/** Of the workspace, and of every live campaign with a sender of its own. */
async function domainsOf(context: Context, { email }: Config): Promise<string[]> {
  const senders = await (await context.stores.campaigns()).senders();
  const all = [...(email.from === null ? [] : [email.from]), ...senders];
  return [...new Set(all.map((each) => addressOf(each).toLowerCase().replace(/^.*@/, '')))];
}

function atResend(domain: string, answer: ProviderAnswer | undefined): CheckLine[] {
  if (domain === 'resend.dev')
    return [
      warn(
        NAME,
        'resend.dev is for tests: only your own address gets its mails',
        'email.from in hector.yaml',
      ),
    ];
  if (!answer?.domains) return [];
  const found = answer.domains.find(({ name }) => name === domain);
  if (!found) {
    const what = `${domain} is unknown to Resend: mails from it are refused`;
    return [settingFault(NAME, what, `add ${domain} in the Resend account`)];
  }
  if (found.status === 'verified') return [ok(NAME, `${domain} is verified at Resend`)];
  const what = `${domain} is not verified at Resend (${found.status})`;
  return [settingFault(NAME, what, 'put the records that Resend shows into the zone, then verify there')];
}

async function records(names: NameDesk, domain: string, verified: boolean): Promise<CheckLine[]> {
  if (domain === 'resend.dev') return [];
  const { spf, returnPath, dkim, dmarc } = recordNames(domain);
  const [ofSpf, ofReturnPath, ofDkim, ...ofDmarc] = await Promise.all(
    [spf, returnPath, dkim, ...dmarc].map(async (name) => names.texts(name)),
  );
  if (!ofSpf || !ofReturnPath || !ofDkim) return [];
  const walked = dmarc.flatMap((name, index) => {
    const answer = ofDmarc[index];
    return answer ? [[name, answer] as const] : [];
  });
  return [
    judgeDkim(domain, ofDkim),
    judgeReturnPath(domain, ofReturnPath, verified),
    judgeDmarc(domain, walked),
    judgeSpf(domain, ofSpf),
  ].map(lineOf);
}

function lineOf({ status, what, cure }: RecordFinding): CheckLine {
  switch (status) {
    case 'ok':
      return ok(NAME, what);
    case 'warn':
      return warn(NAME, what, cure);
    case 'fail':
      return fail(NAME, what, cure);
  }
}
