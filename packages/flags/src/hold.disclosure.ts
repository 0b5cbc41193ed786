import { DirectoryService, Organisation, type Operation, type SharingLevel } from '@accord/access';
import { array, execute, plain, TENANT, type Select } from '@accord/persistence';
import { Hold, HoldScope } from './hold.type.js';
import type { FlagKind } from './vocabulary.js';

/**
 * Holds as the caller's tenant may see them: a row per hold that it may know of, with everything withheld as null.
 * As of flags (`FLAG_SEEN`): whoever may only know that a hold exists finds no row of `placement_hold` to join.
 */
const HOLD_SEEN = `(
  select s.id, s.provider_id, s.home_id, s.ended_at is null as is_open, h.id is null as existence_only, h.kind,
    h.starts_on::text as starts_on, h.review_on::text as review_on, h.reason, h.reviewed_on::text as reviewed_on,
    h.review_note, h.lifted_on::text as lifted_on, h.lift_reason, h.version,
    case when h.id is not null then s.conditions end as conditions,
    case when named.owner then h.decided_at end as decided_at,
    case when h.id is not null and named.owner then s.owner_id end as owner_id,
    case when s.owner_id = ${TENANT} then s.level end as level,
    case when s.owner_id = ${TENANT} then s.reason end as sharing_reason
  from sharing s
  cross join lateral (select s.owner_id = ${TENANT} or not s.anonymous as owner) named
  left join placement_hold h on h.id = s.id
  where s.kind = 'HOLD'
)`;

/** A row of `HOLD_SEEN`. */
export interface SeenHold {
  id: string;
  provider_id: string;
  home_id: string | null;
  is_open: boolean;
  existence_only: boolean;
  kind: FlagKind | null;
  starts_on: string | null;
  review_on: string | null;
  reason: string | null;
  reviewed_on: string | null;
  review_note: string | null;
  lifted_on: string | null;
  lift_reason: string | null;
  conditions: string | null;
  version: number | null;
  decided_at: Date | string | null;
  owner_id: string | null;
  level: SharingLevel | null;
  sharing_reason: string | null;
}

/**
 * Reads holds as seen; their owners come along, for whoever asks whose they are. `clause` is SQL of ours over `seen`
 * (`where`, `order by`, `limit`), `values` are its bindings.
 */
export async function readHolds(op: Operation, clause: string, values: readonly unknown[]): Promise<Hold[]> {
  const rows = await execute<SeenHold & { owner: object | null }>(
    op.em,
    `select *, (select to_jsonb(o) from organisation o where o.id = seen.owner_id) as owner
     from ${HOLD_SEEN} seen ${clause}`,
    values,
  );
  for (const { owner_id: id, owner } of rows)
    if (id && owner) op.get(DirectoryService).organisation.prime(id, plain(op.em, Organisation, owner));
  return rows.map(toHold);
}

/** Holds that are not lifted and bear on a home: its own, and those at all homes of its provider. The earliest first. */
export const holdsOnHome = (op: Operation, providerId: string, homeId: string): Promise<Hold[]> =>
  readHolds(
    op,
    `where is_open and provider_id = ? and (home_id is null or home_id = ?)
     order by coalesce(starts_on, ''), id`,
    [providerId, homeId],
  );

/** Asks for holds as seen, by id; `toHold` makes holds of the rows. */
export const selectHolds = (ids: readonly string[]): Select => ({
  sql: `select * from ${HOLD_SEEN} seen where id = any(?::uuid[])`,
  values: [array(ids)],
});

export function toHold(row: SeenHold): Hold {
  return Object.assign(new Hold(), {
    id: row.id,
    providerId: row.provider_id,
    homeId: row.home_id,
    scope: row.home_id === null ? HoldScope.PROVIDER : HoldScope.HOME,
    existenceOnly: row.existence_only,
    kind: row.kind,
    startsOn: row.starts_on,
    reviewOn: row.review_on,
    reason: row.reason,
    reviewedOn: row.reviewed_on,
    reviewNote: row.review_note,
    liftedOn: row.lifted_on,
    liftReason: row.lift_reason,
    conditions: row.conditions,
    version: row.version,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
    ownerId: row.owner_id,
    sharing: row.level,
    sharingReason: row.sharing_reason,
  } satisfies Hold);
}

/** What is left of a hold for those who lost sight of it, or never had more: the ids that they knew. */
export function withheldHold(id: string, providerId: string, homeId: string | null): Hold {
  return toHold({
    id,
    provider_id: providerId,
    home_id: homeId,
    is_open: false,
    existence_only: true,
    kind: null,
    starts_on: null,
    review_on: null,
    reason: null,
    reviewed_on: null,
    review_note: null,
    lifted_on: null,
    lift_reason: null,
    conditions: null,
    version: null,
    decided_at: null,
    owner_id: null,
    level: null,
    sharing_reason: null,
  });
}
