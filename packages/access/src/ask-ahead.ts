import { getVariableValues, Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { credentialMay } from './caller.js';
import type { AccessDeclaration } from './disclosure.js';
import type { Operation } from './operation.js';
import { argumentsOf, fieldsWithin, type FieldInfo } from './selection.js';

/**
 * Asks the database for what a root field of a query will want before anybody resolves it: in the packet in which the
 * rights of the caller are asked for. It sends at once what it asks, and goes by the credential alone.
 */
export type AskAhead = (op: Operation, args: Readonly<Record<string, unknown>>, info: FieldInfo) => void;

/** A query as it was read, before its variables were looked at. */
export interface ReadQuery {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Asks ahead for each root field of a query that has something to ask, that is there once, and that the credential may
 * turn out to allow.
 * @param askers by the name of the root field.
 */
export function askAhead(
  op: Operation,
  askers: Readonly<Record<string, AskAhead>>,
  access: AccessDeclaration,
  { schema, document, operation, variables }: ReadQuery,
): void {
  if (!mayHaveOne(askers, document, operation)) return;
  const { coerced: variableValues } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // What is wrong with them is said where the query is run.
  if (!variableValues || !op.credential) return;
  const all = { schema, variableValues, fragments: fragmentsOf(document) };
  for (const [name, nodes] of Map.groupBy(fieldsWithin(all, operation.selectionSet), (node) => node.name.value)) {
    const [node, again] = nodes;
    const action = access.actions[`Query.${name}`];
    const ask = action && credentialMay(op.credential, action) ? askers[name] : undefined;
    // What is asked for more than once is read together, by those who resolve it.
    if (!ask || !node || again) continue;
    const info = { ...all, fieldNodes: [node] };
    const args = argumentsOf(info, 'Query', name);
    if (args) ask(op, args, info);
  }
}

/** By a glance at its names: most queries have nothing to ask ahead, and need not be understood twice. */
const mayHaveOne = (
  askers: Readonly<Record<string, AskAhead>>,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): boolean =>
  [operation, ...definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)].some(
    ({ selectionSet: { selections } }) =>
      selections.some((field) =>
        field.kind === Kind.FIELD ? Object.hasOwn(askers, field.name.value) : field.kind === Kind.INLINE_FRAGMENT,
      ),
  );

const fragmentsOf = ({ definitions }: DocumentNode): FieldInfo['fragments'] =>
  Object.fromEntries(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
