import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature } from '@accord/access';
import { createDatabase, createRoles, loginUrls, migrate, schemaDifference } from '@accord/persistence';
import { dataFolder, prepareDataFolder } from './embedded/data-folder.js';
import { startDatabase } from './embedded/database.js';
import { REPOSITORY } from './repository.js';

const FOLDER = join(REPOSITORY, 'packages/persistence/src/migrations');

/** The statements by which the entities are ahead of the migrations: migrates a database of its own and compares. */
export async function findDrift(features: readonly Feature[]): Promise<string[]> {
  const path = await mkdtemp(join(tmpdir(), 'accord-generate-'));
  const folder = dataFolder({ ACCORD_DATA: path });
  prepareDataFolder(folder);
  const password = 'only-for-this-comparison';
  const database = await startDatabase(folder, password, () => undefined);
  try {
    const passwords = { migrator: password, gateway: password, worker: password, queue: password };
    await createRoles(database.adminUrl, passwords);
    await createDatabase(database.adminUrl, 'accord');
    const { migrator } = loginUrls(database.adminUrl, 'accord', passwords);
    const isFirst = (await migrate(migrator)).length === 0;
    const entities = features.flatMap((feature) => feature.entities);
    const drift = await schemaDifference(migrator, entities);
    // Views and functions have no entity: they come with the first migration, and later ones by hand.
    return isFirst ? [...drift, ...features.flatMap((feature) => feature.sql ?? [])] : drift;
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
