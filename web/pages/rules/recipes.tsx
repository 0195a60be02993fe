import { type MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, NativeSelect, Paper, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, dataKey, newKey, refreshData } from '../../api/index.ts'
import { PageTitle, useBreadcrumbs } from '../../page/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { roleWords } from '../../ui/roles.ts'

interface Recipe {
  readonly key: string
  readonly title: string
  readonly active: boolean
  readonly parameters: Readonly<Record<string, string>>
  readonly ruleIds: readonly string[]
}

/** A sentence each, and what is entered in it. */
const words: Readonly<
  Record<string, { readonly title: MessageDescriptor; readonly about: MessageDescriptor }>
> = {
  'bill-when-received': {
    title: msg`Goods received: draft bill`,
    about: msg`When goods are received, a draft bill for them is made. You compare it with the vendor’s and book it.`,
  },
  'deliver-when-confirmed': {
    title: msg`Sales order confirmed: draft delivery note`,
    about: msg`When an order is confirmed, or goods that it waited for have come, a draft delivery note is made. You ship and post it.`,
  },
  'invoice-when-delivered': {
    title: msg`Delivered: invoice issued and mailed`,
    about: msg`When a delivery note is posted, what was delivered is invoiced; the invoice is issued and mailed, with the link to pay.`,
  },
  'remind-when-overdue': {
    title: msg`Invoice overdue: reminders in stages`,
    about: msg`When an invoice is overdue by so many days, accounting is told: three times, later each time.`,
  },
  'credit-when-returned': {
    title: msg`Sales return accepted: draft credit note`,
    about: msg`When a sales return is posted, a draft credit note is made. You decide and issue it.`,
  },
  'tell-when-allocated': {
    title: msg`Goods arrived: who waits is told`,
    about: msg`Goods that arrive are held for the orders that wait, by priority and date. Whoever made such an order is told.`,
  },
  'tell-when-reservation-ends': {
    title: msg`Reservation about to end: notice; ended: released`,
    about: msg`Whoever made a reservation is told before it ends. When it has ended, it is released.`,
  },
  'order-when-stock-is-low': {
    title: msg`Low stock: draft purchase orders`,
    about: msg`Once a day: what is proposed to be bought becomes draft purchase orders, one for each vendor, and purchasing is told. You check and confirm them. What has no vendor or no price is left to you.`,
  },
  'tell-when-stock-is-low': {
    title: msg`Low stock: purchasing is told`,
    about: msg`Once a day: when what is on hand and expected, less what is promised, is at or below a quantity, purchasing is told.`,
  },
  'approve-before': {
    title: msg`Discount or purchase above a limit: approval first`,
    about: msg`A sales order or invoice with a higher discount, a purchase order or bill of a higher amount is confirmed only when somebody with the role has approved of it.`,
  },
}

/** Of the choices that a recipe offers. */
const approvers = ['owner', 'accounting', 'sales', 'purchasing'] as const

const parameterWords: Readonly<Record<string, MessageDescriptor>> = {
  days1: msg`First, days after the due date`,
  days2: msg`Second, days after the due date`,
  days3: msg`Third, days after the due date`,
  hours: msg`Hours before the end`,
  quantity: msg`Quantity`,
  percent: msg`Discount above, per cent`,
  amount: msg`Purchase above, company’s currency`,
  approver: msg`Who approves`,
}

export default function Recipes() {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Recipes` }])
  const { data, error } = useQuery({
    queryKey: dataKey('recipes', {}),
    queryFn: ({ signal }) => api.get<{ items: readonly Recipe[] }>('/recipes', {}, { signal }),
  })
  return (
    <Stack gap="md" maw={760} data-page>
      <PageTitle title={t`Recipes`} />
      <Text>
        <Trans>
          Ready rules, one switch each. What they do and why stands in their log, and in the history of each
          document.
        </Trans>
      </Text>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data?.items.map((recipe) => (
        <Card key={`${recipe.key} ${JSON.stringify(recipe.parameters)}`} recipe={recipe} />
      ))}
    </Stack>
  )
}

function Card({ recipe }: { readonly recipe: Recipe }) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const mayWrite = usePermissions().may('rules:write')
  const [values, setValues] = useState(recipe.parameters)
  const word = words[recipe.key]
  const title = word === undefined ? recipe.title : i18n._(word.title)
  const change = useMutation({
    mutationFn: (body: { active?: boolean; parameters?: object }) =>
      api.patch(`/recipes/${recipe.key}`, body, { key: newKey() }),
    onSuccess: async (_, { active }) => {
      if (active !== undefined) notify.done(active ? t`${title}: on` : t`${title}: off`)
      await refreshData(client)
    },
    onError: (error) => notify.error(error.message),
  })
  const names = Object.keys(recipe.parameters)
  const edited = names.some((name) => values[name] !== recipe.parameters[name])
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="xs">
        <Switch
          checked={recipe.active}
          disabled={!mayWrite || change.isPending}
          label={<Text fw={600}>{title}</Text>}
          onChange={(event) =>
            change.mutate({ active: event.currentTarget.checked, ...(edited && { parameters: values }) })
          }
        />
        {word !== undefined && <Text size="sm">{i18n._(word.about)}</Text>}
        {names.length > 0 && (
          <Group align="end" gap="sm">
            {names.map((name) =>
              name === 'approver' ? (
                <NativeSelect
                  key={name}
                  label={i18n._(parameterWords[name]!)}
                  value={values[name] ?? ''}
                  w={200}
                  disabled={!mayWrite}
                  data={approvers.map((role) => ({ value: role, label: i18n._(roleWords[role]) }))}
                  onChange={(event) => {
                    const { value } = event.currentTarget
                    setValues((now) => ({ ...now, [name]: value }))
                  }}
                />
              ) : (
                <TextInput
                  key={name}
                  label={parameterWords[name] === undefined ? name : i18n._(parameterWords[name])}
                  value={values[name] ?? ''}
                  inputMode="decimal"
                  maxLength={10}
                  w={200}
                  disabled={!mayWrite}
                  onChange={(event) => {
                    const { value } = event.currentTarget
                    setValues((now) => ({ ...now, [name]: value.trim().replace(',', '.') }))
                  }}
                />
              ),
            )}
            {edited && (
              <Button
                variant="default"
                loading={change.isPending}
                onClick={() => change.mutate({ parameters: values })}
              >
                <Trans>Save</Trans>
              </Button>
            )}
          </Group>
        )}
        {recipe.ruleIds.length > 0 && (
          <Group gap="sm">
            {recipe.ruleIds.map((id, index) => (
              <PageLink key={id} href={`/rules/${id}`}>
                {recipe.ruleIds.length === 1 ? t`Rule and log` : t`Rule and log ${index + 1}`}
              </PageLink>
            ))}
          </Group>
        )}
      </Stack>
    </Paper>
  )
}
