import { Migration } from '@mikro-orm/migrations';

export class Migration0007 extends Migration {
  override up(): void {
    this.addSql(`
create table "agreement_invitation" ("id" uuid not null, "agreement_id" uuid not null, "organisation_id" uuid not null, "member_from" date not null, "member_until" date null, "invited_at" timestamptz not null, "withdrawn_at" timestamptz null, primary key ("id"));
create index "agreement_invitation_agreement_id_index" on "agreement_invitation" ("agreement_id");
create table "sight_remembered" ("transaction" xid8 not null, "sharing_id" uuid not null, "organisation_id" uuid not null, primary key ("transaction", "sharing_id", "organisation_id"));
create table "sharing_refusal" ("id" uuid not null, "owner_id" uuid not null, "asked_by" text not null, "provider_id" uuid null, "about" text not null, "reason" text not null, "recorded_by" text not null, "recorded_at" timestamptz not null, primary key ("id"));
create index "sharing_refusal_owner_id_recorded_at_index" on "sharing_refusal" ("owner_id", "recorded_at");
create table "sharing_reminder" ("kind" text not null, "subject_id" uuid not null, "due_on" date not null, "reminded_at" timestamptz not null, primary key ("kind", "subject_id", "due_on"));
create table "sight_day" ("day" date not null, primary key ("day"));
create table "urgent_disclosure_recipient" ("disclosure_id" uuid not null, "organisation_id" uuid not null, "sharing_id" uuid not null, "owner_id" uuid not null, "ended_at" timestamptz null, primary key ("disclosure_id", "organisation_id"));
create index "urgent_disclosure_recipient_sharing_id_index" on "urgent_disclosure_recipient" ("sharing_id");
create index "urgent_disclosure_recipient_organisation_id_sharing_id_index" on "urgent_disclosure_recipient" ("organisation_id", "sharing_id");
create table "urgent_disclosure" ("id" uuid not null, "sharing_id" uuid not null, "owner_id" uuid not null, "feared_harm" text not null, "reason" text not null, "disclosed_by" text not null, "disclosed_at" timestamptz not null, "review_by" date not null, "review_by_is_certain" boolean not null, "outcome" text null, "outcome_reason" text null, "reviewed_by" text null, "reviewed_at" timestamptz null, "version" int not null default 1, primary key ("id"));
create index "urgent_disclosure_sharing_id_index" on "urgent_disclosure" ("sharing_id");
create index "urgent_disclosure_owner_id_disclosed_at_index" on "urgent_disclosure" ("owner_id", "disclosed_at");
alter table "agreement_member" add "invitation_id" uuid null, add "accepted_at" timestamptz null, add "accepted_by" text null, add "ended_because" text null;
alter table "agreement_member" add constraint "agreement_member_invitation_id_unique" unique ("invitation_id");
alter table "borough_group" add "hides_members" boolean not null default false, add "version" int not null default 1, add "retired_at" timestamptz null;
alter table "borough_group" add constraint "borough_group_id_keeper_id_unique" unique ("id", "keeper_id");
alter table "notification" add "agreement_id" uuid null;
alter table "notification" alter column "provider_id" drop not null;
alter table "outbox_event" add "agreement_id" uuid null;
alter table "outbox_event" alter column "provider_id" drop not null;
alter table "sharing_agreement" add "version" int not null default 1, add "replaces_id" uuid null, add "lawful_bases" text[] not null default '{}', add "dpia_reference" text null, add "ended_because" text null;
alter table "sharing_agreement" add constraint "sharing_agreement_replaces_id_unique" unique ("replaces_id");
alter table borough_group_member add constraint borough_group_member_of_keeper
  foreign key (group_id, keeper_id) references borough_group (id, keeper_id);

create view open_group_of_caller with (security_barrier = true) as
  select g.id from borough_group g join borough_group_member m on m.group_id = g.id
  where m.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and not g.hides_members
    and (m.member_from <= ((now() at time zone 'Europe/London')::date) and (m.member_until is null or ((now() at time zone 'Europe/London')::date) < m.member_until));
create view disclosed_to_caller with (security_barrier = true) as 
  select told.sharing_id, told.owner_id
  from urgent_disclosure_recipient told where told.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and told.ended_at is null;
create or replace view known_to_caller with (security_barrier = true) as select s.id from sharing s where (
  s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    s.level <> 'OWN_BOROUGH' and (s.owner_id, s.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
      s.level = 'ALLIANCE'
      or (s.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = s.provider_id
    and (c.home_id = s.home_id or c.home_id is null or s.home_id is null) and true
) or (s.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
      or (s.level = 'NAMED' and exists (
        select from naming_caller n where n.sharing_id = s.id and n.owner_id = s.owner_id))
    )
  )
  or exists (select from disclosed_to_caller d where d.sharing_id = s.id and d.owner_id = s.owner_id)
);
drop policy "tenant_reads" on "borough_group_member";
drop policy "tenant_reads" on "sharing";
create policy "tenant_inserts" on "agreement_member" for insert to "accord_gateway" with check (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from agreement_invitation i where i.id = agreement_member.invitation_id
  and i.agreement_id = agreement_member.agreement_id and i.organisation_id = agreement_member.organisation_id
  and i.withdrawn_at is null and i.member_from <= agreement_member.member_from
  and coalesce(i.member_until, 'infinity') >= coalesce(agreement_member.member_until, 'infinity')));
create policy "tenant_updates" on "agreement_member" for update to "accord_gateway" using ((organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (select tenant_is_alliance())) and (member_until is null or ((now() at time zone 'Europe/London')::date) < member_until)) with check ((organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or (select tenant_is_alliance())) and member_until is not null);
create policy "tenant_inserts" on "borough_group" for insert to "accord_gateway" with check (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "borough_group" for update to "accord_gateway" using (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_reads" on "borough_group_member" for select to "accord_gateway", "accord_worker" using (organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
       or exists (select from open_group_of_caller g where g.id = borough_group_member.group_id));
create policy "tenant_inserts" on "borough_group_member" for insert to "accord_gateway" with check (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_updates" on "borough_group_member" for update to "accord_gateway" using (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (keeper_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "sharing_agreement" for insert to "accord_gateway" with check ((select tenant_is_alliance()));
create policy "tenant_updates" on "sharing_agreement" for update to "accord_gateway" using ((select tenant_is_alliance())) with check ((select tenant_is_alliance()));
create policy "tenant_reads" on "sharing" for select to "accord_gateway", "accord_worker" using ((
  sharing.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
  or (
    sharing.level <> 'OWN_BOROUGH' and (sharing.owner_id, sharing.kind) in (select a.owner_id, a.kind from agreed_with_caller a) and (
      sharing.level = 'ALLIANCE'
      or (sharing.level = 'BOROUGHS_CONCERNED' and (exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and true
) or (sharing.kind in ('FLAG', 'HOLD') and (select tenant_is_alliance()))))
      or (sharing.level = 'NAMED' and exists (
        select from naming_caller n where n.sharing_id = sharing.id and n.owner_id = sharing.owner_id))
    )
  )
  or exists (select from disclosed_to_caller d where d.sharing_id = sharing.id and d.owner_id = sharing.owner_id)
) or (
  sharing.existence_known and sharing.level <> 'OWN_BOROUGH' and sharing.ended_at is null
  and exists (
  select from concerning_caller c
  where c.provider_id = sharing.provider_id
    and (c.home_id = sharing.home_id or c.home_id is null or sharing.home_id is null) and c.ground = 'PLACES'
)
));
alter table "agreement_invitation" enable row level security;
create policy "members_read" on "agreement_invitation" for select to "accord_gateway", "accord_worker" using ((select nullif(current_setting('app.tenant', true), '')::uuid) is not null);
create policy "tenant_inserts" on "agreement_invitation" for insert to "accord_gateway" with check ((select tenant_is_alliance()));
create policy "tenant_updates" on "agreement_invitation" for update to "accord_gateway" using ((select tenant_is_alliance())) with check ((select tenant_is_alliance()));
alter table "sight_remembered" enable row level security;
create policy "owner_alone" on "sight_remembered" to "accord_owner" using (true) with check (true);
alter table "sharing_refusal" enable row level security;
create policy "tenant_reads" on "sharing_refusal" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "tenant_inserts" on "sharing_refusal" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "sharing_reminder" enable row level security;
create policy "tenant_reads" on "sharing_reminder" for select to "accord_gateway", "accord_worker" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
create policy "clock_inserts" on "sharing_reminder" for insert to "accord_worker" with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE'));
alter table "sight_day" enable row level security;
create policy "owner_alone" on "sight_day" to "accord_owner" using (true) with check (true);
alter table "urgent_disclosure_recipient" enable row level security;
create policy "tenant_reads" on "urgent_disclosure_recipient" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy "audience_reads_ids" on "urgent_disclosure_recipient" for select to "accord_audience" using (true);
create policy "tenant_inserts" on "urgent_disclosure_recipient" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from owned_by_caller k where k.id = urgent_disclosure_recipient.sharing_id));
create policy "tenant_updates" on "urgent_disclosure_recipient" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
alter table "urgent_disclosure" add constraint "urgent_disclosure_reviewed" check (num_nonnulls(outcome, outcome_reason, reviewed_at) in (0, 3));
alter table "urgent_disclosure" enable row level security;
create policy "tenant_reads" on "urgent_disclosure" for select to "accord_gateway", "accord_worker" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) or exists (
      select from urgent_disclosure_recipient r where r.disclosure_id = urgent_disclosure.id
      and r.organisation_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and r.ended_at is null));
create policy "audience_reads_ids" on "urgent_disclosure" for select to "accord_audience" using (true);
create policy "tenant_inserts" on "urgent_disclosure" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and exists (select from owned_by_caller k where k.id = urgent_disclosure.sharing_id));
create policy "tenant_updates" on "urgent_disclosure" for update to "accord_gateway" using (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
`);
  }
}
