import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { JudgementFacts } from '../judgement.js';
import type { RegistrationStatus } from '../vocabulary.js';
import { differencesOf, type RowState, type Tally } from './import-report.js';
import type { OfstedInspection, OfstedRow } from './ofsted-row.js';
import { changedMeanwhile } from './provider-batch.js';
import { overRows } from './recordset.js';

/** A registration, and whose it is. */
export interface Registered {
  readonly id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  readonly home_name: string | null;
  readonly status_as_at: string | null;
  /** The `place` of its newest known inspection. */
  readonly newest: string | null;
}

/** Orders the inspections of a registration: by day, and by number within a day. */
export const place = ({ inspectedOn, eventNumber }: OfstedInspection): string => `${inspectedOn} ${eventNumber}`;

/** The registrations with these URNs that are known, by URN. */
export async function knownRegistrations(em: EntityManager, urns: readonly string[]): Promise<Map<string, Registered>> {
  const rows = await execute<Registered & { urn: string }>(
    em,
    `select r.reference as urn, r.id, r.provider_id, r.home_id, r.status_as_at::text as status_as_at,
       (select h.name from home h where h.id = r.home_id) as home_name,
       (select max(to_char(i.inspected_on, 'YYYY-MM-DD ') || i.event_number) from inspection i
        where i.provider_id = r.provider_id and i.registration_id = r.id) as newest
     from registration r
     where r.regulator = 'OFSTED' and r.reference in (select value from jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(urns)],
  );
  return new Map(rows.map((row) => [row.urn, row]));
}

/** The URN under which each of these events is known. */
export async function knownEvents(em: EntityManager, eventNumbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await execute<{ event_number: string; urn: string }>(
    em,
    `select i.event_number, r.reference as urn from inspection i join registration r on r.id = i.registration_id
     where i.regulator = 'OFSTED' and i.event_number in (select value from jsonb_array_elements_text(?::jsonb))`,
    [JSON.stringify(eventNumbers)],
  );
  return new Map(rows.map((row) => [row.event_number, row.urn]));
}

/** A registration whose status the file changed, or that is new. */
export interface StatusNews {
  readonly registered: Registered;
  readonly urn: string;
  readonly before: RegistrationStatus | null;
  readonly after: RegistrationStatus;
}

/** What is shown of a registration that changed. */
const REGISTRATION_FACTS = ['category', 'status', 'registered_on'];

/**
 * Adds the registrations that are new and changes those about which the rows say something else. A status that is
 * known as of a later day stays: a file tells of the end of its year, and a notice may have come since.
 * @param asAt the day as of which the file tells.
 */
export async function writeRegistrations(
  em: EntityManager,
  rows: readonly { readonly row: OfstedRow; readonly registered: Registered; readonly isNew: boolean }[],
  asAt: string,
  tally: Tally,
): Promise<StatusNews[]> {
  const written = await overRows<{ reference: string; before: RowState | null; after: RowState }>(
    em,
    `insert into registration (id, provider_id, home_id, regulator, reference, category, status, registered_on, status_as_at)
     select id, provider_id, home_id, 'OFSTED', reference, category, status, registered_on, status_as_at
     from :rows as v(id uuid, provider_id uuid, home_id uuid, reference text, category text, status text, registered_on date, status_as_at date)
     on conflict (regulator, reference) do update
       set category = excluded.category,
         status = case when registration.status_as_at > excluded.status_as_at then registration.status else excluded.status end,
         status_as_at = greatest(registration.status_as_at, excluded.status_as_at),
         registered_on = coalesce(excluded.registered_on, registration.registered_on)
       where (registration.category, registration.registered_on) is distinct from
         (excluded.category, coalesce(excluded.registered_on, registration.registered_on))
         or coalesce(registration.status_as_at < excluded.status_as_at, true)
         or (registration.status_as_at = excluded.status_as_at and registration.status <> excluded.status)
     returning reference, case when old.id is not null then to_jsonb(old) end as before, to_jsonb(new) as after`,
    rows.map(({ row, registered }) => ({
      id: registered.id,
      provider_id: registered.provider_id,
      home_id: registered.home_id,
      reference: row.urn,
      category: row.provision.name,
      status: row.status,
      registered_on: row.registeredOn,
      status_as_at: asAt,
    })),
  );
  const states = new Map(written.map((state) => [state.reference, state]));
  const news: StatusNews[] = [];
  for (const { row, registered, isNew } of rows) {
    const label = `${row.urn}, ${row.provision.name}`;
    tally.meet(row.urn, label);
    const state = states.get(row.urn);
    // Somebody registered it by hand since this batch looked: its provider and home would be there twice.
    if (isNew && (!state || state.before !== null)) throw changedMeanwhile();
    if (!state) continue;
    const differences = differencesOf(state.before, state.after, REGISTRATION_FACTS);
    if (state.before === null) tally.add(row.urn, label);
    else if (differences.length > 0) tally.change(row.urn, label, differences);
    const [before, after] = [state.before?.['status'] ?? null, state.after['status']] as [
      RegistrationStatus | null,
      RegistrationStatus,
    ];
    if (before !== after) news.push({ registered, urn: row.urn, before, after });
  }
  return news;
}

export interface InspectionOf {
  readonly inspection: OfstedInspection;
  readonly registered: Registered;
}

/** An inspection that the file told of first, or judged anew. */
export interface InspectionNews extends InspectionOf {
  /** What was judged when it was known before; null where it was not. */
  readonly before: readonly JudgementFacts[] | null;
}

const INSPECTION_FACTS = ['kind', 'inspected_on', 'published_on', 'judgements'];

const INSERT_INSPECTIONS = `
  insert into inspection (id, registration_id, provider_id, home_id, regulator, event_number, kind, inspected_on, published_on, judgements)
  select gen_random_uuid(), registration_id, provider_id, home_id, 'OFSTED', event_number, kind, inspected_on, published_on, judgements
  from :rows as v(registration_id uuid, provider_id uuid, home_id uuid, event_number text, kind text, inspected_on date, published_on date, judgements jsonb)`;

/** Adds inspections that are new and changes those that were published anew. A day of publication that is known is not lost. */
export function writeInspections(
  em: EntityManager,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<InspectionNews[]> {
  return write(
    em,
    `${INSERT_INSPECTIONS}
     on conflict (regulator, event_number) do update
       set kind = excluded.kind, inspected_on = excluded.inspected_on,
         published_on = coalesce(excluded.published_on, inspection.published_on), judgements = excluded.judgements
       where (inspection.kind, inspection.inspected_on, inspection.published_on, inspection.judgements) is distinct from
         (excluded.kind, excluded.inspected_on, coalesce(excluded.published_on, inspection.published_on), excluded.judgements)
     returning event_number, case when old.id is not null then to_jsonb(old) end as before, to_jsonb(new) as after`,
    inspections,
    tally,
  );
}

/** Adds those that are not known; an inspection's own row knows it better than the row of the next one. */
export function writePreviousInspections(
  em: EntityManager,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<InspectionNews[]> {
  return write(
    em,
    `${INSERT_INSPECTIONS} on conflict (regulator, event_number) do nothing
     returning event_number, null::jsonb as before, to_jsonb(new) as after`,
    inspections,
    tally,
  );
}

async function write(
  em: EntityManager,
  sql: string,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<InspectionNews[]> {
  const written = await overRows<{ event_number: string; before: RowState | null; after: RowState }>(
    em,
    sql,
    inspections.map(({ inspection, registered }) => ({
      registration_id: registered.id,
      provider_id: registered.provider_id,
      home_id: registered.home_id,
      event_number: inspection.eventNumber,
      kind: inspection.kind,
      inspected_on: inspection.inspectedOn,
      published_on: inspection.publishedOn,
      judgements: inspection.judgements,
    })),
  );
  const byNumber = new Map(inspections.map((one) => [one.inspection.eventNumber, one]));
  for (const one of inspections) tally.meet(one.inspection.eventNumber, labelOf(one));
  return written.flatMap(({ event_number: number, before, after }) => {
    const one = byNumber.get(number);
    if (!one) return [];
    if (before === null) tally.add(number, labelOf(one));
    else tally.change(number, labelOf(one), differencesOf(before, after, INSPECTION_FACTS));
    return [{ ...one, before: before === null ? null : (before['judgements'] as readonly JudgementFacts[]) }];
  });
}

const labelOf = ({ inspection }: InspectionOf): string =>
  `${inspection.eventNumber}, ${inspection.kind} of ${inspection.inspectedOn}`;
