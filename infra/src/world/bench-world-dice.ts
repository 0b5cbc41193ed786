/**
 * Choices made in SQL that are the same at every run: MD5 of a name and a number, whose hexadecimal digits are dice.
 * For what is too many to be made here and sent (`Random` makes the rest).
 */
const DIGITS = 4;

/** SQL: sixteen dice of `named`, a text. */
export const dice = (named: string): string => `md5(${named}) || md5('more ' || ${named})`;

/** SQL: from 0 to below 1, by one of sixteen dice in the column `dice`. */
export const thrown = (die: number): string =>
  `(('x' || substr(dice, ${die * DIGITS + 1}, ${DIGITS}))::bit(16)::int / 65536::float8)`;

/** SQL: a whole number from 0 to below `count`. */
export const pickedOf = (die: number, count: string): string => `floor(${thrown(die)} * ${count})::int`;

/** SQL: as `Random.pickSkewed`. */
export const skewedOf = (die: number, count: string): string => `floor(power(${thrown(die)}, 2.2) * ${count})::int`;

/** SQL: a UUID, version 4, of `named`. */
export const madeUpId = (named: string): string =>
  `overlay(overlay(md5(${named}) placing '4' from 13 for 1) placing '8' from 17 for 1)::uuid`;

/** SQL: one of these, as often as its weight says. */
export function weighted(die: number, weights: Readonly<Record<string, number>>): string {
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  let below = 0;
  const cases = Object.entries(weights).map(([value, weight]) => {
    below += weight / total;
    return `when ${thrown(die)} < ${below.toFixed(6)} then '${value}'`;
  });
  return `case ${cases.join(' ')} end`;
}
