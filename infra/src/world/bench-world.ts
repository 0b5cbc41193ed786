import { ROLE, withClient } from '@accord/persistence';
import type { Client } from 'pg';
import { Problem } from '../problem.js';
import { benchAccreditation } from './bench-world-accreditation.js';
import { answerStatements } from './bench-world-answers.js';
import { crowdStatements } from './bench-world-crowd.js';
import { benchFlags } from './bench-world-flags.js';
import { benchGroups, benchPrincipals, boroughRows, type BenchPrincipal } from './bench-world-boroughs.js';
import { intelligenceStatements } from './bench-world-intelligence.js';
import { Random } from './bench-world-random.js';
import { benchRegister } from './bench-world-register.js';
import { insertRows, type Rows } from './bench-world-rows.js';
import { benchUses } from './bench-world-uses.js';
import { BENCH_FINDINGS, benchVisits } from './bench-world-visits.js';
import { loadOrganisations } from './example-world.js';

/** Who is in the bench world's directory: a placements officer and a dashboard for each borough. */
export const BENCH_PRINCIPALS: readonly BenchPrincipal[] = benchPrincipals(new Random('bench principals'));

/** How much there is of what a benchmark may want more of. */
export interface BenchSize {
  readonly boroughs: number;
  readonly items: number;
  readonly visits: number;
  readonly answersPerProvider: number;
}

/** As the contract has it. */
export const BENCH_SIZE: BenchSize = { boroughs: 33, items: 50_000, visits: 30_000, answersPerProvider: 40 };

/**
 * The bench world as rows, the same at every call: all but its intelligence, which the database makes. Fictional
 * throughout, postcodes in ZZ1 to ZZ9.
 */
export function createBenchWorld({ visits: count }: Pick<BenchSize, 'visits'> = BENCH_SIZE): Rows {
  const groups = benchGroups(new Random('bench groups'));
  const register = benchRegister(new Random('bench register'));
  const uses = benchUses(new Random('bench uses'), register);
  const flags = benchFlags(new Random('bench flags'), register, uses, groups, BENCH_PRINCIPALS);
  const visits = benchVisits(new Random('bench visits'), register, uses, count);
  return {
    ...boroughRows(new Random('bench boroughs'), BENCH_PRINCIPALS, groups),
    ...register.rows,
    ...benchAccreditation(new Random('bench accreditation'), register.providerIds),
    ...uses.rows,
    ...flags,
    ...visits,
    sharing: [...(flags['sharing'] ?? []), ...(visits['sharing'] ?? [])],
  };
}

/**
 * Fills a migrated database that is empty with the bench world: 33 boroughs, 2,000 providers, 6,000 homes, 3,000 flags,
 * 50,000 items of intelligence, 80,000 answers, and 30,000 visits with 300,000 findings.
 * @param ownerUrl the migrator's login; the rows are written as the tables' owner.
 * @param size 33 boroughs at least.
 * @throws Problem when something is in the database.
 */
export async function loadBenchWorld(
  ownerUrl: string,
  report: (line: string) => void,
  size: BenchSize = BENCH_SIZE,
): Promise<void> {
  const rows = createBenchWorld(size);
  await withClient(ownerUrl, async (client) => {
    await client.query(`set role ${ROLE.owner}`);
    await client.query('begin');
    await refuseUnlessEmpty(client);
    await loadOrganisations(client);
    await insertRows(client, rows);
    for (const made of ['placement_number', 'home', 'agreement_member']) await client.query(`analyze ${made}`);
    for (const statement of [
      ...crowdStatements(size.boroughs),
      ...intelligenceStatements(size.items),
      ...answerStatements(size.answersPerProvider),
      BENCH_FINDINGS,
    ])
      await client.query(statement);
    await client.query('commit');
    // Or the first queries would be planned for empty tables.
    await client.query(`vacuum (analyze) ${(await tables(client)).join(', ')}`);
  });
  const written = (count: number) => count.toLocaleString('en-GB');
  const [providers, homes, flags] = ['provider', 'home', 'flag'].map((table) => written(rows[table]?.length ?? 0));
  report(
    `bench world loaded: ${written(size.boroughs)} boroughs, ${providers} fictional providers, ${homes} homes, ${flags} flags, ` +
      `${written(size.items)} items of intelligence, ${written(size.visits)} visits`,
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

/** The tables of Accord, but for the list of migrations that ran, and the forms that a migrated database has. */
async function tables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename not in ('migration', 'form_template', 'form_item') order by 1`,
  );
  return rows.map((row) => row.name);
}
