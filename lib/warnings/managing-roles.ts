import { ROLE_PERMISSIONS, type Role } from '@/lib/access/roles'

/** Who is warned: whoever may do something about it. */
export const MANAGING_ROLES = (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) =>
  ROLE_PERMISSIONS[role].includes('destinations:manage'),
)
