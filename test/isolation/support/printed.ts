import { extractText, getDocumentProxy } from 'unpdf';

/** A file as the API hands it out. */
export interface PrintedFile {
  readonly content: string;
  readonly isBase64: boolean;
}

/** What a file says to whoever reads it: of a PDF the text on its sheets. */
export async function textOf({ content, isBase64 }: PrintedFile): Promise<string> {
  if (!isBase64) return content;
  const document = await getDocumentProxy(new Uint8Array(Buffer.from(content, 'base64')));
  const { text } = await extractText(document, { mergePages: true });
  return text.replaceAll(/\s+/g, ' ');
}
