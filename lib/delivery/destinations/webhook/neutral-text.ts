import { isIP } from 'node:net'
import { oneLine } from '@/lib/event/one-line'

/** Addresses stay as they are: no receiver makes a link of one, and people copy them. */
const ADDRESS = /(?<![\w:.])([0-9A-Fa-f:.]{2,44}[0-9A-Fa-f:])(?![\w:]|\.\w)/

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '&': '＆',
  '<': '‹',
  '>': '›',
  '@': '＠',
  '#': '＃',
  '*': '∗',
  '`': 'ˋ',
  '~': '∼',
  '|': '¦',
  _: 'ˍ',
  ']': '］',
  ':': '∶',
  '.': '․',
  '。': '․',
  '．': '․',
  '｡': '․',
  '\\': '＼',
  $: '＄',
}

/**
 * What Slack, Mattermost, Rocket.Chat or Discord read as more than a sign: tags, mentions and channels wherever they
 * are; underscores around a word, `](`, `://`, `:emoji:` (not `22:38:00`), the dot before what may be a top-level domain,
 * and the beginning of a formula, `\(` or `$…$`, which can hide what is in it.
 */
const MARKUP =
  /[&<>@#*`~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=\s?[([:])|:(?=\/\/|(?!\d\d:\d\d)[\p{L}\p{N}_+'-]+:)|(?<=\S)[.。．｡](?=[^\s\d\p{P}])|\\(?=[()[\]])|\$(?=[^\s$][^$]*\$)/gu

/**
 * One line of what others wrote, in which no receiver finds a mention, a link or markup. The four escape differently,
 * and some show an escape as it is; so each sign that one of them reads becomes one that looks like it and that none
 * reads. Where it is cut it ends in `…`; `max` counts characters. Pure.
 */
export function neutralText(text: string, max: number): string {
  const parts = oneLine(text).split(ADDRESS)
  return shorten(parts.map((part) => (isIP(part) ? part : breakMarkup(part))).join(''), max)
}

const breakMarkup = (text: string) => text.replace(MARKUP, (sign) => LOOK_ALIKES[sign] ?? sign)

/** At most so many characters, as receivers count them (UTF-16), never half of one. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  return `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
