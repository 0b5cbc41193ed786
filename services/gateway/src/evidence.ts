import { Operation, type Runtime } from '@accord/access';
import {
  BucketStore,
  EvidenceOpening,
  EvidenceService,
  FolderStore,
  type EvidenceRecord,
  type EvidenceStore,
} from '@accord/due-diligence';
import { unauthenticated, type Config } from '@accord/kernel';
import type { FastifyInstance } from 'fastify';

/** Where evidence is kept, as the configuration says; null where it names no place. */
export function evidenceStore(config: Config): EvidenceStore | null {
  const { EVIDENCE_FOLDER: folder, EVIDENCE_S3_ENDPOINT: endpoint } = config;
  if (endpoint === undefined) return folder === undefined ? null : new FolderStore(folder);
  return new BucketStore({
    endpoint,
    bucket: config.EVIDENCE_S3_BUCKET,
    region: config.EVIDENCE_S3_REGION,
    accessKeyId: config.EVIDENCE_S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: config.EVIDENCE_S3_SECRET_ACCESS_KEY ?? '',
  });
}

/** The bytes of files that a caller has opened: to that caller alone, once, under the rights of the moment. */
export function serveEvidence(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { ticket: string } }>(
    '/evidence/:ticket',
    // A look at the headers would use the ticket up.
    { exposeHeadRoute: false },
    async ({ params, credential, id }, reply) => {
      if (!credential) throw unauthenticated();
      const op = new Operation(runtime, credential, 'write', id);
      const evidence = await redeemed(op, params.ticket);
      const content = await op.get(EvidenceService).content(evidence);
      return reply
        .type(evidence.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encoded(evidence.fileName)}`)
        .send(content);
    },
  );
}

/** That the ticket is used is kept before the first byte leaves, and nothing is held while they do. */
async function redeemed(op: Operation, ticket: string): Promise<EvidenceRecord> {
  try {
    const evidence = await op.get(EvidenceOpening).redeem(ticket);
    await op.commit();
    return evidence;
  } catch (error) {
    await op.rollback();
    throw error;
  }
}

/** As RFC 8187 wants a name in a header: these are no letters of it, though `encodeURIComponent` leaves them. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
