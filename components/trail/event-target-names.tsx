import { CopyButton } from '@/components/ui/copy-button'
import { DetailsList } from '@/components/ui/details-list'
import { Panel } from '@/components/ui/panel'
import type { StoredEvent } from '@/lib/event/stored-event'
import { TARGET_FIELDS, toTargetJson, toTargetValues } from '@/lib/trail/export/target-fields'
import { LongText } from './long-text'

type Props = { event: StoredEvent; mandant: string }

/** An event under the 47 names of a collection line's log target; those without a value are folded. */
export function EventTargetNames({ event, mandant }: Props) {
  const values = toTargetValues(event, mandant)
  const named = TARGET_FIELDS.map((name, at) => ({ name, value: String(values[at] ?? '') }))
  const blank = named.filter(({ value }) => value === '')
  const json = JSON.stringify(JSON.parse(toTargetJson(event, mandant)), null, 2)
  return (
    <Panel
      title="Target names"
      description="The same event by the names that files collected into this workspace know."
      actions={<CopyButton text={json} label="Copy as JSON" />}
    >
      <DetailsList
        rows={named
          .filter(({ value }) => value !== '')
          .map(({ name, value }) => [name, <LongText key={name} text={value} />])}
      />
      {blank.length > 0 && (
        <details className="mt-2">
          <summary className="rounded-sm text-quiet text-xs hover:text-ink">
            {blank.length} without a value
          </summary>
          <p className="literal mt-2 flex flex-wrap gap-x-3 gap-y-1 text-quiet">
            {blank.map(({ name }) => (
              <span key={name}>{name}</span>
            ))}
          </p>
        </details>
      )}
    </Panel>
  )
}
