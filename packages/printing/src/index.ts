export { htmlOf } from './html.js';
export type { Page, PagePart, Question } from './page.js';
export { pdfOf } from './pdf.js';
