import { AlertKind, isSecret, parseSecret, type ShownSecret, type UploadedFile } from '@accord/access';
import type { FileRuntime } from '@accord/files';
import { AccordError, badInput, londonDate, newId } from '@accord/kernel';
import { array, execute, lockProvider, readPlain, recordEvent, TenantTransaction } from '@accord/persistence';
import type { PlacementType } from '@accord/providers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { checkAnswers } from './answer-check.js';
import { storeAnswers } from './answer-store.js';
import { checkTakesFiles, keepEvidence, type NewEvidence } from './evidence-keeper.js';
import { MOST_ANSWERS_AT_ONCE, MOST_FILES } from './figures.js';
import { LINK_PREFIX } from './link.service.js';
import { Question } from './question-set.entity.js';
import { Assurance, QuestionCategory } from './vocabulary.js';

/** What a provider is asked through a link. */
export interface Declaration {
  readonly provider: string;
  readonly home: string | null;
  readonly askedBy: string;
  readonly expiresAt: string;
  readonly questions: readonly {
    readonly code: string;
    readonly text: string;
    readonly kind: string;
    readonly choices: readonly string[];
    readonly isMandatory: boolean;
    /** Whether files may be sent with its answer. */
    readonly takesFiles: boolean;
  }[];
}

/** An answer as a provider gives it. */
export interface DeclaredAnswer {
  readonly code: string;
  readonly value: string;
  readonly validUntil?: string | null | undefined;
  readonly note?: string | null | undefined;
}

/** A file that a provider sends with an answer. */
export interface DeclaredFile {
  /** Which answer it bears out. */
  readonly code: string;
  readonly file: UploadedFile;
}

interface LinkRow {
  id: string;
  provider_id: string;
  home_id: string | null;
  question_ids: string[];
  secret_hash: string;
  expires_at: Date | string;
  provider: string;
  home: string | null;
  placement_types: PlacementType[] | null;
  asked_by: string;
}

/**
 * What is asked through a link.
 * @throws AccordError `NOT_FOUND`, the same whatever is wrong with the token.
 */
export async function readDeclaration(orm: MikroORM, token: unknown): Promise<Declaration> {
  const shown = shownIn(token);
  return TenantTransaction.run(orm, { tenantId: shown.tenantId, callerId: null }, 'read', async (em) => {
    const link = await holding(em, shown);
    const questions = await questionsOf(em, link);
    return {
      provider: link.provider,
      home: link.home,
      askedBy: link.asked_by,
      expiresAt: new Date(link.expires_at).toISOString(),
      questions: questions.map(({ code, text, kind, choices, isMandatory, category }) => ({
        code,
        text,
        kind,
        choices,
        isMandatory,
        takesFiles: category !== QuestionCategory.DBS,
      })),
    };
  });
}

/**
 * Keeps what a provider says through a link, as its own word, and lets the link hold no longer. What is refused leaves
 * the link as it was: a slip of the keyboard does not cost the provider its only try.
 * @throws AccordError `NOT_FOUND` as above; `BAD_USER_INPUT` with the path of an answer that is none.
 */
export async function declare(
  runtime: FileRuntime,
  token: unknown,
  answers: readonly DeclaredAnswer[],
  files: readonly DeclaredFile[],
): Promise<number> {
  const shown = shownIn(token);
  return TenantTransaction.run(runtime.orm, { tenantId: shown.tenantId, callerId: null }, 'write', async (em) => {
    const link = await holding(em, shown);
    await lockProvider(em, link.provider_id);
    // Used by somebody else meanwhile, or merged: asked again under the lock.
    const now = new Date();
    const taken = await execute<{ id: string }>(
      em,
      `update due_diligence_link set used_at = ? where id = ? and provider_id = ? and used_at is null and revoked_at is null
         and expires_at > ? returning id`,
      [now, link.id, link.provider_id, now],
    );
    if (taken.length === 0) throw noLink();
    if (answers.length === 0 || answers.length > MOST_ANSWERS_AT_ONCE)
      throw badInput('answers', `Give 1 to ${MOST_ANSWERS_AT_ONCE} answers.`);
    const questions = new Map((await questionsOf(em, link)).map((question) => [question.code, question]));
    const today = londonDate(now);
    const given = answers.map((answer) => ({ ...answer, answeredOn: today, assurance: Assurance.SELF_DECLARED }));
    const home = link.home_id === null ? null : { placementTypes: link.placement_types ?? [] };
    const checked = checkAnswers('answers', given, questions, { home }, today);
    const { provider_id: providerId, home_id: homeId } = link;
    const by = { ownerId: shown.tenantId, providerId, homeId, recordedBy: null, linkId: link.id };
    const ids = await storeAnswers(
      em,
      by,
      checked.map(({ answer }) => answer),
      now,
    );
    const kept = new Map(
      checked.map(({ question }, index) => [question.code, { question, answerId: ids[index] ?? '' }]),
    );
    const borneOut = files.map((one) => ({ id: newId(), ...placed(one, files, kept) }));
    const event = { kind: AlertKind.DUE_DILIGENCE_DECLARED, ownerId: shown.tenantId, providerId, homeId };
    const about = { sharingId: ids[0] ?? null, sharingKind: 'DUE_DILIGENCE', recipients: [shown.tenantId] };
    await recordEvent(em, { ...event, ...about }, now);
    const uploadedBy = { tenantId: shown.tenantId, name: link.provider };
    if (borneOut.length > 0) await keepEvidence(runtime, em, borneOut, uploadedBy);
    return checked.length;
  });
}

/** Where a file belongs. @throws AccordError `BAD_USER_INPUT` with the path of one that belongs to no answer. */
function placed(
  { code, file }: DeclaredFile,
  files: readonly DeclaredFile[],
  kept: ReadonlyMap<string, { readonly question: Question; readonly answerId: string }>,
): Omit<NewEvidence, 'id'> {
  const path = `files.${code}`;
  const one = kept.get(code);
  if (!one) throw badInput(path, `There is no answer to "${code}" for this file to bear out: give one with it.`);
  checkTakesFiles(path, one.question.category);
  if (files.filter((other) => other.code === code).length > MOST_FILES)
    throw badInput(path, `An answer has at most ${MOST_FILES} files.`);
  return { answerId: one.answerId, path, file };
}

/** Says the same to whoever has no link, and to whoever has one that holds no longer. */
const noLink = (): AccordError =>
  new AccordError('NOT_FOUND', 'This link does not hold. Ask whoever sent it to you for another.');

function shownIn(token: unknown): ShownSecret {
  const shown = typeof token === 'string' ? parseSecret(LINK_PREFIX, token) : undefined;
  if (!shown) throw noLink();
  return shown;
}

async function holding(em: EntityManager, shown: ShownSecret): Promise<LinkRow> {
  const [link] = await execute<LinkRow>(
    em,
    `select l.id, l.provider_id, l.home_id, l.question_ids, l.secret_hash, l.expires_at, p.name as provider, h.name as home,
       h.placement_types, o.name as asked_by
     from due_diligence_link l join organisation o on o.id = l.owner_id and o.suspended_at is null
     join provider p on p.id = l.provider_id left join home h on h.id = l.home_id
     where l.id = ? and l.used_at is null and l.revoked_at is null and l.expires_at > now()`,
    [shown.id],
  );
  if (!link || !isSecret(shown, link.secret_hash)) throw noLink();
  return link;
}

const questionsOf = (em: EntityManager, { question_ids: ids }: LinkRow): Promise<Question[]> =>
  readPlain(em, Question, 'where e.id = any(?::uuid[]) order by e.place', [array(ids)]);
