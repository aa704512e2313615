import { type Sample, wrote } from '../situation.ts';

const OLIVIA = {
  ...{
    first_name: 'Olivia',
    last_name: 'O’Connor',
    civility: null,
    company: 'Harcourt & Lane',
    title: 'Head of Operations',
  },
  ...{ city: 'Leeds', industry: 'logistics', headcount: '85' },
} as const;

export const ENGLISH: readonly (readonly [string, Sample])[] = [
  [
    'a direct one, for a D',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'Payroll at Harcourt & Lane: in or out?',
      body: 'Hello Olivia,\n\nOne question: should payroll for 85 people stay in-house?\n\nWe run it for firms of your size; you keep the sign-off. 94% of our clients renewed their contract in 2025.\n\nA yes or a no is enough.\n\nKind regards,',
      claims: [['payroll for 85 people', 'headcount']],
    },
  ],
  [
    'a warm one, for an I',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'The Monday morning nobody misses',
      body: 'Hi Olivia,\n\nPicture a morning when nobody queues at your desk because the printer has stopped talking to the network. That is what a technician of your own buys you: somebody who fixes it, explains it and leaves the team alone.\n\nHow do you handle it at Harcourt & Lane? I would enjoy hearing the story.\n\nBest,',
      voice: { proofs: [] },
      step: { prompt: 'Start from a Monday morning.' },
    },
  ],
  [
    'a calm one, for an S',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'Keeping what works',
      body: 'Hello Olivia,\n\nI am writing to ask whether your IT support gives you what you need. If it does, there is nothing to change, and a short no will do.\n\nIf not, we usually begin with one small piece of work. Your tools stay, your habits stay, and one person answers the phone.\n\nWould a ten-minute call suit you, at your own pace?\n\nKind regards,',
    },
  ],
  [
    'an exact one, for a C',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'Call-back time: figure and source',
      body: 'Hello Olivia,\n\nScope: support of workstations and servers for 85 users.\n\nA technician calls back in 18 minutes on average, during working hours (our ticket log, 2025). Our service desk is ISO 27001 certified.\n\nWould you like to read the record before we talk? https://www.tessandre.example/engagements\n\nKind regards,',
      claims: [['85 users', 'headcount']],
    },
  ],
  [
    'one that names title and city',
    {
      language: 'en',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nAs Head of Operations at Harcourt & Lane, you probably see every outage before IT does. In a warehouse near Leeds, who turns up when a scanner dies?\n\nI ask because the answer tells me within a minute whether we can be of use.\n\nKind regards,',
      claims: [
        ['As Head of Operations at Harcourt & Lane', 'title'],
        ['near Leeds', 'city'],
      ],
    },
  ],
  [
    'a subject with capitals of habit',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'Three Questions Before Signing',
      body: 'Hello Olivia,\n\nBefore you sign a support contract, three questions are worth asking: who will do the work, how will we know it went well, and how does it end?\n\nIs there a fourth that you always ask?\n\nKind regards,',
    },
  ],
  [
    'an invitation',
    {
      language: 'en',
      kind: 'invitation',
      facts: OLIVIA,
      body: 'Hello Olivia, we have not met yet. I would like to follow what Harcourt & Lane is doing and talk shop now and then. Shall we connect?',
    },
  ],
  [
    'an invitation on a trade',
    {
      language: 'en',
      kind: 'invitation',
      facts: OLIVIA,
      body: 'Hi Olivia, I work with logistics firms on their IT support and would value your view on what they get wrong. May I ask you here?',
      claims: [['logistics firms', 'industry']],
    },
  ],
  [
    'a message to somebody who accepted',
    {
      language: 'en',
      kind: 'message',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nThank you for accepting my invitation. I won’t repay you with a brochure.\n\nJust one question: when a project is more than your team can take on, where do you look first? A recommendation, a tender, a supplier you already know? Three words will do.',
    },
  ],
  [
    'a message to the one who decides',
    {
      language: 'en',
      kind: 'message',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nAre you the person who chooses IT suppliers at Harcourt & Lane, or is that a colleague’s job? If it is you, I have a single question. If it is someone else, a name is plenty.',
    },
  ],
  [
    'news that a fact tells',
    {
      language: 'en',
      facts: { ...OLIVIA, 'custom.news': 'opened a second warehouse in Hull this spring' },
      subject: 'Your second warehouse',
      body: 'Hello Olivia,\n\nI saw that you opened a second warehouse in Hull. A network, handhelds, accounts to create: that is when somebody on site saves you time.\n\nWho looks after it?\n\nKind regards,',
      claims: [['you opened a second warehouse in Hull', 'custom.news']],
    },
  ],
  [
    'congratulations that a fact allows',
    {
      language: 'en',
      facts: { ...OLIVIA, 'custom.news': 'won the Regional Haulier Award' },
      subject: 'After the award',
      body: 'Hello Olivia,\n\nCongratulations on winning the Regional Haulier Award. What did the jury look at that customers never ask about?\n\nI collect such answers; yours would be read with care.\n\nBest,',
      claims: [['winning the Regional Haulier Award', 'custom.news']],
    },
  ],
  [
    'an SMS',
    {
      language: 'en',
      kind: 'sms',
      facts: OLIVIA,
      body: "Hi Olivia, Claire Vasseur (Groupe Tessandre) here. Easier to talk? I'm on 06 12 34 56 78.",
    },
  ],
  [
    'an SMS that leaves the time open',
    {
      language: 'en',
      kind: 'sms',
      facts: OLIVIA,
      body: 'Hi Olivia, Claire Vasseur of Groupe Tessandre. I have 15 minutes for you, any time: 06 12 34 56 78.',
    },
  ],
  [
    'a follow-up that says it is one',
    {
      language: 'en',
      kind: 'follow_up',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nFollowing up on my last email with a smaller question: have your backups ever been restored, or only run?\n\nKind regards,',
      exchanges: [wrote('out', 'email', 'Hello Olivia,\n\nWho looks after payroll?', 'Payroll')],
    },
  ],
  [
    'a follow-up with a new idea',
    {
      language: 'en',
      kind: 'follow_up',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nA clear need fits on one page: what is wrong, what must change, who decides, what must not be touched. The last one is the easiest to forget.\n\nIf you write it, I will gladly read it over.\n\nKind regards,',
      exchanges: [wrote('out', 'email', 'Hello Olivia,\n\nWho looks after payroll?', 'Payroll')],
    },
  ],
  [
    'a last message',
    {
      language: 'en',
      facts: OLIVIA,
      subject: 'My last message',
      body: 'Hello Olivia,\n\nThis is my last message: one reminder too many helps nobody.\n\nIf the timing becomes right, here is what you can ask me for: fifteen minutes on the phone, your questions first, and a frank opinion.\n\nIs there a month when that would make sense?\n\nKind regards,',
    },
  ],
  [
    'an answer to what they said',
    {
      language: 'en',
      kind: 'follow_up',
      facts: OLIVIA,
      body: 'Hello Olivia,\n\nThank you for your reply. You mentioned that the scanners are the weak spot; we could begin with those alone, for two weeks.\n\nWho should I speak to about them?\n\nKind regards,',
      exchanges: [wrote('in', 'email', 'Our scanners are the weak spot.', 'Re: Payroll')],
    },
  ],
  [
    'a formal greeting, where the title is known',
    {
      language: 'en',
      facts: { ...OLIVIA, civility: 'Mme' },
      body: 'Dear Ms O’Connor,\n\nMay I ask who handles the payroll questions of your drivers? If it is your own team, I will leave it there.\n\nKind regards,',
    },
  ],
  [
    'a name of three parts',
    {
      language: 'en',
      facts: { ...OLIVIA, first_name: 'José María', last_name: 'van der Berg', company: 'NV Maritiem 24' },
      body: 'Dear José María van der Berg,\n\nWould an outside pair of hands be of use at NV Maritiem 24 when a system changes, or is that done in-house?\n\nOne word will do.\n\nKind regards,',
    },
  ],
  [
    'no name known',
    {
      language: 'en',
      facts: { ...OLIVIA, first_name: null, last_name: null, company: null },
      subject: 'Who looks after IT?',
      body: 'Hello,\n\nI am looking for the person who chooses IT suppliers in your firm. If that is you, I have one question; if not, a name would help.\n\nKind regards,',
    },
  ],
  [
    'French names in an English text',
    {
      language: 'en',
      facts: {
        first_name: 'Béatrice',
        last_name: 'Le Goff',
        civility: null,
        company: 'Les Ateliers du Bois de la Loire',
        title: 'Directrice des achats',
        city: 'Saint-Étienne',
        headcount: null,
        industry: null,
      },
      body: 'Hello Béatrice,\n\nHow does Les Ateliers du Bois de la Loire choose its IT suppliers: by tender, by recommendation, or by habit?\n\nThe third is the most common, and the easiest to improve.\n\nKind regards,',
    },
  ],
];
