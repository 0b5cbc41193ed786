import { once, plainText, type Operation } from '@accord/access';
import { badInput, conflict, isId, newId, notFound } from '@accord/kernel';
import { execute, lockName, readPlain } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import type {
  DiscardDueDiligenceDraftInput,
  PublishDueDiligenceSetInput,
  PutDueDiligenceQuestionInput,
  RemoveDueDiligenceQuestionInput,
  StartDueDiligenceDraftInput,
} from './due-diligence.inputs.js';
import { LONGEST_QUESTION, MOST_CHOICES, MOST_MONTHS, MOST_NOTICE_DAYS, NOTICE_DAYS } from './figures.js';
import { Question, QuestionSet } from './question-set.entity.js';
import { QuestionKind, QuestionSetState } from './vocabulary.js';

/** Whoever changes a draft or publishes it waits for whoever does so already. */
const LOCK = 'due-diligence sets';
const STEP = 10;

/** Keeps the versions of the alliance's questions. Row policies leave it to the alliance. */
export class QuestionSetService {
  constructor(private readonly op: Operation) {}

  /** The versions that the caller may see, newest first. */
  all(): Promise<QuestionSet[]> {
    return readPlain(this.op.em, QuestionSet, 'order by e.number desc', []);
  }

  /** The questions of a version in their order. */
  questions(setId: string): Promise<Question[]> {
    return readPlain(this.op.em, Question, 'where e.set_id = ? order by e.place, e.code', [setId]);
  }

  /** Begins the next version as a copy of the one that is published. */
  async start(input: StartDueDiligenceDraftInput): Promise<QuestionSet> {
    const id = await once(this.op, 'startDueDiligenceDraft', input, async (newSetId) => {
      const source = plainText('input.source', input.source, LONGEST_QUESTION);
      await lockName(this.op.em, LOCK);
      const sets = await this.all();
      if (sets.some(({ state }) => state === QuestionSetState.DRAFT))
        throw conflict('There is a draft already: go on with it, or discard it first.');
      const published = sets.find(({ state }) => state === QuestionSetState.PUBLISHED);
      await execute(
        this.op.em,
        `insert into due_diligence_set (id, number, state, source, notice_days, version) values (?, ?, 'DRAFT', ?, ?, 1)`,
        [newSetId, (sets[0]?.number ?? 0) + 1, source, published?.noticeDays ?? NOTICE_DAYS],
      );
      if (!published) return;
      await execute(
        this.op.em,
        `insert into due_diligence_question (id, set_id, ${COPIED}) select gen_random_uuid(), ?::uuid, ${COPIED}
         from due_diligence_question where set_id = ?::uuid`,
        [newSetId, published.id],
      );
    });
    return this.#one(id);
  }

  /** Adds a question to the draft, or changes the one of its code. Asked otherwise, it is asked again of everybody. */
  async put(input: PutDueDiligenceQuestionInput): Promise<QuestionSet> {
    const draft = await this.#draft(input);
    const asked = checked(input);
    const questions = await this.questions(draft.id);
    const before = questions.find(({ code }) => code === asked.code);
    const askedId = (await this.#askedBefore(asked)) ?? newId();
    const id = before?.id ?? newId();
    const place = input.place ?? before?.place ?? (questions.at(-1)?.place ?? 0) + STEP;
    await this.op.em.upsert(Question, { ...asked, id, setId: draft.id, askedId, place, isPublished: false });
    return this.#touched(draft);
  }

  async remove(input: RemoveDueDiligenceQuestionInput): Promise<QuestionSet> {
    const draft = await this.#draft(input);
    const removed = await execute<{ id: string }>(
      this.op.em,
      'delete from due_diligence_question where set_id = ? and code = ? returning id',
      [draft.id, input.code],
    );
    if (removed.length === 0) throw badInput('input.code', `The draft has no question "${input.code}".`);
    return this.#touched(draft);
  }

  /** The draft takes over: answers to what is asked as before carry over, everything else is asked again. */
  async publish(input: PublishDueDiligenceSetInput): Promise<QuestionSet> {
    const draft = await this.#draft(input);
    const noticeDays = input.noticeDays ?? draft.noticeDays;
    if (noticeDays < 1 || noticeDays > MOST_NOTICE_DAYS)
      throw badInput('input.noticeDays', `Give 1 to ${MOST_NOTICE_DAYS} days.`);
    if ((await this.questions(draft.id)).length === 0)
      throw conflict('This draft asks nothing: add a question before it is published.');
    await execute(
      this.op.em,
      `update due_diligence_set set state = 'RETIRED', retired_at = now() where state = 'PUBLISHED'`,
    );
    await execute(
      this.op.em,
      `update due_diligence_set set state = 'PUBLISHED', published_at = now(), notice_days = ?, version = version + 1 where id = ?`,
      [noticeDays, draft.id],
    );
    await execute(this.op.em, 'update due_diligence_question set is_published = true where set_id = ?', [draft.id]);
    return this.#one(draft.id);
  }

  async discard(input: DiscardDueDiligenceDraftInput): Promise<void> {
    const draft = await this.#draft(input);
    await execute(this.op.em, 'delete from due_diligence_question where set_id = ?', [draft.id]);
    await execute(this.op.em, 'delete from due_diligence_set where id = ?', [draft.id]);
  }

  /** Questions of a version that the one before did not ask like this: they are to be asked of everybody again. */
  async askedAgain(set: QuestionSet): Promise<Question[]> {
    return readPlain(
      this.op.em,
      Question,
      `where e.set_id = ? and not exists (
         select from due_diligence_question b join due_diligence_set s on s.id = b.set_id
         where s.number = ? and b.asked_id = e.asked_id) order by e.place, e.code`,
      [set.id, set.number - 1],
    );
  }

  /** What is asked like this already has an id, under whatever version: whoever answered it then has answered it now. */
  async #askedBefore(asked: ReturnType<typeof checked>): Promise<string | undefined> {
    const same = await readPlain(this.op.em, Question, 'where e.code = ? and e.is_published', [asked.code]);
    return same.find((question) => MEANING.every((part) => String(question[part]) === String(asked[part])))?.askedId;
  }

  async #draft({ setId, expectedVersion }: { readonly setId: string; readonly expectedVersion: number }) {
    await lockName(this.op.em, LOCK);
    const set = await this.#one(setId);
    if (set.state !== QuestionSetState.DRAFT)
      throw conflict(`Version ${set.number} is ${set.state.toLowerCase()}: its words no longer change. Start a draft.`);
    expectVersion(set.version, expectedVersion);
    return set;
  }

  async #touched({ id }: QuestionSet): Promise<QuestionSet> {
    await execute(this.op.em, 'update due_diligence_set set version = version + 1 where id = ?', [id]);
    return this.#one(id);
  }

  async #one(id: string): Promise<QuestionSet> {
    const [set] = isId(id) ? await readPlain(this.op.em, QuestionSet, 'where e.id = ?', [id]) : [];
    if (!set) throw notFound('set of questions');
    return set;
  }
}

/** What a question asks: where any of it changes, earlier answers no longer fit. */
const MEANING = ['text', 'kind', 'subject', 'isBanded', 'choices'] as const;

const COPIED = `asked_id, code, text, category, kind, subject, is_mandatory, is_banded, choices, placement_types, holds_months,
  answered_by_roles, is_for_provider, place, source`;

function checked(input: PutDueDiligenceQuestionInput) {
  const { category, kind, subject, isMandatory, isForProvider } = input;
  const isBanded = input.isBanded ?? false;
  const choices = input.choices?.map((choice) => choice.trim()) ?? [];
  if (!/^[A-Z][A-Z0-9_.]{1,59}$/.test(input.code))
    throw badInput('input.code', 'Use 2 to 60 capital letters, digits, dots and underscores, such as GAS_SAFETY.');
  if (isBanded && kind !== QuestionKind.NUMBER) throw badInput('input.isBanded', 'Only numbers are kept in bands.');
  if ((kind === QuestionKind.CHOICE) !== choices.length > 0)
    throw badInput('input.choices', 'Give choices to a CHOICE, and to nothing else.');
  if (choices.length > MOST_CHOICES || new Set(choices).size < choices.length || choices.includes(''))
    throw badInput('input.choices', `Give at most ${MOST_CHOICES} choices, each once and none empty.`);
  const holdsMonths = input.holdsMonths ?? null;
  if (holdsMonths !== null && (holdsMonths < 1 || holdsMonths > MOST_MONTHS))
    throw badInput('input.holdsMonths', `An answer holds 1 to ${MOST_MONTHS} months, or without end.`);
  if (input.answeredByRoles.length === 0) throw badInput('input.answeredByRoles', 'Say whose it is to answer.');
  return {
    code: input.code,
    text: plainText('input.text', input.text, LONGEST_QUESTION),
    category,
    kind,
    subject,
    isMandatory,
    isBanded,
    choices,
    placementTypes: [...new Set(input.placementTypes ?? [])],
    holdsMonths,
    answeredByRoles: [...new Set(input.answeredByRoles)],
    isForProvider,
    source: plainText('input.source', input.source, LONGEST_QUESTION),
  };
}
