import { Migration } from '@mikro-orm/migrations';

export class Migration0013 extends Migration {
  override up(): void {
    this.addSql(`
create table "placement_hold" ("id" uuid not null, "kind" text not null, "starts_on" date not null, "review_on" date not null, "reason" text not null, "reviewed_on" date null, "review_note" text null, "lifted_on" date null, "lift_reason" text null, "version" int not null default 1, "decided_at" timestamptz not null, primary key ("id"));
alter table "placement_hold" add constraint "placement_hold_reviewed_with_note" check ((reviewed_on is null) = (review_note is null));
alter table "placement_hold" add constraint "placement_hold_lifted_with_reason" check ((lifted_on is null) = (lift_reason is null));
alter table "placement_hold" enable row level security;
create policy "tenant_reads" on "placement_hold" for select to "accord_gateway", "accord_worker" using (exists (select from known_to_caller k where k.id = placement_hold.id));
create policy "tenant_inserts" on "placement_hold" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = placement_hold.id));
create policy "tenant_updates" on "placement_hold" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = placement_hold.id)) with check (exists (select from owned_by_caller k where k.id = placement_hold.id));
create policy "audience_reads_ids" on "placement_hold" for select to "accord_audience" using (true);
create table "borough_reference" ("id" uuid not null, "request_id" uuid not null, "requester_id" uuid not null, "borough_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "questions" text[] not null, "due_on" date not null, "state" text not null, "answers" text[] null, "young_people" int null, "used_since" date null, "decline_reason" text null, "answered_by" text null, "answered_on" date null, "shared_with_alliance" boolean not null default false, "version" int not null default 1, primary key ("id"));
create index "borough_reference_provider_id_index" on "borough_reference" ("provider_id");
create index "borough_reference_borough_id_index" on "borough_reference" ("borough_id");
alter table "borough_reference" add constraint "borough_reference_request_id_borough_id_unique" unique ("request_id", "borough_id");
create table "reference_request" ("id" uuid not null, "requester_id" uuid not null, "requested_by" text not null, "provider_id" uuid not null, "home_id" uuid null, "purpose" text not null, "questions" text[] not null, "due_on" date not null, "is_due_certain" boolean not null, "asked_at" timestamptz not null, primary key ("id"));
create index "reference_request_provider_id_index" on "reference_request" ("provider_id");
create index "reference_request_requester_id_asked_at_index" on "reference_request" ("requester_id", "asked_at");
create table "reference_setting" ("borough_id" uuid not null, "is_asked" boolean not null, "required" int not null, primary key ("borough_id"));
alter table "notification" add "reference_request_id" uuid null;
alter table "outbox_event" add "reference_request_id" uuid null;
drop policy "tenant_inserts" on "outbox_event";
create policy "tenant_inserts" on "outbox_event" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and (case when reference_request_id is not null then sharing_id is null and recipients is not null and exists (
    select from reference_request r where r.id = outbox_event.reference_request_id)
  when sharing_id is null
  then exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')
  else exists (select from sharing s where s.id = outbox_event.sharing_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) end or (kind = 'ACCESS_REQUESTED' and exists (
  select from access_request r where r.id = outbox_event.id and r.requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and case when r.through_alliance
      then outbox_event.sharing_id is null and outbox_event.provider_id is null and outbox_event.home_id is null
        and outbox_event.recipients = array(select o.id from organisation o where o.kind = 'ALLIANCE')
      else outbox_event.sharing_id = r.item_id and outbox_event.recipients = array[r.owner_id] end))));
alter table "borough_reference" add constraint "borough_reference_dated" check ((state = 'ASKED') = (answered_on is null));
alter table "borough_reference" add constraint "borough_reference_declined" check ((state = 'DECLINED') = (decline_reason is not null));
alter table "borough_reference" add constraint "borough_reference_answered" check ((state = 'ANSWERED') = (answers is not null));
alter table "borough_reference" enable row level security;
create policy "tenant_reads" on "borough_reference" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or ((borough_id, 'DUE_DILIGENCE') in (select a.owner_id, a.kind from agreed_with_caller a) and (
        (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and state <> 'ASKED') or (state = 'ANSWERED' and shared_with_alliance))));
create policy "tenant_inserts" on "borough_reference" for insert to "accord_gateway" with check (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and state = 'ASKED');
create policy "tenant_updates" on "borough_reference" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "reference_request" enable row level security;
create policy "tenant_reads" on "reference_request" for select to "accord_gateway", "accord_worker" using (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (
        select from borough_reference r where r.request_id = reference_request.id and r.borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_inserts" on "reference_request" for insert to "accord_gateway" with check (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "reference_request" for select to "accord_audience" using (true);
alter table "reference_setting" add constraint "reference_setting_required" check (required between 0 and 10);
alter table "reference_setting" enable row level security;
create policy "tenant_reads" on "reference_setting" for select to "accord_gateway", "accord_worker" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "reference_setting" for insert to "accord_gateway" with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "reference_setting" for update to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "reference_setting" for select to "accord_audience" using (true);
`);
  }
}
