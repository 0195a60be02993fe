import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { decimal, sum, zero } from '../../../src/kernel/decimal.ts'
import { type ItemOf, listQuery } from '../../api/index.ts'
import { ErrorSummary, UnsavedWork } from '../../forms/index.ts'
import { PageTitle, useBreadcrumbs } from '../../page/index.ts'
import { ActionDialog, PageLink, inCompany } from '../../patterns/index.ts'
import { useCompany, useToday } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DateField, DecimalInput, PartyPicker, isDate, isDecimal } from '../../ui/inputs/index.ts'
import table from '../../ui/figure-table.module.css'
import classes from './money.module.css'
import { propose } from './propose.ts'

type Claim = ItemOf<'invoices'>
const methods = { bank: msg`Bank transfer`, card: msg`Card`, cash: msg`Cash` } as const

/** Money that moved, recorded in one go: amount first, then what it settles, the oldest due proposed. */
export default function NewPayment() {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const today = useToday()
  useBreadcrumbs([{ label: t`Payments`, href: '/payments' }, { label: t`New payment` }])
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { partyId?: string; direction?: string }
  const [direction, setDirection] = useState<'in' | 'out'>(search.direction === 'out' ? 'out' : 'in')
  const [partyId, setPartyId] = useState<string | null>(search.partyId ?? null)
  const [amount, setAmount] = useState('')
  const [currency, setCurrency] = useState(company.currency)
  const [date, setDate] = useState(today)
  const [method, setMethod] = useState('bank')
  const [reference, setReference] = useState('')
  /** What was typed; what was not is the proposal. */
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [keepRest, setKeepRest] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const [showing, setShowing] = useState(false)
  const [done, setDone] = useState(false)

  const { data } = useQuery({
    ...listQuery(direction === 'in' ? 'invoices' : 'bills', {
      partyId,
      paymentStatus: 'unpaid',
      sort: 'dueDate',
      limit: 200,
    }),
    enabled: partyId !== null,
  })
  const claims = partyId === null ? [] : (data?.items ?? [])
  const code = currency.trim().toUpperCase()
  const readable = isDecimal(amount) && decimal(amount).gt(zero)
  const proposed = readable ? propose(claims, amount, code) : new Map<string, string>()
  const settles = (claim: Claim): string => typed[claim.id] ?? proposed.get(claim.id) ?? ''
  const figure = (claim: Claim) => (isDecimal(settles(claim)) ? decimal(settles(claim)) : zero)
  const used = claims.filter((claim) => figure(claim).gt(zero))
  const foreign = used.some((claim) => claim.currency !== code)
  const rest = readable ? decimal(amount).minus(sum(used.map(figure))) : zero
  // Of a document in another currency only the server knows what it takes of the payment.
  const restText = format.money(rest.toFixed(), /^[A-Z]{3}$/.test(code) ? code : company.currency, 'currency')
  const left = !foreign && rest.gt(zero)

  const faults = [
    partyId === null && { field: 'party', message: t`Choose who paid or was paid` },
    !readable && { field: 'amount', message: t`Enter the amount as a figure above zero` },
    !/^[A-Z]{3}$/.test(code) && { field: 'currency', message: t`Enter the currency in three letters` },
    !isDate(date) && { field: 'date', message: t`Enter the date as day, month, year` },
    ...claims.map(
      (claim) =>
        settles(claim) !== '' &&
        !isDecimal(settles(claim)) && {
          field: `settle-${claim.id}`,
          message: t`${claim.number ?? ''}: this is not an amount`,
        },
    ),
    readable &&
      !foreign &&
      rest.lt(zero) && { field: 'amount', message: t`More is settled than was paid: ${restText}` },
    left &&
      !keepRest && {
        field: 'rest',
        message: t`${restText} settles nothing. Settle more, or say that it stays on account`,
      },
  ].filter((fault) => fault !== false)
  const faultOf = (field: string): string | undefined =>
    attempt === 0 ? undefined : faults.find((fault) => fault.field === field)?.message

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAttempt((n) => n + 1)
    if (faults.length === 0) setShowing(true)
  }
  const changed = !done && (partyId !== (search.partyId ?? null) || amount !== '' || reference !== '')
  const verb = direction === 'in' ? t`Record money in` : t`Record money out`
  return (
    <form onSubmit={submit} noValidate>
      <UnsavedWork
        unsaved={changed && !showing}
        save={() => {
          setAttempt((n) => n + 1)
          if (faults.length === 0) setShowing(true)
          // It is saved only after its preview was seen.
          return Promise.resolve(false)
        }}
      />
      <Stack className={classes.form}>
        <PageTitle title={t`New payment`} unsaved={changed} />
        <ErrorSummary faults={attempt === 0 ? [] : faults} attempt={attempt} />
        <SegmentedControl
          aria-label={t`Direction`}
          value={direction}
          onChange={(value) => {
            setDirection(value as 'in' | 'out')
            setPartyId(null)
            setTyped({})
          }}
          data={[
            { value: 'in', label: t`Money in` },
            { value: 'out', label: t`Money out` },
          ]}
        />
        <Group align="start" wrap="nowrap">
          <DecimalInput
            id="amount"
            label={t`Amount`}
            value={amount}
            onChange={(value) => {
              setAmount(value)
              setTyped({})
            }}
            error={faultOf('amount')}
            flex={1}
          />
          <TextInput
            id="currency"
            label={t`Currency`}
            value={currency}
            maxLength={3}
            onChange={(event) => setCurrency(event.currentTarget.value)}
            error={faultOf('currency')}
            w={100}
          />
        </Group>
        <PartyPicker
          key={direction}
          id="party"
          role={direction === 'in' ? 'customer' : 'vendor'}
          label={direction === 'in' ? t`Customer` : t`Vendor`}
          value={partyId}
          onChange={(id) => {
            setPartyId(id)
            setTyped({})
          }}
          error={faultOf('party')}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <DateField id="date" label={t`Date`} value={date} onChange={setDate} error={faultOf('date')} />
          <NativeSelect
            label={t`Method`}
            value={method}
            onChange={(event) => setMethod(event.currentTarget.value)}
            data={Object.entries(methods).map(([value, word]) => ({ value, label: i18n._(word) }))}
          />
          <TextInput
            label={t`Reference`}
            value={reference}
            maxLength={200}
            onChange={(event) => setReference(event.currentTarget.value)}
          />
        </SimpleGrid>
        {partyId !== null && (
          <OpenItems claims={claims} settles={settles} faultOf={faultOf} loading={data === undefined}>
            {(claim, value) => setTyped((all) => ({ ...all, [claim.id]: value }))}
          </OpenItems>
        )}
        {partyId !== null && left && (
          <Checkbox
            id="rest"
            label={t`Keep ${restText} on account`}
            description={t`It can settle later documents, or be paid back.`}
            checked={keepRest}
            onChange={(event) => setKeepRest(event.currentTarget.checked)}
            error={faultOf('rest')}
          />
        )}
        <Group>
          <Button type="submit">{verb}</Button>
          <Button variant="default" onClick={() => void navigate({ href: inCompany('/payments') })}>
            <Trans>Cancel</Trans>
          </Button>
        </Group>
      </Stack>
      {showing && (
        <ActionDialog
          title={verb}
          call={{
            resource: 'payments',
            id: '',
            name: '',
            body: {
              post: true,
              direction,
              partyId,
              amount,
              currency: code,
              date,
              method,
              ...(reference.trim() !== '' && { reference: reference.trim() }),
              allocations: used.map((claim) => ({ invoiceId: claim.id, amount: settles(claim) })),
            },
          }}
          verb={verb}
          answers="payment"
          done={() => t`Payment booked:`}
          onDone={({ id }) => {
            setDone(true)
            void navigate({ href: inCompany(`/payments/${id}`), ignoreBlocker: true })
          }}
          onClose={() => setShowing(false)}
        />
      )}
    </form>
  )
}

interface ItemsProps {
  readonly claims: readonly Claim[]
  readonly loading: boolean
  readonly settles: (claim: Claim) => string
  readonly faultOf: (field: string) => string | undefined
  /** Given what was typed for a document. */
  readonly children: (claim: Claim, value: string) => void
}

function OpenItems({ claims, loading, settles, faultOf, children: change }: ItemsProps) {
  const { t } = useLingui()
  const format = useFormat()
  const today = useToday()
  if (loading) return null
  if (claims.length === 0) {
    return (
      <Text size="sm">
        <Trans>Nothing of this party is open.</Trans>
      </Text>
    )
  }
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Document</Trans>
            </th>
            <th scope="col">
              <Trans>Due</Trans>
            </th>
            <th scope="col" data-right>
              <Trans context="amount">Open</Trans>
            </th>
            <th scope="col" data-right>
              <Trans>Settle</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {claims.map((claim) => (
            <tr key={claim.id}>
              <td>
                <PageLink href={`/${claim.kind === 'bill' ? 'bills' : 'invoices'}/${claim.id}`}>
                  {claim.number}
                </PageLink>
              </td>
              <td className={claim.dueDate < today ? classes.late : undefined}>
                {format.date(claim.dueDate)}
              </td>
              <td data-right data-figure>
                {format.money(claim.openAmount, claim.currency, 'currency')}
              </td>
              <td data-right>
                <DecimalInput
                  id={`settle-${claim.id}`}
                  aria-label={t`Settle of ${claim.number ?? ''}`}
                  value={settles(claim)}
                  onChange={(value) => change(claim, value)}
                  error={faultOf(`settle-${claim.id}`)}
                  w={130}
                  ml="auto"
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
