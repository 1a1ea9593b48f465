import { useEffect, useRef } from 'react'

/**
 * For the button that sends a form and is disabled meanwhile, which takes the focus from it: gives it back once
 * the answer is there, so that whoever works by keyboard goes on where they were.
 */
export function useKeptFocus(isPending: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isPending) return
    return () => {
      if (document.activeElement === document.body) button.current?.focus({ preventScroll: true })
    }
  }, [isPending])
  return button
}
