import { useLingui } from '@lingui/react/macro'
import { Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { decimal } from '../../../../src/kernel/decimal.ts'
import type { OneOf } from '../../../api/index.ts'
import { ActionDialog } from '../../../patterns/index.ts'
import { useFormat } from '../../../ui/format.ts'
import { DateField, DecimalInput, isDate, isDecimal } from '../../../ui/inputs/index.ts'
import { pathOfKind } from '../../../ui/kinds.ts'
import classes from '../documents.module.css'
import { ProductName } from '../document/parts.tsx'
import type { DialogProps } from './dialog.tsx'

type Order = OneOf<'sales-orders'>

interface Typed {
  readonly quantity: string
  readonly unitPrice: string
}

const typedOf = ({ lines }: Order): ReadonlyMap<string, Typed> =>
  new Map(lines.map(({ id, quantity, unitPrice }) => [id, { quantity, unitPrice }]))

/** Changes a confirmed order: quantities never below what is done, prices of what is not invoiced, dates. */
export function AmendDialog({ kind, document, name, onClose }: DialogProps) {
  const { t } = useLingui()
  const format = useFormat()
  const [order, setOrder] = useState(document as unknown as Order)
  /** As it was before somebody else changed it; null: nobody did. */
  const [former, setFormer] = useState<Order | null>(null)
  const [typed, setTyped] = useState(() => typedOf(order))
  const [expected, setExpected] = useState(order.expectedDate ?? '')
  const [reference, setReference] = useState(order.reference ?? '')
  const set = (id: string, change: Partial<Typed>) =>
    setTyped((all) => new Map(all).set(id, { ...all.get(id)!, ...change }))
  /** What was typed stays; what was not becomes what the other made of it. */
  const overtaken = (now: Order) => {
    const [was, is] = [typedOf(order), typedOf(now)]
    setTyped((all) => {
      const kept = (id: string, name: keyof Typed): string => {
        const [before, mine] = [was.get(id)?.[name], all.get(id)?.[name]]
        return mine === undefined || mine === before ? is.get(id)![name] : mine
      }
      return new Map(
        now.lines.map(({ id }) => [id, { quantity: kept(id, 'quantity'), unitPrice: kept(id, 'unitPrice') }]),
      )
    })
    if (expected === (order.expectedDate ?? '')) setExpected(now.expectedDate ?? '')
    if (reference === (order.reference ?? '')) setReference(now.reference ?? '')
    setFormer(order)
    setOrder(now)
  }
  const changedMeanwhile = (before: string | null, now: string | null): string | null => {
    if (former === null || (before ?? '') === (now ?? '')) return null
    const [was, is] = [before ?? t`nothing`, now ?? t`nothing`]
    return t`Changed meanwhile: ${was} became ${is}`
  }
  const changed = order.lines.flatMap((line) => {
    const { quantity, unitPrice } = typed.get(line.id)!
    const change = {
      ...(differs(quantity, line.quantity) && { quantity }),
      ...(differs(unitPrice, line.unitPrice) && { unitPrice }),
    }
    return Object.keys(change).length === 0 ? [] : [{ id: line.id, ...change }]
  })
  const body = {
    ...(expected !== (order.expectedDate ?? '') && { expectedDate: expected === '' ? null : expected }),
    ...(reference !== (order.reference ?? '') && { reference: reference === '' ? null : reference }),
    ...(changed.length > 0 && { lines: changed }),
  }
  const wrong = order.lines.find((line) => {
    const { quantity, unitPrice } = typed.get(line.id)!
    return !isDecimal(quantity) || quantity.startsWith('-') || !isDecimal(unitPrice)
  })
  const missing = ((): string | null => {
    if (wrong !== undefined) return t`${wrong.sku ?? wrong.description}: enter quantity and price as figures`
    if (expected !== '' && !isDate(expected)) return t`Enter the date as day, month, year`
    return Object.keys(body).length === 0 ? t`Nothing is changed yet` : null
  })()
  return (
    <ActionDialog
      title={t`Amend ${order.number ?? ''}`}
      call={{ resource: pathOfKind(kind), id: order.id, name, body }}
      ifMatch={document.version}
      incomplete={missing}
      verb={t`Amend`}
      answers={kind}
      wide
      done={() => t`Amended:`}
      onOvertaken={(now) => overtaken(now as Order)}
      onClose={onClose}
      lineName={(at) => {
        const line = order.lines.find(({ id }) => id === changed[at]?.id)
        return line?.sku ?? line?.description
      }}
    >
      {(faults) => (
        <Stack gap="sm">
          <Group align="start">
            <DateField
              label={kind === 'sales-order' ? t`Promised` : t`Expected`}
              value={expected}
              onChange={setExpected}
              description={changedMeanwhile(
                former?.expectedDate ? format.date(former.expectedDate) : null,
                order.expectedDate ? format.date(order.expectedDate) : null,
              )}
              data-autofocus
            />
            <TextInput
              label={t`Reference`}
              value={reference}
              maxLength={200}
              description={changedMeanwhile(former?.reference ?? null, order.reference)}
              onChange={(event) => setReference(event.currentTarget.value)}
            />
          </Group>
          <div className={classes.matchScroll}>
            <table className={classes.match}>
              <thead>
                <tr>
                  <th scope="col">{t`Product`}</th>
                  <th scope="col" data-align="right">{t`Done`}</th>
                  <th scope="col" data-align="right">{t`Quantity`}</th>
                  <th scope="col" data-align="right">{t`Price`}</th>
                </tr>
              </thead>
              <tbody>
                {order.lines.map((line) => {
                  const at = changed.findIndex((each) => each.id === line.id)
                  const faultOf = (name: keyof Typed) =>
                    faults.find((each) => at >= 0 && each.pointer === `/lines/${at}/${name}`)?.message
                  const before = former?.lines.find((each) => each.id === line.id) ?? line
                  const meanwhile = (name: keyof Typed) =>
                    changedMeanwhile(format.number(before[name]), format.number(line[name]))
                  const lineName = line.sku ?? line.description
                  return (
                    <tr key={line.id}>
                      <td>
                        <ProductName line={line} />
                      </td>
                      <td data-align="right">{format.number(line.delivered ?? line.received ?? '0')}</td>
                      <td data-align="right">
                        <DecimalInput
                          aria-label={t`Quantity: ${lineName}`}
                          unit={line.unit}
                          value={typed.get(line.id)!.quantity}
                          onChange={(quantity) => set(line.id, { quantity })}
                          error={faultOf('quantity')}
                          description={meanwhile('quantity')}
                          w={130}
                          ml="auto"
                        />
                      </td>
                      <td data-align="right">
                        <DecimalInput
                          aria-label={t`Price: ${lineName}`}
                          value={typed.get(line.id)!.unitPrice}
                          onChange={(unitPrice) => set(line.id, { unitPrice })}
                          error={faultOf('unitPrice')}
                          description={meanwhile('unitPrice')}
                          allowNegative
                          w={130}
                          ml="auto"
                        />
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          </div>
        </Stack>
      )}
    </ActionDialog>
  )
}

function differs(text: string, value: string): boolean {
  return isDecimal(text) && !decimal(text).eq(decimal(value))
}
