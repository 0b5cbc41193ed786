import { Migration } from '@mikro-orm/migrations';

export class Migration0013 extends Migration {
  override up(): void {
    this.addSql(`
create table "placement_hold" ("id" uuid not null, "kind" text not null, "starts_on" date not null, "review_on" date not null, "reason" text not null, "reviewed_on" date null, "review_note" text null, "lifted_on" date null, "lift_reason" text null, "version" int not null default 1, "decided_at" timestamptz not null, primary key ("id"));
alter table "placement_hold" add constraint "placement_hold_reviewed_with_note" check ((reviewed_on is null) = (review_note is null));
alter table "placement_hold" add constraint "placement_hold_lifted_with_reason" check ((lifted_on is null) = (lift_reason is null));
alter table "placement_hold" enable row level security;
create policy "tenant_reads" on "placement_hold" for select to "accord_gateway", "accord_worker" using (exists (select from known_to_caller k where k.id = placement_hold.id));
create policy "tenant_inserts" on "placement_hold" for insert to "accord_gateway" with check (exists (select from owned_by_caller k where k.id = placement_hold.id));
create policy "tenant_updates" on "placement_hold" for update to "accord_gateway" using (exists (select from owned_by_caller k where k.id = placement_hold.id)) with check (exists (select from owned_by_caller k where k.id = placement_hold.id));
create policy "audience_reads_ids" on "placement_hold" for select to "accord_audience" using (true);
`);
  }
}
