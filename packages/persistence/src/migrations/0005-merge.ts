import { Migration } from '@mikro-orm/migrations';

export class Migration0005 extends Migration {
  override up(): void {
    this.addSql(`
create table "provider_merge_note" ("merge_id" uuid not null, "act" text not null, "reason" text not null, "actor_id" uuid not null, "acted_by" text not null, "acted_at" timestamptz not null, primary key ("merge_id", "act"));
create table "provider_merge" ("id" uuid not null, "kept_id" uuid not null, "merged_id" uuid not null, "survivor_id" uuid not null, "name" text not null, "trading_names" text[] not null, "company_number" text null, "postcode" text null, "owner_key" text null, "accreditation_of" uuid null, "merged_at" timestamptz not null, "undone_at" timestamptz null, primary key ("id"));
create index "provider_merge_survivor_id_index" on "provider_merge" ("survivor_id");
create unique index provider_merge_in_force on provider_merge (merged_id) where undone_at is null;
create table "provider_merge_row" ("merge_id" uuid not null, "table_name" text not null, "row_id" uuid not null, "before" jsonb null, "after" jsonb null, primary key ("merge_id", "table_name", "row_id"));
drop policy "members_read" on "provider";
alter table "provider" drop constraint "provider_company_number_unique";
alter table "provider" drop constraint "provider_owner_key_unique";
alter table "provider" add "merged_into" uuid null;
create unique index provider_one_owner on provider (owner_key) where merged_into is null;
create unique index provider_one_company on provider (company_number) where merged_into is null;
create policy "members_read" on "provider" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null and merged_into is null);
alter table "provider_merge_note" enable row level security;
create policy "tenant_reads" on "provider_merge_note" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "provider_merge_note" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "provider_merge" add constraint "provider_merge_of_two" check (kept_id <> merged_id);
alter table "provider_merge" enable row level security;
create policy "members_read" on "provider_merge" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "provider_merge" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "provider_merge" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "provider_merge_row" enable row level security;
create policy "owner_alone" on "provider_merge_row" to "accord_owner" using (true) with check (true);
create or replace function refresh_provider_search(changed uuid) returns void language sql as $$
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
`);
  }
}
