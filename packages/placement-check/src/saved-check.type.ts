import { CalendarDate, Principal } from '@accord/access';
import { PlacementType } from '@accord/providers';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PlacementCheck, PlacementCheckInput } from './check.type.js';
import { AgeBand, PlacementGroundCode, SeenKind } from './vocabulary.js';

@InputType({ description: 'A placement check that is kept.' })
export class SavePlacementCheckInput {
  @Field(() => PlacementCheckInput, { description: 'What is asked; it is looked at anew.' })
  check!: PlacementCheckInput;

  @Field(() => String, { nullable: true, description: 'The own reference of the placement; no child is named.' })
  reference?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Items of soft intelligence that the decision relies on: each is read, which is logged, and a sealed copy kept.',
  })
  reliedOn?: string[] | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'That a placement goes on in spite of what blocks it.' })
export class OverridePlacementCheckInput {
  @Field(() => ID, { description: 'Which saved check.' })
  checkId!: string;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What a saved check had found, without its words.' })
export class SavedPlacementGround {
  @Field(() => PlacementGroundCode, { description: 'What it was.' })
  code!: PlacementGroundCode;

  @Field(() => Boolean, { description: 'Whether it blocked.' })
  blocks!: boolean;

  @Field(() => Boolean, { description: 'Whether the law left no choice.' })
  isAbsolute!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'The day of which it was.' })
  asOf!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Something that a saved check had seen: no word of it.' })
export class SeenByPlacementCheck {
  @Field(() => SeenKind, { description: 'What it is.' })
  kind!: SeenKind;

  @Field(() => ID, { description: 'Which.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version that was seen; null of what has none.' })
  version!: number | null;

  @Field(() => String, { description: 'SHA-256 of it as it was seen, hexadecimal.' })
  hash!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Who went on in spite of what blocked, and why.' })
export class PlacementOverride {
  @Field(() => String, { description: 'The assistant director or nominated officer, by the name in their directory.' })
  by!: string;

  @Field(() => Date, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A placement check that the own borough saved: what was asked, found and seen, by whom and when.',
})
export class SavedPlacementCheck {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string;

  @Field(() => AgeBand, { description: 'The age that was asked about.' })
  ageBand!: AgeBand;

  @Field(() => PlacementType, { nullable: true, description: 'As what it was asked.' })
  placementType!: PlacementType | null;

  @Field(() => Boolean, { description: 'Whether it was an emergency.' })
  emergency!: boolean;

  @Field(() => String, { nullable: true, description: 'The own reference of the placement.' })
  reference!: string | null;

  @Field(() => String, { description: 'Who checked, by the name in their directory.' })
  checkedBy!: string;

  @Field(() => Date, { description: 'When.' })
  checkedAt!: Date;

  @Field(() => Boolean, { description: 'Whether nothing was known that blocked it.' })
  noKnownBlocks!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the placement can go on: nothing blocked it, or it was overridden.',
  })
  isComplete!: boolean;

  @Field(() => [SavedPlacementGround], { description: 'What it found.' })
  grounds!: SavedPlacementGround[];

  @Field(() => [SeenByPlacementCheck], { description: 'What it had seen.' })
  seen!: SeenByPlacementCheck[];

  @Field(() => PlacementOverride, {
    nullable: true,
    description: 'Who went on in spite of what blocked; null if nobody.',
  })
  override!: PlacementOverride | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A saved check beside the same check made today, under today’s rights.',
})
export class PlacementCheckSince {
  @Field(() => SavedPlacementCheck, { description: 'The saved one.' })
  saved!: SavedPlacementCheck;

  @Field(() => PlacementCheck, { description: 'The same, made today.' })
  now!: PlacementCheck;

  @Field(() => [SeenByPlacementCheck], {
    description: 'Of what it had seen, that which is otherwise today, or is no longer to be seen.',
  })
  changed!: SeenByPlacementCheck[];
}

@ObjectType({ simpleResolvers: true, description: 'An officer whom an assistant director nominated to override.' })
export class PlacementNomination {
  @Field(() => Principal, { nullable: true, description: 'Who.' })
  officer!: Principal | null;

  @Field(() => String, { description: 'By whom, by the name in their directory.' })
  nominatedBy!: string;

  @Field(() => CalendarDate, { description: 'On which day.' })
  nominatedOn!: string;
}
