/**
 * A name without what spelling makes of it: "The Woodford Children’s Services Ltd." and
 * "Woodford Childrens services Limited" are one. The form of the company stays: a Limited and an LLP are two.
 */
export function nameKey(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    // Dropped and not split at: "St .Michael's", "I.M.P.A.C.T".
    .replaceAll(/['‘’`.]/g, '')
    .split(/[^\p{L}\p{N}+]+/u)
    .filter((word) => word !== '')
    .map((word) => COMPANY_FORM[word] ?? word);
  const key = (words[0] === 'the' && words.length > 1 ? words.slice(1) : words)
    .join(' ')
    .replace('community interest company', 'cic');
  // A name without a letter or digit stands for itself.
  return key === '' ? name.trim() : key;
}

const COMPANY_FORM: Readonly<Record<string, string>> = { ltd: 'limited', co: 'company' };
