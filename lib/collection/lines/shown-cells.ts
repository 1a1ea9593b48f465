/** As much of a value as a table shows; the events show all of it. */
const MAX_SHOWN_CELL = 500
/** Where a preview has many columns and steps, its later cells are cut shorter: some megabytes are enough. */
const MAX_SHOWN_UNITS = 2_000_000
const MIN_SHOWN_CELL = 40

const cut = (value: string, most: number) =>
  value.length > most ? `${value.slice(0, most).toWellFormed()}…` : value

/** Cuts cells for people to see, all those of one preview together. */
export function cellCutter(): (value: string) => string {
  let units = 0
  return (value) => {
    const shown = cut(value, units > MAX_SHOWN_UNITS ? MIN_SHOWN_CELL : MAX_SHOWN_CELL)
    units += shown.length
    return shown
  }
}
