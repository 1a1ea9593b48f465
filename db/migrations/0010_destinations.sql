CREATE TABLE "delivery_digests" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"object_key" text NOT NULL,
	"body" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"objects" integer NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"fail_message" text,
	"stored_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_digests_tenant_id_destination_id_number_pk" PRIMARY KEY("tenant_id","destination_id","number")
);
--> statement-breakpoint
CREATE TABLE "delivery_hours" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"sent_batches" integer DEFAULT 0 NOT NULL,
	"sent_events" bigint DEFAULT 0 NOT NULL,
	"failed_attempts" integer DEFAULT 0 NOT NULL,
	"dead_events" integer DEFAULT 0 NOT NULL,
	"behind" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "delivery_hours_tenant_id_destination_id_hour_pk" PRIMARY KEY("tenant_id","destination_id","hour")
);
--> statement-breakpoint
CREATE TABLE "delivery_replays" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"from_seq" bigint NOT NULL,
	"to_seq" bigint NOT NULL,
	"only_dead" boolean DEFAULT false NOT NULL,
	"next_seq" bigint NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"sent_events" bigint DEFAULT 0 NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_replays_tenant_id_destination_id_id_pk" PRIMARY KEY("tenant_id","destination_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery_skips" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"from_seq" bigint NOT NULL,
	"to_seq" bigint NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "delivery_skips_tenant_id_destination_id_from_seq_at_pk" PRIMARY KEY("tenant_id","destination_id","from_seq","at")
);
--> statement-breakpoint
DROP INDEX "delivery_batches_open";--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD COLUMN "request" text;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "masking" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "replay_id" uuid;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "object_key" text;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "previous_key" text;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "previous_sha256" "bytea";--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "ack_id" text;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "ack_deadline" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_dead" ADD COLUMN "resolved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "state_before" text;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "start_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "running_replays" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "every_seconds" integer;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "phase_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "flush_events" integer;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "breaker" text DEFAULT 'closed' NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "window_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "window_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "window_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "spaced_failures" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "spaced_failure_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "warnings" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "capabilities" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "secret_names" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "masking" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "companion_of" uuid;--> statement-breakpoint
ALTER TABLE "delivery_digests" ADD CONSTRAINT "delivery_digests_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_hours" ADD CONSTRAINT "delivery_hours_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_replays" ADD CONSTRAINT "delivery_replays_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_skips" ADD CONSTRAINT "delivery_skips_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_digests_due" ON "delivery_digests" USING btree ("due_at") WHERE state = 'planned';--> statement-breakpoint
CREATE INDEX "delivery_replays_running" ON "delivery_replays" USING btree ("tenant_id","destination_id","created_at") WHERE state = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_batches_planned" ON "delivery_batches" USING btree ("tenant_id","destination_id",coalesce("replay_id", '00000000-0000-0000-0000-000000000000')) WHERE state = 'planned';--> statement-breakpoint
CREATE INDEX "delivery_batches_awaiting" ON "delivery_batches" USING btree ("tenant_id","destination_id","first_seq") WHERE state = 'awaiting_ack';--> statement-breakpoint
CREATE INDEX "delivery_batches_settled" ON "delivery_batches" USING btree ("tenant_id","destination_id","settled_at");--> statement-breakpoint
ALTER TABLE "destinations" ADD COLUMN "pruned_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_attempts_answers" ON "delivery_attempts" USING btree ("tenant_id","last_seq","first_seq") WHERE answer is not null;--> statement-breakpoint
CREATE INDEX "delivery_dead_answers" ON "delivery_dead" USING btree ("tenant_id","destination_id","at") WHERE answer is not null;--> statement-breakpoint
CREATE INDEX "delivery_streams_troubled" ON "delivery_streams" USING btree ("tenant_id","destination_id") WHERE first_failure_at is not null or warnings <> 0;--> statement-breakpoint
CREATE INDEX "destinations_pruned" ON "destinations" USING btree ("pruned_at");--> statement-breakpoint
CREATE INDEX "delivery_streams_replaying" ON "delivery_streams" USING btree ("tenant_id","due_at") WHERE state = 'active' and running_replays > 0;
--> statement-breakpoint
-- Older streams: what they sent first, or where they stand. As the role that sees every tenant's: an owner without
-- inherited rights sees none.
SET LOCAL ROLE spoor_deliver;
--> statement-breakpoint
UPDATE delivery_streams s SET start_seq = least(s.next_seq, coalesce((
  SELECT min(b.first_seq) FROM delivery_batches b
  WHERE b.tenant_id = s.tenant_id AND b.destination_id = s.destination_id), s.next_seq));
--> statement-breakpoint
RESET ROLE;
--> statement-breakpoint
SELECT spoor_fence('delivery_digests'), spoor_fence('delivery_hours'), spoor_fence('delivery_replays'), spoor_fence('delivery_skips');
--> statement-breakpoint
-- app: people also replay, skip and set a stream's place. Whoever sets it takes the lease away, so that no runner sets it back.
GRANT SELECT ON delivery_digests, delivery_hours, delivery_replays, delivery_skips TO spoor_app;
--> statement-breakpoint
GRANT INSERT ON delivery_replays, delivery_skips TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (state, finished_at) ON delivery_replays TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (secret_names, masking) ON destinations TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (state_before, next_seq, lease_token, lease_until, running_replays, every_seconds, phase_seconds, flush_events, breaker,
  window_at, window_tries, window_failures, spaced_failures, spaced_failure_at, warnings, capabilities)
  ON delivery_streams TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (state, settled_at) ON delivery_batches TO spoor_app;
--> statement-breakpoint
-- deliver: sends replays, counts hours, stores digests; forgets what is old, and what was removed long ago.
CREATE POLICY deliver_every_tenant ON delivery_digests TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_hours TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_replays TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_skips TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
-- What deliver may delete is no more than what may be forgotten: all of a destination that nobody can bring back, and old history.
CREATE FUNCTION spoor_is_forgotten(tenant uuid, destination uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM destinations d
    WHERE d.tenant_id = tenant AND d.id = destination AND d.removed_at < now() - interval '30 days')
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION spoor_is_forgotten(uuid, uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION spoor_is_forgotten(uuid, uuid) TO spoor_deliver;
--> statement-breakpoint
CREATE POLICY deliver_forgets ON destinations FOR DELETE TO spoor_deliver USING (removed_at < now() - interval '30 days');
--> statement-breakpoint
CREATE POLICY deliver_forgets ON destination_filters FOR DELETE TO spoor_deliver
  USING (spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['delivery_streams', 'delivery_skips', 'delivery_dead'] LOOP
    EXECUTE format('CREATE POLICY deliver_forgets ON %I AS RESTRICTIVE FOR DELETE TO spoor_deliver USING (spoor_is_forgotten(tenant_id, destination_id))', kept);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY deliver_forgets ON delivery_attempts AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING (at < now() - interval '1 hour' OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_forgets ON delivery_batches AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING ((state NOT IN ('planned', 'awaiting_ack') AND settled_at < now() - interval '90 days')
    OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_forgets ON delivery_replays AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING ((state <> 'running' AND finished_at < now() - interval '90 days') OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_forgets ON delivery_hours AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING (hour < now() - interval '400 days' OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_forgets ON delivery_digests AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING (stored_at < now() - interval '400 days' OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_prunes ON destinations FOR UPDATE TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT UPDATE (pruned_at) ON destinations TO spoor_deliver;
--> statement-breakpoint
-- app: an erasure takes away what receivers said of the events; nobody puts other words into their mouths.
CREATE POLICY app_erases ON delivery_attempts AS RESTRICTIVE FOR UPDATE TO spoor_app USING (true) WITH CHECK (answer IS NULL);
--> statement-breakpoint
GRANT UPDATE (answer) ON delivery_attempts TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (last_answer) ON delivery_streams TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_digests, delivery_hours TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON delivery_replays TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, DELETE ON delivery_skips, delivery_attempts TO spoor_deliver;
--> statement-breakpoint
GRANT UPDATE, DELETE ON delivery_dead TO spoor_deliver;
--> statement-breakpoint
GRANT DELETE ON delivery_batches, delivery_streams, destination_filters, destinations TO spoor_deliver;
