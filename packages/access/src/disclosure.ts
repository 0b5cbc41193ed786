import type { Action } from './action.js';

/**
 * What decides whether a caller sees a field of a row, once its first gate (the role) is passed. Every field
 * of the schema has one of these or an action; a schema with a field that has neither does not start.
 */
export const DISCLOSURES = {
  envelope: 'Holds other things and says nothing itself; what it holds follows its own rule.',
  members: 'Every member of the alliance.',
  caller: 'The caller alone.',
  tenant: "The caller's own organisation alone.",
  audience: 'The audience of what is shared: its owner and those it is shared with; null for anybody else.',
  existence: 'The audience, and boroughs that place there; they learn no more than this.',
  owner: 'Its owner alone; null for anybody else.',
  opened: 'Its owner; others of the audience where they open it, with a purpose, and are logged.',
  alliance: "The alliance's staff who may read its file; null for anybody else.",
  'owner-named': 'The audience, unless its owner chose to stay anonymous: then null for all but the owner.',
  published: 'Its owner; the audience of its visit once a second officer has published it.',
  agreed: 'Its owner; others of the audience where the visitor agreed to be named, or to show it.',
  group: 'The keeper of a group; its members, who see one another’s membership unless it hides them.',
  asked: 'The borough that asks for references, and those that it reached, each its own part; nobody else.',
  reference: 'The borough that answers and the one that asked; members under an agreement, where the first agrees.',
  parties: 'The borough that answers and the one that asked; null for anybody else.',
  figures: 'Every member, as a number of all: what is under five, or would give such a number away, is null.',
  declared: 'Its borough; other members where that borough declared its use, rounded to five.',
} as const;

export type Disclosure = keyof typeof DISCLOSURES;

/** The access of a feature's part of the schema: beside the feature, each rule once. */
export interface AccessDeclaration {
  /** Fields that ask for an action, as `Type.field`. All fields of Query, Mutation and Subscription are here. */
  readonly actions: Readonly<Record<string, Action>>;
  /** Every field of the other types: by field, or one word for a type that only holds others. */
  readonly types: Readonly<Record<string, 'envelope' | Readonly<Record<string, Disclosure>>>>;
}

/** Several fields that follow one rule. */
export const all = <D extends Disclosure, K extends string>(disclosure: D, ...fields: K[]): Record<K, D> =>
  Object.fromEntries(fields.map((field) => [field, disclosure])) as Record<K, D>;

export function mergeAccess(declarations: readonly AccessDeclaration[]): AccessDeclaration {
  const actions: Record<string, Action> = {};
  const types: Record<string, 'envelope' | Record<string, Disclosure>> = {};
  for (const declaration of declarations) {
    for (const [field, action] of Object.entries(declaration.actions)) {
      if (field in actions) throw new Error(`Two features declare the action of ${field}.`);
      actions[field] = action;
    }
    for (const [type, fields] of Object.entries(declaration.types)) {
      const known = types[type];
      // A feature may add fields to another's type (`Provider.flags`), and declares those that it adds.
      types[type] = fields === 'envelope' ? fields : { ...(known === 'envelope' ? {} : known), ...fields };
    }
  }
  return { actions, types };
}
