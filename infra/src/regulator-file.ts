import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ALLIANCE_CODE } from '@accord/access';
import { assertBoundByPolicies, createOrm, ROLE, TenantTransaction } from '@accord/persistence';
import { importOfsted, type ImportReport } from '@accord/providers';
import { Problem } from './problem.js';
import type { Report } from './progress.js';
import { REPOSITORY } from './repository.js';

type TenantWork<T> = (em: TenantTransaction['em']) => Promise<T>;

const SAMPLE = join(REPOSITORY, 'infra/data/ofsted-2023-24-london-sample.csv');

/**
 * Imports a file of Ofsted's in the name of the alliance: all of it, or nothing when it throws.
 * @param gatewayUrl the gateway's login, which row policies bind.
 * @throws Problem when the database has no alliance; AccordError when the file is not to be imported.
 */
export async function importRegulatorFile(
  gatewayUrl: string,
  path: string,
  onProgress?: (rows: number) => void,
): Promise<ImportReport> {
  const file = await open(path);
  try {
    await assertBoundByPolicies(gatewayUrl);
    return await inTheAlliance(gatewayUrl, (em) => importOfsted(em, file.createReadStream(), onProgress));
  } finally {
    await file.close();
  }
}

async function inTheAlliance<T>(gatewayUrl: string, work: TenantWork<T>): Promise<T> {
  const orm = await createOrm({ url: gatewayUrl, entities: [], pool: 1 });
  try {
    const [alliance] = await orm.em
      .fork({ session: { role: ROLE.audience } })
      .transactional((em) =>
        em.execute<{ id: string }[]>('select id from organisation where code = ?', [ALLIANCE_CODE]),
      );
    if (!alliance) throw new Problem('This database has no alliance yet, in whose name the register is kept.');
    return await TenantTransaction.run(orm, { tenantId: alliance.id, callerId: null }, 'write', work);
  } finally {
    await orm.close();
  }
}

/** Puts the regulator's real London rows beside the example world, so that searches have something to run over. */
export async function loadRegulatorSample(gatewayUrl: string, report: Report): Promise<void> {
  const { providers, homes } = await importRegulatorFile(gatewayUrl, SAMPLE);
  report(`Ofsted's London rows of 2023-24 loaded: ${providers.added} providers, ${homes.added} homes`);
}
