import { randomUUID } from 'node:crypto';
import { Operation, type Runtime } from '@accord/access';
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
import type { ErrorDesk } from './failure.js';
import { checkCost, LIMITS } from './limit.js';
import type { Metrics } from './metrics.js';
import { checkVariables } from './variables.js';

/** What every way in shares. */
export interface StreamHost {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
  readonly runtime: Runtime;
  readonly errors: ErrorDesk;
  readonly metrics: Metrics;
}

export interface StreamRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** By which way a subscription came. */
export type Transport = 'websocket' | 'sse';

/** A subscription that is ready to run, and whom it is for. */
export type StreamArgs = ExecutionArgs & {
  readonly contextValue: Operation;
  /** What was asked, word for word: streams that ask the same of the same alert are answered together. */
  readonly question: string;
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
    const document = parse(request.query, { maxLexicalTokens: LIMITS.tokens });
    const errors = validate(schema, document, [...specifiedRules, ...rules]);
    if (errors.length > 0) return errors.map((error) => host.errors.error(error, requestId));
    const operation = getOperationAST(document, request.operationName);
    if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) throw wrongWay();
    checkVariables(schema, operation, request.variables ?? {});
    checkCost(schema, document, request.operationName, request.variables ?? {});
    return {
      schema,
      document,
      operationName: request.operationName ?? null,
      variableValues: request.variables ?? {},
      contextValue: new Operation(runtime, credential, 'read', requestId),
      question: JSON.stringify([request.query, request.operationName, request.variables]),
      revoke,
    };
  } catch (error) {
    return [host.errors.error(error, requestId)];
  }
}

/** Answers already worked out, by the alert (which belongs to one tenant and set of roles) and the question. */
const resolved = new WeakMap<StreamedAlert, Map<string, Promise<ExecutionResult>>>();

/**
 * Runs a subscription: authorised when it is opened, and for every event with the rights read together with
 * it; each event is resolved in an operation of its own, so that no transaction outlives it.
 */
export async function runStream(
  { runtime, errors, metrics }: StreamHost,
  transport: Transport,
  args: StreamArgs,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { contextValue: op, question, revoke } = args;
  const source = await openSource(args);
  if (!(Symbol.asyncIterator in source))
    return { errors: (source.errors ?? []).map((error) => errors.error(error, op.requestId)) };
  const events = (source as AsyncIterable<StreamedAlert>)[Symbol.asyncIterator]();
  const closed = metrics.streamOpened(transport);

  const resolve = (event: StreamedAlert): Promise<ExecutionResult> => {
    metrics.alert();
    const results = resolved.get(event) ?? new Map<string, Promise<ExecutionResult>>();
    resolved.set(event, results);
    const result = results.get(question) ?? resolveNow(event);
    results.set(question, result);
    return result;
  };

  const resolveNow = async (event: StreamedAlert): Promise<ExecutionResult> => {
    const requestId = randomUUID();
    const credential = op.credential;
    if (!credential) throw new Error('A stream has a credential.');
    const contextValue = Operation.forEvent(runtime, credential, event.caller, requestId);
    const result = await execute({ ...args, rootValue: event, contextValue });
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => errors.error(error, requestId)) };
  };

  const finish = (error: unknown): IteratorResult<ExecutionResult> => {
    if (error instanceof AccordError && error.code === 'UNAUTHENTICATED') {
      revoke();
      return { done: true, value: undefined };
    }
    return { done: false, value: { errors: [errors.error(error, op.requestId)] } };
  };

  const stop = async (): Promise<void> => {
    closed();
    await events.return?.();
  };

  let failed = false;
  const stream = {
    async next(): Promise<IteratorResult<ExecutionResult>> {
      if (failed) return { done: true, value: undefined };
      try {
        const event = await events.next();
        if (event.done !== true) return { done: false, value: await resolve(event.value) };
        closed();
        return { done: true, value: undefined };
      } catch (error) {
        failed = true;
        closed();
        return finish(error);
      }
    },
    async return(): Promise<IteratorResult<ExecutionResult>> {
      await stop();
      return { done: true, value: undefined };
    },
    async throw(error: unknown): Promise<IteratorResult<ExecutionResult>> {
      await stop();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: stop,
  };
  return stream;
}

/** Authorises and opens; the transaction in which that was asked ends here, whatever came of it. */
async function openSource(args: StreamArgs): Promise<AsyncIterable<unknown> | ExecutionResult> {
  try {
    return await createSourceEventStream(args);
  } finally {
    await args.contextValue.rollback();
  }
}

const wrongWay = (): AccordError =>
  new AccordError('BAD_USER_INPUT', 'Streams carry subscriptions alone: send queries and mutations to POST /graphql.');
