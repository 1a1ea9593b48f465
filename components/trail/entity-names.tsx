'use client'

import { createContext, type ReactNode, useContext } from 'react'

/** Of entities by their values in filters, `identity:pgustavo`: what they are called. */
export type EntityNames = Readonly<Record<string, string>>

const EntityNamesContext = createContext<EntityNames>({})

type Props = { names: EntityNames; children: ReactNode }

/** Hands the names of the ledger's entities that an address mentions to the parts that show them. */
export function EntityNamesProvider({ names, children }: Props) {
  return <EntityNamesContext value={names}>{children}</EntityNamesContext>
}

/** What a value of a filter is called: an entity's name where the ledger has it, else its key. */
export function useEntityName(): (value: string) => string {
  const names = useContext(EntityNamesContext)
  return (value) => (Object.hasOwn(names, value) ? names[value] : undefined) ?? keyOf(value)
}

const keyOf = (value: string) => value.slice(value.indexOf(':') + 1)
