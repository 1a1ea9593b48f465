CREATE TABLE "trail_blocks" (
	"tenant_id" uuid NOT NULL,
	"first_seq" bigint NOT NULL,
	"blocks" smallint NOT NULL,
	"layout" smallint NOT NULL,
	"min_at" bigint NOT NULL,
	"max_at" bigint NOT NULL,
	"slices" integer NOT NULL,
	"signature" "bytea" NOT NULL,
	"directory" "bytea" NOT NULL,
	"directory_pages" "bytea" NOT NULL,
	"postings" "bytea" NOT NULL,
	"words" "bytea" NOT NULL,
	"times" "bytea" NOT NULL,
	"facets" "bytea" NOT NULL,
	CONSTRAINT "trail_blocks_tenant_id_first_seq_pk" PRIMARY KEY("tenant_id","first_seq")
);

--> statement-breakpoint
-- Read by pieces: uncompressed and out of line, so that a piece costs its own pages and nothing else.
ALTER TABLE trail_blocks
  ALTER signature SET STORAGE EXTERNAL,
  ALTER directory SET STORAGE EXTERNAL,
  ALTER postings SET STORAGE EXTERNAL,
  ALTER times SET STORAGE EXTERNAL,
  ALTER facets SET STORAGE EXTERNAL;
--> statement-breakpoint
SELECT spoor_fence('trail_blocks');
--> statement-breakpoint
GRANT SELECT ON trail_blocks TO spoor_app;
--> statement-breakpoint
DO $$
BEGIN
  BEGIN
    CREATE ROLE spoor_index NOLOGIN NOBYPASSRLS;
  EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
      RAISE EXCEPTION 'The login % may not create the role spoor_index. As an administrator run: CREATE ROLE spoor_index NOLOGIN; GRANT spoor_index TO %;',
        current_user, current_user;
  END;
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT spoor_index TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
-- index: reads every trail, writes only what is derived from it.
CREATE POLICY index_every_tenant ON events FOR SELECT TO spoor_index USING (true);
--> statement-breakpoint
CREATE POLICY index_every_tenant ON trail_heads FOR SELECT TO spoor_index USING (true);
--> statement-breakpoint
CREATE POLICY index_every_tenant ON trail_blocks TO spoor_index USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT ON events, trail_heads TO spoor_index;
--> statement-breakpoint
CREATE POLICY index_every_tenant ON tenants FOR SELECT TO spoor_index USING (true);
--> statement-breakpoint
GRANT SELECT (id, id_key) ON tenants TO spoor_index;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON trail_blocks TO spoor_index;
