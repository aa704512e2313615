import type { Language } from '../engine/model.ts';
import type { WriteRequest } from '../engine/ports/writer.ts';
import { folded } from '../engine/suggest.ts';
import { tidyBody } from '../engine/texts/message-text.ts';
import { toGsm7 } from '../engine/texts/sms.ts';
import type { Voice } from './voice/voice.ts';

const DATA_SOURCE: Record<Language, string> = {
  fr: 'Origine de vos coordonnées\u00a0: ',
  en: 'Where your details come from: ',
};

/**
 * What stands below a text whatever Claude wrote: signature, who answers for it, where the data comes from, the way
 * out. In an SMS the way out alone, and only signs that it will be sent in.
 */
export function complete(
  body: string,
  request: WriteRequest,
  voice: Pick<Voice, 'signature' | 'legalIdentity'>,
  sms: { transliterate: boolean },
): string {
  const { channel, language, dataSource, optOut } = request;
  switch (channel) {
    case 'linkedin':
      return tidyBody(body);
    case 'sms': {
      const text = tidyBody(`${body.trim()} ${optOut}`);
      return sms.transliterate ? toGsm7(text) : text;
    }
    case 'email':
      return tidyBody(
        [
          body.trim(),
          signatureFor(request, voice.signature),
          [
            voice.legalIdentity,
            dataSource === null ? null : `${DATA_SOURCE[language]}${dataSource.replace(/\.$/, '')}.`,
            optOut,
          ]
            .filter(Boolean)
            .join('\n'),
        ]
          .filter(Boolean)
          .join('\n\n'),
      );
  }
}

/** That of the voice, unless it is another person's than the one who signs this campaign. */
function signatureFor(request: WriteRequest, signature: string | null): string {
  const own = request.campaign.sender;
  const isTheirs = own === null || folded(signature ?? '').includes(folded(own.name));
  return (isTheirs ? signature : null) ?? signatureOf(request);
}

/** From hector.yaml, where the voice has none. */
const signatureOf = ({ sender: { name, title, company, phone, website } }: WriteRequest): string =>
  [name, [title, company].filter(Boolean).join(', '), phone, website].filter(Boolean).join('\n');

/** An SMS has 160 signs in its first part. */
export const addedLength = ({ channel, optOut }: WriteRequest): number =>
  channel === 'sms' ? optOut.length + 1 : 0;
