import { Migration } from '@mikro-orm/migrations';

/** Boroughs' monthly returns of their placement searches, and how many of them are in a month's figures. */
export class Migration0024 extends Migration {
  override up(): void {
    this.addSql(`
create table "placement_return" ("borough_id" uuid not null, "month" date not null, "version" int not null, "given_by" text not null, "given_at" timestamptz not null, primary key ("borough_id", "month"));
create table "placement_return_line" ("borough_id" uuid not null, "month" date not null, "placement_type" text not null, "sought" int not null, "matched" int not null, "weekly_spend" int not null, primary key ("borough_id", "month", "placement_type"));
alter table "report_month" add column "returns" int null, add column "boroughs" int null;
alter table "placement_return" enable row level security;
create policy "tenant_reads" on "placement_return" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "placement_return" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "placement_return" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "placement_return_line" add constraint "placement_return_line_spend" check (weekly_spend = 0 or (weekly_spend <= 999999
    and weekly_spend between matched * 1 and matched * 50000));
alter table "placement_return_line" add constraint "placement_return_line_matched" check (matched between 0 and sought);
alter table "placement_return_line" add constraint "placement_return_line_sought" check (sought between 0 and 999);
alter table "placement_return_line" enable row level security;
create policy "tenant_reads" on "placement_return_line" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "placement_return_line" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "placement_return_line" for delete to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
`);
  }
}
