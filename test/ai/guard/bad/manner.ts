import type { Bad } from './form.ts';

/** Words and tone. */
export const BAD_MANNER: readonly Bad[] = [
  [
    'forbidden_word',
    'a word of the voice',
    { body: 'Bonjour Christophe,\n\nUne synergie est-elle possible entre nos équipes informatiques ?' },
  ],
  [
    'forbidden_word',
    'its plural',
    { body: 'Bonjour Christophe,\n\nQuelles synergies imaginez-vous entre nos équipes informatiques ?' },
  ],
  [
    'forbidden_word',
    'a phrase of the voice, in the plural',
    { body: 'Bonjour Christophe,\n\nNous avons des solutions clés en main pour la paie. Est-ce un sujet ?' },
  ],
  [
    'forbidden_word',
    'a feminine',
    {
      body: 'Bonjour Christophe,\n\nNotre approche disruptive de la paie vous intéresse-t-elle ?',
      voice: { words: { use: [], avoid: ['disruptive'] } },
    },
  ],
  [
    'forbidden_word',
    'advertising',
    { body: 'Bonjour Christophe,\n\nUne offre exceptionnelle vous attend sur la paie. Est-ce un sujet ?' },
  ],
  [
    'forbidden_word',
    'a place to click',
    {
      body: 'Bonjour Christophe,\n\nCliquez ici pour en savoir plus sur la paie : https://www.tessandre.example/',
    },
  ],
  [
    'forbidden_word',
    'the first of the market',
    { body: 'Bonjour Christophe,\n\nNous sommes le n°1 de la paie externalisée. Est-ce un sujet ?' },
  ],
  [
    'forbidden_word',
    'a hope that all is well',
    { body: 'Bonjour Christophe,\n\nJ’espère que vous allez bien. Qui s’occupe du support informatique ?' },
  ],
  [
    'forbidden_word',
    'the same in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nI hope this email finds you well. Who looks after your support?',
    },
  ],
  [
    'forbidden_word',
    'a word of the voice in English',
    { language: 'en', body: 'Hello Christophe,\n\nMay I circle back to you about payroll in a few months?' },
  ],
  [
    'forbidden_word',
    'superlatives',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nOur world-class service desk is a game changer. Who runs yours?',
    },
  ],
  [
    'address_form',
    'tu where vous is wanted',
    { body: 'Bonjour Christophe,\n\nComment est-ce que tu organises le support informatique ?' },
  ],
  [
    'address_form',
    'a possessive',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support de tes équipes aujourd’hui ?' },
  ],
  [
    'address_form',
    'an elided pronoun',
    { body: 'Bonjour Christophe,\n\nUne page peut t’aider à décrire le besoin. La veux-tu ?' },
  ],
  [
    'address_form',
    'an imperative',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support ? Dis-moi simplement un nom.' },
  ],
  [
    'address_form',
    'ton before a noun',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support dans ton atelier ?' },
  ],
  [
    'address_form',
    'vous where tu is wanted',
    {
      voice: { address: 'tu' },
      body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique de votre atelier ?',
      subject: 'Une question',
    },
  ],
  [
    'tone',
    'two exclamation marks',
    { body: 'Bonjour Christophe !\n\nUne question sur le support informatique ! Qui s’en occupe ?' },
  ],
  [
    'tone',
    'marks in a row',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez vous ??' },
  ],
  [
    'tone',
    'capitals',
    { body: 'Bonjour Christophe,\n\nIl est IMPORTANT de savoir qui s’occupe du support informatique.' },
  ],
  [
    'tone',
    'an emoji',
    { body: 'Bonjour Christophe,\n\nQui s’occupe du support informatique chez vous ? 🚀' },
  ],
  [
    'tone',
    'an emoticon',
    { kind: 'message', body: 'Bonjour Christophe, qui s’occupe du support informatique chez vous ? ;-)' },
  ],
  [
    'tone',
    'false urgency',
    {
      body: 'Bonjour Christophe,\n\nIl ne reste que quelques places ce mois-ci pour un diagnostic. Est-ce un sujet ?',
    },
  ],
  [
    'tone',
    'a last chance',
    {
      subject: 'Dernière chance pour votre paie',
      body: 'Bonjour Christophe,\n\nQui établit les bulletins dans votre entreprise ?',
    },
  ],
  [
    'tone',
    'urgency in English',
    { language: 'en', body: 'Hello Christophe,\n\nTime is running out to change your payroll. Who decides?' },
  ],
  [
    'tone',
    'a reproach',
    { body: 'Bonjour Christophe,\n\nVous n’avez pas répondu à ma question sur le support informatique.' },
  ],
  [
    'tone',
    'a reproach with its emails',
    {
      body: 'Bonjour Christophe,\n\nMalgré mes relances, je ne sais pas qui s’occupe du support informatique.',
    },
  ],
  [
    'tone',
    'a reproach in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nYou haven’t replied to my question about support. Who should I ask?',
    },
  ],
  [
    'tone',
    'servility',
    {
      body: 'Bonjour Christophe,\n\nVraiment désolée de vous déranger, mais qui s’occupe du support informatique ?',
    },
  ],
  [
    'tone',
    'precious time',
    {
      body: 'Bonjour Christophe,\n\nJe ne vous prendrai pas de votre précieux temps : qui s’occupe du support ?',
    },
  ],
  [
    'tone',
    'servility in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nSorry to bother you, I know you are very busy. Who looks after support?',
    },
  ],
  [
    'tone',
    'flattery',
    {
      body: 'Bonjour Christophe,\n\nVotre parcours est impressionnant. Qui s’occupe du support informatique ?',
    },
  ],
  [
    'tone',
    'admiration',
    { body: 'Bonjour Christophe,\n\nJ’admire ce que fait Mécanique du Forez. Qui s’occupe du support ?' },
  ],
  [
    'tone',
    'flattery in English',
    {
      language: 'en',
      body: 'Hello Christophe,\n\nI am really impressed by your amazing career. Who looks after support?',
    },
  ],
];
