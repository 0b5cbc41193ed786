import { newId } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HomeBatch } from './home-batch.js';
import { Tally, type Imported } from './import-report.js';
import { columnName, type OfstedColumn } from './ofsted-column.js';
import type { OfstedRow } from './ofsted-row.js';
import { nameKey } from './name-key.js';
import { ProviderBatch } from './provider-batch.js';
import type { Refusal } from './refusal.js';
import {
  knownEvents,
  knownRegistrations,
  place,
  writeInspections,
  writePreviousInspections,
  writeRegistrations,
  type InspectionNews,
  type InspectionOf,
  type Registered,
  type StatusNews,
} from './registration-batch.js';

/** What came of a batch of rows. */
export interface BatchResult {
  readonly imported: readonly Imported[];
  readonly refusals: readonly Refusal[];
  readonly refusedRows: number;
  readonly remarks: readonly Refusal[];
  /** What the register did not know before, for whoever has to be told. */
  readonly inspections: readonly InspectionNews[];
  readonly statuses: readonly StatusNews[];
}

/** Held by an import, one at a time: two would add the same owner twice, and nothing is merged under its feet. */
export const IMPORT_LOCK = 'import of the regulator';

/**
 * Brings rows of Ofsted's file into the register, a batch at a time, each in about ten statements, whole or not at
 * all. Bringing the same rows in again changes nothing. Rows that cannot be right are left out and told of.
 */
export class OfstedImport {
  #boroughs: ReadonlyMap<string, string> | undefined;
  #refusals: Refusal[] = [];
  #refusedRows = 0;
  readonly #providers = new Tally('PROVIDER');
  readonly #homes = new Tally('HOME');
  readonly #registrations = new Tally('REGISTRATION');
  readonly #inspections = new Tally('INSPECTION');

  /**
   * @param asAt the day as of which the file tells.
   * @param locksProviders not for a rehearsal that is taken back: it would hold every provider to its end.
   */
  constructor(
    private readonly asAt: string,
    private readonly options: { readonly locksProviders: boolean },
  ) {}

  /**
   * @param em a write transaction in the name of the alliance: row policies let nobody else write. It is the
   *   caller's to commit, or to roll back when this throws; then nothing of the batch is there.
   * @throws AccordError `CONFLICT` when somebody changed the same providers meanwhile.
   */
  async write(em: EntityManager, accepted: readonly OfstedRow[]): Promise<BatchResult> {
    this.#begin();
    const events = await knownEvents(em, accepted.flatMap(eventNumbers));
    const rows = accepted.filter((row) => this.#isOwnEvent(row, events));
    for (const row of rows) events.set(row.inspection.eventNumber, row.urn);
    const known = await knownRegistrations(em, [...new Set(rows.map(({ urn }) => urn))]);
    const { registered, statuses, remarks } = await this.#writeRegister(em, this.#speakers(rows, known), known);

    const inspectionOf = ({ urn }: OfstedRow, inspection: OfstedRow['previous']): InspectionOf[] => {
      const whose = registered.get(urn);
      return inspection && whose ? [{ inspection, registered: whose }] : [];
    };
    const own = rows.flatMap((row) => inspectionOf(row, row.inspection));
    const previous = rows
      .filter((row) => this.#isOwnPreviousEvent(row, events))
      .flatMap((row) => inspectionOf(row, row.previous));
    const inspections = [
      ...(await writeInspections(em, own, this.#inspections)),
      ...(await writePreviousInspections(em, previous, this.#inspections)),
    ];
    const tallies = [this.#providers, this.#homes, this.#registrations, this.#inspections];
    return {
      imported: tallies.flatMap((tally) => tally.take()),
      refusals: this.#refusals,
      refusedRows: this.#refusedRows,
      remarks,
      inspections,
      statuses,
    };
  }

  /** Forgets what is left of a batch that was rolled back. */
  #begin(): void {
    for (const tally of [this.#providers, this.#homes, this.#registrations, this.#inspections]) tally.take();
    this.#refusals = [];
    this.#refusedRows = 0;
  }

  /** Providers, homes and registrations of rows that speak for their registration. @returns all registrations by URN. */
  async #writeRegister(
    em: EntityManager,
    rows: readonly OfstedRow[],
    known: ReadonlyMap<string, Registered>,
  ): Promise<{ registered: Map<string, Registered>; statuses: StatusNews[]; remarks: readonly Refusal[] }> {
    for (const [urn, { home_id: homeId, home_name: homeName }] of known) {
      this.#registrations.meet(urn, urn);
      if (homeId !== null) this.#homes.meet(homeId, homeName ?? urn);
    }
    this.#boroughs ??= await boroughsByName(em);
    const knownProviders = [...new Set([...known.values()].map((registration) => registration.provider_id))];
    const providers = await ProviderBatch.load(em, knownProviders, rows, this.options);
    const homes = new HomeBatch(em);
    const written = rows.map((row) => {
      const before = known.get(row.urn);
      const providerId = providers.take(row, before?.provider_id);
      const isHome = before ? before.home_id !== null : row.provision.registered === 'HOME';
      const homeId = isHome ? homes.take(row, before?.home_id ?? null, providerId, this.#hostOf(row)) : null;
      const registered = before ?? {
        id: newId(),
        provider_id: providerId,
        home_id: homeId,
        home_name: null,
        status_as_at: null,
        newest: null,
      };
      return { row, registered, isNew: before === undefined };
    });
    await providers.write(this.#providers);
    await homes.write(this.#homes);
    const statuses = await writeRegistrations(em, written, this.asAt, this.#registrations);
    const registered = new Map([...known, ...written.map(({ row, registered: own }) => [row.urn, own] as const)]);
    return { registered, statuses, remarks: providers.remarks };
  }

  /**
   * The row that speaks for each registration: that of its newest inspection. Where a newer one is known it speaks
   * only if the file tells as of a later day: so the order of rows does not matter, and last year's file does not
   * undo this year's.
   */
  #speakers(rows: readonly OfstedRow[], known: ReadonlyMap<string, Registered>): OfstedRow[] {
    const speakers = new Map<string, OfstedRow>();
    for (const row of rows) {
      const other = speakers.get(row.urn);
      const before = known.get(row.urn);
      const isLater =
        before?.status_as_at !== undefined && before.status_as_at !== null && before.status_as_at < this.asAt;
      const newest = other ? place(other.inspection) : isLater ? '' : (before?.newest ?? '');
      if (place(row.inspection) >= newest) speakers.set(row.urn, row);
    }
    return [...speakers.values()];
  }

  #hostOf({ localAuthority }: OfstedRow): string | null {
    return localAuthority === null ? null : (this.#boroughs?.get(nameKey(localAuthority)) ?? null);
  }

  #isOwnEvent(row: OfstedRow, events: ReadonlyMap<string, string>): boolean {
    const number = row.inspection.eventNumber;
    const urn = events.get(number);
    if (urn === undefined || urn === row.urn) return true;
    this.#refusals.push(refusal(row.line, 'eventNumber', `${number} is known as an inspection of ${urn}.`));
    this.#refusedRows += 1;
    return false;
  }

  #isOwnPreviousEvent({ line, urn, previous }: OfstedRow, events: ReadonlyMap<string, string>): boolean {
    const known = previous === null ? undefined : events.get(previous.eventNumber);
    if (known === undefined || known === urn) return true;
    const reason = `${previous?.eventNumber} is known as an inspection of ${known}. ${PREVIOUS_LEFT_OUT}`;
    this.#refusals.push(refusal(line, 'previousEventNumber', reason));
    return false;
  }
}

/** The boroughs of the alliance by name, spelling aside ("Hammersmith & Fulham"). */
async function boroughsByName(em: EntityManager): Promise<Map<string, string>> {
  const boroughs = await execute<{ id: string; name: string }>(
    em,
    "select id, name from organisation where kind = 'BOROUGH'",
  );
  return new Map(boroughs.map(({ id, name }) => [nameKey(name), id]));
}

export const PREVIOUS_LEFT_OUT = '(Only the previous inspection was left out.)';

export const refusal = (line: number, column: OfstedColumn, reason: string): Refusal => ({
  line,
  column: columnName(column),
  reason,
});

const eventNumbers = ({ inspection, previous }: OfstedRow): string[] =>
  previous === null ? [inspection.eventNumber] : [inspection.eventNumber, previous.eventNumber];
