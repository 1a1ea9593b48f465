import { filterParams } from '@/components/trail/trail-view'

/** What a person typed or pasted, perhaps a part a line: of the trail's address only what says which events it shows. */
export function filterText(pasted: string): string {
  const text = pasted.trim().replaceAll(/[\s&]*\n[\s&]*/g, '&')
  const address = /^(?:https?:\/\/|\/)[^?]*\?([^#]*)/.exec(text)
  if (!address) return text.replace(/^\?/, '')
  return filterParams(new URLSearchParams(address[1])).toString()
}
