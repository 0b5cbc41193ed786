import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { array, asAudience, execute, lockProviders, recordEvent } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { tellOfAgreement } from './agreement/agreement.events.js';
import { AlertKind } from './alert-kind.js';
import { audienceOf } from './audience.service.js';
import { turnSteps, type ClockStep, type ClockTurn } from './clock-turn.js';

/** How long before an agreement is to be reviewed those concerned are told of it, in calendar days. */
const AGREEMENT_REVIEW_NOTICE_DAYS = 28;

/** So far back ends of grants are looked at: of those that a clock standing still for longer has missed, nobody is told. */
const GRANTS_LOOKED_BACK = '30 days';

/** Long enough for what all members of an agreement have shared. */
const PATIENCE = '10min';

/**
 * Tells what the calendar does to sharing: who gained and lost sight with the day, agreements to be reviewed, urgent
 * disclosures whose review is late, and who lost sight because what was granted for a time has ended. Sight itself
 * needs no clock: the audience asks the date.
 *
 * @param orm of the worker's role. @param now the moment to work for; the day of sight is the database's own.
 */
export const turnSharingClock = (orm: MikroORM, now: Date): Promise<ClockTurn> => turnSteps(orm, now, STEPS);

const tellOfTheDay: ClockStep = async (em) => {
  await execute(em, `set local statement_timeout = '${PATIENCE}'`);
  await execute(em, 'select tell_of_the_day()');
  return 0;
};

const remindOfReviews: ClockStep = async (em, allianceId, now) => {
  const kind = AlertKind.SHARING_AGREEMENT_REVIEW_DUE;
  const due = await execute<{ id: string; due_on: string; members: string[] }>(
    em,
    `select a.id, a.review_on::text as due_on,
       array(select distinct m.organisation_id from agreement_member m
         where m.agreement_id = a.id and (m.member_until is null or m.member_until > ?::date)) as members
     from sharing_agreement a
     where a.review_on <= ?::date and (a.in_force_until is null or a.in_force_until > ?::date)
       and not exists (select from sharing_reminder r where r.kind = '${kind}' and r.subject_id = a.id and r.due_on = a.review_on)
     order by a.review_on, a.id`,
    [londonDate(now), calendarDaysAfter(londonDate(now), AGREEMENT_REVIEW_NOTICE_DAYS), londonDate(now)],
  );
  const fresh = await noteReminders(em, kind, due, now);
  for (const { id, members } of fresh)
    await tellOfAgreement(em, kind, allianceId, id, [...new Set([allianceId, ...members])], now);
  return fresh.length;
};

const remindOfLateReviews: ClockStep = async (em, _allianceId, now) => {
  const kind = AlertKind.URGENT_DISCLOSURE_REVIEW_OVERDUE;
  const late = await asAudience<{
    id: string;
    due_on: string;
    sharing_id: string;
    sharing_kind: string;
    owner_id: string;
    provider_id: string;
    home_id: string | null;
    recipients: string[];
  }>(
    em,
    `select d.id, d.review_by::text as due_on, d.sharing_id, s.kind as sharing_kind, d.owner_id, s.provider_id, s.home_id,
       array(select r.organisation_id from urgent_disclosure_recipient r where r.disclosure_id = d.id and r.ended_at is null) as recipients
     from urgent_disclosure d join sharing s on s.id = d.sharing_id
     where d.reviewed_at is null and d.review_by < ?::date order by d.review_by, d.id`,
    [londonDate(now)],
  );
  const fresh = await noteReminders(em, kind, late, now);
  for (const { owner_id: ownerId, provider_id: providerId, home_id: homeId, sharing_id: sharingId, ...of } of fresh) {
    const about = { ownerId, providerId, homeId, sharingId, sharingKind: of.sharing_kind };
    await recordEvent(em, { kind, ...about, recipients: [ownerId, ...of.recipients] }, now);
  }
  return fresh.length;
};

interface EndedGrant {
  readonly id: string;
  readonly due_on: string;
  readonly sharing_id: string;
  readonly sharing_kind: string;
  readonly organisation_id: string;
  readonly owner_id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
}

/** Whoever has sight of it in some other way has lost nothing, and hears nothing. */
const tellOfEndedGrants: ClockStep = async (em, _allianceId, now) => {
  const ended = await endedGrants(em);
  await lockProviders(em, [...new Set(ended.map((grant) => grant.provider_id))]);
  const fresh = await noteReminders(em, AlertKind.ACCESS_ENDED, ended, now);
  const knows = await audienceOf(em, [...new Set(fresh.map((grant) => grant.sharing_id))]);
  const seen = new Set(
    knows.filter(({ inFull }) => inFull).map(({ sharingId, tenantId }) => `${sharingId} ${tenantId}`),
  );
  // Two grants of one thing to one borough may end between two turns.
  const lost = new Map(fresh.map((grant) => [`${grant.sharing_id} ${grant.organisation_id}`, grant]));
  const told = [...lost].filter(([whom]) => !seen.has(whom));
  for (const [
    ,
    { owner_id: ownerId, provider_id: providerId, home_id: homeId, sharing_id: sharingId, ...of },
  ] of told) {
    const about = { ownerId, providerId, homeId, sharingId, sharingKind: of.sharing_kind };
    await recordEvent(em, { kind: AlertKind.ACCESS_ENDED, ...about, recipients: [of.organisation_id] }, now);
  }
  return told.length;
};

/** What was granted for a time that is over, by the database's own clock as the audience is, and not taken away before. */
const endedGrants = (em: EntityManager): Promise<EndedGrant[]> =>
  asAudience<EndedGrant>(
    em,
    `select g.id, (g.ends_at at time zone 'Europe/London')::date::text as due_on, g.sharing_id, s.kind as sharing_kind,
       g.organisation_id, s.owner_id, s.provider_id, s.home_id
     from sharing_grant g join sharing s on s.id = g.sharing_id and s.owner_id = g.owner_id
     join organisation o on o.id = g.organisation_id and o.suspended_at is null
     where g.revoked_at is null and g.ends_at <= now() and g.ends_at > now() - interval '${GRANTS_LOOKED_BACK}'
     order by g.ends_at, g.id`,
  );

/**
 * Notes that these are told of: a subject once for each day on which it falls due.
 * @param em of the worker, in the alliance's name. @returns those that nobody was told of before.
 */
export async function noteReminders<T extends { readonly id: string; readonly due_on: string }>(
  em: EntityManager,
  kind: AlertKind,
  due: readonly T[],
  now: Date,
): Promise<T[]> {
  if (due.length === 0) return [];
  const written = await execute<{ subject_id: string }>(
    em,
    `insert into sharing_reminder (kind, subject_id, due_on, reminded_at)
     select ?, id, due_on, ? from unnest(?::uuid[], ?::date[]) as due(id, due_on)
     on conflict do nothing returning subject_id`,
    [kind, now, array(due.map(({ id }) => id)), array(due.map(({ due_on: dueOn }) => dueOn))],
  );
  const fresh = new Set(written.map((row) => row.subject_id));
  return due.filter(({ id }) => fresh.has(id));
}

const STEPS: readonly ClockStep[] = [tellOfTheDay, remindOfReviews, remindOfLateReviews, tellOfEndedGrants];
