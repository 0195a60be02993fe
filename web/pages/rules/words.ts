import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { OneOf } from '../../api/index.ts'
import { type AnyKind, kinds } from '../../../src/kinds.ts'
import { kindWords } from '../../ui/kinds.ts'
import { roleWords } from '../../ui/roles.ts'
import { useEventWords } from './event-words.ts'

type Rule = OneOf<'rules'>
export type RuleAction = Rule['actions'][number]

export const looks: Readonly<Record<NonNullable<Rule['look']>, MessageDescriptor>> = {
  'overdue-invoices': msg`invoices that are overdue`,
  'overdue-bills': msg`bills that are overdue`,
  'late-sales-orders': msg`sales orders that are late`,
  'late-purchase-orders': msg`purchase orders that are late`,
  'ending-reservations': msg`reservations that will end`,
  'low-stock': msg`products, the lowest stock first`,
  'purchase-proposals': msg`vendors of whom something should be bought`,
}

export const operatorWords: Readonly<Record<string, MessageDescriptor>> = {
  is: msg`is`,
  'is-not': msg`is not`,
  above: msg`is above`,
  'at-least': msg`is at least`,
  below: msg`is below`,
  'at-most': msg`is at most`,
  contains: msg`contains`,
  'starts-with': msg`starts with`,
  empty: msg`is empty`,
  'not-empty': msg`is not empty`,
}

export const fieldWords: Readonly<Record<string, MessageDescriptor>> = {
  'document.totals.gross': msg`Total`,
  'document.totals.net': msg`Net`,
  'document.totals.currency': msg`Currency`,
  'document.openAmount': msg`Open amount`,
  'document.state': msg`Lifecycle`,
  'document.reference': msg`Reference`,
  'document.number': msg`Number`,
  'document.stock.forecast': msg`Forecast stock`,
  'party.name': msg`Name of the customer or vendor`,
  'party.taxNumber': msg`Tax number`,
  'event.actor.name': msg`Who did it`,
}

export const doableWords: Readonly<Record<string, MessageDescriptor>> = {
  confirm: msg`confirm it`,
  post: msg`post it`,
  release: msg`release it`,
  close: msg`close it`,
  cancel: msg`cancel it`,
}

/** What can be made from a document: its path in the API and the kind. */
export const makeable: readonly { readonly path: string; readonly kind: AnyKind }[] = [
  ...new Map(
    Object.values(kinds)
      .flatMap((kind) =>
        kind.followUps.map((each) => ({ path: each.path as string, kind: each.kind as AnyKind })),
      )
      .filter(({ kind }) => kind !== 'payment')
      .map((each) => [each.path, each] as const),
  ).values(),
]

/** A rule in words of the language shown. */
export function useRuleWords() {
  const { t, i18n } = useLingui()
  const { eventWord, eventOptions } = useEventWords()
  const when = (rule: Pick<Rule, 'events' | 'look' | 'lookEvery'>): string => {
    if (rule.look === null) return rule.events.map(eventWord).join(', ')
    const what = i18n._(looks[rule.look])
    return rule.lookEvery === 'hour' ? t`Every hour: ${what}` : t`Every day: ${what}`
  }
  const condition = (rule: Pick<Rule, 'condition' | 'conditionRows'>): string => {
    if (rule.condition === '') return t`always`
    const rows = rule.conditionRows
    if (rows === null) return rule.condition
    const parts = rows.rows.map((row) => {
      const field = fieldWords[row.field]
      const fieldWord = field === undefined ? row.field : i18n._(field)
      return `${fieldWord} ${i18n._(operatorWords[row.operator]!)} ${row.value}`.trim()
    })
    return parts.join(rows.match === 'all' ? `; ${t`and`} ` : `; ${t`or`} `)
  }
  const action = (each: RuleAction): string => {
    const role = each.role === undefined ? '' : i18n._(roleWords[each.role])
    const text = each.text ?? ''
    switch (each.do) {
      case 'follow-up': {
        const kind = makeable.find(({ path }) => path === each.make)?.kind
        const made = kind === undefined ? (each.make ?? '') : i18n._(kindWords[kind].one)
        return each.post === true ? t`make and post: ${made}` : t`make a draft: ${made}`
      }
      case 'act': {
        const word = doableWords[each.action ?? '']
        return word === undefined ? (each.action ?? '') : i18n._(word)
      }
      case 'change': {
        const field = each.field ?? ''
        const value = each.value ?? ''
        return t`set ${field} to “${value}”`
      }
      case 'mail':
        return t`send it by mail`
      case 'order-proposals':
        return t`make draft purchase orders of what is proposed`
      case 'ask-for-approval':
        return t`hold it up until ${role} has approved`
      case 'webhook':
        return t`hand the event to a webhook`
      case 'notify':
        if (each.to === 'creator') return t`tell who made it: “${text}”`
        return each.to === 'user' ? t`tell a person: “${text}”` : t`tell ${role}: “${text}”`
    }
  }
  return { eventWord, when, condition, action, eventOptions }
}
