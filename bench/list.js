// A French prospect list as sales ops have them, with its dirt: the same bytes for the same number of rows.

import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync } from 'node:fs';

const FIRST =
  words(`Camille Éloïse Jean-Baptiste Thomas Zoé Mathilde François Agnès Hervé Loïc Anaïs Benoît Chloé Raphaël Inès
  Maël Noémie Stéphane Céline Jérôme Gaëlle Grégoire Aurélie Étienne Clémence Théo Solène Yann Marie-Laure Rémi`);
const LAST =
  words(`Lefèvre Müller D’Angelo Garçon Benoît-Durand Ménard Gauthier Bélanger Desprès Île Châtelain Faÿ Rouvière
  Le-Goff Guérin Lemaître Noël Périer Saint-Éloi Vasseur Quéré Barthélemy Thévenot Jaouen Crépin Maréchal`);
const FIRMS =
  words(`Menuiserie Transports Ateliers Fonderie Cidrerie Imprimerie Clinique Conserverie Tôlerie Charpentes
  Verrerie Laiterie Papeterie Brasserie Cartonnage`);
const KINDS = ['SAS', 'SARL', 'SA', '& Fils', 'Groupe', 'Ouest', 'France', 'Services; Conseil'];
const JOBS = [
  'Directrice générale',
  'Gérant',
  'Responsable des achats',
  'DSI',
  'Directeur commercial',
  'Présidente',
  'Responsable "méthodes"',
  'Chef de projet, export',
  'Office manager',
  'Directeur d’usine',
];
const CITIES = [
  ['Nantes', '44000'],
  ['Saint-Étienne', '42000'],
  ['Besançon', '25000'],
  ['Orléans', '45000'],
  ['Mâcon', '71000'],
  ['Bourg-en-Bresse', '01000'],
  ['Strasbourg', '67000'],
  ['Fort-de-France', '97200'],
  ['Évry', '91000'],
  ['Lyon 3e', '69003'],
];
const FAIRS = ['Batimat 2025', 'SIANE', 'Global Industrie', 'SEPEM Douai', ''];
const HEADER =
  'Prénom;Nom;E-mail;Téléphone;Portable;Société;Fonction;Profil LinkedIn;Ville;Code postal;SIREN;Salon';

function words(text) {
  return text.split(/\s+/);
}

/** Writes the list once; a list of that size that is there already is taken as it is. */
export async function makeList(path, rows) {
  if (existsSync(path)) return;
  const file = createWriteStream(`${path}.part`);
  const random = mulberry32(20_261_123);
  let text = `${HEADER}\r\n`;
  for (let index = 1; index <= rows; index += 1) {
    text += line(index, random);
    if (text.length < 1 << 16) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
  renameSync(`${path}.part`, path);
}

/** Every 97th row repeats an earlier person, so that merging has its work. */
function line(index, random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const some = (share, text) => (random() < share ? text : '');
  const who = index % 97 === 0 ? index - 41 : index;
  const [first, last] = [FIRST[who % FIRST.length], LAST[who % LAST.length]];
  const slug = `${plain(first)}-${plain(last)}-${who.toString(36)}`;
  const firm = `${FIRMS[who % FIRMS.length]} ${LAST[(who * 7) % LAST.length]}`;
  const host = `${plain(firm)}-${Math.floor(who / 4)}.example`;
  const [city, zip] = pick(CITIES);
  const cells = [
    recased(first, random),
    recased(last, random),
    some(0.92, email(`${plain(first)}.${plain(last)}${who % 4}@${host}`, random)),
    some(0.55, phone('1', who, random)),
    some(0.45, phone('6', who, random)),
    `${firm} ${pick(KINDS)}`,
    some(0.9, pick(JOBS)),
    some(0.7, profile(slug, random)),
    city,
    zip,
    some(0.8, siren(who)),
    pick(FAIRS),
  ];
  return `${cells.map(cell).join(';')}\r\n`;
}

const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();

function recased(name, random) {
  const roll = random();
  return roll < 0.12
    ? name.toUpperCase()
    : roll < 0.17
      ? name.toLowerCase()
      : roll < 0.2
        ? ` ${name} `
        : name;
}

function email(address, random) {
  const roll = random();
  if (roll < 0.005) return address.replace('@', ' at ');
  return roll < 0.08 ? address.toUpperCase() : roll < 0.1 ? `${address} ` : address;
}

/** As people type them; one in a hundred as Excel leaves them behind. */
function phone(first, who, random) {
  const digits = `${first}${String(10_000_000 + ((who * 7919) % 89_999_999))}`;
  const pairs = `0${digits}`.match(/../g);
  const roll = random();
  if (roll < 0.01) return `${digits.slice(0, 4)}E+08`;
  if (roll < 0.45) return pairs.join(' ');
  if (roll < 0.6) return pairs.join('.');
  return roll < 0.8 ? `0${digits}` : `+33 ${digits[0]} ${digits.slice(1)}`;
}

function profile(slug, random) {
  const roll = random();
  if (roll < 0.6) return `https://www.linkedin.com/in/${slug}`;
  return roll < 0.8 ? `linkedin.com/in/${slug}/` : `https://fr.linkedin.com/in/${slug}?originalSubdomain=fr`;
}

/** Eight digits and the ninth that makes Luhn's sum come out. */
function siren(who) {
  const head = String(30_000_000 + Math.floor(who / 4)).slice(0, 8);
  const sum = [...head].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${head}${(10 - (sum % 10)) % 10}`;
}

const cell = (text) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Chance with a seed, in [0, 1): Tommy Ettinger's mulberry32 (public domain). */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
