import { newId, type ErrorCode } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import type { FlagFacts, ItemFacts, Scene } from './scene.js';
import { JUNIPERFIELD } from './world.js';

export type Variables = Record<string, unknown>;

/** Somebody by the name of a persona (`brent-placements`), or a machine by tenant and role (`camden PLACEMENTS`). */
type Who = string;

/** Why a kind of caller has no case: what is asked for is not shared, or not hidden from anybody. */
interface None {
  readonly none: string;
}

/** One operation: what is sent, and who gets how far with it. */
export interface OperationCase {
  /** `Type.field`, as access declarations write it. */
  readonly field: string;
  readonly document: string;
  /**
   * Made anew for each request. `facts` say what the flag is like that the operation is about; `caller` is whoever is
   * to get through, where it is about what is one person's own.
   */
  readonly variables: (
    scene: Scene,
    facts?: FlagFacts & ItemFacts,
    caller?: TestClient,
  ) => Promise<Variables> | Variables;
  readonly owner: Who;
  /** Somebody of another organisation with whom it is shared: gets through, or is refused with a code. */
  readonly sharedWith: Who | { readonly who: Who; readonly code: ErrorCode } | None;
  /** Somebody of another organisation from whom what it asks for is hidden. */
  readonly notShared: { readonly who: Who; readonly code: ErrorCode } | None;
  /** Somebody of the owner's organisation in a role that may not. */
  readonly wrongRole: Who;
}

export const PUBLIC: None = { none: 'the register and the organisations are open to every member of the alliance' };
export const OWN: None = { none: 'it reaches nothing but the caller’s own' };

export const key = newId;
export const hiddenFrom = (who: Who) => ({ who, code: 'NOT_FOUND' }) as const;

export const provider = { id: JUNIPERFIELD };

export const notTheOwners = { who: 'barnet-placements', code: 'FORBIDDEN' } as const;

export const look = (name: string, answer: string, args = '', variables: Variables = {}, pass = ''): OperationCase => ({
  field: `Query.${name}`,
  document: `query${args} { ${name}${pass} ${answer} }`,
  variables: () => variables,
  owner: 'brent-placements',
  sharedWith: 'camden DASHBOARD',
  notShared: PUBLIC,
  wrongRole: 'brent CARE_EXPERIENCED_VISITOR',
});

/** What everybody who is signed in may ask about themselves; of their own roles none is too few. */
export const own = (query: OperationCase): OperationCase => ({
  ...query,
  notShared: OWN,
  wrongRole: 'brent ALLIANCE_ADMIN',
});
