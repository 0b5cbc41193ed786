import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import { askAhead, type Operation } from '@accord/access';
import { AccordError } from '@accord/kernel';
import { OperationTypeNode, type FormattedExecutionResult } from 'graphql';
import { ACCESS, ASK_AHEAD } from './features.js';
import { requestError } from './failure.js';
import { checkCost } from './limit.js';
import type { StreamHost } from './stream.js';
import { checkVariables } from './variables.js';

/**
 * The life of an operation over HTTP: its limits, its transaction, its errors. The transaction ends before
 * the response leaves: a client is told of a write only once it is kept, and a slow client holds nothing open.
 */
export function operationPlugin({ schema, errors, metrics }: StreamHost): ApolloServerPlugin<Operation> {
  return {
    requestDidStart: () => {
      const started = performance.now();
      return Promise.resolve({
        didResolveOperation: async ({ document, operationName, request, operation, contextValue }) => {
          // A name under which the document has no operation is refused when it would run.
          if (!operation) return;
          try {
            if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw wrongWay();
            if (operation.operation === OperationTypeNode.MUTATION) contextValue.willWrite();
            checkVariables(schema, operation, request.variables ?? {});
            checkCost(schema, document, operationName, request.variables ?? {});
            if (operation.operation === OperationTypeNode.QUERY)
              contextValue.askAhead(() => {
                const query = { schema, document, operation, variables: request.variables ?? {} };
                askAhead(contextValue, ASK_AHEAD, ACCESS, query);
              });
            // Before any field: whoever was disabled, or whose key was revoked, gets the answer that a bad token gets.
            await contextValue.caller();
          } catch (error) {
            throw error instanceof AccordError ? requestError(error, contextValue.requestId) : error;
          }
        },
        willSendResponse: async ({ request, response, errors: failures, operation, contextValue }) => {
          const { requestId } = contextValue;
          if (response.body.kind !== 'single') throw new Error('Responses are not streamed.');
          const body = response.body.singleResult;
          const described = failures?.map((error) => errors.describe(error, requestId));
          if (described) body.errors = described;
          const failure = await end(contextValue);
          if (failure !== undefined) fail(body, failure, requestId);
          await contextValue.mayLeave();
          if (response.http.status === 400 && isWellFormed(request) && !speaksGraphql(request))
            response.http.status = 200;
          metrics.operation(
            operation?.operation ?? 'none',
            body.errors?.[0]?.extensions?.['code'],
            performance.now() - started,
          );
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
      function fail(body: FormattedExecutionResult, error: unknown, requestId: string): void {
        delete body.data;
        body.errors = [errors.describe(error, requestId)];
      }
    },
  };
}

/**
 * To a client that asks for plain JSON the status tells about HTTP alone: a request that could be read is
 * answered with 200, whatever GraphQL finds in it (GraphQL over HTTP, section 6.4.1).
 */
const isWellFormed = ({ query }: GraphQLRequest): boolean => typeof query === 'string' && query !== '';

const speaksGraphql = ({ http }: GraphQLRequest): boolean =>
  http?.headers.get('accept')?.includes('application/graphql-response+json') ?? false;

const wrongWay = (): AccordError =>
  new AccordError('BAD_USER_INPUT', 'Subscriptions go over WebSocket to /graphql, or over POST /graphql/stream.');
