import { useEffect } from 'react'

const QUESTION = 'What you changed is not saved. Leave this page all the same?'

/** Asks before a page is left with changes that are not saved: by closing it, by the address, or by a link. */
export function useUnsavedWarning(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return
    const beforeUnload = (event: BeforeUnloadEvent) => event.preventDefault()
    const beforeLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target || link.hasAttribute('download') || event.ctrlKey || event.metaKey) return
      if (new URL(link.href).pathname === window.location.pathname || window.confirm(QUESTION)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', beforeUnload)
    // Before React hears of it.
    document.addEventListener('click', beforeLink, true)
    return () => {
      window.removeEventListener('beforeunload', beforeUnload)
      document.removeEventListener('click', beforeLink, true)
    }
  }, [isChanged])
}
