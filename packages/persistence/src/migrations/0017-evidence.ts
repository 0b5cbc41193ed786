import { Migration } from '@mikro-orm/migrations';

/** That a file of evidence was opened is logged. */
export class Migration0017 extends Migration {
  override up(): void {
    this.addSql(`
drop policy "tenant_inserts" on "read_log_entry";
create policy "tenant_inserts" on "read_log_entry" for insert to "accord_gateway" with check (reader_tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and reader_id = (select nullif(current_setting('app.caller', true), '')::uuid)
       and (
         exists (select from sharing s where s.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
         or (kind = 'SEALED_COPY' and exists (
           select from relied_copy c where c.item_id = read_log_entry.item_id and c.owner_id = read_log_entry.owner_id))
         or (kind = 'FILE' and exists (
  select from due_diligence_evidence f join sharing s on s.id = f.answer_id where f.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id))
       ));
`);
  }
}
