import { Trans, useLingui } from '@lingui/react/macro'
import { Menu, UnstyledButton } from '@mantine/core'
import { IconBarcode, IconHome, IconMenu2, IconPlus, IconSearch } from '@tabler/icons-react'
import { CompanyLink } from './company-link.tsx'
import { shell } from './shell-store.ts'
import { useCreatable } from './use-creatable.ts'
import { useNavigation } from './use-navigation.ts'
import classes from './bottom-bar.module.css'

interface Props {
  readonly onMenu: () => void
}

/** On a phone, within reach of the thumb. */
export function BottomBar({ onMenu }: Props) {
  const { t, i18n } = useLingui()
  const creatable = useCreatable()
  const { warehouseMode } = useNavigation()
  return (
    <nav className={classes.bar} aria-label={t`Quick ways`}>
      <CompanyLink path="" exact className={classes.way}>
        <IconHome size={22} aria-hidden />
        <Trans>Home</Trans>
      </CompanyLink>
      <UnstyledButton className={classes.way} onClick={shell.openPalette}>
        <IconSearch size={22} aria-hidden />
        <Trans>Search</Trans>
      </UnstyledButton>
      {warehouseMode && (
        <a href="/w" className={classes.way}>
          <IconBarcode size={22} aria-hidden />
          <Trans>Scan</Trans>
        </a>
      )}
      {creatable.length > 0 && (
        <Menu shadow="md" position="top">
          <Menu.Target>
            <UnstyledButton className={classes.way}>
              <IconPlus size={22} aria-hidden />
              <Trans>New</Trans>
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown aria-label={t`New`}>
            {creatable.map(({ path, label }) => (
              <Menu.Item key={path} renderRoot={(props) => <CompanyLink path={path} {...props} />}>
                {i18n._(label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <UnstyledButton className={classes.way} onClick={onMenu}>
        <IconMenu2 size={22} aria-hidden />
        <Trans>Menu</Trans>
      </UnstyledButton>
    </nav>
  )
}
