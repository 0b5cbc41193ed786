import { AlertKind } from '@accord/access';
import { flagFacts, type FactToFlag } from '@accord/flags';
import { londonDate } from '@accord/kernel';
import { asAudience, recordEvent } from '@accord/persistence';
import type { BatchResult, InspectionNews } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isNewJudgement, isNews, judgementTrigger, statusTrigger } from './trigger.js';

/** A flag that was raised, in words. */
export interface RaisedFlag {
  readonly id: string;
  readonly fact: FactToFlag;
}

/**
 * Tells of what a batch brought that the register did not know, in the batch's transaction: an event for each new
 * judgement, and a flag for each trigger. What was published more than 30 days ago is no news.
 *
 * A judgement's event goes to the boroughs concerned and to the alliance, whatever the agreements: the register is
 * open to all of them, but who has nothing to do with the home need not be told. Where there is no such borough,
 * there is nobody to be told.
 * @param asAt the day as of which the file tells: what it does not date was published by then.
 */
export async function tellOf(
  em: EntityManager,
  allianceId: string,
  { inspections, statuses }: BatchResult,
  asAt: string,
  now: Date,
): Promise<RaisedFlag[]> {
  const today = londonDate(now);
  const judgements = inspections.filter(
    (news) => isNewJudgement(news) && isNews(news.inspection.publishedOn ?? asAt, today),
  );
  const facts = [
    ...judgements.map(judgementTrigger),
    ...(isNews(asAt, today) ? statuses.map((news) => statusTrigger(news, asAt)) : []),
  ].filter((fact) => fact !== null);
  const concerned = await boroughsConcerned(em, judgements);
  for (const { registered, inspection } of judgements) {
    const boroughs = concerned.get(inspection.eventNumber) ?? [];
    if (boroughs.length === 0) continue;
    const { provider_id: providerId, home_id: homeId } = registered;
    const kind = AlertKind.REGULATOR_JUDGEMENT;
    const event = { kind, ownerId: allianceId, providerId, homeId, sharingId: null };
    await recordEvent(em, { ...event, recipients: [...boroughs, allianceId] }, now);
  }
  const ids = await flagFacts(em, allianceId, facts, now);
  return facts.flatMap((fact, index) => {
    const id = ids[index];
    return id === undefined ? [] : [{ id, fact }];
  });
}

/** Who places at, or hosts, what each of these was judged: all of them in one statement. */
async function boroughsConcerned(
  em: EntityManager,
  judgements: readonly InspectionNews[],
): Promise<Map<string, string[]>> {
  if (judgements.length === 0) return new Map();
  const asked = judgements.map(({ registered, inspection }) => ({
    event_number: inspection.eventNumber,
    provider_id: registered.provider_id,
    home_id: registered.home_id,
  }));
  const rows = await asAudience<{ event_number: string; borough_id: string }>(
    em,
    `select distinct v.event_number, c.borough_id
       from jsonb_to_recordset(?::jsonb) as v(event_number text, provider_id uuid, home_id uuid)
       join borough_concerned c on c.provider_id = v.provider_id
         and (c.home_id = v.home_id or c.home_id is null or v.home_id is null)
       order by 1, 2`,
    [JSON.stringify(asked)],
  );
  const byNumber = Map.groupBy(rows, (row) => row.event_number);
  return new Map([...byNumber].map(([number, own]) => [number, own.map((row) => row.borough_id)]));
}
