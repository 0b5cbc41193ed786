import { Migration } from '@mikro-orm/migrations';

/** Decisions on accreditation, assessments, saved placement checks, nominations and sealed copies are deleted when their six years are over. */
export class Migration0022 extends Migration {
  override up(): void {
    this.addSql(`
alter table "record_tombstone" alter column "provider_id" drop not null;
alter table "relied_copy" add column "check_id" uuid null;
update "relied_copy" r set "check_id" = c.id from "placement_check" c
  where r.decision = 'PLACEMENT_CHECK' and r.tenant_id = c.tenant_id and r.reference = 'Placement check ' || c.id;
create index "relied_copy_check_id_index" on "relied_copy" ("check_id");
alter table "placement_nomination" add column "id" uuid not null default gen_random_uuid();
alter table "placement_nomination" alter column "id" drop default;
alter table "placement_nomination" drop constraint "placement_nomination_pkey";
alter table "placement_nomination" add primary key ("id");
create unique index placement_nomination_in_force on placement_nomination (tenant_id, principal_id) where ended_on is null;
create function accreditation_decision_over_on(decision uuid) returns date stable language sql as $$
  select (
  select case when ended.on_day is not null and (ended.is_appealed is null or ended.judged_on is not null)
    then greatest(ended.on_day, ended.judged_on) end
  from (select
    coalesce(
      (select (v.decided_at at time zone 'Europe/London')::date from accreditation_verdict v where v.proposal_id = p.id and v.outcome = 'REJECTED'),
      (select (x.set_aside_at at time zone 'Europe/London')::date from accreditation_set_aside x where x.decision_id = p.id),
      (select min(n.effective_on) from accreditation_change c
       join accreditation_change n on n.provider_id = c.provider_id and n.number > c.number
       where c.provider_id = p.provider_id and c.decision_id = p.id and c.cause = p.kind and (
         p.kind = 'INTERIM_SUSPENSION'
         or (n.cause = 'APPEAL' and n.decision_id = p.id)
         or (n.cause in ('DECISION', 'APPLICATION') and not exists (select from accreditation_change u
    where u.provider_id = n.provider_id and u.cause = 'APPEAL' and u.decision_id = n.decision_id))))
    ) as on_day,
    (select true from accreditation_appeal a where a.proposal_id = p.id) as is_appealed,
    (select (o.judged_at at time zone 'Europe/London')::date from accreditation_appeal_outcome o where o.proposal_id = p.id) as judged_on
  ) ended) from accreditation_proposal p where p.id = decision
$$;
create policy "tenant_deletes" on "accreditation_appeal" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_appeal.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_appeal.proposal_id));
create policy "tenant_deletes" on "accreditation_appeal_outcome" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_appeal_outcome.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_appeal_outcome.proposal_id));
create policy "tenant_deletes" on "accreditation_assessment_note" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and exists (select from accreditation_assessment a
    where a.id = accreditation_assessment_note.assessment_id and (select min(n.effective_on) from accreditation_change n
  where n.provider_id = a.provider_id and n.recorded_at > a.recorded_at
    and n.status in ('REFUSED', 'REVOKED', 'WITHDRAWN_BY_PROVIDER', 'LAPSED') and not exists (select from accreditation_change u
    where u.provider_id = n.provider_id and u.cause = 'APPEAL' and u.decision_id = n.decision_id)) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = a.id)));
create policy "tenant_deletes" on "accreditation_assessment" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and (select min(n.effective_on) from accreditation_change n
  where n.provider_id = accreditation_assessment.provider_id and n.recorded_at > accreditation_assessment.recorded_at
    and n.status in ('REFUSED', 'REVOKED', 'WITHDRAWN_BY_PROVIDER', 'LAPSED') and not exists (select from accreditation_change u
    where u.provider_id = n.provider_id and u.cause = 'APPEAL' and u.decision_id = n.decision_id)) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_assessment.id));
create policy "reason_goes" on "accreditation_change" for update to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_change.decision_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_change.decision_id)) with check (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and reason = 'The decision was deleted when its time was over.');
create policy "tenant_deletes" on "accreditation_decision" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_decision.id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_decision.id));
create policy "tenant_deletes" on "accreditation_gist" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_gist.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_gist.proposal_id));
create policy "tenant_deletes" on "placement_check" for delete to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and greatest(placement_check.checked_on, (placement_check.overridden_at at time zone 'Europe/London')::date) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = placement_check.id));
create policy "tenant_deletes" on "placement_nomination" for delete to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and placement_nomination.ended_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = placement_nomination.id));
create policy "tenant_deletes" on "accreditation_proposal" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_proposal.id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_proposal.id));
create policy "tenant_deletes" on "accreditation_put_off" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_put_off.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_put_off.proposal_id));
create policy "tenant_deletes" on "relied_copy" for delete to "accord_gateway" using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and relied_copy.relied_on <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = coalesce(relied_copy.check_id, relied_copy.id)));
create policy "tenant_deletes" on "accreditation_reminder" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_reminder.subject_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_reminder.subject_id));
create policy "tenant_deletes" on "accreditation_reply" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_reply.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_reply.proposal_id));
create policy "tenant_deletes" on "accreditation_set_aside" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_set_aside.decision_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_set_aside.decision_id));
create policy "tenant_deletes" on "accreditation_verdict" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_verdict.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_verdict.proposal_id));
create policy "tenant_deletes" on "accreditation_verdict_reason" for delete to "accord_gateway" using (exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE') and accreditation_decision_over_on(accreditation_verdict_reason.proposal_id) <= (((now() at time zone 'Europe/London')::date) - interval '6 years')::date and not exists (select from record_hold h where h.record_id = accreditation_verdict_reason.proposal_id));
`);
  }
}
