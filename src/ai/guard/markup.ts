import type { Finding } from './finding.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

/** Markdown, HTML, code and JSON, which a plain text shows as they are. */
const MARKS: readonly RegExp[] = [
  /\*\*|~~|```|`[^`\n]+`|(?<![\p{L}\p{N}*])\*[^*\s][^*\n]*\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}_])_[^_\s][^_\n]*_(?![\p{L}\p{N}])/gu,
  /^[ \t]*(?:#{1,6}[ \t]|>[ \t]|[*+•▪●◦‣][ \t]|\|.*\||-{3,}|={3,}|\*{3,})/gmu,
  /\[[^[\]\n]{0,200}\]\([^()\n]{0,300}\)/gu,
  /<\/?(?:a|b|p|i|u|br|div|em|strong|span|html|body|ul|ol|li|h[1-6]|img|script|facts|task|exchanges)\b[^<>]*>|<!--/giu,
  /&(?:nbsp|amp|lt|gt|quot|laquo|raquo|eacute|#x?\d+);/giu,
  /\\[nrt"](?![\p{L}])|\\u[0-9a-f]{4}|\\n/giu,
  /"(?:subject|body|claims|statement|fact)"\s*:|^[ \t]*[{}[\]]+,?[ \t]*$/gmu,
];
/** Invisible signs, direction marks, and letters that only look like ours. */
const HIDDEN =
  /[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad\ufff9-\uffff]|(?<!\p{Extended_Pictographic}\ufe0f?)\u200d|[\u{e0000}-\u{e007f}\u{1d400}-\u{1d7ff}]|[\ue000-\uf8ff]|(?!\n|\r|\t)\p{Cc}/gu;
const MIXED_SCRIPT =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/gu;

/** What a model says of itself, of its task, or around the message. */
const ABOUT_ITSELF = anyOf(
  "en tant qu'(?:ia|intelligence artificielle|assistante?|modele)|as an? (?:ai|assistant|language model|llm)|modele de langage|language model|intelligence artificielle generative",
  "(?:voici|voila|ci-dessous) (?:le|un|une|votre|ma|la|mon) (?:proposition de |version (?:de|du) |projet de |nouvelle version )?(?:message|e-mail|mail|texte|sms|version|brouillon|proposition|reponse|json|note d'invitation|invitation)(?! (?:que|qui))",
  "here(?:'s| is) (?:the|a|an|your|my) (?:[a-z]+ )?(?:message|e-?mail|text|draft|version|note|invitation|json|sms|response|answer)(?! (?:i|that|we))",
  "(?:selon|d'apres|conformement a|based on|according to|per) (?:les |la |le |the |your |mes |vos |my )?(?:(?:donnees|informations?|data) (?:fournies?|disponibles|connues|provided|given|available)|faits|instructions|consignes|facts|prompt|brief)",
  '(?:mes|ces|tes|toutes les) (?:instructions|consignes)|(?:instructions|consignes) (?:precedentes|systeme|ci-dessus|recues)|(?:my|these|previous|prior|all previous|the above|system) (?:instructions|prompt)|prompt systeme|system prompt|ignore(?:z)? (?:les |toutes les |mes |tes |all |previous |the |your |my )*(?:consignes|instructions|regles|rules|faits|facts)',
  '(?:chatgpt|openai|anthropic|gpt-?\\d)',
  "je (?:ne peux pas|ne suis pas en mesure de|suis incapable de) (?:rediger|ecrire ce|generer|produire|inventer)|i (?:can't|cannot|am unable to|am not able to) (?:write|draft|generate|produce|create|help|comply)",
  "(?:n'hesitez pas a|feel free to) (?:modifier|adapter|personnaliser|adjust|edit|customi[sz]e|tweak)",
  '(?:le |the )?(?:fait|fact) (?:fourni|provided|custom|company)|custom\\.[a-z_]+|sender\\.[a-z]+|voice\\.(?:proof|offer)[a-z.0-9]*|opt_out|first_name|last_name',
);
/** What the program adds below a text, and what no message has: a way out, an attachment. */
const ADDED = anyOf(
  "(?:pour )?(?:ne plus (?:recevoir|etre contactee?)|vous desinscrire|vous desabonner|se desabonner|se desinscrire)|desinscription|desabonnement|repondez (?:simplement )?[«\"' ]*stop|stop au \\d+|origine de (?:vos|votre) (?:coordonnees|donnees|adresse)|vos (?:coordonnees|donnees) (?:personnelles )?(?:proviennent|viennent|ont ete|sont issues)|droit d'(?:opposition|acces)|conformement (?:au rgpd|a la (?:loi|reglementation))",
  '(?:to )?(?:unsubscribe|opt[ -]out|stop receiving)|reply (?:with )?[«"\' ]*stop|no longer (?:wish|want) to (?:receive|hear)|your (?:contact )?(?:details|data) (?:come|came|were|are taken)|under the gdpr',
  "(?:vous trouverez )?(?:ci-joint|ci-jointe|ci-joints|ci-jointes|en piece jointe|en pj|en annexe)|pieces? jointes?|(?:le |la |ce |cette )?(?:document|plaquette|page|fichier|fiche) joint[es]*|(?:please find |find |see |is |are |i have |i've |the )attached|attachment|attached (?:is|are|you|please|to)",
  '(?:le |les |ce |via le |un )?liens? (?:ci-dessous|suivant|en bas|ci-apres)|(?:the )?link (?:below|in my signature)|links below|voir ci-dessous',
);
/** How we sort and describe people, and with what, is no matter of theirs. */
const OURSELVES = anyOf(
  "(?:profil|style|type|temperament) (?:disc|[disc](?![a-z'])|dominant|influent|consciencieux|rouge|vert|bleu|jaune)(?! (?:de|des|en)\\b)|(?:disc|[disc]) (?:profile|style|type)|(?:dominant|conscientious|influential) (?:profile|style|type)",
  "(?:redigee?|ecrite?|generee?|envoyee?|produite?)s? (?:de facon |de maniere )?(?:automatiquement|automatique|par (?:un |une |l')?(?:ia|assistante?|intelligence|robot|outil|logiciel|algorithme|modele))|message automatique|(?:automatically|auto-?) ?(?:written|generated|sent|drafted)|(?:written|generated|drafted|sent) (?:automatically|by an? (?:ai|assistant|tool|bot|software|model))",
  "je (?:n'ai|ne dispose|ne possede|n'ai trouve) (?:pas|aucune?|pas encore|guere|que peu)(?: d'| de |d'| )?(?:beaucoup d')?(?:informations?|donnees|elements?|precisions?)|i (?:have|had|found) (?:no|little) (?:information|data|details)|i (?:don't|do not) have (?:any |much |enough )?(?:information|data|details)",
  '(?:prospects?|leads?|contacts?) (?:chaud|tiede|froid|qualifie|prioritaire)e?s?|(?:hot|warm|cold|qualified) (?:leads?|prospects?)|(?:notee?|classee?|scoree?|qualifiee?|etiquetee?)s? comme|lead scor(?:e|ing)|notre (?:crm|base de (?:donnees|prospects|contacts)|fichier (?:client|prospect)s?)|our (?:crm|prospect list|lead list)',
);
const LABELS =
  /^[ \t]*(?:objet|sujet|subject|corps|body|message|texte|sms|note|variante ?\d?|version ?\d?|option ?\d|e-?mail|p\.?-?s\.? interne|signature) ?: ?/gm;
const COUNTED =
  /[([]\s*(?:environ |about |~)?\d+ (?:signes|caracteres|mots|characters|chars|words)[^)\]]*[)\]]/g;
const EAGER =
  /^\s*(?:bien sur|certainement|absolument|d'accord|avec plaisir|parfait|sure|certainly|absolutely|of course|okay|great) ?[!,:]/g;

const MAY_BE_MARKUP = /[*_~`#>|<&\\"{}[\]=+•▪●◦‣-]/;
/** Signs of no French or English text. */
const UNUSUAL = /[^\n\r\t -~\u00a0-\u024f\u2010-\u2027\u202f-\u203a€ﬀ-ﬆ]|\u00ad/u;

/** Plain words only: no markup, nothing hidden, nothing about the writing of it. Looked for before anything is tidied. */
export const markupRule: Rule = ({ subject, raw, rawPlain }) => {
  const find = (text: string, pattern: RegExp, what: string): Finding[] =>
    each('markup', text, pattern, (found) => `${quote(found)}: ${what}`);
  const bodyPlain = subject === null ? rawPlain : rawPlain.slice(rawPlain.indexOf('\n') + 1);
  return [
    ...(MAY_BE_MARKUP.test(raw) ? MARKS.flatMap((mark) => find(raw, mark, 'markup in a plain text')) : []),
    ...(UNUSUAL.test(raw) ? hidden(raw) : []),
    ...find(rawPlain, ABOUT_ITSELF, 'a remark about the writing'),
    ...find(rawPlain, ADDED, 'added by the program, or by nobody'),
    ...find(rawPlain, OURSELVES, 'how we work is no matter of the reader'),
    ...find(rawPlain, COUNTED, 'a remark about the writing'),
    ...find(bodyPlain, LABELS, 'a label in the text'),
    ...find(bodyPlain, EAGER, 'an answer to the task'),
  ];
};

const hidden = (raw: string): Finding[] => [
  ...each('markup', raw, HIDDEN, (found) => `an invisible or foreign sign (U+${hex(found)})`),
  ...each('markup', raw, MIXED_SCRIPT, (found) => `${quote(found)}: letters of two scripts`),
];

const hex = (sign: string): string => (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
