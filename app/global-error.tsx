'use client'

import './globals.css'
import { ErrorMessage } from '@/components/layout/error-message'

/** Stands in for the root layout when that fails itself. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Out of order · Spoor</title>
        <ErrorMessage {...props} />
      </body>
    </html>
  )
}
