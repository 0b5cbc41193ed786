import { newId } from '@accord/kernel';
import { execute, lockName } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HomeBatch } from './home-batch.js';
import { Tally, type ImportReport } from './import-report.js';
import { columnName, type OfstedColumn } from './ofsted-column.js';
import { readOfstedFile } from './ofsted-file.js';
import { readRow, type OfstedRow } from './ofsted-row.js';
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
  type InspectionOf,
  type Registered,
} from './registration-batch.js';

const BATCH_ROWS = 500;

/** Held by an import: nothing else of the register may change under its feet. */
export const IMPORT_LOCK = 'import of the regulator';

/**
 * Brings Ofsted's provider-level file into the register. Running it again changes nothing.
 *
 * Silent: writes no event, so nobody is alerted. Rows that cannot be right are left out and told of in the report.
 * @param em a write transaction in the name of the alliance: row policies let nobody else write. It is the
 *   caller's to commit, or to roll back when this throws; then nothing of the file is there.
 * @param source the bytes of the file.
 * @param onProgress is told after each batch how many rows have been read.
 * @throws AccordError `BAD_USER_INPUT` for a file that is something else or damaged; `CONFLICT` when
 *   somebody changed the same providers meanwhile.
 */
export async function importOfsted(
  em: EntityManager,
  source: AsyncIterable<Uint8Array>,
  onProgress: (rows: number) => void = () => undefined,
): Promise<ImportReport> {
  await lockName(em, IMPORT_LOCK);
  const run = new OfstedImport(em, await boroughsByName(em));
  let batch: OfstedRow[] = [];
  const writeBatch = async () => {
    await run.write(batch);
    batch = [];
    onProgress(run.rows);
  };
  for await (const cells of readOfstedFile(source)) {
    const row = readRow(cells);
    if (run.accept(row, cells.refusals) && row) batch.push(row);
    if (batch.length === BATCH_ROWS) await writeBatch();
  }
  if (batch.length > 0) await writeBatch();
  return run.report();
}

/** The boroughs of the alliance by name, spelling aside ("Hammersmith & Fulham"). */
async function boroughsByName(em: EntityManager): Promise<Map<string, string>> {
  const boroughs = await execute<{ id: string; name: string }>(
    em,
    "select id, name from organisation where kind = 'BOROUGH'",
  );
  return new Map(boroughs.map(({ id, name }) => [nameKey(name), id]));
}

class OfstedImport {
  rows = 0;
  #refusedRows = 0;
  readonly #refusals: Refusal[] = [];
  readonly #remarks: Refusal[] = [];
  /** The line on which each event was first met. */
  readonly #eventLines = new Map<string, number>();
  readonly #providers = new Tally();
  readonly #homes = new Tally();
  readonly #registrations = new Tally();
  readonly #inspections = new Tally();

  constructor(
    private readonly em: EntityManager,
    private readonly boroughs: ReadonlyMap<string, string>,
  ) {}

  report(): ImportReport {
    return {
      rows: this.rows,
      refusedRows: this.#refusedRows,
      providers: this.#providers.count(),
      homes: this.#homes.count(),
      registrations: this.#registrations.count(),
      inspections: this.#inspections.count(),
      refusals: this.#refusals.toSorted((a, b) => a.line - b.line),
      remarks: this.#remarks,
    };
  }

  /** Whether a row may go on; says why not where it may not. */
  accept(row: OfstedRow | undefined, refusals: readonly Refusal[]): boolean {
    this.rows += 1;
    if (!row) {
      this.#refusals.push(...refusals);
      this.#refusedRows += 1;
      return false;
    }
    for (const refusal of refusals)
      this.#refusals.push({ ...refusal, reason: `${refusal.reason} ${PREVIOUS_LEFT_OUT}` });
    const earlier = this.#eventLines.get(row.inspection.eventNumber);
    if (earlier !== undefined) return this.#refuse(row, `${row.inspection.eventNumber} is on line ${earlier} already.`);
    this.#eventLines.set(row.inspection.eventNumber, row.line);
    return true;
  }

  /** Writes rows in about ten statements, however many they are. */
  async write(accepted: readonly OfstedRow[]): Promise<void> {
    const events = await knownEvents(this.em, accepted.flatMap(eventNumbers));
    const rows = accepted.filter((row) => this.#isOwnEvent(row, events));
    for (const row of rows) events.set(row.inspection.eventNumber, row.urn);
    const known = await knownRegistrations(this.em, [...new Set(rows.map(({ urn }) => urn))]);
    const registered = await this.#writeRegister(newestOfEach(rows, known), known);

    const inspectionOf = ({ urn }: OfstedRow, inspection: OfstedRow['previous']): InspectionOf[] => {
      const whose = registered.get(urn);
      return inspection && whose ? [{ inspection, registered: whose }] : [];
    };
    await writeInspections(
      this.em,
      rows.flatMap((row) => inspectionOf(row, row.inspection)),
      this.#inspections,
    );
    const previous = rows.filter((row) => this.#isOwnPreviousEvent(row, events));
    await writePreviousInspections(
      this.em,
      previous.flatMap((row) => inspectionOf(row, row.previous)),
      this.#inspections,
    );
  }

  /** Providers, homes and registrations of rows that speak for their registration. @returns all registrations by URN. */
  async #writeRegister(
    rows: readonly OfstedRow[],
    known: ReadonlyMap<string, Registered>,
  ): Promise<Map<string, Registered>> {
    for (const [urn, { home_id: homeId }] of known) {
      this.#registrations.meet(urn);
      if (homeId !== null) this.#homes.meet(homeId);
    }
    const knownProviders = [...new Set([...known.values()].map((registration) => registration.provider_id))];
    const providers = await ProviderBatch.load(this.em, knownProviders, rows);
    const homes = new HomeBatch(this.em);
    const written = rows.map((row) => {
      const before = known.get(row.urn);
      const providerId = providers.take(row, before?.provider_id);
      const isHome = before ? before.home_id !== null : row.provision.registered === 'HOME';
      const homeId = isHome ? homes.take(row, before?.home_id ?? null, providerId, this.#hostOf(row)) : null;
      const registered = before ?? { id: newId(), provider_id: providerId, home_id: homeId, newest: null };
      return { row, registered, isNew: before === undefined };
    });
    await providers.write(this.#providers);
    await homes.write(this.#homes);
    await writeRegistrations(this.em, written, this.#registrations);
    this.#remarks.push(...providers.remarks);
    return new Map([...known, ...written.map(({ row, registered }) => [row.urn, registered] as const)]);
  }

  #hostOf({ localAuthority }: OfstedRow): string | null {
    return localAuthority === null ? null : (this.boroughs.get(nameKey(localAuthority)) ?? null);
  }

  #isOwnEvent(row: OfstedRow, events: ReadonlyMap<string, string>): boolean {
    const urn = events.get(row.inspection.eventNumber);
    return (
      urn === undefined ||
      urn === row.urn ||
      this.#refuse(row, `${row.inspection.eventNumber} is known as an inspection of ${urn}.`)
    );
  }

  #isOwnPreviousEvent({ line, urn, previous }: OfstedRow, events: ReadonlyMap<string, string>): boolean {
    const known = previous === null ? undefined : events.get(previous.eventNumber);
    if (known === undefined || known === urn) return true;
    this.#refusals.push(
      refusal(
        line,
        'previousEventNumber',
        `${previous?.eventNumber} is known as an inspection of ${known}. ${PREVIOUS_LEFT_OUT}`,
      ),
    );
    return false;
  }

  #refuse({ line }: OfstedRow, reason: string): false {
    this.#refusals.push(refusal(line, 'eventNumber', reason));
    this.#refusedRows += 1;
    return false;
  }
}

const PREVIOUS_LEFT_OUT = '(Only the previous inspection was left out.)';

const refusal = (line: number, column: OfstedColumn, reason: string): Refusal => ({
  line,
  column: columnName(column),
  reason,
});

const eventNumbers = ({ inspection, previous }: OfstedRow): string[] =>
  previous === null ? [inspection.eventNumber] : [inspection.eventNumber, previous.eventNumber];

/**
 * The row that speaks for each registration: that of its newest inspection, and none where a newer one is
 * known. So the order of rows does not matter, and last year's file does not undo this year's.
 */
function newestOfEach(rows: readonly OfstedRow[], known: ReadonlyMap<string, Registered>): OfstedRow[] {
  const newest = new Map<string, OfstedRow>();
  for (const row of rows) {
    const other = newest.get(row.urn);
    const before = other ? place(other.inspection) : (known.get(row.urn)?.newest ?? '');
    if (place(row.inspection) >= before) newest.set(row.urn, row);
  }
  return [...newest.values()];
}
