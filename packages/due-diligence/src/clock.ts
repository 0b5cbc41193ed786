import { AlertKind, audience, turnSteps, type ClockStep, type ClockTurn } from '@accord/access';
import { FlagKind, flagFacts, resolveFacts, Severity } from '@accord/flags';
import { array, asAudience, execute, lockProviders, recordEvent, TODAY } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { laterThan } from './item.seen.js';
import { relies } from './relying.js';

/** Of each kind, in one turn: the next goes on. */
const MOST_AT_ONCE = 500;
const REASON = 'What lapses where boroughs place goes to those that place there or host it.';

/**
 * Watches what lapses: tells those who rely on an answer before it does and when it has, once each; flags what is
 * mandatory and lapsed, and clears the flag once somebody has renewed it.
 *
 * @param orm of the worker's role. @param now the moment to write down; the day is the database's own.
 */
export const turnDueDiligenceClock = (orm: MikroORM, now: Date): Promise<ClockTurn> => turnSteps(orm, now, STEPS);

/** Answers to what is asked today, that stand. */
const STANDING = `due_diligence_answer a
  join due_diligence_question q on q.asked_id = a.asked_id
  join due_diligence_set st on st.id = q.set_id and st.state = 'PUBLISHED'
  join sharing s on s.id = a.id
  where a.withdrawn_on is null and a.is_held`;

/** SQL: a tenant sees the answer, and no later one to the same question. */
const counts = (tenant: string): string => `${audience('s', tenant)} and not exists (
  select from due_diligence_answer n join sharing ns on ns.id = n.id
  where n.subject_id = a.subject_id and n.asked_id = a.asked_id and n.withdrawn_on is null and ${laterThan('n', 'a')}
    and ${audience('ns', tenant)})`;

interface Due {
  readonly id: string;
  readonly owner_id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly recipients: string[];
}

/** Tells each of those who rely on an answer that counts for them; who sees a later one relies on that. */
const tell =
  (kind: AlertKind, isDue: string, column: string): ClockStep =>
  async (em, _allianceId, now) => {
    const find = (of: readonly string[] | null) =>
      asAudience<Due>(
        em,
        `select a.id, a.owner_id, a.provider_id, a.home_id, array_agg(distinct o.id) as recipients
         from organisation o, ${STANDING} and ${isDue}
           and (?::uuid[] is null or a.id = any(?::uuid[]))
           and o.suspended_at is null and (o.id = a.owner_id or ${relies('o', 'a')}) and ${counts('o.id')}
           and not exists (select from due_diligence_reminder r where r.answer_id = a.id and r.${column} is not null)
         group by a.id, a.owner_id, a.provider_id, a.home_id order by a.provider_id, a.id limit ${MOST_AT_ONCE}`,
        of === null ? [null, null] : [array(of), array(of)],
      );
    const found = await find(null);
    if (found.length === 0) return 0;
    await lockProviders(
      em,
      found.map((due) => due.provider_id),
    );
    // Again under the locks: what was renewed meanwhile, or told by another worker, is told no more.
    const due = await find(found.map(({ id }) => id));
    await execute(
      em,
      `insert into due_diligence_reminder (answer_id, ${column}) select id, ? from unnest(?::uuid[]) as due(id)
       on conflict (answer_id) do update set ${column} = excluded.${column}`,
      [now, array(due.map(({ id }) => id))],
    );
    for (const { id: sharingId, owner_id: ownerId, provider_id: providerId, home_id: homeId, recipients } of due)
      await recordEvent(
        em,
        { kind, ownerId, providerId, homeId, sharingId, sharingKind: 'DUE_DILIGENCE', recipients },
        now,
      );
    return due.length;
  };

interface Lapsed {
  readonly id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
}

/** Flags what is mandatory and has lapsed, as far as the alliance may see it: its flag says no more than it knows. */
const flagLapses: ClockStep = async (em, allianceId, now) => {
  const find = () =>
    asAudience<Lapsed>(
      em,
      `select distinct a.id, a.provider_id, a.home_id from (select ?::uuid as id) alliance, ${STANDING}
         and q.is_mandatory and a.valid_until < ${TODAY} and ${counts('alliance.id')}
         and not exists (select from due_diligence_lapse l where l.answer_id = a.id)
       order by a.provider_id, a.id limit ${MOST_AT_ONCE}`,
      [allianceId],
    );
  const found = await find();
  if (found.length === 0) return 0;
  await lockProviders(
    em,
    found.map((lapse) => lapse.provider_id),
  );
  const ids = (await find()).map(({ id }) => id);
  const lapses = await execute<Lapsed & { text: string; lapsed_on: string }>(
    em,
    `select a.id, a.provider_id, a.home_id, q.text, to_char(a.valid_until, 'FMDD FMMonth YYYY') as lapsed_on
     from due_diligence_answer a join due_diligence_question q on q.id = a.question_id where a.id = any(?::uuid[])`,
    [array(ids)],
  );
  const facts = lapses.map(({ provider_id: providerId, home_id: homeId, text, lapsed_on: on }) => ({
    providerId,
    homeId,
    kind: FlagKind.COMPLIANCE_LAPSED,
    severity: Severity.MEDIUM,
    summary: `${text}: held until ${on}, and nobody has renewed it`,
    reason: REASON,
  }));
  const flags = await flagFacts(em, allianceId, facts, now);
  const rows = lapses.map(({ id }, index) => ({ id, flag: flags[index] }));
  await execute(
    em,
    `insert into due_diligence_lapse (answer_id, flag_id, flagged_at)
     select id, flag, ?::timestamptz from jsonb_to_recordset(?::jsonb) as v(id uuid, flag uuid)`,
    [now, JSON.stringify(rows)],
  );
  return lapses.length;
};

interface Renewed {
  readonly answer_id: string;
  readonly flag_id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
}

/** Clears what was renewed, or withdrawn; what somebody resolved by hand stays as they left it. */
const clearFlags: ClockStep = async (em, allianceId, now) => {
  const find = () =>
    asAudience<Renewed>(
      em,
      `select l.answer_id, l.flag_id, a.provider_id, a.home_id
       from (select ?::uuid as id) alliance, due_diligence_lapse l join due_diligence_answer a on a.id = l.answer_id
       where l.cleared_at is null and (a.withdrawn_on is not null or exists (
         select from due_diligence_answer n join sharing ns on ns.id = n.id
         where n.subject_id = a.subject_id and n.asked_id = a.asked_id and n.withdrawn_on is null and n.is_held
           and (n.valid_until is null or n.valid_until >= ${TODAY}) and ${laterThan('n', 'a')}
           and ${audience('ns', 'alliance.id')}))
       order by a.provider_id, l.answer_id limit ${MOST_AT_ONCE}`,
      [allianceId],
    );
  const found = await find();
  if (found.length === 0) return 0;
  await lockProviders(
    em,
    found.map((renewed) => renewed.provider_id),
  );
  const renewed = await find();
  const over = renewed.map((row) => ({ id: row.flag_id, providerId: row.provider_id, homeId: row.home_id }));
  await resolveFacts(em, allianceId, over, 'It was renewed, or what said so was withdrawn.', now);
  await execute(em, 'update due_diligence_lapse set cleared_at = ? where answer_id = any(?::uuid[])', [
    now,
    array(renewed.map((row) => row.answer_id)),
  ]);
  return renewed.length;
};

const STEPS: readonly ClockStep[] = [
  tell(
    AlertKind.DUE_DILIGENCE_EXPIRING,
    `a.valid_until between ${TODAY} and ${TODAY} + st.notice_days`,
    'told_expiring_at',
  ),
  tell(AlertKind.DUE_DILIGENCE_EXPIRED, `a.valid_until < ${TODAY}`, 'told_expired_at'),
  flagLapses,
  clearFlags,
];
