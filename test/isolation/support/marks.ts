import { randomBytes } from 'node:crypto';

/** Words that stand nowhere else: each is the mark of one text, by which that text is found again. */
export class Marks<Name extends string> {
  readonly #words: ReadonlyMap<Name, string>;

  constructor(names: readonly Name[]) {
    this.#words = new Map(names.map((name) => [name, `quill${letters()}`]));
  }

  /** The word that is put into a text. */
  of(name: Name): string {
    const word = this.#words.get(name);
    if (word === undefined) throw new Error(`There is no mark ${name}.`);
    return word;
  }

  /** Whose words stand in what was captured: as they are, as hexadecimal digits, or in base64. */
  in(text: string): Name[] {
    return [...this.#words].filter(([, word]) => spellings(word).some((each) => text.includes(each))).map(([n]) => n);
  }
}

/** Letters alone: digits could be taken for somebody's number. */
const letters = (): string => [...randomBytes(16)].map((byte) => String.fromCodePoint(97 + (byte % 26))).join('');

function spellings(word: string): string[] {
  // In base64 a word looks in three ways, by where among three bytes it begins; its ends depend on its neighbours.
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.from(`${' '.repeat(before)}${word}`)
      .toString('base64url')
      .slice(4, 4 * Math.floor((before + word.length) / 3)),
  );
  return [word, Buffer.from(word).toString('hex'), ...inBase64];
}
