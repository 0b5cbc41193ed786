import { Migration } from '@mikro-orm/migrations';

export class Migration0015 extends Migration {
  override up(): void {
    this.addSql(`
create table "calendar_feed" ("id" uuid not null, "tenant_id" uuid not null, "principal_id" uuid not null, "functions" text[] not null, "secret_hash" text not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));
create index "calendar_feed_principal_id_index" on "calendar_feed" ("principal_id");
create table "visit_reminder" ("rule_id" uuid not null, "home_id" uuid not null, "due_on" date not null, "kind" text not null, "reminded_at" timestamptz not null, primary key ("rule_id", "home_id", "due_on", "kind"));
create table "visit_rule" ("id" uuid not null, "borough_id" uuid not null, "name" text not null, "functions" text[] not null, "regime" text not null, "placement_types" text[] not null, "starts_after" jsonb null, "ends_after" jsonb null, "first_within" jsonb null, "every" jsonb null, "early_days" int not null, "tolerance_days" int not null, "source" text null, "version" int not null default 1, "retired_at" timestamptz null, primary key ("id"));
create index "visit_rule_borough_id_index" on "visit_rule" ("borough_id");
alter table "calendar_feed" enable row level security;
create policy "tenant_reads" on "calendar_feed" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_inserts" on "calendar_feed" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_updates" on "calendar_feed" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid));
alter table "visit_reminder" enable row level security;
create policy "clock_reads" on "visit_reminder" for select to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "visit_reminder" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "visit_rule" enable row level security;
create policy "tenant_reads" on "visit_rule" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "visit_rule" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "visit_rule" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));

`);
  }
}
