'use server'

import { destinationActions } from '@/app/(console)/[tenant]/forwarding/destination-actions'
import { memberAction } from '@/app/action'
import { estimateRule } from '@/lib/channels/estimate-rule'
import { ruleTrialSchema } from '@/lib/channels/input'

const actions = destinationActions('channel')

export const createAction = actions.create
export const updateAction = actions.update
export const previewAction = actions.preview
export const estimateAction = actions.estimate
export const pauseAction = actions.pause
export const resumeAction = actions.resume
export const retryAction = actions.retry
export const replayAction = actions.replay
export const cancelReplayAction = actions.cancelReplay
export const skipAction = actions.skip
export const previewSkipAction = actions.previewSkip
export const removeAction = actions.remove
export const restoreAction = actions.restore
export const testAction = actions.test
export const estimateRuleAction = memberAction('destinations:manage', ruleTrialSchema, estimateRule)
