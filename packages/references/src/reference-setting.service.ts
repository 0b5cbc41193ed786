import { OrganisationKind, type Operation } from '@accord/access';
import { badInput } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { ReferenceSettingInput } from './reference.inputs.js';
import type { ReferenceSetting } from './reference.type.js';
import { REQUIRED_BY_DEFAULT } from './vocabulary.js';

const MOST_REQUIRED = 10;

/** What the caller's borough settled about references: asked, and two needed, unless it said otherwise. */
export class ReferenceSettingService {
  constructor(private readonly op: Operation) {}

  async setting(): Promise<ReferenceSetting> {
    await this.op.caller();
    const [row] = await execute<{ is_asked: boolean; required: number }>(
      this.op.em,
      'select is_asked, required from reference_setting',
    );
    return { isAsked: row?.is_asked ?? true, required: row?.required ?? REQUIRED_BY_DEFAULT };
  }

  async settle({ isAsked, required }: ReferenceSettingInput): Promise<ReferenceSetting> {
    const { tenantId, tenantKind } = await this.op.caller();
    if (tenantKind !== OrganisationKind.BOROUGH) throw badInput('input', 'References are between boroughs.');
    if (required < 0 || required > MOST_REQUIRED) throw badInput('input.required', `Give 0 to ${MOST_REQUIRED}.`);
    await execute(
      this.op.em,
      `insert into reference_setting (borough_id, is_asked, required) values (?, ?, ?)
       on conflict (borough_id) do update set is_asked = excluded.is_asked, required = excluded.required`,
      [tenantId, isAsked, required],
    );
    return this.setting();
  }
}
