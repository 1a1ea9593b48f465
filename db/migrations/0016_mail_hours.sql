CREATE TABLE "mail_hours" (
	"tenant_id" uuid NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"letters" integer NOT NULL,
	CONSTRAINT "mail_hours_tenant_id_hour_pk" PRIMARY KEY("tenant_id","hour")
);
--> statement-breakpoint
ALTER TABLE "mail_hours" ADD CONSTRAINT "mail_hours_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
SELECT spoor_fence('mail_hours');
--> statement-breakpoint
-- app: says how much of it is used.
GRANT SELECT ON mail_hours TO spoor_app;
--> statement-breakpoint
-- deliver: counts what is sent, gives back what was not, and forgets what is older than a day.
CREATE POLICY deliver_every_tenant ON mail_hours TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (letters) ON mail_hours TO spoor_deliver;
