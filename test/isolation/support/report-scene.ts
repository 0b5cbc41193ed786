import type { SharingLevel } from '@accord/access';
import { newId } from '@accord/kernel';
import pg from 'pg';
import { SHARING_REASON } from './scene-base.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './world.js';

interface Raised {
  readonly severity?: string;
  readonly level?: `${SharingLevel}`;
  readonly anonymous?: boolean;
  readonly isOver?: boolean;
}

/** So many flags of somebody's, as far as figures are about them. */
export async function raise(scene: Scene, owner: TenantName, count: number, facts: Raised = {}): Promise<void> {
  for (let flag = 0; flag < count; flag += 1)
    await scene.insert('sharing', {
      id: newId(),
      kind: 'FLAG',
      owner_id: TENANT[owner],
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      level: facts.level ?? 'BOROUGHS_CONCERNED',
      anonymous: facts.anonymous ?? false,
      existence_known: true,
      severity: facts.severity ?? 'LOW',
      ended_at: facts.isOver === true ? new Date() : null,
      reason: SHARING_REASON,
    });
}

/** Tries a statement as the worker, in the alliance's name. @returns how many rows it changed, or the code of its refusal. */
export async function tryAsWorker(scene: Scene, statement: string): Promise<number | string> {
  const client = new pg.Client({ connectionString: scene.accord.database.urls.worker });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.tenant', $1, true)`, [TENANT.alliance]);
    return (await client.query(statement)).rowCount ?? 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code !== undefined) return error.code;
    throw error;
  } finally {
    await client.end();
  }
}

/** The rows of a file in CSV, by column; no cell of these has a comma in it but the words. */
export const rowsOf = (csv: string): Record<string, string>[] => {
  const [head = '', ...lines] = csv.trim().split('\n');
  return lines.map((line) => {
    const cells = [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=,|^)(?=,|$)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
    return Object.fromEntries(head.split(',').map((column, at) => [column, cells[at] ?? '']));
  });
};
