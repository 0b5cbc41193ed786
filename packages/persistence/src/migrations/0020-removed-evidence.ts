import { Migration } from '@mikro-orm/migrations';

/** Files whose rows were deleted, until their bytes are gone. */
export class Migration0020 extends Migration {
  override up(): void {
    this.addSql(`
create table "removed_evidence" ("id" uuid not null, "tenant_id" uuid not null, primary key ("id"));
alter table "removed_evidence" enable row level security;
create policy "tenant_reads" on "removed_evidence" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "removed_evidence" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "removed_evidence" for delete to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "removed_evidence" for select to "accord_audience" using (true);
`);
  }
}
