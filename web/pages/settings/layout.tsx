import { Trans, useLingui } from '@lingui/react/macro'
import { Stack, Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { fold } from '../../../src/kernel/fold.ts'
import { PageTitle, useBreadcrumbs } from '../../page/index.ts'
import { inCompany } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import classes from './settings.module.css'
import { type Topic, topics } from './topics.ts'

/** What this role may see of the settings, and of that what is looked for. */
export function useTopics(asked: string): readonly Topic[] {
  const { i18n } = useLingui()
  const { may } = usePermissions()
  return topics.filter(
    ({ permission, label, about }) =>
      may(permission) && fold(`${i18n._(label)} ${i18n._(about)}`).includes(fold(asked)),
  )
}

interface Props {
  readonly title: string
  readonly unsaved?: boolean
  readonly children: ReactNode
}

/** One topic; the others stand beside it where there is room. */
export function SettingsPage({ title, unsaved = false, children }: Props) {
  const { t } = useLingui()
  useBreadcrumbs([{ label: t`Settings`, href: '/settings' }, { label: title }])
  return (
    <div className={classes.layout} data-page>
      <SettingsNav />
      <Stack className={classes.content}>
        <PageTitle title={title} unsaved={unsaved} />
        {children}
      </Stack>
    </div>
  )
}

/** All topics, beside the one that is shown. */
export function SettingsNav() {
  const { t, i18n } = useLingui()
  const [asked, setAsked] = useState('')
  const found = useTopics(asked)
  return (
    <nav className={classes.list} aria-label={t`Settings`}>
      <SearchField value={asked} onChange={setAsked} />
      <ul className={classes.topics}>
        {found.map(({ path, label }) => (
          <li key={path}>
            <Link {...({ to: inCompany(path) } as LinkProps)} className={classes.topic}>
              {i18n._(label)}
            </Link>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Nothing />}
    </nav>
  )
}

export function SearchField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (text: string) => void
}) {
  const { t } = useLingui()
  return (
    <TextInput
      aria-label={t`Search the settings`}
      placeholder={t`Search the settings`}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

export function Nothing() {
  return (
    <Text size="sm" c="dimmed" mt="sm">
      <Trans>No setting has this word</Trans>
    </Text>
  )
}

/** What may be wider than the window scrolls in an area of its own, which the keyboard reaches. */
export function ScrollArea({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
