import type { Random } from './bench-world-random.js';

// Made-up words of three parts. Nothing is meant by them, and no company is called anything like it.
const BEGINNINGS = words(
  'Ald Bram Cald Dors Elm Fenn Gald Hext Ister Jask Kelm Lund Marl Norv Ostl Pelv Quil Rusk Selv Tamb Ulv Verd Wexl Yarv Zelm',
);
const MIDDLES = words('avo eni ilu omi ura ado efi igo oru uza');
const ENDINGS = words(
  'brack crane drift fold glade hask kettle lark mantle nook pike quay rill spindle thatch vane wharf yoke dapple moss',
);

/** So many different made-up words, in random order. */
export function madeUpWords(random: Random, count: number): string[] {
  const all = BEGINNINGS.flatMap((one) => MIDDLES.flatMap((two) => ENDINGS.map((three) => one + two + three)));
  if (count > all.length) throw new Error(`There are no more than ${all.length} made-up words.`);
  return random.some(all, count);
}

function words(text: string): string[] {
  return text.split(' ');
}
