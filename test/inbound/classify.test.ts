import { describe, expect, it } from 'vitest';
import { classifyInbound } from '../../src/engine/inbound/classify.ts';

const SAMPLES = {
  opt_out: [
    'STOP',
    'Bonjour, stop. Merci',
    'Merci de me désinscrire de votre liste.',
    'Je souhaite me désabonner',
    'Merci de ne plus me contacter.',
    'Veuillez ne plus contacter notre société.',
    "Merci de ne plus m'envoyer de messages",
    'Merci de ne plus m’écrire',
    'Je ne souhaite plus recevoir vos messages',
    'Retirez-moi de votre base',
    'Supprimez mes données, merci.',
    'Please unsubscribe me',
    'Remove me from your list.',
    "Don't contact me again",
    'Réponse automatique : ne plus me contacter à cette adresse.',
  ],
  absence: [
    'Réponse automatique : je suis actuellement absente, de retour le 12 janvier.',
    'Je suis absent du bureau jusqu’au 4 décembre inclus.',
    'Bonjour, en congés, de retour le lundi 7. En cas d’urgence, écrivez à mon assistante.',
    "En déplacement cette semaine, j'ai un accès limité à mes mails.",
    'I am currently out of the office.',
    'I am on annual leave and will be back on Monday.',
    'Automatic reply: thank you for your message',
    'Je suis absent.\n\nLe 3 déc. Hector a écrit :\n> Seriez-vous disponible ?',
  ],
  left: [
    'Claire Durand ne fait plus partie de nos effectifs.',
    "Mme Durand n'est plus dans l'entreprise",
    'Paul a quitté la société en mars.',
    'She is no longer with the company',
    'Mr Roy has left the company.',
  ],
  human: [
    'Oui, volontiers, mardi 14h ?',
    'Merci mais nous sommes déjà équipés, bonne continuation.',
    "Pourquoi pas, vous pouvez m'envoyer votre plaquette ?",
    'Je suis absente cette semaine, rappelez-moi lundi.',
    'Je suis en congés la semaine prochaine, parlons-en après.',
    'Sure, I will be back on Monday, let’s talk then',
    'Non merci',
    'Merci de ne pas me contacter avant janvier.',
    'On va stopper ce projet, mais merci.',
    'Oui.\n\nOn 3 December 2026, Hector wrote:\n> to unsubscribe, answer STOP',
    'D’accord\n-----Message d’origine-----\nDe : Hector\nPour vous désinscrire, …',
    '',
  ],
} as const;

describe.each(Object.entries(SAMPLES))('%s', (kind, texts) => {
  it.each([...texts])('%j', (text) => expect(classifyInbound(text)).toBe(kind));
});

it.each([
  ['Automatic reply: Question', 'absence'],
  ['Réponse automatique : Question', 'absence'],
  ['Absence du bureau', 'absence'],
  ['RE: Out of office', 'absence'],
  ['Re: votre absence au salon', 'human'],
])('the subject %j of a mail says it is %s', (subject, kind) => {
  expect(classifyInbound('Bonjour, merci pour votre message.', subject)).toBe(kind);
});
