import { Migration } from '@mikro-orm/migrations';

export class Migration0009 extends Migration {
  override up(): void {
    this.addSql(`
drop policy "tenant_inserts" on "outbox_event";
create policy "tenant_inserts" on "outbox_event" for insert to "accord_gateway" with check (owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid) and (case when sharing_id is null
  then exists (select from organisation me where me.id = (select nullif(current_setting('app.tenant', true), '')::uuid) and me.kind = 'ALLIANCE')
  else exists (select from sharing s where s.id = outbox_event.sharing_id and s.owner_id = (select nullif(current_setting('app.tenant', true), '')::uuid)) end or (kind = 'ACCESS_REQUESTED' and exists (
  select from access_request r where r.id = outbox_event.id and r.requester_id = (select nullif(current_setting('app.tenant', true), '')::uuid)
    and case when r.through_alliance
      then outbox_event.sharing_id is null and outbox_event.provider_id is null and outbox_event.home_id is null
        and outbox_event.recipients = array(select o.id from organisation o where o.kind = 'ALLIANCE')
      else outbox_event.sharing_id = r.item_id and outbox_event.recipients = array[r.owner_id] end))));
`);
  }
}
