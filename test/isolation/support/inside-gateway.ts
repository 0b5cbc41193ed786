import { randomUUID } from 'node:crypto';
import { Operation, type Credential, type Runtime } from '@accord/access';
import { createSchema, openRuntime } from '@accord/gateway';
import { AccordError, createLogger } from '@accord/kernel';
import type { TestDatabase } from '@accord/testkit';
import { execute, OperationTypeNode, type DocumentNode, type GraphQLError, type GraphQLSchema } from 'graphql';

const CONNECTIONS = 8;
const SECRET = 'a secret of tests, long enough to be one';

export interface Answer {
  readonly data: Readonly<Record<string, unknown>>;
  /** Which fields were refused, with what code. */
  readonly refused: readonly (readonly [field: string, code: string])[];
}

/**
 * A gateway without its HTTP: the guarded schema over the operation, role and transactions that a request has. Many
 * thousands of requests are asked of it in the time in which a server would answer a few.
 */
export class InsideGateway {
  private constructor(
    private readonly schema: GraphQLSchema,
    private readonly runtime: Runtime,
  ) {}

  static async open({ urls }: TestDatabase): Promise<InsideGateway> {
    const config = { DATABASE_URL: urls.gateway, DATABASE_POOL: CONNECTIONS, ACCORD_SECRET: SECRET };
    return new InsideGateway(createSchema(), await openRuntime(config, createLogger('test', 'silent')));
  }

  /** Answers as a gateway would, the operation ended before. @throws AccordError for whoever may not come in at all. */
  answer(who: Credential, document: DocumentNode, variableValues: Record<string, unknown>): Promise<Answer> {
    return this.#answer(who, document, variableValues);
  }

  /** The same, and no sooner than the answer would leave. */
  answerInTime(who: Credential, document: DocumentNode, variableValues: Record<string, unknown>): Promise<Answer> {
    return this.#answer(who, document, variableValues, (op) => op.mayLeave());
  }

  async #answer(
    who: Credential,
    document: DocumentNode,
    variableValues: Record<string, unknown>,
    leave: (op: Operation) => Promise<void> = () => Promise.resolve(),
  ): Promise<Answer> {
    const writes = document.definitions.some(
      (definition) => 'operation' in definition && definition.operation === OperationTypeNode.MUTATION,
    );
    const op = new Operation(this.runtime, who, writes ? 'write' : 'read', randomUUID());
    try {
      await op.caller();
      const { data, errors } = await execute({ schema: this.schema, document, contextValue: op, variableValues });
      await op.commit();
      await leave(op);
      return { data: data ?? {}, refused: (errors ?? []).map(refusalOf) };
    } catch (error) {
      await op.rollback();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.runtime.bus.close();
    await this.runtime.orm.close();
  }
}

/** Anything but a refusal is a fault of the test or of Accord. */
function refusalOf(error: GraphQLError): readonly [string, string] {
  const { originalError, path } = error;
  if (!(originalError instanceof AccordError)) throw error;
  return [(path ?? []).join('.'), originalError.code];
}
