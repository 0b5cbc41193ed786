import { badInput } from '@accord/kernel';
import { Regulator } from './vocabulary.js';

interface Format {
  readonly pattern: RegExp;
  readonly expected: string;
}

const COMPANY_NUMBER: Format = {
  pattern: /^([0-9]{8}|[A-Z]{2}[0-9]{6}|IP[0-9]{5}R|RS[0-9]{5}[A-Z])$/,
  expected: 'a Companies House number has eight characters: 01234567, or two letters and six digits such as OC301234',
};

const POSTCODE: Format = {
  pattern: /^(GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})$/,
  expected: 'a postcode looks like HA9 6BZ',
};

const REFERENCE: Record<Regulator, Format> = {
  [Regulator.OFSTED]: {
    pattern: /^(SC[0-9]{6}|[0-9]{7})$/,
    expected: 'an Ofsted URN is SC and six digits, or seven digits: SC123456 or 2612013',
  },
  [Regulator.CQC]: {
    pattern: /^[A-Z0-9-]{2,20}$/,
    expected: 'a CQC id looks like 1-112588858: 2 to 20 capitals, digits and hyphens',
  },
};

/** Upper case, without spaces, padded with zeros as Companies House writes it. @throws `BAD_USER_INPUT`. */
export function companyNumber(path: string, text: string): string {
  const bare = text.replaceAll(/\s/g, '').toUpperCase();
  return checked(path, /^[0-9]{6,7}$/.test(bare) ? bare.padStart(8, '0') : bare, COMPANY_NUMBER);
}

/** Upper case, one space before the last three characters. @throws `BAD_USER_INPUT`. */
export function postcode(path: string, text: string): string {
  const bare = text.replaceAll(/\s/g, '').toUpperCase();
  return checked(path, bare.replace(/(...)$/, ' $1'), POSTCODE);
}

/** A registration's number with a regulator. @throws `BAD_USER_INPUT`. */
export function registrationReference(path: string, regulator: Regulator, text: string): string {
  return checked(path, text.replaceAll(/\s/g, '').toUpperCase(), REFERENCE[regulator]);
}

function checked(path: string, value: string, format: Format): string {
  if (format.pattern.test(value)) return value;
  throw badInput(path, `"${value}" cannot be right: ${format.expected}.`);
}
