import { Migration } from '@mikro-orm/migrations';

export class Migration0012 extends Migration {
  override up(): void {
    this.addSql(`
create table "visit" ("id" uuid not null, "owner_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "template_id" uuid not null, "framework_id" uuid not null, "visited_on" date not null, "reason" text not null, "reason_other" text null, "mode" text not null, "unannounced" boolean not null, "made_as" text not null, "provider_representatives" text[] not null, "outcome" text null, "state" text not null, "version" int not null default 1, "withdrawal_reason" text null, primary key ("id"));
create index "visit_owner_id_visited_on_id_index" on "visit" ("owner_id", "visited_on", "id");
create index "visit_provider_id_visited_on_id_index" on "visit" ("provider_id", "visited_on", "id");
create index "visit_home_id_visited_on_id_index" on "visit" ("home_id", "visited_on", "id");
alter table "visit" add constraint "visit_withdrawn_with_reason" check ((state = 'WITHDRAWN') = (withdrawal_reason is not null));
alter table "visit" add constraint "visit_finished_with_outcome" check (state = 'DRAFT' or outcome is not null);
alter table "visit" add constraint "visit_reason_in_words" check ((reason = 'OTHER') = (reason_other is not null));
alter table "visit" enable row level security;
create policy "tenant_reads" on "visit" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (state <> 'DRAFT' and exists (select from known_to_caller k where k.id = visit.id)));
create policy "tenant_inserts" on "visit" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "visit" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
`);
  }
}
