import { wrote } from '../situation.ts';
import type { Bad } from './form.ts';

const NAMELESS = { first_name: null, last_name: null, civility: null } as const;

/** Names, firms, statements, figures, links and contacts that nobody gave. */
export const BAD_SUBSTANCE: readonly Bad[] = [
  [
    'name',
    'another first name',
    { body: 'Bonjour Julien,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'name',
    'another name in English',
    { language: 'en', body: 'Hi Michael,\n\nWho looks after the support of your computers today?' },
  ],
  [
    'name',
    'half of a compound name',
    {
      body: 'Bonjour Jean,\n\nQui s’occupe du support informatique chez vous ?',
      facts: { first_name: 'Jean-Pierre', last_name: 'Leroy' },
    },
  ],
  [
    'name',
    'another family name',
    { body: 'Bonjour Monsieur Dupont,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'name',
    'a name where none is known',
    { body: 'Bonjour Claude,\n\nQui s’occupe du support informatique chez vous ?', facts: NAMELESS },
  ],
  [
    'name',
    'a name in the middle',
    {
      body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez vous ? Qu’en pensez-vous, Julien ?',
    },
  ],
  [
    'name',
    'the sender greets herself',
    { body: 'Bonjour Claire,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'name',
    'a name that opens a sentence',
    { body: 'Bonjour,\n\nPatrick, vous choisissez sans doute vous-même vos prestataires. Est-ce le cas ?' },
  ],
  [
    'civility',
    'a guessed gender',
    {
      body: 'Bonjour Madame,\n\nQui s’occupe du support informatique chez vous ?',
      facts: { civility: null, first_name: 'Camille' },
    },
  ],
  [
    'civility',
    'the other gender',
    { body: 'Bonjour Madame Lambert,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'civility',
    'a guess in short',
    {
      body: 'Bonjour M. Lambert,\n\nQui s’occupe du support informatique chez vous ?',
      facts: { civility: null },
    },
  ],
  [
    'civility',
    'a guess in English',
    {
      language: 'en',
      body: 'Dear Mr Lambert,\n\nWho looks after the support of your computers today?',
      facts: { civility: null },
    },
  ],
  [
    'civility',
    'a Dear that has a gender',
    {
      body: 'Chère Camille,\n\nQui s’occupe du support informatique chez vous ?',
      facts: { civility: null, first_name: 'Camille' },
    },
  ],
  [
    'civility',
    'a doctor of whom nobody knows',
    { body: 'Bonjour Docteur Lambert,\n\nQui s’occupe du support informatique chez vous ?' },
  ],
  [
    'firm',
    'another firm',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez Renault Trucks ?' },
  ],
  [
    'firm',
    'another firm in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nWho looks after the support of the computers at Contoso today?',
    },
  ],
  [
    'firm',
    'our own firm as theirs',
    {
      body: 'Bonjour Christophe,\n\nDans votre entreprise Groupe Tessandre, qui s’occupe du support informatique ?',
    },
  ],
  [
    'firm',
    'a firm where none is known',
    {
      body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique au sein de Plastiques Réunis ?',
      facts: { company: null },
    },
  ],
  [
    'firm',
    'a firm in small letters',
    {
      body: 'Bonjour Christophe,\n\nJ’aimerais savoir qui s’occupe du support informatique chez qonto aujourd’hui.',
    },
  ],
  [
    'claim',
    'a fact that does not exist',
    {
      body: 'Bonjour Christophe,\n\nÀ Montbrison, qui s’occupe du support informatique de votre atelier ?',
      claims: [['À Montbrison', 'location']],
    },
  ],
  [
    'claim',
    'a statement that is not in the text',
    {
      body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique de votre atelier ?',
      claims: [['vous dirigez une usine', 'title']],
    },
  ],
  [
    'claim',
    'a statement that says something else',
    {
      body: 'Bonjour Christophe,\n\nVotre passion pour la voile m’a interpellée : qui s’occupe du support ?',
      claims: [['Votre passion pour la voile', 'title']],
    },
  ],
  [
    'claim',
    'a statement on the reader by our own proof',
    {
      body: 'Bonjour Christophe,\n\nVotre contrat a été renouvelé en 2025 : qui le suit aujourd’hui ?',
      claims: [['Votre contrat a été renouvelé en 2025', 'voice.proof.3']],
    },
  ],
  [
    'claim',
    'something seen that nobody saw',
    {
      body: 'Bonjour Christophe,\n\nJ’ai vu que vous cherchez un responsable informatique. Qui s’en charge d’ici là ?',
    },
  ],
  [
    'claim',
    'something read that nobody wrote',
    {
      body: 'Bonjour Christophe,\n\nJ’ai lu votre article sur l’usinage, et une question m’est venue : qui veille sur vos sauvegardes ?',
    },
  ],
  [
    'claim',
    'congratulations for nothing',
    { body: 'Bonjour Christophe,\n\nFélicitations pour votre nouvelle usine. Qui a installé le réseau ?' },
  ],
  [
    'claim',
    'funds that were never raised',
    {
      subject: 'Suite à votre levée de fonds',
      body: 'Bonjour Christophe,\n\nLes équipes vont grandir : qui installera les postes ?',
    },
  ],
  [
    'claim',
    'hiring stated as a fact',
    {
      body: 'Bonjour Christophe,\n\nVous recrutez des usineurs, et chaque poste demande des accès. Qui les crée ?',
    },
  ],
  [
    'claim',
    'hiring behind a title',
    {
      body: 'Bonjour Christophe,\n\nJe vois que vous recrutez un directeur général. Qui prépare son arrivée ?',
      claims: [['un directeur général', 'title']],
    },
  ],
  [
    'claim',
    'an opening behind a city',
    {
      body: 'Bonjour Christophe,\n\nVous venez d’ouvrir un site à Montbrison. Qui s’occupe du réseau ?',
      claims: [['à Montbrison', 'city']],
    },
  ],
  [
    'claim',
    'growth by guess',
    {
      body: 'Bonjour Christophe,\n\nVotre croissance demande sans doute un support plus solide. Qui s’en charge ?',
    },
  ],
  [
    'claim',
    'difficulties by guess',
    {
      body: 'Bonjour Christophe,\n\nVos difficultés avec le support informatique ne sont pas une fatalité. En parlons-nous ?',
    },
  ],
  [
    'claim',
    'something seen in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nI noticed that you are expanding into Germany. Who sets up the computers?',
    },
  ],
  [
    'claim',
    'congratulations in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nCongrats on the new role. Who looks after the computers of your team?',
    },
  ],
  [
    'claim',
    'news in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nWith your recent funding round, support will be a question. Who looks after it?',
    },
  ],
  [
    'claim',
    'a function that is not theirs',
    {
      body: 'Bonjour Christophe,\n\nEn tant que responsable des achats, vous choisissez les prestataires. Par quel critère commencez-vous ?',
    },
  ],
  [
    'claim',
    'a customer that nobody named',
    { body: 'Bonjour Christophe,\n\nNous travaillons déjà avec Michelin sur ce sujet. Est-ce le vôtre ?' },
  ],
  [
    'claim',
    'customers in a row',
    {
      body: 'Bonjour Christophe,\n\nAirbus, Safran et Thales nous font confiance. Est-ce aussi un sujet pour vous ?',
    },
  ],
  [
    'claim',
    'a person that nobody named',
    {
      body: 'Bonjour Christophe,\n\nVotre collègue Sandrine Morel m’a donné votre nom. Qui s’occupe du support ?',
    },
  ],
  [
    'claim',
    'a place that nobody named',
    {
      body: 'Bonjour Christophe,\n\nEntre vos ateliers de Grenoble et les autres, qui s’occupe du support ?',
    },
  ],
  [
    'claim',
    'a product that nobody named',
    {
      body: 'Bonjour Christophe,\n\nNotre plateforme NovaDesk répond à vos utilisateurs. Voulez-vous la voir ?',
    },
  ],
  [
    'figure',
    'a share of customers',
    {
      body: 'Bonjour Christophe,\n\n87 % de nos clients gagnent du temps sur la paie. Est-ce un sujet pour vous ?',
    },
  ],
  [
    'figure',
    'a saving in euros',
    {
      body: 'Bonjour Christophe,\n\nVous pourriez économiser 12 000 € par an sur la paie. En parlons-nous ?',
    },
  ],
  [
    'figure',
    'another number of customers',
    { body: 'Bonjour Christophe,\n\n350 clients nous confient leur informatique ou leur paie. Et vous ?' },
  ],
  [
    'figure',
    'a wrong headcount',
    {
      body: 'Bonjour Christophe,\n\nAvec 150 salariés, la paie prend du temps. Qui s’en charge ?',
      claims: [['150 salariés', 'headcount']],
    },
  ],
  [
    'figure',
    'a known figure at another scale',
    {
      body: 'Bonjour Christophe,\n\nAvec 120 M€ de chiffre d’affaires, la paie prend du temps. Qui s’en charge ?',
    },
  ],
  [
    'figure',
    'a known figure as a share',
    { body: 'Bonjour Christophe,\n\n18 % de temps gagné sur la paie, est-ce un sujet pour vous ?' },
  ],
  [
    'figure',
    'a crowd in words',
    {
      body: 'Bonjour Christophe,\n\nDes centaines d’entreprises nous confient leur paie. Est-ce un sujet pour vous ?',
    },
  ],
  [
    'figure',
    'years in words',
    {
      body: 'Bonjour Christophe,\n\nForts de vingt ans d’expérience, nous établissons des bulletins. Qui fait les vôtres ?',
    },
  ],
  [
    'figure',
    'a result in words',
    {
      body: 'Bonjour Christophe,\n\nNos clients ont divisé leurs pannes par trois. Est-ce un sujet pour vous ?',
    },
  ],
  [
    'figure',
    'a factor',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nOur clients answer their users 3x faster. Is that a subject for you?',
    },
  ],
  [
    'figure',
    'a crowd in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nHundreds of firms trust us with their payroll. Who looks after yours?',
    },
  ],
  [
    'figure',
    'a promise in hours',
    { body: 'Bonjour Christophe,\n\nUne réponse sous 48 heures, est-ce assez rapide pour vos équipes ?' },
  ],
  [
    'figure',
    'an invented slot',
    { body: 'Bonjour Christophe,\n\nSeriez-vous libre jeudi à 14h pour dix minutes au téléphone ?' },
  ],
  [
    'figure',
    'a day without an hour',
    { body: 'Bonjour Christophe,\n\nPréférez-vous mardi ou une autre fois pour dix minutes au téléphone ?' },
  ],
  [
    'figure',
    'a day in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nCould we speak on Tuesday for ten minutes about your payroll?',
    },
  ],
  [
    'figure',
    'a date',
    { body: 'Bonjour Christophe,\n\nNous organisons une visite le 12 mars. Voulez-vous en être ?' },
  ],
  [
    'link',
    'an address of nobody',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : https://www.exemple-paie.example/offre. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'a host that only begins like ours',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : https://www.tessandre.example.evil.tld/engagements. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'our host as a user name',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : https://www.tessandre.example@evil.tld/. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'our host without its encryption',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : http://www.tessandre.example/engagements. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'a look-alike in Punycode',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : https://www.xn--tessndre-8za.example/. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'a look-alike in Cyrillic',
    {
      body: 'Bonjour Christophe,\n\nTout est expliqué ici : https://www.tessаndre.example/. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'a redirection on our host',
    {
      body: 'Bonjour Christophe,\n\nTout est ici : https://www.tessandre.example/?next=https://evil.tld. Est-ce un sujet ?',
    },
  ],
  [
    'link',
    'a shortener',
    { body: 'Bonjour Christophe,\n\nPrenez un moment ici : bit.ly/3xYzAbc. Cela vous irait-il ?' },
  ],
  [
    'link',
    'a bare domain',
    { body: 'Bonjour Christophe,\n\nTout est expliqué sur paie-facile.com, si le sujet vous occupe.' },
  ],
  [
    'link',
    'www alone',
    { body: 'Bonjour Christophe,\n\nTout est expliqué sur www.paie-facile.fr, si le sujet vous occupe.' },
  ],
  [
    'link',
    'a link of Markdown',
    { body: 'Bonjour Christophe,\n\nTout est expliqué [ici](https://evil.tld/x), si le sujet vous occupe.' },
  ],
  [
    'link',
    'another mailbox',
    { body: 'Bonjour Christophe,\n\nÉcrivez plutôt à contact@paie-facile.com si le sujet vous occupe.' },
  ],
  [
    'link',
    'another number',
    { body: 'Bonjour Christophe,\n\nVous pouvez m’appeler au 01 23 45 67 89 si le sujet vous occupe.' },
  ],
  [
    'link',
    'a script for a link',
    { body: 'Bonjour Christophe,\n\nTout est ici : javascript:alert(1) si le sujet vous occupe.' },
  ],
  [
    'link',
    'an address in disguise',
    { body: 'Bonjour Christophe,\n\nTout est expliqué sur paie-facile[.]com, si le sujet vous occupe.' },
  ],
  [
    'link',
    'an SMS with another number',
    {
      kind: 'sms',
      body: 'Bonjour Christophe, Claire Vasseur (Groupe Tessandre). Plus simple de vive voix ? 07 99 88 77 66.',
    },
  ],
  [
    'invented_contact',
    'a talk that never was',
    { body: 'Bonjour Christophe,\n\nSuite à notre échange, voici ma question : qui s’occupe du support ?' },
  ],
  [
    'invented_contact',
    'a call that never was',
    {
      body: 'Bonjour Christophe,\n\nSuite à notre appel, je vous propose d’avancer sur le support informatique.',
      exchanges: [wrote('in', 'email', 'Merci, à voir.')],
    },
  ],
  [
    'invented_contact',
    'a meeting that never was',
    {
      body: 'Bonjour Christophe,\n\nRavie de vous avoir rencontré la semaine dernière. Qui s’occupe du support ?',
    },
  ],
  [
    'invented_contact',
    'an agreement that never was',
    { body: 'Bonjour Christophe,\n\nComme convenu, je vous envoie ma question : qui s’occupe du support ?' },
  ],
  [
    'invented_contact',
    'an answer that never came',
    {
      body: 'Bonjour Christophe,\n\nMerci pour votre réponse. Qui s’occupe alors du support informatique ?',
      exchanges: [wrote('out', 'email', 'Qui fait la paie chez vous ?', 'Paie')],
    },
  ],
  [
    'invented_contact',
    'an earlier message that never was',
    {
      body: 'Bonjour Christophe,\n\nMon précédent message vous a peut-être échappé. Qui s’occupe du support ?',
    },
  ],
  [
    'invented_contact',
    'a return to somebody unknown',
    {
      body: 'Bonjour Christophe,\n\nJe reviens vers vous au sujet du support informatique : qui s’en occupe ?',
    },
  ],
  [
    'invented_contact',
    'an e-mail when there was only a message',
    {
      body: 'Bonjour Christophe,\n\nSuite à mon e-mail, une question plus simple : qui s’occupe du support ?',
      exchanges: [wrote('out', 'linkedin', 'Bonjour, échangeons ici ?')],
    },
  ],
  [
    'invented_contact',
    'a talk in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nAs discussed, here is my question: who looks after your support?',
    },
  ],
  [
    'invented_contact',
    'an e-mail in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nFollowing up on my last email with a smaller question: who looks after support?',
    },
  ],
  [
    'invented_contact',
    'a meeting in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nIt was great meeting you at the fair. Who looks after support today?',
    },
  ],
  [
    'invented_contact',
    'thanks for accepting, in an invitation',
    {
      kind: 'invitation',
      body: 'Bonjour Christophe, merci d’avoir accepté mon invitation. Qui s’occupe du support informatique ?',
    },
  ],
];
