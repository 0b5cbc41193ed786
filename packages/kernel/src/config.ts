import { z } from 'zod';

const url = (protocols: RegExp) => z.url({ protocol: protocols });
const postgresUrl = url(/^postgres(ql)?$/);

const variables = z.object({
  DATABASE_URL: postgresUrl.describe('the gateway login; a transaction pooler may stand between'),
  DATABASE_WORKER_URL: postgresUrl.describe('the worker login; direct'),
  DATABASE_QUEUE_URL: postgresUrl.optional().describe('the queue login; direct. Needed where REDIS_URL is not set'),
  DATABASE_OWNER_URL: postgresUrl.optional().describe('the migrator login; migrations only'),
  REDIS_URL: url(/^rediss?$/)
    .optional()
    .describe('queue and wake-ups on Redis or Valkey instead of PostgreSQL'),
  OIDC_ISSUER: url(/^https?$/),
  OIDC_AUDIENCE: z.string().min(1),
  OIDC_TENANT_CLAIM: z.string().min(1).default('accord_tenant'),
  OIDC_ROLES_CLAIM: z.string().min(1).default('roles'),
  ACCORD_SECRET: z.string().min(32).describe('seals cursors; the same for every gateway'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  HAND_OVER_AGAIN_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(5000)
    .describe('after how long an event that nobody has handled is queued again'),
  EVIDENCE_FOLDER: z.string().min(1).optional().describe('where files are kept on this machine'),
  EVIDENCE_S3_ENDPOINT: url(/^https?$/)
    .optional()
    .describe('an S3-compatible store of files instead of a folder'),
  EVIDENCE_S3_BUCKET: z.string().min(1).default('accord'),
  EVIDENCE_S3_REGION: z.string().min(1).default('eu-west-2'),
  EVIDENCE_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  EVIDENCE_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  FILE_QUOTA_MB: z.coerce
    .number()
    .int()
    .min(1)
    .default(20_000)
    .describe('how many megabytes of files each organisation may have there'),
  FILE_SCAN_URL: url(/^https?$/)
    .optional()
    .describe('what looks through every file that comes in'),
  FILE_SCAN_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(120_000)
    .default(30_000)
    .describe('how long its verdict is waited for'),
  CLOCK_EVERY_MS: z.coerce
    .number()
    .int()
    .min(1000)
    .default(60_000)
    .describe('how often the worker looks for what falls due'),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().positive().default(1200),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
});

/** A bucket without keys would be found out by the first file. */
const environment = variables.refine(
  (env) =>
    env.EVIDENCE_S3_ENDPOINT === undefined || (env.EVIDENCE_S3_ACCESS_KEY_ID && env.EVIDENCE_S3_SECRET_ACCESS_KEY),
  {
    path: ['EVIDENCE_S3_ENDPOINT'],
    message: 'needs EVIDENCE_S3_ACCESS_KEY_ID and EVIDENCE_S3_SECRET_ACCESS_KEY',
  },
);

/** What the processes of Accord need to know; `infra/README.md` says each variable's meaning. */
export type Config = z.infer<typeof environment>;

/** Reads the configuration from environment variables, or says every variable that is wrong, at once. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(present);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Accord cannot start with this configuration:\n${wrong.join('\n')}`);
}
