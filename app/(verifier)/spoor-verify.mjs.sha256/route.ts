import { verifierHashRoute } from '@/lib/integrity/verifier-route'

// For anybody.
export const { GET, HEAD } = verifierHashRoute
