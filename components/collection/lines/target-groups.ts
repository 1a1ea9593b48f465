/** A field of the log target as its form shows it. */
export type TargetFieldText = { name: string; label: string; hint?: string }
export type TargetGroup = { label: string; fields: readonly TargetFieldText[] }

const field = (name: string, label: string, hint?: string): TargetFieldText => ({ name, label, hint })

/** The 28 + 19 fields and the level, in the order of the questions that they answer. */
export const TARGET_GROUPS: readonly TargetGroup[] = [
  {
    label: 'Log',
    fields: [
      field('mandant', 'Mandant', 'Blank, or a name of this workspace.'),
      field('datasource', 'Data source', 'With the external reference it names an event for ever.'),
      field('externalref', 'External reference'),
      field('family', 'Family', 'The type of the event: admin, securityadmin …'),
      field('level', 'Level', 'Left out: warning for what failed, info for all else.'),
    ],
  },
  {
    label: 'When and where',
    fields: [
      field('date', 'Date', 'YYYYMMDDHHMMSS, UTC.'),
      field('wheresource', 'Source'),
      field('wheredestination', 'Destination'),
    ],
  },
  {
    label: 'Who',
    fields: [
      field('whologin', 'Login'),
      field('whorepository', 'Repository'),
      field('whoidentity', 'Identity'),
      field('whosessionid', 'Session'),
    ],
  },
  {
    label: 'What',
    fields: [
      field('whateventcategory', 'Category'),
      field('whateventcode', 'Code'),
      field('whateventcodelabel', 'Code label'),
      field('whataction', 'Action'),
      field('whatpayload', 'Payload'),
      field('whatstatus', 'Status', 'success or fail.'),
      field('whatcount', 'Count', 'A whole number from 1.'),
      field('whatdisplaylabel', 'Display label', 'One sentence for people.'),
      field('whatoldvalue', 'Old value'),
      field('whatnewvalue', 'New value'),
      field('whatdata', 'Data', 'JSON, or any text.'),
    ],
  },
  {
    label: 'To what',
    fields: [
      field('whattargettype', 'Target type', 'account, identity, group, organisation, asset, application, …'),
      field('whattargetname', 'Target name'),
      field('whattargetparent', 'Target parent'),
      field('whattarget2type', 'Second target type'),
      field('whattarget2name', 'Second target name'),
      field('whattarget2parent', 'Second target parent'),
    ],
  },
  {
    label: 'Custom',
    fields: Array.from({ length: 19 }, (_, at) => field(`custom${at + 1}`, `Custom ${at + 1}`)),
  },
]

/** Without these a row is no event. */
export const NEEDED_FIELDS: ReadonlySet<string> = new Set([
  'datasource',
  'family',
  'date',
  'whologin',
  'whorepository',
  'whateventcode',
  'whateventcodelabel',
  'whataction',
  'whatcount',
])
