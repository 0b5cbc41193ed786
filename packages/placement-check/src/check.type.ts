import { CalendarDate } from '@accord/access';
import { DueDiligenceItem } from '@accord/due-diligence';
import { Flag, Hold } from '@accord/flags';
import { AccreditationStanding, PlacementType, Registration } from '@accord/providers';
import { References } from '@accord/references';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AgeBand, PlacementGroundCode } from './vocabulary.js';

@InputType({
  description: 'What a placement check asks: may somebody of this age be placed at this home, and as what.',
})
export class PlacementCheckInput {
  @Field(() => ID, { description: 'At which home.' })
  homeId!: string;

  @Field(() => AgeBand, { description: 'How old the young person is.' })
  ageBand!: AgeBand;

  @Field(() => PlacementType, {
    nullable: true,
    description: 'As what; as anything that the home offers unless given, and then the strictest counts.',
  })
  placementType?: PlacementType | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is an emergency. It blocks nothing less: what may be overridden is, with a reason.',
  })
  emergency?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'Something that blocks a placement, or warns of it.' })
export class PlacementGround {
  @Field(() => PlacementGroundCode, { description: 'What it is.' })
  code!: PlacementGroundCode;

  @Field(() => String, { description: 'In words, and what to do about it.' })
  message!: string;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day of which it is; null where it is not known, or would give an anonymous author away.',
  })
  asOf!: string | null;

  @Field(() => Boolean, { description: 'Whether the law leaves no choice: such a block is never overridden.' })
  isAbsolute!: boolean;
}

/** The answer, from what the caller's borough may see. That nothing is known is not that a home is safe. */
@ObjectType({
  simpleResolvers: true,
  description:
    'What is known for and against a placement, from what the caller’s borough may see. That there are no known blocks does not say that a home is safe.',
})
export class PlacementCheck {
  homeId!: string;

  @Field(() => AgeBand, { description: 'The age that was asked about.' })
  ageBand!: AgeBand;

  @Field(() => PlacementType, { nullable: true, description: 'As what it was asked.' })
  placementType!: PlacementType | null;

  @Field(() => Boolean, { description: 'Whether it is an emergency.' })
  emergency!: boolean;

  @Field(() => CalendarDate, { description: 'The day of the check.' })
  checkedOn!: string;

  @Field(() => Boolean, { description: 'Whether nothing is known that blocks it.' })
  noKnownBlocks!: boolean;

  @Field(() => [PlacementGround], { description: 'What blocks it.' })
  blocks!: PlacementGround[];

  @Field(() => [PlacementGround], { description: 'What warns of it.' })
  warnings!: PlacementGround[];

  @Field(() => AccreditationStanding, { nullable: true, description: 'Where the provider stands with the alliance.' })
  accreditation!: AccreditationStanding | null;

  @Field(() => [Registration], { description: 'Registrations of the home, and of the provider as a whole.' })
  registrations!: Registration[];

  @Field(() => [DueDiligenceItem], { description: 'Mandatory questions of due diligence, with where they stand.' })
  answers!: DueDiligenceItem[];

  @Field(() => References, { description: 'How far the own borough has come with references.' })
  references!: References;

  @Field(() => [Flag], { description: 'Open flags on the home and its provider.' })
  flags!: Flag[];

  @Field(() => [Hold], { description: 'Holds on new placements that bear on the home.' })
  holds!: Hold[];
}
