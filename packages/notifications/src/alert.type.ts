import { AlertKind } from '@accord/access';
import { DueDiligenceNotice } from '@accord/due-diligence';
import { Flag, Hold, Severity } from '@accord/flags';
import { IntelligenceNotice } from '@accord/intelligence';
import { VisitNotice } from '@accord/monitoring';
import { Home, Provider } from '@accord/providers';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Something happened that the caller’s organisation may know of.' })
export class Alert {
  @Field(() => ID, { description: 'The event: the same on every stream, so that a client may drop what it has.' })
  id!: string;

  @Field(() => String, { description: 'The place, to go on from after a lost connection; good under the same filter.' })
  cursor!: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When it happened; null where an anonymous author would be given away by the exact time.',
  })
  occurredAt!: Date | null;

  @Field(() => AlertKind, { description: 'What happened.' })
  kind!: AlertKind;

  @Field(() => Provider, { nullable: true, description: 'About which provider.' })
  provider!: Provider | null;

  @Field(() => Home, { nullable: true, description: 'At which home.' })
  home!: Home | null;

  @Field(() => Flag, {
    nullable: true,
    description: 'The flag, as the caller may see it now; where access ended, its id alone.',
  })
  flag!: Flag | null;

  @Field(() => Hold, {
    nullable: true,
    description: 'The hold on new placements, as the caller may see it now; where access ended, its id alone.',
  })
  hold!: Hold | null;

  @Field(() => IntelligenceNotice, {
    nullable: true,
    description: 'The item of intelligence, without text; where access ended, its id alone.',
  })
  intelligence!: IntelligenceNotice | null;

  @Field(() => DueDiligenceNotice, { nullable: true, description: 'The answer to a due-diligence question.' })
  dueDiligence!: DueDiligenceNotice | null;

  @Field(() => VisitNotice, {
    nullable: true,
    description: 'The visit, with its day and outcome; where access ended, its id alone.',
  })
  visit!: VisitNotice | null;

  @Field(() => ID, { nullable: true, description: 'The sharing agreement that it is about.' })
  agreementId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The request for references that it is about.' })
  referenceRequestId!: string | null;
}

@InputType({ description: 'Which alerts; what is not given does not narrow.' })
export class AlertFilter {
  @Field(() => [AlertKind], { nullable: true, description: 'Any of these.' })
  kind?: AlertKind[] | null;

  @Field(() => [Severity], {
    nullable: true,
    description:
      'Any of these; an end of access passes, as what ended has no severity any more, and a hold, which never had one.',
  })
  severity?: Severity[] | null;

  @Field(() => [ID], { nullable: true, description: 'About any of these providers.' })
  providerIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Where the own borough has, or has not, young people placed.' })
  usedByMyBorough?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Where the home stands, or does not stand, in the own borough.',
  })
  hostedInMyBorough?: boolean | null;
}
