import { describe, expect, it } from '@jest/globals';
import { typeOf } from './file-type.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

const PDF = bytes('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const PNG = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on\0\0\0\0IEND\xae\x42\x60\x82');
const JPEG = bytes('\xff\xd8\xff\xe0\0\x10JFIF and so on\xff\xd9');
const HEIC = bytes('\0\0\0\x18ftypheic\0\0\0\0mif1heic');

describe('a file', () => {
  it.each([
    ['certificate.pdf', PDF, 'application/pdf'],
    ['Gas.PDF', PDF, 'application/pdf'],
    ['boiler.jpg', JPEG, 'image/jpeg'],
    ['boiler.jpeg', Buffer.concat([JPEG, bytes('what a camera adds')]), 'image/jpeg'],
    ['plan.png', PNG, 'image/png'],
    ['IMG_1.HEIC', HEIC, 'image/heic'],
  ])('%s is taken for what its content shows', (name, content, mediaType) => {
    expect(typeOf('input.file', name, content).mediaType).toBe(mediaType);
  });

  it.each([
    ['is empty', 'certificate.pdf', Buffer.alloc(0), /empty/],
    ['is a page', 'certificate.pdf', bytes('<html><script>alert(1)</script></html>'), /no PDF, JPEG/],
    ['has a PDF further down', 'certificate.pdf', Buffer.concat([bytes('<html>'), PDF]), /no PDF, JPEG/],
    ['is a program', 'certificate.pdf', bytes('MZ'.padEnd(500, '\0')), /no PDF, JPEG/],
    ['is a drawing that can hold a script', 'plan.svg', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), /no PDF/],
    ['is an office document or a bomb of one', 'list.docx', bytes('PK\x03\x04[Content_Types].xml'), /no PDF, JPEG/],
    ['is an old office document', 'list.doc', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), /no PDF, JPEG/],
    ['is a film', 'film.heic', bytes('\0\0\0\x18ftypisom\0\0\0\0'), /no PDF, JPEG/],
    ['is a PDF cut off', 'certificate.pdf', PDF.subarray(0, 20), /PDF is not whole/],
    ['is a PNG cut off', 'plan.png', PNG.subarray(0, 20), /PNG is not whole/],
    ['is a PNG with something behind it', 'plan.png', Buffer.concat([PNG, PDF]), /PNG is not whole/],
    ['would open as a page', 'certificate.html', PDF, /ends in \.pdf/],
    ['would open as a program', 'certificate.pdf.exe', PDF, /ends in \.pdf/],
    ['says that it is another image', 'plan.png', JPEG, /ends in \.jpg or \.jpeg/],
    ['has no name but its ending', '.pdf', PDF, /ends in \.pdf/],
  ])('is refused where it %s', (_what, name, content, message) => {
    expect(() => typeOf('input.file', name, content)).toThrow(message);
  });
});
