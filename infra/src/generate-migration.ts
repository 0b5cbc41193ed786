import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature } from '@accord/access';
import {
  createDatabase,
  createRoles,
  describeCatalogue,
  draftChange,
  executeAsOwner,
  loginUrls,
  migrateWithoutGrants,
  schemaStatements,
} from '@accord/persistence';
import { dataFolder, prepareDataFolder } from './embedded/data-folder.js';
import { startDatabase } from './embedded/database.js';
import { REPOSITORY } from './repository.js';

const FOLDER = join(REPOSITORY, 'packages/persistence/src/migrations');

/** How far the migrations are behind the entities. */
export interface Drift {
  /** Lines of the catalogue that are in one schema and not in the other. */
  readonly differences: readonly string[];
  /** Statements of the next migration: complete for the first, a draft to be gone through for a later one. */
  readonly statements: readonly string[];
}

/** Compares a database that was migrated with one that was made from the entities. */
export async function findDrift(features: readonly Feature[]): Promise<Drift> {
  const entities = features.flatMap((feature) => feature.entities);
  const sql = features.flatMap((feature) => feature.sql ?? []);
  return withTwoDatabases(async (migrated, made) => {
    const ran = await migrateWithoutGrants(migrated);
    const statements = await schemaStatements(made, entities, sql);
    await executeAsOwner(made, statements);
    const [before, after] = [await describeCatalogue(migrated), await describeCatalogue(made)];
    const differences = [
      ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
    ];
    if (differences.length === 0) return { differences, statements: [] };
    return { differences, statements: ran.length === 0 ? statements : await draftChange(migrated, entities) };
  });
}

async function withTwoDatabases<T>(work: (first: string, second: string) => Promise<T>): Promise<T> {
  const path = await mkdtemp(join(tmpdir(), 'accord-generate-'));
  const folder = dataFolder({ ACCORD_DATA: path });
  prepareDataFolder(folder);
  const password = 'only-for-this-comparison';
  const database = await startDatabase(folder, password, () => undefined);
  try {
    const passwords = { migrator: password, gateway: password, worker: password, queue: password };
    const { adminUrl } = database;
    await createRoles(adminUrl, passwords);
    const create = async (name: string) => {
      await createDatabase(adminUrl, name);
      return loginUrls(adminUrl, name, passwords).migrator;
    };
    return await work(await create('migrated'), await create('made'));
  } finally {
    await database.stop();
    await rm(path, { recursive: true, force: true });
  }
}

/** Writes the next migration. A migration that has landed is never written again. */
export async function writeMigration(words: string | undefined, statements: readonly string[]): Promise<void> {
  const earlier = (await readdir(FOLDER)).filter((file) => /^\d{4}-/.test(file)).toSorted();
  const number = String(earlier.length + 1).padStart(4, '0');
  const name = `${number}-${words ?? 'change'}`;
  const names = [...earlier.map((file) => file.replace(/\.ts$/, '')), name];
  const sql = statements.join('\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  await writeFile(
    join(FOLDER, `${name}.ts`),
    `import { Migration } from '@mikro-orm/migrations';

export class Migration${number} extends Migration {
  override up(): void {
    this.addSql(\`
${sql}
\`);
  }
}
`,
  );
  const list = names.map((each) => `  { name: '${each}', class: Migration${each.slice(0, 4)} },`);
  await writeFile(
    join(FOLDER, 'index.ts'),
    `import type { MigrationObject } from '@mikro-orm/core';
${names.map((each) => `import { Migration${each.slice(0, 4)} } from './${each}.js';`).join('\n')}

/** In order; a migration that has landed is never changed. */
export const MIGRATIONS: MigrationObject[] = [
${list.join('\n')}
];
`,
  );
}
