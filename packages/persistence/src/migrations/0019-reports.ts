import { Migration } from '@mikro-orm/migrations';

export class Migration0019 extends Migration {
  override up(): void {
    this.addSql(`
create table "report_borough" ("month" date not null, "kind" text not null, "borough_id" uuid not null, "category" text not null, "number" int null, primary key ("month", "kind", "borough_id", "category"));
create table "report_region" ("month" date not null, "kind" text not null, "category" text not null, "number" int null, primary key ("month", "kind", "category"));
create table "report_month" ("month" date not null, "as_at" date not null, "is_final" boolean not null, primary key ("month"));
create table "report_share" ("month" date not null, "kind" text not null, "organisation_id" uuid not null, "category" text not null, "number" int not null, primary key ("month", "kind", "organisation_id", "category"));
alter table "report_borough" add constraint "report_borough_not_under_five" check (number >= 5);
alter table "report_borough" enable row level security;
create policy "alliance_reads" on "report_borough" for select to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "report_borough" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and not exists (select from report_month m where m.month = report_borough.month and m.is_final));
alter table "report_region" add constraint "report_region_not_under_five" check (number >= 5);
alter table "report_region" enable row level security;
create policy "members_read" on "report_region" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "clock_inserts" on "report_region" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and not exists (select from report_month m where m.month = report_region.month and m.is_final));
alter table "report_month" enable row level security;
create policy "members_read" on "report_month" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "clock_inserts" on "report_month" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_updates" on "report_month" for update to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and not is_final) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "report_share" enable row level security;
create policy "tenant_reads" on "report_share" for select to "accord_gateway" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "clock_reads" on "report_share" for select to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "report_share" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and not exists (select from report_month m where m.month = report_share.month and m.is_final));
create policy "clock_deletes" on "report_share" for delete to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and not exists (select from report_month m where m.month = report_share.month and m.is_final));

`);
  }
}
