/** Longer values are refused by the filter. */
const MAX_VALUE_LENGTH = 1024

/** Whether an address can ask for exactly this value: the trail page trims values and drops empty ones. */
export function canFilterBy(value: string): boolean {
  return value !== '' && value.length <= MAX_VALUE_LENGTH && value.trim() === value
}
