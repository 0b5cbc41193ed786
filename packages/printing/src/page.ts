/** A question of a form with what was said to it; nothing said leaves room to write. */
export interface Question {
  readonly label: string;
  /** In small letters behind the label. */
  readonly note: string | null;
  readonly said: readonly string[];
}

export type PagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly heading: string; readonly lines: readonly string[] }
  | { readonly kind: 'questions'; readonly heading: string; readonly questions: readonly Question[] }
  /** Of each row the first cell is its head. */
  | { readonly kind: 'facts'; readonly heading: string; readonly rows: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'table';
      readonly heading: string;
      readonly columns: readonly string[];
      /** As many cells as there are columns. */
      readonly rows: readonly (readonly string[])[];
    };

/** What stands on a page to be printed. All of it is plain text, in which a line break is one. */
export interface Page {
  /** Stands above and below, in a PDF on each sheet. */
  readonly marking: string;
  readonly title: string;
  readonly parts: readonly PagePart[];
}
