import { Migration } from '@mikro-orm/migrations';

/** Photos of care-experienced visitors; and every file in the store is written down, with its size and whose it is. */
export class Migration0023 extends Migration {
  override up(): void {
    this.addSql(`
alter table "removed_evidence" rename to "stored_file";
alter table "stored_file" rename constraint "removed_evidence_pkey" to "stored_file_pkey";
alter table "stored_file" alter column "remove_from" drop not null, alter column "remove_from" drop default, add "bytes" int not null default 0;
alter table "stored_file" alter column "bytes" drop default;
insert into "stored_file" ("id", "tenant_id", "bytes")
  select e.id, a.owner_id, e.bytes from due_diligence_evidence e join due_diligence_answer a on a.id = e.answer_id
  on conflict ("id") do nothing;
create index stored_file_to_remove on stored_file (remove_from) where remove_from is not null;
create index "stored_file_tenant_id_index" on "stored_file" ("tenant_id");
create policy "tenant_updates" on "stored_file" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create table "visitor_photo" ("id" uuid not null, "visit_id" uuid not null, "principal_id" uuid not null, "owner_id" uuid not null, "media_type" text not null, "bytes" int not null, "hash" text not null, "scan" text not null, "added_on" date not null, "shown_to_others" boolean not null, primary key ("id"));
create index "visitor_photo_visit_id_principal_id_index" on "visitor_photo" ("visit_id", "principal_id");
alter table "visitor_photo" enable row level security;
create policy "tenant_reads" on "visitor_photo" for select to "accord_gateway", "accord_worker" using ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid))
       or ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or shown_to_others) and exists (select from visitor_part p
  where p.visit_id = visitor_photo.visit_id and p.principal_id = visitor_photo.principal_id))
       or (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visitor_photo.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id))));
create policy "tenant_inserts" on "visitor_photo" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_photo.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced) and not shown_to_others);
create policy "tenant_updates" on "visitor_photo" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_photo.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_photo.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced));
create policy "tenant_deletes" on "visitor_photo" for delete to "accord_gateway" using ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_photo.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced) and not exists (select from record_hold h where h.record_id = visitor_photo.visit_id)) or (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visitor_photo.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id))));
drop policy "tenant_reads" on "visitor_part";
create policy "tenant_reads" on "visitor_part" for select to "accord_gateway", "accord_worker" using ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and (principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) or submitted_on is not null))
       or (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visitor_part.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and v.visited_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = v.id)))
       or (submitted_on is not null and exists (select from visit v where v.id = visitor_part.visit_id and v.state = 'SHARED')));
drop policy "tenant_inserts" on "read_log_entry";
create policy "tenant_inserts" on "read_log_entry" for insert to "accord_gateway" with check (reader_tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and reader_id = (select nullif(current_setting('app.caller', true), '')::uuid)
       and (
         exists (select from sharing s where s.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
         or (kind = 'SEALED_COPY' and exists (
           select from relied_copy c where c.item_id = read_log_entry.item_id and c.owner_id = read_log_entry.owner_id))
         or (kind = 'FILE' and (exists (
  select from due_diligence_evidence f join sharing s on s.id = f.answer_id where f.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
  or exists (select from visitor_photo f where f.id = read_log_entry.item_id and f.owner_id = read_log_entry.owner_id)))
       ));
`);
  }
}
