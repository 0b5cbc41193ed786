import { TENANT } from '@accord/persistence';
import { holdsToday } from './agreement.entity.js';

/**
 * What the ORM's entities cannot express of agreements and groups.
 *
 * `open_group_of_caller`: the groups in which the caller is today and whose members see one another. A view with the
 * owner's rights like those of the audience, since the policy of a table cannot read the table itself; bound to the
 * caller by its own text.
 */
export const AGREEMENTS_SQL = `
alter table borough_group_member add constraint borough_group_member_of_keeper
  foreign key (group_id, keeper_id) references borough_group (id, keeper_id);

create view open_group_of_caller with (security_barrier = true) as
  select g.id from borough_group g join borough_group_member m on m.group_id = g.id
  where m.organisation_id = ${TENANT} and not g.hides_members
    and ${holdsToday('m.member_from', 'm.member_until')};
`;
