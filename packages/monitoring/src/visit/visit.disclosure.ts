import { DirectoryService, Organisation, type Operation } from '@accord/access';
import { execute, plain, TENANT, type Select, array } from '@accord/persistence';
import { Visit, VisitNotice } from './visit.type.js';
import type { ProviderRole, VisitingFunction, VisitMode, VisitOutcome, VisitReason, VisitState } from './vocabulary.js';

const SEEN = `(v.state <> 'WITHDRAWN' or v.owner_id = ${TENANT})`;
const seen = (column: string): string => `case when ${SEEN} then v.${column} end as ${column}`;

/**
 * The columns of a visit as the caller's tenant may see it, of `visit v`, which is behind its row policy: no row where
 * the tenant is not in the audience. What an anonymous owner withholds, and all that a withdrawn one said, is masked here.
 */
export const VISIT_COLUMNS = `v.id, v.provider_id, v.home_id, v.template_id, v.framework_id, v.visited_on::text as visited_on,
  v.owner_id = ${TENANT} as is_own, case when v.owner_id = ${TENANT} or not v.anonymous then v.owner_id end as owner_id,
  v.state, v.version, v.withdrawal_reason, ${['reason', 'reason_other', 'mode', 'unannounced', 'made_as', 'provider_representatives', 'outcome'].map(seen).join(', ')}`;

/** A row of `VISIT_COLUMNS`. */
export interface SeenVisit {
  readonly id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly template_id: string;
  readonly framework_id: string;
  readonly visited_on: string;
  readonly is_own: boolean;
  readonly owner_id: string | null;
  readonly state: VisitState;
  readonly version: number;
  readonly withdrawal_reason: string | null;
  readonly reason: VisitReason | null;
  readonly reason_other: string | null;
  readonly mode: VisitMode | null;
  readonly unannounced: boolean | null;
  readonly made_as: VisitingFunction | null;
  readonly provider_representatives: ProviderRole[] | null;
  readonly outcome: VisitOutcome | null;
}

export const toVisit = (row: SeenVisit): Visit =>
  Object.assign(new Visit(), {
    id: row.id,
    providerId: row.provider_id,
    homeId: row.home_id,
    ownerId: row.owner_id,
    isOwn: row.is_own,
    templateId: row.template_id,
    frameworkId: row.framework_id,
    visitedOn: row.visited_on,
    reason: row.reason,
    reasonOther: row.reason_other,
    mode: row.mode,
    unannounced: row.unannounced,
    madeAs: row.made_as,
    providerRepresentatives: row.provider_representatives ?? [],
    outcome: row.outcome,
    state: row.state,
    version: row.version,
    withdrawalReason: row.withdrawal_reason,
  } satisfies Visit);

/** Visits of these ids that the caller's tenant may see, in no order. */
export async function readVisits(op: Operation, ids: readonly string[]): Promise<Visit[]> {
  const rows = await execute<SeenVisit>(op.em, `select ${VISIT_COLUMNS} from visit v where v.id = any(?::uuid[])`, [
    array(ids),
  ]);
  return rows.map(toVisit);
}

/** Lets whoever asks later which borough made a visit have it without another question. */
export function keepOwners(op: Operation, rows: readonly (SeenVisit & { readonly owner: object | null })[]): void {
  for (const { owner_id: id, owner } of rows)
    if (id !== null && owner !== null)
      op.get(DirectoryService).organisation.prime(id, plain(op.em, Organisation, owner));
}

/** SQL of the borough of a visit, for `keepOwners`. */
export const OWNER_OF_VISIT = `(select to_jsonb(o) from organisation o
  where o.id = v.owner_id and (v.owner_id = ${TENANT} or not v.anonymous)) as owner`;

/** A visit as alerts and notifications name it. */
export interface VisitNoticeRow {
  readonly id: string;
  readonly visited_on: string;
  readonly outcome: VisitOutcome | null;
  readonly is_named: boolean;
}

/** Asks for visits as alerts name them, by id. */
export const selectVisitNotices = (ids: readonly string[]): Select => ({
  sql: `select v.id, v.visited_on::text as visited_on, ${seen('outcome')}, v.owner_id = ${TENANT} or not v.anonymous as is_named
    from visit v where v.id = any(?::uuid[])`,
  values: [array(ids)],
});

export const toVisitNotice = ({ id, visited_on: visitedOn, outcome, is_named: isNamed }: VisitNoticeRow): VisitNotice =>
  Object.assign(new VisitNotice(), { id, visitedOn, outcome, isNamed });

/** What is left of a visit for those who lost sight of it: the id that they knew. */
export const withheldVisit = (id: string): VisitNotice =>
  Object.assign(new VisitNotice(), { id, visitedOn: null, outcome: null, isNamed: false });
