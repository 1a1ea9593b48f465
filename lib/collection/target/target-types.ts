/** What a target of an event may be, by the log target of the collection files. */
export const TARGET_TYPES = [
  'account',
  'identity',
  'group',
  'organisation',
  'asset',
  'application',
  'permission',
  'repository',
  'perimeter',
] as const
