import type { GuardRule } from '../../../../src/ai/guard/finding.ts';
import { type Sample, wrote } from '../situation.ts';

export type Bad = readonly [GuardRule, string, Sample];

const BODY =
  'Bonjour Christophe,\n\nQui s’occupe du support informatique chez Mécanique du Forez ? Un nom me suffit.\n\nBonne journée,';
const LONG = 'Nous prenons en charge les postes, les serveurs et les sauvegardes de nos clients. '.repeat(5);

/** Size, subject, language, blanks, markup: faults that need no facts. */
export const BAD_FORM: readonly Bad[] = [
  ['empty', 'nothing', { subject: 'Une question', body: '' }],
  ['empty', 'blanks only', { subject: 'Une question', body: ' \n\n \u00a0' }],
  [
    'empty',
    'greeting and closing',
    { subject: 'Une question', body: 'Bonjour Christophe,\n\nBonne journée,' },
  ],
  [
    'unfinished',
    'half a sentence',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support ? Je peux vous proposer un technicien qui' },
  ],
  ['subject', 'no subject', { subject: null, body: BODY }],
  ['subject', 'a subject of blanks', { subject: '  ', body: BODY }],
  [
    'subject',
    'a subject of several lines',
    { subject: 'Une question\nBcc: tous@tessandre.example', body: BODY },
  ],
  [
    'subject',
    'a subject cut by every mail program',
    {
      subject:
        'Une question sur la manière dont vous organisez aujourd’hui le support informatique de vos équipes',
      body: BODY,
    },
  ],
  ['subject', 'a subject in capitals', { subject: 'VOTRE SUPPORT INFORMATIQUE', body: BODY }],
  ['subject', 'a faked reply', { subject: 'Re: votre support informatique', body: BODY }],
  ['subject', 'a faked reply with a French blank', { subject: 'RE : notre échange', body: BODY }],
  ['subject', 'a faked forward', { subject: 'TR : dossier Forez', body: BODY }],
  [
    'length',
    'an invitation beyond what LinkedIn takes',
    {
      kind: 'invitation',
      body: 'Bonjour Christophe, je travaille avec des ateliers de mécanique sur leur informatique, leurs sauvegardes et leurs postes, et je serais heureuse d’échanger avec vous de temps en temps sur ces sujets, sans rien vous vendre. D’accord ?',
    },
  ],
  [
    'length',
    'an SMS of four parts once the way out is added',
    { kind: 'sms', body: `Bonjour Christophe, Claire Vasseur (Groupe Tessandre). ${LONG.slice(0, 400)}` },
  ],
  [
    'length',
    'twice the words that were asked for',
    {
      subject: 'Une question',
      body: `Bonjour Christophe,\n\n${LONG}${LONG}`,
      step: { length: '60 à 110 mots, objet de 50 signes au plus' },
    },
  ],
  [
    'length',
    'far fewer words than were asked for',
    { subject: 'Une question', body: BODY, step: { length: '60 à 110 mots, objet de 50 signes au plus' } },
  ],
  [
    'length',
    'a subject longer than the step wants',
    {
      subject: 'Une question sur votre organisation, aujourd’hui et demain',
      body: BODY,
      step: { length: 'objet de 40 signes au plus' },
    },
  ],
  [
    'length',
    'more characters than asked in English',
    {
      kind: 'message',
      language: 'en',
      body: 'Hello Christophe, when something out of the ordinary comes up, does it go to your own team, to an outside firm, or to both of them?',
      step: { length: 'under 80 characters' },
    },
  ],
  [
    'language',
    'English where French is wanted',
    {
      subject: 'A question',
      body: 'Hello Christophe,\n\nWho looks after your IT support today, your own team or an outside firm?\n\nKind regards,',
    },
  ],
  [
    'language',
    'French where English is wanted',
    {
      language: 'en',
      subject: 'Une question',
      body: 'Bonjour Christophe,\n\nQui s’occupe aujourd’hui du support informatique dans votre entreprise ?\n\nBonne journée,',
    },
  ],
  [
    'language',
    'a paragraph that slips',
    {
      subject: 'Une question',
      body: `${BODY}\n\nWe would be happy to tell you more about what we do for firms like yours.`,
    },
  ],
  [
    'language',
    'Spanish',
    {
      subject: 'Pregunta',
      body: 'Hola Christophe,\n\n¿Quién se encarga hoy del soporte informático en su empresa, el equipo o un proveedor para los usuarios?\n\nGracias,',
    },
  ],
  [
    'language',
    'German',
    {
      language: 'en',
      subject: 'Frage',
      body: 'Guten Tag Christophe,\n\nwer kümmert sich heute um die Rechner und ist das für Sie und Ihre Leute eine gute Lösung oder nicht?',
    },
  ],
  [
    'language',
    'another script',
    {
      subject: 'Вопрос',
      body: 'Здравствуйте, кто занимается поддержкой компьютеров в вашей компании сегодня?',
    },
  ],
  [
    'placeholder',
    'a Liquid variable',
    { body: 'Bonjour {{ first_name }},\n\nQui s’occupe du support informatique ?' },
  ],
  [
    'placeholder',
    'a Liquid tag',
    { body: 'Bonjour Christophe,\n\n{% if company %}Qui s’occupe du support ?{% endif %} Un nom me suffit.' },
  ],
  [
    'placeholder',
    'square brackets',
    { body: 'Bonjour [Prénom],\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'an ellipsis in brackets',
    { body: 'Bonjour Christophe,\n\nDepuis votre arrivée à […], qui s’occupe du support informatique ?' },
  ],
  [
    'placeholder',
    'a letter in brackets',
    { body: 'Bonjour Christophe,\n\nNous aidons [X] ateliers à tenir leurs sauvegardes. Est-ce un sujet ?' },
  ],
  [
    'placeholder',
    'XXX',
    { body: 'Bonjour Christophe,\n\nNotre offre pour XXX tient en une page. Voulez-vous la lire ?' },
  ],
  [
    'placeholder',
    'a letter for a number',
    { body: 'Bonjour Christophe,\n\nNos clients gagnent X % de temps sur la paie. Est-ce un sujet ?' },
  ],
  [
    'placeholder',
    'angle brackets',
    { body: 'Bonjour <prénom>,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'a mail merge field',
    { body: 'Bonjour %PRENOM%,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'double percent signs',
    { body: 'Bonjour %%prenom%%,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'a shell variable',
    { body: 'Bonjour $prenom,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'a template literal',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a blank in that style
    { body: 'Bonjour ${prospect.firstName},\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  ['placeholder', 'hashes', { body: 'Bonjour #NOM#,\n\nQui s’occupe du support informatique chez vous ?' }],
  [
    'placeholder',
    'underscores',
    { body: 'Bonjour __PRENOM__,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'round brackets',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez (votre entreprise) ?' },
  ],
  [
    'placeholder',
    'a note to complete it',
    {
      body: 'Bonjour Christophe,\n\nNotre référence dans votre métier est… (à compléter). Est-ce un sujet ?',
    },
  ],
  [
    'placeholder',
    'the word for a name',
    { body: 'Bonjour Prénom,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'the word for a name in English',
    { language: 'en', body: 'Hi First Name,\n\nWho looks after the support of your computers?' },
  ],
  [
    'placeholder',
    'a greeting that lost its name',
    { body: 'Bonjour ,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'lorem ipsum',
    { body: 'Bonjour Christophe,\n\nLorem ipsum dolor sit amet, voulez-vous en parler avec nous ?' },
  ],
  [
    'placeholder',
    'undefined',
    { body: 'Bonjour undefined,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'null in a sentence',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez null ?' },
  ],
  [
    'placeholder',
    'NaN',
    { body: 'Bonjour Christophe,\n\nAvec NaN salariés, la paie prend du temps. Qui s’en charge ?' },
  ],
  [
    'placeholder',
    'TODO',
    { body: 'Bonjour Christophe,\n\nTODO accroche. Qui s’occupe du support informatique chez vous ?' },
  ],
  [
    'placeholder',
    'N/A',
    { body: 'Bonjour Christophe,\n\nDans le secteur N/A, qui s’occupe du support informatique ?' },
  ],
  [
    'placeholder',
    'an object',
    { body: 'Bonjour [object Object],\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  ['placeholder', 'a name to sign with', { body: `${BODY}\nVotre nom` }],
  [
    'markup',
    'bold type of Markdown',
    { body: 'Bonjour Christophe,\n\nUne **seule** question : qui s’occupe du support informatique ?' },
  ],
  [
    'markup',
    'a Markdown heading',
    { body: '# Support\n\nBonjour Christophe,\n\nQui s’occupe du support informatique ?' },
  ],
  [
    'markup',
    'stars for a list',
    {
      body: 'Bonjour Christophe,\n\nTrois sujets :\n* les postes\n* les serveurs\n* les sauvegardes\n\nLequel vous occupe ?',
    },
  ],
  ['markup', 'HTML', { body: '<p>Bonjour Christophe,</p><p>Qui s’occupe du support informatique ?</p>' }],
  [
    'markup',
    'an HTML entity',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique&nbsp;? Un nom me suffit.' },
  ],
  [
    'markup',
    'a code fence',
    { body: '```\nBonjour Christophe, qui s’occupe du support informatique ?\n```' },
  ],
  [
    'markup',
    'line breaks that were escaped twice',
    { body: 'Bonjour Christophe,\\n\\nQui s’occupe du support informatique ?' },
  ],
  [
    'markup',
    'the answer within the answer',
    { body: '{"subject": "Une question", "body": "Bonjour Christophe, qui s’occupe du support ?"}' },
  ],
  [
    'markup',
    'a remark of the model on itself',
    {
      body: 'En tant qu’IA, je ne connais pas votre entreprise, mais qui s’occupe du support informatique ?',
    },
  ],
  [
    'markup',
    'the same in English',
    { language: 'en', body: 'As an AI language model, I would ask who looks after your computers today.' },
  ],
  [
    'markup',
    'an introduction',
    {
      body: 'Voici le message pour Christophe :\n\nBonjour Christophe,\n\nQui s’occupe du support informatique ?',
    },
  ],
  [
    'markup',
    'an eager introduction',
    {
      language: 'en',
      body: 'Sure! Here is the email:\n\nHello Christophe,\n\nWho looks after your computers?',
    },
  ],
  [
    'markup',
    'the subject in the text',
    { body: 'Objet : une question\n\nBonjour Christophe,\n\nQui s’occupe du support informatique ?' },
  ],
  [
    'markup',
    'the tags of the task',
    {
      body: 'Bonjour Christophe,\n\n<facts>Mécanique du Forez</facts> Qui s’occupe du support informatique ?',
    },
  ],
  [
    'markup',
    'facts that are called facts',
    {
      body: 'Bonjour Christophe,\n\nSelon les données fournies, vous êtes à Montbrison. Qui s’occupe du support ?',
    },
  ],
  [
    'markup',
    'a count of its signs',
    {
      kind: 'message',
      body: 'Bonjour Christophe, qui s’occupe du support informatique chez vous ? (68 caractères)',
    },
  ],
  [
    'placeholder',
    'a bracket that would colour a terminal',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du [\u001b[31msupport\u0007\ttechnique] chez vous ?' },
  ],
  ['markup', 'a word before the text', { body: `Bien sûr !\n\n${BODY}` }],
  ['markup', 'a signature, which is added', { body: `${BODY}\n\nClaire Vasseur` }],
  ['markup', 'a signature by first name', { body: `${BODY}\nClaire` }],
  [
    'markup',
    'invisible signs',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du sup\u200bport informatique chez vous ?' },
  ],
  [
    'markup',
    'a sign that turns the direction',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support \u202eeuqitamrofni chez vous ?' },
  ],
  [
    'markup',
    'letters that only look alike',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du suppоrt informatique chez vous ?' },
  ],
  [
    'markup',
    'mathematical letters',
    {
      kind: 'message',
      body: 'Bonjour Christophe, une 𝗾𝘂𝗲𝘀𝘁𝗶𝗼𝗻 sur votre support informatique : qui s’en occupe ?',
    },
  ],
  [
    'repetition',
    'a sentence of the last e-mail',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes, à un prestataire ou aux deux ?\n\nBonne journée,',
      exchanges: [
        wrote(
          'out',
          'email',
          'Bonjour Christophe,\n\nQuand une mission sort de l’ordinaire, la confiez-vous à vos équipes, à un prestataire ou aux deux ?\n\nClaire Vasseur',
          'Une question',
        ),
      ],
    },
  ],
  [
    'repetition',
    'a sentence with one word changed',
    {
      kind: 'follow_up',
      body: 'Bonjour Christophe,\n\nQuand un projet sort de l’ordinaire, le confiez-vous à vos équipes, à un prestataire ou aux deux ?\n\nBonne journée,',
      exchanges: [
        wrote(
          'out',
          'linkedin',
          'Bonjour Christophe, quand une mission sort de l’ordinaire, la confiez-vous à vos équipes, à un prestataire ou aux deux ?',
        ),
      ],
    },
  ],
  [
    'repetition',
    'a sentence of an SMS in a message',
    {
      kind: 'message',
      language: 'en',
      body: 'Hello Christophe, would it be easier to talk about this on the phone one day? Tell me when.',
      exchanges: [
        wrote('out', 'sms', 'Hi Christophe. Would it be easier to talk about this on the phone one day?'),
      ],
    },
  ],
  [
    'repetition',
    'a subject of the last e-mail',
    {
      subject: 'Une question de paie',
      body: BODY,
      exchanges: [wrote('out', 'email', 'Bonjour, qui établit vos bulletins ?', 'Une question de paie')],
    },
  ],
  [
    'sms_sender',
    'an SMS by nobody',
    { kind: 'sms', body: 'Bonjour Christophe, plus simple de vive voix ? Je suis au 06 12 34 56 78.' },
  ],
  [
    'sms_sender',
    'an SMS by a first name',
    { kind: 'sms', body: 'Bonjour Christophe, c’est Claire. Un court appel ? Je suis au 06 12 34 56 78.' },
  ],
  [
    'sms_reply',
    'an SMS that wants an answer',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur (Groupe Tessandre). Un court appel ? Répondez oui ou non.',
    },
  ],
  [
    'sms_reply',
    'an SMS with a way out of its own',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur (Groupe Tessandre), au 06 12 34 56 78. Répondre STOP pour ne plus en recevoir.',
    },
  ],
  [
    'sms_reply',
    'an SMS in English that wants an answer',
    {
      kind: 'sms',
      language: 'en',
      body: 'Hi Christophe, Claire Vasseur (Groupe Tessandre) here. A short call? Just text back yes or no.',
    },
  ],
];
