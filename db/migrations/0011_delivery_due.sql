DROP INDEX "delivery_streams_behind";--> statement-breakpoint
CREATE INDEX "delivery_streams_flush" ON "delivery_streams" USING btree ("tenant_id",(next_seq + flush_events)) WHERE state = 'active' and flush_events is not null;--> statement-breakpoint
CREATE INDEX "delivery_streams_behind" ON "delivery_streams" USING btree ("tenant_id","next_seq","due_at") WHERE state = 'active';