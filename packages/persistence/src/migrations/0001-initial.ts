import { Migration } from '@mikro-orm/migrations';

export class Migration0001 extends Migration {
  override up(): void {
    this.addSql(`
create table "accreditation_standing" ("provider_id" uuid not null, "status" text not null, "effective_from" date not null, "review_due" date null, "conditions" text[] not null, primary key ("provider_id"));
create table "agreement_member" ("agreement_id" uuid not null, "organisation_id" uuid not null, "member_from" date not null, "member_until" date null, primary key ("agreement_id", "organisation_id", "member_from"));
create index "agreement_member_organisation_id_index" on "agreement_member" ("organisation_id");
create table "borough_group" ("id" uuid not null, "keeper_id" uuid not null, "name" text not null, primary key ("id"));
create table "borough_group_member" ("group_id" uuid not null, "organisation_id" uuid not null, "member_from" date not null, "member_until" date null, "keeper_id" uuid not null, primary key ("group_id", "organisation_id", "member_from"));
create index "borough_group_member_organisation_id_index" on "borough_group_member" ("organisation_id");
create table "commissioning_arrangement" ("id" uuid not null, "borough_id" uuid not null, "provider_id" uuid not null, "route" text not null, "starts_on" date not null, "ends_on" date null, primary key ("id"));
create index "commissioning_arrangement_borough_id_provider_id_index" on "commissioning_arrangement" ("borough_id", "provider_id");
create table "declared_use" ("borough_id" uuid not null, "provider_id" uuid not null, "young_people_rounded" int not null, primary key ("borough_id", "provider_id"));
create index "declared_use_provider_id_index" on "declared_use" ("provider_id");
create table "delivery" ("id" uuid not null, "tenant_id" uuid not null, "recipient_id" uuid not null, "notification_id" uuid not null, "channel" text not null, "state" text not null, primary key ("id"));
alter table "delivery" add constraint "delivery_notification_id_channel_unique" unique ("notification_id", "channel");
create table "delivery_attempt" ("id" uuid not null, "tenant_id" uuid not null, "recipient_id" uuid not null, "delivery_id" uuid not null, "number" int not null, "started_at" timestamptz not null, "outcome" text not null, primary key ("id"));
alter table "delivery_attempt" add constraint "delivery_attempt_delivery_id_number_unique" unique ("delivery_id", "number");
create table "event_audience" ("tenant_id" uuid not null, "position" bigint not null, primary key ("tenant_id", "position"));
create index "event_audience_position_index" on "event_audience" ("position");
create table "flag_acknowledgement" ("flag_id" uuid not null, "organisation_id" uuid not null, "principal_id" uuid not null, "acknowledged_by" text not null, "acknowledged_at" timestamptz not null, primary key ("flag_id", "organisation_id"));
create table "flag_detail" ("flag_id" uuid not null, "detail" text not null, primary key ("flag_id"));
create table "flag" ("id" uuid not null, "kind" text not null, "severity" text not null, "summary" text not null, "outcome" text null, "outcome_reason" text null, "version" int not null default 1, "raised_at" timestamptz not null, primary key ("id"));
alter table "flag" add constraint "flag_ended_with_reason" check ((outcome is null) = (outcome_reason is null));
create table "home" ("id" uuid not null, "provider_id" uuid not null, "name" text not null, "address" text null, "postcode" text null, "host_borough_id" uuid null, "local_authority" text null, "placement_types" text[] not null, "beds" int null, "gender" text null, "age_from" int null, "age_to" int null, "support_model" text null, "registered_manager" text null, "manager_vacant_since" date null, "planning" text null, "hmo_licence" text null, "missing_protocol_on" date null, "last_independent_report_on" date null, "version" int not null default 1, "updated_at" timestamptz not null, primary key ("id"));
create index "home_host_borough_id_provider_id_index" on "home" ("host_borough_id", "provider_id");
create index "home_provider_id_name_id_index" on "home" ("provider_id", "name", "id");
create table "idempotency_record" ("tenant_id" uuid not null, "caller_id" uuid not null, "operation" text not null, "key" text not null, "payload_hash" text not null, "result_id" uuid not null, "created_at" timestamptz not null, primary key ("tenant_id", "caller_id", "operation", "key"));
create index "idempotency_record_created_at_index" on "idempotency_record" ("created_at");
create table "inspection" ("id" uuid not null, "registration_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "regulator" text not null, "event_number" text not null, "kind" text not null, "inspected_on" date not null, "published_on" date null, "judgements" jsonb not null, primary key ("id"));
create index "inspection_provider_id_inspected_on_index" on "inspection" ("provider_id", "inspected_on");
create index "inspection_home_id_inspected_on_index" on "inspection" ("home_id", "inspected_on");
alter table "inspection" add constraint "inspection_regulator_event_number_unique" unique ("regulator", "event_number");
create table "machine_key" ("id" uuid not null, "tenant_id" uuid not null, "principal_id" uuid not null, "label" text not null, "secret_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));
create index "machine_key_principal_id_index" on "machine_key" ("principal_id");
create table "notification" ("id" uuid not null, "tenant_id" uuid not null, "recipient_id" uuid not null, "event_id" uuid not null, "position" bigint not null, "kind" text not null, "sharing_id" uuid null, "provider_id" uuid not null, "home_id" uuid null, "occurred_at" timestamptz not null, "read_at" timestamptz null, primary key ("id"));
create index "notification_recipient_id_position_index" on "notification" ("recipient_id", "position");
alter table "notification" add constraint "notification_event_id_recipient_id_unique" unique ("event_id", "recipient_id");
create table "notification_preference" ("recipient_id" uuid not null, "kind" text not null, "tenant_id" uuid not null, "enabled" boolean not null, "minimum_severity" text null, primary key ("recipient_id", "kind"));
create table "organisation" ("id" uuid not null, "kind" text not null, "name" text not null, "code" text not null, "gss_code" text null, "suspended_at" timestamptz null, primary key ("id"));
alter table "organisation" add constraint "organisation_code_unique" unique ("code");
create table "outbox_event" ("id" uuid not null, "seq" bigint generated always as identity not null, "position" bigint null, "kind" text not null, "owner_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "sharing_id" uuid null, "recipients" uuid[] null, "occurred_at" timestamptz not null, "handed_over_at" timestamptz null, "handled_at" timestamptz null, primary key ("id"));
alter table "outbox_event" add constraint "outbox_event_position_unique" unique ("position");
create index outbox_event_unhandled on outbox_event (position) where handled_at is null;
create index outbox_event_unsequenced on outbox_event (seq) where position is null;
create table "placement_number" ("id" uuid not null, "borough_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "young_people" int not null, "places_there" boolean generated always as (young_people > 0) stored not null, "as_at" date not null, primary key ("id"));
create index "placement_number_provider_id_index" on "placement_number" ("provider_id");
create unique index placement_number_one on placement_number (borough_id, provider_id, home_id) nulls not distinct;
alter table "placement_number" add constraint "placement_number_not_negative" check (young_people >= 0);
create table "principal" ("id" uuid not null, "tenant_id" uuid not null, "kind" text not null, "subject" text not null, "display_name" text not null, "roles" text[] not null, "disabled_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"));
create index "principal_tenant_id_display_name_index" on "principal" ("tenant_id", "display_name");
alter table "principal" add constraint "principal_tenant_id_subject_unique" unique ("tenant_id", "subject");
create table "provider" ("id" uuid not null, "name" text not null, "trading_names" text[] not null, "company_number" text null, "postcode" text null, "ownership_group" text null, "directors" text[] not null, "responsible_individual" text null, "notice_period_days" int null, "dpv_lot" text null, "owner_key" text null, "version" int not null default 1, "updated_at" timestamptz not null, primary key ("id"));
create index "provider_updated_at_id_index" on "provider" ("updated_at", "id");
create index provider_by_name on provider (lower(name), id);
alter table "provider" add constraint "provider_owner_key_unique" unique ("owner_key");
alter table "provider" add constraint "provider_company_number_unique" unique ("company_number");
create table "provider_search" ("provider_id" uuid not null, "words" text not null, primary key ("provider_id"));
create index provider_search_trigrams on provider_search using gin (words gin_trgm_ops);
create table "registration" ("id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "regulator" text not null, "reference" text not null, "category" text null, "status" text not null, "registered_on" date null, primary key ("id"));
create index "registration_home_id_index" on "registration" ("home_id");
create index "registration_provider_id_index" on "registration" ("provider_id");
alter table "registration" add constraint "registration_regulator_reference_unique" unique ("regulator", "reference");
create table "sharing" ("id" uuid not null, "kind" text not null, "owner_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "level" text not null, "anonymous" boolean not null, "existence_known" boolean not null, "severity" text null, "ended_at" timestamptz null, "reason" text not null, "conditions" text null, primary key ("id"));
create index "sharing_owner_id_kind_index" on "sharing" ("owner_id", "kind");
create index "sharing_kind_provider_id_index" on "sharing" ("kind", "provider_id");
alter table "sharing" add constraint "sharing_level_known" check (level in ('OWN_BOROUGH', 'NAMED', 'BOROUGHS_CONCERNED', 'ALLIANCE'));
create table "sharing_agreement" ("id" uuid not null, "name" text not null, "classes" text[] not null, "purpose" text not null, "in_force_from" date not null, "in_force_until" date null, "review_on" date not null, primary key ("id"));
create table "sharing_named" ("id" uuid not null, "sharing_id" uuid not null, "owner_id" uuid not null, "organisation_id" uuid null, "group_id" uuid null, primary key ("id"));
create index "sharing_named_sharing_id_index" on "sharing_named" ("sharing_id");
alter table "sharing_named" add constraint "sharing_named_one" check (num_nonnulls(organisation_id, group_id) = 1);
alter table "accreditation_standing" enable row level security;
alter table "agreement_member" enable row level security;
alter table "borough_group" enable row level security;
alter table "borough_group_member" enable row level security;
alter table "commissioning_arrangement" enable row level security;
alter table "declared_use" enable row level security;
alter table "delivery" enable row level security;
alter table "delivery_attempt" enable row level security;
alter table "event_audience" enable row level security;
alter table "flag_acknowledgement" enable row level security;
alter table "flag_detail" enable row level security;
alter table "flag" enable row level security;
alter table "home" enable row level security;
alter table "idempotency_record" enable row level security;
alter table "inspection" enable row level security;
alter table "machine_key" enable row level security;
alter table "notification" enable row level security;
alter table "notification_preference" enable row level security;
alter table "organisation" enable row level security;
alter table "outbox_event" enable row level security;
alter table "placement_number" enable row level security;
alter table "principal" enable row level security;
alter table "provider" enable row level security;
alter table "provider_search" enable row level security;
alter table "registration" enable row level security;
alter table "sharing" enable row level security;
alter table "sharing_agreement" enable row level security;
alter table "sharing_named" enable row level security;

create function tenant_is_alliance() returns boolean stable language sql as $$
  select exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')
$$;


create view borough_concerned with (security_invoker = true) as
  select borough_id, provider_id, home_id, 'PLACES' as ground from placement_number where places_there
  union all
  select host_borough_id, provider_id, id, 'HOSTS' from home where host_borough_id is not null;

create function refresh_provider_search(changed uuid) returns void language sql as $$
  insert into provider_search (provider_id, words)
  select p.id, lower(concat_ws(' | ', p.name, array_to_string(p.trading_names, ' | '), p.company_number,
      p.postcode, replace(p.postcode, ' ', ''),
      (select string_agg(concat_ws(' ', h.name, h.postcode, replace(h.postcode, ' ', '')), ' | ' order by h.name, h.id)
         from home h where h.provider_id = p.id),
      (select string_agg(r.reference, ' ' order by r.reference) from registration r where r.provider_id = p.id)))
  from provider p where p.id = changed
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

create policy "members_read" on "accreditation_standing" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "accreditation_standing" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "accreditation_standing" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "members_read" on "agreement_member" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "audience_reads_ids" on "agreement_member" for select to "accord_audience" using (true);
create policy "tenant_reads" on "borough_group" for select to "accord_gateway", "accord_worker" using (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from borough_group_member m where m.group_id = borough_group.id and m.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "audience_reads_ids" on "borough_group" for select to "accord_audience" using (true);
create policy "tenant_reads" on "borough_group_member" for select to "accord_gateway", "accord_worker" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "borough_group_member" for select to "accord_audience" using (true);
create policy "tenant_reads" on "commissioning_arrangement" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "commissioning_arrangement" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "commissioning_arrangement" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "members_read" on "declared_use" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "declared_use" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "declared_use" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "declared_use" for delete to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "delivery" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "worker_keeps" on "delivery" to "accord_worker" using (true) with check (true);
create policy "tenant_reads" on "delivery_attempt" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "worker_keeps" on "delivery_attempt" to "accord_worker" using (true) with check (true);
create policy "tenant_reads" on "event_audience" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "worker_keeps" on "event_audience" to "accord_worker" using (true) with check (true);
create policy "audience_reads_ids" on "event_audience" for select to "accord_audience" using (true);
create policy "tenant_reads" on "flag_acknowledgement" for select to "accord_gateway", "accord_worker" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from sharing s where s.id = flag_acknowledgement.flag_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_inserts" on "flag_acknowledgement" for insert to "accord_gateway" with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from sharing s where s.id = flag_acknowledgement.flag_id and (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    s.level <> 'OWN_BOROUGH' and (s.owner_id, s.kind) in (
  select theirs.organisation_id, class
  from agreement_member mine
  join sharing_agreement a on a.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = a.id
  cross join unnest(a.classes) class
  where mine.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and (a.in_force_from <= ((now() at time zone 'Europe/London')::date) and (a.in_force_until is null or ((now() at time zone 'Europe/London')::date) < a.in_force_until))
    and (mine.member_from <= ((now() at time zone 'Europe/London')::date) and (mine.member_until is null or ((now() at time zone 'Europe/London')::date) < mine.member_until))
    and (theirs.member_from <= ((now() at time zone 'Europe/London')::date) and (theirs.member_until is null or ((now() at time zone 'Europe/London')::date) < theirs.member_until))
) and (
      s.level = 'ALLIANCE'
      or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from borough_concerned c
  where c.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))))
      or (s.level = 'NAMED' and exists (
  select from sharing_named n
  left join borough_group_member g on g.group_id = n.group_id and g.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  where n.sharing_id = s.id and n.owner_id = s.owner_id
    and (n.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (g.group_id is not null and (g.member_from <= ((now() at time zone 'Europe/London')::date) and (g.member_until is null or ((now() at time zone 'Europe/London')::date) < g.member_until))))
))
    )
  )
)));
create policy "tenant_reads" on "flag_detail" for select to "accord_gateway", "accord_worker" using (exists (select from sharing s where s.id = flag_detail.flag_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_inserts" on "flag_detail" for insert to "accord_gateway" with check (exists (select from sharing s where s.id = flag_detail.flag_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_reads" on "flag" for select to "accord_gateway", "accord_worker" using (exists (select from sharing s where s.id = flag.id and (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    s.level <> 'OWN_BOROUGH' and (s.owner_id, s.kind) in (
  select theirs.organisation_id, class
  from agreement_member mine
  join sharing_agreement a on a.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = a.id
  cross join unnest(a.classes) class
  where mine.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and (a.in_force_from <= ((now() at time zone 'Europe/London')::date) and (a.in_force_until is null or ((now() at time zone 'Europe/London')::date) < a.in_force_until))
    and (mine.member_from <= ((now() at time zone 'Europe/London')::date) and (mine.member_until is null or ((now() at time zone 'Europe/London')::date) < mine.member_until))
    and (theirs.member_from <= ((now() at time zone 'Europe/London')::date) and (theirs.member_until is null or ((now() at time zone 'Europe/London')::date) < theirs.member_until))
) and (
      s.level = 'ALLIANCE'
      or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from borough_concerned c
  where c.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))))
      or (s.level = 'NAMED' and exists (
  select from sharing_named n
  left join borough_group_member g on g.group_id = n.group_id and g.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  where n.sharing_id = s.id and n.owner_id = s.owner_id
    and (n.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (g.group_id is not null and (g.member_from <= ((now() at time zone 'Europe/London')::date) and (g.member_until is null or ((now() at time zone 'Europe/London')::date) < g.member_until))))
))
    )
  )
)));
create policy "tenant_inserts" on "flag" for insert to "accord_gateway" with check (exists (select from sharing s where s.id = flag.id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_updates" on "flag" for update to "accord_gateway" using (exists (select from sharing s where s.id = flag.id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid))) with check (exists (select from sharing s where s.id = flag.id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "members_read" on "home" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "home" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "home" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "audience_reads_ids" on "home" for select to "accord_audience" using (true);
create policy "tenant_reads" on "idempotency_record" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and caller_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_inserts" on "idempotency_record" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and caller_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "members_read" on "inspection" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "inspection" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "inspection" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_reads" on "machine_key" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "machine_key" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "machine_key" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "machine_key" for select to "accord_audience" using (true);
create policy "tenant_reads" on "notification" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_updates" on "notification" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "worker_keeps" on "notification" to "accord_worker" using (true) with check (true);
create policy "tenant_reads" on "notification_preference" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_inserts" on "notification_preference" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_updates" on "notification_preference" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and recipient_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "worker_keeps" on "notification_preference" to "accord_worker" using (true) with check (true);
create policy "members_read" on "organisation" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "audience_reads_ids" on "organisation" for select to "accord_audience" using (true);
create policy "tenant_updates" on "organisation" for update to "accord_gateway" using ((select tenant_is_alliance())) with check ((select tenant_is_alliance()));
create policy "worker_keeps" on "organisation" to "accord_worker" using (true) with check (true);
create policy "tenant_inserts" on "outbox_event" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and case when sharing_id is null
  then exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')
  else exists (select from sharing s where s.id = outbox_event.sharing_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) end);
create policy "tenant_reads" on "outbox_event" for select to "accord_gateway", "accord_worker" using (exists (select from event_audience a where a.position = outbox_event.position and a.tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "worker_keeps" on "outbox_event" to "accord_worker" using (true) with check (true);
create policy "audience_reads_ids" on "outbox_event" for select to "accord_audience" using (true);
create policy "tenant_reads" on "placement_number" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "placement_number" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "placement_number" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "placement_number" for select to "accord_audience" using (true);
create policy "tenant_reads" on "principal" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "principal" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "principal" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "principal" for select to "accord_audience" using (true);
create policy "worker_keeps" on "principal" to "accord_worker" using (true) with check (true);
create policy "members_read" on "provider" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "provider" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "provider" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "searched" on "provider_search" for select to "accord_gateway", "accord_worker" using (true);
create policy "tenant_inserts" on "provider_search" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "provider_search" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "members_read" on "registration" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "registration" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "registration" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_reads" on "sharing" for select to "accord_gateway", "accord_worker" using ((
  sharing.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    sharing.level <> 'OWN_BOROUGH' and (sharing.owner_id, sharing.kind) in (
  select theirs.organisation_id, class
  from agreement_member mine
  join sharing_agreement a on a.id = mine.agreement_id
  join agreement_member theirs on theirs.agreement_id = a.id
  cross join unnest(a.classes) class
  where mine.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and (a.in_force_from <= ((now() at time zone 'Europe/London')::date) and (a.in_force_until is null or ((now() at time zone 'Europe/London')::date) < a.in_force_until))
    and (mine.member_from <= ((now() at time zone 'Europe/London')::date) and (mine.member_until is null or ((now() at time zone 'Europe/London')::date) < mine.member_until))
    and (theirs.member_from <= ((now() at time zone 'Europe/London')::date) and (theirs.member_until is null or ((now() at time zone 'Europe/London')::date) < theirs.member_until))
) and (
      sharing.level = 'ALLIANCE'
      or (sharing.level = 'BOROUGHS_CONCERNED' and (exists (
  select from borough_concerned c
  where c.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and true
) or (sharing.kind in ('FLAG', 'HOLD') and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))))
      or (sharing.level = 'NAMED' and exists (
  select from sharing_named n
  left join borough_group_member g on g.group_id = n.group_id and g.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  where n.sharing_id = sharing.id and n.owner_id = sharing.owner_id
    and (n.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (g.group_id is not null and (g.member_from <= ((now() at time zone 'Europe/London')::date) and (g.member_until is null or ((now() at time zone 'Europe/London')::date) < g.member_until))))
))
    )
  )
) or (
  sharing.existence_known and sharing.level <> 'OWN_BOROUGH' and sharing.ended_at is null
  and exists (
  select from borough_concerned c
  where c.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and c.ground = 'PLACES'
)
));
create policy "tenant_inserts" on "sharing" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "sharing" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "sharing" for select to "accord_audience" using (true);
create policy "members_read" on "sharing_agreement" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "audience_reads_ids" on "sharing_agreement" for select to "accord_audience" using (true);
create policy "tenant_reads" on "sharing_named" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from borough_group_member m where m.group_id = sharing_named.group_id and m.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_inserts" on "sharing_named" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "sharing_named" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "sharing_named" for select to "accord_audience" using (true);
`);
  }
}
