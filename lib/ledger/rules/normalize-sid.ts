/** `S-1-`, an authority (decimal, or hexadecimal when it is large), up to 15 numbers. [MS-DTYP] 2.4.2.1. */
const SID = /^S-1-(?:\d{1,15}|0x[0-9a-f]{1,12})(?:-\d{1,10}){0,15}$/i
/** How tools write SIDs: `%{S-1-5-18}` in Windows messages, `{…}`, `sid:` and `<SID=…>` in queries. */
const WRAPPED = /^(?:%?\{(?<braces>.*)\}|<sid=(?<angles>.*)>|sid:(?<prefix>.*))$/is
/** Longer texts hold no SID, however it is wrapped. */
const MAX_LENGTH = 256

/** A SID as `S-1-5-18`, whatever its case and what is written around it; undefined for what is no SID. */
export function normalizeSid(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  let bare = text.trim()
  for (let groups = WRAPPED.exec(bare)?.groups; groups; groups = WRAPPED.exec(bare)?.groups)
    bare = (groups.braces ?? groups.angles ?? groups.prefix ?? '').trim()
  return SID.test(bare) ? bare.toUpperCase().replace('0X', '0x') : undefined
}
