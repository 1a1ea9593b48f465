CREATE TABLE "notification_heads" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"next_number" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_readers" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"read_number" bigint NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_readers_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "notification_receipts" (
	"tenant_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"user_id" uuid NOT NULL,
	"browser" text NOT NULL,
	"shown_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_receipts_tenant_id_number_user_id_pk" PRIMARY KEY("tenant_id","number","user_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"tenant_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"destination_id" uuid,
	"idempotency_key" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"roles" text[] NOT NULL,
	"message" text,
	"path" text,
	"events" integer DEFAULT 0 NOT NULL,
	"levels" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"first_seq" bigint,
	"last_seq" bigint,
	"listed" bigint[] DEFAULT '{}' NOT NULL,
	"rule" jsonb,
	CONSTRAINT "notifications_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
CREATE TABLE "rule_alarms" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"group_hash" "bytea" NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"first_seq" bigint NOT NULL,
	"events" integer NOT NULL,
	"rule" jsonb NOT NULL,
	CONSTRAINT "rule_alarms_tenant_id_destination_id_seq_pk" PRIMARY KEY("tenant_id","destination_id","seq")
);
--> statement-breakpoint
CREATE TABLE "rule_windows" (
	"tenant_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"group_hash" "bytea" NOT NULL,
	"seqs" bigint[] NOT NULL,
	"times" bigint[] NOT NULL,
	"since" integer DEFAULT 0 NOT NULL,
	"first_seq" bigint,
	"first_at" timestamp (3) with time zone,
	"quiet_until" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "rule_windows_tenant_id_destination_id_group_hash_pk" PRIMARY KEY("tenant_id","destination_id","group_hash")
);
--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "at_minutes" smallint;--> statement-breakpoint
ALTER TABLE "delivery_streams" ADD COLUMN "paced_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tenants" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "notification_heads" ADD CONSTRAINT "notification_heads_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_readers" ADD CONSTRAINT "notification_readers_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_readers" ADD CONSTRAINT "notification_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_receipts" ADD CONSTRAINT "notification_receipts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_receipts" ADD CONSTRAINT "notification_receipts_notification" FOREIGN KEY ("tenant_id","number") REFERENCES "public"."notifications"("tenant_id","number") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_alarms" ADD CONSTRAINT "rule_alarms_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_windows" ADD CONSTRAINT "rule_windows_destination" FOREIGN KEY ("tenant_id","destination_id") REFERENCES "public"."destinations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_streams_scheduled" ON "delivery_streams" USING btree ("due_at") WHERE state = 'active' and every_seconds is not null and flush_events is null;--> statement-breakpoint
CREATE INDEX "notification_receipts_person" ON "notification_receipts" USING btree ("tenant_id","user_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_once" ON "notifications" USING btree ("tenant_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "notifications_old" ON "notifications" USING btree ("at");--> statement-breakpoint
CREATE INDEX "rule_alarms_latest" ON "rule_alarms" USING btree ("tenant_id","destination_id","at");--> statement-breakpoint
CREATE INDEX "rule_windows_expired" ON "rule_windows" USING btree ("tenant_id","destination_id","expires_at");--> statement-breakpoint
SELECT spoor_fence('rule_windows'), spoor_fence('rule_alarms'), spoor_fence('notifications'), spoor_fence('notification_heads'),
  spoor_fence('notification_receipts'), spoor_fence('notification_readers');
--> statement-breakpoint
-- The next time after a moment at which what was collected is sent: `phase + k * every` seconds of the epoch, or minutes
-- after midnight, or after Monday's, by a zone's clock. Each day has its time once: one that the clock leaves out comes
-- when it has gone on, of one that it shows twice the second counts. A zone that PostgreSQL doesn't know is UTC.
CREATE FUNCTION spoor_next_time(after timestamptz, every integer, phase integer, at_minutes integer, zone text)
RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE today date;
BEGIN
  IF at_minutes IS NULL THEN
    RETURN to_timestamp((floor((extract(epoch FROM after) - phase) / every) + 1) * every + phase);
  END IF;
  BEGIN
    today := (after AT TIME ZONE zone)::date;
  EXCEPTION WHEN invalid_parameter_value THEN
    zone := 'UTC';
    today := (after AT TIME ZONE zone)::date;
  END;
  RETURN (
    SELECT min(at) FROM (
      SELECT (today + n + make_interval(mins => at_minutes % 1440)) AT TIME ZONE zone AS at
      FROM generate_series(0, 8) n
      WHERE every < 604800 OR extract(isodow FROM today + n) = at_minutes / 1440 + 1
    ) times WHERE at > after);
END $$;
--> statement-breakpoint
-- app: people choose the zone of their workspace, read their bells, and are shown things; warnings ring there, too.
GRANT SELECT (time_zone) ON tenants TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (time_zone) ON tenants TO spoor_app;
--> statement-breakpoint
GRANT SELECT ON rule_windows, rule_alarms, notifications, notification_heads, notification_receipts, notification_readers TO spoor_app;
--> statement-breakpoint
GRANT INSERT ON notifications, notification_heads, notification_receipts, notification_readers TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (next_number) ON notification_heads TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (read_number, updated_at) ON notification_readers TO spoor_app;
--> statement-breakpoint
-- A rule that was changed counts anew.
GRANT DELETE ON rule_windows TO spoor_app;
--> statement-breakpoint
GRANT UPDATE (at_minutes, paced_until) ON delivery_streams TO spoor_app;
--> statement-breakpoint
-- deliver: counts for rules, rings, and forgets what is old.
GRANT SELECT (time_zone) ON tenants TO spoor_deliver;
--> statement-breakpoint
DO $$
DECLARE told text;
BEGIN
  FOREACH told IN ARRAY ARRAY['rule_windows', 'rule_alarms', 'notifications', 'notification_heads', 'notification_receipts'] LOOP
    EXECUTE format('CREATE POLICY deliver_every_tenant ON %I TO spoor_deliver USING (true) WITH CHECK (true)', told);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rule_windows TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON rule_alarms, notifications TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (next_number) ON notification_heads TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT ON notification_receipts TO spoor_deliver;
--> statement-breakpoint
-- Whoever rings says how many people it is for.
GRANT SELECT (tenant_id, role) ON members TO spoor_deliver;
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON members FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
CREATE POLICY deliver_forgets ON rule_alarms AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING (at < now() - interval '90 days' OR spoor_is_forgotten(tenant_id, destination_id));
--> statement-breakpoint
CREATE POLICY deliver_forgets ON notifications AS RESTRICTIVE FOR DELETE TO spoor_deliver
  USING (at < now() - interval '90 days');
--> statement-breakpoint
-- Letters about storages wait for their time, however many events they count. As the role that sees every tenant's.
SET LOCAL ROLE spoor_deliver;
--> statement-breakpoint
UPDATE delivery_streams s SET flush_events = NULL
FROM destinations d WHERE d.tenant_id = s.tenant_id AND d.id = s.destination_id AND d.kind = 'email';
--> statement-breakpoint
RESET ROLE;
