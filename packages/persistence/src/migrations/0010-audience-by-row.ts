import { Migration } from '@mikro-orm/migrations';

/** The audience asks for an agreement of each thing's owner, and no longer for all that there are. */
export class Migration0010 extends Migration {
  override up(): void {
    this.addSql(`
drop index "home_host_borough_id_provider_id_index";
create index "home_host_borough_id_provider_id_id_index" on "home" ("host_borough_id", "provider_id", "id");
create or replace view known_to_caller with (security_barrier = true) as select s.id from sharing s where (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    (not s.needs_consent or exists (
      select from consenting_to_caller k where k.sharing_id = s.id and k.owner_id = s.owner_id)) and (
      (exists (select from agreed_with_caller a where a.owner_id = s.owner_id and a.kind = s.kind) and (
        s.level = 'ALLIANCE'
        or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
        or (s.level = 'NAMED' and exists (
          select from naming_caller n where n.sharing_id = s.id and n.owner_id = s.owner_id))
        or exists (select from granted_to_caller g where g.sharing_id = s.id and g.owner_id = s.owner_id)
      ))
      or exists (select from disclosed_to_caller d where d.sharing_id = s.id and d.owner_id = s.owner_id)
    )
  )
);
drop policy "tenant_reads" on "sharing";
create policy "tenant_reads" on "sharing" for select to "accord_gateway", "accord_worker" using ((
  sharing.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    (not sharing.needs_consent or exists (
      select from consenting_to_caller k where k.sharing_id = sharing.id and k.owner_id = sharing.owner_id)) and (
      (exists (select from agreed_with_caller a where a.owner_id = sharing.owner_id and a.kind = sharing.kind) and (
        sharing.level = 'ALLIANCE'
        or (sharing.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and true
) or (sharing.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
        or (sharing.level = 'NAMED' and exists (
          select from naming_caller n where n.sharing_id = sharing.id and n.owner_id = sharing.owner_id))
        or exists (select from granted_to_caller g where g.sharing_id = sharing.id and g.owner_id = sharing.owner_id)
      ))
      or exists (select from disclosed_to_caller d where d.sharing_id = sharing.id and d.owner_id = sharing.owner_id)
    )
  )
) or (
  sharing.existence_known and sharing.ended_at is null and not sharing.needs_consent
  and case when sharing.kind = 'INTELLIGENCE' then exists (select from agreed_with_caller a where a.owner_id = sharing.owner_id and a.kind = sharing.kind) else sharing.level <> 'OWN_BOROUGH' end
  and exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and c.ground = 'PLACES'
)
));
`);
  }
}
