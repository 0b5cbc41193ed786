import { randomUUID } from 'node:crypto';
import { Operation, type Credential, type Runtime } from '@accord/access';
import { AccordError } from '@accord/kernel';
import type { StreamedAlert } from '@accord/notifications';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import type { OpenConnection } from './connection-registry.js';
import { describeError, requestError } from './failure.js';
import { checkCost, LIMITS } from './limit.js';
import type { Metrics } from './metrics.js';

/** What the two transports of subscriptions share. */
export interface StreamHost {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly runtime: Runtime;
  readonly metrics: Metrics;
}

export interface StreamRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** A subscription that is ready to run, and whom it is for. */
export type StreamArgs = ExecutionArgs & {
  readonly contextValue: Operation;
  /** Closes the connection because the credential no longer holds. */
  readonly revoke: () => void;
};

/** Reads and checks a request as the HTTP endpoint does. @returns errors instead, when it is not a subscription that may run. */
export function prepareStream(
  host: StreamHost,
  { credential, revoke }: Pick<OpenConnection, 'credential' | 'revoke'>,
  request: StreamRequest,
): StreamArgs | GraphQLError[] {
  const { schema, rules, runtime } = host;
  const requestId = randomUUID();
  try {
    const document = parse(request.query, { maxTokens: LIMITS.tokens });
    const errors = validate(schema, document, [...specifiedRules, ...rules]);
    if (errors.length > 0) return errors.map((error) => described(error, requestId, runtime));
    const operation = getOperationAST(document, request.operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
      const words = 'Streams carry subscriptions alone: send queries and mutations to POST /graphql.';
      return [requestError(new AccordError('BAD_USER_INPUT', words), requestId)];
    }
    checkCost(schema, document, request.operationName, request.variables ?? {});
    return {
      schema,
      document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
      contextValue: new Operation(runtime, credential, 'read', requestId),
      revoke,
    };
  } catch (error) {
    return [described(error, requestId, runtime)];
  }
}

/**
 * Runs a subscription: authorised when it is opened, and for every event with the rights read together with
 * it; each event is resolved in an operation of its own, so that no transaction outlives it.
 */
export async function runStream(
  { runtime, metrics }: StreamHost,
  args: StreamArgs,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { contextValue: op, revoke } = args;
  const source = await createSourceEventStream(args).finally(() => op.rollback());
  if (!(Symbol.asyncIterator in source)) return { errors: (source.errors ?? []).map((error) => described(error, op.requestId, runtime)) };
  const events = (source as AsyncIterable<StreamedAlert>)[Symbol.asyncIterator]();

  const resolve = async (event: StreamedAlert): Promise<ExecutionResult> => {
    const requestId = randomUUID();
    const credential = op.credential;
    if (!credential) throw new Error('A stream has a credential.');
    const contextValue = Operation.forEvent(runtime, credential, event.caller, requestId);
    const result = await execute({ ...args, rootValue: event, contextValue });
    metrics.alert();
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => described(error, requestId, runtime)) };
  };

  const finish = (error: unknown): IteratorResult<ExecutionResult> => {
    if (error instanceof AccordError && error.code === 'UNAUTHENTICATED') {
      revoke();
      return { done: true, value: undefined };
    }
    return { done: false, value: { errors: [described(error, op.requestId, runtime)] } };
  };

  let failed = false;
  const stream = {
    async next(): Promise<IteratorResult<ExecutionResult>> {
      if (failed) return { done: true, value: undefined };
      try {
        const { done, value } = await events.next();
        return done === true ? { done, value: undefined } : { done: false, value: await resolve(value) };
      } catch (error) {
        failed = true;
        return finish(error);
      }
    },
    async return(): Promise<IteratorResult<ExecutionResult>> {
      await events.return?.();
      return { done: true, value: undefined };
    },
    async throw(error: unknown): Promise<IteratorResult<ExecutionResult>> {
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await events.return?.();
    },
  };
  return stream;
}

function described(error: unknown, requestId: string, { logger }: Runtime): GraphQLError {
  const { message, extensions, path } = describeError(error, requestId, logger);
  return new GraphQLError(message, { ...(extensions && { extensions }), ...(path && { path }) });
}
