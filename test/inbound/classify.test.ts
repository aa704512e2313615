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
    'Je ne souhaite plus être contacté, ne pas écrire pendant les vacances ni après',
    'Merci de ne plus me contacter avant que je ne porte plainte',
    'Merci de ne pas me contacter avant que je porte plainte',
    'Ne me contactez pas pendant les vacances, ni après.',
    'Merci de ne pas me contacter avant lundi. Et retirez-moi de votre liste.',
    'Never contact me before or after lunch',
    'STOP\n\nLe 3 déc. Hector a écrit :\n> merci de ne pas me contacter avant lundi',
    'Ne me contactez plus jamais',
    'Ne m’écrivez plus',
    'Ne me relancez plus',
    "Ne m'appelez plus",
    "Arrêtez de m'écrire",
    'Take me off your list',
    'stop sending me messages',
  ],
  absence: [
    'Réponse automatique : je suis actuellement absente, de retour le 12 janvier.',
    'Message automatique : je suis absent du bureau',
    'Je suis absent du bureau jusqu’au 4 décembre inclus.',
    'Bonjour, en congés, de retour le lundi 7. En cas d’urgence, écrivez à mon assistante.',
    "En déplacement cette semaine, j'ai un accès limité à mes mails.",
    'I am on annual leave and will be back on Monday.',
    'Automatic reply: thank you for your message',
    'Je suis absent, de retour le 4.\n\nLe 3 déc. Hector a écrit :\n> Seriez-vous disponible ?',
  ],
  left: [
    'Claire Durand ne fait plus partie de nos effectifs.',
    "Mme Durand n'est plus dans l'entreprise",
    'Paul a quitté la société en mars.',
    'She is no longer with the company',
    'Mr Roy has left the company.',
  ],
  human: [
    'Encore un message automatique...',
    'Nice automated message, mate.',
    "Je suis en congé jusqu'au 15 août inclus, envoyez-moi votre plaquette.",
    'I am on holiday, I will be back Monday, please send the details.',
    'Oui, volontiers, mardi 14h ?',
    'Merci mais nous sommes déjà équipés, bonne continuation.',
    "Pourquoi pas, vous pouvez m'envoyer votre plaquette ?",
    'Je suis absente cette semaine, rappelez-moi lundi.',
    'Je suis en congés la semaine prochaine, parlons-en après.',
    'Sure, I will be back on Monday, let’s talk then',
    'Non merci',
    'Merci de ne pas me contacter avant janvier.',
    'Ne me contactez pas avant janvier.',
    "Please don't contact me before January",
    'Désolé, je suis absent de Paris, on se voit la semaine suivante, mardi 10h',
    'Merci mais je suis absent de ce type de projets.',
    "On est en congés jusqu'au 3, de retour le 4, écrivez-moi à ce moment.",
    'Bonjour, je suis actuellement absente du marché, merci de ne pas insister',
    'Merci, je ne suis pas concernée : nous avons un prestataire. I am away from this topic.',
    'Je suis absent cette semaine mais ça ne nous intéresse pas du tout',
    'Je suis absent.',
    "I am out of the office, in Lyon. I'll look at it",
    'En congés, de retour le 4, on verra.',
    'On vacation, I will be back on Monday: ping me then',
    'En congés, de retour le 4 vers 14 h 30.',
    'En congés, de retour le 4, revenez vers nous en janvier.',
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

it.each([
  ['I am currently out of the office.', 'absence'],
  ['Je suis absente.', 'absence'],
  ['Je suis absent du lundi 3 au vendredi 7.', 'absence'],
  ['I am on annual leave.', 'absence'],
  ['Je suis absent de ce type de projets.', 'human'],
  ['I am away from this topic.', 'human'],
  ['Je suis absente, écrivez-moi lundi.', 'human'],
])('in a mail one sign of an absence is enough: %j is %s', (text, kind) => {
  expect(classifyInbound(text, 'Re: Question')).toBe(kind);
});
