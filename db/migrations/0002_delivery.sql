CREATE TABLE "delivery_attempts" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"trigger" text NOT NULL,
	"idempotency_key" text,
	"first_seq" bigint,
	"last_seq" bigint,
	"events" integer NOT NULL,
	"outcome" text NOT NULL,
	"status" smallint,
	"ms" integer NOT NULL,
	"message" text,
	"answer" text,
	"retry_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_attempts_tenant_id_destination_id_id_pk" PRIMARY KEY("tenant_id","destination_id","id")
);
--> statement-breakpoint
CREATE TABLE "delivery_batches" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"filter_version" integer NOT NULL,
	"format_version" integer NOT NULL,
	"format" jsonb NOT NULL,
	"events" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "delivery_batches_tenant_id_destination_id_idempotency_key_pk" PRIMARY KEY("tenant_id","destination_id","idempotency_key")
);
--> statement-breakpoint
CREATE TABLE "delivery_dead" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reason" text NOT NULL,
	"status" smallint,
	"answer" text,
	CONSTRAINT "delivery_dead_tenant_id_destination_id_seq_pk" PRIMARY KEY("tenant_id","destination_id","seq")
);
--> statement-breakpoint
CREATE TABLE "delivery_streams" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"reason" text,
	"next_seq" bigint NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"lease_token" uuid,
	"lease_until" timestamp (3) with time zone,
	"batch_limit" integer NOT NULL,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"first_failure_at" timestamp (3) with time zone,
	"dead_run" integer DEFAULT 0 NOT NULL,
	"sent_batches" bigint DEFAULT 0 NOT NULL,
	"sent_events" bigint DEFAULT 0 NOT NULL,
	"failed_attempts" bigint DEFAULT 0 NOT NULL,
	"dead_events" bigint DEFAULT 0 NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"fail_message" text,
	"last_status" smallint,
	"last_answer" text,
	CONSTRAINT "delivery_streams_tenant_id_destination_id_pk" PRIMARY KEY("tenant_id","destination_id")
);
--> statement-breakpoint
CREATE TABLE "destination_filters" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"from_seq" bigint NOT NULL,
	"filter" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "destination_filters_tenant_id_destination_id_version_pk" PRIMARY KEY("tenant_id","destination_id","version")
);
--> statement-breakpoint
CREATE TABLE "destinations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"config" jsonb NOT NULL,
	"secret_enc" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "destinations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD CONSTRAINT "delivery_batches_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_dead" ADD CONSTRAINT "delivery_dead_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD CONSTRAINT "delivery_streams_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "destination_filters" ADD CONSTRAINT "destination_filters_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "destinations" ADD CONSTRAINT "destinations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_attempts_latest" ON "delivery_attempts" USING btree ("tenant_id","destination_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_batches_open" ON "delivery_batches" USING btree ("tenant_id","destination_id") WHERE state = 'planned';--> statement-breakpoint
CREATE INDEX "delivery_dead_latest" ON "delivery_dead" USING btree ("tenant_id","destination_id","at");--> statement-breakpoint
CREATE INDEX "delivery_streams_behind" ON "delivery_streams" USING btree ("tenant_id","next_seq") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "delivery_streams_due" ON "delivery_streams" USING btree ("tenant_id","due_at") WHERE state = 'active';
--> statement-breakpoint
SELECT spoor_fence('destinations'), spoor_fence('destination_filters'), spoor_fence('delivery_streams'),
  spoor_fence('delivery_batches'), spoor_fence('delivery_attempts'), spoor_fence('delivery_dead');
--> statement-breakpoint
-- app: people configure, test, pause and look. What was sent is history, so nothing is deleted.
GRANT SELECT, INSERT ON destinations, destination_filters, delivery_streams, delivery_attempts TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (note, config, secret_enc, updated_at, removed_at) ON destinations TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (state, reason, due_at, batch_limit, consecutive_failures, first_failure_at, dead_run)
  ON delivery_streams TO spoor_app;
--> statement-breakpoint
GRANT SELECT ON delivery_batches, delivery_dead TO spoor_app;
--> statement-breakpoint
-- deliver: every tenant's streams, but no configuration of them.
CREATE POLICY deliver_every_tenant ON destinations FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON destination_filters FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_streams TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_batches TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_attempts TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON delivery_dead TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT ON destinations, destination_filters TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, UPDATE ON delivery_streams TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON delivery_batches TO spoor_deliver;
--> statement-breakpoint
GRANT INSERT ON delivery_attempts TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, INSERT ON delivery_dead TO spoor_deliver;
