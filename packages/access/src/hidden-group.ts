import { array, execute, TENANT } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** A group whose members are nobody's business but its keeper's. */
export interface HiddenGroup {
  readonly id: string;
  readonly name: string;
}

const HIDDEN = `g.hides_members and g.keeper_id <> ${TENANT}`;

/** Of these groups, those that hide their members from the caller's tenant. @param em in a tenant's transaction. */
export const hiddenGroups = (em: EntityManager, groupIds: readonly string[]): Promise<HiddenGroup[]> =>
  execute(em, `select g.id, g.name from borough_group g where ${HIDDEN} and g.id = any(?::uuid[]) order by g.name`, [
    array(groupIds),
  ]);

/** The same, of the groups that one of the caller's own things is shared with; one that it has left is hidden, too. */
export const hiddenGroupsOf = (em: EntityManager, sharingId: string): Promise<HiddenGroup[]> =>
  execute(
    em,
    `select n.group_id as id, coalesce(g.name, 'a group that your organisation has left') as name
     from sharing_named n left join borough_group g on g.id = n.group_id
     where n.sharing_id = ? and n.group_id is not null and (g.id is null or (${HIDDEN})) order by 2`,
    [sharingId],
  );
