import { randomUUID } from 'node:crypto';
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
    originalError: error,
    extensions: { code: error.code, ...error.details, requestId, http: { status } },
  });
}

/** Says of errors what a client may know of them, and leaves the rest to the log. */
export class ErrorDesk {
  /** @param hidesSchema in production: a misspelt name is not answered with the right one. */
  constructor(
    private readonly logger: Logger,
    private readonly hidesSchema: boolean,
  ) {}

  /**
   * What a client is told of an error: a refusal as it is, a mistake in the request as the library words it,
   * and of anything else nothing but the request id, under which the log has the rest.
   */
  describe(error: unknown, requestId: string): GraphQLFormattedError {
    const graphql = error instanceof GraphQLError ? error : undefined;
    const cause = rootCause(error);
    const place = {
      ...(graphql?.locations && { locations: graphql.locations }),
      ...(graphql?.path && { path: graphql.path }),
    };
    if (cause instanceof AccordError) {
      const { code, details } = cause;
      return { message: this.#words(cause.message), ...place, extensions: { code, ...details, requestId } };
    }
    if (graphql && isAboutRequest(graphql, cause)) {
      return { message: this.#words(graphql.message), ...place, extensions: { code: 'BAD_USER_INPUT', requestId } };
    }
    this.logger.error({ requestId, path: graphql?.path, err: withoutValues(cause) }, 'an operation failed');
    return { message: masked(requestId), ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
  }

  /** The same, as the transports of subscriptions take it. */
  error(error: unknown, requestId: string): GraphQLError {
    const { message, extensions, path } = this.describe(error, requestId);
    return new GraphQLError(message, { ...(extensions && { extensions }), ...(path && { path }) });
  }

  /**
   * The last look at what leaves: a request that the HTTP layer turned away before there was an operation has
   * the library's own codes, and no request id.
   */
  lastLook(formatted: GraphQLFormattedError): GraphQLFormattedError {
    if (typeof formatted.extensions?.['requestId'] === 'string') return formatted;
    const requestId = randomUUID();
    if (REQUEST_MISTAKES.has(formatted.extensions?.['code'])) {
      return { message: formatted.message.trim(), extensions: { code: 'BAD_USER_INPUT', requestId } };
    }
    return { message: masked(requestId), extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } };
  }

  #words(message: string): string {
    return this.hidesSchema ? message.replace(/ ?Did you mean.+\?$/s, '') : message;
  }
}

/** What a client is told of a fault of ours. */
export const masked = (requestId: string): string =>
  `Something went wrong on our side. Quote the request id ${requestId} when you report it.`;

/**
 * An error of GraphQL itself, without another behind it, is about the request and not about us; but for one
 * about a value that we gave, which points to nothing in the request.
 */
function isAboutRequest(error: GraphQLError, cause: unknown): boolean {
  if (isMistake(error)) return true;
  if (!(cause instanceof GraphQLError) || cause.extensions['code'] !== undefined) return false;
  return cause === error || cause.nodes !== undefined;
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
  const stack = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 12)
    .join('\n');
  return { type: error.constructor.name, code, stack };
}
