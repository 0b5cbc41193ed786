import type { EntityClass } from '@mikro-orm/core';
import type { Grants } from '@accord/persistence';
import type { AccessDeclaration } from './disclosure.js';

/** What a feature brings to the house; the services compose them. */
export interface Feature {
  readonly name: string;
  readonly entities: EntityClass<object>[];
  // type-graphql takes resolver classes as bare functions.
  readonly resolvers: Function[];
  readonly access: AccessDeclaration;
  readonly grants: Grants;
  /** SQL of what the ORM's entities cannot express (views, functions), run once by the first migration. */
  readonly sql?: string;
}
