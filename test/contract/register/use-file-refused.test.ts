import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestAccord, type TestClient } from '@accord/testkit';
import pg from 'pg';
import { COPPERBEECH, csv, footprint, HEADER, LODGE, row, send } from '../support/use-file.js';

let accord: TestAccord;
let superuser: pg.Client;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
  await superuser.connect();
  brent = await accord.as('brent-placements');
});
afterAll(async () => {
  await superuser.end();
  await accord.stop();
});

describe('what is refused whole leaves nothing, and says what to do', () => {
  it.each<[string, () => string | Buffer, RegExp]>([
    ['another file', () => csv('Name,Age', 'x,1'), /no list of the homes that a borough uses/],
    [
      'a file with a column of people',
      () => csv(`${HEADER},Name of child`, `${row(COPPERBEECH, 1)},x`),
      /does not take column 7.*no ages/,
    ],
    [
      'a file that does not say which homes',
      () => csv('Young people,As at', '1,20/11/2026'),
      /does not say which homes/,
    ],
    ['a workbook', () => Buffer.from('PK\u0003\u0004 workbook', 'latin1'), /spreadsheet program’s own file/],
    ['a PDF', () => '%PDF-1.7 and so on', /This is a PDF/],
    ['a web page', () => '<!doctype html><title>Sign in</title>', /web page/],
    ['a compressed bomb', () => gzipSync(Buffer.alloc(5_000_000)), /compressed/],
    ['a bomb of lines', () => `${HEADER}\n${'\n'.repeat(6_000)}`, /more than 5,000 rows/],
    ['a bomb of cells', () => `${HEADER}\n${','.repeat(900_000)}`, /it does not end/],
    ['more than a list can have', () => `${HEADER}\n${`${'x'.repeat(60_000)}\n`.repeat(20)}`, /more than 1 MB/],
    [
      'another encoding',
      () => Buffer.from(csv(HEADER, ',Caf\u00e9,ZZ1 1AA,,1,20/11/2026'), 'latin1'),
      /not text in UTF-8/,
    ],
    ['UTF-16', () => Buffer.from(csv(HEADER, row(COPPERBEECH, 1)), 'utf16le'), /not text in UTF-8/],
    ['one cut off in a row', () => `${HEADER}\n${row(COPPERBEECH, 1)}\n,,,${LODGE.slice(0, 9)}`, /was cut off/],
    ['one cut off in a quotation', () => `${HEADER}\n,"Copperb`, /never closed/],
    [
      'a whole one that lost a row',
      () => csv(HEADER, row(COPPERBEECH, 1), 'COMPLETE,2'),
      /says that it has 2 rows, and has 1/,
    ],
    ['one that goes on after its end', () => csv(HEADER, 'COMPLETE,0', row(COPPERBEECH, 1)), /which is the last/],
    ['one with semicolons', () => csv(HEADER.replaceAll(',', ';'), ';;;;1;'), /separated by semicolons/],
    ['one without a row', () => csv(HEADER), /no row below it/],
    ['an empty one', () => '', /is empty/],
    ['one that does not say of which day', () => csv('Home id,Young people', `${COPPERBEECH},1`), /no column "As at"/],
    ['one of a day to come', () => csv(HEADER, row(COPPERBEECH, 1, '01/01/2099')), /which is to come/],
  ])('%s', async (_what, content, message) => {
    const before = await footprint(accord, superuser);
    const { data, errors } = await send(brent, content());
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', path: expect.any(String) } },
    ]);
    expect(data?.importUseFile ?? null).toBeNull();
    expect(await footprint(accord, superuser)).toEqual(before);
  });

  it('a day that is not the file’s', async () => {
    const { errors } = await send(brent, csv(HEADER, row(COPPERBEECH, 1)), { asAt: '2026-11-19' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.asAt' });
  });

  it('the list of whoever may not, or has no homes in use', async () => {
    const content = csv(HEADER, row(COPPERBEECH, 1));
    const before = await footprint(accord, superuser);
    for (const persona of ['brent-practitioner', 'brent-director', 'brent-ig', 'brent-dashboard', 'alliance-admin'])
      expect((await send(await accord.as(persona), content)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await send(accord.with('Bearer nobody'), content)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await footprint(accord, superuser)).toEqual(before);
  });
});
