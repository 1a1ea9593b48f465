'use client'

import { Combobox } from '@base-ui/react/combobox'
import { X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { runJson } from '@/components/collection/drafts/run-json'
import type { ControlProps } from '@/components/form/field'
import { POPUP_ITEM_STYLE, POPUP_STYLE } from '@/components/ui/popup-style'
import type { FormAction } from '@/lib/errors/form-state'
import type { EntitySummary } from '@/lib/ledger/entities/entity-view'
import type { EntityType } from '@/lib/ledger/entity-types'

/** Entities that fit what is typed. */
export type SuggestEntities = FormAction<EntitySummary[]>

/** As long as people pause between letters. */
const PAUSE_MS = 200

type Props = {
  type: EntityType
  keys: readonly string[]
  /** Several can be chosen; otherwise the next one takes the place of the last. */
  isMany: boolean
  onChange: (keys: string[]) => void
  suggest: SuggestEntities
  /** Display names of keys that are chosen already. */
  known: Readonly<Record<string, string>>
  control: ControlProps
}

/** Entities by their keys: type to search the ledger; a key that it does not have yet can be typed too. */
export function EntityPicker({ type, keys, isMany, onChange, suggest, known, control }: Props) {
  const [query, setQuery] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const { found, names } = useFound(type, isOpen ? query.trim() : null, suggest)
  const typed = query.trim()
  const items = found.map(({ key }) => key)
  if (typed && !items.some((key) => key.toLowerCase() === typed.toLowerCase())) items.push(typed)
  const labelOf = (key: string) => names.get(key) ?? known[key] ?? key

  return (
    <Combobox.Root
      multiple
      items={items}
      // The server has looked for them.
      filter={null}
      itemToStringLabel={labelOf}
      value={[...keys]}
      onValueChange={(next, { reason }) => {
        // The Escape that finds the list closed would silently take out all that was chosen.
        if (reason === 'escape-key') return
        onChange(isMany ? next : next.slice(-1))
        setQuery('')
      }}
      inputValue={query}
      onInputValueChange={setQuery}
      onOpenChange={setIsOpen}
      autoHighlight
    >
      <Combobox.InputGroup className="flex min-h-8 w-full cursor-text flex-wrap items-center gap-1 rounded-md border border-edge bg-surface px-1 py-0.5 focus-within:outline-2 focus-within:outline-accent focus-within:-outline-offset-1 has-aria-invalid:border-danger">
        <Combobox.Chips className="flex w-full flex-wrap items-center gap-1">
          {keys.map((key) => (
            <Combobox.Chip
              key={key}
              aria-label={labelOf(key)}
              className="flex min-h-6 max-w-full items-center gap-0.5 rounded-sm bg-accent-soft pl-1.5 text-accent text-xs outline-none focus-within:outline-2 focus-within:outline-accent data-highlighted:outline-2 data-highlighted:outline-accent"
            >
              <span className="wrap-anywhere">{labelOf(key)}</span>
              <Combobox.ChipRemove
                aria-label={`Remove ${labelOf(key)}`}
                className="grid size-6 shrink-0 place-items-center rounded-sm hover:text-ink [&_svg]:size-3"
              >
                <X aria-hidden />
              </Combobox.ChipRemove>
            </Combobox.Chip>
          ))}
          <Combobox.Input
            placeholder={keys.length === 0 ? 'Search by name or key' : undefined}
            className="h-6 min-w-24 flex-1 bg-transparent px-1.5 text-sm outline-none pointer-coarse:h-9 pointer-coarse:text-[1rem]"
            {...control}
          />
        </Combobox.Chips>
      </Combobox.InputGroup>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50 outline-none">
          <Combobox.Popup
            className={`${POPUP_STYLE} max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto overscroll-contain p-1`}
          >
            <Combobox.Empty>
              <p className="px-2 py-1.5 text-quiet">The ledger has none yet.</p>
            </Combobox.Empty>
            <Combobox.List>
              {(key: string) => (
                <Combobox.Item key={key} value={key} className={POPUP_ITEM_STYLE}>
                  <Suggestion entity={found.find((one) => one.key === key)} typed={key} />
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

function Suggestion({ entity, typed }: { entity: EntitySummary | undefined; typed: string }) {
  if (!entity)
    return (
      <span className="wrap-anywhere min-w-0 flex-1">
        {typed} <span className="text-quiet">(use as typed: the ledger has no such key yet)</span>
      </span>
    )
  return (
    <span className="min-w-0 flex-1">
      <span className="wrap-anywhere">{entity.displayName}</span>
      <span className="wrap-anywhere block text-quiet text-xs">
        <span className="literal">{entity.key}</span>
        {entity.note && ` · ${entity.note}`}
      </span>
    </span>
  )
}

/** What fits, and the names of all that was found so far, for those who are chosen. Null: nobody looks yet. */
function useFound(type: EntityType, query: string | null, suggest: SuggestEntities) {
  const [found, setFound] = useState<EntitySummary[]>([])
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map())
  const look = useEffectEvent(async (q: string, isWanted: () => boolean) => {
    const answer = await runJson(suggest, { type, ...(q && { q }) })
    if (!isWanted() || !answer.ok) return
    setFound(answer.result)
    setNames((all) => new Map([...all, ...answer.result.map((one) => [one.key, one.displayName] as const)]))
  })
  useEffect(() => {
    if (query === null) return
    let isWanted = true
    const timer = setTimeout(() => void look(query, () => isWanted), PAUSE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [query])
  return { found, names }
}
