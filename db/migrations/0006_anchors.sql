CREATE TABLE "anchor_peers" (
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"url" text NOT NULL,
	"vkey" text,
	"every_minutes" integer NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"epoch" integer DEFAULT 0 NOT NULL,
	"known_size" bigint DEFAULT 0 NOT NULL,
	"anchored_at" timestamp (3) with time zone,
	"anchored_size" bigint,
	"failures" integer DEFAULT 0 NOT NULL,
	"failed_at" timestamp (3) with time zone,
	"fail_message" text,
	CONSTRAINT "anchor_peers_tenant_id_kind_pk" PRIMARY KEY("tenant_id","kind")
);
--> statement-breakpoint
CREATE TABLE "log_anchors" (
	"tenant_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"size" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "log_anchors_tenant_id_epoch_size_kind_name_pk" PRIMARY KEY("tenant_id","epoch","size","kind","name")
);
--> statement-breakpoint
ALTER TABLE "delivery_batches" ADD COLUMN "checkpoint" text;--> statement-breakpoint
ALTER TABLE "anchor_peers" ADD CONSTRAINT "anchor_peers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_anchors" ADD CONSTRAINT "log_anchors_checkpoint" FOREIGN KEY ("tenant_id","epoch","size") REFERENCES "public"."log_checkpoints"("tenant_id","epoch","size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "anchor_peers_due" ON "anchor_peers" USING btree (due_at);--> statement-breakpoint
CREATE INDEX "log_anchors_latest" ON "log_anchors" USING btree ("tenant_id","kind","epoch","size");
--> statement-breakpoint
SELECT spoor_fence('log_anchors'), spoor_fence('anchor_peers');
--> statement-breakpoint
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_anchors
  FOR EACH STATEMENT EXECUTE FUNCTION spoor_refuse_change();
--> statement-breakpoint
-- app: a tenant sees its anchors, and chooses whom to ask. How it went is not its to write.
GRANT SELECT ON log_anchors, anchor_peers TO spoor_app;
--> statement-breakpoint
GRANT INSERT (tenant_id, kind, url, vkey, every_minutes), UPDATE (every_minutes, due_at), DELETE ON anchor_peers TO spoor_app;
--> statement-breakpoint
-- anchor: speaks with the world outside, so it is not the sealer, and has no key.
DO $$
BEGIN
  BEGIN
    CREATE ROLE spoor_anchor NOLOGIN NOBYPASSRLS;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'The login % may not create the role spoor_anchor. As an administrator run: CREATE ROLE spoor_anchor NOLOGIN; GRANT spoor_anchor TO %;',
        current_user, current_user;
  END;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT spoor_anchor TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
DO $$
DECLARE fenced text;
BEGIN
  FOREACH fenced IN ARRAY ARRAY['events', 'trail_heads', 'logs', 'log_heads', 'log_tiles'] LOOP
    EXECUTE format('CREATE POLICY anchor_every_tenant ON %I FOR SELECT TO spoor_anchor USING (true)', fenced);
  END LOOP;
  FOREACH fenced IN ARRAY ARRAY['log_checkpoints', 'anchor_entries', 'log_anchors', 'anchor_peers'] LOOP
    EXECUTE format('CREATE POLICY anchor_every_tenant ON %I TO spoor_anchor USING (true) WITH CHECK (true)', fenced);
  END LOOP;
END $$;
--> statement-breakpoint
-- It counts the anchor log's entries, and no trail's events.
CREATE POLICY anchor_its_own ON trail_heads FOR UPDATE TO spoor_anchor
  USING (tenant_id = '00000000-0000-7000-8000-000000000001');
--> statement-breakpoint
GRANT SELECT (tenant_id, seq, leaf_hash) ON events TO spoor_anchor;
--> statement-breakpoint
GRANT SELECT ON trail_heads, logs, log_heads, log_tiles TO spoor_anchor;
--> statement-breakpoint
GRANT UPDATE (next_seq) ON trail_heads TO spoor_anchor;
--> statement-breakpoint
GRANT SELECT, INSERT ON log_checkpoints, anchor_entries, log_anchors TO spoor_anchor;
--> statement-breakpoint
GRANT SELECT, UPDATE (due_at, epoch, known_size, anchored_at, anchored_size, failures, failed_at, fail_message)
  ON anchor_peers TO spoor_anchor;
