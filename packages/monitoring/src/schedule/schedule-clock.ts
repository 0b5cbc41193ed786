import { AlertKind, asError, findAlliance, type ClockTurn } from '@accord/access';
import { londonDate } from '@accord/kernel';
import { execute, lockProviders, readAsAudience, recordEvent, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { readSchedule, type Schedule } from './schedule-reader.js';
import { ScheduledVisitState } from './vocabulary.js';

const KIND_OF: Partial<Record<ScheduledVisitState, AlertKind>> = {
  [ScheduledVisitState.DUE]: AlertKind.SCHEDULED_VISIT_DUE,
  [ScheduledVisitState.OVERDUE]: AlertKind.SCHEDULED_VISIT_OVERDUE,
};

/**
 * Tells each borough which visits of its schedule are due and which are overdue: once each, however often and by how
 * many workers this is called.
 *
 * What is due is read in the borough's name; that it was told is written in the alliance's, where no gateway reads it.
 * @param orm of the worker's role, with this feature's entities. @param now the moment to work for.
 */
export async function turnScheduleClock(orm: MikroORM, now: Date): Promise<ClockTurn> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return { told: 0, faults: [] };
  const boroughs = await readAsAudience<{ id: string }>(
    orm,
    `select id from organisation where kind = 'BOROUGH' and suspended_at is null order by id`,
  );
  let told = 0;
  const faults: Error[] = [];
  for (const { id } of boroughs) {
    try {
      const schedule = await TenantTransaction.run(orm, { tenantId: id, callerId: null }, 'read', (em) =>
        readSchedule(em, id, londonDate(now)),
      );
      const dues = duesOf(schedule);
      if (dues.length === 0) continue;
      told += await TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', (em) =>
        remind(em, id, dues, now),
      );
    } catch (error) {
      // One borough's fault keeps no other from being told; it is tried again at the next turn.
      faults.push(asError(error));
    }
  }
  return { told, faults };
}

interface Due {
  readonly rule_id: string;
  readonly home_id: string;
  readonly provider_id: string;
  readonly due_on: string;
  readonly kind: AlertKind;
}

const duesOf = ({ open }: Schedule): Due[] =>
  open.flatMap(({ rule, homeId, providerId, dueOn, state }) => {
    const kind = KIND_OF[state];
    return kind ? [{ rule_id: rule.id, home_id: homeId, provider_id: providerId, due_on: dueOn, kind }] : [];
  });

async function remind(em: EntityManager, boroughId: string, dues: readonly Due[], now: Date): Promise<number> {
  const fresh = await execute<Due>(
    em,
    `with due as (
       select * from jsonb_to_recordset(?::jsonb) as d(rule_id uuid, home_id uuid, provider_id uuid, due_on date, kind text)
     ), noted as (
       insert into visit_reminder (rule_id, home_id, due_on, kind, reminded_at)
       select rule_id, home_id, due_on, kind, ? from due on conflict do nothing returning rule_id, home_id, due_on, kind
     )
     select d.rule_id, d.home_id, d.provider_id, d.due_on::text as due_on, d.kind
     from due d join noted n using (rule_id, home_id, due_on, kind) order by d.due_on, d.home_id, d.rule_id`,
    [JSON.stringify(dues), now],
  );
  await lockProviders(
    em,
    fresh.map((due) => due.provider_id),
  );
  for (const { kind, provider_id: providerId, home_id: homeId } of fresh)
    await recordEvent(
      em,
      { kind, ownerId: boroughId, providerId, homeId, sharingId: null, recipients: [boroughId] },
      now,
    );
  return fresh.length;
}
