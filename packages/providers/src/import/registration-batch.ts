import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Tally } from './import-report.js';
import type { OfstedInspection, OfstedRow } from './ofsted-row.js';
import { changedMeanwhile } from './provider-batch.js';
import { overRows } from './recordset.js';

/** A registration, and whose it is. */
export interface Registered {
  readonly id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
  /** The `place` of its newest known inspection. */
  readonly newest: string | null;
}

/** Orders the inspections of a registration: by day, and by number within a day. */
export const place = ({ inspectedOn, eventNumber }: OfstedInspection): string => `${inspectedOn} ${eventNumber}`;

/** The registrations with these URNs that are known, by URN. */
export async function knownRegistrations(em: EntityManager, urns: readonly string[]): Promise<Map<string, Registered>> {
  const rows = await execute<Registered & { urn: string }>(
    em,
    `select r.reference as urn, r.id, r.provider_id, r.home_id,
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

/** Adds the registrations that are new and changes those about which the rows say something else. */
export async function writeRegistrations(
  em: EntityManager,
  rows: readonly { readonly row: OfstedRow; readonly registered: Registered; readonly isNew: boolean }[],
  tally: Tally,
): Promise<void> {
  const written = await overRows<{ reference: string; added: boolean }>(
    em,
    `insert into registration (id, provider_id, home_id, regulator, reference, category, status, registered_on)
     select id, provider_id, home_id, 'OFSTED', reference, category, status, registered_on
     from :rows as v(id uuid, provider_id uuid, home_id uuid, reference text, category text, status text, registered_on date)
     on conflict (regulator, reference) do update
       set category = excluded.category, status = excluded.status,
         registered_on = coalesce(excluded.registered_on, registration.registered_on)
       where (registration.category, registration.status, registration.registered_on) is distinct from
         (excluded.category, excluded.status, coalesce(excluded.registered_on, registration.registered_on))
     returning reference, xmax = 0 as added`,
    rows.map(({ row, registered }) => ({
      id: registered.id,
      provider_id: registered.provider_id,
      home_id: registered.home_id,
      reference: row.urn,
      category: row.provision.name,
      status: row.status,
      registered_on: row.registeredOn,
    })),
  );
  const outcome = new Map(written.map(({ reference, added }) => [reference, added]));
  for (const { row, isNew } of rows) {
    tally.meet(row.urn);
    const added = outcome.get(row.urn);
    // Somebody registered it by hand since this batch looked: its provider and home would be there twice.
    if (isNew && added !== true) throw changedMeanwhile();
    if (added === true) tally.add(row.urn);
    if (added === false) tally.change(row.urn);
  }
}

export interface InspectionOf {
  readonly inspection: OfstedInspection;
  readonly registered: Registered;
}

const INSERT_INSPECTIONS = `
  insert into inspection (id, registration_id, provider_id, home_id, regulator, event_number, kind, inspected_on, published_on, judgements)
  select gen_random_uuid(), registration_id, provider_id, home_id, 'OFSTED', event_number, kind, inspected_on, published_on, judgements
  from :rows as v(registration_id uuid, provider_id uuid, home_id uuid, event_number text, kind text, inspected_on date, published_on date, judgements jsonb)`;

/** Adds inspections that are new and changes those that were published anew. */
export async function writeInspections(
  em: EntityManager,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<void> {
  await write(
    em,
    `${INSERT_INSPECTIONS}
     on conflict (regulator, event_number) do update
       set kind = excluded.kind, inspected_on = excluded.inspected_on, published_on = excluded.published_on,
         judgements = excluded.judgements
       where (inspection.kind, inspection.inspected_on, inspection.published_on, inspection.judgements) is distinct from
         (excluded.kind, excluded.inspected_on, excluded.published_on, excluded.judgements)
     returning event_number, xmax = 0 as added`,
    inspections,
    tally,
  );
}

/** Adds those that are not known; an inspection's own row knows it better than the row of the next one. */
export async function writePreviousInspections(
  em: EntityManager,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<void> {
  await write(
    em,
    `${INSERT_INSPECTIONS} on conflict (regulator, event_number) do nothing returning event_number, true as added`,
    inspections,
    tally,
  );
}

async function write(
  em: EntityManager,
  sql: string,
  inspections: readonly InspectionOf[],
  tally: Tally,
): Promise<void> {
  const written = await overRows<{ event_number: string; added: boolean }>(
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
  for (const { inspection } of inspections) tally.meet(inspection.eventNumber);
  for (const { event_number: number, added } of written) {
    if (added) tally.add(number);
    else tally.change(number);
  }
}
