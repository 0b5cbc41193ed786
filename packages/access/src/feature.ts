import type { EntityClass } from '@mikro-orm/core';
import type { Grants } from '@accord/persistence';
import type { AskAhead } from './ask-ahead.js';
import type { AccessDeclaration } from './disclosure.js';
import type { MergePart } from './merge-part.js';

/** What a feature brings to the house; the services compose them. */
export interface Feature {
  readonly name: string;
  readonly entities: EntityClass<object>[];
  // type-graphql takes resolver classes as bare functions.
  readonly resolvers: Function[];
  readonly access: AccessDeclaration;
  readonly grants: Grants;
  /** What its queries have asked for before they are resolved, by their names. */
  readonly askAhead?: Readonly<Record<string, AskAhead>>;
  /** What becomes of its rows when two providers are found to be one; left out by a feature without rows of a provider. */
  readonly merge?: MergePart;
  /** SQL of what the ORM's entities cannot express (views, functions), run once by the first migration. */
  readonly sql?: string;
}
