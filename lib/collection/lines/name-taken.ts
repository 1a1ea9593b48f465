import { AppError } from '@/lib/errors/app-error'

export function nameTaken(name: string): AppError {
  const detail = `There is a line ${name} already. Choose another name.`
  return new AppError('conflict', detail, { violations: [{ pointer: '/name', code: 'taken', detail }] })
}
