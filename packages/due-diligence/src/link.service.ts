import { createSecret, once, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { badInput, conflict, isId, notFound } from '@accord/kernel';
import { array, execute, readPlain } from '@accord/persistence';
import { ProviderService } from '@accord/providers';
import { checkQuestions } from './answer-check.js';
import { readPublishedQuestions } from './answer.seen.js';
import { LINK_DAYS, MOST_ANSWERS_AT_ONCE, MOST_LINK_DAYS } from './figures.js';
import { DeclarationLinkRecord } from './link.entity.js';
import type { IssueDueDiligenceLinkInput, RevokeDueDiligenceLinkInput } from './link.inputs.js';

export const LINK_PREFIX = 'accord_link_';
const DAY_MS = 86_400_000;

/** Links of the caller's organisation, by which providers answer. */
export class LinkService {
  constructor(private readonly op: Operation) {}

  /** @returns the link, and its token: shown this once, and to nobody who repeats the act. */
  async issue(input: IssueDueDiligenceLinkInput): Promise<{ link: DeclarationLinkRecord; token: string | null }> {
    let token: string | null = null;
    const id = await once(this.op, 'issueDueDiligenceLink', input, async (linkId) => {
      const { tenantId, displayName } = await this.op.caller();
      const days = input.validDays ?? LINK_DAYS;
      if (days < 1 || days > MOST_LINK_DAYS) throw badInput('input.validDays', `Give 1 to ${MOST_LINK_DAYS} days.`);
      if (input.codes.length === 0 || input.codes.length > MOST_ANSWERS_AT_ONCE)
        throw badInput('input.codes', `Ask 1 to ${MOST_ANSWERS_AT_ONCE} questions.`);
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const published = await readPublishedQuestions(this.op.em);
      const questions = checkQuestions((index) => `input.codes.${index}`, input.codes, published, { home });
      const own = questions.findIndex((question) => !question.isForProvider);
      if (own >= 0)
        throw badInput(`input.codes.${own}`, `${questions[own]?.code} is not the provider’s to answer: leave it out.`);
      const { shown, secretHash } = createSecret(LINK_PREFIX, tenantId, linkId);
      const now = new Date();
      await execute(
        this.op.em,
        `insert into due_diligence_link (id, owner_id, provider_id, home_id, question_ids, secret_hash, issued_by, issued_at, expires_at)
         values (?, ?, ?, ?, ?::uuid[], ?, ?, ?, ?)`,
        [
          linkId,
          tenantId,
          provider.id,
          home?.id ?? null,
          array(questions.map((question) => question.id)),
          secretHash,
          displayName,
          now,
          new Date(now.getTime() + days * DAY_MS),
        ],
      );
      token = shown;
    });
    return { link: await this.#one(id), token };
  }

  async revoke({ linkId }: RevokeDueDiligenceLinkInput): Promise<DeclarationLinkRecord> {
    const link = await this.#one(linkId);
    if (link.usedAt !== null) throw conflict('The provider has answered already: this link holds no longer.');
    await execute(
      this.op.em,
      'update due_diligence_link set revoked_at = now() where id = ? and revoked_at is null and used_at is null',
      [link.id],
    );
    return this.#one(link.id);
  }

  /** Newest first. */
  async list({ first, after }: PageArgs): Promise<Connection<DeclarationLinkRecord>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'due-diligence links', null);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (e.issued_at, e.id) < (?::timestamptz, ?::uuid)';
    const rows = await readPlain(
      this.op.em,
      DeclarationLinkRecord,
      `${beyond} order by e.issued_at desc, e.id desc limit ?`,
      [...(place ?? []), size + 1],
    );
    return paging.page(
      rows,
      size,
      (row) => [row.issuedAt.toISOString(), row.id],
      (row) => row,
    );
  }

  async #one(id: string): Promise<DeclarationLinkRecord> {
    const [link] = isId(id) ? await readPlain(this.op.em, DeclarationLinkRecord, 'where e.id = ?', [id]) : [];
    if (!link) throw notFound('link');
    return link;
  }
}
