import type { Operation } from '@accord/access';
import { array, readPlain } from '@accord/persistence';
import DataLoader from 'dataloader';
import { FormItem, FormTemplate } from './form.entity.js';

/** Forms and their items, for all of one operation at once. */
export class FormLoader {
  readonly template = new DataLoader<string, FormTemplate | null>(async (ids) => {
    const rows = await readPlain(this.op.em, FormTemplate, 'where e.id = any(?::uuid[])', [array(ids)]);
    return ids.map((id) => rows.find((row) => row.id === id) ?? null);
  });

  readonly items = new DataLoader<string, FormItem[]>(async (ids) => {
    const rows = await readPlain(this.op.em, FormItem, 'where e.template_id = any(?::uuid[]) order by e.position', [
      array(ids),
    ]);
    return ids.map((id) => rows.filter((row) => row.templateId === id));
  });

  constructor(private readonly op: Operation) {}

  /** The newest version of each form. */
  newest(): Promise<FormTemplate[]> {
    return readPlain(
      this.op.em,
      FormTemplate,
      `where not exists (select from form_template later where later.code = e.code and later.version > e.version)
       order by e.code`,
      [],
    );
  }

  /** The newest version of one form; there is none of a code that nobody has published. */
  async newestOf(code: string): Promise<FormTemplate | undefined> {
    const [row] = await readPlain(this.op.em, FormTemplate, 'where e.code = ? order by e.version desc limit 1', [code]);
    return row;
  }
}
