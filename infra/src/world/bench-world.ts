import { ROLE, withClient } from '@accord/persistence';
import type { Client } from 'pg';
import { Problem } from '../problem.js';
import { benchAccreditation } from './bench-world-accreditation.js';
import { loadBenchAnswers } from './bench-world-answers.js';
import { benchFlags } from './bench-world-flags.js';
import { benchGroups, benchPrincipals, boroughRows, type BenchPrincipal } from './bench-world-boroughs.js';
import { Random } from './bench-world-random.js';
import { benchRegister } from './bench-world-register.js';
import { insertRows, type Rows } from './bench-world-rows.js';
import { benchUses } from './bench-world-uses.js';
import { loadOrganisations } from './example-world.js';

/** Who is in the bench world's directory: a placements officer and a dashboard for each borough. */
export const BENCH_PRINCIPALS: readonly BenchPrincipal[] = benchPrincipals(new Random('bench principals'));

/** The bench world as rows, the same at every call. Fictional throughout, postcodes in ZZ1 to ZZ9. */
export function createBenchWorld(): Rows {
  const groups = benchGroups(new Random('bench groups'));
  const register = benchRegister(new Random('bench register'));
  const uses = benchUses(new Random('bench uses'), register);
  return {
    ...boroughRows(new Random('bench boroughs'), BENCH_PRINCIPALS, groups),
    ...register.rows,
    ...benchAccreditation(new Random('bench accreditation'), register.providerIds),
    ...uses.rows,
    ...benchFlags(new Random('bench flags'), register, uses, groups, BENCH_PRINCIPALS),
  };
}

/**
 * Fills a migrated database that is empty with the bench world: 33 boroughs, 2,000 providers, 6,000 homes,
 * 3,000 flags and 80,000 answers.
 * @param ownerUrl the migrator's login; the rows are written as the tables' owner.
 * @throws Problem when something is in the database.
 */
export async function loadBenchWorld(ownerUrl: string, report: (line: string) => void): Promise<void> {
  const rows = createBenchWorld();
  let answers = 0;
  await withClient(ownerUrl, async (client) => {
    await client.query(`set role ${ROLE.owner}`);
    await client.query('begin');
    await refuseUnlessEmpty(client);
    await loadOrganisations(client);
    await insertRows(client, rows);
    answers = await loadBenchAnswers(client);
    await client.query('commit');
    // Or the first queries would be planned for empty tables.
    await client.query(`vacuum (analyze) ${(await tables(client)).join(', ')}`);
  });
  const count = (table: string) => (rows[table]?.length ?? 0).toLocaleString('en-GB');
  report(
    `bench world loaded: ${count('provider')} fictional providers, ${count('home')} homes, ${count('flag')} flags, ${answers.toLocaleString('en-GB')} answers`,
  );
}

/** @throws Problem when the database is not migrated, or a table has a row. */
export async function assertEmpty(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    await client.query(`set role ${ROLE.owner}`);
    await refuseUnlessEmpty(client);
  });
}

async function refuseUnlessEmpty(client: Client): Promise<void> {
  const names = (await tables(client)).filter((name) => !SHIPPED.includes(name));
  if (names.length === 0) throw new Problem('This database has no tables yet: it is not migrated.');
  const questions = names.map((name) => `select '${name}' as name where exists (select from ${name})`);
  const { rows } = await client.query<{ name: string }>(questions.join(' union all '));
  if (rows.length === 0) return;
  const found = rows.map((row) => row.name).slice(0, 3);
  throw new Problem(
    `This database is not empty: there is something in ${found.join(', ')}${rows.length > found.length ? ' and more' : ''}.\n` +
      'A world is loaded into an empty database only; nothing was changed.',
  );
}

/** What a migration fills: the first set of due-diligence questions. */
const SHIPPED = ['due_diligence_set', 'due_diligence_question'];

/** The tables of Accord, but for the list of migrations that ran. */
async function tables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migration' order by 1`,
  );
  return rows.map((row) => row.name);
}
