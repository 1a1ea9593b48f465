type Asked = { from?: string | string[]; to?: string | string[] }

/** Which two versions are compared: those of the address, else the newest and the one before. */
export function readComparison({ from, to }: Asked, newest: number): { from: number; to: number } {
  const later = versionOf(to, newest) ?? newest
  return { from: versionOf(from, newest) ?? later - 1, to: later }
}

function versionOf(text: string | string[] | undefined, newest: number): number | undefined {
  const version = typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : 0
  return version >= 1 && version <= newest ? version : undefined
}
