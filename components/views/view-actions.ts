import type { FormAction } from '@/lib/errors/form-state'
import type { KeptView } from '@/lib/views/create'

/** The server actions of saved views, bound to the workspace. */
export type ViewActions = {
  create: FormAction<KeptView>
  update: FormAction<KeptView>
  remove: FormAction<{ id: string }>
  setDefault: FormAction<{ id: string | null }>
}
