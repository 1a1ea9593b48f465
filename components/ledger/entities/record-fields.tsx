'use client'

import { Trash2 } from 'lucide-react'
import { Field } from '@/components/form/field'
import { MomentInput } from '@/components/ledger/moment-input'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { useTimeZone } from '@/components/ui/time-zone'
import { type EntityType, LINKS } from '@/lib/ledger/entity-types'
import { AttributeRows } from './attribute-rows'
import type { RecordDraft } from './entity-draft'
import { EntityPicker, type SuggestEntities } from './entity-picker'
import { linkLabel } from './link-words'

type Props = {
  type: EntityType
  record: RecordDraft
  onChange: (part: Partial<RecordDraft>) => void
  /** Left out where it is the only one. */
  onRemove: (() => void) | undefined
  /** What is wrong, by the place in the record: `displayName`, `links/identity`. */
  errors: Record<string, string | undefined>
  suggest: SuggestEntities
  known: Readonly<Record<string, string>>
}

/** What an entity is, or was, in one period. */
export function RecordFields({ type, record, onChange, onRemove, errors, suggest, known }: Props) {
  const timeZone = useTimeZone()
  const { displayName, attributes, links, validFrom, validTo } = record
  return (
    <>
      <Field
        label="Display name"
        optional
        error={errors.displayName}
        hint="What the trail shows instead of the raw name. Without one: its name, else its key."
      >
        {(control) => (
          <Input
            {...control}
            value={displayName}
            onChange={({ target }) => onChange({ displayName: target.value })}
          />
        )}
      </Field>
      {Object.entries(LINKS[type]).map(([name, { to, many }]) => (
        <Field key={name} label={linkLabel(name)} optional error={errors[`links/${name}`]}>
          {(control) => (
            <EntityPicker
              type={to}
              keys={links[name] ?? []}
              isMany={many === true}
              suggest={suggest}
              known={known}
              control={control}
              onChange={(keys) => onChange({ links: { ...links, [name]: keys } })}
            />
          )}
        </Field>
      ))}
      <AttributeRows
        rows={attributes}
        error={errors.attributes}
        onChange={(rows) => onChange({ attributes: rows })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Valid from" optional error={errors.validFrom} hint={`In ${timeZone}. Blank: always.`}>
          {(control) => (
            <MomentInput
              control={control}
              value={validFrom}
              onChange={(iso) => onChange({ validFrom: iso })}
            />
          )}
        </Field>
        <Field label="Valid to" optional error={errors.validTo} hint="Exclusive. Blank: for ever.">
          {(control) => (
            <MomentInput control={control} value={validTo} onChange={(iso) => onChange({ validTo: iso })} />
          )}
        </Field>
      </div>
      {onRemove && (
        <div>
          <Button size="sm" variant="danger" onClick={onRemove}>
            <Trash2 aria-hidden />
            Take out this period
          </Button>
        </div>
      )}
    </>
  )
}
