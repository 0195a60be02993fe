import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, List, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Static } from 'typebox'
import type { MergeOut } from '../../../src/documents/merging/schemas.ts'
import { type AnyKind, kinds } from '../../../src/kinds.ts'
import { type OneOf, documentQuery, newKey, refreshData, runAction } from '../../api/index.ts'
import type { Json } from '../../api/json.ts'
import { usePreview } from '../../patterns/action/use-preview.ts'
import { inCompany, useReason } from '../../patterns/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PartyPicker } from '../../ui/inputs/index.ts'
import { kindWords } from '../../ui/kinds.ts'
import { notify } from '../../ui/notify.tsx'

type Merge = Json<Static<typeof MergeOut>>

interface Props {
  readonly party: OneOf<'parties'>
  readonly onClose: () => void
}

/** Merges a party that is there twice into the other one, after it has shown what goes along. */
export function MergeDialog({ party, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const reason = useReason()
  const { name } = party
  const [into, setInto] = useState<string | null>(null)
  const kept = useQuery({ ...documentQuery('parties', into ?? ''), enabled: into !== null }).data
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)
  const key = useRef(newKey())
  const call =
    kept === undefined
      ? null
      : {
          resource: 'parties' as const,
          id: party.id,
          name: 'merge',
          body: { into: kept.id, version: kept.version },
        }
  const preview = usePreview(call)
  const told = preview.answer as Merge | null
  const error = preview.error ?? failure
  const merge = async () => {
    if (call === null || busy) return
    setBusy(true)
    setFailure(null)
    try {
      const done = await runAction<Merge>(call, { key: key.current, ifMatch: party.version })
      await refreshData(client)
      const { name: into } = done.party
      notify.done(t`${name} was merged into ${into}`)
      void navigate({ to: inCompany(`/parties/${done.party.id}`) })
    } catch (problem) {
      key.current = newKey()
      setFailure(problem as Error)
      setBusy(false)
    }
  }
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t`Merge ${name} into another party`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack>
        <PartyPicker
          label={t`The party that stays`}
          value={into}
          onChange={(id) => {
            setInto(id)
            setFailure(null)
          }}
          data-autofocus
        />
        {error !== null && (
          <Alert color="red" role="alert">
            {reason(error.message)}
          </Alert>
        )}
        {into !== null && error === null && (told === null ? <Skeleton height={96} /> : <Moves of={told} />)}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button
            color="red"
            loading={busy}
            aria-disabled={told === null || error !== null || preview.stale || undefined}
            onClick={() => {
              if (told !== null && error === null && !preview.stale) void merge()
            }}
          >
            <Trans>Merge</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Moves({ of }: { readonly of: Merge }) {
  const { i18n, t } = useLingui()
  const format = useFormat()
  const [from, to] = [of.merged.name, of.party.name]
  const names: Readonly<Record<string, string>> = {
    product: t`Prices and codes of the vendor`,
    'price-book': t`Price books`,
    'recurring-schedule': t`Schedules`,
    file: t`Files`,
  }
  const nameOf = (kind: string) =>
    Object.hasOwn(kinds, kind) ? i18n._(kindWords[kind as AnyKind].many) : (names[kind] ?? kind)
  return (
    <Stack gap="xs" role="status">
      <Text fw={600}>
        <Trans>Goes to {to}</Trans>
      </Text>
      <List size="sm">
        {of.moved.map(({ kind, count }) => (
          <List.Item key={kind}>
            {nameOf(kind)}: {format.number(String(count))}
          </List.Item>
        ))}
        {of.balances.map((balance) => {
          const receivable = format.money(balance.receivable, balance.currency)
          const payable = format.money(balance.payable, balance.currency)
          return <List.Item key={balance.currency}>{t`Owes us ${receivable}, we owe ${payable}`}</List.Item>
        })}
        {of.contacts > 0 && (
          <List.Item>
            <Plural value={of.contacts} one="# contact" other="# contacts" />
          </List.Item>
        )}
        {of.addresses > 0 && (
          <List.Item>
            <Plural value={of.addresses} one="# address" other="# addresses" />
          </List.Item>
        )}
        {of.moved.length + of.balances.length + of.contacts + of.addresses === 0 && (
          <List.Item>
            <Trans>Nothing names {from} yet.</Trans>
          </List.Item>
        )}
      </List>
      <Text size="sm">
        <Trans>
          Issued documents keep the name and address they were issued with. {from} is archived and leads to{' '}
          {to}. This cannot be undone.
        </Trans>
      </Text>
    </Stack>
  )
}
