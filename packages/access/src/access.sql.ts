import { TENANT } from '@accord/persistence';
import { isAlliance } from './organisation.entity.js';

/**
 * What the ORM's entities cannot express.
 *
 * `tenant_is_alliance`: a policy of `organisation` cannot read `organisation` itself (PostgreSQL calls it
 * infinite recursion); a function can, with the rights of whoever asks.
 */
export const ACCESS_SQL = `
create function tenant_is_alliance() returns boolean stable language sql as $$
  select ${isAlliance(TENANT)}
$$;
`;
