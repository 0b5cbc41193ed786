import { AlertKind, connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { DueDiligenceNotice } from '@accord/due-diligence';
import { Flag, Hold, Severity } from '@accord/flags';
import { IntelligenceNotice } from '@accord/intelligence';
import { VisitNotice } from '@accord/monitoring';
import { Home, Provider } from '@accord/providers';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Delivery, DeliveryAttempt, Notification, NotificationPreference } from './notification.entity.js';
import { NotificationService } from './notification.service.js';

const notifications = connectionOf(Notification, 'Notification');

@ObjectType({ simpleResolvers: true, description: 'What changed in the inbox.' })
export class InboxPayload {
  @Field(() => Int, { description: 'How many are unread now.' })
  unreadCount!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A changed preference.' })
class NotificationPreferencePayload {
  @Field(() => NotificationPreference, { description: 'The preference.' })
  preference!: NotificationPreference;
}

@InputType({ description: 'What the caller wants to be told of.' })
export class NotificationPreferenceInput {
  @Field(() => AlertKind, { description: 'Of what.' })
  kind!: AlertKind;

  @Field(() => Boolean, { description: 'Whether at all.' })
  enabled!: boolean;

  @Field(() => Severity, { nullable: true, description: 'From which severity on; from the lowest when left out.' })
  minimumSeverity?: Severity | null;
}

@Resolver(() => notifications.Connection)
export class InboxResolver {
  @Query(() => notifications.Connection, { description: 'The caller’s inbox, newest first.' })
  notifications(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Notification>> {
    return op.get(NotificationService).inbox(page);
  }

  @FieldResolver(() => Int, { description: 'How many are unread, on all pages.' })
  unreadCount(@Ctx() op: Operation): Promise<number> {
    return op.get(NotificationService).unreadCount();
  }
}

@Resolver(() => Notification)
export class NotificationResolver {
  @Query(() => [NotificationPreference], {
    description: 'What the caller is told of: as chosen, or as their roles are by default.',
  })
  notificationPreferences(@Ctx() op: Operation): Promise<NotificationPreference[]> {
    return op.get(NotificationService).preferences();
  }

  @Mutation(() => NotificationPreferencePayload, {
    description: 'Chooses whether, and from which severity on, the caller is told of a kind of event.',
  })
  async setNotificationPreference(
    @Ctx() op: Operation,
    @Arg('input', () => NotificationPreferenceInput) input: NotificationPreferenceInput,
  ): Promise<NotificationPreferencePayload> {
    return { preference: await op.get(NotificationService).setPreference(input) };
  }

  @Mutation(() => InboxPayload, {
    description: 'Marks notifications of the caller as read; others’ and unknown ids are passed over.',
  })
  async markNotificationsRead(@Ctx() op: Operation, @Arg('ids', () => [ID]) ids: string[]): Promise<InboxPayload> {
    return { unreadCount: await op.get(NotificationService).markRead(ids) };
  }

  @FieldResolver(() => String, { description: 'What it is about, in a line, as the caller may know it today.' })
  async subject(@Ctx() op: Operation, @Root() notification: Notification): Promise<string> {
    return (await op.get(NotificationService).seen.load(notification)).subject;
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When it happened; null where an anonymous author would be given away by the exact time.',
  })
  async occurredAt(@Ctx() op: Operation, @Root() notification: Notification): Promise<Date | null> {
    return (await op.get(NotificationService).seen.load(notification)).occurredAt;
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'About which provider.' })
  async provider(@Ctx() op: Operation, @Root() notification: Notification): Promise<Provider | null> {
    return (await op.get(NotificationService).seen.load(notification)).provider;
  }

  @FieldResolver(() => Home, { nullable: true, description: 'At which home.' })
  async home(@Ctx() op: Operation, @Root() notification: Notification): Promise<Home | null> {
    return (await op.get(NotificationService).seen.load(notification)).home;
  }

  @FieldResolver(() => Flag, {
    nullable: true,
    description: 'The flag, as the caller may see it today; null when no longer.',
  })
  async flag(@Ctx() op: Operation, @Root() notification: Notification): Promise<Flag | null> {
    return (await op.get(NotificationService).seen.load(notification)).flag;
  }

  @FieldResolver(() => Hold, {
    nullable: true,
    description: 'The hold on new placements, as the caller may see it today; null when no longer.',
  })
  async hold(@Ctx() op: Operation, @Root() notification: Notification): Promise<Hold | null> {
    return (await op.get(NotificationService).seen.load(notification)).hold;
  }

  @FieldResolver(() => IntelligenceNotice, {
    nullable: true,
    description: 'The item of intelligence, without text, as the caller may see it today; null when no longer.',
  })
  async intelligence(@Ctx() op: Operation, @Root() notification: Notification): Promise<IntelligenceNotice | null> {
    return (await op.get(NotificationService).seen.load(notification)).intelligence;
  }

  @FieldResolver(() => DueDiligenceNotice, {
    nullable: true,
    description: 'The answer that it is about, as the caller may see it today; null when no longer.',
  })
  async dueDiligence(@Ctx() op: Operation, @Root() notification: Notification): Promise<DueDiligenceNotice | null> {
    return (await op.get(NotificationService).seen.load(notification)).dueDiligence;
  }

  @FieldResolver(() => VisitNotice, {
    nullable: true,
    description: 'The visit, as the caller may see it today; null when no longer.',
  })
  async visit(@Ctx() op: Operation, @Root() notification: Notification): Promise<VisitNotice | null> {
    return (await op.get(NotificationService).seen.load(notification)).visit;
  }

  @FieldResolver(() => [Delivery], { description: 'By which ways it went out.' })
  deliveries(@Ctx() op: Operation, @Root() notification: Notification): Promise<Delivery[]> {
    return op.get(NotificationService).deliveries.load(notification.id);
  }
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  @FieldResolver(() => [DeliveryAttempt], { description: 'Every try, first to last.' })
  attempts(@Ctx() op: Operation, @Root() delivery: Delivery): Promise<DeliveryAttempt[]> {
    return op.get(NotificationService).attempts.load(delivery.id);
  }
}
