import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Burger, Group, Kbd, UnstyledButton } from '@mantine/core'
import { IconHelp, IconSearch } from '@tabler/icons-react'
import { usePermissions } from '../../session/index.ts'
import { keyText, shortcuts } from '../../ui/shortcuts.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { CompanySwitch } from './company-switch.tsx'
import { JobsButton } from './jobs-button.tsx'
import { NewMenu } from './new-menu.tsx'
import { NoticesBell } from './notices-bell.tsx'
import { shell } from './shell-store.ts'
import { UserMenu } from './user-menu.tsx'
import classes from './header.module.css'

interface Props {
  readonly onMenu: () => void
}

export function Header({ onMenu }: Props) {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const help = i18n._(shortcuts.help.label)
  return (
    <Group h="100%" px="sm" gap="sm" wrap="nowrap" className={classes.bar}>
      <Burger hiddenFrom="sm" size="sm" onClick={onMenu} aria-label={t`Open the menu`} />
      <CompanySwitch />
      <Breadcrumbs />
      <UnstyledButton
        className={classes.search}
        onClick={shell.openPalette}
        aria-keyshortcuts={keyText('palette')}
      >
        <IconSearch size={16} aria-hidden />
        <span className={classes.hint}>
          <Trans>Search</Trans>
        </span>
        <Kbd size="xs" className={classes.keys} aria-hidden>
          {keyText('palette')}
        </Kbd>
      </UnstyledButton>
      <NewMenu />
      <JobsButton />
      {may('notices:read') && <NoticesBell />}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        visibleFrom="sm"
        onClick={shell.openHelp}
        aria-label={help}
        title={`${help} (${keyText('help')})`}
      >
        <IconHelp size={20} aria-hidden />
      </ActionIcon>
      <UserMenu />
    </Group>
  )
}
