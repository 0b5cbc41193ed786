import { describe, expect, it } from '@jest/globals';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { htmlOf, pdfOf, type Page } from './index.js';

const PAGE: Page = {
  marking: 'OFFICIAL-SENSITIVE',
  title: 'Tŷ Gwyn & “The <b>Lodge</b>”',
  parts: [
    { kind: 'text', text: 'First line\nsecond line' },
    { kind: 'list', heading: 'Findings', lines: ['<img src=x onerror=alert(1)>'] },
    {
      kind: 'questions',
      heading: 'Paperwork',
      questions: [
        { label: 'Name', note: 'stays in the borough', said: ['Łucja'] },
        { label: 'Last reviewed', note: null, said: [] },
      ],
    },
    { kind: 'facts', heading: 'What was asked', rows: [['Home', 'file:///etc/passwd']] },
    { kind: 'table', heading: 'Seen', columns: ['What', 'Hash'], rows: [['flag', 'a1'.repeat(32)]] },
    { kind: 'table', heading: 'Nothing', columns: ['What', 'Hash'], rows: [] },
  ],
};

const read = async (page: Page) => {
  const document = await getDocumentProxy(new Uint8Array(await pdfOf(page)));
  const { text, totalPages } = await extractText(document, { mergePages: false });
  return { text, totalPages, meta: await getMeta(document) };
};

describe('a page to be printed', () => {
  it('says the same as HTML and as PDF', async () => {
    const html = htmlOf(PAGE);
    const { text } = await read(PAGE);
    const pdf = text.join(' ');
    for (const words of ['First line', 'second line', 'Findings', 'Łucja', 'stays in the borough', 'Last reviewed']) {
      expect(html).toContain(words);
      expect(pdf).toContain(words);
    }
    expect(pdf).toContain('Tŷ Gwyn & “The <b>Lodge</b>”');
    expect(pdf.replaceAll(/\s/g, '')).toContain('a1'.repeat(32));
  });

  it('takes what people wrote as text', async () => {
    const html = htmlOf(PAGE);
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toMatch(/<(img|b)\b/);
    const { text } = await read(PAGE);
    expect(text.join(' ')).toContain('<img src=x onerror=alert(1)>');
    expect(text.join(' ')).toContain('file:///etc/passwd');
  });

  it('has its marking on each sheet, a title and a language', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `Line ${index}`);
    const { text, totalPages, meta } = await read({ ...PAGE, parts: [{ kind: 'list', heading: 'Many', lines }] });
    expect(totalPages).toBeGreaterThan(2);
    for (const [index, sheet] of text.entries()) {
      expect(sheet.match(/OFFICIAL-SENSITIVE/g)).toHaveLength(2);
      expect(sheet).toContain(`${index + 1} of ${totalPages}`);
    }
    expect(meta.info).toMatchObject({ Title: `OFFICIAL-SENSITIVE: ${PAGE.title}`, Language: 'en-GB' });
  });
});
