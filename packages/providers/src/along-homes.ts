import type { Action, Operation } from '@accord/access';
import type { Select } from '@accord/persistence';

/** A field of `Home` that another feature answers, and that can come along with a page of homes, in their statement. */
export interface AlongHomes {
  readonly field: string;
  /** Who may be shown it; for others it is not read. */
  readonly action: Action;
  /** SQL: one JSON value of a home, as `e`; null where what is asked has to be read by itself. */
  select(args: Readonly<Record<string, unknown>>): Select | null;
  /** Keeps what was read for whoever answers the field. */
  keep(op: Operation, homeId: string, args: Readonly<Record<string, unknown>>, value: unknown): void;
}

/** Homes that come along with a provider `p`, in its statement. */
export interface HomesAlong {
  /** SQL: their rows as JSON. */
  readonly select: Select;
  /** Keeps what was read for whoever asks for that page. */
  keep(providerId: string, rows: unknown): void;
}

declare module '@accord/access' {
  interface Feature {
    readonly alongHomes?: AlongHomes;
  }
  interface Runtime {
    readonly alongHomes: readonly AlongHomes[];
  }
}
