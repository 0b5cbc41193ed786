import { array, execute, plain, TENANT, type Select } from '@accord/persistence';
import { DirectoryService, Organisation, type Operation, type SharingLevel } from '@accord/access';
import { Flag } from './flag.type.js';
import { FlagStatus, type FlagKind, type Severity } from './vocabulary.js';

/**
 * Flags as the caller's tenant may see them: a row per flag that it may know of, with everything withheld as
 * null. Filters, orders and counts of flags work on this and on nothing below it.
 *
 * What is withheld from those who may only know that a flag exists is not there to be shown: the row policy
 * of `flag` gives them no row to join. What an anonymous owner withholds is masked here.
 */
export const FLAG_SEEN = `(
  select s.id, s.provider_id, s.home_id, s.severity, s.ended_at is null as is_open,
    f.id is null as existence_only, f.kind, f.summary, f.outcome, f.outcome_reason, f.version,
    case when f.id is not null then s.conditions end as conditions,
    case when f.id is not null then (f.raised_at at time zone 'Europe/London')::date::text end as raised_on,
    case when named.owner then f.raised_at end as raised_at,
    case when f.id is not null and named.owner then s.owner_id end as owner_id,
    case when s.owner_id = ${TENANT} then s.level end as level,
    case when s.owner_id = ${TENANT} then s.reason end as sharing_reason,
    d.detail,
    exists (select from flag_acknowledgement a where a.flag_id = s.id and a.organisation_id = ${TENANT}) as acknowledged
  from sharing s
  cross join lateral (select s.owner_id = ${TENANT} or not s.anonymous as owner) named
  left join flag f on f.id = s.id
  left join flag_detail d on d.flag_id = s.id
  where s.kind = 'FLAG'
)`;

/** A row of `FLAG_SEEN`. */
export interface SeenFlag {
  id: string;
  provider_id: string;
  home_id: string | null;
  severity: Severity | null;
  is_open: boolean;
  existence_only: boolean;
  kind: FlagKind | null;
  summary: string | null;
  outcome: FlagStatus | null;
  outcome_reason: string | null;
  version: number | null;
  conditions: string | null;
  raised_on: string | null;
  raised_at: Date | string | null;
  owner_id: string | null;
  level: SharingLevel | null;
  sharing_reason: string | null;
  detail: string | null;
  acknowledged: boolean;
}

/**
 * Reads flags as seen; their owners come along, for whoever asks who raised them. `clause` is SQL of this package over
 * `seen` (`where`, `order by`, `limit`), `values` are its bindings.
 */
export async function readFlags(op: Operation, clause: string, values: readonly unknown[]): Promise<Flag[]> {
  const rows = await execute<SeenFlag & { owner: object | null }>(
    op.em,
    `select *, (select to_jsonb(o) from organisation o where o.id = seen.owner_id) as owner
     from ${FLAG_SEEN} seen ${clause}`,
    values,
  );
  for (const { owner_id: id, owner } of rows)
    if (id && owner) op.get(DirectoryService).organisation.prime(id, plain(op.em, Organisation, owner));
  return rows.map(toFlag);
}

/** Asks for flags as seen, by id; `toFlag` makes flags of the rows. */
export const selectFlags = (ids: readonly string[]): Select => ({
  sql: `select * from ${FLAG_SEEN} seen where id = any(?::uuid[])`,
  values: [array(ids)],
});

/** SQL: which organisations have taken note of which flags, by an array of ids; for the audience role. */
export const acknowledgedOf = (ids: string): string =>
  `select flag_id, organisation_id from flag_acknowledgement where flag_id = any(${ids})`;

/** A row of `acknowledgedOf`. */
export interface AcknowledgedRow {
  readonly flag_id: string;
  readonly organisation_id: string;
}

export function toFlag(row: SeenFlag): Flag {
  return Object.assign(new Flag(), {
    id: row.id,
    providerId: row.provider_id,
    homeId: row.home_id,
    severity: row.severity,
    existenceOnly: row.existence_only,
    kind: row.kind,
    status: row.existence_only ? null : statusOf(row),
    summary: row.summary,
    detail: row.detail,
    outcomeReason: row.outcome_reason,
    conditions: row.conditions,
    version: row.version,
    raisedAt: row.raised_at === null ? null : new Date(row.raised_at),
    raisedOn: row.raised_on,
    ownerId: row.owner_id,
    sharing: row.level,
    sharingReason: row.sharing_reason,
  } satisfies Flag);
}

function statusOf({ outcome, acknowledged }: SeenFlag): FlagStatus {
  return outcome ?? (acknowledged ? FlagStatus.ACKNOWLEDGED : FlagStatus.OPEN);
}

/** What is left of a flag for those who lost sight of it, or never had more: the ids that they knew. */
export function withheldFlag(id: string, providerId: string, homeId: string | null): Flag {
  return toFlag({
    id,
    provider_id: providerId,
    home_id: homeId,
    severity: null,
    is_open: false,
    existence_only: true,
    kind: null,
    summary: null,
    outcome: null,
    outcome_reason: null,
    version: null,
    conditions: null,
    raised_on: null,
    raised_at: null,
    owner_id: null,
    level: null,
    sharing_reason: null,
    detail: null,
    acknowledged: false,
  });
}
