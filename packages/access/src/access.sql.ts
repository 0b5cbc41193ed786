import { TENANT } from '@accord/persistence';
import { isAlliance } from './organisation.entity.js';

/**
 * What the ORM's entities cannot express.
 *
 * `tenant_is_alliance`: a policy of `organisation` cannot read `organisation` itself (PostgreSQL calls it
 * infinite recursion); a function can, with the rights of whoever asks.
 *
 * `file_is_there`: that a file is there for the caller, and bears out an answer of this owner's or goes with a visit of
 * theirs. A function, as the policies of files are long: written out in that of the read log, each of its rows paid for
 * them, and a thousand summaries of intelligence took twice as long to log.
 */
export const ACCESS_SQL = `
create function tenant_is_alliance() returns boolean stable language sql as $$
  select ${isAlliance(TENANT)}
$$;
create function file_is_there(file uuid, owner uuid) returns boolean stable language plpgsql as $$
begin
  return exists (select from due_diligence_evidence f join sharing s on s.id = f.answer_id
      where f.id = file and s.owner_id = owner)
    or exists (select from visitor_photo f where f.id = file and f.owner_id = owner);
end
$$;
`;
