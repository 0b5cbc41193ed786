import { MOST_FILE_MEGABYTES, ReadPurpose, Upload, type UploadedFile } from '@accord/access';
import { FILE_TYPES } from '@accord/files';
import { Field, ID, InputType } from 'type-graphql';
import { MOST_FILES } from './figures.js';

@InputType({ description: 'A file that bears out an answer of the own organisation.' })
export class UploadDueDiligenceEvidenceInput {
  @Field(() => ID, { description: `Which answer; it has at most ${MOST_FILES} files.` })
  answerId!: string;

  @Field(() => Upload, {
    description: `A ${FILE_TYPES} of at most ${MOST_FILE_MEGABYTES} MB, with a name that ends as its kind does. It is kept as it is, with what a camera or an office wrote into it: take out first what others may not read, and any child’s or employee’s name.`,
  })
  file!: UploadedFile;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A file that the caller is about to read.' })
export class OpenDueDiligenceEvidenceInput {
  @Field(() => ID, { description: 'Which file.' })
  evidenceId!: string;

  @Field(() => ReadPurpose, { description: 'What for; whose answer it is reads it in their log.' })
  purpose!: ReadPurpose;

  @Field(() => String, { nullable: true, description: 'What to add to the purpose.' })
  note?: string | null;
}
