import { ReadPurpose, Upload, type UploadedFile } from '@accord/access';
import { Field, ID, InputType } from 'type-graphql';
import { MOST_EVIDENCE_BYTES, MOST_FILES } from './figures.js';

@InputType({ description: 'A file that bears out an answer of the own organisation.' })
export class UploadDueDiligenceEvidenceInput {
  @Field(() => ID, { description: `Which answer; it has at most ${MOST_FILES} files.` })
  answerId!: string;

  @Field(() => Upload, {
    description: `A PDF, JPEG, PNG or HEIC of at most ${MOST_EVIDENCE_BYTES / 1_000_000} MB, without a child’s or an employee’s name in what it is called.`,
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
