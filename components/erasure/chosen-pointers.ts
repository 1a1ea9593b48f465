import type { ErasableValue } from '@/lib/erasure/list-slots'

/** The top-level member that a pointer is in. */
export const memberOf = (pointer: string) => pointer.split('/', 2).join('/')

/**
 * The fewest pointers that name exactly the chosen values: whole members, and single values of others. A whole event
 * is all its members: a form doesn't send the empty pointer that would name it.
 */
export function chosenPointers(values: readonly ErasableValue[], chosen: ReadonlySet<string>): string[] {
  const members = [...new Set(values.map(({ pointer }) => memberOf(pointer)))]
  return members.flatMap((member) => {
    const own = values.map(({ pointer }) => pointer).filter((pointer) => memberOf(pointer) === member)
    const picked = own.filter((pointer) => chosen.has(pointer))
    return picked.length === own.length ? [member] : picked
  })
}
