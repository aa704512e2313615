import type { Sample } from '../situation.ts';

/** First e-mails, in the four DISC styles and for all sorts of people and firms. */
export const FRENCH_EMAILS: readonly (readonly [string, Sample])[] = [
  [
    'a direct one, for a D',
    {
      subject: 'Paie de Mécanique du Forez : la garder ou la confier ?',
      body: 'Bonjour Christophe,\n\nUne question, une décision : la paie de vos 120 salariés doit-elle rester en interne ?\n\nNos gestionnaires établissent les bulletins, vous gardez la validation. 94 % de nos clients ont renouvelé leur contrat en 2025.\n\nOui ou non, dites-le-moi en un mot et j’en tiens compte.\n\nBonne journée,',
      claims: [['vos 120 salariés', 'headcount']],
    },
  ],
  [
    'a warm one, for an I',
    {
      subject: 'Vos équipes, un lundi matin',
      body: 'Bonjour Sofia,\n\nImaginez un lundi matin où personne ne vient vous voir parce que l’imprimante refuse de parler au réseau. C’est à peu près ce que fait un technicien attitré qui se déplace : il règle, il explique, et l’équipe pense à autre chose.\n\nJe serais curieuse de savoir comment cela se passe chez Cadence Formation. En parlons-nous de vive voix ?\n\nÀ bientôt,',
      facts: {
        first_name: 'Sofia',
        last_name: 'Marchetti',
        civility: null,
        company: 'Cadence Formation',
        title: 'Directrice commerciale',
        headcount: null,
        industry: 'formation',
        city: null,
      },
      voice: { proofs: [] },
    },
  ],
  [
    'a calm one, for an S',
    {
      subject: 'Un interlocuteur qui reste',
      body: 'Bonjour Monsieur Lambert,\n\nJe vous écris pour une raison simple : savoir si le support informatique vous donne satisfaction aujourd’hui.\n\nQuand une entreprise nous rejoint, rien ne change du jour au lendemain. Les outils restent, les habitudes aussi ; seul l’interlocuteur devient unique, et il connaît votre dossier. C’est pour cela que 94 % de nos clients ont renouvelé leur contrat en 2025.\n\nSi vous le souhaitez, nous pouvons commencer par dix minutes au téléphone, à votre rythme. Un non me va aussi.\n\nBien à vous,',
    },
  ],
  [
    'an exact one, for a C, with its source',
    {
      subject: 'Délai de rappel du support : mesure et source',
      body: 'Bonjour Christophe Lambert,\n\nObjet précis : le support des postes et des serveurs d’un atelier de 120 personnes.\n\nUn technicien rappelle en 18 minutes en moyenne, aux heures ouvrées (relevé de notre outil de tickets, année 2025). Le centre de services est certifié ISO 27001.\n\nSouhaitez-vous recevoir le détail de la mesure avant d’en parler ? Il tient sur une page : https://www.tessandre.example/engagements\n\nCordialement,',
      claims: [['un atelier de 120 personnes', 'headcount']],
    },
  ],
  [
    'one that names title and city',
    {
      subject: 'Un avis de dirigeant',
      body: 'Bonjour Christophe,\n\nDiriger une entreprise de mécanique de précision à Montbrison, c’est souvent avoir une petite équipe informatique, ou une seule personne. Quand elle s’absente, qui prend le relais ?\n\nJe pose la question parce que la réponse dit vite si nous pouvons vous être utiles, ou pas du tout.\n\nUn mot me suffit.\n\nBonne journée,',
      claims: [
        ['Diriger une entreprise de mécanique de précision', 'industry'],
        ['à Montbrison', 'city'],
      ],
    },
  ],
  [
    'a firm in capitals',
    {
      subject: 'Renfort de projet à la SNCF',
      body: 'Bonjour Nadia,\n\nUne migration se prépare longtemps et se joue en quelques jours. Un chef de projet qui rejoint l’équipe pour une mission bornée évite de désorganiser le quotidien.\n\nUn tel renfort aurait-il un sens chez SNCF, ou tout se fait-il en interne ?\n\nBien à vous,',
      facts: {
        first_name: 'Nadia',
        last_name: 'Benali',
        civility: 'Mme',
        company: 'SNCF',
        title: 'DSI adjointe',
        city: null,
        headcount: null,
        industry: 'transport',
      },
    },
  ],
  [
    'a firm with a digit',
    {
      subject: 'Une question sur le support chez 3M',
      body: 'Bonjour Thomas,\n\nChez 3M, la question du support de proximité se pose sans doute autrement que dans une PME. C’est justement ce qui m’intéresse : les sites de taille moyenne ont-ils un technicien sur place, ou un numéro ?\n\nUne ligne de réponse me suffirait.\n\nBonne journée,',
      facts: {
        first_name: 'Thomas',
        last_name: 'Weber',
        company: '3M',
        title: 'Responsable infrastructure',
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'a firm with an apostrophe',
    {
      subject: 'La paie, sujet d’avenir chez L’Oréal ?',
      body: "Bonjour Anne-Charlotte,\n\nJe ne vais pas vous raconter ce que L'Oréal sait déjà faire. Une seule question : les filiales de petite taille établissent-elles leurs bulletins elles-mêmes ?\n\nSi oui, nous avons peut-être un sujet. Sinon, je n'insiste pas.\n\nBien à vous,",
      facts: {
        first_name: 'Anne-Charlotte',
        last_name: 'de La Rochebrochard',
        civility: 'Mme',
        company: 'L’Oréal',
        title: 'Directrice paie',
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'a firm with an ampersand',
    {
      subject: 'Qui fait la paie chez Leroy & Fils ?',
      body: 'Bonjour Jean-Pierre,\n\nBeaucoup de dirigeants font la paie eux-mêmes, le dimanche soir, avec un logiciel qui vieillit. Est-ce le cas chez Leroy & Fils ?\n\nSi la réponse est oui, je vous propose quinze minutes pour voir ce que cela changerait de la confier. Si c’est non, tant mieux.\n\nBonne journée,',
      facts: {
        first_name: 'Jean-Pierre',
        last_name: 'Leroy',
        company: 'Leroy & Fils',
        title: 'Gérant',
        headcount: '18',
        city: 'Cholet',
        industry: 'menuiserie',
      },
    },
  ],
  [
    'a firm with a domain for a name',
    {
      subject: 'Support de proximité chez Mobilier-Direct.com',
      body: 'Bonjour Karim,\n\nLes entrepôts ne s’arrêtent pas quand un poste tombe en panne. Chez Mobilier-Direct.com, qui intervient sur place dans ce cas ?\n\nNous avons un technicien attitré par client ; je peux vous dire en dix minutes si cela vous servirait.\n\nBonne journée,',
      facts: {
        first_name: 'Karim',
        last_name: 'Haddad',
        company: 'Mobilier-Direct.com',
        title: 'Directeur des opérations',
        city: null,
        headcount: null,
        industry: 'e-commerce',
      },
    },
  ],
  [
    'a firm in small letters',
    {
      subject: 'Une question d’organisation',
      body: 'Bonjour Lucie,\n\nComment se répartissent aujourd’hui les demandes de support chez doctiplan : une équipe interne, un prestataire, ou chacun se débrouille ?\n\nLa troisième réponse est la plus fréquente, et la plus facile à changer.\n\nBonne journée,',
      facts: {
        first_name: 'Lucie',
        last_name: 'Nguyen',
        company: 'doctiplan',
        title: 'Responsable RH',
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'no name known at all',
    {
      subject: 'Support informatique des cabinets',
      body: 'Bonjour,\n\nJe cherche à comprendre comment les cabinets de votre taille organisent le support de leurs postes : une personne dédiée, un prestataire, ou un associé qui s’y connaît ?\n\nVotre réponse, même en un mot, m’éviterait de vous écrire à tort.\n\nBien cordialement,',
      facts: {
        first_name: null,
        last_name: null,
        civility: null,
        company: null,
        title: null,
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'a claim on revenue, written otherwise',
    {
      subject: 'Une paie pour 120 personnes',
      body: 'Bonjour Christophe,\n\nAvec 18 millions d’euros de chiffre d’affaires et 120 salariés, la paie est trop lourde pour un tableur et trop petite pour un service. C’est la taille que nous connaissons le mieux.\n\nQui s’en charge aujourd’hui ?\n\nBonne journée,',
      facts: { revenue: '18 000 000' },
      claims: [
        ['18 millions d’euros de chiffre d’affaires', 'revenue'],
        ['120 salariés', 'headcount'],
      ],
    },
  ],
  [
    'a custom column that carries its scale',
    {
      subject: 'Changement d’ERP : avec quels bras ?',
      body: 'Bonjour Christophe,\n\nÀ 12,4 M€ de chiffre d’affaires, un changement d’ERP mobilise souvent la même personne que le quotidien. Nous prêtons un chef de projet pour la durée de la migration, puis il s’en va.\n\nUn tel projet est-il prévu ?\n\nBien à vous,',
      facts: { 'custom.ca_m': '12,4' },
      claims: [['12,4 M€ de chiffre d’affaires', 'custom.ca_m']],
    },
  ],
  [
    'news that a fact tells',
    {
      subject: 'L’ouverture de votre site de Roanne',
      body: 'Bonjour Christophe,\n\nJ’ai vu que vous ouvrez un deuxième site à Roanne. Un réseau, des postes, des accès à créer : c’est le moment où un technicien sur place fait gagner du temps.\n\nQui s’occupe de cette installation ?\n\nBonne journée,',
      facts: { 'custom.actualite': 'ouverture d’un deuxième site à Roanne au printemps' },
      claims: [['vous ouvrez un deuxième site à Roanne', 'custom.actualite']],
    },
  ],
  [
    'congratulations that a fact allows',
    {
      subject: 'Après votre certification',
      body: 'Bonjour Christophe,\n\nFélicitations pour votre certification EN 9100. Elle amène d’ordinaire des questions sur les accès et les sauvegardes ; les auditeurs y reviennent chaque année.\n\nAvez-vous quelqu’un pour y répondre ?\n\nBien à vous,',
      facts: { 'custom.certification': 'certification EN 9100 obtenue' },
      claims: [['votre certification EN 9100', 'custom.certification']],
    },
  ],
  [
    'a proof with its customer',
    {
      subject: 'Comme Mercier Frères, peut-être',
      body: 'Bonjour Christophe,\n\nMercier Frères a confié sa paie à Tessandre en 2023. L’entreprise a gardé la décision, nous avons pris les échéances.\n\nVotre situation est sans doute différente : comment faites-vous aujourd’hui ?\n\nBonne journée,',
    },
  ],
  [
    'an opening line of the operator’s own',
    {
      subject: 'Avant de vous proposer quoi que ce soit',
      body: 'Bonjour Christophe,\n\nVotre tour d’horizon des ateliers du Pilat, publié en octobre, m’a donné envie de vous lire davantage.\n\nVous m’écrivez en une phrase ce qui vous occupe le plus cette année ; je vous réponds sur une page. Vous décidez ensuite si une rencontre en vaut la peine.\n\nQuelle serait cette phrase ?\n\nBien à vous,',
      facts: {
        'custom.accroche':
          'Votre tour d’horizon des ateliers du Pilat, publié en octobre, m’a donné envie de vous lire davantage.',
      },
      claims: [['Votre tour d’horizon des ateliers du Pilat, publié en octobre', 'custom.accroche']],
    },
  ],
  [
    'a list with numbers and their answers',
    {
      subject: 'Trois réponses possibles',
      body: 'Bonjour Christophe,\n\nLe support informatique chez Mécanique du Forez, aujourd’hui, c’est :\n\n1. une personne de l’équipe,\n2. un prestataire,\n3. personne en particulier ?\n\nUn chiffre suffit. Si c’est le 1 ou le 2, je m’arrête là. Si c’est le 3, je vous expliquerai en deux phrases ce que nous faisons.\n\nBonne journée,',
    },
  ],
  [
    'dashes for a list',
    {
      subject: 'Ce qu’un renfort doit laisser',
      body: 'Bonjour Christophe,\n\nAvant d’accueillir un chef de projet de l’extérieur, trois points méritent d’être écrits :\n\n– ce qu’il doit livrer ;\n– à qui il transmet ;\n– ce qui reste quand il part.\n\nLe dernier est celui que l’on oublie. Lequel vous semble le plus difficile ?\n\nBonne journée,',
    },
  ],
  [
    'a minor typographic mess, which is mended',
    {
      subject: 'Une question : qui fait la paie ?',
      body: "Bonjour Christophe ,\n\nJe l'écris simplement  : qui s'occupe de la paie chez Mécanique du Forez ?",
    },
  ],
  [
    'quotation marks of a keyboard',
    {
      subject: 'Un "non" me va aussi',
      body: 'Bonjour Christophe,\n\nUne question de dirigeant à dirigeant : faut-il garder l\'informatique "à la maison" ? Écrivez "oui", "non" ou "ça dépend"... la troisième réponse est la plus intéressante.\n\nBonne journée,',
    },
  ],
  [
    'a call of fifteen minutes in digits',
    {
      subject: '15 minutes sur votre paie',
      body: 'Bonjour Christophe,\n\nJe vous propose 15 minutes au téléphone, avec un ordre du jour simple : 5 minutes sur votre organisation, 5 minutes sur la nôtre, 5 minutes pour décider.\n\nSi c’est oui, donnez-moi un jour et une heure. Vous pouvez aussi m’appeler au 06 12 34 56 78.\n\nBonne journée,',
    },
  ],
  [
    'the sender’s number in its other form',
    {
      subject: 'Un numéro où me joindre',
      body: 'Bonjour Christophe,\n\nSi vous préférez la voix à l’écrit, mon numéro est le +33 6 12 34 56 78. Sinon, une ligne à claire.vasseur@tessandre.example me convient aussi.\n\nLa question reste la même : qui veille sur vos sauvegardes ?\n\nBien à vous,',
    },
  ],
  [
    'exclamation, once',
    {
      subject: 'Votre avis m’intéresse',
      body: 'Bonjour Maëlle,\n\nJe préfère vous le dire tout de suite : je vends de la paie externalisée, et vous en entendez sûrement parler chaque semaine !\n\nAlors je ne vous demande qu’une chose : qu’est-ce qu’un prestataire de paie ne devrait jamais faire ? J’en ferai bon usage.\n\nBonne journée,',
      facts: {
        first_name: 'Maëlle',
        last_name: 'Le Goff',
        company: 'Armor Conserves',
        title: 'DRH',
        city: null,
        headcount: null,
        industry: 'agroalimentaire',
      },
    },
  ],
  [
    'acronyms of the trade',
    {
      subject: 'SIRH, DSN et fin de mois',
      body: 'Bonjour Maëlle,\n\nEntre le SIRH, la DSN et les questions de fin de mois, une DRH passe rarement une journée sans entendre parler de paie. Nous prenons les bulletins et les déclarations ; la GTA et le dialogue avec le CSE restent chez vous.\n\nQu’est-ce qui vous prend le plus de temps dans cette liste ?\n\nBien à vous,',
      facts: {
        first_name: 'Maëlle',
        last_name: 'Le Goff',
        company: 'Armor Conserves',
        title: 'DRH',
        'custom.outils': 'GTA Kelio',
        city: null,
        headcount: null,
        industry: null,
      },
      claims: [['une DRH', 'title']],
    },
  ],
  [
    'an informal voice that says tu',
    {
      subject: 'Ta paie, en interne ou pas ?',
      body: 'Bonjour Christophe,\n\nTu diriges un atelier, et la paie tombe chaque mois sur quelqu’un qui avait autre chose à faire. Comment ça se passe chez vous ?\n\nRéponds-moi en un mot, je m’adapte à ta façon de faire.\n\nÀ bientôt,',
      voice: { address: 'tu' },
      facts: { industry: 'mécanique' },
    },
  ],
  [
    'a tone that is a noun',
    {
      subject: 'Sur un ton plus simple',
      body: 'Bonjour Christophe,\n\nLe ton de ces messages est souvent trop pressant. Je préfère vous laisser le choix : un échange de dix minutes, une page à lire, ou rien du tout.\n\nQue préférez-vous ?\n\nBien à vous,',
    },
  ],
  [
    'an industry of the fourth kind',
    {
      subject: 'Industrie 4.0 : par où commencer ?',
      body: 'Bonjour Christophe,\n\nOn parle beaucoup d’industrie 4.0, rarement de qui branche les machines au réseau, ni de qui répond quand elles n’y sont plus. Dans un atelier, c’est pourtant la première question.\n\nQui s’en charge chez Mécanique du Forez ?\n\nBonne journée,',
    },
  ],
  [
    'a known civility with a title of courtesy',
    {
      subject: 'Un sujet pour votre direction',
      body: 'Madame la Directrice,\n\nVotre établissement a sans doute ses propres règles pour la sauvegarde des données. Je souhaite savoir, avant de vous présenter quoi que ce soit, si un prestataire extérieur peut y participer.\n\nUne réponse d’une ligne me suffira.\n\nRespectueusement,',
      facts: {
        first_name: 'Hélène',
        last_name: 'Roussel',
        civility: 'Mme',
        company: 'Clinique Saint-Aubin',
        title: 'Directrice',
        city: null,
        headcount: null,
        industry: 'santé',
      },
    },
  ],
  [
    'Dear in French, where the civility is known',
    {
      subject: 'Un avis franc',
      body: 'Cher Christophe,\n\nUn prestataire qui commence par écouter perd rarement son temps. C’est pourquoi je ne joins ni plaquette ni tarif.\n\nQu’attendez-vous d’un support informatique que vous n’avez pas trouvé jusqu’ici ?\n\nBien à vous,',
    },
  ],
  [
    'both civilities, which is none',
    {
      subject: 'Qui s’occupe du support ?',
      body: 'Madame, Monsieur,\n\nJe cherche la personne qui choisit les prestataires informatiques de votre entreprise. Si c’est vous, j’aurais une seule question ; sinon, un nom me suffit.\n\nCordialement,',
      facts: {
        first_name: null,
        last_name: null,
        civility: null,
        company: null,
        title: null,
        city: null,
        headcount: null,
        industry: null,
      },
    },
  ],
  [
    'a length that the step asks for',
    {
      subject: 'Un projet qui attend ?',
      body: 'Bonjour Christophe,\n\nDans beaucoup d’ateliers, un projet informatique attend depuis des mois : tout le monde le juge utile, et personne n’a le temps de le mener. Ce n’est ni un manque d’envie ni un manque de budget.\n\nUn chef de projet qui rejoint l’équipe pour une mission bornée suffit souvent à le faire partir. Il s’en va quand c’est fini, et ce qu’il sait reste chez vous.\n\nY a-t-il un projet de ce genre chez Mécanique du Forez ? Deux lignes me suffiront pour vous répondre franchement.\n\nBonne journée,',
      step: { length: '70 à 110 mots, objet de 50 signes au plus' },
    },
  ],
  [
    'a figure of the step’s own',
    {
      subject: 'Le salon, stand 42',
      body: 'Bonjour Christophe,\n\nNous serons au salon Global Industrie le 12 mars, stand 42. Si vous y passez, un café vous y attend, et une réponse franche à une question sur votre support.\n\nDois-je vous en garder un ?\n\nBonne journée,',
      step: { prompt: 'Invite à passer au stand 42 du salon Global Industrie, le 12 mars.' },
    },
  ],
];
