import type { KeyboardEvent } from 'react'

/** In a page with hundreds of fields Enter in one of them must not save all: only the button does. */
export function keepFromSending(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
}
