import type { MigrationObject } from '@mikro-orm/core';
import { Migration0001 } from './0001-initial.js';
import { Migration0002 } from './0002-accreditation.js';
import { Migration0003 } from './0003-audience-views.js';
import { Migration0004 } from './0004-import.js';
import { Migration0005 } from './0005-merge.js';
import { Migration0006 } from './0006-acknowledged.js';
import { Migration0007 } from './0007-agreements.js';
import { Migration0008 } from './0008-intelligence.js';
import { Migration0009 } from './0009-access-requests.js';
import { Migration0010 } from './0010-audience-by-row.js';
import { Migration0011 } from './0011-due-diligence.js';
import { Migration0012 } from './0012-monitoring.js';
import { Migration0013 } from './0013-holds-references.js';
import { Migration0014 } from './0014-day-one.js';
import { Migration0015 } from './0015-schedule.js';
import { Migration0016 } from './0016-placement-check.js';
import { Migration0017 } from './0017-evidence.js';
import { Migration0018 } from './0018-record-keeping.js';
import { Migration0019 } from './0019-reports.js';
import { Migration0020 } from './0020-removed-evidence.js';
import { Migration0021 } from './0021-evidence-under-way.js';

/** In order; a migration that has landed is never changed. */
export const MIGRATIONS: MigrationObject[] = [
  { name: '0001-initial', class: Migration0001 },
  { name: '0002-accreditation', class: Migration0002 },
  { name: '0003-audience-views', class: Migration0003 },
  { name: '0004-import', class: Migration0004 },
  { name: '0005-merge', class: Migration0005 },
  { name: '0006-acknowledged', class: Migration0006 },
  { name: '0007-agreements', class: Migration0007 },
  { name: '0008-intelligence', class: Migration0008 },
  { name: '0009-access-requests', class: Migration0009 },
  { name: '0010-audience-by-row', class: Migration0010 },
  { name: '0011-due-diligence', class: Migration0011 },
  { name: '0012-monitoring', class: Migration0012 },
  { name: '0013-holds-references', class: Migration0013 },
  { name: '0014-day-one', class: Migration0014 },
  { name: '0015-schedule', class: Migration0015 },
  { name: '0016-placement-check', class: Migration0016 },
  { name: '0017-evidence', class: Migration0017 },
  { name: '0018-record-keeping', class: Migration0018 },
  { name: '0019-reports', class: Migration0019 },
  { name: '0020-removed-evidence', class: Migration0020 },
  { name: '0021-evidence-under-way', class: Migration0021 },
];
