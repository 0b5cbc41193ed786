import { Migration } from '@mikro-orm/migrations';

/** Bytes on their way to the store are noted too, to be removed unless their rows are kept. */
export class Migration0021 extends Migration {
  override up(): void {
    this.addSql(`alter table "removed_evidence" add "remove_from" timestamptz not null default now();`);
  }
}
