/** The instance's own trail, made by the first migration: what happened before any tenant was known. */
export const INSTANCE_TENANT_ID = '00000000-0000-7000-8000-000000000000'

export const INSTANCE_TENANT = { id: INSTANCE_TENANT_ID, slug: 'instance', name: 'This instance' }

/** Owns the anchor log, whose leaves are hashes of the tenants' checkpoints. It has no members and no events. */
export const ANCHOR_TENANT_ID = '00000000-0000-7000-8000-000000000001'
