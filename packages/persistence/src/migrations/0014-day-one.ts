import { Migration } from '@mikro-orm/migrations';

export class Migration0014 extends Migration {
  override up(): void {
    this.addSql(`
create table "business_contact" ("id" uuid not null, "borough_id" uuid null, "provider_id" uuid null, "kind" text not null, "team" text not null, "phone" text null, "email" text null, "hours" text null, "version" int not null default 1, "updated_at" timestamptz not null, primary key ("id"));
create index "business_contact_provider_id_kind_index" on "business_contact" ("provider_id", "kind");
create index "business_contact_borough_id_kind_index" on "business_contact" ("borough_id", "kind");
create table "host_notice" ("borough_id" uuid not null, "host_id" uuid not null, "up_to_date_as_at" date not null, primary key ("borough_id", "host_id"));
create index "host_notice_host_id_index" on "host_notice" ("host_id");
create table "use_import" ("id" uuid not null, "borough_id" uuid not null, "file_name" text not null, "file_hash" text not null, "as_at" date not null, "dry_run" boolean not null, "is_complete" boolean not null, "rows" int not null, "counts" jsonb not null, "requested_by" text not null, "requested_at" timestamptz not null, primary key ("id"));
create index "use_import_borough_id_requested_at_id_index" on "use_import" ("borough_id", "requested_at", "id");
create table "use_import_line" ("import_id" uuid not null, "number" int not null, "borough_id" uuid not null, "outcome" text not null, "line" int null, "column_name" text null, "reason" text null, "label" text null, "home_id" uuid null, "before" int null, "after" int null, primary key ("import_id", "number"));
alter table "business_contact" add constraint "business_contact_reaches" check (num_nonnulls(phone, email) > 0);
alter table "business_contact" add constraint "business_contact_of_one" check (num_nonnulls(borough_id, provider_id) = 1);
alter table "business_contact" enable row level security;
create policy "members_read" on "business_contact" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "business_contact" for insert to "accord_gateway" with check ((borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (provider_id is not null and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))));
create policy "tenant_updates" on "business_contact" for update to "accord_gateway" using ((borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (provider_id is not null and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')))) with check ((borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (provider_id is not null and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))));
create policy "tenant_deletes" on "business_contact" for delete to "accord_gateway" using ((borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (provider_id is not null and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))));
alter table "host_notice" enable row level security;
create policy "tenant_reads" on "host_notice" for select to "accord_gateway", "accord_worker" using ((borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or host_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_inserts" on "host_notice" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "host_notice" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "use_import" enable row level security;
create policy "tenant_reads" on "use_import" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "use_import" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "use_import_line" enable row level security;
create policy "tenant_reads" on "use_import_line" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "use_import_line" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "placement_number" add column "used_since" date null;
update "placement_number" set "used_since" = "as_at" where "young_people" > 0;
alter table "registration" add column "status_since" date null;
update "registration" set "status_since" = coalesce(case when "status" = 'REGISTERED' then "registered_on" end, "status_as_at");
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
`);
  }
}
