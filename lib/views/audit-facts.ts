type Facts = { name: string; query: string; isShared: boolean }

/**
 * What the trail keeps of a view, as JSON text. Every reader of the trail sees it, and a filter tells what somebody
 * is looking for: only a shared view's is written down.
 */
export function viewFacts({ name, query, isShared }: Facts): string {
  return JSON.stringify({ name, visibility: isShared ? 'shared' : 'own', ...(isShared && { query }) })
}
