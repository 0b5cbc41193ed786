import { declare, readDeclaration } from '@accord/due-diligence';
import { badInput, type AccordError, type ErrorCode } from '@accord/kernel';
import { wakeOthers } from '@accord/persistence';
import type { Runtime } from '@accord/access';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FileScanner } from './file-scan.js';
import { readForm } from './multipart.js';
import type { Turns } from './turns.js';

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

/** Files that one declaration brings; each of at most what any file has. */
const FORM = { field: 'declaration', mostFiles: 30, mostMegabytes: 60 };

/**
 * The way in for a provider with a link, which has no account: what is asked, and its answers to that, with files that
 * bear them out as a form. Every refusal of the link is one and the same; the token stands in the body, where no log
 * and no history keeps it.
 * @param files lets so many store files at once.
 */
export function serveDeclarations(app: FastifyInstance, runtime: Runtime, scan: FileScanner, files: Turns): void {
  const { orm, bus, logger } = runtime;
  const config = { rateLimit: { max: MOST_PER_MINUTE, timeWindow: '1 minute' } };
  app.post('/declaration', { config }, async ({ body }) => readDeclaration(orm, tokenOf(body)));
  app.post('/declaration/answers', { config }, async (request) => {
    let said: unknown = request.body;
    // The link first: whoever has none learns nothing of what an answer is like, and no file of theirs is taken.
    const begin = () => readDeclaration(orm, tokenOf(said)).then(() => undefined);
    const sent = request.isMultipart()
      ? await readForm(request, FORM, scan, (text) => {
          said = jsonOf(text);
          return begin();
        })
      : (await begin(), []);
    const given = parsed((said as { answers?: unknown }).answers);
    const borneOut = sent.map(({ name: code, file }) => ({ code, file }));
    const keep = () => declare(runtime, tokenOf(said), given, borneOut);
    const kept = await (borneOut.length === 0 ? keep() : files.take(keep));
    wakeOthers(bus, 'outbox', logger);
    return { kept };
  });
}

/** Undefined for what is none: without a token it is refused as any other without one. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
