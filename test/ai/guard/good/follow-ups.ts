import { type Sample, wrote } from '../situation.ts';

const FIRST = wrote(
  'out',
  'email',
  'Bonjour Christophe,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes, à un prestataire ou aux deux ?\n\nUn seul mot en réponse me va très bien.\n\nBonne journée,\n\nClaire Vasseur',
  'En interne, à l’extérieur ou les deux ?',
);

/** Follow-ups and last messages. */
export const FOLLOW_UPS: readonly (readonly [string, Sample])[] = [
  [
    'a new idea in the same thread',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nUne autre façon de poser la question : si l’on pouvait libérer une demi-journée par semaine à votre responsable informatique, qu’en ferait-il ?\n\nLa réponse vaut souvent mieux qu’un cahier des charges.\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
  [
    'one that speaks of the earlier e-mail',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nMon précédent message posait une question large. En voici une plus étroite : vos sauvegardes ont-elles déjà servi, ou seulement tourné ?\n\nBien à vous,',
      exchanges: [FIRST],
    },
  ],
  [
    'the same courtesies as before',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nUne page suffit parfois à décrire un besoin : ce qui ne va pas, ce qui doit changer, qui décide. Si vous l’écrivez, je la relirai avec plaisir.\n\nJe vous souhaite une très bonne journée,',
      exchanges: [
        wrote(
          'out',
          'email',
          'Bonjour Christophe,\n\nQui décide ?\n\nJe vous souhaite une très bonne journée,',
          'Qui décide ?',
        ),
      ],
    },
  ],
  [
    'a subject dropped where none is wanted',
    {
      kind: 'follow_up',
      subject: 'Re: En interne, à l’extérieur ou les deux ?',
      body: 'Bonjour Christophe,\n\nSi le sujet n’est pas d’actualité, dites-le-moi simplement et je range mon dossier. Sinon, quel serait le bon mois pour en parler ?\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
  [
    'a last message',
    {
      subject: 'Dernier message de ma part',
      body: 'Bonjour Christophe,\n\nC’est mon dernier message : une relance de trop ne rend service à personne.\n\nSi le sujet devient d’actualité, voici ce que vous pourrez me demander : quinze minutes au téléphone, vos questions d’abord, et un avis franc.\n\nY a-t-il un mois où cela aurait du sens ?\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
  [
    'a silence that is taken well',
    {
      subject: 'Je range ce sujet, sauf avis contraire',
      body: 'Bonjour Christophe,\n\nSans nouvelles de votre part, je comprends que ce n’est pas le moment, et c’est très bien ainsi.\n\nUne chose m’aiderait : savoir ce qui a manqué, le moment, le budget ou l’intérêt ? Votre réponse ne relancera rien.\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
  [
    'four letters to choose from',
    {
      subject: 'Qu’est-ce qui vous retient ?',
      body: 'Bonjour Christophe,\n\nUn message sans réponse a souvent l’une de ces raisons :\n\nA. ce n’est pas le moment ;\nB. la décision revient à quelqu’un d’autre ;\nC. vous êtes déjà équipé ;\nD. vous n’en voyez pas l’intérêt.\n\nUne lettre suffit. Avec A, je vous demanderai une date ; avec B, un nom ; avec C, je m’arrête ; avec D, je m’expliquerai en trois phrases.\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
  [
    'an answer to what they said',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nSuite à votre réponse, une précision : le renfort dont vous avez besoin en mars peut commencer par une seule semaine. Cela laisse le temps de juger.\n\nQui suivra ce projet de votre côté ?\n\nBien à vous,',
      exchanges: [FIRST, wrote('in', 'email', 'Bonjour, il nous faudrait du renfort en mars.')],
    },
  ],
  [
    'a meeting that a fact knows of',
    {
      subject: 'Après le salon',
      body: 'Bonjour Christophe,\n\nRavie de vous avoir rencontré au salon Global Industrie. Vous y parliez de la reprise des sauvegardes ; voici une page qui résume la nôtre : https://www.tessandre.example/engagements/sauvegardes\n\nEst-ce le bon niveau de détail ?\n\nBien à vous,',
      facts: { notes: 'Rencontré au salon Global Industrie, a parlé de la reprise des sauvegardes' },
      claims: [['rencontré au salon Global Industrie', 'notes']],
    },
  ],
  [
    'an agreement that there was',
    {
      subject: 'Le relevé que vous demandiez',
      body: 'Bonjour Christophe,\n\nComme convenu, voici où lire notre relevé : https://www.tessandre.example/engagements\n\nLe délai moyen y est de 18 minutes, aux heures ouvrées. Quelle autre mesure vous serait utile ?\n\nBien à vous,',
      exchanges: [wrote('in', 'email', 'Envoyez-moi votre relevé.', 'Re: relevé')],
    },
  ],
  [
    'thanks in advance',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nQui, chez Mécanique du Forez, choisit les prestataires informatiques ? Un nom me suffit, et je ne citerai le vôtre qu’avec votre accord.\n\nMerci d’avance pour votre réponse,',
      exchanges: [FIRST],
    },
  ],
  [
    'a sentence that only resembles an old one',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nLa question des missions qui sortent de l’ordinaire mérite un exemple : une migration de messagerie, faite en deux week-ends, avec un chef de projet prêté. Cela vous parle-t-il ?\n\nBonne journée,',
      exchanges: [FIRST],
    },
  ],
];
