CREATE TABLE "log_scrub_erasures" (
	"tenant_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"erased" integer NOT NULL,
	"pointers" text[] DEFAULT '{}' NOT NULL,
	"head_seq" bigint NOT NULL,
	CONSTRAINT "log_scrub_erasures_tenant_id_seq_pk" PRIMARY KEY("tenant_id","seq")
);
--> statement-breakpoint
CREATE TABLE "log_scrubs" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"visited_at" timestamp (3) with time zone,
	"leased_until" timestamp (3) with time zone,
	"pass_started_at" timestamp (3) with time zone,
	"next_seq" bigint DEFAULT 0 NOT NULL,
	"pass_events" bigint DEFAULT 0 NOT NULL,
	"latest_received_at" timestamp (3) with time zone,
	"retained_seq" bigint DEFAULT 0 NOT NULL,
	"first_seq" bigint DEFAULT 0 NOT NULL,
	"first_head_seq" bigint DEFAULT 0 NOT NULL,
	"last_started_at" timestamp (3) with time zone,
	"last_finished_at" timestamp (3) with time zone,
	"last_events" bigint DEFAULT 0 NOT NULL,
	"verified_seq" bigint DEFAULT 0 NOT NULL,
	"events_per_second" real,
	"seen" jsonb,
	"failures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"unlisted" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_scrubs" ADD CONSTRAINT "log_scrubs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
SELECT spoor_fence('log_scrubs'), spoor_fence('log_scrub_erasures');
--> statement-breakpoint
GRANT SELECT ON log_scrubs, log_scrub_erasures TO spoor_app;
--> statement-breakpoint
-- scrub: reads everything that a log is made of, and writes only what it found.
DO $$
BEGIN
  BEGIN
    CREATE ROLE spoor_scrub NOLOGIN NOBYPASSRLS;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'The login % may not create the role spoor_scrub. As an administrator run: CREATE ROLE spoor_scrub NOLOGIN; GRANT spoor_scrub TO %;',
        current_user, current_user;
  END;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT spoor_scrub TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
DO $$
DECLARE fenced text;
BEGIN
  FOREACH fenced IN ARRAY ARRAY['events', 'trail_heads', 'logs', 'log_heads', 'log_tiles', 'log_checkpoints', 'log_keys',
    'clock_keys', 'anchor_entries'] LOOP
    EXECUTE format('CREATE POLICY scrub_every_tenant ON %I FOR SELECT TO spoor_scrub USING (true)', fenced);
    EXECUTE format('GRANT SELECT ON %I TO spoor_scrub', fenced);
  END LOOP;
  FOREACH fenced IN ARRAY ARRAY['log_scrubs', 'log_scrub_erasures'] LOOP
    EXECUTE format('CREATE POLICY scrub_every_tenant ON %I TO spoor_scrub USING (true) WITH CHECK (true)', fenced);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON log_scrubs TO spoor_scrub;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON log_scrub_erasures TO spoor_scrub;
