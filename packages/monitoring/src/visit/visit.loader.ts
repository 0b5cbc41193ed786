import { isFirstPage, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import type { AlongHomes } from '@accord/providers';
import { array, execute, TENANT } from '@accord/persistence';
import DataLoader from 'dataloader';
import { AnswerKind, type Assessment, type StaysBecause } from '../form/vocabulary.js';
import { keepOwners, OWNER_OF_VISIT, toVisit, VISIT_COLUMNS, type SeenVisit } from './visit.disclosure.js';
import type { ExpectationAssessed, Visit, VisitAnswer, Visitor, VisitorPart, VisitSharing } from './visit.type.js';
import { VisitorService } from './visitor.service.js';

type PageRow = SeenVisit & { readonly owner: object | null };

const LATEST_FIRST = 'order by v.visited_on desc, v.id desc';

interface AnswerRow extends Omit<VisitAnswer, 'checkedBy' | 'staysBecause'> {
  readonly visit_id: string;
  readonly kind: AnswerKind;
  readonly checked_by: string | null;
  readonly stays_because: StaysBecause | null;
}

interface PartRow {
  readonly visit_id: string;
  readonly template_id: string;
  readonly by: string | null;
  readonly words: Readonly<Record<string, string>>;
  readonly submitted_on: string | null;
}

/** The first visits of a home, as many as asked for and one more, come along with it as JSON, in the rows' own form. */
export const visitsAlongHomes: AlongHomes = {
  field: 'visits',
  action: 'visit:read',
  select: (args) =>
    isFirstPage(args)
      ? {
          sql: `(select coalesce(json_agg(seen), '[]') from (
            select ${VISIT_COLUMNS}, ${OWNER_OF_VISIT} from visit v where v.home_id = e.id ${LATEST_FIRST} limit ?) seen)`,
          values: [args.first + 1],
        }
      : null,
  keep: (op, homeId, { first }, rows) => {
    op.get(VisitLoader).keepFirstOf(homeId, first as number, rows as PageRow[]);
  },
};

/** Visits of homes, and what belongs to visits, for all of one operation at once. Row policies say whether it is there. */
export class VisitLoader {
  /** The first visits of a home, as many as asked for and one more. */
  readonly #firstOfHome = new Map<number, DataLoader<string, PageRow[]>>();

  readonly #answers = this.#load<AnswerRow>(
    `select a.visit_id, i.code, i.section, i.label, i.kind, i.stays_because, a.entry, a.value, a.dates::text[] as dates, a.evidence,
       a.comment, case when v.owner_id = ${TENANT} or not v.anonymous then a.checked_by end as checked_by
     from visit_answer a join visit v on v.id = a.visit_id
     join form_item i on i.template_id = a.template_id and i.code = a.item_code
     where a.visit_id = any(?::uuid[]) order by a.template_id = v.framework_id, i.position, a.entry`,
  );

  readonly #visitors = this.#load<{ visit_id: string; name: string; is_care_experienced: boolean }>(
    `select w.visit_id, w.name, w.is_care_experienced from visit_visitor w
     where w.visit_id = any(?::uuid[]) order by w.is_care_experienced, w.name, w.principal_id`,
  );

  readonly #parts = this.#load<PartRow>(
    `select p.visit_id, p.template_id, p.words, p.submitted_on::text as submitted_on, w.name as by
     from visitor_part p left join visit_visitor w on w.visit_id = p.visit_id and w.principal_id = p.principal_id
     where p.visit_id = any(?::uuid[]) and p.submitted_on is not null order by p.submitted_on, md5(p.principal_id::text)`,
  );

  readonly #sharings = this.#load<VisitSharing & { visit_id: string }>(
    `select s.id as visit_id, s.level, s.reason, s.conditions, s.anonymous from sharing s
     where s.id = any(?::uuid[]) and s.owner_id = ${TENANT}`,
  );

  constructor(private readonly op: Operation) {}

  async answers({ id }: Visit): Promise<VisitAnswer[]> {
    const rows = await this.#answers.load(id);
    return rows
      .filter(({ kind }) => kind !== AnswerKind.ASSESSMENT)
      .map(({ checked_by: checkedBy, stays_because: staysBecause, ...answer }) => ({
        ...answer,
        checkedBy,
        staysBecause,
      }));
  }

  async expectations({ id }: Visit): Promise<ExpectationAssessed[]> {
    const rows = await this.#answers.load(id);
    return rows.flatMap(({ kind, code, section: theme, label: expectation, value, evidence, comment }) =>
      kind === AnswerKind.ASSESSMENT && value !== null
        ? [{ code, theme, expectation, assessment: value as Assessment, evidence, comment }]
        : [],
    );
  }

  async visitors({ id }: Visit): Promise<Visitor[]> {
    const rows = await this.#visitors.load(id);
    return rows.map(({ name, is_care_experienced: isCareExperienced }) => ({ name, isCareExperienced }));
  }

  async parts({ id }: Visit): Promise<VisitorPart[]> {
    const rows = await this.#parts.load(id);
    return Promise.all(
      rows.map(async (row) => ({
        visitId: row.visit_id,
        by: row.by,
        words: await this.op.get(VisitorService).words(row.template_id, row.words),
        submittedOn: row.submitted_on,
      })),
    );
  }

  async sharing({ id, isOwn }: Visit): Promise<VisitSharing | null> {
    return isOwn ? ((await this.#sharings.load(id))[0] ?? null) : null;
  }

  /** Visits to a home, the latest first. The first pages of several homes are one statement. */
  async ofHome(homeId: string, { first, after }: PageArgs): Promise<Connection<Visit>> {
    return this.#page('home', homeId, first, after, (limit) => this.#ofHomes(limit).load(homeId));
  }

  /** Keeps the first visits of a home that came along with it, one more than asked for. */
  keepFirstOf(homeId: string, first: number, rows: readonly PageRow[]): void {
    keepOwners(this.op, rows);
    this.#ofHomes(first + 1).prime(homeId, [...rows]);
  }

  /** Visits to a provider and its homes, the latest first. */
  ofProvider(providerId: string, { first, after }: PageArgs): Promise<Connection<Visit>> {
    return this.#page('provider', providerId, first, after);
  }

  /** The own borough's visits, the latest first; in a state, if one is named. */
  async own(state: string | null, { first, after }: PageArgs): Promise<Connection<Visit>> {
    const { tenantId } = await this.op.caller();
    return this.#page('owner', tenantId, first, after, undefined, state);
  }

  async #page(
    of: 'home' | 'provider' | 'owner',
    id: string,
    first: number,
    after: string | null | undefined,
    begin?: (limit: number) => Promise<PageRow[]>,
    state: string | null = null,
  ): Promise<Connection<Visit>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'visits', [of, id, state]);
    const size = paging.size(first);
    const place = paging.after(after);
    const rows = place === null && begin ? await begin(size + 1) : await this.#rows(of, [id], size + 1, place, state);
    return paging.page(rows, size, (row) => [row.visited_on, row.id], toVisit);
  }

  #ofHomes(limit: number): DataLoader<string, PageRow[]> {
    let loader = this.#firstOfHome.get(limit);
    if (!loader) {
      loader = new DataLoader(async (ids) => {
        const rows = Map.groupBy(await this.#rows('home', ids, limit, null, null), (row) => row.home_id);
        return ids.map((id) => rows.get(id) ?? []);
      });
      this.#firstOfHome.set(limit, loader);
    }
    return loader;
  }

  async #rows(
    of: 'home' | 'provider' | 'owner',
    ids: readonly string[],
    limit: number,
    place: readonly unknown[] | null,
    state: string | null,
  ): Promise<PageRow[]> {
    const beyond = place === null ? '' : 'and (v.visited_on, v.id) < (?::date, ?::uuid)';
    const inState = state === null ? '' : 'and v.state = ?';
    const rows = await execute<PageRow>(
      this.op.em,
      `select found.* from unnest(?::uuid[]) asked(id) cross join lateral (
         select ${VISIT_COLUMNS}, ${OWNER_OF_VISIT} from visit v where v.${of}_id = asked.id ${beyond} ${inState}
         ${LATEST_FIRST} limit ?
       ) found`,
      [array(ids), ...(place ?? []), ...(state === null ? [] : [state]), limit],
    );
    keepOwners(this.op, rows);
    return rows;
  }

  #load<T extends { readonly visit_id: string }>(sql: string): DataLoader<string, T[]> {
    return new DataLoader(async (ids) => {
      const rows = Map.groupBy(await execute<T>(this.op.em, sql, [array(ids)]), (row) => row.visit_id);
      return ids.map((id) => rows.get(id) ?? []);
    });
  }
}
