import { type Sample, wrote } from '../situation.ts';

const NOBODY = { title: null, city: null, headcount: null, industry: null } as const;

/** LinkedIn and SMS. */
export const FRENCH_SHORT: readonly (readonly [string, Sample])[] = [
  [
    'an invitation on a fact',
    {
      kind: 'invitation',
      body: 'Bonjour Christophe, vous dirigez un atelier de mécanique de précision à Montbrison, un métier que je connais mal et qui m’intéresse. Échangeons ici de temps en temps ?',
      claims: [
        ['vous dirigez', 'title'],
        ['atelier de mécanique de précision', 'industry'],
        ['à Montbrison', 'city'],
      ],
      step: { length: '150 signes, 200 au plus' },
    },
  ],
  [
    'an invitation that says little',
    {
      kind: 'invitation',
      body: 'Bonjour Nadia, nous ne nous connaissons pas encore. J’aimerais avoir votre avis sur un point, et le demander directement. Acceptez-vous d’échanger ici ?',
      facts: { first_name: 'Nadia', last_name: 'Benali', company: 'SNCF', ...NOBODY },
      step: { length: '150 signes, 200 au plus' },
    },
  ],
  [
    'an invitation without a name',
    {
      kind: 'invitation',
      body: 'Bonjour, je m’intéresse à la façon dont les industriels organisent leur informatique. Votre regard me serait utile : d’accord pour échanger ici ?',
      facts: { first_name: null, last_name: null, civility: null, company: null, ...NOBODY },
    },
  ],
  [
    'an invitation to a foreign name',
    {
      kind: 'invitation',
      body: 'Bonjour Łukasz, je découvre votre profil et votre métier, les achats. Je serais heureuse d’échanger avec vous à l’occasion. D’accord ?',
      facts: {
        first_name: 'Łukasz',
        last_name: 'Wójcik',
        civility: null,
        company: 'Aéroparts',
        title: 'Acheteur',
        city: null,
        headcount: null,
        industry: null,
      },
      claims: [['votre métier, les achats', 'title']],
    },
  ],
  [
    'an invitation to a name in capitals',
    {
      kind: 'invitation',
      body: 'Bonjour Béatrice, une question courte à vous poser, et LinkedIn s’y prête mieux que l’e-mail. Acceptez-vous d’échanger ici ?',
      facts: {
        first_name: 'BEATRICE',
        last_name: 'DUPONT-MOREAU',
        civility: null,
        company: 'ATELIERS DUPONT',
        ...NOBODY,
      },
    },
  ],
  [
    'a message to somebody who accepted',
    {
      kind: 'message',
      body: 'Bonjour Christophe,\n\nMerci d’avoir accepté mon invitation. Je ne vais pas en profiter pour vous envoyer une plaquette.\n\nUne seule question : quand un projet informatique dépasse la capacité de vos équipes, par où commencez-vous ? Une recommandation, un appel d’offres, un prestataire que vous connaissez déjà ?\n\nTrois mots suffiront.',
      step: { length: '300 à 500 signes' },
    },
  ],
  [
    'a message for a D',
    {
      kind: 'message',
      body: 'Bonjour Christophe,\n\nJe vais droit au but : qui choisit les prestataires informatiques chez Mécanique du Forez ? Si c’est vous, une question suit. Si c’est quelqu’un d’autre, un nom me suffit et je ne vous dérange plus.',
    },
  ],
  [
    'a message for an I',
    {
      kind: 'message',
      body: 'Bonjour Sofia,\n\nMerci pour la connexion. La formation est un métier de rencontres ; l’informatique y est vite un trouble-fête. Quelle est la panne la plus drôle que vous ayez vécue en pleine session ? Je commence si vous voulez.',
      facts: {
        first_name: 'Sofia',
        last_name: 'Marchetti',
        civility: null,
        company: 'Cadence Formation',
        title: 'Directrice commerciale',
        city: null,
        headcount: null,
        industry: 'formation',
      },
    },
  ],
  [
    'a message for a C',
    {
      kind: 'message',
      body: 'Bonjour Thomas,\n\nUne question de méthode : sur quels critères jugez-vous un prestataire de support ? Délai de rappel, taux de résolution, certification ? Le nôtre rappelle en 18 minutes en moyenne, aux heures ouvrées ; je peux vous envoyer le relevé.',
      facts: {
        first_name: 'Thomas',
        last_name: 'Weber',
        civility: null,
        company: '3M',
        title: 'Responsable infrastructure',
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'a message to a compound first name',
    {
      kind: 'message',
      body: 'Bonjour Jean-Baptiste,\n\nUne curiosité : dans une entreprise de travaux publics, qui s’occupe des tablettes de chantier quand elles tombent en panne ? L’équipe informatique, le conducteur de travaux, ou personne ?\n\nVotre réponse, même brève, m’aiderait à ne vous parler que de ce qui peut servir.',
      facts: {
        first_name: 'Jean-Baptiste',
        last_name: 'Étienne',
        company: 'Travaux publics du Velay',
        title: 'Directeur technique',
        city: null,
        headcount: null,
        industry: 'travaux publics',
      },
      claims: [['une entreprise de travaux publics', 'industry']],
    },
  ],
  [
    'a message to a title with de',
    {
      kind: 'message',
      body: 'Bonjour Madame de La Rochebrochard,\n\nMerci d’avoir accepté d’échanger. Plutôt que de présenter ce que nous faisons, je préfère partir de vous : que vos prestataires comprennent-ils le moins bien, au début ? Deux lignes ici ou dix minutes au téléphone, comme vous préférez.',
      facts: {
        first_name: 'Anne-Charlotte',
        last_name: 'de La Rochebrochard',
        civility: 'Mme',
        company: 'L’Oréal',
        ...NOBODY,
      },
    },
  ],
  [
    'an emoji where the voice allows it',
    {
      kind: 'message',
      body: 'Bonjour Sofia, merci pour la connexion 🙂 Une question sur votre métier : comment choisissez-vous vos salles quand un groupe grandit au dernier moment ?',
      facts: {
        first_name: 'Sofia',
        last_name: null,
        civility: null,
        company: 'Cadence Formation',
        ...NOBODY,
      },
      voice: { emoji: true },
    },
  ],
  [
    'a LinkedIn follow-up that says it is one',
    {
      kind: 'message',
      body: 'Bonjour Christophe,\n\nJe reviens vers vous avec une question plus simple que la précédente : si vous pouviez confier une seule tâche informatique à quelqu’un d’autre, laquelle serait-ce ?',
      exchanges: [
        wrote(
          'out',
          'linkedin',
          'Bonjour Christophe, quand un projet dépasse vos équipes, par où commencez-vous ?',
        ),
      ],
    },
  ],
  [
    'a message after an answer',
    {
      kind: 'message',
      body: 'Bonjour Christophe,\n\nMerci pour votre réponse. Vous m’avez dit que l’atelier tourne avec une seule personne à l’informatique : que se passe-t-il quand elle est en congé ?',
      exchanges: [
        wrote('in', 'linkedin', 'Bonjour, chez nous une seule personne fait toute l’informatique.'),
      ],
    },
  ],
  [
    'an SMS with number and firm',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur (Groupe Tessandre). Plus simple de vive voix ? 06 12 34 56 78.',
      step: { length: '110 signes au plus, mention d’opposition non comprise' },
    },
  ],
  [
    'an SMS that names the firm alone',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, le Groupe Tessandre reste joignable au 06 12 34 56 78 si la question du support se pose.',
    },
  ],
  [
    'an SMS with a name alone',
    {
      kind: 'sms',
      body: 'Bonjour Sofia, c’est Claire Vasseur. Un court appel vous irait-il ? Je suis au 06 12 34 56 78.',
      facts: { first_name: 'Sofia', last_name: null, company: null, ...NOBODY },
    },
  ],
  [
    'an SMS after an e-mail',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur (Groupe Tessandre), suite à mon e-mail. 10 min au téléphone ? 06 12 34 56 78.',
      exchanges: [wrote('out', 'email', 'Bonjour Christophe,\n\nQui fait la paie ?', 'Une question de paie')],
    },
  ],
  [
    'an SMS without a name to greet',
    {
      kind: 'sms',
      body: 'Bonjour, Claire Vasseur (Groupe Tessandre). Un doute avant de signer un devis ? Je suis au 06 12 34 56 78.',
      facts: { first_name: null, last_name: null, civility: null, company: null, ...NOBODY },
    },
  ],
  [
    'an SMS that leaves the hour to the reader',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur, Groupe Tessandre. Je vous garde 15 min, quand vous voulez : 06 12 34 56 78.',
    },
  ],
];
