import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Field } from './line.ts'

/** Cells in which one of a few words is chosen, and what they may hold. */
export const choices = {
  disposition: { restock: msg`Back to stock`, quarantine: msg`Quarantine`, scrap: msg`Scrap` },
  replace: { '': msg`No`, yes: msg`Yes` },
} as const satisfies Partial<Record<Field, Readonly<Record<string, MessageDescriptor>>>>

export type ChoiceField = keyof typeof choices

export function isChoice(field: string): field is ChoiceField {
  return field in choices
}

/** What may be chosen, with its words. */
export function choicesIn(field: ChoiceField): [value: string, words: MessageDescriptor][] {
  return Object.entries(choices[field])
}
