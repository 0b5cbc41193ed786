import { Migration } from '@mikro-orm/migrations';

export class Migration0002 extends Migration {
  override up(): void {
    this.addSql(`
create table "accreditation_appeal" ("proposal_id" uuid not null, "grounds" text not null, "received_on" date not null, "recorded_by" text not null, "recorded_at" timestamptz not null, primary key ("proposal_id"));
create table "accreditation_appeal_outcome" ("proposal_id" uuid not null, "outcome" text not null, "reason" text not null, "proposer_id" uuid not null, "decider_id" uuid null, "judge_id" uuid not null, "judged_by" text not null, "judged_at" timestamptz not null, primary key ("proposal_id"));
create table "accreditation_assessment_note" ("assessment_id" uuid not null, "evidence_note" text null, "conditions" text null, "assessor_id" uuid not null, "assessed_by" text not null, primary key ("assessment_id"));
create table "accreditation_assessment" ("id" uuid not null, "seq" bigint generated always as identity not null, "provider_id" uuid not null, "stage" text not null, "outcome" text not null, "conditions" text null, "assessed_on" date not null, "recorded_at" timestamptz not null, primary key ("id"));
create index "accreditation_assessment_provider_id_stage_seq_index" on "accreditation_assessment" ("provider_id", "stage", "seq");
create table "accreditation_change" ("id" uuid not null, "provider_id" uuid not null, "number" int not null, "status" text not null, "effective_on" date not null, "conditions" text[] not null, "review_due" date null, "cause" text not null, "decision_id" uuid null, "reason" text not null, "recorded_at" timestamptz not null, primary key ("id"));
create unique index accreditation_change_one_effect on accreditation_change (decision_id) where cause = 'DECISION';
alter table "accreditation_change" add constraint "accreditation_change_provider_id_number_unique" unique ("provider_id", "number");
create table "accreditation_decision" ("id" uuid not null, "provider_id" uuid not null, "kind" text not null, "status" text not null, "reason" text not null, "conditions" text[] not null, "effective_from" date not null, "review_due" date null, "proposed_at" timestamptz not null, "proposed_by" text not null, "published_at" timestamptz not null, primary key ("id"));
create index "accreditation_decision_effective_from_index" on "accreditation_decision" ("effective_from");
create index "accreditation_decision_provider_id_proposed_at_index" on "accreditation_decision" ("provider_id", "proposed_at");
create table "accreditation_file" ("provider_id" uuid not null, "version" int not null, primary key ("provider_id"));
create table "accreditation_gist" ("proposal_id" uuid not null, "gist" text not null, "told_on" date not null, "recorded_by" text not null, "recorded_at" timestamptz not null, primary key ("proposal_id"));
create table "accreditation_proposal" ("id" uuid not null, "provider_id" uuid not null, "kind" text not null, "status" text not null, "reason" text not null, "reason_for_members" text not null, "conditions" text[] not null, "effective_from" date null, "review_due" date null, "is_adverse" boolean not null, "ratify_by" date null, "proposed_at" timestamptz not null, "proposer_id" uuid not null, "proposed_by" text not null, primary key ("id"));
create index "accreditation_proposal_provider_id_proposed_at_index" on "accreditation_proposal" ("provider_id", "proposed_at");
create table "accreditation_put_off" ("id" uuid not null, "proposal_id" uuid not null, "put_off_by" text not null, "reason" text not null, "review_on" date not null, "recorded_by" text not null, "recorded_at" timestamptz not null, primary key ("id"));
create index "accreditation_put_off_proposal_id_recorded_at_index" on "accreditation_put_off" ("proposal_id", "recorded_at");
create table "accreditation_reminder" ("kind" text not null, "subject_id" uuid not null, "due_on" date not null, "reminded_at" timestamptz not null, primary key ("kind", "subject_id", "due_on"));
create table "accreditation_reply" ("id" uuid not null, "proposal_id" uuid not null, "reply" text not null, "received_on" date not null, "is_complete" boolean not null, "recorded_by" text not null, "recorded_at" timestamptz not null, primary key ("id"));
create index "accreditation_reply_proposal_id_recorded_at_index" on "accreditation_reply" ("proposal_id", "recorded_at");
create table "accreditation_set_aside" ("decision_id" uuid not null, "reason" text not null, "set_aside_at" timestamptz not null, primary key ("decision_id"));
create table "accreditation_verdict" ("proposal_id" uuid not null, "provider_id" uuid not null, "outcome" text not null, "proposer_id" uuid not null, "decider_id" uuid not null, "decided_by" text not null, "decided_at" timestamptz not null, primary key ("proposal_id"));
create table "accreditation_verdict_reason" ("proposal_id" uuid not null, "reason" text not null, primary key ("proposal_id"));
create policy "clock_updates" on "accreditation_standing" for update to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_appeal" enable row level security;
create policy "tenant_reads" on "accreditation_appeal" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_appeal" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_appeal_outcome" add constraint "accreditation_appeal_outcome_independent" check (judge_id <> proposer_id and judge_id is distinct from decider_id);
alter table "accreditation_appeal_outcome" enable row level security;
create policy "tenant_reads" on "accreditation_appeal_outcome" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_appeal_outcome" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_assessment_note" enable row level security;
create policy "tenant_reads" on "accreditation_assessment_note" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_assessment_note" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_assessment" enable row level security;
create policy "members_read" on "accreditation_assessment" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "accreditation_assessment" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_change" enable row level security;
create policy "members_read" on "accreditation_change" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "accreditation_change" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "accreditation_change" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_decision" enable row level security;
create policy "members_read" on "accreditation_decision" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "accreditation_decision" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_file" enable row level security;
create policy "tenant_reads" on "accreditation_file" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_file" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_updates" on "accreditation_file" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "accreditation_file" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_updates" on "accreditation_file" for update to "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_gist" enable row level security;
create policy "tenant_reads" on "accreditation_gist" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_gist" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_proposal" enable row level security;
create policy "tenant_reads" on "accreditation_proposal" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_proposal" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_put_off" enable row level security;
create policy "tenant_reads" on "accreditation_put_off" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_put_off" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_reminder" enable row level security;
create policy "tenant_reads" on "accreditation_reminder" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "accreditation_reminder" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_reply" enable row level security;
create policy "tenant_reads" on "accreditation_reply" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_reply" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_set_aside" enable row level security;
create policy "members_read" on "accreditation_set_aside" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "accreditation_set_aside" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "accreditation_set_aside" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_verdict" add constraint "accreditation_verdict_four_eyes" check (decider_id <> proposer_id);
alter table "accreditation_verdict" enable row level security;
create policy "tenant_reads" on "accreditation_verdict" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') or exists (select from accreditation_decision d where d.id = accreditation_verdict.proposal_id));
create policy "tenant_inserts" on "accreditation_verdict" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "accreditation_verdict_reason" enable row level security;
create policy "tenant_reads" on "accreditation_verdict_reason" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "tenant_inserts" on "accreditation_verdict_reason" for insert to "accord_gateway" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
-- What is known of a status that was there before its history was kept.
insert into "accreditation_change" ("id", "provider_id", "number", "status", "effective_on", "conditions", "review_due", "cause", "reason", "recorded_at")
  select gen_random_uuid(), "provider_id", 1, "status", "effective_from", "conditions", "review_due", 'RECORDED', 'As it was recorded before.', now()
  from "accreditation_standing";
`);
  }
}
