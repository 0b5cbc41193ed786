import {
  AlertKind,
  audienceOf,
  DirectoryService,
  once,
  Organisation,
  OrganisationKind,
  Paging,
  plainText,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { badInput, conflict, forbidden, isId, newId, notFound } from '@accord/kernel';
import {
  asAudience,
  execute,
  lockName,
  lockProvider,
  readPlain,
  recordEvent,
  type NewEvent,
} from '@accord/persistence';
import { HINTS } from './access-request.sql.js';
import { AccessRequest, AccessRequestRecord, AccessRequestState, HeldIntelligence } from './access-request.entity.js';
import type { AnswerAccessRequestInput, AskForIntelligenceInput } from './access-request.inputs.js';
import { IntelligenceService } from './intelligence.service.js';

const LONGEST = 1000;
const LONGEST_GRANT_DAYS = 90;
const DAY_MS = 86_400_000;

/** What somebody is told of. */
type Told = Pick<NewEvent, 'id' | 'providerId' | 'homeId' | 'sharingId'>;

interface Hint {
  id: string;
  provider_id: string;
  home_id: string | null;
  owner_id: string;
  anonymous: boolean;
}

/** Somebody holds something: where its owner allows even that, it can be asked for, and is granted for a time or declined. */
export class AccessRequestService {
  constructor(private readonly op: Operation) {}

  /** What is held on a provider and its homes and not shared with the caller's borough, which may know so much. */
  async held(providerId: string): Promise<HeldIntelligence[]> {
    const rows = await execute<Hint>(this.op.em, `${HINTS} and s.provider_id = ? order by s.id`, [providerId]);
    return rows.map(({ id, home_id: homeId, owner_id: ownerId, anonymous }) =>
      Object.assign(new HeldIntelligence(), { id, homeId, ownerId: anonymous ? null : ownerId }),
    );
  }

  async ask(input: AskForIntelligenceInput): Promise<AccessRequest> {
    const id = await once(this.op, 'askForIntelligence', input, async (requestId) => {
      const { tenantId, displayName } = await this.op.caller();
      const [hint] = isId(input.itemId) ? await execute<Hint>(this.op.em, `${HINTS} and s.id = ?`, [input.itemId]) : [];
      if (!hint) throw notFound('intelligence');
      const open = await this.op.em.count(AccessRequestRecord, {
        itemId: hint.id,
        requesterId: tenantId,
        state: { $in: [AccessRequestState.ASKED, AccessRequestState.WITH_ALLIANCE] },
      });
      if (open > 0) throw conflict('Your borough has asked for this already; the answer is still to come.');
      await execute(
        this.op.em,
        `insert into access_request (id, item_id, owner_id, requester_id, requested_by, purpose, reason, asked_at, through_alliance, state)
         values (?, ?, ?, ?, ?, ?, ?, now(), ?, ?)`,
        [
          requestId,
          hint.id,
          hint.owner_id,
          tenantId,
          displayName,
          input.purpose,
          plainText('input.reason', input.reason, LONGEST),
          hint.anonymous,
          hint.anonymous ? AccessRequestState.WITH_ALLIANCE : AccessRequestState.ASKED,
        ],
      );
      await this.#tellOfAsking(requestId, hint);
    });
    return this.#seen(id);
  }

  /** Requests of the caller's borough, to it, and for the alliance those that it passes on; the latest first. */
  async list({ first, after }: PageArgs): Promise<Connection<AccessRequest>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'access requests', null);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (e.asked_at, e.id) < (?::timestamptz, ?::uuid)';
    const rows = await readPlain(
      this.op.em,
      AccessRequestRecord,
      `${beyond} order by e.asked_at desc, e.id desc limit ?`,
      [...(place ?? []), size + 1],
    );
    const requests = new Map((await this.#toRequests(rows)).map((request) => [request.id, request]));
    return paging.page(
      rows,
      size,
      (row) => [row.askedAt.toISOString(), row.id],
      (row) => requests.get(row.id) ?? new AccessRequest(),
    );
  }

  /** Passes a request on to an owner who is anonymous, and whom the alliance does not learn either. */
  async passOn(id: string): Promise<AccessRequest> {
    const row = await this.#find(id);
    if (row.state !== AccessRequestState.WITH_ALLIANCE) throw conflict('This request has been passed on already.');
    row.state = AccessRequestState.ASKED;
    await this.op.em.flush();
    // On ids alone: whoever passes it on may not read the sharing itself.
    const [about] = await asAudience<{ provider_id: string; home_id: string | null }>(
      this.op.em,
      'select provider_id, home_id from sharing where id = ?',
      [row.itemId],
    );
    if (about)
      await this.#tell(AlertKind.ACCESS_REQUESTED, [row.ownerId], {
        providerId: about.provider_id,
        homeId: about.home_id,
        sharingId: null,
      });
    return this.#seen(id);
  }

  /** Grants it for a time, which ends by itself, or declines it. Either has a reason. */
  async answer(input: AnswerAccessRequestInput): Promise<AccessRequest> {
    await once(this.op, 'answerAccessRequest', input, async () => {
      const { requestId, days, reason } = input;
      const row = await this.#asked(requestId);
      row.decisionReason = plainText('input.reason', reason, LONGEST);
      if (days === null || days === undefined) row.state = AccessRequestState.DECLINED;
      else {
        if (days < 1 || days > LONGEST_GRANT_DAYS) {
          throw badInput('input.days', `Grant it for 1 to ${LONGEST_GRANT_DAYS} days.`);
        }
        row.state = AccessRequestState.GRANTED;
        row.endsAt = new Date(Date.now() + days * DAY_MS);
        await this.#grant(row, row.endsAt);
      }
      await this.op.em.flush();
      await this.#tellOfAnswer(row);
    });
    return this.#seen(input.requestId);
  }

  /** A request that waits for the caller's answer; of two who answer it at once, the second waits and is refused. */
  async #asked(id: string): Promise<AccessRequestRecord> {
    const { tenantId } = await this.op.caller();
    await lockName(this.op.em, `access request ${id}`);
    const row = await this.#find(id);
    if (row.ownerId !== tenantId || row.state === AccessRequestState.WITH_ALLIANCE)
      throw forbidden('Only the borough that is asked answers a request.');
    if (row.state !== AccessRequestState.ASKED) throw conflict('This request has been answered already.');
    return row;
  }

  async #grant({ itemId, ownerId, requesterId }: AccessRequestRecord, endsAt: Date): Promise<void> {
    await this.op.get(IntelligenceService).own(itemId, null);
    const knew = await audienceOf(this.op.em, [itemId]);
    await execute(
      this.op.em,
      `insert into sharing_grant (id, sharing_id, owner_id, organisation_id, starts_at, ends_at)
       values (?, ?, ?, ?, now(), ?)`,
      [newId(), itemId, ownerId, requesterId, endsAt],
    );
    const before = new Set(knew.filter((knows) => knows.inFull).map((knows) => knows.tenantId));
    const gained = (await audienceOf(this.op.em, [itemId])).filter(
      (knows) => knows.inFull && !before.has(knows.tenantId),
    );
    await this.op
      .get(IntelligenceService)
      .tellChange({ gained: gained.map((knows) => knows.tenantId), lost: [] }, itemId);
  }

  /** Tells the owner; where it is anonymous the alliance, which learns neither of what it is nor about whom. */
  async #tellOfAsking(requestId: string, { anonymous, ...hint }: Hint): Promise<void> {
    const about = { providerId: hint.provider_id, homeId: hint.home_id, sharingId: hint.id };
    if (!anonymous) return this.#tell(AlertKind.ACCESS_REQUESTED, [hint.owner_id], { id: requestId, ...about });
    const alliance = await execute<{ id: string }>(this.op.em, `select id from organisation where kind = 'ALLIANCE'`);
    const nothing = { providerId: null, homeId: null, sharingId: null };
    const recipients = alliance.map(({ id }) => id);
    return this.#tell(AlertKind.ACCESS_REQUESTED, recipients, { id: requestId, ...nothing });
  }

  async #tellOfAnswer({ itemId, requesterId }: AccessRequestRecord): Promise<void> {
    const { providerId, homeId } = await this.op.get(IntelligenceService).seen(itemId);
    await this.#tell(AlertKind.ACCESS_REQUEST_ANSWERED, [requesterId], { providerId, homeId, sharingId: itemId });
  }

  async #tell(kind: AlertKind, recipients: readonly string[], about: Told): Promise<void> {
    const { tenantId: ownerId } = await this.op.caller();
    if (about.providerId !== null) await lockProvider(this.op.em, about.providerId);
    const sharingKind = about.sharingId === null ? {} : { sharingKind: 'INTELLIGENCE' };
    await recordEvent(this.op.em, { kind, ownerId, ...about, ...sharingKind, recipients }, new Date());
    this.op.wake('outbox');
  }

  async #find(id: string): Promise<AccessRequestRecord> {
    const row = isId(id) ? await this.op.em.findOne(AccessRequestRecord, { id }, { refresh: true }) : null;
    if (!row) throw notFound('request');
    return row;
  }

  async #seen(id: string): Promise<AccessRequest> {
    const [request] = await this.#toRequests([await this.#find(id)]);
    return request ?? new AccessRequest();
  }

  async #toRequests(rows: readonly AccessRequestRecord[]): Promise<AccessRequest[]> {
    const { tenantKind } = await this.op.caller();
    const { organisation } = this.op.get(DirectoryService);
    const requesters = await organisation.loadMany(rows.map((row) => row.requesterId));
    return rows.map((row, index) => {
      const requester = requesters[index];
      const { id, requestedBy, purpose, reason, askedAt, state, decisionReason, endsAt } = row;
      return Object.assign(new AccessRequest(), {
        id,
        requestedBy,
        purpose,
        reason,
        askedAt,
        state,
        decisionReason,
        endsAt,
        itemId: tenantKind === OrganisationKind.ALLIANCE ? null : row.itemId,
        requester: requester instanceof Organisation ? requester : null,
      } satisfies AccessRequest);
    });
  }
}
