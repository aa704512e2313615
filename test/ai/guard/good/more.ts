import { type Sample, wrote } from '../situation.ts';

const FIRM = (company: string, title: string, industry: string, city: string) => ({
  company,
  title,
  industry,
  city,
  headcount: null,
  civility: null,
});

/** All sorts of trades, written as they come. */
export const MORE: readonly (readonly [string, Sample])[] = [
  [
    'a transport firm',
    {
      subject: 'Qui répond quand une tablette lâche ?',
      body: 'Bonjour Yasmine,\n\nDans un métier où tout part à l’heure ou ne part pas, une tablette en panne à cinq heures du matin n’attend pas l’ouverture du support. Chez Transports Giraud, qui prend l’appel à ce moment-là ?\n\nNous confions chaque client à un technicien attitré. Si vous avez déjà ce qu’il vous faut, dites-le-moi et je n’irai pas plus loin.\n\nBien cordialement,',
      facts: {
        first_name: 'Yasmine',
        last_name: 'Belkacem',
        ...FIRM('Transports Giraud', 'Directrice d’exploitation', 'transport routier', 'Valence'),
      },
    },
  ],
  [
    'a winery',
    {
      subject: 'Paie saisonnière',
      body: 'Bonjour Guillaume,\n\nLes vendanges amènent des contrats courts, des heures variables et des bulletins en série. C’est souvent là que la paie déborde, plus que pendant le reste de l’année.\n\nAu Domaine des Trois Ormes, qui s’en occupe à cette période : vous, un comptable, un logiciel ?\n\nJe ne propose rien avant d’avoir compris.\n\nBonne fin de semaine,',
      facts: {
        first_name: 'Guillaume',
        last_name: 'Fabre',
        ...FIRM('Domaine des Trois Ormes', 'Gérant', 'viticulture', 'Cahors'),
      },
    },
  ],
  [
    'an architect',
    {
      subject: 'Vos maquettes, la nuit',
      body: 'Bonjour Inès,\n\nQue deviennent vos fichiers de conception quand le serveur s’arrête la nuit ? Les agences d’architecture que je rencontre répondent souvent « on verra », et c’est une réponse honnête.\n\nNous prenons en charge les sauvegardes et le support, avec quelqu’un qui se déplace. Est-ce un sujet pour Atelier Nord-Sud, ou est-il déjà réglé ?\n\nBelle journée,',
      facts: {
        first_name: 'Inès',
        last_name: 'Carvalho',
        ...FIRM('Atelier Nord-Sud', 'Architecte associée', 'architecture', 'Nantes'),
      },
    },
  ],
  [
    'a law firm',
    {
      subject: 'Confidentialité et prestataire',
      body: 'Bonjour Maître,\n\nConfier son informatique à un prestataire pose une question avant toutes les autres : qui peut lire quoi ? Notre centre de services est certifié ISO 27001 ; je peux vous dire précisément ce que cela couvre, et ce que cela ne couvre pas.\n\nCela vous serait-il utile ?\n\nRespectueusement,',
      facts: {
        first_name: 'Hugo',
        last_name: 'Delcourt',
        civility: 'Me',
        company: 'Delcourt Avocats',
        title: 'Avocat associé',
        industry: 'droit',
        city: 'Rennes',
        headcount: null,
      },
    },
  ],
  [
    'a school',
    {
      subject: 'Rentrée et comptes à créer',
      body: 'Bonjour Sylvie,\n\nChaque rentrée, il y a des comptes à créer, des postes à préparer et peu de mains pour le faire. Dans votre établissement, est-ce le secrétariat qui s’en charge, ou quelqu’un dont c’est le métier ?\n\nUne réponse de trois mots me suffit pour savoir si je dois insister. Sans doute pas !\n\nBien à vous,',
      facts: {
        first_name: 'Sylvie',
        last_name: 'Moreau-Petit',
        ...FIRM('Lycée Sainte-Anne', 'Cheffe d’établissement', 'enseignement', 'Vannes'),
      },
    },
  ],
  [
    'a start-up with an English name',
    {
      subject: 'Grandir sans service informatique',
      body: 'Bonjour Léa,\n\nChez BrightLoop, les postes sont sans doute neufs et les outils dans le nuage. Reste ce qui n’y est pas : les arrivées, les départs, les mots de passe, l’écran qui ne s’allume pas le jour d’une démonstration.\n\nÀ partir de quelle taille vous êtes-vous dit que ce n’était plus au CTO de s’en occuper ?\n\nÀ bientôt,',
      facts: { first_name: 'Léa', last_name: 'Zhang', ...FIRM('BrightLoop', 'COO', 'logiciel', 'Paris') },
    },
  ],
  [
    'a public body',
    {
      subject: 'Renfort ponctuel, règles des marchés',
      body: 'Bonjour Olivier,\n\nUn renfort de quelques mois se heurte souvent à la commande publique plutôt qu’au besoin. Avez-vous un cadre, un accord ou une centrale d’achat pour ce genre de mission à la Communauté de communes du Haut-Lignon ?\n\nSi oui, je m’y plierai ; sinon, je vous laisserai tranquille.\n\nBien cordialement,',
      facts: {
        first_name: 'Olivier',
        last_name: 'Chambon',
        ...FIRM('Communauté de communes du Haut-Lignon', 'DGS', 'collectivité', 'Tence'),
      },
    },
  ],
  [
    'a hotel with an ampersand and a number',
    {
      subject: 'Le Wi-Fi, premier sujet des clients ?',
      body: 'Bonjour Antoine,\n\nUn client mécontent parle rarement de la literie, souvent du Wi-Fi. À l’Hôtel 1er Étage & Spa, qui reçoit ces remarques, et qui peut y faire quelque chose le soir même ?\n\nNos techniciens se déplacent ; cela suffit parfois à changer une saison.\n\nBien à vous,',
      facts: {
        first_name: 'Antoine',
        last_name: 'd’Ormesson',
        ...FIRM('Hôtel 1er Étage & Spa', 'Directeur', 'hôtellerie', 'Annecy'),
      },
    },
  ],
  [
    'a maker with a known news',
    {
      subject: 'Votre reprise de Fonderie Perrin',
      body: 'Bonjour Christophe,\n\nVous avez repris Fonderie Perrin en septembre, d’après la presse locale. Deux réseaux, deux messageries et deux habitudes à réunir : c’est un chantier que nos chefs de projet connaissent bien.\n\nQui le mène chez vous ?\n\nBonne journée,',
      facts: { 'custom.actualite': 'a repris Fonderie Perrin en septembre (presse locale)' },
      claims: [['Vous avez repris Fonderie Perrin en septembre', 'custom.actualite']],
    },
  ],
  [
    'a statement on tools that a column gives',
    {
      subject: 'Sage et vos bulletins',
      body: 'Bonjour Christophe,\n\nVous utilisez Sage pour la paie, ce qui fonctionne très bien tant que la personne qui le connaît est là. Et en août ?\n\nNous pouvons prendre le relais pour un mois, puis vous rendre les clés. Est-ce une idée à creuser ?\n\nBonne journée,',
      facts: { 'custom.logiciel_paie': 'Sage' },
      claims: [['Vous utilisez Sage pour la paie', 'custom.logiciel_paie']],
    },
  ],
  [
    'a message with a bracketed aside',
    {
      kind: 'message',
      body: 'Bonjour Inès,\n\nJe lis volontiers ce que les architectes écrivent de leurs outils (rarement du bien). Qu’est-ce qui vous fait perdre le plus de temps : les fichiers trop lourds, les accès à distance, ou autre chose ?\n\nPar simple curiosité professionnelle, sans plaquette à la clé.',
      facts: {
        first_name: 'Inès',
        last_name: 'Carvalho',
        ...FIRM('Atelier Nord-Sud', 'Architecte associée', 'architecture', 'Nantes'),
      },
      claims: [['les architectes', 'title']],
    },
  ],
  [
    'a follow-up with a proof',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nUn complément à ma question sur le support, en une phrase : un technicien rappelle en 18 minutes en moyenne, aux heures ouvrées. Le relevé est public, et je peux vous l’envoyer.\n\nQuel délai vous semblerait acceptable pour un atelier ?\n\nBien à vous,',
      exchanges: [wrote('out', 'email', 'Bonjour Christophe,\n\nQui s’occupe du support ?', 'Support')],
    },
  ],
  [
    'an SMS in capitals of a firm',
    {
      kind: 'sms',
      body: 'Bonjour Nadia, Claire Vasseur (Groupe Tessandre). Une question sur le support SNCF ? 06 12 34 56 78.',
      facts: {
        first_name: 'Nadia',
        last_name: 'Benali',
        ...FIRM('SNCF', 'DSI adjointe', 'transport', 'Lyon'),
      },
    },
  ],
  [
    'an English text on manufacturing',
    {
      language: 'en',
      subject: 'When the line stops',
      body: 'Hello Priya,\n\nWhen a line stops at two in the morning, the question is rarely which machine failed; it is who can get into the system to see. At Northfield Castings, is that somebody on shift, or somebody asleep?\n\nWe give every client one technician who knows the site. If you already have that, I will not take more of your time.\n\nBest wishes,',
      facts: {
        first_name: 'Priya',
        last_name: 'Raman',
        ...FIRM('Northfield Castings', 'Plant Manager', 'metal casting', 'Sheffield'),
      },
    },
  ],
  [
    'an English text with a claim in other words',
    {
      language: 'en',
      subject: 'Payroll for a plant',
      body: 'Hello Priya,\n\nRunning a plant in Sheffield means shifts, allowances and overtime, and a payroll that never looks the same twice. Who turns the timesheets into payslips today?\n\nI ask because we take on exactly that part, and leave the decisions with you.\n\nKind regards,',
      facts: {
        first_name: 'Priya',
        last_name: 'Raman',
        ...FIRM('Northfield Castings', 'Plant Manager', 'metal casting', 'Sheffield'),
      },
      claims: [
        ['Running a plant', 'title'],
        ['in Sheffield', 'city'],
      ],
    },
  ],
  [
    'an English message',
    {
      language: 'en',
      kind: 'message',
      body: 'Hi Priya,\n\nThanks for connecting. I spend my days with people who keep plants running, and I am curious about one thing: what do IT suppliers misunderstand most about a foundry?\n\nNo pitch follows, whatever you answer.',
      facts: {
        first_name: 'Priya',
        last_name: 'Raman',
        ...FIRM('Northfield Castings', 'Plant Manager', 'foundry', 'Sheffield'),
      },
    },
  ],
  [
    'an English farewell',
    {
      language: 'en',
      subject: 'Closing the file',
      body: 'Hello Priya,\n\nI have not heard back, which usually means the timing is off. That is fine; I am closing the file on my side.\n\nIf the question ever comes up again, you can reach me at claire.vasseur@tessandre.example or on +33 6 12 34 56 78.\n\nAll the best,',
      facts: {
        first_name: 'Priya',
        last_name: 'Raman',
        ...FIRM('Northfield Castings', 'Plant Manager', 'foundry', 'Sheffield'),
      },
    },
  ],
  [
    'a French farewell',
    {
      subject: 'Je vous laisse travailler',
      body: 'Bonjour Yasmine,\n\nJe ne vous écrirai plus à ce sujet : vous savez où me trouver, et je sais que l’exploitation passe avant.\n\nSi un jour la question du support se pose, un simple « on en parle » suffira. D’ici là, bonne route à vos équipes.\n\nBien à vous,',
      facts: {
        first_name: 'Yasmine',
        last_name: 'Belkacem',
        ...FIRM('Transports Giraud', 'Directrice d’exploitation', 'transport routier', 'Valence'),
      },
    },
  ],
  [
    'an invitation to a head of purchasing',
    {
      kind: 'invitation',
      language: 'en',
      body: 'Hello Béatrice, I talk to purchasing managers about how they choose IT services, and would like to hear your view. Shall we connect?',
      facts: {
        first_name: 'Béatrice',
        last_name: 'Le Goff',
        ...FIRM('Armor Conserves', 'Directrice des achats', 'agroalimentaire', 'Quimper'),
      },
      claims: [['purchasing managers', 'title']],
    },
  ],
  [
    'an offer told in the voice’s words',
    {
      subject: 'Un chef de projet pour votre migration',
      body: 'Bonjour Olivier,\n\nNous réunissons à Nantes trois métiers : l’infogérance, la paie externalisée et le renfort de projets informatiques. C’est du troisième que je vous parle : un chef de projet rejoint votre équipe, le temps d’une migration ou d’un changement d’ERP, puis repart.\n\nUn tel besoin existe-t-il dans votre collectivité ?\n\nBien cordialement,',
      facts: {
        first_name: 'Olivier',
        last_name: 'Chambon',
        ...FIRM('Communauté de communes du Haut-Lignon', 'DGS', 'collectivité', 'Tence'),
      },
    },
  ],
];
