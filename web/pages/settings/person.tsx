import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Checkbox, Group, Modal, NativeSelect, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { type Permission, type Role, permissionsOf, roles } from '../../../src/permissions.ts'
import {
  ApiProblem,
  type OneOf,
  api,
  documentQuery,
  isProblem,
  meQuery,
  newKey,
  refreshData,
} from '../../api/index.ts'
import { SaveFailure, UnsavedWork } from '../../forms/index.ts'
import { NotFoundPage } from '../../page/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PartyPicker } from '../../ui/inputs/index.ts'
import { notify } from '../../ui/notify.tsx'
import { SettingsPage } from './layout.tsx'
import { Matrix } from './matrix.tsx'
import { roleWords } from '../../ui/roles.ts'
import { ofCustomers } from './role-words.ts'
import { SecretDialog } from './secret.tsx'

type User = OneOf<'users'>

/** One person's role and exceptions in this company. */
export default function Person() {
  const { id = '' } = useParams({ strict: false })
  const { data, error } = useQuery(documentQuery('users', id))
  if (isProblem(error, 404)) return <NotFoundPage />
  if (data === undefined) {
    return (
      <SettingsPage title="…">
        {error === null ? (
          <Skeleton height={300} />
        ) : (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
      </SettingsPage>
    )
  }
  return <Form key={`${data.id} ${data.version}`} user={data} />
}

function Form({ user }: { readonly user: User }) {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const client = useQueryClient()
  const format = useFormat()
  const navigate = useNavigate()
  const [role, setRole] = useState(user.role as Role)
  const [partyId, setPartyId] = useState(user.partyId)
  const [granted, setGranted] = useState(user.granted)
  const [denied, setDenied] = useState(user.denied)
  const [key, setKey] = useState(newKey)
  const [removing, setRemoving] = useState(false)
  const [renewing, setRenewing] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const same = (one: readonly string[], other: readonly string[]) =>
    [...one].sort().join() === [...other].sort().join()
  const unsaved =
    role !== user.role ||
    partyId !== user.partyId ||
    !same(granted, user.granted) ||
    !same(denied, user.denied)
  const ofRole = permissionsOf[role]
  const seen = user.lastSeenAt === null ? null : format.date(user.lastSeenAt)
  const has = (permission: Permission) =>
    (ofRole.has(permission) || granted.includes(permission)) && !denied.includes(permission)
  const change = (permission: Permission, wanted: boolean) => {
    const base = ofRole.has(permission)
    setGranted((all) => all.filter((each) => each !== permission).concat(wanted && !base ? [permission] : []))
    setDenied((all) => all.filter((each) => each !== permission).concat(!wanted && base ? [permission] : []))
  }
  const failed = (failure: Error) => {
    if (failure instanceof ApiProblem) setKey(newKey())
  }
  const save = useMutation({
    mutationFn: () =>
      api.patch<User>(
        `/users/${user.id}`,
        { role, partyId: role === 'customer' ? partyId : null, granted, denied },
        { key, ifMatch: user.version },
      ),
    onSuccess: async () => {
      notify.done(t`Saved.`)
      await refreshData(client)
      await client.invalidateQueries({ queryKey: meQuery().queryKey })
    },
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: () => api.delete(`/users/${user.id}`),
    onSuccess: async () => {
      notify.done(t`${user.name} has no access to this company any more.`)
      await navigate({ href: inCompany('/settings/users'), ignoreBlocker: true })
      await refreshData(client)
    },
  })
  const writes = may('users:write')
  return (
    <SettingsPage title={user.name} unsaved={unsaved}>
      <UnsavedWork
        unsaved={unsaved && !remove.isSuccess}
        save={() =>
          save.mutateAsync().then(
            () => true,
            () => false,
          )
        }
      />
      <Text c="dimmed">{user.email}</Text>
      <Text size="sm">
        {user.twoFactorEnabled ? <Trans>With a second factor</Trans> : <Trans>Without a second factor</Trans>}
        {' · '}
        {seen === null ? <Trans>signed out</Trans> : <Trans>last seen on {seen}</Trans>}
      </Text>
      <SaveFailure error={save.error} onRetry={() => save.mutate()} />
      <Group align="end">
        <NativeSelect
          label={t`Role`}
          description={t`A new role begins without exceptions and holds at once.`}
          inputWrapperOrder={['label', 'input', 'description']}
          value={role}
          disabled={!writes}
          onChange={(event) => {
            setRole(event.currentTarget.value as Role)
            setGranted([])
            setDenied([])
          }}
          data={roles.map((value) => ({ value, label: i18n._(roleWords[value]) }))}
          miw={280}
        />
      </Group>
      {role === 'customer' && (
        <PartyPicker
          label={t`Customer`}
          description={t`The login sees this customer's documents and nothing else.`}
          {...ofCustomers}
          maw={360}
          value={partyId}
          initialLabel={user.partyName ?? undefined}
          onChange={setPartyId}
        />
      )}
      {writes && (
        <Group>
          <Button onClick={() => save.mutate()} loading={save.isPending}>
            <Trans>Save</Trans>
          </Button>
          <Button variant="default" onClick={() => setRenewing(true)}>
            <Trans>One-time password …</Trans>
          </Button>
          <Button variant="default" onClick={() => setRemoving(true)}>
            <Trans>Take access away …</Trans>
          </Button>
        </Group>
      )}
      {granted.length + denied.length > 0 && (
        <Text size="sm">
          <Trans>Marked cells differ from the role.</Trans>
        </Text>
      )}
      <Matrix
        label={t`What ${user.name} may do`}
        has={has}
        ofRole={(permission) => ofRole.has(permission)}
        {...(writes && role !== 'owner' && role !== 'customer' && { onChange: change })}
      />
      {removing && (
        <Modal
          opened
          onClose={() => setRemoving(false)}
          title={t`Take the access of ${user.name} away?`}
          closeButtonProps={{ 'aria-label': t`Close` }}
        >
          <Stack gap="sm">
            <Text size="sm">
              <Trans>
                {user.name} can no longer enter this company. The account, and what was done with it, stays.
              </Trans>
            </Text>
            {remove.error !== null && (
              <Alert color="red" role="alert">
                {remove.error.message}
              </Alert>
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setRemoving(false)} data-autofocus>
                <Trans>Keep the access</Trans>
              </Button>
              <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
                <Trans>Take access away</Trans>
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
      {renewing && (
        <Renew
          user={user}
          onClose={() => setRenewing(false)}
          onDone={(password) => {
            setRenewing(false)
            setSecret(password)
          }}
        />
      )}
      {secret !== null && (
        <SecretDialog
          title={t`One-time password of ${user.name}`}
          secret={secret}
          onClose={() => {
            setSecret(null)
            void refreshData(client)
          }}
        >
          <Trans>
            Give it to {user.email} by a safe way. It is shown this once, is good for 72 hours, and is
            replaced at the first sign-in.
          </Trans>
        </SecretDialog>
      )}
    </SettingsPage>
  )
}

interface RenewProps {
  readonly user: User
  readonly onClose: () => void
  readonly onDone: (password: string) => void
}

function Renew({ user, onClose, onDone }: RenewProps) {
  const { t } = useLingui()
  const [resetTwoFactor, setReset] = useState(false)
  const renew = useMutation({
    mutationFn: () =>
      api.post<{ oneTimePassword: string }>(`/users/${user.id}/one-time-password`, { resetTwoFactor }),
    onSuccess: ({ oneTimePassword }) => onDone(oneTimePassword),
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`A one-time password for ${user.name}?`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="sm">
        <Text size="sm">
          <Trans>The present password ends, and {user.name} is signed out everywhere.</Trans>
        </Text>
        {user.twoFactorEnabled && (
          <Checkbox
            label={t`Take the second factor away as well, since it was lost`}
            checked={resetTwoFactor}
            onChange={(event) => setReset(event.currentTarget.checked)}
          />
        )}
        {renew.error !== null && (
          <Alert color="red" role="alert">
            {renew.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button loading={renew.isPending} onClick={() => renew.mutate()}>
            <Trans>Make a one-time password</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
