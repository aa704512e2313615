import type { EmailEnvelope, Outgoing, SmsEnvelope } from '../../src/engine/ports/channels.ts';
import { composeEmail, type EmailText } from '../../src/engine/texts/email.ts';
import { composeSms, type SmsText } from '../../src/engine/texts/sms.ts';

export const AT = Date.UTC(2026, 10, 23, 9, 0, 5);

export const anEmail = (messageId: number, changes: Partial<EmailText> = {}): Outgoing<EmailEnvelope> => ({
  messageId,
  at: AT,
  envelope: composeEmail({
    subject: 'Vos délais de relance',
    body: 'Bonjour Claire,\n\nUne question\u00a0: qui relance vos devis\u00a0?\n\nBien à vous,\nAlice Martin',
    language: 'fr',
    prospect: { email: 'claire.durand@exemple.fr', name: 'Claire Durand' },
    from: 'Alice Martin <alice@vente.example>',
    replyTo: null,
    unsubscribe: null,
    campaign: 'Connexion douce',
    step: 'email-1',
    enrolmentId: messageId,
    ...changes,
  }),
});

export const anSms = (messageId: number, changes: Partial<SmsText> = {}): Outgoing<SmsEnvelope> => ({
  messageId,
  at: AT,
  envelope: composeSms({
    to: '+33612345678',
    body: 'Bonjour Claire, avez-vous vu mon mail ? Alice Martin, 01 02 03 04 05',
    from: 'VENTE',
    messagingService: null,
    transliterate: false,
    ...changes,
  }),
});
