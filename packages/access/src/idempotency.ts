import { execute } from '@accord/persistence';
import { badInput, conflict, fingerprint, newId } from '@accord/kernel';
import type { Operation } from './operation.js';

const LONGEST_KEY = 200;

/**
 * Does something once per caller, operation and key, in the transaction of what it does.
 *
 * The record is written first: a second caller with the same key waits for the first to commit and is then
 * given its result; when the first is refused, its record goes with it and the key is free again.
 * @param operation the mutation's name.
 * @param input the whole input; the same key with another one is `CONFLICT`.
 * @param act does the work under the id that it is given for what it makes.
 * @returns the id of what was made, now or the first time.
 */
export async function once(
  op: Operation,
  operation: string,
  input: { readonly idempotencyKey: string },
  act: (id: string) => Promise<void>,
): Promise<string> {
  const key = input.idempotencyKey;
  if (key.trim() === '' || key.length > LONGEST_KEY) {
    throw badInput(
      'input.idempotencyKey',
      `Give a key of 1 to ${LONGEST_KEY} characters, such as a random UUID, new for each act.`,
    );
  }
  const { tenantId, id: callerId } = await op.caller();
  const hash = fingerprint(input);
  const id = newId();
  const inserted = await execute<{ result_id: string }>(
    op.em,
    `insert into idempotency_record (tenant_id, caller_id, operation, key, payload_hash, result_id, created_at)
     values (?, ?, ?, ?, ?, ?, now()) on conflict do nothing returning result_id`,
    [tenantId, callerId, operation, key, hash, id],
  );
  if (inserted.length > 0) {
    await act(id);
    return id;
  }
  const [earlier] = await execute<{ payload_hash: string; result_id: string }>(
    op.em,
    'select payload_hash, result_id from idempotency_record where tenant_id = ? and caller_id = ? and operation = ? and key = ?',
    [tenantId, callerId, operation, key],
  );
  if (earlier?.payload_hash !== hash) {
    throw conflict('This idempotency key was used with another input. Use a new key for a new act.', {
      path: 'input.idempotencyKey',
    });
  }
  return earlier.result_id;
}
