import { array, execute, TENANT } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A group whose members are nobody's business but its keeper's. */
export interface HiddenGroup {
  readonly id: string;
  readonly name: string;
}

const HIDDEN = `select g.id, g.name from borough_group g where g.hides_members and g.keeper_id <> ${TENANT}`;

/** Of these groups, those that hide their members from the caller's tenant. @param em in a tenant's transaction. */
export const hiddenGroups = (em: EntityManager, groupIds: readonly string[]): Promise<HiddenGroup[]> =>
  execute(em, `${HIDDEN} and g.id = any(?::uuid[]) order by g.name`, [array(groupIds)]);

/** The same, of the groups that one of the caller's own things is shared with. */
export const hiddenGroupsOf = (em: EntityManager, sharingId: string): Promise<HiddenGroup[]> =>
  execute(em, `${HIDDEN} and g.id in (select group_id from sharing_named where sharing_id = ?) order by g.name`, [
    sharingId,
  ]);
