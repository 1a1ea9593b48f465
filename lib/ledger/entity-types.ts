/** What a ledger knows: the target types of audit logs. */
export const ENTITY_TYPES = [
  'identity',
  'account',
  'group',
  'organisation',
  'asset',
  'application',
  'permission',
  'repository',
  'perimeter',
] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

export const isEntityType = (type: string | null | undefined): type is EntityType =>
  (ENTITY_TYPES as readonly string[]).includes(type ?? '')

/** For people; the plural names lists. */
export const ENTITY_LABELS: Record<EntityType, { one: string; many: string }> = {
  identity: { one: 'Identity', many: 'Identities' },
  account: { one: 'Account', many: 'Accounts' },
  group: { one: 'Group', many: 'Groups' },
  organisation: { one: 'Organisation', many: 'Organisations' },
  asset: { one: 'Asset', many: 'Assets' },
  application: { one: 'Application', many: 'Applications' },
  permission: { one: 'Permission', many: 'Permissions' },
  repository: { one: 'Repository', many: 'Repositories' },
  perimeter: { one: 'Perimeter', many: 'Perimeters' },
}

/** A link names entities of one type by their keys; `many` are separated by LIST_SEPARATOR in a file. */
export type LinkKind = { to: EntityType; many?: true }
export const LIST_SEPARATOR = '|'

/** The links that an entity of a type may have, by the name of the column. */
export const LINKS: Record<EntityType, Readonly<Record<string, LinkKind>>> = {
  identity: {
    organisation: { to: 'organisation' },
    manager: { to: 'identity' },
    groups: { to: 'group', many: true },
  },
  account: {
    identity: { to: 'identity' },
    repository: { to: 'repository' },
    groups: { to: 'group', many: true },
  },
  group: { repository: { to: 'repository' }, owner: { to: 'identity' }, groups: { to: 'group', many: true } },
  organisation: { parent: { to: 'organisation' }, manager: { to: 'identity' } },
  asset: {
    repository: { to: 'repository' },
    owner: { to: 'identity' },
    organisation: { to: 'organisation' },
  },
  application: { owner: { to: 'identity' }, organisation: { to: 'organisation' } },
  permission: { application: { to: 'application' }, groups: { to: 'group', many: true } },
  repository: { owner: { to: 'identity' }, organisation: { to: 'organisation' } },
  perimeter: { parent: { to: 'perimeter' }, owner: { to: 'identity' } },
}

/**
 * The attribute that events call an entity by, where a file has no column `key`: then the key is made of it and
 * the repository, `THESHIRE\wardog`.
 */
export const NAME_ATTRIBUTE: Record<EntityType, string> = {
  identity: 'name',
  account: 'login',
  group: 'name',
  organisation: 'name',
  asset: 'name',
  application: 'name',
  permission: 'name',
  repository: 'name',
  perimeter: 'name',
}
