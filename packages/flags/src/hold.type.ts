import { CalendarDate, SharingLevel } from '@accord/access';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { FlagKind } from './vocabulary.js';

export enum HoldScope {
  PROVIDER = 'PROVIDER',
  HOME = 'HOME',
}

registerEnumType(HoldScope, {
  name: 'HoldScope',
  description: 'Where a hold on new placements holds: at all homes of a provider, or at one.',
});

/** A hold as the caller may see it: what is withheld is null. */
@ObjectType({
  simpleResolvers: true,
  description:
    'A hold on new placements, as the caller may see it. It binds the borough that decided it, and warns others. To boroughs that place there and are outside its audience it shows its id and where it holds, and nothing else.',
})
export class Hold {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string | null;

  @Field(() => HoldScope, { description: 'Whether it holds at the provider or at one home.' })
  scope!: HoldScope;

  @Field(() => Boolean, { description: 'Whether the caller learns no more than that the hold exists.' })
  existenceOnly!: boolean;

  @Field(() => FlagKind, { nullable: true, description: 'What gave rise to it.' })
  kind!: FlagKind | null;

  @Field(() => CalendarDate, { nullable: true, description: 'From which day on.' })
  startsOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day by which its borough looks at it again.' })
  reviewOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which its borough last looked at it again.' })
  reviewedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What that review found.' })
  reviewNote!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was lifted; null while it was not.' })
  liftedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was lifted.' })
  liftReason!: string | null;

  @Field(() => String, { nullable: true, description: 'Conditions of handling that its owner set.' })
  conditions!: string | null;

  @Field(() => Int, { nullable: true, description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When it was decided; null to others where the owner is anonymous, as exact times give away whose it is.',
  })
  decidedAt!: Date | null;

  ownerId!: string | null;

  @Field(() => SharingLevel, { nullable: true, description: 'How far it goes; shown to its owner.' })
  sharing!: SharingLevel | null;

  @Field(() => String, { nullable: true, description: 'Why it goes so far; shown to its owner.' })
  sharingReason!: string | null;
}
