import { forbidden } from '@accord/kernel';
import { isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { applyMiddleware, type IMiddlewareFunction, type IMiddlewareTypeMap } from 'graphql-middleware';
import { rule, shield } from 'graphql-shield';
import { ACTIONS, type Action } from './action.js';
import { callerMay } from './caller.js';
import type { AccessDeclaration } from './disclosure.js';
import type { Operation } from './operation.js';

/**
 * Puts the first gate on a schema: graphql-shield on every field that asks for an action, and a savepoint
 * around every mutation.
 *
 * Fields without an action are declared by their disclosure and stay unwrapped: a wrapper around each leaf
 * costs four fifths of the throughput of a large list (infra/decisions/0005-shield.md).
 * @throws Error naming every field that has no rule, and every rule that has no field.
 */
export function guardSchema(schema: GraphQLSchema, access: AccessDeclaration): GraphQLSchema {
  const wrong = undeclared(schema, access);
  if (wrong.length > 0) throw new Error(`The schema does not start:\n  ${wrong.join('\n  ')}`);
  const tree: Record<string, Record<string, ActionRule>> = {};
  for (const [field, action] of Object.entries(access.actions)) {
    const [type, name] = field.split('.') as [string, string];
    tree[type] = { ...tree[type], [name]: ruleOf(action) };
  }
  const gate = shield(tree, { allowExternalErrors: true }).generate(schema) as Record<string, IMiddlewareTypeMap>;
  const guarded: Record<string, IMiddlewareTypeMap> = {};
  for (const [type, fields] of Object.entries(tree)) {
    guarded[type] = pick(gate[type] ?? {}, Object.keys(fields));
  }
  const savepoint: IMiddlewareFunction<unknown, Operation> = (resolve, root, args, op, info) =>
    op.rootField(() => resolve(root, args, op, info) as Promise<unknown>);
  guardSubscribing(schema, access);
  return applyMiddleware(schema, guarded, { Mutation: savepoint });
}

/** Shield asks at each event; whoever may not receive any must not get as far as an open stream. */
function guardSubscribing(schema: GraphQLSchema, access: AccessDeclaration): void {
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const action = access.actions[`Subscription.${field.name}`];
    const { subscribe } = field;
    if (action === undefined || !subscribe) continue;
    field.subscribe = async (root, args, op: Operation, info): Promise<unknown> => {
      if (!callerMay(await op.caller(), action)) throw refusal(action);
      return subscribe(root, args, op, info);
    };
  }
}

/** What `shield` generates wraps every field of a type that it meets; only those in the tree are kept. */
const pick = (fields: IMiddlewareTypeMap, names: readonly string[]): IMiddlewareTypeMap =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));

type ActionRule = ReturnType<typeof actionRule>;

const rules = new Map<Action, ActionRule>();

/** One rule per action: shield tells rules apart by their names. */
function ruleOf(action: Action): ActionRule {
  const known = rules.get(action) ?? actionRule(action);
  rules.set(action, known);
  return known;
}

/** Asked anew for every field and operation: a shield cache would outlive neither, but says so less plainly. */
const actionRule = (action: Action) =>
  rule(action, { cache: 'no_cache' })(async (_parent, _args, op: Operation) => {
    try {
      return callerMay(await op.caller(), action) || refusal(action);
    } catch (error) {
      return error as Error;
    }
  });

export const refusal = (action: Action): Error =>
  forbidden(`Your roles do not allow this: ${ACTIONS[action].words.toLowerCase()}.`);

const ROOTS = new Set(['Query', 'Mutation', 'Subscription']);

/** Every field of the schema that has no rule, and every rule whose field is not there. */
export function undeclared(schema: GraphQLSchema, access: AccessDeclaration): string[] {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const type of objectTypes(schema)) {
    const disclosures = access.types[type.name];
    for (const name of Object.keys(type.getFields())) {
      const field = `${type.name}.${name}`;
      seen.add(field);
      const hasAction = access.actions[field] !== undefined;
      const hasDisclosure = !ROOTS.has(type.name) && (disclosures === 'envelope' || disclosures?.[name] !== undefined);
      if (!hasAction && !hasDisclosure) wrong.push(`${field} has no access rule`);
    }
  }
  for (const field of Object.keys(access.actions))
    if (!seen.has(field)) wrong.push(`${field} is declared and not there`);
  for (const [type, fields] of Object.entries(access.types)) {
    if (fields === 'envelope') {
      if (!schema.getType(type)) wrong.push(`${type} is declared and not there`);
      continue;
    }
    for (const name of Object.keys(fields))
      if (!seen.has(`${type}.${name}`)) wrong.push(`${type}.${name} is declared and not there`);
  }
  return wrong;
}

export const objectTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );
