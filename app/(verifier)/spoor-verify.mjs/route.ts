import { verifierRoute } from '@/lib/integrity/verifier-route'

// For anybody: whoever checks us needs no account.
export const { GET, HEAD } = verifierRoute
