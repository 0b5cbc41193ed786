import { Migration } from '@mikro-orm/migrations';

export class Migration0012 extends Migration {
  override up(): void {
    this.addSql(`
create table "visit_action" ("id" uuid not null, "visit_id" uuid not null, "owner_id" uuid not null, "finding_id" uuid null, "what" text not null, "responsible" text not null, "due_on" date not null, "done_on" date null, "verified_on" date null, "verified_by" text null, "version" int not null default 1, primary key ("id"));
create index visit_action_due on visit_action (due_on, id) where done_on is null;
create index "visit_action_visit_id_index" on "visit_action" ("visit_id");
create table "visit_finding" ("id" uuid not null, "visit_id" uuid not null, "owner_id" uuid not null, "severity" text not null, "summary" text not null, "item_codes" text[] not null, "state" text not null, "version" int not null default 1, "written_by" uuid not null, "written_by_name" text not null, "reply_asked_on" date null, "reply_due_on" date null, "reply" text null, "replied_on" date null, "published_by" uuid null, "published_by_name" text null, "published_on" date null, primary key ("id"));
create index "visit_finding_reply_due_on_index" on "visit_finding" ("reply_due_on");
create index "visit_finding_visit_id_index" on "visit_finding" ("visit_id");
create table "form_item" ("template_id" uuid not null, "code" text not null, "position" int not null, "section" text not null, "label" text not null, "guidance" text null, "kind" text not null, "options" text[] not null, "date_labels" text[] not null, "looks_ahead" boolean not null, "takes_evidence" boolean not null, "takes_comment" boolean not null, "takes_checked_by" boolean not null, "repeats" boolean not null, "filled_from" text null, "stays_because" text null, primary key ("template_id", "code"));
create table "form_template" ("id" uuid not null, "code" text not null, "version" int not null, "kind" text not null, "title" text not null, "source" text not null, "published_on" date not null, primary key ("id"));
alter table "form_template" add constraint "form_template_code_version_unique" unique ("code", "version");
create table "visit_answer" ("visit_id" uuid not null, "template_id" uuid not null, "item_code" text not null, "entry" int not null, "owner_id" uuid not null, "stays_in_borough" boolean not null, "value" text null, "dates" date[] not null, "evidence" text null, "comment" text null, "checked_by" text null, "revision" int not null, primary key ("visit_id", "template_id", "item_code", "entry"));
create table "visitor_part" ("visit_id" uuid not null, "principal_id" uuid not null, "owner_id" uuid not null, "template_id" uuid not null, "words" jsonb not null, "submitted_on" date null, "version" int not null default 1, primary key ("visit_id", "principal_id"));
create table "visit" ("id" uuid not null, "owner_id" uuid not null, "provider_id" uuid not null, "home_id" uuid null, "template_id" uuid not null, "framework_id" uuid not null, "visited_on" date not null, "reason" text not null, "reason_other" text null, "mode" text not null, "unannounced" boolean not null, "made_as" text not null, "provider_representatives" text[] not null, "outcome" text null, "state" text not null, "version" int not null default 1, "anonymous" boolean not null default false, "withdrawal_reason" text null, primary key ("id"));
create index "visit_owner_id_visited_on_id_index" on "visit" ("owner_id", "visited_on", "id");
create index "visit_provider_id_visited_on_id_index" on "visit" ("provider_id", "visited_on", "id");
create index "visit_home_id_visited_on_id_index" on "visit" ("home_id", "visited_on", "id");
create table "follow_up_reminder" ("kind" text not null, "subject_id" uuid not null, "due_on" date not null, "reminded_at" timestamptz not null, primary key ("kind", "subject_id", "due_on"));
create table "visit_visitor" ("visit_id" uuid not null, "principal_id" uuid not null, "owner_id" uuid not null, "name" text not null, "is_care_experienced" boolean not null, "named_to_others" boolean not null, primary key ("visit_id", "principal_id"));
create index "visit_visitor_principal_id_index" on "visit_visitor" ("principal_id");
alter table "visit_action" add constraint "visit_action_verified_when_done" check (verified_on is null or done_on is not null);
alter table "visit_action" enable row level security;
create policy "tenant_reads" on "visit_action" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from visit v where v.id = visit_action.visit_id and v.state = 'SHARED'));
create policy "tenant_inserts" on "visit_action" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_action.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_updates" on "visit_action" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "visit_action" for select to "accord_audience" using (true);
alter table "visit_finding" add constraint "visit_finding_reply_dated" check ((reply is null) = (replied_on is null));
alter table "visit_finding" add constraint "visit_finding_heard_first" check (state <> 'PUBLISHED' or (published_on is not null and (replied_on is not null or coalesce(reply_due_on < published_on, false))));
alter table "visit_finding" add constraint "visit_finding_four_eyes" check ((state = 'PUBLISHED') = (published_by is not null) and published_by is distinct from written_by);
alter table "visit_finding" enable row level security;
create policy "tenant_reads" on "visit_finding" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (state = 'PUBLISHED' and exists (select from visit v where v.id = visit_finding.visit_id and v.state = 'SHARED')));
create policy "tenant_inserts" on "visit_finding" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_finding.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)));
create policy "tenant_updates" on "visit_finding" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "visit_finding" for select to "accord_audience" using (true);
alter table "form_item" add constraint "form_item_stays_because" check (stays_because in ('CHILD_OR_CARER', 'PLACEMENTS', 'POLICE', 'STAFF'));
alter table "form_item" enable row level security;
create policy "members_read" on "form_item" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "form_item" for insert to "accord_gateway" with check ((select tenant_is_alliance()));
alter table "form_template" enable row level security;
create policy "members_read" on "form_template" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "form_template" for insert to "accord_gateway" with check ((select tenant_is_alliance()));
alter table "visit_answer" enable row level security;
create policy "tenant_reads" on "visit_answer" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (not stays_in_borough and exists (select from visit v where v.id = visit_answer.visit_id and v.state = 'SHARED')));
create policy "tenant_inserts" on "visit_answer" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_answer.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
  and exists (select from visit v where v.id = visit_answer.visit_id and visit_answer.template_id in (v.template_id, v.framework_id))
  and visit_answer.stays_in_borough = (select i.stays_because is not null from form_item i
    where i.template_id = visit_answer.template_id and i.code = visit_answer.item_code));
create policy "tenant_updates" on "visit_answer" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_answer.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid))
  and exists (select from visit v where v.id = visit_answer.visit_id and visit_answer.template_id in (v.template_id, v.framework_id))
  and visit_answer.stays_in_borough = (select i.stays_because is not null from form_item i
    where i.template_id = visit_answer.template_id and i.code = visit_answer.item_code));
create policy "tenant_deletes" on "visit_answer" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "visitor_part" add constraint "visitor_part_words" check (jsonb_typeof(words) = 'object');
alter table "visitor_part" enable row level security;
create policy "tenant_reads" on "visitor_part" for select to "accord_gateway", "accord_worker" using ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and (principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) or submitted_on is not null))
       or (submitted_on is not null and exists (select from visit v where v.id = visitor_part.visit_id and v.state = 'SHARED')));
create policy "tenant_inserts" on "visitor_part" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_part.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced));
create policy "tenant_updates" on "visitor_part" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_part.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and exists (
  select from visit_visitor w where w.visit_id = visitor_part.visit_id and w.principal_id = (select nullif(current_setting('app.caller', true), '')::uuid) and w.is_care_experienced));
alter table "visit" add constraint "visit_withdrawn_with_reason" check ((state = 'WITHDRAWN') = (withdrawal_reason is not null));
alter table "visit" add constraint "visit_finished_with_outcome" check (state = 'DRAFT' or outcome is not null);
alter table "visit" add constraint "visit_reason_in_words" check ((reason = 'OTHER') = (reason_other is not null));
alter table "visit" enable row level security;
create policy "tenant_reads" on "visit" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (state <> 'DRAFT' and exists (select from known_to_caller k where k.id = visit.id)));
create policy "tenant_inserts" on "visit" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "visit" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "visit" for select to "accord_audience" using (true);
alter table "follow_up_reminder" enable row level security;
create policy "tenant_reads" on "follow_up_reminder" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "follow_up_reminder" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "audience_reads_ids" on "follow_up_reminder" for select to "accord_audience" using (true);
alter table "visit_visitor" enable row level security;
create policy "tenant_reads" on "visit_visitor" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (named_to_others and exists (select from visit v where v.id = visit_visitor.visit_id and v.state = 'SHARED' and not v.anonymous)));
create policy "tenant_inserts" on "visit_visitor" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from visit v where v.id = visit_visitor.visit_id and v.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) and named_to_others = not is_care_experienced);
create policy "tenant_updates" on "visit_visitor" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and is_care_experienced and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and is_care_experienced and principal_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_deletes" on "visit_visitor" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
`);
  }
}
