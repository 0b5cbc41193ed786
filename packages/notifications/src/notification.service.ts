import {
  AlertKind,
  isToldById,
  Paging,
  SharingAgreement,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { isId } from '@accord/kernel';
import { ProviderLoader, type Home, type Provider } from '@accord/providers';
import DataLoader from 'dataloader';
import { ABOUT_NOTHING, readAbout, type About } from './alert-class.js';
import { Delivery, DeliveryAttempt, Notification, NotificationPreference } from './notification.entity.js';
import type { NotificationPreferenceInput } from './notification.resolver.js';
import { defaultPreference } from './preference.js';

/** A notification in words, as its reader may know it now. */
interface SeenNotification extends About {
  readonly subject: string;
  readonly occurredAt: Date | null;
  readonly provider: Provider | null;
  readonly home: Home | null;
}

const WORDS: Record<AlertKind, string> = {
  FLAG_RAISED: 'flag raised',
  FLAG_RESOLVED: 'flag resolved',
  FLAG_WITHDRAWN: 'flag withdrawn',
  ACCREDITATION_CHANGED: 'accreditation changed',
  ACCREDITATION_REVIEW_DUE: 'review of accreditation due',
  ACCREDITATION_RATIFICATION_LATE: 'ratification of interim suspension late',
  ACCREDITATION_TELLING_DUE: 'putting off telling the provider to be looked at again',
  REGULATOR_JUDGEMENT: 'regulator’s judgement',
  HOLD_STARTED: 'hold on new placements started',
  HOLD_LIFTED: 'hold on new placements lifted',
  HOLD_REVIEW_DUE: 'hold on new placements to be looked at again',
  INTELLIGENCE_SHARED: 'intelligence shared',
  INTELLIGENCE_CHANGED: 'intelligence changed',
  INTELLIGENCE_WITHDRAWN: 'intelligence withdrawn',
  PATTERN_FOUND: 'pattern of concern found',
  PROVIDER_CHANGED: 'entries of the register merged, or taken apart again',
  DUE_DILIGENCE_EXPIRING: 'lapses soon',
  DUE_DILIGENCE_EXPIRED: 'has lapsed',
  DUE_DILIGENCE_CHALLENGED: 'answer challenged',
  DUE_DILIGENCE_DECLARED: 'the provider has answered',
  VISIT_SHARED: 'visit shared',
  VISIT_CHANGED: 'more of a visit shared',
  VISIT_WITHDRAWN: 'visit withdrawn',
  FINDING_REPLY_DUE: 'provider’s time to comment on a finding over',
  VISIT_ACTION_DUE: 'action after a visit due soon',
  VISIT_ACTION_OVERDUE: 'action after a visit overdue',
  VISIT_ACTION_ESCALATED: 'action after a visit long overdue',
  ACCESS_ENDED: 'no longer shared with you',
  ACCESS_REQUESTED: 'somebody asks to see what is held',
  ACCESS_REQUEST_ANSWERED: 'your request to see what is held was answered',
  REFERENCE_ASKED: 'reference asked for',
  REFERENCE_ANSWERED: 'reference given',
  REFERENCE_DECLINED: 'reference declined',
  REFERENCES_LAPSED: 'deadline for references over',
  SHARING_AGREEMENT_PROPOSED: 'sharing agreement to be accepted',
  SHARING_AGREEMENT_ENDED: 'sharing agreement ended for your organisation',
  SHARING_AGREEMENT_REVIEW_DUE: 'review of sharing agreement due',
  URGENT_DISCLOSURE_MADE: 'disclosed urgently; review within 2 working days',
  URGENT_DISCLOSURE_REVIEWED: 'urgent disclosure reviewed',
  URGENT_DISCLOSURE_REVIEW_OVERDUE: 'review of urgent disclosure overdue',
  SCHEDULED_VISIT_DUE: 'visit due by your schedule',
  SCHEDULED_VISIT_OVERDUE: 'visit overdue by your schedule',
};

/** The caller's inbox. Rows are the caller's own by policy; their words are made anew at each reading. */
export class NotificationService {
  readonly seen = new DataLoader<Notification, SeenNotification>((notifications) => this.#see(notifications));

  readonly deliveries = new DataLoader<string, Delivery[]>(async (ids) => {
    const rows = await this.op.em.find(
      Delivery,
      { notificationId: { $in: [...ids] } },
      { orderBy: { channel: 'asc' } },
    );
    return ids.map((id) => rows.filter((row) => row.notificationId === id));
  });

  readonly attempts = new DataLoader<string, DeliveryAttempt[]>(async (ids) => {
    const rows = await this.op.em.find(
      DeliveryAttempt,
      { deliveryId: { $in: [...ids] } },
      { orderBy: { number: 'asc' } },
    );
    return ids.map((id) => rows.filter((row) => row.deliveryId === id));
  });

  constructor(private readonly op: Operation) {}

  async inbox({ first, after }: PageArgs): Promise<Connection<Notification>> {
    const { tenantId, id } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'notifications', id);
    const size = paging.size(first);
    const [position] = paging.after(after) ?? [];
    const rows = await this.op.em.find(
      Notification,
      { recipientId: id, ...(typeof position === 'string' && { position: { $lt: position } }) },
      { orderBy: { position: 'desc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [String(row.position)],
      (row) => row,
    );
  }

  async unreadCount(): Promise<number> {
    const { id } = await this.op.caller();
    return this.op.em.count(Notification, { recipientId: id, readAt: null });
  }

  async markRead(ids: readonly string[]): Promise<number> {
    const { id } = await this.op.caller();
    await this.op.em.nativeUpdate(
      Notification,
      { id: { $in: ids.filter(isId) }, recipientId: id, readAt: null },
      { readAt: new Date() },
    );
    return this.unreadCount();
  }

  async preferences(): Promise<NotificationPreference[]> {
    const { id, tenantId, roles } = await this.op.caller();
    const chosen = await this.op.em.find(NotificationPreference, { recipientId: id });
    return Object.values(AlertKind).map(
      (kind) =>
        chosen.find((preference) => preference.kind === kind) ??
        Object.assign(new NotificationPreference(), {
          recipientId: id,
          tenantId,
          ...defaultPreference([...roles], kind),
        }),
    );
  }

  async setPreference({
    kind,
    enabled,
    minimumSeverity,
  }: NotificationPreferenceInput): Promise<NotificationPreference> {
    const { id, tenantId } = await this.op.caller();
    const preference = { recipientId: id, tenantId, kind, enabled, minimumSeverity: minimumSeverity ?? null };
    return this.op.em.upsert(NotificationPreference, preference);
  }

  async #see(notifications: readonly Notification[]): Promise<SeenNotification[]> {
    // Whose roles no longer show flags reads of none in an old notification either.
    const shared = await readAbout(
      this.op,
      notifications.flatMap((notification) => notification.sharingId ?? []),
    );
    const { provider: providers, home: homes } = this.op.get(ProviderLoader);
    const agreements = await this.#agreements(notifications);
    return Promise.all(
      notifications.map(async (notification) => {
        const home = notification.homeId === null ? null : await homes.load(notification.homeId);
        const providerId = home?.providerId ?? notification.providerId;
        const provider = providerId === null ? null : await providers.load(providerId);
        const about = shared.get(notification.sharingId ?? '') ?? ABOUT_NOTHING;
        const { flag, hold, intelligence, visit, dueDiligence } = about;
        const isNamed = dueDiligence !== null || (intelligence ?? visit)?.isNamed === true;
        const hidesTime = (flag?.raisedAt ?? hold?.decidedAt ?? null) === null && !isNamed;
        const hidden = notification.sharingId !== null && hidesTime;
        return {
          subject: subjectOf(
            notification,
            [home?.name, provider?.name, agreements.get(notification.agreementId)],
            flag ?? hold ?? intelligence ?? visit ?? dueDiligence,
            flag?.severity ?? (dueDiligence && `“${dueDiligence.question}”`),
          ),
          occurredAt: hidden ? null : notification.occurredAt,
          provider,
          home,
          ...about,
        };
      }),
    );
  }

  /** The names of the agreements that some are about. */
  async #agreements(notifications: readonly Notification[]): Promise<Map<string | null, string>> {
    const ids = notifications.flatMap(({ agreementId }) => agreementId ?? []);
    if (ids.length === 0) return new Map();
    const rows = await this.op.em.find(SharingAgreement, { id: { $in: ids } });
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function subjectOf(
  { kind, sharingId }: Notification,
  about: readonly (string | undefined)[],
  seen: object | null,
  /** The severity of a flag, or what a due-diligence question asks. */
  which: string | null | undefined,
): string {
  const where = about.filter((name) => name !== undefined).join(', ');
  // What was shared and is no longer says so, whatever it once said; but that a hold was lifted is its end for all.
  const isGone = sharingId !== null && !seen && !isToldById(kind) && kind !== AlertKind.HOLD_LIFTED;
  const words = WORDS[isGone ? AlertKind.ACCESS_ENDED : kind];
  const severity = which ? `${which} ` : '';
  return where === '' ? words : `${where}: ${severity}${words}`;
}
