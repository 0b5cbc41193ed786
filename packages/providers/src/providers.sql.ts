import { TODAY } from '@accord/persistence';

const SINCE = `
create function placement_number_since() returns trigger language plpgsql as $$
begin
  if new.young_people = 0 then
    new.used_since := null;
  elsif tg_op = 'UPDATE' and old.young_people > 0 then
    new.used_since := coalesce(new.used_since, old.used_since, new.as_at);
  else
    new.used_since := coalesce(new.used_since, new.as_at);
  end if;
  return new;
end $$;

create function registration_since() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.status_since := coalesce(new.status_since,
      case when new.status = 'REGISTERED' then new.registered_on end, new.status_as_at);
  elsif new.status <> old.status then
    new.status_since := coalesce(new.status_as_at, (now() at time zone 'Europe/London')::date);
  end if;
  return new;
end $$;

create trigger placement_number_since before insert or update on placement_number
  for each row execute function placement_number_since();
create trigger registration_since before insert or update of status on registration
  for each row execute function registration_since();
`;

/**
 * What the ORM's entities cannot express.
 *
 * `borough_concerned`: which borough has to do with which provider and home, read by the audience
 * (packages/access/src/audience.ts). A view with the rights of whoever asks: a tenant finds itself, the
 * audience role finds everybody. Derived, so that it cannot fall behind the numbers and homes it tells of.
 *
 * `provider_search`: one row of lower-case text per provider. Trigram operators are not leakproof, so behind
 * a row policy with a condition their index would lie idle; what is in here is public to the alliance.
 *
 * `used_since`, `status_since`: since when a number is above none, and a registration as it is. Triggers keep them,
 * as several ways lead there (by hand, a borough's list, the regulator's file, a merge).
 */
export const PROVIDERS_SQL = `
create view borough_concerned with (security_invoker = true) as
  select borough_id, provider_id, home_id, 'PLACES' as ground from placement_number where places_there
  union all
  select host_borough_id, provider_id, id, 'HOSTS' from home where host_borough_id is not null
  union all
  select tenant_id, provider_id, home_id, 'CHECKED' from placement_check where checked_on > ${TODAY} - 30;

create function refresh_provider_search(changed uuid) returns void language sql as $$
  insert into provider_search (provider_id, words)
  select p.id, lower(concat_ws(' | ', p.name, array_to_string(p.trading_names, ' | '), p.company_number,
      p.postcode, replace(p.postcode, ' ', ''),
      (select string_agg(concat_ws(' ', h.name, h.postcode, replace(h.postcode, ' ', '')), ' | ' order by h.name, h.id)
         from home h where h.provider_id = p.id),
      (select string_agg(r.reference, ' ' order by r.reference) from registration r where r.provider_id = p.id),
      (select string_agg(concat_ws(' | ', m.name, array_to_string(m.trading_names, ' | '), m.company_number, m.postcode,
          replace(m.postcode, ' ', '')), ' | ' order by m.name, m.id)
         from provider_merge m where m.survivor_id = p.id and m.undone_at is null)))
  from provider p where p.id = changed and p.merged_into is null
  on conflict (provider_id) do update set words = excluded.words where provider_search.words <> excluded.words
$$;

create function provider_search_of_provider() returns trigger language plpgsql as $$
begin
  perform refresh_provider_search(new.id);
  return null;
end $$;

create function provider_search_of_part() returns trigger language plpgsql as $$
begin
  perform refresh_provider_search(new.provider_id);
  if tg_op = 'UPDATE' and old.provider_id <> new.provider_id then
    perform refresh_provider_search(old.provider_id);
  end if;
  return null;
end $$;

create trigger provider_search_follows after insert or update of name, trading_names, company_number, postcode
  on provider for each row execute function provider_search_of_provider();
create trigger provider_search_follows after insert or update of name, postcode, provider_id
  on home for each row execute function provider_search_of_part();
create trigger provider_search_follows after insert or update of reference, provider_id
  on registration for each row execute function provider_search_of_part();
${SINCE}`;
