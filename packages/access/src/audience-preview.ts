import { array, asAudience } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { audience } from './audience.js';
import type { Shared, SharingInput } from './sharing.service.js';

/** What a sharing would mean for one organisation. */
export interface Previewed {
  readonly id: string;
  readonly name: string;
  readonly suspended: boolean;
  /** Whether an agreement in force covers it between the two. */
  readonly agreed: boolean;
  readonly sees: boolean;
}

/** No sharing has it: what is only previewed has no grants and no names but those of the question. */
const UNWRITTEN = '00000000-0000-4000-8000-000000000000';

/**
 * Who would see something if it were shared so, by the one definition of the audience. Consent that is still
 * missing is left out of account: a preview shows whom it would have to name.
 */
export function previewAudience(
  em: EntityManager,
  ownerId: string,
  { kind, providerId, homeId }: Pick<Shared, 'kind' | 'providerId' | 'homeId'>,
  { level, boroughIds, groupIds }: Pick<SharingInput, 'level' | 'boroughIds' | 'groupIds'>,
): Promise<Previewed[]> {
  return asAudience<Previewed>(
    em,
    `with asked as (
         select '${UNWRITTEN}'::uuid as id, ?::uuid as owner_id, ?::text as kind, ?::uuid as provider_id, ?::uuid as home_id,
           ?::text as level, false as needs_consent
       ), everybody as (select id, owner_id, kind, null::uuid as provider_id, null::uuid as home_id, 'ALLIANCE'::text as level, false as needs_consent from asked),
       names as (
         select a.id as sharing_id, a.owner_id, organisation_id, null::uuid as group_id from asked a, unnest(?::uuid[]) organisation_id
         union all
         select a.id, a.owner_id, null, group_id from asked a, unnest(?::uuid[]) group_id
       )
       select o.id, o.name, o.suspended_at is not null as suspended,
         ${audience('e', 'o.id', { names: 'names' })} as agreed,
         o.suspended_at is null and ${audience('s', 'o.id', { names: 'names' })} as sees
       from asked s, everybody e, organisation o order by o.name, o.id`,
    [ownerId, kind, providerId, homeId, level, array(boroughIds ?? []), array(groupIds ?? [])],
  );
}
