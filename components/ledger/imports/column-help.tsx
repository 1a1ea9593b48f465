import { Fragment } from 'react'
import type { EntityType } from '@/lib/ledger/entity-types'
import { keyColumns, linkColumns } from './file-columns'

/** What the columns of a file mean. */
export function ColumnHelp({ type }: { type: EntityType }) {
  return (
    <p className="-mt-2 max-w-[76ch] text-pretty text-quiet text-xs">
      <Names names={['key']} /> is what other files call a row; where there is none, it is made of{' '}
      <Names names={keyColumns(type)} />. <Names names={linkColumns(type)} /> name other entities by their
      keys, several of them between bars. <Names names={['display_name']} /> is what readers see,{' '}
      <Names names={['valid_from', 'valid_to']} /> say when a row holds. All others are attributes, which
      rules can compare.
    </p>
  )
}

function Names({ names }: { names: readonly string[] }) {
  return names.map((name, index) => (
    <Fragment key={name}>
      {index > 0 && (index === names.length - 1 ? ' and ' : ', ')}
      <code className="literal text-ink">{name}</code>
    </Fragment>
  ))
}
