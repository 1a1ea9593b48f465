/** The list with the item at `from` moved by `step` places; as it is where that is beyond an end. */
export function moveItem<Item>(items: readonly Item[], from: number, step: -1 | 1): readonly Item[] {
  const to = from + step
  const [moved, other] = [items[from], items[to]]
  if (moved === undefined || other === undefined) return items
  return items.map((item, index) => (index === from ? other : index === to ? moved : item))
}
