import type { MikroORM } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { sendOn, type Select } from './statement.js';
import { AS_AUDIENCE, AS_ONESELF, connect } from './tenant-transaction.js';

/** Questions and in whose name they are asked: a tenant's, or the audience role's. */
export interface Questions {
  readonly of: { readonly tenantId: string } | 'audience';
  readonly selects: readonly Select[];
}

/** Asks in several names, one after the other; the answers to each `Questions`, in their order. */
export type Ask = (questions: readonly Questions[]) => Promise<object[][][]>;

/**
 * Reads what several tenants and the audience role see at one moment, in a transaction of its own that only reads.
 * What is asked together is sent together: it costs one way to the server and back, whoever asks.
 */
export async function readAtOneMoment<T>(orm: MikroORM, work: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await connect(orm);
  try {
    // Travels with the first question, which does not run where it is refused.
    void client.query('begin isolation level repeatable read read only');
    return await work((questions) => askInTurn(client, questions));
  } finally {
    // It wrote nothing: its end is not waited for. A connection on which it fails is given up.
    client.query('rollback').then(
      () => client.release(),
      () => client.release(true),
    );
  }
}

async function askInTurn(client: PoolClient, questions: readonly Questions[]): Promise<object[][][]> {
  const turns = questions.map(({ of, selects }) => {
    const before = of === 'audience' ? AS_AUDIENCE : inNameOf(of.tenantId);
    return [before, ...selects, ...(of === 'audience' ? [AS_ONESELF] : [])];
  });
  const answers = (await sendOn<object>(client, turns.flat()))[Symbol.iterator]();
  return turns.map((turn, index) =>
    turn.map(() => answers.next().value ?? []).slice(1, 1 + (questions[index]?.selects.length ?? 0)),
  );
}

const inNameOf = (tenantId: string): Select => ({
  sql: `select set_config('app.tenant', ?, true), set_config('app.caller', '', true)`,
  values: [tenantId],
});

/** Runs one statement as the audience role, in a transaction of its own that only reads. */
export const readAsAudience = <T extends object>(
  orm: MikroORM,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> =>
  readAtOneMoment(orm, async (ask) => {
    const [[rows = []] = []] = await ask([{ of: 'audience', selects: [{ sql, values }] }]);
    return rows as T[];
  });
