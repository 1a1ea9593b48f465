import { type EntityType, LINKS, NAME_ATTRIBUTE } from '@/lib/ledger/entity-types'

/** A file of a type as people would write it: its header, and a row. */
const EXAMPLES: Record<EntityType, string> = {
  identity: 'key;display_name;email;hr_code;organisation\njdoe;Jane Doe;jane.doe@example.org;HR-0001;sales',
  account: 'login;repository;sid;identity;display_name\njdoe;CORP;S-1-5-21-1-2-3-1104;jdoe;jdoe',
  group: 'name;repository;display_name\nDomain Admins;CORP;Domain administrators',
  organisation: 'key;display_name;parent\nsales;Sales;headquarters',
  asset: 'name;repository;display_name;owner\nSRV01;CORP;File server;jdoe',
  application: 'key;display_name;owner\nerp;ERP;jdoe',
  permission: 'key;display_name;application\nerp-post;Post invoices;erp',
  repository: 'key;display_name\nCORP;Corporate directory',
  perimeter: 'key;display_name;parent\nemea;EMEA;world',
}

export const exampleOf = (type: EntityType): string => EXAMPLES[type]

/** What the key of a row is made of where it has no column for it. */
export const keyColumns = (type: EntityType): string[] =>
  'repository' in LINKS[type] ? ['repository', NAME_ATTRIBUTE[type]] : [NAME_ATTRIBUTE[type]]

/** Columns that name other entities by their keys. */
export const linkColumns = (type: EntityType): string[] => Object.keys(LINKS[type])
