import { Operation, type Runtime } from '@accord/access';
import { BucketStore, EvidenceService, FolderStore, notScanned, scannerAt } from '@accord/due-diligence';
import { unauthenticated, type Config } from '@accord/kernel';
import type { FastifyInstance } from 'fastify';

/** Where evidence is kept and what looks through it, as the configuration says; null where it names no place. */
export function evidenceOf(config: EvidenceConfig): Runtime['evidence'] {
  const scan = config.EVIDENCE_SCAN_URL === undefined ? notScanned : scannerAt(config.EVIDENCE_SCAN_URL);
  if (config.EVIDENCE_S3_ENDPOINT === undefined)
    return config.EVIDENCE_FOLDER === undefined ? null : { store: new FolderStore(config.EVIDENCE_FOLDER), scan };
  const store = new BucketStore({
    endpoint: config.EVIDENCE_S3_ENDPOINT,
    bucket: config.EVIDENCE_S3_BUCKET,
    region: config.EVIDENCE_S3_REGION,
    accessKeyId: config.EVIDENCE_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: config.EVIDENCE_S3_SECRET_ACCESS_KEY ?? '',
  });
  return { store, scan };
}

export type EvidenceConfig = Pick<
  Config,
  | 'EVIDENCE_FOLDER'
  | 'EVIDENCE_SCAN_URL'
  | 'EVIDENCE_S3_ENDPOINT'
  | 'EVIDENCE_S3_BUCKET'
  | 'EVIDENCE_S3_REGION'
  | 'EVIDENCE_S3_ACCESS_KEY_ID'
  | 'EVIDENCE_S3_SECRET_ACCESS_KEY'
>;

/** The bytes of files that a caller has opened: to that caller alone, under the rights of the moment. */
export function serveEvidence(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { ticket: string } }>('/evidence/:ticket', async ({ params, credential, id }, reply) => {
    if (!credential) throw unauthenticated();
    const op = new Operation(runtime, credential, 'read', id);
    try {
      const { evidence, content } = await op.get(EvidenceService).fetch(params.ticket);
      return await reply
        .type(evidence.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(evidence.fileName)}`)
        .send(content);
    } finally {
      await op.rollback();
    }
  });
}
