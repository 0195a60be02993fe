import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import { api, dataKey } from '../../api/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { PageLink, documentHref } from '../links.tsx'
import { WhyFrame } from '../why-frame.tsx'
import type { ExplainedField, ReasonRow, TotalRow } from './description.ts'
import classes from './document.module.css'

interface Explanation {
  readonly value: string | null
  readonly rows: readonly {
    readonly label: string
    readonly amount: string | null
    readonly ordered: string | null
    readonly done: string | null
    readonly left: string | null
    readonly kind: string | null
    readonly id: string | null
    readonly number: string | null
    readonly date: string | null
  }[]
}

/** The rule behind each figure; the server says the same in English. */
const rules: Readonly<Record<ExplainedField, MessageDescriptor>> = {
  fulfilment: msg`Line by line: done when nothing of any goods line is open, partly when something has moved. Services do not wait for goods.`,
  invoicing: msg`Line by line: done when nothing is left to invoice, partly when something is invoiced and not credited.`,
  open: msg`The total, less what payments and credits have settled.`,
  paid: msg`The payments that were allocated to this document.`,
  value: msg`What the goods were worth when they moved, with the corrections of later bills.`,
}

interface WhyProps {
  readonly id: string
  readonly field: ExplainedField
  readonly currency: string
  readonly children: ReactNode
}

/** Why a status or an amount of a document is what it is, as the server explains it. */
export function Why({ id, field, currency, children }: WhyProps) {
  return (
    <WhyFrame side="start" width={380} because={<ServerReasons id={id} field={field} currency={currency} />}>
      {children}
    </WhyFrame>
  )
}

interface BecauseProps {
  readonly rows: readonly ReasonRow[]
  readonly rule: ReactNode
  readonly total: string
  readonly currency: string
  readonly children: ReactNode
}

/** Why an amount is what it is, where the page itself knows the rows that it is the sum of. */
export function Because({ rows, rule, total, currency, children }: BecauseProps) {
  return (
    <WhyFrame
      side="start"
      width={380}
      because={<KnownReasons rows={rows} rule={rule} total={total} currency={currency} />}
    >
      {children}
    </WhyFrame>
  )
}

/** What a row of totals consists of, wherever it is asked; of a figure that is no sum, that it is none. */
export function ReasonsOfTotal({ id, row }: { readonly id: string; readonly row: TotalRow }) {
  const { amount, currency, explained, because } = row
  if (explained !== undefined) return <ServerReasons id={id} field={explained} currency={currency} />
  if (because !== undefined) return <KnownReasons {...because} total={amount} currency={currency} />
  return (
    <Text size="sm">
      <Trans>It was entered as it is.</Trans>
    </Text>
  )
}

function KnownReasons({ rows, rule, total, currency }: Omit<BecauseProps, 'children'>) {
  const format = useFormat()
  return (
    <>
      <table className={classes.reasons}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.label}</th>
              <td>{format.money(row.amount, currency)}</td>
            </tr>
          ))}
          <Sum value={format.money(total, currency, 'currency')} />
        </tbody>
      </table>
      <Rule>{rule}</Rule>
    </>
  )
}

function ServerReasons({ id, field, currency }: Omit<WhyProps, 'children'>) {
  const { i18n } = useLingui()
  const format = useFormat()
  const { data, error } = useQuery({
    queryKey: dataKey('explain', id, field),
    queryFn: ({ signal }) => api.get<Explanation>(`/documents/${id}/explain`, { field }, { signal }),
  })
  if (error !== null) return <Text size="sm">{error.message}</Text>
  if (data === undefined)
    return (
      <>
        <Skeleton height={12} width="90%" />
        <Skeleton height={12} width="70%" mt={10} />
      </>
    )
  const byQuantity = field === 'fulfilment' || field === 'invoicing'
  return (
    <>
      {data.rows.length === 0 ? (
        <Text size="sm">
          <Trans>Nothing yet.</Trans>
        </Text>
      ) : (
        <table className={classes.reasons}>
          {byQuantity && (
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Line</Trans>
                </th>
                <th scope="col">
                  <Trans>Ordered</Trans>
                </th>
                <th scope="col">
                  <Trans>Done</Trans>
                </th>
                <th scope="col">
                  <Trans>Left</Trans>
                </th>
              </tr>
            </thead>
          )}
          <tbody>
            {data.rows.map((row, index) => (
              <tr key={`${row.id ?? ''} ${index}`}>
                <th scope="row">
                  <ReasonLabel row={row} self={id} word={(kind) => i18n._(kindWords[kind].one)} />
                </th>
                {byQuantity ? (
                  <>
                    <td>{row.ordered !== null && format.number(row.ordered)}</td>
                    <td>{row.done !== null && format.number(row.done)}</td>
                    <td>{row.left !== null && format.number(row.left)}</td>
                  </>
                ) : (
                  <td>{row.amount !== null && format.money(row.amount, currency)}</td>
                )}
              </tr>
            ))}
            {data.value !== null && <Sum value={format.money(data.value, currency, 'currency')} />}
          </tbody>
        </table>
      )}
      <Rule>{i18n._(rules[field])}</Rule>
    </>
  )
}

interface ReasonLabelProps {
  readonly row: Explanation['rows'][number]
  readonly self: string
  readonly word: (kind: AnyKind) => string
}

function ReasonLabel({ row, self, word }: ReasonLabelProps) {
  const format = useFormat()
  if (row.id === null || row.kind === null) return row.label
  if (row.id === self) return <Trans>Total</Trans>
  const kind = row.kind as AnyKind
  return (
    <>
      <PageLink href={documentHref(kind, row.id)} size="sm">
        {row.number ?? word(kind)}
      </PageLink>{' '}
      <span className={classes.quiet}>
        {word(kind)}
        {row.date !== null && `, ${format.date(row.date)}`}
      </span>
    </>
  )
}

function Sum({ value }: { readonly value: string }) {
  return (
    <tr className={classes.sum}>
      <th scope="row">
        <Trans>Together</Trans>
      </th>
      <td>{value}</td>
    </tr>
  )
}

function Rule({ children }: { readonly children: ReactNode }) {
  return <p className={classes.rule}>{children}</p>
}
