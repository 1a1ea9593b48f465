'use client'

import { ErrorMessage } from '@/components/layout/error-message'

export default function PageError(props: { error: unknown; retry: () => void }) {
  return <ErrorMessage {...props} />
}
