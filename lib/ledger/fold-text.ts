/** Letters of a value that it is found by: what differs only behind them is told apart by looking at the record. */
const MAX_FOLD_LENGTH = 256

/** The form in which two texts are equal if they differ in case or in how accents are written only. */
export const foldWhole = (text: string): string => text.normalize('NFC').toLowerCase()

/** The beginning of a folded text by which it is found, never with half a letter at its end. */
export const cutFold = (fold: string): string => {
  const cut = fold.slice(0, MAX_FOLD_LENGTH)
  return cut.length === fold.length || cut.isWellFormed() ? cut : cut.slice(0, -1)
}

export const foldText = (text: string): string => cutFold(foldWhole(text))
