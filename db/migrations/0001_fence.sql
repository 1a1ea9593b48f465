-- Roles are the cluster's, not the database's: another instance may have made them already.
DO $$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['spoor_app', 'spoor_auth', 'spoor_append', 'spoor_deliver'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', role_name);
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The login % may not create the role %. As an administrator run: CREATE ROLE % NOLOGIN; GRANT % TO %;',
          current_user, role_name, role_name, role_name, current_user;
    END;
    -- A superuser may become any role; another login must be a member of each.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('GRANT %I TO %I', role_name, current_user);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION spoor_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('spoor.tenant_id', true), '')::uuid;
--> statement-breakpoint
-- Every table of tenant data goes through here: `app` sees one tenant, even if a query forgets to say which.
CREATE FUNCTION spoor_fence(fenced regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', fenced);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', fenced);
  EXECUTE format(
    'CREATE POLICY one_tenant ON %s TO spoor_app USING (tenant_id = (SELECT spoor_tenant())) WITH CHECK (tenant_id = (SELECT spoor_tenant()))',
    fenced);
END $$;
--> statement-breakpoint
SELECT spoor_fence('members'), spoor_fence('tokens'), spoor_fence('trail_heads'), spoor_fence('events'), spoor_fence('event_types');
--> statement-breakpoint
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY one_tenant ON tenants TO spoor_app USING (id = (SELECT spoor_tenant()));
--> statement-breakpoint
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE users FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY fellow_members ON users TO spoor_app USING (id IN (SELECT user_id FROM members));
--> statement-breakpoint
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sign_in_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sign_in_links FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- app: one tenant. Events and their counter may grow and be read, nothing else.
GRANT SELECT (id, slug, name, created_at, id_key) ON tenants TO spoor_app;
--> statement-breakpoint
GRANT SELECT (id, email, name) ON users TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON members, tokens TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON events, event_types TO spoor_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON trail_heads TO spoor_app;
--> statement-breakpoint
-- auth: who is it, before any tenant is known.
CREATE POLICY auth_everyone ON users TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY auth_everyone ON sessions TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY auth_everyone ON sign_in_links TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY auth_every_tenant ON tenants TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY auth_every_tenant ON members TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY auth_every_tenant ON tokens TO spoor_auth USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON users, sessions, sign_in_links TO spoor_auth;
--> statement-breakpoint
GRANT DELETE ON sign_in_links TO spoor_auth;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (name) ON tenants TO spoor_auth;
--> statement-breakpoint
GRANT SELECT, INSERT ON members TO spoor_auth;
--> statement-breakpoint
GRANT SELECT ON tokens TO spoor_auth;
--> statement-breakpoint
GRANT UPDATE (last_used_at) ON tokens TO spoor_auth;
--> statement-breakpoint
-- append: numbers and inserts events of many tenants in one statement.
CREATE POLICY append_every_tenant ON events TO spoor_append USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY append_every_tenant ON event_types TO spoor_append USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY append_every_tenant ON trail_heads TO spoor_append USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, INSERT ON events, event_types TO spoor_append;
--> statement-breakpoint
GRANT SELECT, UPDATE ON trail_heads TO spoor_append;
--> statement-breakpoint
-- deliver: reads every trail, writes none.
CREATE POLICY deliver_every_tenant ON events FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON trail_heads FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
GRANT SELECT ON events, trail_heads TO spoor_deliver;
--> statement-breakpoint
GRANT SELECT (id, slug) ON tenants TO spoor_deliver;
--> statement-breakpoint
CREATE POLICY deliver_every_tenant ON tenants FOR SELECT TO spoor_deliver USING (true);
--> statement-breakpoint
-- Every flush rewrites a counter row: room on its page keeps the update heap-only.
ALTER TABLE trail_heads SET (fillfactor = 10);
--> statement-breakpoint
-- The instance's own trail: what happened before any tenant was known, such as a sign-in of an unknown account.
INSERT INTO tenants (id, slug, name, id_key)
VALUES ('00000000-0000-7000-8000-000000000000', 'instance', 'This instance',
  decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
--> statement-breakpoint
INSERT INTO trail_heads (tenant_id) VALUES ('00000000-0000-7000-8000-000000000000');
