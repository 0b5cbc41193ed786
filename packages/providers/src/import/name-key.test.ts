import { describe, expect, it } from '@jest/globals';
import { nameKey } from './name-key.js';

describe('nameKey', () => {
  it.each([
    ["Woodford Children's Services Ltd", 'Woodford Children’s Services Limited'],
    ['london borough of hillingdon', 'The London Borough of Hillingdon'],
    ['London Borough of Hammersmith & Fulham', 'LONDON BOROUGH OF HAMMERSMITH AND FULHAM'],
    ['Sure Start Fostering Agency  Limited', 'Sure Start Fostering Agency Limited '],
    ["St .Michael's Fellowship", "St. Michael's Fellowship"],
    ['Children Assisted in a Real Environment (care) Ltd', 'Children Assisted in a Real Environment (Care) Ltd.'],
    ['Chance Further Support CIC', 'Chance Further Support Community Interest Company'],
  ])('%s and %s are one', (first, second) => {
    expect(nameKey(first)).toBe(nameKey(second));
  });

  it.each([
    ['Heartwood RSL Ltd', 'Heartwood RSS Limited'],
    ['Solace Care Limited', 'Solace Care LLP'],
    ['Roxwell Care Ilford Limited', 'Roxwell Care Gidea Park Limited'],
    ['Q+', 'Q'],
    ['+', '-'],
  ])('%s and %s are two', (first, second) => {
    expect(nameKey(first)).not.toBe(nameKey(second));
  });

  it.each(['The', '...', 'Q+'])('"%s" has a key, too', (name) => {
    expect(nameKey(name)).not.toBe('');
  });
});
