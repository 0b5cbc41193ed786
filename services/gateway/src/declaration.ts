import { declare, readDeclaration } from '@accord/due-diligence';
import { badInput, type AccordError, type ErrorCode } from '@accord/kernel';
import { wakeOthers } from '@accord/persistence';
import type { Runtime } from '@accord/access';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** From one address: a provider asks once and answers once, and whoever guesses gets nowhere. */
const MOST_PER_MINUTE = 20;

const day = z.iso.date();
const answers = z.array(
  z.strictObject({
    code: z.string().max(100),
    value: z.string().max(5000),
    validUntil: day.nullish(),
    note: z.string().max(2000).nullish(),
  }),
);

/**
 * The way in for a provider with a link, which has no account: what is asked, and its answers to that. Every refusal
 * of the link is one and the same; the token stands in the body, where no log and no history keeps it.
 */
export function serveDeclarations(app: FastifyInstance, { orm, bus, logger }: Runtime): void {
  const config = { rateLimit: { max: MOST_PER_MINUTE, timeWindow: '1 minute' } };
  app.post('/declaration', { config }, async ({ body }) => readDeclaration(orm, tokenOf(body)));
  app.post('/declaration/answers', { config }, async ({ body }) => {
    const token = tokenOf(body);
    // The link first: whoever has none learns nothing of what an answer is like.
    await readDeclaration(orm, token);
    const kept = await declare(orm, token, parsed((body as { answers?: unknown }).answers));
    wakeOthers(bus, 'outbox', logger);
    return { kept };
  });
}

const tokenOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;

function parsed(given: unknown): z.infer<typeof answers> {
  const { success, data, error } = answers.safeParse(given);
  if (success) return data;
  const [issue] = error.issues;
  throw badInput(['answers', ...(issue?.path ?? [])].join('.'), 'This is not an answer: give a code and a value.');
}

/** The status that a refusal has over plain HTTP. */
export const statusOf = ({ code }: AccordError): number => STATUSES[code] ?? 400;

const STATUSES: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INTERNAL_SERVER_ERROR: 500,
};
