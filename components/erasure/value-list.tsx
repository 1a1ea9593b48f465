'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { visibleText } from '@/components/ui/visible-text'
import type { ErasableValue } from '@/lib/erasure/list-slots'
import { memberOf } from './chosen-pointers'

type Props = {
  values: readonly ErasableValue[]
  chosen: ReadonlySet<string>
  onChoose: (pointers: readonly string[], isOn: boolean) => void
}

/** The values of an event by their members: each can be chosen alone, or a member with all that is in it. */
export function ValueList({ values, chosen, onChoose }: Props) {
  const members = [...new Set(values.map(({ pointer }) => memberOf(pointer)))]
  return (
    <ul className="divide-y divide-line">
      {members.map((member) => {
        const own = values.filter(({ pointer }) => memberOf(pointer) === member)
        const rows = own.map((value) => (
          <ValueRow
            key={value.pointer}
            value={value}
            isChosen={chosen.has(value.pointer)}
            onChoose={onChoose}
          />
        ))
        if (own.length === 1) return <li key={member}>{rows}</li>
        const erasable = own.filter(({ canErase }) => canErase).map(({ pointer }) => pointer)
        return (
          <li key={member} className="py-1">
            <Checkbox
              checked={erasable.length > 0 && erasable.every((pointer) => chosen.has(pointer))}
              disabled={erasable.length === 0}
              onChange={({ target }) => onChoose(erasable, target.checked)}
              label={
                <>
                  <code className="literal wrap-anywhere">{visibleText(member)}</code>{' '}
                  <span className="text-quiet">all {own.length} values</span>
                </>
              }
            />
            <div className="pl-6">{rows}</div>
          </li>
        )
      })}
    </ul>
  )
}

type RowProps = { value: ErasableValue; isChosen: boolean; onChoose: Props['onChoose'] }

function ValueRow({ value: { pointer, value, canErase }, isChosen, onChoose }: RowProps) {
  return (
    <Checkbox
      checked={isChosen}
      disabled={!canErase}
      onChange={({ target }) => onChoose([pointer], target.checked)}
      label={
        <span className="grid gap-x-3 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <code className="literal wrap-anywhere">{visibleText(pointer)}</code>
          <span className={`wrap-anywhere text-quiet ${isChosen ? 'line-through' : ''}`}>
            {visibleText(value)}
          </span>
        </span>
      }
      hint={!canErase && 'It stays: it explains what was erased elsewhere.'}
    />
  )
}
