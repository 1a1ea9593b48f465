import { guardedTools } from '@/lib/http/guarded-tools'
import { sendTenantMail } from '@/lib/mail/send-tenant-mail'
import { ringBells } from '@/lib/notifications/ring-bells'
import type { Tools } from './destinations/contract'

/** How what is delivered reaches the outside, and people. */
export const outsideTools: Tools = { ...guardedTools, ring: ringBells, mail: sendTenantMail }
