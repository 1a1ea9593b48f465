CREATE TABLE "anchor_entries" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"entry" "bytea" NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clock_keys" (
	"host" text NOT NULL,
	"number" integer NOT NULL,
	"vkey" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retires_at" timestamp (3) with time zone,
	CONSTRAINT "clock_keys_host_number_pk" PRIMARY KEY("host","number")
);
--> statement-breakpoint
CREATE TABLE "log_checkpoints" (
	"tenant_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"size" bigint NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "log_checkpoints_tenant_id_epoch_size_pk" PRIMARY KEY("tenant_id","epoch","size")
);
--> statement-breakpoint
CREATE TABLE "log_heads" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	"frontier" "bytea" NOT NULL,
	"note" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	"refused" text,
	"refused_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "log_keys" (
	"tenant_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"number" integer NOT NULL,
	"vkey" text NOT NULL,
	"from_size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retires_at" timestamp (3) with time zone,
	CONSTRAINT "log_keys_tenant_id_epoch_number_pk" PRIMARY KEY("tenant_id","epoch","number")
);
--> statement-breakpoint
CREATE TABLE "log_requests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "log_requests_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "log_settings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"checkpoint_public" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_tiles" (
	"tenant_id" uuid NOT NULL,
	"level" smallint NOT NULL,
	"idx" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "log_tiles_tenant_id_level_idx_pk" PRIMARY KEY("tenant_id","level","idx")
);
--> statement-breakpoint
CREATE TABLE "logs" (
	"tenant_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"log_id" uuid NOT NULL,
	"origin" text NOT NULL,
	"opened_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"reason" text,
	"closed_at" timestamp (3) with time zone,
	"final_size" bigint,
	"final_note" text,
	CONSTRAINT "logs_tenant_id_epoch_pk" PRIMARY KEY("tenant_id","epoch"),
	CONSTRAINT "logs_log_id" UNIQUE("log_id")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "redaction" jsonb;--> statement-breakpoint
ALTER TABLE "trail_heads" ADD COLUMN "first_seq" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "log_checkpoints" ADD CONSTRAINT "log_checkpoints_log" FOREIGN KEY ("tenant_id","epoch") REFERENCES "public"."logs"("tenant_id","epoch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_heads" ADD CONSTRAINT "log_heads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_keys" ADD CONSTRAINT "log_keys_log" FOREIGN KEY ("tenant_id","epoch") REFERENCES "public"."logs"("tenant_id","epoch") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_requests" ADD CONSTRAINT "log_requests_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_settings" ADD CONSTRAINT "log_settings_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "logs" ADD CONSTRAINT "logs_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "log_requests_open" ON "log_requests" USING btree ("tenant_id","requested_at") WHERE done_at is null;
--> statement-breakpoint
-- Hashes don't compress, and a tile is read whole.
ALTER TABLE log_tiles ALTER data SET STORAGE EXTERNAL;
--> statement-breakpoint
-- Every seal rewrites a head: room on its page keeps the update heap-only.
ALTER TABLE log_heads SET (fillfactor = 50);
--> statement-breakpoint
SELECT spoor_fence('logs'), spoor_fence('log_heads'), spoor_fence('log_tiles'), spoor_fence('log_checkpoints'),
  spoor_fence('log_keys'), spoor_fence('log_requests'), spoor_fence('log_settings');
--> statement-breakpoint
DO $$
DECLARE fenced text;
BEGIN
  FOREACH fenced IN ARRAY ARRAY['clock_keys', 'anchor_entries'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', fenced);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', fenced);
    EXECUTE format('CREATE POLICY public_facts ON %I FOR SELECT TO spoor_app USING (true)', fenced);
    EXECUTE format('GRANT SELECT ON %I TO spoor_app', fenced);
  END LOOP;
END $$;
--> statement-breakpoint
DO $$
BEGIN
  BEGIN
    CREATE ROLE spoor_seal NOLOGIN NOBYPASSRLS;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'The login % may not create the role spoor_seal. As an administrator run: CREATE ROLE spoor_seal NOLOGIN; GRANT spoor_seal TO %;',
        current_user, current_user;
  END;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT spoor_seal TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
-- app: a tenant reads its log, asks the sealer, and chooses. Nothing that is signed can be written.
GRANT SELECT ON logs, log_heads, log_tiles, log_checkpoints, log_keys, log_requests, log_settings TO spoor_app;
--> statement-breakpoint
GRANT INSERT ON log_requests TO spoor_app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON log_settings TO spoor_app;
--> statement-breakpoint
-- auth: whose log it is, before any tenant is known.
CREATE POLICY auth_every_tenant ON logs FOR SELECT TO spoor_auth USING (true);
--> statement-breakpoint
CREATE POLICY auth_every_tenant ON log_settings FOR SELECT TO spoor_auth USING (true);
--> statement-breakpoint
GRANT SELECT (tenant_id, epoch, log_id) ON logs TO spoor_auth;
--> statement-breakpoint
GRANT SELECT (tenant_id, checkpoint_public) ON log_settings TO spoor_auth;
--> statement-breakpoint
-- deliver: every batch carries the checkpoint, and ends where it ends.
CREATE POLICY deliver_every_tenant ON log_heads FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
GRANT SELECT ON log_heads TO spoor_deliver;
--> statement-breakpoint
-- append: how far behind the sealer is.
CREATE POLICY append_every_tenant ON log_heads FOR SELECT TO spoor_append USING (true);
--> statement-breakpoint
GRANT SELECT (tenant_id, size) ON log_heads TO spoor_append;
--> statement-breakpoint
-- seal: reads every trail's leaves, writes every log.
DO $$
DECLARE fenced text;
BEGIN
  FOREACH fenced IN ARRAY ARRAY['tenants', 'events', 'trail_heads', 'log_settings'] LOOP
    EXECUTE format('CREATE POLICY seal_every_tenant ON %I FOR SELECT TO spoor_seal USING (true)', fenced);
  END LOOP;
  FOREACH fenced IN ARRAY ARRAY['logs', 'log_heads', 'log_tiles', 'log_checkpoints', 'log_keys', 'log_requests',
    'clock_keys', 'anchor_entries'] LOOP
    EXECUTE format('CREATE POLICY seal_every_tenant ON %I TO spoor_seal USING (true) WITH CHECK (true)', fenced);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT (id, slug, name) ON tenants TO spoor_seal;
--> statement-breakpoint
GRANT SELECT (tenant_id, seq, received_at, leaf_hash) ON events TO spoor_seal;
--> statement-breakpoint
GRANT SELECT ON trail_heads, log_settings TO spoor_seal;
--> statement-breakpoint
GRANT SELECT, INSERT ON logs, log_heads, log_tiles, log_checkpoints, log_keys, clock_keys, anchor_entries TO spoor_seal;
--> statement-breakpoint
GRANT UPDATE ON log_heads TO spoor_seal;
--> statement-breakpoint
GRANT UPDATE (closed_at, final_size, final_note) ON logs TO spoor_seal;
--> statement-breakpoint
GRANT UPDATE (retires_at) ON log_keys, clock_keys TO spoor_seal;
--> statement-breakpoint
GRANT SELECT, UPDATE (done_at) ON log_requests TO spoor_seal;
--> statement-breakpoint
-- What was published stays: whoever owns the tables has to take a trigger away first, and that is seen.
CREATE FUNCTION spoor_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: it is part of a log that was published.', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_tiles
  FOR EACH STATEMENT EXECUTE FUNCTION spoor_refuse_change();
--> statement-breakpoint
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON anchor_entries
  FOR EACH STATEMENT EXECUTE FUNCTION spoor_refuse_change();
--> statement-breakpoint
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION spoor_refuse_change();
--> statement-breakpoint
CREATE FUNCTION spoor_grow_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.tenant_id <> OLD.tenant_id OR NEW.size < OLD.size OR NEW.epoch < OLD.epoch OR NEW.signed_at < OLD.signed_at
    OR (NEW.size = OLD.size AND NEW.root <> OLD.root) THEN
    RAISE EXCEPTION 'A log can only grow: % of size % can''t become % of size %.', OLD.epoch, OLD.size, NEW.epoch, NEW.size
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER grow_only BEFORE UPDATE ON log_heads FOR EACH ROW EXECUTE FUNCTION spoor_grow_only();
--> statement-breakpoint
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON log_heads FOR EACH STATEMENT EXECUTE FUNCTION spoor_refuse_change();
--> statement-breakpoint
-- The anchor log is sealed like a trail. Its tenant has no members, and its leaves are no events.
INSERT INTO tenants (id, slug, name, id_key)
VALUES ('00000000-0000-7000-8000-000000000001', 'anchor--log', 'Anchor log of this instance',
  decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
--> statement-breakpoint
INSERT INTO trail_heads (tenant_id) VALUES ('00000000-0000-7000-8000-000000000001');
--> statement-breakpoint
CREATE VIEW trail_leaves WITH (security_invoker = true) AS
  SELECT tenant_id, seq, leaf_hash, received_at FROM events
  UNION ALL
  SELECT '00000000-0000-7000-8000-000000000001'::uuid, seq, leaf_hash, created_at FROM anchor_entries;
--> statement-breakpoint
GRANT SELECT ON trail_leaves TO spoor_seal;
