const ADDRESS = /[^\s"'<>()[\]{},;:\\=]+(?:@|%40)[^\s"'<>()[\]{},;:\\]+/gi;
const PROFILE = /(linkedin\.com\/in\/)[^\s"'<>()[\]{},;:\\?#]+/gi;
/** As providers write them, or as people do in France. Shorter ones are codes, days and counts. */
const NUMBER = /\+?\d{9,}|\b0\d(?:[ .-]?\d\d){4}\b/g;

/**
 * The text without e-mail addresses, numbers and profiles, whoever's they are: for what is kept where no erasure looks.
 * Providers name whom they refuse.
 */
export const namingNobody = (text: string): string =>
  text.replace(ADDRESS, '…').replace(PROFILE, '$1…').replace(NUMBER, '…');
