import { Migration } from '@mikro-orm/migrations';

export class Migration0008 extends Migration {
  override up(): void {
    this.addSql(`
create table "access_request" ("id" uuid not null, "item_id" uuid not null, "owner_id" uuid not null, "requester_id" uuid not null, "requested_by" text not null, "purpose" text not null, "reason" text not null, "asked_at" timestamptz not null, "through_alliance" boolean not null, "state" text not null, "decision_reason" text null, "ends_at" timestamptz null, primary key ("id"));
create index "access_request_requester_id_asked_at_index" on "access_request" ("requester_id", "asked_at");
create index "access_request_owner_id_asked_at_index" on "access_request" ("owner_id", "asked_at");
create table "corroboration" ("item_id" uuid not null, "organisation_id" uuid not null, "kind" text not null, "anonymous" boolean not null, primary key ("item_id", "organisation_id"));
create table "disclosure_consultation" ("id" uuid not null, "request_id" uuid not null, "tenant_id" uuid not null, "kind" text not null, "item_id" uuid not null, "originator_id" uuid not null, "anonymous" boolean not null, "due_on" date not null, "objects" boolean null, "answer" text null, primary key ("id"));
create index "disclosure_consultation_originator_id_due_on_index" on "disclosure_consultation" ("originator_id", "due_on");
create index "disclosure_consultation_request_id_index" on "disclosure_consultation" ("request_id");
create table "disclosure_request" ("id" uuid not null, "tenant_id" uuid not null, "kind" text not null, "reference" text not null, "words" text not null, "received_on" date not null, "due_on" date not null, "is_due_certain" boolean not null, "decision" text null, "decided_on" date null, primary key ("id"));
create index "disclosure_request_tenant_id_due_on_index" on "disclosure_request" ("tenant_id", "due_on");
create table "intelligence_detail" ("item_id" uuid not null, "detail" text not null, primary key ("item_id"));
create table "intelligence_keeping" ("item_id" uuid not null, "recorded_by" uuid not null, "recorded_by_name" text not null, "recorded_at" timestamptz not null, "may_count" boolean not null, "source_at_risk" boolean not null, "police_originated" boolean not null, "counts_until" date not null, "delete_on" date not null, "delete_at_latest_on" date not null, "held_at" timestamptz null, "hold_reason" text null, "evidence" text null, "deletion_reason" text null, primary key ("item_id"));
create index "intelligence_keeping_delete_on_index" on "intelligence_keeping" ("delete_on");
create table "intelligence_item" ("id" uuid not null, "category" text not null, "summary" text null, "observed_on" date not null, "review_on" date not null, "version" int not null default 1, "corrected_on" date null, "withdrawn_at" timestamptz null, "withdrawal_reason" text null, "deleted_on" date null, primary key ("id"));
create table "intelligence_version" ("item_id" uuid not null, "version" int not null, "category" text not null, "summary" text not null, "detail" text not null, "observed_on" date not null, "reason" text not null, "replaced_by" text not null, "replaced_at" timestamptz not null, primary key ("item_id", "version"));
create table "pattern_part" ("review_id" uuid not null, "item_id" uuid not null, "owner_id" uuid not null, "answer" text not null default 'PENDING', "reason" text null, primary key ("review_id", "item_id"));
create index "pattern_part_item_id_index" on "pattern_part" ("item_id");
create index "pattern_part_owner_id_index" on "pattern_part" ("owner_id");
create table "pattern_review" ("id" uuid not null, "provider_id" uuid not null, "opened_at" timestamptz not null default now(), "state" text not null default 'FOUND', "summary" text null, "severity" text null, "level" text null, "closing_reason" text null, "flag_id" uuid null, primary key ("id"));
create index "pattern_review_provider_id_index" on "pattern_review" ("provider_id");
create table "police_origin" ("item_id" uuid not null, "force" text not null, "reference" text not null, "received_on" date not null, "source" int not null, "information" text not null, "handling" text not null, "conditions" text null, primary key ("item_id"));
create table "proposed_correction" ("id" uuid not null, "item_id" uuid not null, "organisation_id" uuid not null, "anonymous" boolean not null, "words" text not null, "proposed_on" date not null default ((now() at time zone 'Europe/London')::date), "accepted" boolean null, "decision_reason" text null, primary key ("id"));
create index "proposed_correction_item_id_index" on "proposed_correction" ("item_id");
create table "read_log_entry" ("id" uuid not null, "seq" bigint generated always as identity not null, "owner_id" uuid not null, "item_id" uuid not null, "item_version" int not null, "provider_id" uuid not null, "kind" text not null, "purpose" text null, "note" text null, "reader_tenant_id" uuid not null, "reader_id" uuid not null, "reader_name" text not null, "read_at" timestamptz not null default now(), "read_on" date not null default ((now() at time zone 'Europe/London')::date), primary key ("id"));
alter table "read_log_entry" add constraint "read_log_entry_seq_unique" unique ("seq");
create unique index read_log_entry_summary_once on read_log_entry (reader_id, item_id, item_version, read_on)
    where kind = 'SUMMARY';
create index "read_log_entry_read_at_index" on "read_log_entry" ("read_at");
create index "read_log_entry_reader_id_item_id_read_at_index" on "read_log_entry" ("reader_id", "item_id", "read_at");
create index "read_log_entry_owner_id_read_at_index" on "read_log_entry" ("owner_id", "read_at");
create index "read_log_entry_item_id_read_at_index" on "read_log_entry" ("item_id", "read_at");
create table "read_log_seal" ("owner_id" uuid not null, "position" bigint not null, "entry_id" uuid not null, "read_at" timestamptz not null, "hash" text not null, primary key ("owner_id", "position"));
create index "read_log_seal_read_at_index" on "read_log_seal" ("read_at");
alter table "read_log_seal" add constraint "read_log_seal_entry_id_unique" unique ("entry_id");
create table "relied_copy" ("id" uuid not null, "tenant_id" uuid not null, "item_id" uuid not null, "owner_id" uuid not null, "provider_id" uuid not null, "item_version" int not null, "decision" text not null, "reference" text not null, "relied_on" date not null, "sealed" text not null, primary key ("id"));
create index "relied_copy_item_id_index" on "relied_copy" ("item_id");
create index "relied_copy_tenant_id_relied_on_index" on "relied_copy" ("tenant_id", "relied_on");
create table "sharing_consent" ("sharing_id" uuid not null, "organisation_id" uuid not null, "owner_id" uuid not null, primary key ("sharing_id", "organisation_id"));
create table "sharing_decision" ("id" uuid not null, "sharing_id" uuid not null, "owner_id" uuid not null, "level" text not null, "reason" text not null, "decided_by" text not null, "decided_at" timestamptz not null default clock_timestamp(), primary key ("id"));
create index "sharing_decision_sharing_id_decided_at_index" on "sharing_decision" ("sharing_id", "decided_at");
create table "sharing_grant" ("id" uuid not null, "sharing_id" uuid not null, "owner_id" uuid not null, "organisation_id" uuid not null, "starts_at" timestamptz not null, "ends_at" timestamptz not null, "revoked_at" timestamptz null, primary key ("id"));
create index "sharing_grant_organisation_id_ends_at_index" on "sharing_grant" ("organisation_id", "ends_at");
create index "sharing_grant_sharing_id_organisation_id_index" on "sharing_grant" ("sharing_id", "organisation_id");
drop policy "tenant_reads" on "sharing";
alter table "outbox_event" add "sharing_kind" text null;
alter table "sharing" add "shared_on" date not null default ((now() at time zone 'Europe/London')::date), add "needs_consent" boolean not null default false;
create index sharing_feed_home on sharing (home_id, shared_on, id) where kind = 'INTELLIGENCE' and ended_at is null;
create index sharing_feed_provider on sharing (provider_id, shared_on, id) where kind = 'INTELLIGENCE' and ended_at is null;
create index sharing_feed_level on sharing (level, shared_on, id) where kind = 'INTELLIGENCE' and ended_at is null;
create index sharing_feed_own on sharing (owner_id, shared_on, id) where kind = 'INTELLIGENCE' and ended_at is null;
alter table "sharing_named" add "shared_on" date not null default ((now() at time zone 'Europe/London')::date);
create index "sharing_named_group_id_shared_on_sharing_id_index" on "sharing_named" ("group_id", "shared_on", "sharing_id");
create index "sharing_named_organisation_id_shared_on_sharing_id_index" on "sharing_named" ("organisation_id", "shared_on", "sharing_id");
alter table "access_request" add constraint "access_request_decided_with_reason" check ((state in ('GRANTED', 'DECLINED')) = (decision_reason is not null));
alter table "access_request" enable row level security;
alter table "corroboration" add constraint "corroboration_kind_known" check (kind in ('SEEN_HERE_TOO', 'NOT_OUR_EXPERIENCE'));
alter table "corroboration" enable row level security;
alter table "disclosure_consultation" add constraint "disclosure_consultation_answered" check ((objects is null) = (answer is null));
alter table "disclosure_consultation" enable row level security;
alter table "disclosure_request" add constraint "disclosure_request_decided_when" check ((decision is null) = (decided_on is null));
alter table "disclosure_request" enable row level security;
alter table "intelligence_detail" enable row level security;
alter table "intelligence_keeping" add constraint "intelligence_keeping_hold_with_reason" check ((held_at is null) = (hold_reason is null));
alter table "intelligence_keeping" enable row level security;
alter table "intelligence_item" add constraint "intelligence_item_withdrawn_with_reason" check ((withdrawn_at is null) = (withdrawal_reason is null) or deleted_on is not null);
alter table "intelligence_item" add constraint "intelligence_item_text_while_it_lives" check ((summary is null) = (withdrawn_at is not null or deleted_on is not null));
alter table "intelligence_item" enable row level security;
alter table "intelligence_version" enable row level security;
alter table "pattern_part" enable row level security;
alter table "pattern_review" add constraint "pattern_review_asked_in_words" check (state in ('FOUND', 'CLOSED') or (summary is not null and severity is not null and level is not null));
alter table "pattern_review" enable row level security;
alter table "police_origin" add constraint "police_origin_handling" check (handling in ('P', 'C'));
alter table "police_origin" add constraint "police_origin_information" check (information in ('A', 'B', 'C', 'D', 'E'));
alter table "police_origin" add constraint "police_origin_source" check (source between 1 and 3);
alter table "police_origin" enable row level security;
alter table "proposed_correction" add constraint "proposed_correction_decided_with_reason" check ((accepted is null) = (decision_reason is null));
alter table "proposed_correction" enable row level security;
alter table "read_log_entry" add constraint "read_log_entry_purpose" check ((kind in ('SUMMARY')) or purpose is not null);
alter table "read_log_entry" enable row level security;
alter table "read_log_seal" enable row level security;
alter table "relied_copy" enable row level security;
alter table "sharing_consent" enable row level security;
alter table "sharing_decision" enable row level security;
alter table "sharing_grant" add constraint "sharing_grant_ends" check (starts_at < ends_at);
alter table "sharing_grant" enable row level security;
create view granted_to_caller with (security_barrier = true) as 
  select given.sharing_id, given.owner_id
  from sharing_grant given
  where given.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and given.revoked_at is null
    and given.starts_at <= now() and now() < given.ends_at;
create view consenting_to_caller with (security_barrier = true) as 
  select consent.sharing_id, consent.owner_id
  from sharing_consent consent where consent.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid);
create or replace view known_to_caller with (security_barrier = true) as select s.id from sharing s where (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    (not s.needs_consent or exists (
      select from consenting_to_caller k where k.sharing_id = s.id and k.owner_id = s.owner_id)) and (
      ((s.owner_id, s.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
        s.level = 'ALLIANCE'
        or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
        or (s.level = 'NAMED' and exists (
          select from naming_caller n where n.sharing_id = s.id and n.owner_id = s.owner_id))
        or exists (select from granted_to_caller g where g.sharing_id = s.id and g.owner_id = s.owner_id)
      ))
      or exists (select from disclosed_to_caller d where d.sharing_id = s.id and d.owner_id = s.owner_id)
    )
  )
);
create policy "tenant_reads" on "sharing" for select to "accord_gateway", "accord_worker" using ((
  sharing.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    (not sharing.needs_consent or exists (
      select from consenting_to_caller k where k.sharing_id = sharing.id and k.owner_id = sharing.owner_id)) and (
      ((sharing.owner_id, sharing.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
        sharing.level = 'ALLIANCE'
        or (sharing.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and true
) or (sharing.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
        or (sharing.level = 'NAMED' and exists (
          select from naming_caller n where n.sharing_id = sharing.id and n.owner_id = sharing.owner_id))
        or exists (select from granted_to_caller g where g.sharing_id = sharing.id and g.owner_id = sharing.owner_id)
      ))
      or exists (select from disclosed_to_caller d where d.sharing_id = sharing.id and d.owner_id = sharing.owner_id)
    )
  )
) or (
  sharing.existence_known and sharing.ended_at is null and not sharing.needs_consent
  and case when sharing.kind = 'INTELLIGENCE' then (sharing.owner_id, sharing.kind) in (select a.owner_id, a.kind from agreed_with_caller a) else sharing.level <> 'OWN_BOROUGH' end
  and exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and c.ground = 'PLACES'
)
));
create policy "tenant_updates" on "sharing_named" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "access_request" for select to "accord_gateway", "accord_worker" using (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and state <> 'WITH_ALLIANCE') or (through_alliance and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')));
create policy "tenant_inserts" on "access_request" for insert to "accord_gateway" with check (requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (
      select from sharing s where s.id = access_request.item_id and s.owner_id = access_request.owner_id and s.existence_known));
create policy "tenant_updates" on "access_request" for update to "accord_gateway" using ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and state <> 'WITH_ALLIANCE') or (through_alliance and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'))) with check ((owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and state <> 'WITH_ALLIANCE') or (through_alliance and exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')));
create policy "tenant_reads" on "corroboration" for select to "accord_gateway", "accord_worker" using (exists (select from known_to_caller k where k.id = corroboration.item_id));
create policy "tenant_inserts" on "corroboration" for insert to "accord_gateway" with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from known_to_caller k where k.id = corroboration.item_id) and not exists (select from owned_by_caller k where k.id = corroboration.item_id));
create policy "tenant_updates" on "corroboration" for update to "accord_gateway" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from known_to_caller k where k.id = corroboration.item_id)) with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from known_to_caller k where k.id = corroboration.item_id));
create policy "tenant_deletes" on "corroboration" for delete to "accord_gateway" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "disclosure_consultation" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or originator_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "disclosure_consultation" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (
         select from sharing s where s.id = disclosure_consultation.item_id and s.owner_id = disclosure_consultation.originator_id));
create policy "tenant_updates" on "disclosure_consultation" for update to "accord_gateway" using (originator_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (originator_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "disclosure_request" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "disclosure_request" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "disclosure_request" for update to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "intelligence_detail" for select to "accord_gateway", "accord_worker" using (exists (select from owned_by_caller k where k.id = intelligence_detail.item_id)
       or (exists (select from read_log_entry r where r.item_id = intelligence_detail.item_id and r.reader_id = (select nullif(current_setting('app.caller', true), '')::uuid)
     and r.kind in ('DETAIL', 'EXPORT') and r.read_at = now()) and exists (select from known_to_caller k where k.id = intelligence_detail.item_id)));
create policy "tenant_inserts" on "intelligence_detail" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = intelligence_detail.item_id));
create policy "tenant_updates" on "intelligence_detail" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = intelligence_detail.item_id)) with check (exists (select from owned_by_caller k where k.id = intelligence_detail.item_id));
create policy "tenant_deletes" on "intelligence_detail" for delete to "accord_gateway" using (exists (select from owned_by_caller k where k.id = intelligence_detail.item_id));
create policy "tenant_reads" on "intelligence_keeping" for select to "accord_gateway", "accord_worker" using (exists (select from owned_by_caller k where k.id = intelligence_keeping.item_id));
create policy "tenant_inserts" on "intelligence_keeping" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = intelligence_keeping.item_id));
create policy "tenant_updates" on "intelligence_keeping" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = intelligence_keeping.item_id)) with check (exists (select from owned_by_caller k where k.id = intelligence_keeping.item_id));
create policy "audience_reads_ids" on "intelligence_keeping" for select to "accord_audience" using (true);
create policy "tenant_reads" on "intelligence_item" for select to "accord_gateway", "accord_worker" using (exists (select from known_to_caller k where k.id = intelligence_item.id));
create policy "tenant_inserts" on "intelligence_item" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = intelligence_item.id));
create policy "tenant_updates" on "intelligence_item" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = intelligence_item.id)) with check (exists (select from owned_by_caller k where k.id = intelligence_item.id));
create policy "tenant_reads" on "intelligence_version" for select to "accord_gateway", "accord_worker" using (exists (select from owned_by_caller k where k.id = intelligence_version.item_id));
create policy "tenant_inserts" on "intelligence_version" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = intelligence_version.item_id));
create policy "tenant_deletes" on "intelligence_version" for delete to "accord_gateway" using (exists (select from owned_by_caller k where k.id = intelligence_version.item_id));
create policy "tenant_reads" on "pattern_part" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "pattern_part" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "worker_opens" on "pattern_part" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "audience_reads_ids" on "pattern_part" for select to "accord_audience" using (true);
create policy "tenant_reads" on "pattern_review" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') or (state = 'ASKING' and exists (
         select from pattern_part p where p.review_id = pattern_review.id and p.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid))));
create policy "tenant_updates" on "pattern_review" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "worker_opens" on "pattern_review" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "audience_reads_ids" on "pattern_review" for select to "accord_audience" using (true);
create policy "tenant_reads" on "police_origin" for select to "accord_gateway", "accord_worker" using (exists (select from owned_by_caller k where k.id = police_origin.item_id));
create policy "tenant_inserts" on "police_origin" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = police_origin.item_id));
create policy "tenant_deletes" on "police_origin" for delete to "accord_gateway" using (exists (select from owned_by_caller k where k.id = police_origin.item_id));
create policy "tenant_reads" on "proposed_correction" for select to "accord_gateway", "accord_worker" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (select from owned_by_caller k where k.id = proposed_correction.item_id));
create policy "tenant_inserts" on "proposed_correction" for insert to "accord_gateway" with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from known_to_caller k where k.id = proposed_correction.item_id) and not exists (select from owned_by_caller k where k.id = proposed_correction.item_id));
create policy "tenant_updates" on "proposed_correction" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = proposed_correction.item_id)) with check (exists (select from owned_by_caller k where k.id = proposed_correction.item_id));
create policy "tenant_deletes" on "proposed_correction" for delete to "accord_gateway" using (exists (select from owned_by_caller k where k.id = proposed_correction.item_id));
create policy "tenant_reads" on "read_log_entry" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or reader_id = (select nullif(current_setting('app.caller', true), '')::uuid));
create policy "tenant_inserts" on "read_log_entry" for insert to "accord_gateway" with check (reader_tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and reader_id = (select nullif(current_setting('app.caller', true), '')::uuid)
       and (
         exists (select from sharing s where s.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
         or (kind = 'SEALED_COPY' and exists (
           select from relied_copy c where c.item_id = read_log_entry.item_id and c.owner_id = read_log_entry.owner_id))
       ));
create policy "audience_reads_ids" on "read_log_entry" for select to "accord_audience" using (true);
create policy "tenant_reads" on "read_log_seal" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "read_log_seal" for insert to "accord_worker" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "read_log_seal" for select to "accord_audience" using (true);
create policy "tenant_reads" on "relied_copy" for select to "accord_gateway", "accord_worker" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "relied_copy" for insert to "accord_gateway" with check (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "sharing_consent" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "sharing_consent" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_deletes" on "sharing_consent" for delete to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "sharing_consent" for select to "accord_audience" using (true);
create policy "tenant_reads" on "sharing_decision" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "sharing_decision" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "sharing_grant" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "sharing_grant" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "sharing_grant" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "sharing_grant" for select to "accord_audience" using (true);
`);
  }
}
