import { expect, test } from 'vitest';
import { soundsLikeOptOut } from '../../src/engine/texts/opt-out.ts';

test.each([
  'STOP',
  'Stop.',
  'Bonjour, stop svp',
  'stop merci !',
  'Stop, plus rien svp',
  'Plus rien, merci',
  'Stop. Ça suffit !',
  'Laissez-moi tranquille',
  'Fichez-nous la paix',
  'Merci de me désinscrire de votre liste',
  'Désabonnez-moi',
  'Merci de ne plus me contacter.',
  'Ne me contactez plus',
  'Merci de ne plus nous contacter',
  'Je ne souhaite plus recevoir de messages',
  'Retirez-moi de vos listes',
  'Supprimez mes données',
  'Arrêtez de m’écrire, cessez de me solliciter',
  'please unsubscribe',
  'Remove me from your list',
  'Do not contact me again',
  'Don’t email me',
])('%j sounds like an opt-out', (text) => {
  expect(soundsLikeOptOut(text)).toBe(true);
});

test.each([
  'Oui, parlons-en jeudi',
  'Notre projet est à l’arrêt, stop ou encore ? Rappelez-moi en mars',
  'Pouvez-vous me contacter lundi ?',
  'Pas intéressé pour le moment',
  'Plus rien',
  'Il ne nous manque plus rien, merci',
  'Laissez-moi vérifier',
  'Je n’ai pas reçu votre document',
  '',
  'Avec plaisir !\n\nLe lun. 23 nov. 2026 à 10:00, Jean <jean@x.example> a écrit :\n> Pour ne plus recevoir de message, répondez « stop ».',
  'Yes please\n\nOn Mon, 23 Nov 2026 Jean wrote:\nunsubscribe here',
  'D’accord\n-----Message d’origine-----\nDe : Jean\nSe désinscrire',
  'Bien reçu\n\nDe : Jean Petit\nObjet : Re\n\nne plus me contacter',
])('%j does not', (text) => {
  expect(soundsLikeOptOut(text)).toBe(false);
});
