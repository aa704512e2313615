import type { Language } from '../../engine/model.ts';
import type { DiscGuide, DiscProfile } from './voice.ts';

/** Where a voice says nothing else; in its language, for the model reads them beside it. */
export const DISC_GUIDES: Readonly<Record<Language, Readonly<Record<DiscProfile, DiscGuide>>>> = {
  fr: {
    D: {
      opening:
        'Le sujet dès la première phrase : le résultat ou la décision en jeu. Ni préambule ni compliment.',
      rhythm:
        'Phrases de moins de quinze mots, une idée par phrase. Tout ce qui n’aide pas à décider est coupé.',
      evidence: 'Une seule preuve, la plus parlante, en une phrase. La méthode reste pour plus tard.',
      cta: 'Une question à laquelle on répond par oui ou par non, ou un choix entre deux options.',
    },
    I: {
      opening:
        'La personne avant le sujet : son rôle ou une idée qui peut lui donner envie d’en parler. Rien de flatteur.',
      rhythm:
        'Phrases vivantes, de longueur inégale, proches de la conversation. Pas de liste, peu de technique.',
      evidence: 'Ce que cela a changé pour d’autres clients, raconté en une phrase, si une preuve le dit.',
      cta: 'Une invitation simple à échanger de vive voix, qui laisse une place à ses idées.',
    },
    S: {
      opening: 'Un début calme et poli, qui dit pourquoi vous écrivez et rassure sur le temps demandé.',
      rhythm:
        'Phrases posées, dans un ordre attendu. Aucun effet, aucune urgence, pas de rupture avec l’existant.',
      evidence:
        'Ce qui montre la continuité : durée des relations, accompagnement, interlocuteur stable, si une preuve le dit.',
      cta: 'Un petit pas sans engagement, au rythme de la personne ; refuser doit être facile.',
    },
    C: {
      opening: 'Le sujet précis et le périmètre, en une phrase exacte. Aucun adjectif de trop.',
      rhythm: 'Phrases structurées et complètes, du fait à la conclusion. Termes exacts, pas de raccourci.',
      evidence:
        'Le fait, son chiffre et sa source, tels qu’ils figurent dans les preuves. Ce qui n’est pas mesuré n’est pas dit.',
      cta: 'Une question précise, ou une proposition d’envoyer un document à lire avant d’en parler.',
    },
  },
  en: {
    D: {
      opening:
        'The point in the first sentence: the result or the decision at stake. No preamble, no compliment.',
      rhythm:
        'Sentences of fewer than fifteen words, one idea each. Whatever does not help to decide is cut.',
      evidence: 'One proof only, the most telling, in one sentence. Method is for later.',
      cta: 'A question that takes a yes or a no, or a choice between two options.',
    },
    I: {
      opening:
        'The person before the subject: their role, or an idea they may enjoy talking about. No flattery.',
      rhythm: 'Lively sentences of uneven length, close to speech. No lists, little technique.',
      evidence: 'What it changed for other customers, told in one sentence, if a proof says so.',
      cta: 'A simple invitation to talk, which leaves room for their own ideas.',
    },
    S: {
      opening: 'A calm and polite start that says why you write and how little time is asked.',
      rhythm:
        'Even sentences in the order one expects. No effects, no urgency, no break with what is in place.',
      evidence: 'What shows continuity: long relations, support, one lasting contact, if a proof says so.',
      cta: 'A small step without commitment, at their own pace; saying no must be easy.',
    },
    C: {
      opening: 'The precise subject and its scope, in one exact sentence. No adjective too many.',
      rhythm: 'Structured, complete sentences, from fact to conclusion. Exact terms, no short cuts.',
      evidence:
        'The fact, its figure and its source as they stand in the proofs. What was not measured is not said.',
      cta: 'A precise question, or an offer to send a document to read before any talk.',
    },
  },
};
