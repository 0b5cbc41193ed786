import type { Disclosure } from '@accord/access';

/** Its fields, by what decides whether a caller sees them. */
type Classes = Partial<Record<Disclosure | 'by action', string>>;

export interface ClassifiedType {
  readonly fields: Classes | 'envelope';
  /** The suite and the case that prove it. */
  readonly provenBy: readonly [file: string, title: string];
}
