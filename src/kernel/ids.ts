import { v7 } from 'uuid'

/**
 * A new row id: UUIDv7, made here and not in the database, so that all statements of a transaction can
 * be sent together. Ordered by time, so that a list by id is a list by age.
 */
export function newId(): string {
  return v7()
}

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function isId(text: string): boolean {
  return pattern.test(text)
}
