import { guardedRequest } from './guarded-request'
import { guardedConnect } from './guarded-socket'

/** How everything that a tenant configured reaches the outside: nothing else may open connections for it. */
export const guardedTools = { request: guardedRequest, connect: guardedConnect }
