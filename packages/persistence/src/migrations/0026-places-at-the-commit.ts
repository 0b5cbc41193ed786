import { Migration } from '@mikro-orm/migrations';

/** Events get their places at the commit: a role of its own may give them, and write for whom each is. */
export class Migration0026 extends Migration {
  override up(): void {
    this.addSql(`
create policy "sequencer_inserts" on "event_audience" for insert to "accord_sequencer" with check (true);
create policy "sequencer_places" on "outbox_event" for update to "accord_sequencer" using (position is null) with check (position is not null);
`);
  }
}
