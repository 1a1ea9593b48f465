import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, moment, tenants } from './tenants'

const tenantId = () =>
  uuid('tenant_id')
    .notNull()
    .references(() => tenants.id)

/** Of rows that are written with each batch of events: a foreign key would be looked up, and the tenant's row locked, for each. */
const bareTenantId = () => uuid('tenant_id').notNull()

const big = (name: string) => bigint(name, { mode: 'number' })

/** How entities of one type are found for what an event says. What a rule does stands in its versions. */
export const matchingRules = pgTable(
  'matching_rules',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    entityType: text('entity_type').notNull(),
    /** The newest version. */
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('matching_rules_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
  ],
)

/** Never changed. */
export const matchingRuleVersions = pgTable(
  'matching_rule_versions',
  {
    tenantId: tenantId(),
    ruleId: uuid('rule_id').notNull(),
    version: integer('version').notNull(),
    /** `RuleDefinition` of lib/ledger/rules. */
    definition: jsonb('definition').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.ruleId, t.version] }),
    foreignKey({
      name: 'matching_rule_versions_rule',
      columns: [t.tenantId, t.ruleId],
      foreignColumns: [matchingRules.tenantId, matchingRules.id],
    }),
  ],
)

/** Rules in an order, each for actors or targets of a type: the first that finds something wins. */
export const matchingPolicies = pgTable(
  'matching_policies',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    note: text('note').notNull().default(''),
    /** For all sources of events that have none of their own. */
    isDefault: boolean('is_default').notNull().default(false),
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    removedAt: moment('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('matching_policies_name').on(t.tenantId, t.name).where(sql`removed_at is null`),
    uniqueIndex('matching_policies_default').on(t.tenantId).where(sql`is_default and removed_at is null`),
  ],
)

/** Never changed. A new version also comes of a new version of one of its rules, so that it says all by itself. */
export const matchingPolicyVersions = pgTable(
  'matching_policy_versions',
  {
    tenantId: tenantId(),
    policyId: uuid('policy_id').notNull(),
    version: integer('version').notNull(),
    /** `PolicyVersion` of lib/ledger/policies: entries with the rules as they were. */
    definition: jsonb('definition').notNull(),
    savedBy: text('saved_by').notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.policyId, t.version] }),
    foreignKey({
      name: 'matching_policy_versions_policy',
      columns: [t.tenantId, t.policyId],
      foreignColumns: [matchingPolicies.tenantId, matchingPolicies.id],
    }),
  ],
)

/** Sources of events with a policy of their own, or with none (null). */
export const matchingSources = pgTable(
  'matching_sources',
  {
    tenantId: tenantId(),
    /** As in events: `silo:<name>`, `token:<id>`, `console`, `system`. */
    origin: text('origin').notNull(),
    policyId: uuid('policy_id'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.origin] }),
    foreignKey({
      name: 'matching_sources_policy',
      columns: [t.tenantId, t.policyId],
      foreignColumns: [matchingPolicies.tenantId, matchingPolicies.id],
    }),
  ],
)

/** How far a tenant's events are matched. Only tenants that use the ledger have a row; who changes matches locks it. */
export const matchingState = pgTable('matching_state', {
  tenantId: tenantId().primaryKey(),
  /** Events from `first_seq` on and below `next_seq` are in the mentions. */
  firstSeq: big('first_seq').notNull().default(0),
  nextSeq: big('next_seq').notNull().default(0),
  nextReference: integer('next_reference').notNull().default(1),
  /** Raised by each transaction that changes matches: rows say from and until which one they hold. */
  generation: big('generation').notNull().default(0),
  /** Raised by each change of ledger, rules, policies or sources, with what it was. */
  wanted: big('wanted').notNull().default(0),
  reason: text('reason').notNull().default(''),
  wantedAt: moment('wanted_at').notNull().defaultNow(),
  /** The `wanted` by which all references were matched last, and when that was done. */
  matched: big('matched').notNull().default(0),
  matchedAt: moment('matched_at'),
  /** Of matching again: the `wanted` that it began with, the reference to go on with, how many there were, changes so far. */
  rematching: big('rematching'),
  rematchSince: moment('rematch_since'),
  rematchNext: integer('rematch_next').notNull().default(1),
  rematchTotal: integer('rematch_total').notNull().default(0),
  rematchChanged: integer('rematch_changed').notNull().default(0),
})

/** What events of one source call somebody or something. What it means stands in its matches. */
export const ledgerReferences = pgTable(
  'ledger_references',
  {
    tenantId: bareTenantId(),
    id: integer('id').notNull(),
    /** 16 bytes: the beginning of SHA-256 over all that tells it from others. */
    digest: bytea('digest').notNull(),
    origin: text('origin').notNull(),
    role: text('role', { enum: ['actor', 'target'] }).notNull(),
    /** A target's, as its events say. */
    type: text('type'),
    /** Parameter 1: login, or the target's name. */
    name: text('name'),
    /** Parameter 2: repository, or the target's parent. */
    parent: text('parent'),
    /** Parameter 3, of actors. */
    identity: text('identity'),
    /** Parameter 4. */
    refId: text('ref_id'),
    /** Events that have it. */
    events: big('events').notNull().default(0),
    lastSeq: big('last_seq').notNull(),
    state: text('state', { enum: ['matched', 'ambiguous', 'unmatched', 'off'] }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique('ledger_references_digest').on(t.tenantId, t.digest),
  ],
)

/** Which entity a reference meant, for events from `valid_from` to `valid_to`. Never changed, only superseded. */
export const ledgerMatches = pgTable(
  'ledger_matches',
  {
    tenantId: bareTenantId(),
    id: big('id').notNull().generatedByDefaultAsIdentity(),
    referenceId: integer('reference_id').notNull(),
    /** Of `occurredAt`: inclusive, null is always; exclusive, null is for ever. */
    validFrom: moment('valid_from'),
    validTo: moment('valid_to'),
    /** Null where several fit: then `candidates` are these, at most MAX_CANDIDATES. */
    entityId: uuid('entity_id'),
    /** The person behind it, and that person's organisation, by the ledger. */
    identityId: uuid('identity_id'),
    organisationId: uuid('organisation_id'),
    candidates: uuid('candidates').array(),
    /** Other entities whose names `shown` has: those that a template or the candidates' templates show. */
    named: uuid('named').array(),
    /** `MatchedEntity` of lib/ledger/matched.ts as it was then: all that readers see. Null once the entity was removed. */
    shown: jsonb('shown'),
    policyId: uuid('policy_id').notNull(),
    policyVersion: integer('policy_version').notNull(),
    /** Place in the policy, from 0. */
    entry: smallint('entry').notNull(),
    ruleId: uuid('rule_id').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    /** `generation` of the state from which on it holds, and from which on it doesn't; null: it does. */
    since: big('since').notNull(),
    until: big('until'),
    matchedAt: moment('matched_at').notNull().defaultNow(),
    supersededAt: moment('superseded_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('ledger_matches_of').on(t.tenantId, t.referenceId),
    index('ledger_matches_entity').on(t.tenantId, t.entityId).where(sql`until is null`),
    index('ledger_matches_identity').on(t.tenantId, t.identityId).where(sql`until is null`),
    index('ledger_matches_organisation').on(t.tenantId, t.organisationId).where(sql`until is null`),
  ],
)

/** Which references the events of a chunk of the trail have: pairs of place and reference, by role. */
export const ledgerMentions = pgTable(
  'ledger_mentions',
  {
    tenantId: bareTenantId(),
    chunk: integer('chunk').notNull(),
    actors: bytea('actors').notNull(),
    targets: bytea('targets').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.chunk] })],
)

/** The other way round: which chunks of a span have a reference, as bits. A bit may stay when the mention has gone. */
export const ledgerSpans = pgTable(
  'ledger_spans',
  {
    tenantId: bareTenantId(),
    referenceId: integer('reference_id').notNull(),
    span: integer('span').notNull(),
    chunks: bigint('chunks', { mode: 'bigint' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.referenceId, t.span] })],
)
