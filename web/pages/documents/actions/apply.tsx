import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { decimal, min, sum, zero } from '../../../../src/kernel/decimal.ts'
import { type ItemOf, type OneOf, listQuery } from '../../../api/index.ts'
import { ActionDialog } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { DecimalInput, isDecimal } from '../../../ui/inputs/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import { figure } from '../../../ui/lots/index.ts'
import { DueCell } from '../lists/cells.tsx'
import classes from '../documents.module.css'
import type { DialogProps } from './dialog.tsx'
import { actionWords } from './words.ts'

type Source = OneOf<'credit-notes'> | OneOf<'payments'>
type Claim = ItemOf<'invoices'>

interface Props extends DialogProps {
  readonly source: Source
}

/** What is left of a credit or payment goes to open documents of the party; the oldest due are proposed. */
export function ApplyDialog({ kind, document, name, onClose, source }: Props) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const left = 'unallocatedAmount' in source ? source.unallocatedAmount : source.openAmount
  const vendors = 'side' in source ? source.side === 'vendor' : kind === 'vendor-credit'
  const { data } = useQuery(
    listQuery(vendors ? 'bills' : 'invoices', {
      partyId: source.partyId,
      paymentStatus: 'unpaid',
      sort: 'dueDate',
      limit: 100,
    }),
  )
  const claims = data?.items.filter((claim) => kind === 'payment' || claim.currency === source.currency)
  /** What was typed; what was not is the proposal. */
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const proposed = propose(claims ?? [], left, source.currency)
  const amountOf = (claim: Claim): string => typed[claim.id] ?? proposed.get(claim.id) ?? ''
  const used = (claims ?? []).filter((claim) => figure(amountOf(claim)).gt('0'))
  const wrong = (claims ?? []).find((claim) => amountOf(claim) !== '' && !isDecimal(amountOf(claim)))
  const same = used.filter((claim) => claim.currency === source.currency)
  const after = decimal(left).minus(sum(same.map((claim) => figure(amountOf(claim)))))
  const label = i18n._(actionWords(kind, name))
  const leftText = format.money(left, source.currency, 'currency')
  const afterText = format.money(after.toFixed(), source.currency, 'currency')
  return (
    <ActionDialog
      title={`${label}: ${document.number ?? ''}`}
      call={{
        resource: pathOfKind(kind),
        id: document.id,
        name,
        body: { allocations: used.map((claim) => ({ invoiceId: claim.id, amount: amountOf(claim) })) },
      }}
      ifMatch={document.version}
      incomplete={
        wrong !== undefined
          ? t`${wrong.number ?? ''}: this is not an amount`
          : used.length === 0
            ? t`Enter an amount for at least one document`
            : null
      }
      verb={label}
      answers={kind}
      wide
      done={() => t`Settled with`}
      onClose={onClose}
    >
      {(faults) =>
        claims === undefined ? (
          <Skeleton height={120} />
        ) : claims.length === 0 ? (
          <Text size="sm">
            <Trans>Nothing of this party is open.</Trans>
          </Text>
        ) : (
          <>
            <div className={classes.matchScroll}>
              <table className={classes.match}>
                <thead>
                  <tr>
                    <th scope="col">
                      <Trans>Document</Trans>
                    </th>
                    <th scope="col">
                      <Trans>Due</Trans>
                    </th>
                    <th scope="col" data-align="right">
                      <Trans>Open</Trans>
                    </th>
                    <th scope="col" data-align="right">
                      <Trans>Settle</Trans>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {claims.map((claim, index) => (
                    <tr key={claim.id}>
                      <td>{claim.number}</td>
                      <td>
                        <DueCell value={claim.dueDate} open={claim.paymentStatus === 'overdue'} />
                      </td>
                      <td data-align="right">{format.money(claim.openAmount, claim.currency, 'currency')}</td>
                      <td data-align="right">
                        <DecimalInput
                          aria-label={t`Settle of ${claim.number ?? ''}`}
                          value={amountOf(claim)}
                          onChange={(amount) => setTyped((all) => ({ ...all, [claim.id]: amount }))}
                          error={
                            faults.find((fault) =>
                              fault.pointer.startsWith(`/allocations/${used.indexOf(claim)}/`),
                            )?.message
                          }
                          w={130}
                          ml="auto"
                          {...(index === 0 && { 'data-autofocus': true })}
                        />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <Text size="sm" mt="xs" data-figure>
              <Trans>
                {leftText} can be settled; {afterText} would be left.
              </Trans>
            </Text>
          </>
        )
      }
    </ActionDialog>
  )
}

/** The oldest due first, until nothing is left; only in the same currency can it be said beforehand. */
function propose(claims: readonly Claim[], left: string, currency: string): ReadonlyMap<string, string> {
  let rest = decimal(left)
  const amounts = new Map<string, string>()
  for (const claim of claims) {
    if (claim.currency !== currency || rest.lte(zero)) continue
    const amount = min(rest, decimal(claim.openAmount))
    amounts.set(claim.id, amount.toFixed())
    rest = rest.minus(amount)
  }
  return amounts
}
