CREATE TABLE "line_table_versions" (
	"tenant_id" uuid NOT NULL,
	"table_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"rows" integer NOT NULL,
	"sha256" "bytea" NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "line_table_versions_tenant_id_table_id_version_pk" PRIMARY KEY("tenant_id","table_id","version")
);
--> statement-breakpoint
CREATE TABLE "line_tables" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "line_tables_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "line_versions" (
	"tenant_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "line_versions_tenant_id_line_id_version_pk" PRIMARY KEY("tenant_id","line_id","version")
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "lines_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "collection_rejects" (
	"tenant_id" uuid NOT NULL,
	"silo_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"line" bigint NOT NULL,
	"run_id" uuid NOT NULL,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"column_name" text,
	"value" text,
	"raw" text,
	"state" text DEFAULT 'open' NOT NULL,
	"rejected_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "collection_rejects_tenant_id_file_id_line_pk" PRIMARY KEY("tenant_id","file_id","line")
);
--> statement-breakpoint
CREATE TABLE "collection_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"silo_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"execution_id" uuid,
	"place" smallint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"cancelled_by" text,
	"versions" jsonb,
	"files" integer DEFAULT 0 NOT NULL,
	"failed_files" integer DEFAULT 0 NOT NULL,
	"file_id" uuid,
	"total_bytes" bigint DEFAULT 0 NOT NULL,
	"read_bytes" bigint DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"collected" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"filtered" bigint DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"lease_token" uuid,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "collection_runs_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "plan_executions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"requested_by" text NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"skipped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "plan_executions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"silo_ids" uuid[] NOT NULL,
	"schedule" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"next_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "plans_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "silo_file_chunks" (
	"tenant_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"start_byte" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "silo_file_chunks_tenant_id_file_id_start_byte_pk" PRIMARY KEY("tenant_id","file_id","start_byte")
);
--> statement-breakpoint
CREATE TABLE "silo_files" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"silo_id" uuid NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"sha256" "bytea",
	"state" text NOT NULL,
	"received_by" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reading" jsonb,
	"header" text[],
	"read_bytes" bigint DEFAULT 0 NOT NULL,
	"read_lines" bigint DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"collected" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"filtered" bigint DEFAULT 0 NOT NULL,
	"rejected" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"collected_at" timestamp (3) with time zone,
	"forgotten_at" timestamp (3) with time zone,
	CONSTRAINT "silo_files_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "silo_found" (
	"tenant_id" uuid NOT NULL,
	"silo_id" uuid NOT NULL,
	"place" text NOT NULL,
	"mark" text NOT NULL,
	"found_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "silo_found_tenant_id_silo_id_place_pk" PRIMARY KEY("tenant_id","silo_id","place")
);
--> statement-breakpoint
CREATE TABLE "silos" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"line_id" uuid,
	"origin" jsonb NOT NULL,
	"secret_enc" "bytea",
	"pattern" text DEFAULT '*' NOT NULL,
	"reading" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"collects_at_once" boolean DEFAULT false NOT NULL,
	"keep_days" integer NOT NULL,
	"quiet_at" timestamp (3) with time zone,
	"quiet_told_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "silos_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "aliases" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "line_table_versions" ADD CONSTRAINT "line_table_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_table_versions" ADD CONSTRAINT "line_table_versions_table" FOREIGN KEY ("tenant_id","table_id") REFERENCES "public"."line_tables"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_tables" ADD CONSTRAINT "line_tables_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_versions" ADD CONSTRAINT "line_versions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "line_versions" ADD CONSTRAINT "line_versions_line" FOREIGN KEY ("tenant_id","line_id") REFERENCES "public"."lines"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lines" ADD CONSTRAINT "lines_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_rejects" ADD CONSTRAINT "collection_rejects_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_rejects" ADD CONSTRAINT "collection_rejects_file" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."silo_files"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_runs" ADD CONSTRAINT "collection_runs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_runs" ADD CONSTRAINT "collection_runs_silo" FOREIGN KEY ("tenant_id","silo_id") REFERENCES "public"."silos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_executions" ADD CONSTRAINT "plan_executions_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plan_executions" ADD CONSTRAINT "plan_executions_plan" FOREIGN KEY ("tenant_id","plan_id") REFERENCES "public"."plans"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_file_chunks" ADD CONSTRAINT "silo_file_chunks_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_file_chunks" ADD CONSTRAINT "silo_file_chunks_file" FOREIGN KEY ("tenant_id","file_id") REFERENCES "public"."silo_files"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_files" ADD CONSTRAINT "silo_files_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_files" ADD CONSTRAINT "silo_files_silo" FOREIGN KEY ("tenant_id","silo_id") REFERENCES "public"."silos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_found" ADD CONSTRAINT "silo_found_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silo_found" ADD CONSTRAINT "silo_found_silo" FOREIGN KEY ("tenant_id","silo_id") REFERENCES "public"."silos"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silos" ADD CONSTRAINT "silos_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "silos" ADD CONSTRAINT "silos_line" FOREIGN KEY ("tenant_id","line_id") REFERENCES "public"."lines"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "line_tables_name" ON "line_tables" USING btree ("tenant_id","name") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lines_name" ON "lines" USING btree ("tenant_id","name") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "collection_rejects_open" ON "collection_rejects" USING btree ("tenant_id","silo_id","file_id","line") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "collection_rejects_run" ON "collection_rejects" USING btree ("tenant_id","run_id","file_id","line");--> statement-breakpoint
CREATE UNIQUE INDEX "collection_runs_open" ON "collection_runs" USING btree ("tenant_id","silo_id") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "collection_runs_due" ON "collection_runs" USING btree ("requested_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "collection_runs_latest" ON "collection_runs" USING btree ("tenant_id","silo_id","requested_at");--> statement-breakpoint
CREATE INDEX "collection_runs_execution" ON "collection_runs" USING btree ("tenant_id","execution_id","place");--> statement-breakpoint
CREATE INDEX "plan_executions_latest" ON "plan_executions" USING btree ("tenant_id","plan_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_name" ON "plans" USING btree ("tenant_id","name") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "plans_due" ON "plans" USING btree ("next_at") WHERE next_at is not null and removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "silo_files_sha256" ON "silo_files" USING btree ("tenant_id","silo_id","sha256");--> statement-breakpoint
CREATE INDEX "silo_files_by_name" ON "silo_files" USING btree ("tenant_id","silo_id","name");--> statement-breakpoint
CREATE INDEX "silo_files_latest" ON "silo_files" USING btree ("tenant_id","silo_id","received_at","id");--> statement-breakpoint
CREATE INDEX "silo_files_waiting" ON "silo_files" USING btree ("tenant_id","silo_id","name") WHERE state in ('new', 'collecting', 'failed');--> statement-breakpoint
CREATE INDEX "silo_files_receiving" ON "silo_files" USING btree ("received_at") WHERE state = 'receiving';--> statement-breakpoint
CREATE INDEX "silo_files_kept" ON "silo_files" USING btree ("collected_at") WHERE state = 'collected' and forgotten_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "silos_name" ON "silos" USING btree ("tenant_id","name") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "silos_quiet" ON "silos" USING btree ("quiet_at") WHERE quiet_at is not null and quiet_told_at is null and removed_at is null;--> statement-breakpoint
SELECT spoor_fence('lines'), spoor_fence('line_versions'), spoor_fence('line_tables'), spoor_fence('line_table_versions'),
  spoor_fence('silos'), spoor_fence('silo_files'), spoor_fence('silo_file_chunks'), spoor_fence('silo_found'), spoor_fence('collection_runs'),
  spoor_fence('collection_rejects'), spoor_fence('plans'), spoor_fence('plan_executions');
--> statement-breakpoint
DO $$
BEGIN
  BEGIN
    CREATE ROLE spoor_collect NOLOGIN NOBYPASSRLS;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'The login % may not create the role spoor_collect. As an administrator run: CREATE ROLE spoor_collect NOLOGIN; GRANT spoor_collect TO %;',
        current_user, current_user;
  END;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT spoor_collect TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
-- app: people configure, hand over files and collect them; a run is done as its tenant. Versions are never changed.
GRANT SELECT, INSERT, UPDATE ON lines, line_tables, silos, silo_files, collection_runs, collection_rejects, plans, plan_executions TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON line_versions, line_table_versions TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON silo_file_chunks TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON silo_found TO spoor_app;
--> statement-breakpoint
GRANT DELETE ON silo_files, collection_rejects TO spoor_app;
--> statement-breakpoint
GRANT SELECT (aliases), UPDATE (aliases) ON tenants TO spoor_app;
--> statement-breakpoint
-- collect: which tenants have something to do.
DO $$
DECLARE fenced text;
BEGIN
  FOREACH fenced IN ARRAY ARRAY['silos', 'silo_files', 'collection_runs', 'collection_rejects', 'plans', 'tenants'] LOOP
    EXECUTE format('CREATE POLICY collect_every_tenant ON %I FOR SELECT TO spoor_collect USING (true)', fenced);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT (id, slug, time_zone) ON tenants TO spoor_collect;
--> statement-breakpoint
GRANT SELECT (tenant_id, id, quiet_at, quiet_told_at, removed_at, keep_days) ON silos TO spoor_collect;
--> statement-breakpoint
GRANT SELECT (tenant_id, id, silo_id, state, received_at, collected_at, forgotten_at) ON silo_files TO spoor_collect;
--> statement-breakpoint
GRANT SELECT (tenant_id, id, silo_id, state, requested_at, execution_id, place, lease_until) ON collection_runs TO spoor_collect;
--> statement-breakpoint
GRANT SELECT (tenant_id, silo_id, file_id, state, code) ON collection_rejects TO spoor_collect;
--> statement-breakpoint
GRANT SELECT (tenant_id, id, next_at, removed_at) ON plans TO spoor_collect;
