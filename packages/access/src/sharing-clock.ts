import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { asAudience, execute, recordEvent, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { tellOfAgreement } from './agreement/agreement.events.js';
import { AlertKind } from './alert-kind.js';
import { findAlliance } from './directory.js';

/** How long before an agreement is to be reviewed those concerned are told of it, in calendar days. */
const AGREEMENT_REVIEW_NOTICE_DAYS = 28;

/** Long enough for what all members of an agreement have shared. */
const PATIENCE = '10min';

/** What a turn of the clock told of, and what it could not do. */
export interface SharingTurn {
  readonly told: number;
  readonly faults: readonly Error[];
}

type Step = (em: EntityManager, allianceId: string, now: Date) => Promise<number>;

/**
 * Tells what the calendar does to sharing: who gained and lost sight with the day, agreements to be reviewed, and
 * urgent disclosures whose review is late. Sight itself needs no clock: the audience asks the date.
 *
 * Each step has a transaction of its own in the alliance's name, and writes down in it that it was told, so that it is
 * told once, however often and by how many workers this is called.
 * @param orm of the worker's role. @param now the moment to work for; the day of sight is the database's own.
 */
export async function turnSharingClock(orm: MikroORM, now: Date): Promise<SharingTurn> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return { told: 0, faults: [] };
  let told = 0;
  const faults: Error[] = [];
  for (const step of STEPS) {
    try {
      told += await TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', (em) =>
        step(em, allianceId, now),
      );
    } catch (error) {
      // One step's fault keeps no other from its turn; it is tried again at the next turn.
      faults.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return { told, faults };
}

const tellOfTheDay: Step = async (em) => {
  await execute(em, `set local statement_timeout = '${PATIENCE}'`);
  await execute(em, 'select tell_of_the_day()');
  return 0;
};

const remindOfReviews: Step = async (em, allianceId, now) => {
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
  let told = 0;
  for (const { id, due_on: dueOn, members } of due) {
    if (!(await noteReminder(em, kind, id, dueOn, now))) continue;
    await tellOfAgreement(em, kind, allianceId, id, [...new Set([allianceId, ...members])], now);
    told += 1;
  }
  return told;
};

const remindOfLateReviews: Step = async (em, _allianceId, now) => {
  const kind = AlertKind.URGENT_DISCLOSURE_REVIEW_OVERDUE;
  const late = await asAudience<{
    id: string;
    due_on: string;
    sharing_id: string;
    owner_id: string;
    provider_id: string;
    home_id: string | null;
    recipients: string[];
  }>(
    em,
    `select d.id, d.review_by::text as due_on, d.sharing_id, d.owner_id, s.provider_id, s.home_id,
       array(select r.organisation_id from urgent_disclosure_recipient r where r.disclosure_id = d.id and r.ended_at is null) as recipients
     from urgent_disclosure d join sharing s on s.id = d.sharing_id
     where d.reviewed_at is null and d.review_by < ?::date order by d.review_by, d.id`,
    [londonDate(now)],
  );
  let told = 0;
  for (const { id, due_on: dueOn, recipients, ...thing } of late) {
    if (!(await noteReminder(em, kind, id, dueOn, now))) continue;
    const { sharing_id: sharingId, owner_id: ownerId, provider_id: providerId, home_id: homeId } = thing;
    const about = { ownerId, providerId, homeId, sharingId };
    await recordEvent(em, { kind, ...about, recipients: [ownerId, ...recipients] }, now);
    told += 1;
  }
  return told;
};

/** @returns whether it is told for the first time. */
async function noteReminder(
  em: EntityManager,
  kind: AlertKind,
  id: string,
  dueOn: string,
  now: Date,
): Promise<boolean> {
  const written = await execute<object>(
    em,
    `insert into sharing_reminder (kind, subject_id, due_on, reminded_at) values (?, ?, ?::date, ?)
     on conflict do nothing returning kind`,
    [kind, id, dueOn, now],
  );
  return written.length > 0;
}

const STEPS: readonly Step[] = [tellOfTheDay, remindOfReviews, remindOfLateReviews];
