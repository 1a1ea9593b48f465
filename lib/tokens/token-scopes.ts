import type { Permission } from '@/lib/access/scope'

/** What a token may be allowed, with what it is for. A scope is the permission of the same name. */
export const TOKEN_SCOPES = {
  'events:write': 'Send events',
  'events:read': 'Read the trail',
  'events:erase': 'Erase values, and set retention and legal holds',
  'integrity:manage': 'Choose how the log is anchored, and who may read its checkpoint',
  'destinations:read': 'See forwarding destinations and channels, with their statistics',
  'destinations:manage':
    'Add, change and remove forwarding destinations and channels: it can have the trail sent anywhere',
  'collection:read': 'See silos, lines, tables and plans, with their runs and the rows that were rejected',
  'collection:write': 'Hand files to silos, and have them collected',
  'collection:manage': 'Add, change and remove silos, lines, tables and plans',
  'ledger:read': 'See the ledger, its rules and policies, and what was matched',
  'ledger:write':
    'Load, add, change and remove entities of the ledger: it decides who is shown behind events',
  'ledger:manage': 'Add, change and remove matching rules and policies',
} as const satisfies Partial<Record<Permission, string>>

export type TokenScope = keyof typeof TOKEN_SCOPES

export const TOKEN_SCOPE_NAMES = Object.keys(TOKEN_SCOPES) as [TokenScope, ...TokenScope[]]
