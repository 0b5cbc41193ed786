import { ExportFile, ExportFormat, ReadPurpose, type Operation } from '@accord/access';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { IntelligenceExportService } from './intelligence-export.service.js';
import { IntelligenceFilter } from './intelligence.inputs.js';
import { IntelligenceItem } from './intelligence.type.js';

@InputType({ description: 'Intelligence to be handed out.' })
export class ExportIntelligenceInput {
  @Field(() => IntelligenceFilter, { nullable: true, description: 'Which; all that the caller sees unless given.' })
  filter?: IntelligenceFilter | null;

  @Field(() => ExportFormat, { description: 'How it is written.' })
  format!: ExportFormat;

  @Field(() => ReadPurpose, { description: 'What for; the owners of others’ items see it in their read logs.' })
  purpose!: ReadPurpose;

  @Field(() => String, { nullable: true, description: 'More about the purpose.' })
  note?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'An export.' })
class ExportPayload {
  @Field(() => ExportFile, { description: 'The file.' })
  file!: ExportFile;
}

@Resolver(() => IntelligenceItem)
export class IntelligenceExportResolver {
  @Mutation(() => ExportPayload, {
    description:
      'Intelligence with its detail, to be handed out; each row has its markings and conditions. An act with a purpose, logged before it leaves. What came from the police is never in it.',
  })
  async exportIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => ExportIntelligenceInput) input: ExportIntelligenceInput,
  ): Promise<ExportPayload> {
    return { file: await op.get(IntelligenceExportService).export(input) };
  }
}
