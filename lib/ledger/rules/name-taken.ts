import { AppError } from '@/lib/errors/app-error'

export function nameTaken(kind: 'rule' | 'policy', name: string): AppError {
  const detail = `There is a ${kind} ${name} already. Choose another name.`
  return new AppError('conflict', detail, { violations: [{ pointer: '/name', code: 'taken', detail }] })
}
