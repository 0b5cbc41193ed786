import type { Operation } from '@accord/access';
import { execute, TENANT, TODAY } from '@accord/persistence';
import { Reference } from './reference.type.js';
import { ReferenceState } from './vocabulary.js';

/**
 * References as the caller's tenant may see them. Which rows those are is for the row policy of `borough_reference`;
 * of them, figures, names and reasons are for the two boroughs alone (rules 10).
 */
const REFERENCE_SEEN = `(
  select r.id, r.request_id, r.provider_id, r.home_id, r.borough_id, r.questions, r.answers, r.answered_on::text as answered_on,
    case when r.state = 'ASKED' and r.due_on < ${TODAY} then '${ReferenceState.LAPSED}' else r.state end as state,
    case when own.party then r.requester_id end as requester_id,
    case when own.party then r.young_people end as young_people,
    case when own.party then r.used_since::text end as used_since,
    case when own.party then r.decline_reason end as decline_reason,
    case when own.party then r.answered_by end as answered_by,
    case when r.borough_id = ${TENANT} then r.shared_with_alliance end as shared_with_alliance,
    case when r.borough_id = ${TENANT} then r.version end as version
  from borough_reference r
  cross join lateral (select ${TENANT} in (r.borough_id, r.requester_id) as party) own
)`;

interface SeenReference {
  id: string;
  request_id: string;
  provider_id: string;
  home_id: string | null;
  borough_id: string;
  questions: string[];
  answers: string[] | null;
  answered_on: string | null;
  state: ReferenceState;
  requester_id: string | null;
  young_people: number | null;
  used_since: string | null;
  decline_reason: string | null;
  answered_by: string | null;
  shared_with_alliance: boolean | null;
  version: number | null;
}

/** Reads references as seen. `clause` is SQL of ours over `seen` (`where`, `order by`, `limit`), `values` are its bindings. */
export async function readReferences(op: Operation, clause: string, values: readonly unknown[]): Promise<Reference[]> {
  const rows = await execute<SeenReference>(op.em, `select * from ${REFERENCE_SEEN} seen ${clause}`, values);
  return rows.map((row) =>
    Object.assign(new Reference(), {
      id: row.id,
      requestId: row.request_id,
      providerId: row.provider_id,
      homeId: row.home_id,
      boroughId: row.borough_id,
      requesterId: row.requester_id,
      state: row.state,
      answers: row.answers?.map((answer, index) => ({ question: row.questions[index] ?? '', answer })) ?? null,
      youngPeople: row.young_people,
      usedSince: row.used_since,
      declineReason: row.decline_reason,
      answeredOn: row.answered_on,
      answeredBy: row.answered_by,
      sharedWithAlliance: row.shared_with_alliance,
      version: row.version,
    } satisfies Reference),
  );
}
