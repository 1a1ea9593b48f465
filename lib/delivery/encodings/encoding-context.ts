/** What an event's encoding says beside the event. `checkpoint` only where the receiver keeps nothing but events. */
export type EncodingContext = { tenant: string; checkpoint?: string | undefined }
