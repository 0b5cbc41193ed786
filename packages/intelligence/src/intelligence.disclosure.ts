import { summaryIsLogged, type SharingLevel } from '@accord/access';
import { array, execute, TENANT, TODAY, type Select } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { IntelligenceItem, IntelligenceNotice } from './intelligence.type.js';
import { trafficLightOf, type IntelligenceCategory } from './vocabulary.js';

/**
 * The columns of an item as the caller's tenant may see it, of `sharing s` and `intelligence_item i`: both behind
 * their row policies, so that there is no row where the tenant is not in the audience. What an anonymous owner
 * withholds is masked here; the detail is in a table of its own (`IntelligenceDetail`).
 */
export const ITEM_COLUMNS = `s.id, s.provider_id, s.home_id, s.level, s.shared_on::text, s.conditions, s.owner_id as log_owner_id,
  s.owner_id = ${TENANT} as is_own,
  case when s.owner_id = ${TENANT} or not s.anonymous then s.owner_id end as owner_id,
  case when s.owner_id = ${TENANT} then s.reason end as sharing_reason,
  i.category, i.summary, i.observed_on::text, i.version, i.review_on::text, i.review_on <= ${TODAY} as is_faded,
  i.corrected_on::text, (i.withdrawn_at at time zone 'Europe/London')::date::text as withdrawn_on,
  case when s.owner_id = ${TENANT} or not s.anonymous then i.withdrawn_at end as withdrawn_at,
  i.withdrawal_reason, i.deleted_on::text`;

/** The same for a page of them: with whether the caller's being shown this summary is in the log already. */
export const FEED_COLUMNS = `${ITEM_COLUMNS}, ${summaryIsLogged('s.id', 'i.version')} as is_logged`;

export interface ItemRow {
  id: string;
  provider_id: string;
  home_id: string | null;
  level: SharingLevel;
  shared_on: string;
  conditions: string | null;
  log_owner_id: string;
  is_own: boolean;
  owner_id: string | null;
  sharing_reason: string | null;
  category: IntelligenceCategory;
  summary: string | null;
  observed_on: string;
  version: number;
  review_on: string;
  is_faded: boolean;
  corrected_on: string | null;
  withdrawn_on: string | null;
  withdrawn_at: Date | string | null;
  withdrawal_reason: string | null;
  deleted_on: string | null;
  is_logged?: boolean;
}

/** Items of these ids that the caller's tenant may see. */
export async function readItems(em: EntityManager, ids: readonly string[]): Promise<IntelligenceItem[]> {
  const rows = await execute<ItemRow>(
    em,
    `select ${ITEM_COLUMNS} from sharing s join intelligence_item i on i.id = s.id
     where s.id = any(?::uuid[]) and s.kind = 'INTELLIGENCE'`,
    [array(ids)],
  );
  return rows.map(toItem);
}

export function toItem(row: ItemRow): IntelligenceItem {
  return Object.assign(new IntelligenceItem(), {
    id: row.id,
    providerId: row.provider_id,
    homeId: row.home_id,
    ownerId: row.owner_id,
    logOwnerId: row.log_owner_id,
    isOwn: row.is_own,
    isLogged: row.is_logged === true,
    text: row.summary,
    version: row.version,
    category: row.category,
    observedOn: row.observed_on,
    sharedOn: row.shared_on,
    sharing: row.level,
    tlp: trafficLightOf[row.level],
    conditions: row.conditions,
    reviewOn: row.review_on,
    isFaded: row.is_faded,
    correctedOn: row.corrected_on,
    withdrawnOn: row.withdrawn_on,
    withdrawnAt: row.withdrawn_at === null ? null : new Date(row.withdrawn_at),
    withdrawalReason: row.withdrawal_reason,
    deletedOn: row.deleted_on,
    sharingReason: row.sharing_reason,
  } satisfies IntelligenceItem);
}

/** An item as alerts and notifications name it, without a word of its text. */
export interface SeenNotice {
  id: string;
  category: IntelligenceCategory;
  level: SharingLevel;
  version: number;
  is_named: boolean;
}

/** Asks for items as alerts name them, by id; `toNotice` makes notices of the rows. */
export const selectNotices = (ids: readonly string[]): Select => ({
  sql: `select s.id, i.category, s.level, i.version, s.owner_id = ${TENANT} or not s.anonymous as is_named
    from sharing s join intelligence_item i on i.id = s.id
    where s.id = any(?::uuid[]) and s.kind = 'INTELLIGENCE'`,
  values: [array(ids)],
});

export const toNotice = ({ id, category, level, version, is_named: isNamed }: SeenNotice): IntelligenceNotice =>
  Object.assign(new IntelligenceNotice(), { id, category, tlp: trafficLightOf[level], version, isNamed });

/** What is left of an item for those who lost sight of it: the id that they knew. */
export const withheldNotice = (id: string): IntelligenceNotice =>
  Object.assign(new IntelligenceNotice(), { id, category: null, tlp: null, version: null, isNamed: false });
