import { isProblem } from '../api/index.ts'
import { faultWords } from './fault-words.ts'

/** Something to put right before it can be saved. */
export interface Fault {
  /** `id` or `name` of the field: `lines.2.quantity`; '' for the whole. */
  readonly field: string
  /** The same words as at the field. */
  readonly message: string
}

/** What the server finds wrong, by field: the pointer `/lines/2/quantity` is the field `lines.2.quantity`. */
export function faultsOf(error: unknown): readonly Fault[] {
  if (!isProblem(error)) return []
  return error.errors.map(({ pointer, message }) => ({
    field: pointer.replace(/^\//, '').replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~'),
    message: faultWords(message),
  }))
}
