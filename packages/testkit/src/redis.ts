import { Redis } from 'ioredis';

/** One database of the run's Redis, for one suite. */
export interface TestRedis {
  /** With the database's number: REDIS_URL of the processes under test. */
  readonly url: string;
  /** Empties the database and gives it back. */
  release(): Promise<void>;
}

/** How `pnpm test` tells the suites which Redis or Valkey is theirs. */
export const REDIS_VARIABLE = 'ACCORD_TEST_REDIS';

/** Servers that do not tell how many databases they have, have as many as Redis has by default. */
const USUAL_DATABASES = 16;
/** Only matters on a server that outlives the run: a suite that died gives its database back after this. */
const CLAIM_SECONDS = 900;

/** Which queue and wake-ups the suite is running on: Jest runs each one once per profile. */
export function testProfile(): 'postgres' | 'redis' {
  const profile: unknown = Reflect.get(globalThis, 'ACCORD_TEST_PROFILE');
  if (profile === 'postgres' || profile === 'redis') return profile;
  throw new Error('No profile is set: only suites below test/{isolation,contract,stories,faults} run on one.');
}

/** A database of its own on the profile `redis`, and `undefined` on the profile `postgres`. */
export function claimTestRedis(): Promise<TestRedis | undefined> {
  return testProfile() === 'redis' ? claimDatabase() : Promise.resolve(undefined);
}

async function claimDatabase(): Promise<TestRedis> {
  const server = process.env[REDIS_VARIABLE];
  if (server === undefined) throw new Error('There is no test Redis. Run `pnpm test`.');
  const claims = new Redis(server, { db: 0 });
  try {
    const count = await databaseCount(claims);
    for (let number = 1; number < count; number += 1) {
      const url = databaseUrl(server, number);
      if ((await claims.set(claimKey(number), 'claimed', 'EX', CLAIM_SECONDS, 'NX')) === null) continue;
      // On somebody's own server: what is not empty is not ours to use, and never ours to empty.
      if (await isEmpty(url)) return { url, release: () => release(server, number) };
      await claims.del(claimKey(number));
    }
    throw new Error(`None of the ${count - 1} databases of the test Redis is free and empty.`);
  } finally {
    claims.disconnect();
  }
}

async function release(server: string, number: number): Promise<void> {
  await withRedis(databaseUrl(server, number), (redis) => redis.flushdb());
  await withRedis(databaseUrl(server, 0), (redis) => redis.del(claimKey(number)));
}

const claimKey = (number: number): string => `accord-test:database:${number}`;

const isEmpty = (url: string): Promise<boolean> => withRedis(url, async (redis) => (await redis.dbsize()) === 0);

async function databaseCount(redis: Redis): Promise<number> {
  // Managed servers forbid CONFIG.
  const [, count] = await redis.config('GET', 'databases').then(
    (answer) => answer as unknown[],
    () => [],
  );
  return Number(count ?? USUAL_DATABASES);
}

function databaseUrl(server: string, number: number): string {
  const url = new URL(server);
  url.pathname = `/${number}`;
  return url.href;
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}
