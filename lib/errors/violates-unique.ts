const UNIQUE_VIOLATION = '23505'

/** Whether a statement failed because another row has this value already: somebody else was faster. */
export function violatesUnique(error: unknown, index: string): boolean {
  // drizzle wraps the driver's error once.
  const { cause } = error as { cause?: { code?: unknown; constraint_name?: unknown } }
  return cause?.code === UNIQUE_VIOLATION && cause.constraint_name === index
}
