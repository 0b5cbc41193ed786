import { CalendarDate, Organisation, SharingLevel } from '@accord/access';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { FlagKind, FlagStatus, Severity } from './vocabulary.js';

/** A flag as the caller may see it: what is withheld is null. */
@ObjectType({
  simpleResolvers: true,
  description:
    'A flag on a provider or a home, as the caller may see it. To boroughs that place there and are outside its audience it shows its id, home and severity, and nothing else.',
})
export class Flag {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string | null;

  @Field(() => Severity, { nullable: true, description: 'How grave.' })
  severity!: Severity | null;

  @Field(() => Boolean, { description: 'Whether the caller learns no more than that the flag exists.' })
  existenceOnly!: boolean;

  @Field(() => FlagKind, { nullable: true, description: 'What it is about.' })
  kind!: FlagKind | null;

  @Field(() => FlagStatus, { nullable: true, description: 'Where it stands for the caller’s organisation.' })
  status!: FlagStatus | null;

  @Field(() => String, { nullable: true, description: 'What happened, in short.' })
  summary!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What happened, in full: stays in the organisation that raised it.',
  })
  detail!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was resolved or withdrawn.' })
  outcomeReason!: string | null;

  @Field(() => String, { nullable: true, description: 'Conditions of handling that its owner set.' })
  conditions!: string | null;

  @Field(() => Int, { nullable: true, description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was raised; null to others where the owner is anonymous, as exact times give away who wrote.',
  })
  raisedAt!: Date | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was raised.' })
  raisedOn!: string | null;

  ownerId!: string | null;

  @Field(() => SharingLevel, { nullable: true, description: 'How far it goes; shown to its owner.' })
  sharing!: SharingLevel | null;

  @Field(() => String, { nullable: true, description: 'Why it goes so far; shown to its owner.' })
  sharingReason!: string | null;
}

/** That an organisation has taken note. */
@ObjectType({ simpleResolvers: true, description: 'That an organisation has taken note of a flag.' })
export class Acknowledgement {
  @Field(() => Organisation, { description: 'Which organisation.' })
  organisation!: Organisation;

  @Field(() => String, { description: 'Who, by the name in their directory.' })
  acknowledgedBy!: string;

  @Field(() => Date, { description: 'When.' })
  acknowledgedAt!: Date;
}
