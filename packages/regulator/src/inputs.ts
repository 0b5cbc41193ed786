import { CalendarDate, Upload, type UploadedFile } from '@accord/access';
import type { OfstedColumn } from '@accord/providers';
import { Field, ID, InputType } from 'type-graphql';
import { REGULATOR_COLUMN, RegulatorNoticeKind } from './vocabulary.js';

@InputType({ description: 'What a column means that no file had before.' })
export class RegulatorColumnInput {
  @Field(() => String, { description: 'The column’s name, as the file’s header has it.' })
  name!: string;

  @Field(() => REGULATOR_COLUMN, { nullable: true, description: 'What it means; left out where it is passed over.' })
  meaning?: OfstedColumn | null;
}

@InputType({ description: 'A file of the regulator’s.' })
export class ImportRegulatorFileInput {
  @Field(() => Upload, {
    description: 'Ofsted’s "Children’s social care data in England: provider level in year", as CSV from GOV.UK.',
  })
  file!: UploadedFile;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The day as of which the file tells, such as 2024-03-31. Left out where its title says so, as those since 2022-23 do.',
  })
  asAt?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Only show what would change, and write nothing.' })
  dryRun?: boolean | null;

  @Field(() => [RegulatorColumnInput], {
    nullable: true,
    description: 'What columns mean that no year had before; without it such a file is refused.',
  })
  columns?: RegulatorColumnInput[] | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A notification of the regulator’s, as every local authority gets it.' })
export class RecordRegulatorNoticeInput {
  @Field(() => ID, { description: 'About which registration.' })
  registrationId!: string;

  @Field(() => RegulatorNoticeKind, { description: 'What was decided.' })
  kind!: RegulatorNoticeKind;

  @Field(() => CalendarDate, { description: 'The day of the notification.' })
  notifiedOn!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'From which day it holds; from the day of the notification unless given.',
  })
  takesEffectOn?: string | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
