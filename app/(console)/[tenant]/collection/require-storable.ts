import { AppError } from '@/lib/errors/app-error'
import { isStorableText } from '@/lib/errors/parse-input'

/** Throws `invalid` for JSON with a text, or a name, that PostgreSQL cannot store. */
export function requireStorable(value: unknown, name = 'A text'): void {
  if (typeof value === 'string') {
    if (!isStorableText(value))
      throw new AppError('invalid', `${name} contains a character that cannot be stored. Type it again.`)
  } else if (Array.isArray(value)) {
    for (const one of value) requireStorable(one, name)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      requireStorable(key)
      requireStorable(one, key)
    }
  }
}
