ALTER TABLE "delivery_batches" ADD COLUMN "may_have_arrived" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_batches_replaced" ON "delivery_batches" USING btree ("tenant_id","destination_id","first_seq") WHERE state = 'replaced' and object_key is not null;--> statement-breakpoint
-- Of what waits from before nobody knows. As the role that sees every tenant's.
SET LOCAL ROLE spoor_deliver;
--> statement-breakpoint
UPDATE delivery_batches SET may_have_arrived = true WHERE state IN ('planned', 'awaiting_ack');
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
-- app: whoever takes a lease away, also leaves in the open what was being sent.
GRANT UPDATE (may_have_arrived) ON delivery_batches TO spoor_app;
