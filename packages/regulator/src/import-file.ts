import { badInput, newId } from '@accord/kernel';
import { TenantTransaction } from '@accord/persistence';
import type { ImportCount, ImportReport, Refusal } from '@accord/providers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { RegulatorFinding, RegulatorImport, RegulatorImportChange } from './import.entity.js';
import { runImport, type RunOptions } from './import-run.js';
import { countOf, prepareImport, type BroughtFile } from './import.service.js';
import { unfinishedImport } from './import-store.js';
import {
  RegulatorFindingKind,
  RegulatorImportKind,
  RegulatorImportOutcome,
  RegulatorImportState,
} from './vocabulary.js';

/** What an import did or would do, with what of it changed something or raised a flag. */
export interface FileReport extends ImportReport {
  readonly changes: readonly Pick<RegulatorImportChange, 'kind' | 'outcome' | 'label' | 'differences'>[];
}

export interface FileOptions extends Omit<RunOptions, 'onProgress' | 'waits'> {
  readonly onProgress?: ((rowsDone: number, rows: number) => void) | undefined;
}

/**
 * Brings a file into the register without a queue, in the alliance's name. Stopped, and called again with the same
 * file, it goes on from where it was.
 * @param orm with this feature's entities and two connections at least.
 * @throws AccordError `BAD_USER_INPUT` when the file is not to be imported: then nothing of it is there.
 */
export async function importFile(
  orm: MikroORM,
  allianceId: string,
  file: BroughtFile,
  { onProgress = () => undefined, ...options }: FileOptions = {},
): Promise<FileReport> {
  const inTheAlliance = <T>(work: (em: EntityManager) => Promise<T>): Promise<T> =>
    TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', work);
  const { id, rows } = await inTheAlliance(
    async (em) => (await unfinishedImport(em, file.content, file.dryRun)) ?? prepareImport(em, newId(), file),
  );
  await runImport(orm, allianceId, id, { ...options, waits: true, onProgress: (done) => onProgress(done, rows) });
  return inTheAlliance((em) => reportOf(em, id));
}

async function reportOf(em: EntityManager, importId: string): Promise<FileReport> {
  const done = await em.findOneOrFail(RegulatorImport, importId);
  if (done.state === RegulatorImportState.FAILED) throw badInput('file', done.problem ?? '');
  const findings = await em.find(RegulatorFinding, { importId }, { orderBy: { line: 'asc', number: 'asc' } });
  const changes = await em.find(
    RegulatorImportChange,
    { importId, $or: [{ outcome: RegulatorImportOutcome.CHANGED }, { kind: RegulatorImportKind.FLAG }] },
    { orderBy: { kind: 'asc', key: 'asc' } },
  );
  const of = (kind: RegulatorFindingKind): Refusal[] =>
    findings.filter((found) => found.kind === kind).map(({ line, column, reason }) => ({ line, column, reason }));
  const count = (kind: RegulatorImportKind): ImportCount => countOf(done, kind);
  return {
    rows: done.rows,
    refusedRows: done.refusedRows,
    providers: count(RegulatorImportKind.PROVIDER),
    homes: count(RegulatorImportKind.HOME),
    registrations: count(RegulatorImportKind.REGISTRATION),
    inspections: count(RegulatorImportKind.INSPECTION),
    refusals: of(RegulatorFindingKind.REFUSED),
    remarks: of(RegulatorFindingKind.TO_LOOK_AT),
    changes,
  };
}
