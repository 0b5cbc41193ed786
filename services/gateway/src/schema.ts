import 'reflect-metadata';
import { guardSchema } from '@accord/access';
import { createPubSub } from '@graphql-yoga/subscription';
import { assertValidSchema, getNullableType, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ACCESS, FEATURES } from './features.js';

let guarded: GraphQLSchema | undefined;

/**
 * The schema of all features behind the first gate. Made once in a process, because it depends on the code alone
 * and takes longer than all else that a gateway does to start.
 * @throws Error when a field has no access rule: such a schema does not start.
 */
export function createSchema(): GraphQLSchema {
  guarded ??= guardSchema(createBareSchema(), ACCESS);
  return guarded;
}

/** The schema without its gate, to print. */
export function createBareSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: FEATURES.flatMap((feature) => feature.resolvers) as NonEmptyArray<Function>,
    // Inputs are checked by the services, which know what to say.
    validate: false,
    // Only what a resolver returns is in the schema; base types are not.
    orphanedTypes: [],
    // Asked for by type-graphql and never used: events come from the outbox.
    pubSub: createPubSub(),
    // It would ask the schema everything about itself to find out whether it holds; below it is asked just that.
    skipCheck: true,
  });
  describeRoots(schema);
  // One root field that is refused answers null and leaves its siblings theirs: without this the whole answer
  // would be null, those after it would not run, and nobody would know which had been kept.
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
    field.type = getNullableType(field.type);
  assertValidSchema(schema);
  return schema;
}

/** The roots are gathered from all features, so no resolver can describe them. */
function describeRoots(schema: GraphQLSchema): void {
  const words = {
    Query: 'What can be asked. Every answer is of one moment, and of what the caller may know.',
    Mutation: 'What can be done. Each field is kept or refused for itself; a refused one is null.',
    Subscription: 'What one is told of as it happens.',
  };
  for (const [name, description] of Object.entries(words)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
}
