import { Trans, useLingui } from '@lingui/react/macro'
import {
  Alert,
  Badge,
  Button,
  Group,
  Modal,
  NativeSelect,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Role, roles } from '../../../src/permissions.ts'
import { type ItemOf, api, listQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PartyPicker } from '../../ui/inputs/index.ts'
import { ScrollArea, SettingsPage } from './layout.tsx'
import { roleWords } from '../../ui/roles.ts'
import { ofCustomers } from './role-words.ts'
import { SecretDialog } from './secret.tsx'
import classes from './settings.module.css'
import { useCreate } from '../../patterns/record/index.ts'

type User = ItemOf<'users'>
interface Invited extends User {
  /** Null when the person has an account already, and so a password. */
  readonly oneTimePassword: string | null
}

export default function Users() {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const { may } = usePermissions()
  const { data, error } = useQuery(listQuery('users', { sort: 'name', limit: 200 }))
  const [inviting, setInviting] = useState(false)
  const [invited, setInvited] = useState<Invited | null>(null)
  return (
    <SettingsPage title={t`Users & roles`}>
      <Group justify="space-between">
        <PageLink href="/settings/roles">
          <Trans>What each role may do</Trans>
        </PageLink>
        {may('users:write') && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
            <Trans>Invite a person</Trans>
          </Button>
        )}
      </Group>
      {error !== null && (
        <Alert color="red" role="alert">
          {error.message}
        </Alert>
      )}
      {data === undefined ? (
        error === null && <Skeleton height={200} />
      ) : (
        <ScrollArea label={t`Users & roles`}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans context="person">Name</Trans>
                </th>
                <th scope="col">
                  <Trans>Role</Trans>
                </th>
                <th scope="col">
                  <Trans>Sign-in</Trans>
                </th>
                <th scope="col">
                  <Trans>Since</Trans>
                </th>
                <th scope="col">
                  <Trans>Last seen</Trans>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((user) => (
                <tr key={user.id}>
                  <th scope="row">
                    <PageLink href={`/settings/users/${user.id}`}>{user.name}</PageLink>
                    <div className={classes.quiet}>{user.email}</div>
                  </th>
                  <td>
                    {i18n._(roleWords[user.role as Role])}
                    {user.partyName !== null && <div className={classes.quiet}>{user.partyName}</div>}
                    {user.granted.length + user.denied.length > 0 && (
                      <div className={classes.quiet}>
                        <Trans>with exceptions</Trans>
                      </div>
                    )}
                  </td>
                  <td>
                    {user.mustChangePassword ? (
                      <Badge variant="light" color="yellow" tt="none">
                        <Trans>One-time password</Trans>
                      </Badge>
                    ) : user.twoFactorEnabled ? (
                      <Trans>With a second factor</Trans>
                    ) : (
                      <Trans>Password</Trans>
                    )}
                  </td>
                  <td className={classes.nowrap}>{format.date(user.createdAt)}</td>
                  <td className={classes.nowrap}>
                    {user.lastSeenAt === null ? '–' : format.date(user.lastSeenAt)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
      {inviting && (
        <Invite
          onClose={() => setInviting(false)}
          onDone={(user) => {
            setInviting(false)
            setInvited(user)
          }}
        />
      )}
      {invited !== null && invited.oneTimePassword !== null && (
        <SecretDialog
          title={t`One-time password of ${invited.name}`}
          secret={invited.oneTimePassword}
          onClose={() => setInvited(null)}
        >
          <Trans>
            Give it to {invited.email} by a safe way. It is shown this once, is good for 72 hours, and is
            replaced at the first sign-in.
          </Trans>
        </SecretDialog>
      )}
      {invited !== null && invited.oneTimePassword === null && (
        <Modal
          opened
          onClose={() => setInvited(null)}
          title={invited.name}
          closeButtonProps={{ 'aria-label': t`Close` }}
        >
          <Text>
            <Trans>{invited.email} has an account already and signs in with the password it has.</Trans>
          </Text>
        </Modal>
      )}
    </SettingsPage>
  )
}

function Invite({
  onClose,
  onDone,
}: {
  readonly onClose: () => void
  readonly onDone: (user: Invited) => void
}) {
  const { t, i18n } = useLingui()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('sales')
  const [partyId, setPartyId] = useState<string | null>(null)
  const invite = useCreate(
    (key) =>
      api.post<Invited>(
        '/users',
        {
          email: email.trim(),
          ...(name.trim() !== '' && { name: name.trim() }),
          role,
          ...(role === 'customer' && { partyId }),
        },
        { key },
      ),
    onDone,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.create()
  }
  return (
    <Modal opened onClose={onClose} title={t`Invite a person`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {invite.error !== null && (
            <Alert color="red" role="alert">
              {invite.error.message}
            </Alert>
          )}
          <TextInput
            label={t({ message: 'Name', context: 'person' })}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            error={invite.fault('name')}
            data-autofocus
          />
          <TextInput
            label={t`E-mail`}
            type="email"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={invite.fault('email')}
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
              description={t`The login sees this customer's documents and nothing else.`}
              {...ofCustomers}
              value={partyId}
              onChange={setPartyId}
              error={invite.fault('partyId')}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit" loading={invite.isPending}>
              <Trans>Give access</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
