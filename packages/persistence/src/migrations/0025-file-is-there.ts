import { Migration } from '@mikro-orm/migrations';

/** What the read log asks of files stands in a function, and not in each of its rows' policy. */
export class Migration0025 extends Migration {
  override up(): void {
    this.addSql(`
create function file_is_there(file uuid, owner uuid) returns boolean stable language plpgsql as $$
begin
  return exists (select from due_diligence_evidence f join sharing s on s.id = f.answer_id
      where f.id = file and s.owner_id = owner)
    or exists (select from visitor_photo f where f.id = file and f.owner_id = owner);
end
$$;
drop policy "tenant_inserts" on "read_log_entry";
create policy "tenant_inserts" on "read_log_entry" for insert to "accord_gateway" with check (reader_tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and reader_id = (select nullif(current_setting('app.caller', true), '')::uuid)
       and (
         exists (select from sharing s where s.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
         or (kind = 'SEALED_COPY' and exists (
           select from relied_copy c where c.item_id = read_log_entry.item_id and c.owner_id = read_log_entry.owner_id))
         or (kind = 'FILE' and file_is_there(item_id, owner_id))
       ));
`);
  }
}
