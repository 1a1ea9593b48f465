import { MAX_NAME_LENGTH, MAX_PLACE_LENGTH } from './limits'

/** Controls, and what turns the direction of text: a name is shown in lists, letters and shells. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** What is wrong with a file's name, for the person who handed it over; undefined if nothing is. */
export function nameComplaint(name: string, { mayHaveFolders = false } = {}): string | undefined {
  const maxLength = mayHaveFolders ? MAX_PLACE_LENGTH : MAX_NAME_LENGTH
  if (name.trim() === '') return 'The file has no name. Give one: ?name=security.csv'
  if (name.length > maxLength) return `The name has more than ${maxLength} characters. Give a shorter one.`
  if (UNSAFE.test(name) || !name.isWellFormed())
    return 'The name has characters that cannot be shown. Rename the file.'
  if (!mayHaveFolders && /[/\\]/.test(name)) return 'Give the name alone, without folders: security.csv'
  const isPath = name.split('/').some((part) => part === '.' || part === '..' || part === '')
  return isPath ? 'This is not the name of a file. Give one like security.csv' : undefined
}

/** `logs.csv.gz` is shown as what is in it. */
export const unpackedName = (name: string): string => (/[^/]\.gz$/i.test(name) ? name.slice(0, -3) : name)
