import { newId } from '@accord/kernel';
import type { Answer, TestClient } from '@accord/testkit';
import { newAnswer } from './due-diligence-rows.js';
import type { Scene } from './scene.js';
import { everyField } from './selection.js';

/** The smallest that a reader takes for a PDF. */
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

export const pdf = (): File => new File([PDF], 'certificate.pdf');

export const EVIDENCE = everyField('DueDiligenceEvidence');
export const UPLOAD_EVIDENCE = `mutation($input: UploadDueDiligenceEvidenceInput!) {
  uploadDueDiligenceEvidence(input: $input) { evidence { ${EVIDENCE} } }
}`;
export const OPEN_EVIDENCE = `mutation($input: OpenDueDiligenceEvidenceInput!) {
  openDueDiligenceEvidence(input: $input) { url expiresAt evidence { id } }
}`;

export interface Uploaded {
  readonly uploadDueDiligenceEvidence: { readonly evidence: { readonly id: string; readonly fileName: string } } | null;
}

export interface Opened {
  readonly openDueDiligenceEvidence: { readonly url: string; readonly expiresAt: string } | null;
}

/** Sends a file as a client does. */
export const upload = (
  client: TestClient,
  answerId: string,
  file: File = pdf(),
  idempotencyKey = newId(),
): Promise<Answer<Uploaded>> => client.send<Uploaded>(UPLOAD_EVIDENCE, { input: { answerId, file, idempotencyKey } });

/** A file of Brent's, kept. @returns its id and its answer's. */
export async function keptFile(scene: Scene, file?: File): Promise<{ id: string; answerId: string; fileName: string }> {
  const answerId = await newAnswer(scene);
  const { data, errors } = await upload(await scene.caller('brent-placements'), answerId, file);
  const evidence = data?.uploadDueDiligenceEvidence?.evidence;
  if (!evidence) throw new Error(`The file was refused: ${JSON.stringify(errors)}`);
  return { ...evidence, answerId };
}

export async function open(client: TestClient, evidenceId: string): Promise<Answer<Opened>> {
  return client.send<Opened>(OPEN_EVIDENCE, { input: { evidenceId, purpose: 'PLACEMENT_DECISION', note: 'Tonight' } });
}

/** Where an opened file is fetched. */
export async function openedUrl(client: TestClient, evidenceId: string): Promise<string> {
  const { data, errors } = await open(client, evidenceId);
  const url = data?.openDueDiligenceEvidence?.url;
  if (url === undefined) throw new Error(`The file was not opened: ${JSON.stringify(errors)}`);
  return url;
}

/** Fetches as somebody, or as nobody. */
export const fetchFile = ({ url, authorization }: TestClient, path: string): Promise<Response> =>
  fetch(url + path, { headers: { ...(authorization !== undefined && { authorization }) } });
