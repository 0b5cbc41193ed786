import { AccordError, type ErrorCode, type Logger } from '@accord/kernel';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes that GraphQL libraries give to what is a client's mistake in the request itself. */
const REQUEST_MISTAKES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

const HTTP_STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, RATE_LIMITED: 429 };

/** A refusal as a GraphQL error of a whole request. */
export function requestError(error: AccordError, requestId: string): GraphQLError {
  const status = HTTP_STATUS[error.code] ?? 400;
  return new GraphQLError(error.message, {
    extensions: { code: error.code, ...error.details, requestId, http: { status } },
  });
}

/**
 * What a client is told of an error: a refusal as it is, a mistake in the request as the library words it,
 * and of anything else nothing but the request id, under which the log has the rest.
 */
export function describeError(error: unknown, requestId: string, logger: Logger): GraphQLFormattedError {
  const graphql = error instanceof GraphQLError ? error : undefined;
  const cause = rootCause(error);
  const place = {
    ...(graphql?.locations && { locations: graphql.locations }),
    ...(graphql?.path && { path: graphql.path }),
  };
  if (cause instanceof AccordError) {
    return { message: cause.message, ...place, extensions: { code: cause.code, ...cause.details, requestId } };
  }
  // An error of GraphQL itself, without another behind it, is about the request and not about us.
  if (graphql && (cause === graphql || isMistake(graphql)) && (isMistake(graphql) || graphql.extensions['code'] === undefined)) {
    return { message: graphql.message, ...place, extensions: { code: 'BAD_USER_INPUT', requestId } };
  }
  logger.error({ requestId, path: graphql?.path, err: withoutValues(cause) }, 'an operation failed');
  return {
    message: `Something went wrong on our side. Quote the request id ${requestId} when you report it.`,
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

const isMistake = (error: GraphQLError): boolean => REQUEST_MISTAKES.has(error.extensions['code']);

function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

/** The database's messages repeat the statement with its values; the log gets what kind of fault it was, and where. */
function withoutValues(error: unknown): { type: string; code: unknown; stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, code: undefined, stack: '' };
  const code: unknown = 'code' in error ? error.code : undefined;
  const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 12).join('\n');
  return { type: error.constructor.name, code, stack };
}
