import { Migration } from '@mikro-orm/migrations';

export class Migration0018 extends Migration {
  override up(): void {
    this.addSql(`
create table "record_hold" ("owner_id" uuid not null, "record_id" uuid not null, "kind" text not null, "reason" text not null, "held_by" text not null, "held_on" date not null, primary key ("owner_id", "record_id"));
create table "record_tombstone" ("owner_id" uuid not null, "id" uuid not null, "deletion_id" uuid not null, "kind" text not null, "provider_id" uuid not null, "home_id" uuid null, "over_on" date not null, "deleted_on" date not null, "deleted_by" text not null, "reason" text not null, primary key ("owner_id", "id"));
create index "record_tombstone_provider_id_index" on "record_tombstone" ("provider_id");
create index "record_tombstone_owner_id_deleted_on_id_index" on "record_tombstone" ("owner_id", "deleted_on", "id");
create policy "tenant_deletes" on "visit_action" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_action.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id)));
create policy "tenant_deletes" on "due_diligence_mark" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and due_diligence_mark.marked_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = due_diligence_mark.id));
create policy "tenant_deletes" on "due_diligence_answer" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and due_diligence_answer.answered_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = due_diligence_answer.id));
create policy "tenant_deletes" on "borough_reference" for delete to "accord_gateway" using (borough_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and coalesce(borough_reference.answered_on, borough_reference.due_on) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = borough_reference.id));
create policy "tenant_deletes" on "due_diligence_evidence" for delete to "accord_gateway" using (exists (select from due_diligence_answer a where a.id = due_diligence_evidence.answer_id and a.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and a.answered_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = a.id)));
create policy "tenant_deletes" on "visit_finding" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_finding.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id)));
create policy "tenant_deletes" on "reference_request" for delete to "accord_gateway" using (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and reference_request.due_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = reference_request.id));
create policy "tenant_deletes" on "visitor_part" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visitor_part.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id)));
create policy "tenant_deletes" on "visit" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and visit.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = visit.id));
alter table "record_hold" enable row level security;
create policy "tenant_reads" on "record_hold" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "record_hold" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "record_hold" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "record_hold" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "record_tombstone" enable row level security;
create policy "tenant_reads" on "record_tombstone" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "record_tombstone" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
`);
  }
}
