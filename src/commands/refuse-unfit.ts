import type { TSchema } from 'typebox'
import { strictSchema } from '../http/strict-schema.ts'
import { Check } from '../http/validation.ts'
import { UsageError } from './outcome.ts'

/**
 * What the API refuses by the shape of a request, the command line refuses too.
 * @param names what the fields are called there: `{ name: '--name' }`
 * @throws UsageError that names the first field that is not right
 */
export function refuseUnfit(
  schema: TSchema,
  value: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): void {
  const [fault] = new Check(strictSchema(schema), 'body').faults(structuredClone(value))
  if (fault === undefined) return
  const field = fault.pointer.slice(1)
  throw new UsageError(`${names[field] ?? field} ${fault.message}.`)
}
