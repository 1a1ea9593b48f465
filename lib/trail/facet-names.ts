/** Fields whose most frequent values are counted; the order is part of the stored block index. */
export const FACET_NAMES = ['type', 'level', 'action', 'status', 'actor', 'targetType', 'source'] as const
export type FacetName = (typeof FACET_NAMES)[number]
