import { CalendarDate, Upload, type UploadedFile } from '@accord/access';
import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A list of the homes that the own borough uses.' })
export class ImportUseFileInput {
  @Field(() => Upload, {
    description:
      'CSV in UTF-8. Columns: "Home id", "URN", or "Home" and "Postcode" say which; "Young people" how many; "As at" on which day. A last line "COMPLETE,12" says that it names every home in use, in 12 rows. No names of young people, no ages: a file with another column is refused.',
  })
  file!: UploadedFile;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day as of which the numbers hold, where the file has no column "As at".',
  })
  asAt?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only show what would change, and change nothing.' })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether a file that is whole may end more than half of the homes in use; without it such a file is refused.',
  })
  endsMany?: boolean | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
