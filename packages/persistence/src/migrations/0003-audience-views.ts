import { Migration } from '@mikro-orm/migrations';

export class Migration0003 extends Migration {
  override up(): void {
    this.addSql(`
create view agreed_with_caller with (security_barrier = true) as
  select theirs.organisation_id as owner_id, class as kind
  from agreement_member mine
  join sharing_agreement agreement on agreement.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = agreement.id
  cross join unnest(agreement.classes) class
  where mine.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and (agreement.in_force_from <= ((now() at time zone 'Europe/London')::date) and (agreement.in_force_until is null or ((now() at time zone 'Europe/London')::date) < agreement.in_force_until))
    and (mine.member_from <= ((now() at time zone 'Europe/London')::date) and (mine.member_until is null or ((now() at time zone 'Europe/London')::date) < mine.member_until))
    and (theirs.member_from <= ((now() at time zone 'Europe/London')::date) and (theirs.member_until is null or ((now() at time zone 'Europe/London')::date) < theirs.member_until));
create view concerning_caller with (security_barrier = true) as
  select concern.provider_id, concern.home_id, concern.ground
  from borough_concerned concern where concern.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid);
create view naming_caller with (security_barrier = true) as
  select naming.sharing_id, naming.owner_id
  from sharing_named naming
  left join borough_group_member member
    on member.group_id = naming.group_id and member.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  where naming.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    or (member.group_id is not null and (member.member_from <= ((now() at time zone 'Europe/London')::date) and (member.member_until is null or ((now() at time zone 'Europe/London')::date) < member.member_until)));
create view known_to_caller with (security_barrier = true) as select s.id from sharing s where (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    s.level <> 'OWN_BOROUGH' and (s.owner_id, s.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
      s.level = 'ALLIANCE'
      or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
      or (s.level = 'NAMED' and exists (
        select from naming_caller n where n.sharing_id = s.id and n.owner_id = s.owner_id))
    )
  )
);
create view owned_by_caller with (security_barrier = true) as select s.id from sharing s where s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid);
drop policy "tenant_inserts" on "flag_acknowledgement";
drop policy "tenant_reads" on "flag_acknowledgement";
drop policy "tenant_inserts" on "flag_detail";
drop policy "tenant_reads" on "flag_detail";
drop policy "tenant_inserts" on "flag";
drop policy "tenant_reads" on "flag";
drop policy "tenant_updates" on "flag";
drop policy "tenant_reads" on "sharing";
create policy "tenant_inserts" on "flag_acknowledgement" for insert to "accord_gateway" with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from known_to_caller k where k.id = flag_acknowledgement.flag_id));
create policy "tenant_reads" on "flag_acknowledgement" for select to "accord_gateway", "accord_worker" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from owned_by_caller k where k.id = flag_acknowledgement.flag_id));
create policy "tenant_inserts" on "flag_detail" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = flag_detail.flag_id));
create policy "tenant_reads" on "flag_detail" for select to "accord_gateway", "accord_worker" using (exists (select from owned_by_caller k where k.id = flag_detail.flag_id));
create policy "tenant_inserts" on "flag" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = flag.id));
create policy "tenant_reads" on "flag" for select to "accord_gateway", "accord_worker" using (exists (select from known_to_caller k where k.id = flag.id));
create policy "tenant_updates" on "flag" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = flag.id)) with check (exists (select from owned_by_caller k where k.id = flag.id));
create policy "tenant_reads" on "sharing" for select to "accord_gateway", "accord_worker" using ((
  sharing.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    sharing.level <> 'OWN_BOROUGH' and (sharing.owner_id, sharing.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
      sharing.level = 'ALLIANCE'
      or (sharing.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and true
) or (sharing.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
      or (sharing.level = 'NAMED' and exists (
        select from naming_caller n where n.sharing_id = sharing.id and n.owner_id = sharing.owner_id))
    )
  )
) or (
  sharing.existence_known and sharing.level <> 'OWN_BOROUGH' and sharing.ended_at is null
  and exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and c.ground = 'PLACES'
)
));
`);
  }
}
