import type { Operation } from '@accord/access';
import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import type { StreamedAlert } from './alert-stream.js';
import { AlertStream } from './alert-stream.js';
import { Alert, AlertFilter } from './alert.type.js';

interface AlertArgs {
  readonly filter?: AlertFilter | null;
  readonly after?: string | null;
}

@Resolver(() => Alert)
export class AlertResolver {
  @Subscription(() => Alert, {
    description:
      'Everything that the caller’s organisation may know of, as it happens, in order for each provider. With the last cursor it begins with what was missed.',
    subscribe: ({ args, context }) => {
      const { filter, after } = args as AlertArgs;
      return AlertStream.open(context as Operation, filter ?? {}, after);
    },
  })
  providerAlerts(
    @Root() { alert }: StreamedAlert,
    @Arg('filter', () => AlertFilter, { nullable: true, description: 'Which.' }) _filter: AlertFilter | null,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last alert that arrived.' }) _after:
      | string
      | null,
  ): Alert {
    return alert;
  }
}
