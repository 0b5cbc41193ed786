/** One request of the rotation, without its cursor, which each server gives itself. */
export interface Question<V extends object> {
  readonly words: string;
  readonly variables: V;
  /** Asked after so many pages before it, with the last one's cursor. */
  readonly pagesBefore: number;
}

export interface Answer<T> {
  /** What all of them must say alike. */
  readonly said: T;
  readonly endCursor: string | null;
}

/** How one of the servers that are compared is asked, and how its answer is read. */
export interface Contestant<V extends object, T> {
  readonly name: string;
  body(variables: V): string;
  read(text: string): Answer<T>;
}

export type ServerName = 'gateway' | 'handWritten' | 'postgraphile';

/** One for each server that can be asked. */
export type Contestants<V extends object, T> = Readonly<Partial<Record<ServerName, Contestant<V, T>>>>;
