/** The page of an event; the query is that of the trail its reader came from, and leads back there. */
export function eventHref(path: string, id: string, query: string): string {
  return query ? `${path}/${id}?${query}` : `${path}/${id}`
}
