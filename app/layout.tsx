import '@fontsource-variable/inter/opsz.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { readPreferences } from '@/components/layout/read-preferences'
import { TimeZoneProvider } from '@/components/ui/time-zone'
import { ToastProvider } from '@/components/ui/toast'

export const metadata: Metadata = {
  title: { default: 'Spoor', template: '%s · Spoor' },
  description: 'Who did what, to what, from where, when, and whether it worked.',
}

export const viewport: Viewport = { colorScheme: 'light dark' }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, timeZone } = await readPreferences()
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <div id="spoor">
          <TimeZoneProvider timeZone={timeZone}>
            <ToastProvider>{children}</ToastProvider>
          </TimeZoneProvider>
        </div>
      </body>
    </html>
  )
}
