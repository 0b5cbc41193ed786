import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ALLIANCE_CODE } from '@accord/access';
import { badInput } from '@accord/kernel';
import { assertBoundByPolicies, createOrm, ROLE } from '@accord/persistence';
import { MOST_MEGABYTES } from '@accord/providers';
import { importFile, regulatorFeature, type FileReport } from '@accord/regulator';
import { Problem } from './problem.js';
import type { Report } from './progress.js';
import { REPOSITORY } from './repository.js';

type Orm = Awaited<ReturnType<typeof createOrm>>;

const SAMPLE = join(REPOSITORY, 'infra/data/ofsted-2023-24-london-sample.csv');

export interface FileToImport {
  readonly path: string;
  /** The day as of which the file tells, where its title does not say so. */
  readonly asAt?: string | undefined;
  readonly dryRun?: boolean;
  readonly onProgress?: (rowsDone: number, rows: number) => void;
}

/**
 * Imports a file of Ofsted's in the name of the alliance. Killed, and started again with the same file, it goes on
 * from where it was.
 * @param gatewayUrl the gateway's login, which row policies bind.
 * @throws Problem when the database has no alliance; AccordError when the file is not to be imported: then nothing is.
 */
export async function importRegulatorFile(
  gatewayUrl: string,
  { path, asAt, dryRun = false, onProgress }: FileToImport,
): Promise<FileReport> {
  // Before it is read into memory.
  if ((await stat(path)).size > MOST_MEGABYTES * 1_000_000) {
    throw badInput('file', `The file has more than ${MOST_MEGABYTES} MB; Ofsted's of a year has about two.`);
  }
  const content = await readFile(path);
  await assertBoundByPolicies(gatewayUrl);
  // One connection holds the import's lease, the other works.
  const orm = await createOrm({ url: gatewayUrl, entities: regulatorFeature.entities, pool: 2 });
  try {
    const file = { fileName: basename(path), content, meanings: [], asAt: asAt ?? null, dryRun };
    const brought = { ...file, requestedBy: 'Command line' };
    return await importFile(orm, await allianceOf(orm), brought, { onProgress });
  } finally {
    await orm.close();
  }
}

async function allianceOf(orm: Orm): Promise<string> {
  const [alliance] = await orm.em
    .fork({ session: { role: ROLE.audience } })
    .transactional((em) => em.execute<{ id: string }[]>('select id from organisation where code = ?', [ALLIANCE_CODE]));
  if (!alliance) throw new Problem('This database has no alliance yet, in whose name the register is kept.');
  return alliance.id;
}

/** Puts the regulator's real London rows beside the example world, so that searches have something to run over. */
export async function loadRegulatorSample(gatewayUrl: string, report: Report): Promise<void> {
  const { providers, homes } = await importRegulatorFile(gatewayUrl, { path: SAMPLE });
  report(`Ofsted's London rows of 2023-24 loaded: ${providers.added} providers, ${homes.added} homes`);
}
