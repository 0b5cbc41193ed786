import { plainText, Role, type Operation } from '@accord/access';
import { badInput, conflict, isId, londonDate, notFound } from '@accord/kernel';
import { array, execute, TENANT } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import { CARE_EXPERIENCED_FORM } from '../form/shipped-forms.js';
import { FormLoader } from '../form/form.loader.js';
import { showPhotos } from '../photo/shown-photos.js';
import { MyVisit, type VisitorWords } from './visit.type.js';
import { VisitorPartRecord } from './visitor.entity.js';
import type { WriteVisitorPartInput } from './visit.inputs.js';
import { VisitState } from './vocabulary.js';

const LONGEST_WORDS = 4000;
const MOST_VISITORS = 20;

/** Somebody of the own directory who may be written down as a visitor. */
export interface Colleague {
  readonly id: string;
  readonly displayName: string;
  readonly isCareExperienced: boolean;
}

interface MyVisitRow {
  readonly visit_id: string;
  readonly visited_on: string;
  readonly place: string;
  readonly named_to_others: boolean;
  readonly template_id: string | null;
  readonly words: Readonly<Record<string, string>> | null;
  readonly submitted_on: string | null;
  readonly version: number | null;
  readonly state: VisitState;
}

/** Who made a visit, and what care-experienced visitors say of it for themselves. */
export class VisitorService {
  constructor(private readonly op: Operation) {}

  /** The own directory's people who may sign in, by name. */
  async colleagues(ids?: readonly string[]): Promise<Colleague[]> {
    const rows = await execute<{ id: string; display_name: string; is_care_experienced: boolean }>(
      this.op.em,
      `select id, display_name, '${Role.CARE_EXPERIENCED_VISITOR}' = any(roles) as is_care_experienced from principal
       where tenant_id = ${TENANT} and disabled_at is null and ${ids === undefined ? `kind = 'PERSON'` : 'id = any(?::uuid[])'}
       order by display_name, id`,
      ids === undefined ? [] : [array(ids)],
    );
    return rows.map((row) => ({
      id: row.id,
      displayName: row.display_name,
      isCareExperienced: row.is_care_experienced,
    }));
  }

  /** Writes down who made a visit of the own borough's: these and nobody else. */
  async setVisitors(visitId: string, path: string, visitorIds: readonly string[]): Promise<void> {
    const { tenantId } = await this.op.caller();
    const ids = [...new Set(visitorIds)];
    if (ids.length === 0 || ids.length > MOST_VISITORS)
      throw badInput(path, `Name who made the visit: 1 to ${MOST_VISITORS} people of your directory.`);
    const found = ids.every(isId) ? await this.colleagues(ids) : [];
    if (found.length < ids.length) throw badInput(path, 'Not every id is somebody of your directory who may sign in.');
    const gone = await execute<{ name: string; has_written: boolean }>(
      this.op.em,
      `select w.name, exists (select from visitor_part p where p.visit_id = w.visit_id and p.principal_id = w.principal_id) as has_written
       from visit_visitor w where w.visit_id = ? and w.principal_id <> all(?::uuid[])`,
      [visitId, array(ids)],
    );
    const author = gone.find((row) => row.has_written);
    if (author) throw badInput(path, `${author.name} has written of this visit: leave them among its visitors.`);
    await execute(this.op.em, 'delete from visit_visitor where visit_id = ? and principal_id <> all(?::uuid[])', [
      visitId,
      array(ids),
    ]);
    await execute(
      this.op.em,
      `insert into visit_visitor (visit_id, principal_id, owner_id, name, is_care_experienced, named_to_others)
       select ?::uuid, id, ?::uuid, name, care, not care
       from jsonb_to_recordset(?::jsonb) as v(id uuid, name text, care boolean) on conflict do nothing`,
      [
        visitId,
        tenantId,
        JSON.stringify(found.map((one) => ({ id: one.id, name: one.displayName, care: one.isCareExperienced }))),
      ],
    );
  }

  /** The caller's own visits as a care-experienced visitor, the latest first. */
  async mine(visitId?: string): Promise<MyVisit[]> {
    const { id } = await this.op.caller();
    const rows = await execute<MyVisitRow>(
      this.op.em,
      `select w.visit_id, v.visited_on::text as visited_on, coalesce(h.name, p.name) as place, w.named_to_others, v.state,
         m.template_id, m.words, m.submitted_on::text as submitted_on, m.version
       from visit_visitor w join visit v on v.id = w.visit_id join provider p on p.id = v.provider_id
       left join home h on h.id = v.home_id
       left join visitor_part m on m.visit_id = w.visit_id and m.principal_id = w.principal_id
       where w.principal_id = ? and w.is_care_experienced and (?::uuid is null or w.visit_id = ?::uuid)
       order by v.visited_on desc, v.id`,
      [id, visitId ?? null, visitId ?? null],
    );
    const newest = await this.op.get(FormLoader).newestOf(CARE_EXPERIENCED_FORM);
    return Promise.all(
      rows.map(async (row) =>
        Object.assign(new MyVisit(), {
          visitId: row.visit_id,
          visitedOn: row.visited_on,
          place: row.place,
          words: await this.words(row.template_id ?? newest?.id ?? '', row.words ?? {}),
          showsName: row.named_to_others,
          submittedOn: row.submitted_on,
          version: row.version ?? 0,
        }),
      ),
    );
  }

  /** The questions of a version of the form, and the words that there are to each. */
  async words(templateId: string, words: Readonly<Record<string, string>>): Promise<VisitorWords[]> {
    const items = await this.op.get(FormLoader).items.load(templateId);
    return items.map(({ code, section, label }) => ({
      code,
      theme: section,
      question: label,
      words: words[code] ?? null,
    }));
  }

  /** A visit of the caller's own as a care-experienced visitor. @throws `NOT_FOUND`. */
  async own(visitId: string): Promise<MyVisit> {
    const [mine] = isId(visitId) ? await this.mine(visitId) : [];
    if (!mine) throw notFound('visit');
    return mine;
  }

  /** The same, its row locked, while the caller's part of it is theirs to write. @throws `NOT_FOUND`, `CONFLICT`. */
  async writable(visitId: string): Promise<MyVisit> {
    const mine = await this.own(visitId);
    const [visit] = await execute<{ state: VisitState }>(
      this.op.em,
      'select state from visit where id = ? for update',
      [mine.visitId],
    );
    if (visit?.state === VisitState.WITHDRAWN)
      throw conflict('This visit was withdrawn: your part of it cannot be changed any more.');
    return mine;
  }

  /** Keeps the caller's own words. Nobody else can: the rows of others are not theirs to write. */
  async write(input: WriteVisitorPartInput): Promise<MyVisit> {
    const { id, tenantId } = await this.op.caller();
    const mine = await this.writable(input.visitId);
    const key = { visitId: mine.visitId, principalId: id };
    const known = await this.op.em.findOne(VisitorPartRecord, key, { refresh: true });
    expectVersion(known?.version ?? 0, input.expectedVersion);
    const templateId = known?.templateId ?? (await this.op.get(FormLoader).newestOf(CARE_EXPERIENCED_FORM))?.id;
    if (templateId === undefined) throw conflict('There is no form for care-experienced visitors.');
    const words = await this.#merged(templateId, known?.words ?? {}, input);
    const submittedOn = known?.submittedOn ?? (input.submit === true ? londonDate(new Date()) : null);
    if (submittedOn !== null && Object.keys(words).length === 0)
      throw badInput('input.words', 'Write something before you hand it in.');
    await execute(
      this.op.em,
      `insert into visitor_part (visit_id, principal_id, owner_id, template_id, words, submitted_on, version)
       values (?, ?, ?, ?, ?::jsonb, ?::date, 1)
       on conflict (visit_id, principal_id) do update
       set words = excluded.words, submitted_on = excluded.submitted_on, version = visitor_part.version + 1`,
      [mine.visitId, id, tenantId, templateId, JSON.stringify(words), submittedOn],
    );
    if (typeof input.showName === 'boolean')
      await execute(
        this.op.em,
        'update visit_visitor set named_to_others = ? where visit_id = ? and principal_id = ?',
        [input.showName, mine.visitId, id],
      );
    if (input.shownPhotoIds) await showPhotos(this.op.em, key, input.shownPhotoIds);
    return this.own(mine.visitId);
  }

  async #merged(
    templateId: string,
    known: Readonly<Record<string, string>>,
    { words }: WriteVisitorPartInput,
  ): Promise<Record<string, string>> {
    const items = await this.op.get(FormLoader).items.load(templateId);
    const merged = { ...known };
    for (const [index, { code, words: text }] of (words ?? []).entries()) {
      const path = `input.words.${index}`;
      if (!items.some((item) => item.code === code)) throw badInput(`${path}.code`, `There is no question ${code}.`);
      if (text.trim() === '') delete merged[code];
      else merged[code] = plainText(`${path}.words`, text, LONGEST_WORDS);
    }
    return merged;
  }
}
