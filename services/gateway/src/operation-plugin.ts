import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Operation } from '@accord/access';
import type { Logger } from '@accord/kernel';
import { OperationTypeNode, type FormattedExecutionResult, type GraphQLSchema } from 'graphql';
import { describeError, requestError } from './failure.js';
import { checkCost } from './limit.js';
import { AccordError } from '@accord/kernel';
import type { Metrics } from './metrics.js';

/**
 * The life of an operation over HTTP: its limits, its transaction, its errors. The transaction ends before
 * the response leaves: a client is told of a write only once it is kept, and a slow client holds nothing open.
 */
export function operationPlugin(schema: GraphQLSchema, logger: Logger, metrics: Metrics): ApolloServerPlugin<Operation> {
  return {
    requestDidStart: () => {
      const started = performance.now();
      return Promise.resolve({
        didResolveOperation: ({ document, operationName, request, operation, contextValue }) => {
          if (operation?.operation === OperationTypeNode.MUTATION) contextValue.willWrite();
          try {
            checkCost(schema, document, operationName, request.variables ?? {});
          } catch (error) {
            throw error instanceof AccordError ? requestError(error, contextValue.requestId) : error;
          }
          return Promise.resolve();
        },
        willSendResponse: async ({ response, errors, operation, contextValue }) => {
          const { requestId } = contextValue;
          if (response.body.kind !== 'single') throw new Error('Responses are not streamed.');
          const body = response.body.singleResult;
          const described = errors?.map((error) => describeError(error, requestId, logger));
          if (described) body.errors = described;
          const failure = await end(contextValue);
          if (failure !== undefined) fail(body, failure);
          metrics.operation(operation?.operation ?? 'none', body.errors?.[0]?.extensions?.['code'], performance.now() - started);
        },
      });

      async function end(op: Operation): Promise<unknown> {
        try {
          await op.commit();
          return undefined;
        } catch (error) {
          await op.rollback().catch(() => undefined);
          return error;
        }
      }

      /** What was said to have been written was not kept: nothing of it is told. */
      function fail(body: FormattedExecutionResult, error: unknown): void {
        delete body.data;
        body.errors = [describeError(error, randomUUID(), logger)];
      }
    },
  };
}
