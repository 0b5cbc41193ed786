import { array, execute, lockName } from '@accord/persistence';
import { londonDate } from '@accord/kernel';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Operation } from '../operation.js';
import { tellingOfSight } from '../sight.js';
import { AgreementLoader } from './agreement.loader.js';
import type { AgreementView } from './agreement.type.js';

/** Agreements change one after another: each act sees what the one before has done. @throws `NOT_FOUND`. */
export async function lockAgreement(op: Operation, id: string): Promise<AgreementView> {
  await op.get(AgreementLoader).agreement(id);
  await lockName(op.em, 'sharing agreements');
  return op.get(AgreementLoader).agreement(id);
}

/** A version and all that follow it. */
export async function followingVersions(em: EntityManager, id: string): Promise<string[]> {
  const rows = await execute<{ id: string }>(
    em,
    `with recursive chain as (
       select id from sharing_agreement where id = ?
       union all
       select later.id from sharing_agreement later join chain on later.replaces_id = chain.id
     ) select id from chain`,
    [id],
  );
  return rows.map((row) => row.id);
}

/**
 * Ends an organisation's part in some versions, from a day on; of one that has not begun by then nothing is left.
 * Who loses sight by it is told: now where the day is today, else by the clock.
 * @returns in how many versions it had a part.
 */
export async function endParts(
  op: Operation,
  versions: readonly string[],
  organisationId: string,
  until: string,
  reason: string,
): Promise<number> {
  let ended = 0;
  await tellingOfSight(op, until > londonDate(new Date()) ? [] : [organisationId], async () => {
    const rows = await execute<object>(
      op.em,
      `update agreement_member set member_until = greatest(member_from, ?::date), ended_because = ?
       where agreement_id = any(?::uuid[]) and organisation_id = ?
         and (member_until is null or member_until > greatest(member_from, ?::date)) returning agreement_id`,
      [until, reason, array(versions), organisationId, until],
    );
    ended = rows.length;
  });
  return ended;
}
