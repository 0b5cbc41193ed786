import { DirectoryService, Organisation, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { array, execute, readPlain } from '@accord/persistence';
import type { PlacementType } from '@accord/providers';
import DataLoader from 'dataloader';
import { readAnswers, readMarks } from './answer.seen.js';
import type { DueDiligenceFilter } from './due-diligence.inputs.js';
import type { DueDiligenceAnswer, DueDiligenceItem, DueDiligenceMark } from './due-diligence.type.js';
import { EvidenceRecord } from './evidence.entity.js';
import { readItems, type WantedItems } from './item.seen.js';
import { Question } from './question-set.entity.js';

/** No placement asks for more: the questions of a version about a home and its provider. */
const ALL = 1000;

/** A home at which somebody may be placed, and as what. */
export interface PlacementAt {
  readonly homeId: string;
  /** Null: as anything that the home offers. */
  readonly placementType: PlacementType | null;
}

/** What belongs to answers, for all of one operation at once. */
export class DueDiligenceLoader {
  readonly #pages = new Map<string, DataLoader<string, DueDiligenceItem[]>>();

  readonly answer = new DataLoader<string, DueDiligenceAnswer | null>(async (ids) => {
    const answers = await readAnswers(this.op.em, 'where a.id = any(?::uuid[])', [array(ids)]);
    return ids.map((id) => answers.find((answer) => answer.id === id) ?? null);
  });

  readonly marks = new DataLoader<string, DueDiligenceMark[]>(async (ids) => {
    const marks = await readMarks(this.op.em, ids);
    return ids.map((id) => marks.filter(({ answerId }) => answerId === id));
  });

  readonly evidence = new DataLoader<string, EvidenceRecord[]>(async (ids) => {
    const files = await readPlain(
      this.op.em,
      EvidenceRecord,
      'where e.answer_id = any(?::uuid[]) order by e.uploaded_at, e.id',
      [array(ids)],
    );
    return ids.map((id) => files.filter(({ answerId }) => answerId === id));
  });

  readonly question = new DataLoader<string, Question | null>(async (ids) => {
    const questions = await readPlain(this.op.em, Question, 'where e.id = any(?::uuid[])', [array(ids)]);
    return ids.map((id) => questions.find((question) => question.id === id) ?? null);
  });

  /** Answers of before to what items ask, the latest first: also those that were not the ones that counted. */
  readonly earlier = new DataLoader<DueDiligenceItem, DueDiligenceAnswer[]>(async (items) => {
    const answers = await readAnswers(
      this.op.em,
      `where a.subject_id = any(?::uuid[]) and a.asked_id = any(?::uuid[]) and a.withdrawn_on is null
       order by a.answered_on desc, a.recorded_at desc, a.id desc`,
      [array(items.map(subjectOf)), array(items.map(({ question }) => question.askedId))],
    );
    return items.map((item) =>
      answers.filter(
        ({ id, subjectId, askedId }) =>
          subjectId === subjectOf(item) && askedId === item.question.askedId && id !== item.answerId,
      ),
    );
  });

  /** Whether what is missing was answered under an earlier version, in words that have changed since. */
  readonly askedAgain = new DataLoader<DueDiligenceItem, boolean>(async (items) => {
    const rows = await execute<{ subject_id: string; code: string; asked_id: string }>(
      this.op.em,
      `select distinct a.subject_id, q.code, a.asked_id from due_diligence_answer a join due_diligence_question q on q.id = a.question_id
       where a.subject_id = any(?::uuid[]) and q.code = any(?::text[]) and a.withdrawn_on is null`,
      [array(items.map(subjectOf)), array(items.map(({ question }) => question.code))],
    );
    return items.map(
      (item) =>
        item.answerId === null &&
        rows.some(
          (row) =>
            row.subject_id === subjectOf(item) &&
            row.code === item.question.code &&
            row.asked_id !== item.question.askedId,
        ),
    );
  });

  /**
   * What has to be answered before somebody is placed at a home, its own and its provider's, each with the answer that
   * counts for the caller's tenant and its state: for a placement check.
   */
  readonly mandatory = new DataLoader<PlacementAt, DueDiligenceItem[], string>(
    async (placements) => {
      const byType = Map.groupBy(placements, ({ placementType }) => placementType);
      const read = await Promise.all(
        [...byType].map(async ([placementType, of]) => {
          const items = await readItems(this.op.em, {
            of: 'home',
            keys: of.map(({ homeId }) => homeId),
            placementTypes: placementType === null ? null : [placementType],
            states: null,
            mandatory: true,
            after: null,
            most: ALL,
          });
          return [placementType, items] as const;
        }),
      );
      const items = new Map(read);
      return placements.map(({ homeId, placementType }) => items.get(placementType)?.get(homeId) ?? []);
    },
    { cacheKeyFn: ({ homeId, placementType }) => `${homeId} ${placementType ?? ''}` },
  );

  constructor(private readonly op: Operation) {}

  /** The questions as they are asked of a provider and its homes, or of a home and its provider, in their order. */
  async page(
    of: WantedItems['of'],
    id: string,
    { first, after }: PageArgs,
    filter: DueDiligenceFilter | null,
  ): Promise<Connection<DueDiligenceItem>> {
    const { tenantId } = await this.op.caller();
    const [states, mandatory] = [filter?.state ?? null, filter?.mandatory ?? null];
    const paging = new Paging(this.op, tenantId, 'due diligence', { of, id, states, mandatory });
    const size = paging.size(first);
    const place = paging.after(after) as [number, string, string] | null;
    const wanted = { of, placementTypes: null, states, mandatory, after: place, most: size + 1 };
    const rows = await this.#pageOf(wanted).load(id);
    return paging.page(
      rows,
      size,
      (item) => [item.place, item.homeName, subjectOf(item)],
      (item) => item,
    );
  }

  /** Pages of many providers that are asked for alike are read together. */
  #pageOf(wanted: Omit<WantedItems, 'keys'>): DataLoader<string, DueDiligenceItem[]> {
    const alike = JSON.stringify(wanted);
    const known = this.#pages.get(alike);
    if (known) return known;
    const made = new DataLoader<string, DueDiligenceItem[]>(async (keys) => {
      const lists = await readItems(this.op.em, { ...wanted, keys });
      return keys.map((key) => lists.get(key) ?? []);
    });
    this.#pages.set(alike, made);
    return made;
  }

  organisation(id: string | null): Promise<Organisation | null> | null {
    return id === null ? null : this.op.get(DirectoryService).organisation.load(id);
  }
}

const subjectOf = ({ homeId, providerId }: DueDiligenceItem): string => homeId ?? providerId;
