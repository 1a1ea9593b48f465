'use client'

import { useEffect, useId, useState } from 'react'
import { Field } from '@/components/form/field'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { visibleText } from '@/components/ui/visible-text'
import { ENTITY_LABELS } from '@/lib/ledger/entity-types'
import { canFilterBy } from './can-filter-by'
import { useEntityName } from './entity-names'
import { FilterMenu } from './filter-menu'
import { ENTITY_FILTERS, entityFilterLabel } from './filter-names'
import { ValueChecklist } from './filter-values'
import type { FoundEntity } from './found-entity'
import { entityValue } from './matched-name'
import { summarize } from './summarize-values'
import { useTrail } from './trail-navigation'
import { including, plainValue, withValue } from './trail-url'

/** People type faster than this between two letters. */
const QUIET_MS = 250

const SIDES = { actorEntity: 'Who did it', targetEntity: 'Whom or what it was done to' } as const

/** Finds people, groups and all else of the ledger by their names: what they did, or what was done to them. */
export function EntityFilter() {
  const { path, params, go } = useTrail()
  const entityName = useEntityName()
  const [side, setSide] = useState<keyof typeof SIDES>('actorEntity')
  const [query, setQuery] = useState('')
  const { found, says } = useFoundEntities(path, query)
  const listId = useId()
  const chosen = ENTITY_FILTERS.flatMap((name) => params.getAll(name))
  const label = (name: (typeof ENTITY_FILTERS)[number], raw: string) =>
    `${entityFilterLabel(name, plainValue(raw))} ${visibleText(entityName(plainValue(raw)))}`

  return (
    <FilterMenu
      label="Ledger"
      value={
        chosen.length === 1 ? summarize(chosen.map((raw) => entityName(plainValue(raw)))) : summarize(chosen)
      }
      wide
    >
      <div className="grid gap-3">
        <Select
          aria-label="What the entity has to do with the event"
          value={side}
          onChange={({ target }) => setSide(target.value === 'targetEntity' ? 'targetEntity' : 'actorEntity')}
        >
          {ENTITY_FILTERS.map((name) => (
            <option key={name} value={name}>
              {SIDES[name]}
            </option>
          ))}
        </Select>
        <Field label="Person, account, group …" hint="By the beginnings of the words of a name.">
          {(control) => (
            <Input
              {...control}
              type="search"
              autoComplete="off"
              spellCheck={false}
              maxLength={200}
              aria-controls={listId}
              value={query}
              onChange={({ target }) => setQuery(target.value)}
              // It looks for entities; the form around it looks for events.
              onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
            />
          )}
        </Field>
        <p role="status" className="text-quiet text-xs">
          {says}
        </p>
        <ul id={listId} aria-label="Entities found" className="-mx-1.5 empty:hidden">
          {found.map((entity) => (
            <li key={entity.id}>
              <button
                type="button"
                disabled={!canFilterBy(entityValue(entity))}
                onClick={() => {
                  setQuery('')
                  go(withValue(params, side, including(entityValue(entity))))
                }}
                className="flex w-full flex-col rounded-sm px-1.5 py-1 text-left text-sm hover:bg-hover pointer-coarse:py-2"
              >
                <span className="wrap-anywhere">
                  <bdi>{visibleText(entity.displayName)}</bdi>{' '}
                  <span className="text-quiet text-xs">{ENTITY_LABELS[entity.type].one.toLowerCase()}</span>
                </span>
                {entity.note && (
                  <span className="wrap-anywhere text-quiet text-xs">{visibleText(entity.note)}</span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </div>
      {ENTITY_FILTERS.map((name) => (
        <ValueChecklist
          key={name}
          name={name}
          options={params.getAll(name).map((value) => ({ value, label: label(name, value) }))}
        />
      ))}
    </FilterMenu>
  )
}

function useFoundEntities(path: string, query: string) {
  const [answer, setAnswer] = useState<{ query: string; found: FoundEntity[]; failed?: true }>()
  const wanted = query.trim()
  useEffect(() => {
    if (!wanted) return
    const left = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${path}/entities?${new URLSearchParams({ q: wanted })}`, {
          signal: left.signal,
        })
        if (!response.ok) throw new Error(`The server answered ${response.status}.`)
        const { entities }: { entities: FoundEntity[] } = await response.json()
        setAnswer({ query: wanted, found: entities })
      } catch {
        if (!left.signal.aborted) setAnswer({ query: wanted, found: [], failed: true })
      }
    }, QUIET_MS)
    return () => {
      clearTimeout(timer)
      left.abort()
    }
  }, [path, wanted])
  if (!wanted) return { found: [], says: '' }
  if (answer?.query !== wanted) return { found: answer?.found ?? [], says: 'Looking …' }
  if (answer.failed) return { found: [], says: 'The ledger could not be read. Try again.' }
  const { length } = answer.found
  return { found: answer.found, says: length === 0 ? 'None has such a name.' : '' }
}
