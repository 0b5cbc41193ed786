import { Upload, type UploadedFile } from '@accord/access';
import { PlacementType } from '@accord/providers';
import { Field, InputType, Int } from 'type-graphql';
import type { ReturnLine } from './return-line.js';

const MONTH = 'Of which month, YYYY-MM: one that is over, and not two years ago.';
const VERSION = 'The version that is to be replaced; left out where there is none yet.';

@InputType({ description: 'The searches of a month for one placement type, in numbers.' })
export class PlacementReturnLineInput implements ReturnLine {
  @Field(() => PlacementType, { description: 'What was sought; once in a return.' })
  placementType!: PlacementType;

  @Field(() => Int, { description: 'How many packages were put out.' })
  sought!: number;

  @Field(() => Int, { description: 'For how many of them a placement was found.' })
  matched!: number;

  @Field(() => Int, {
    description: 'What those that were found cost a week as agreed, in whole pounds; 0 where nothing is paid for them.',
  })
  weeklySpend!: number;
}

@InputType({ description: 'The own borough’s placement searches of a month, all of them.' })
export class GivePlacementReturnInput {
  @Field(() => String, { description: MONTH })
  month!: string;

  @Field(() => [PlacementReturnLineInput], {
    description:
      'By placement type; those of which nothing was sought may be left out. They replace what was given before.',
  })
  lines!: PlacementReturnLineInput[];

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}

@InputType({ description: 'The own borough’s placement searches of a month, as a file.' })
export class ImportPlacementReturnInput {
  @Field(() => String, { description: MONTH })
  month!: string;

  @Field(() => Upload, {
    description:
      'CSV in UTF-8 with the columns "Placement type" (as in PlacementType, or in words), "Sought", "Matched" and "Weekly spend", a row for each type. No names, no ages: a file with another column is refused.',
  })
  file!: UploadedFile;

  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null;
}
