/**
 * Words that say the same thing in a cell and in a sentence, in French and English, by their beginnings: a `DAF` leads
 * the finances, a `Head of procurement` runs the achats.
 */
const CONCEPTS: readonly (readonly string[])[] = [
  'daf cfo financ compta account tresor treasur gestion'.split(' '),
  'rh drh rrh hr humain human people talent paie payroll'.split(' '),
  'dsi cio informat system si it digit numer infra tech'.split(' '),
  'dg pdg ceo gerant president dirig direct patron tete head lead manag run chief owner fondat found associ charge responsab pilot'.split(
    ' ',
  ),
  'commerc sales vent vend develop client customer'.split(' '),
  'market communic marque brand'.split(' '),
  'achat achet purchas procure sourc buy approvis supplier fourniss'.split(' '),
  'industr produc usin atelier factor plant manufact fabri workshop'.split(' '),
  'mecan mechan machin usinag metal decoll engineering'.split(' '),
  'qualit hse qse qhse securit safety environ'.split(' '),
  'logist supply transport entrepot warehous livrais deliver freight'.split(' '),
  'technic techn cto engin ingeni bureau'.split(' '),
  'effectif salari collaborat personn employ staff headcount headcnt people user utilisat workforce'.split(
    ' ',
  ),
  'chiffre revenu turnover ca'.split(' '),
  'jurid legal avocat lawyer law droit contentieux'.split(' '),
  'construct batim btp build chantier travaux'.split(' '),
  'sante health medic clini hopit hospit soin pharma'.split(' '),
  'agro aliment food boulang restaur'.split(' '),
  'logiciel software edit saas applic'.split(' '),
  'assur insur mutuel'.split(' '),
  'banqu bank'.split(' '),
  'immobil estate property'.split(' '),
  'format train learn ecole school'.split(' '),
  'operat coo exploit'.split(' '),
  'conseil consult advis'.split(' '),
  'site usine implant locat locaux'.split(' '),
  'ouvr ouver inaugur open'.split(' '),
  'recrut embauch hiring hired hires'.split(' '),
  'leve levee levees funding raised raise raises raising round'.split(' '),
  'lance lanc launch'.split(' '),
  'nomm nomin promu promot appoint poste'.split(' '),
  'acqui rach rachat bought merg fusion'.split(' '),
  'publi post posts article interv conferenc talk tribune'.split(' '),
  'demenag moved move moves relocat installe'.split(' '),
  'croissanc grow expan agrandi'.split(' '),
  'certif'.split(' '),
  'prix award laureat remport won win winning'.split(' '),
  'rappel call'.split(' '),
  'moyen averag mean'.split(' '),
  'heure hour'.split(' '),
  'ouvre ouvree ouvres ouvrees working office'.split(' '),
  'renouvel renew'.split(' '),
  'contrat contract'.split(' '),
  'centre center service'.split(' '),
  'secteur industry activite trade'.split(' '),
  'lieu ville city town region'.split(' '),
];

const STEM = 5;
const cache = new Map<string, readonly string[]>();

/** What a word stands for: its own stem, and the concepts it belongs to. */
export function meaningsOf(word: string): readonly string[] {
  const known = cache.get(word);
  if (known) return known;
  const meanings = [word.slice(0, STEM)];
  for (const [index, beginnings] of CONCEPTS.entries())
    if (
      beginnings.some((beginning) => (beginning.length < 4 ? word === beginning : word.startsWith(beginning)))
    )
      meanings.push(`#${index}`);
  if (cache.size > 20_000) cache.clear();
  cache.set(word, meanings);
  return meanings;
}
