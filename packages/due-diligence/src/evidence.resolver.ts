import type { Operation } from '@accord/access';
import { OpenedFile } from '@accord/files';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { DueDiligenceAnswer } from './due-diligence.type.js';
import { EvidenceRecord } from './evidence.entity.js';
import { OpenDueDiligenceEvidenceInput, UploadDueDiligenceEvidenceInput } from './evidence.inputs.js';
import { EvidenceService } from './evidence.service.js';

@ObjectType({ simpleResolvers: true, description: 'A file that was kept.' })
class DueDiligenceEvidencePayload {
  @Field(() => EvidenceRecord, { description: 'The file.' })
  evidence!: EvidenceRecord;
}

@ObjectType({ simpleResolvers: true, description: 'A file that may be fetched now.' })
class OpenedDueDiligenceEvidence extends OpenedFile {
  @Field(() => EvidenceRecord, { description: 'The file.' })
  evidence!: EvidenceRecord;
}

@Resolver(() => DueDiligenceAnswer)
export class DueDiligenceEvidenceResolver {
  @FieldResolver(() => [EvidenceRecord], { description: 'The files that bear it out.' })
  evidence(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<EvidenceRecord[]> {
    return op.get(DueDiligenceLoader).evidence.load(answer.id);
  }

  @Mutation(() => DueDiligenceEvidencePayload, {
    description:
      'Keeps a file beside an answer of the own organisation: all of it, or nothing. Sent as the GraphQL multipart request specification says.',
  })
  async uploadDueDiligenceEvidence(
    @Ctx() op: Operation,
    @Arg('input', () => UploadDueDiligenceEvidenceInput) input: UploadDueDiligenceEvidenceInput,
  ): Promise<DueDiligenceEvidencePayload> {
    return { evidence: await op.get(EvidenceService).upload(input) };
  }

  @Mutation(() => OpenedDueDiligenceEvidence, {
    description: 'Opens a file with a purpose, for one download. Whose answer it bears out finds it in the read log.',
  })
  openDueDiligenceEvidence(
    @Ctx() op: Operation,
    @Arg('input', () => OpenDueDiligenceEvidenceInput) input: OpenDueDiligenceEvidenceInput,
  ): Promise<OpenedDueDiligenceEvidence> {
    return op.get(EvidenceService).open(input);
  }
}
