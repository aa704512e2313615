import type {
  CampaignMode,
  Channel,
  EnrolmentStatus,
  EventType,
  Language,
  MessageState,
  SuppressionKind,
} from '../model.ts';
import type { ModelCall } from '../ports/generation.ts';
import type { HoldReason, SkipReason, StopReason } from '../reasons.ts';

/** Words that the database keeps, as a person reads them. The same word means the same wherever it stands. */
type Kept =
  | Channel
  | CampaignMode
  | EnrolmentStatus
  | EventType
  | MessageState
  | SuppressionKind
  | ModelCall['purpose']
  | HoldReason
  | SkipReason
  | StopReason;

const FRENCH: Record<Kept, string> = {
  email: 'e-mail',
  sms: 'SMS',
  linkedin: 'LinkedIn',
  phone: 'téléphone',
  domain: 'domaine',
  siren: 'SIREN',
  live: 'envoi réel',
  rehearsal: 'répétition, rien n’est parti',
  active: 'en cours',
  paused: 'en pause',
  resumed: 'reprise',
  completed: 'terminé',
  stopped: 'arrêté',
  failed: 'échec',
  enrolled: 'inscription à une campagne',
  sent: 'envoyé',
  delivered: 'remis',
  opened: 'ouvert',
  clicked: 'lien suivi',
  accepted: 'invitation acceptée',
  connected: 'relation LinkedIn',
  not_found: 'profil introuvable',
  replied: 'réponse reçue',
  meeting: 'rendez-vous convenu',
  bounced: 'adresse inexistante',
  complained: 'signalé comme indésirable',
  opted_out: 'opposition à la prospection',
  blacklisted: 'inscrit sur la liste d’opposition',
  skipped: 'étape passée',
  undone: 'saisie annulée',
  held: 'en attente d’une personne',
  approved: 'texte approuvé',
  edited: 'texte modifié',
  rewritten: 'texte réécrit',
  declined: 'texte refusé à la relecture',
  rejected: 'refusé par le prestataire',
  uncertain: 'envoi incertain',
  draft: 'brouillon',
  awaiting_approval: 'à approuver',
  ready: 'prêt',
  sending: 'envoi en cours',
  awaiting_operator: 'à envoyer par une personne',
  expired: 'trop tard',
  cancelled: 'annulé',
  company_replied: 'un collègue a répondu',
  condition_stop: 'condition du scénario non remplie',
  removed: 'retiré par une personne',
  moved: 'passé dans une autre campagne',
  campaign_ended: 'campagne terminée',
  unreachable: 'aucune adresse utilisable',
  already_touched: 'étape déjà faite',
  already_connected: 'déjà en relation',
  condition_false: 'condition non remplie',
  no_address: 'pas d’adresse',
  no_consent: 'pas de consentement enregistré',
  channel_off: 'canal sans prestataire',
  address_rejected: 'adresse refusée',
  operator: 'à envoyer par une personne',
  approval: 'à approuver',
  missing_variable: 'donnée manquante',
  bad_template: 'modèle inutilisable',
  too_long: 'texte trop long',
  window_never_opens: 'aucun horaire autorisé',
  fault: 'erreur du logiciel',
  write: 'rédaction d’un message',
  repair: 'correction d’un message',
  rewrite: 'réécriture d’un message',
  disc: 'profil DISC supposé',
  batch: 'rédaction différée d’un message',
};

/** Sentences of ours that stand among reasons and sources. */
const FRENCH_SENTENCES = new Map([
  ['by hand', 'saisie manuelle'],
  ['asked in a message', 'demandé dans un message'],
  ['asked in a reply', 'demandé dans une réponse'],
  ['profile not found', 'profil introuvable'],
  ['connected already', 'déjà en relation'],
  ['had said no; their data are erased', 'opposition antérieure ; données effacées'],
  ['their data were erased at their request', 'données effacées à la demande de la personne'],
  ['Connections.csv', 'export LinkedIn'],
]);

const isKept = (word: string): word is Kept => Object.hasOwn(FRENCH, word);

/** A word or sentence of ours in their language; anything else, such as what a person typed, as it stands. */
export function label(text: string, language: Language): string {
  if (language === 'en') return isKept(text) ? text.replaceAll('_', ' ') : text;
  if (isKept(text)) return FRENCH[text];
  const from = /^from (.+)$/s.exec(text)?.[1];
  return FRENCH_SENTENCES.get(text) ?? (from === undefined ? text : `depuis la campagne ${from}`);
}
