import { filterParams } from '@/components/trail/trail-view'

/** What a person pasted as a filter: of the trail's address only what says which events it shows. */
export function filterText(pasted: string): string {
  const text = pasted.trim()
  if (!/^(https?:\/\/|\/)[^?]*\?/.test(text)) return text.replace(/^\?/, '')
  return filterParams(new URL(text, 'https://spoor.invalid').searchParams).toString()
}
