import type { Feature } from '@accord/access';
import { AlertResolver } from './alert.resolver.js';
import { Delivery, DeliveryAttempt, Notification, NotificationPreference } from './notification.entity.js';
import { DeliveryResolver, InboxResolver, NotificationResolver } from './notification.resolver.js';

const CALLERS = 'caller' as const;

export const notificationsFeature: Feature = {
  name: 'notifications',
  entities: [Notification, Delivery, DeliveryAttempt, NotificationPreference],
  resolvers: [AlertResolver, InboxResolver, NotificationResolver, DeliveryResolver],
  access: {
    actions: {
      'Subscription.providerAlerts': 'alert:receive',
      'Query.notifications': 'self:read',
      'Query.notificationPreferences': 'self:read',
      'Mutation.setNotificationPreference': 'self:read',
      'Mutation.markNotificationsRead': 'self:read',
    },
    types: {
      Alert: {
        id: 'existence',
        cursor: 'existence',
        kind: 'existence',
        occurredAt: 'owner-named',
        provider: 'existence',
        home: 'existence',
        flag: 'existence',
        hold: 'existence',
        intelligence: 'audience',
        dueDiligence: 'audience',
        visit: 'audience',
        agreementId: 'members',
        referenceRequestId: 'asked',
      },
      Notification: {
        id: CALLERS,
        subject: 'existence',
        kind: CALLERS,
        occurredAt: 'owner-named',
        readAt: CALLERS,
        provider: CALLERS,
        home: CALLERS,
        flag: 'existence',
        hold: 'existence',
        intelligence: 'audience',
        dueDiligence: 'audience',
        visit: 'audience',
        agreementId: CALLERS,
        referenceRequestId: CALLERS,
        deliveries: CALLERS,
      },
      NotificationConnection: 'envelope',
      NotificationEdge: 'envelope',
      InboxPayload: 'envelope',
      Delivery: { id: CALLERS, channel: CALLERS, state: CALLERS, attempts: CALLERS },
      DeliveryAttempt: { id: CALLERS, number: CALLERS, startedAt: CALLERS, outcome: CALLERS },
      NotificationPreference: { kind: CALLERS, enabled: CALLERS, minimumSeverity: CALLERS },
      NotificationPreferencePayload: 'envelope',
    },
  },
  grants: {
    notification: { gateway: ['select', { update: ['read_at'] }], worker: ['select', 'insert'] },
    delivery: { gateway: ['select'], worker: ['select', 'insert'] },
    delivery_attempt: { gateway: ['select'], worker: ['select', 'insert'] },
    notification_preference: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
  },
  merge: {
    rows: {
      notification: { becomes: 'KEPT', because: 'its words are made at each reading, of the provider of today' },
    },
  },
};
