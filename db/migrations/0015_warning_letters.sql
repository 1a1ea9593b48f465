CREATE TABLE "warning_letters" (
	"tenant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"words" jsonb NOT NULL,
	"letter_id" uuid,
	"tries" smallint DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "warning_letters_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "warning_letters" ADD CONSTRAINT "warning_letters_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "warning_letters_due" ON "warning_letters" USING btree ("due_at");--> statement-breakpoint
SELECT spoor_fence('warning_letters');
--> statement-breakpoint
-- app: whoever tells something writes the letter in the same commit; erasure takes receivers' words out of it.
GRANT SELECT, INSERT, UPDATE (words) ON warning_letters TO spoor_app;
--> statement-breakpoint
-- deliver: sends them, and forgets what was sent.
CREATE POLICY deliver_every_tenant ON warning_letters TO spoor_deliver USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, DELETE, UPDATE (letter_id, tries, due_at) ON warning_letters TO spoor_deliver;
