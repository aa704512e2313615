import { describe, expect, it } from 'vitest';
import { complete } from '../../src/ai/complete.ts';
import { factsKey } from '../../src/ai/facts-key.ts';
import type { CampaignSender } from '../../src/engine/texts/mailbox.ts';
import { aRequest } from './request.ts';

const CLAIRE: CampaignSender = { name: 'Claire Martin', email: 'claire@agence.example' };

/** As a tick asks for it in a campaign of hers, or of nobody in particular. */
function request(sender: CampaignSender | null) {
  const plain = aRequest();
  return {
    ...plain,
    sender: { ...plain.sender, ...(sender ?? {}) },
    campaign: { ...plain.campaign, sender },
  };
}

const finished = (sender: CampaignSender | null, signature: string | null): string =>
  complete('Bonjour.', request(sender), { signature, legalIdentity: null }, { transliterate: false });

describe('a text in the name of a campaign', () => {
  it('is signed by its sender where the voice is signed by somebody else', () => {
    expect(finished(CLAIRE, 'Hector Martin\nNexalis')).not.toContain('Hector Martin');
    expect(finished(CLAIRE, 'Hector Martin\nNexalis')).toContain('Claire Martin');
    expect(finished(CLAIRE, null)).toContain('Claire Martin');
  });

  it('has the signature of a voice that is theirs', () => {
    expect(finished(CLAIRE, 'CLAIRE MARTIN, directrice')).toContain('CLAIRE MARTIN, directrice');
    expect(finished(null, 'Hector, Nexalis')).toContain('Hector, Nexalis');
  });

  it('is another text with another sender, in name or address', () => {
    const keys = [null, CLAIRE, { ...CLAIRE, name: 'Claire' }, { ...CLAIRE, email: 'c@agence.example' }].map(
      (sender) => factsKey(request(sender)),
    );
    expect(new Set(keys).size).toBe(4);
  });
});
