import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, Modal, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Role, roles } from '../../../src/permissions.ts'
import { type ItemOf, api, listQuery, refreshData } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { DateField, PartyPicker, isDate } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import { ScrollArea, SettingsPage } from './layout.tsx'
import { roleWords } from '../../ui/roles.ts'
import { areaWord, areas, ofCustomers, permission, verbWords, verbs } from './role-words.ts'
import { SecretDialog } from './secret.tsx'
import classes from './settings.module.css'
import { useCreate } from '../../patterns/record/index.ts'

type Key = ItemOf<'api-keys'>

export default function ApiKeys() {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const { data, error } = useQuery(listQuery('api-keys', { sort: 'name', limit: 200 }))
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<Key | null>(null)
  const [made, setMade] = useState<{ readonly name: string; readonly key: string } | null>(null)
  return (
    <SettingsPage title={t`API keys`}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text size="sm" c="dimmed">
          <Trans>
            A program signs in with a key. The key belongs to the company and stays when its maker leaves.
          </Trans>
        </Text>
        {may('api-keys:write') && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setMaking(true)}
            miw="max-content"
          >
            <Trans>New key</Trans>
          </Button>
        )}
      </Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={160} />
      ) : data.items.length === 0 ? (
        <Text>
          <Trans>No keys yet. A web shop or a script needs one to read or write here.</Trans>
        </Text>
      ) : (
        <ScrollArea label={t`API keys`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>Name</Trans>
                </th>
                <th scope="col">
                  <Trans>Role</Trans>
                </th>
                <th scope="col">
                  <Trans>Used last</Trans>
                </th>
                <th scope="col">
                  <Trans>Valid</Trans>
                </th>
                <th scope="col" aria-label={t`Actions`} />
              </tr>
            </thead>
            <tbody>
              {data.items.map((key) => {
                const until = key.expiresAt === null ? '' : format.date(key.expiresAt)
                return (
                  <tr key={key.id}>
                    <th scope="row">
                      {key.name}
                      <div className={classes.quiet}>
                        zapas_{key.prefix}_… · {key.createdByName}, {format.date(key.createdAt)}
                      </div>
                    </th>
                    <td>
                      {i18n._(roleWords[key.role])}
                      <Limits of={key} />
                    </td>
                    <td className={classes.nowrap}>
                      {key.lastUsedAt === null ? <Trans>never</Trans> : format.moment(key.lastUsedAt)}
                    </td>
                    <td className={classes.nowrap}>
                      {key.revokedAt !== null ? (
                        <Trans>Revoked</Trans>
                      ) : !key.valid ? (
                        <Trans context="key">Expired</Trans>
                      ) : until === '' ? (
                        <Trans>without end</Trans>
                      ) : (
                        <Trans>until {until}</Trans>
                      )}
                    </td>
                    <td>
                      {key.valid && may('api-keys:write') && (
                        <Button
                          size="compact-sm"
                          variant="default"
                          aria-label={t`Revoke ${key.name}`}
                          onClick={() => setRevoking(key)}
                        >
                          <Trans>Revoke</Trans>
                        </Button>
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollArea>
      )}
      {making && (
        <Make
          onClose={() => setMaking(false)}
          onDone={(key) => {
            setMaking(false)
            setMade(key)
          }}
        />
      )}
      {made !== null && (
        <SecretDialog title={t`API key: ${made.name}`} secret={made.key} onClose={() => setMade(null)}>
          <Trans>
            It is shown this once. Send it as “Authorization: Bearer …”; whoever has it can do what its role
            may.
          </Trans>
        </SecretDialog>
      )}
      {revoking !== null && <Revoke apiKey={revoking} onClose={() => setRevoking(null)} />}
    </SettingsPage>
  )
}

/** What the key may do of what its role may. */
function Limits({ of: { permissions } }: { readonly of: Key }) {
  const { i18n } = useLingui()
  if (permissions === null) return null
  const limits = areas.flatMap((area) => {
    const may = verbs.filter((verb) => permissions.includes(permission(area, verb)))
    return may.length === 0
      ? []
      : [`${i18n._(areaWord(area))} (${may.map((verb) => i18n._(verbWords[verb])).join(', ')})`]
  })
  const list = limits.join(' · ')
  return (
    <div className={classes.quiet}>
      {list === '' ? <Trans>Limited to nothing</Trans> : <Trans>Only: {list}</Trans>}
    </div>
  )
}

interface MakeProps {
  readonly onClose: () => void
  readonly onDone: (made: { readonly name: string; readonly key: string }) => void
}

function Make({ onClose, onDone }: MakeProps) {
  const { t, i18n } = useLingui()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('sales')
  const [partyId, setPartyId] = useState<string | null>(null)
  const [until, setUntil] = useState('')
  const make = useCreate(
    (key) =>
      api.post<{ name: string; key: string }>(
        '/api-keys',
        {
          name: name.trim(),
          role,
          ...(role === 'customer' && { partyId }),
          ...(until !== '' && { expiresAt: new Date(`${until}T23:59:59`).toISOString() }),
        },
        { key },
      ),
    onDone,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (until === '' || isDate(until)) make.create()
  }
  return (
    <Modal opened onClose={onClose} title={t`New API key`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {make.error !== null && (
            <Alert color="red" role="alert">
              {make.error.message}
            </Alert>
          )}
          <TextInput
            label={t`Name`}
            description={t`What it is for, such as “web shop”.`}
            required
            withAsterisk={false}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={make.fault('name')}
            data-autofocus
          />
          <NativeSelect
            label={t`Role`}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={roles.map((value) => ({ value, label: i18n._(roleWords[value]) }))}
          />
          {role === 'customer' && (
            <PartyPicker
              label={t`Customer`}
              {...ofCustomers}
              value={partyId}
              onChange={setPartyId}
              error={make.fault('partyId')}
            />
          )}
          <DateField
            label={t`Valid until (optional)`}
            value={until}
            onChange={setUntil}
            error={make.fault('expiresAt')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={make.isPending}>
              <Trans>Make the key</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Revoke({ apiKey, onClose }: { readonly apiKey: Key; readonly onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => api.delete(`/api-keys/${apiKey.id}`),
    onSuccess: async () => {
      notify.done(t`${apiKey.name} is revoked.`)
      onClose()
      await refreshData(client)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Revoke ${apiKey.name}?`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        <Text size="sm">
          <Trans>Programs that use it are refused at once, for good.</Trans>
        </Text>
        {revoke.error !== null && (
          <Alert color="red" role="alert">
            {revoke.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Keep the key</Trans>
          </Button>
          <Button color="red.9" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            <Trans>Revoke</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
