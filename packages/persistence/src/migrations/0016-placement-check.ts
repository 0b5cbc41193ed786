import { Migration } from '@mikro-orm/migrations';

export class Migration0016 extends Migration {
  override up(): void {
    this.addSql(`
create table "placement_check" ("id" uuid not null, "tenant_id" uuid not null, "provider_id" uuid not null, "home_id" uuid not null, "age_band" text not null, "placement_type" text null, "is_emergency" boolean not null, "reference" text null, "checked_by" text not null, "checked_at" timestamptz not null, "checked_on" date not null, "grounds" jsonb not null, "seen" jsonb not null, "override_reason" text null, "overridden_by" text null, "overridden_at" timestamptz null, primary key ("id"));
create index "placement_check_provider_id_checked_on_index" on "placement_check" ("provider_id", "checked_on");
create index "placement_check_tenant_id_checked_at_index" on "placement_check" ("tenant_id", "checked_at");
create table "placement_nomination" ("tenant_id" uuid not null, "principal_id" uuid not null, "nominated_by" text not null, "nominated_on" date not null, "ended_on" date null, primary key ("tenant_id", "principal_id"));
alter table "placement_check" add constraint "placement_check_overridden_whole" check (num_nonnulls(override_reason, overridden_by, overridden_at) in (0, 3));
alter table "placement_check" enable row level security;
create policy "tenant_reads" on "placement_check" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "placement_check" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "placement_check" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "placement_check" for select to "accord_audience" using (true);
alter table "placement_nomination" enable row level security;
create policy "tenant_reads" on "placement_nomination" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "placement_nomination" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "placement_nomination" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create or replace view borough_concerned with (security_invoker = true) as
  select borough_id, provider_id, home_id, 'PLACES' as ground from placement_number where places_there
  union all
  select host_borough_id, provider_id, id, 'HOSTS' from home where host_borough_id is not null
  union all
  select tenant_id, provider_id, home_id, 'CHECKED' from placement_check where checked_on > ((now() at time zone 'Europe/London')::date) - 30;
`);
  }
}
