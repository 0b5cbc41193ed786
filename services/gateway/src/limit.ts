import { createRequire } from 'node:module';
import { AccordError, badInput } from '@accord/kernel';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import {
  getNullableType,
  GraphQLError,
  isListType,
  NoSchemaIntrospectionCustomRule,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { ComplexityEstimator } from 'graphql-query-complexity';
import { noNulRule } from './variables.js';

// Its ES module brings a second copy of graphql along, whose types are not ours.
const { getComplexity } = createRequire(import.meta.url)(
  'graphql-query-complexity',
) as typeof import('graphql-query-complexity');

/** Why these numbers: `infra/decisions/0007-limits.md`. Every operation of `schema/operations` stays below half of each. */
export const LIMITS = {
  bodyBytes: 1_000_000,
  tokens: 2000,
  depth: 12,
  aliases: 30,
  directives: 30,
  cost: 15_000,
} as const;

/** Items assumed of a list that is not paged. */
const UNPAGED_LIST = 10;

/** What is checked of a document besides GraphQL's own rules, on every way in. */
export function limitRules(allowIntrospection: boolean): ValidationRule[] {
  // Reported like any other mistake in the document: thrown, it would look like a fault of ours.
  const reported = {
    exposeLimits: true,
    propagateOnRejection: false,
    onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
  };
  const rules = [
    maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: allowIntrospection, ...reported }),
    maxAliasesRule({ n: LIMITS.aliases, allowList: [], ...reported }),
    maxDirectivesRule({ n: LIMITS.directives, ...reported }),
    noNulRule,
  ] as ValidationRule[];
  return allowIntrospection ? rules : [...rules, NoSchemaIntrospectionCustomRule];
}

/** A page costs what one of its items costs as often as it may hold one. */
const byPage: ComplexityEstimator = ({ args, field, childComplexity, type }) => {
  const first: unknown = args['first'];
  if (typeof first === 'number') return 1 + Math.max(first, 1) * childComplexity;
  const isUnpagedList = isListType(getNullableType(field.type)) && !/(Connection|Edge)$/.test(type.name);
  return 1 + (isUnpagedList ? UNPAGED_LIST : 1) * childComplexity;
};

/** Of documents that are asked again (the server keeps them parsed), the cost for the sizes they were asked with. */
const knownCosts = new WeakMap<DocumentNode, Map<string, number>>();
/** So many of one document are remembered, and none that is long. */
const MOST_KNOWN = 100;
const LONGEST_KNOWN = 1000;

function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): number {
  // Numbers (sizes of pages) and switches (@include, @skip) are all that a cost depends on.
  const key = JSON.stringify([operationName, variables], (_name, value: unknown) =>
    typeof value === 'string' && value !== operationName ? '' : value,
  );
  let known = knownCosts.get(query);
  if (known === undefined) knownCosts.set(query, (known = new Map<string, number>()));
  const before = known.get(key);
  if (before !== undefined) return before;
  const name = operationName && { operationName };
  try {
    const cost = getComplexity({ schema, query, variables, estimators: [byPage], ...name });
    if (known.size < MOST_KNOWN && key.length < LONGEST_KNOWN) known.set(key, cost);
    return cost;
  } catch (error) {
    // It reads the arguments, and finds that a variable leaves one of them without a value.
    throw error instanceof GraphQLError ? new AccordError('BAD_USER_INPUT', error.message) : error;
  }
}

/** @throws AccordError `BAD_USER_INPUT` when an operation could make more rows than one operation should. */
export function checkCost(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): void {
  const cost = costOf(schema, query, operationName, variables);
  if (cost <= LIMITS.cost) return;
  throw badInput(
    'query',
    `This asks for too much at once (cost ${cost}, at most ${LIMITS.cost}): ask for smaller pages or fewer fields.`,
  );
}
