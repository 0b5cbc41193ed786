import { Migration } from '@mikro-orm/migrations';

export class Migration0006 extends Migration {
  override up(): void {
    this.addSql(`
create policy "audience_reads_ids" on "flag_acknowledgement" for select to "accord_audience" using (true);
`);
  }
}
