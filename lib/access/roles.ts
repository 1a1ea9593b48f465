import { PERMISSIONS, type Permission } from './scope'

export type Role = 'owner' | 'admin' | 'member' | 'auditor'

/** What each role of a workspace may do. Auditors read and export, and change nothing. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  member: [
    'events:read',
    'events:write',
    'destinations:read',
    'collection:read',
    'collection:write',
    'ledger:read',
  ],
  auditor: ['events:read', 'destinations:read', 'collection:read', 'ledger:read'],
}
