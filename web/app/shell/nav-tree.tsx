import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconDeviceMobile } from '@tabler/icons-react'
import { setPreferences, usePreferences } from '../../session/index.ts'
import { CompanyLink } from './company-link.tsx'
import { homeIcon as HomeIcon, homeItem, settingsIcon as SettingsIcon } from './navigation.ts'
import { useCounters } from './use-counters.ts'
import { useNavigation } from './use-navigation.ts'
import classes from './nav-tree.module.css'

/** The tree of the navigation: groups fold, and stay so. */
export function NavTree() {
  const { i18n } = useLingui()
  const { groups, warehouseMode, settings } = useNavigation()
  const { folded } = usePreferences()
  const counters = useCounters()
  const fold = (id: string) =>
    setPreferences({ folded: folded.includes(id) ? folded.filter((each) => each !== id) : [...folded, id] })
  return (
    <ul className={classes.tree}>
      <li>
        <CompanyLink path={homeItem.path} exact className={classes.top}>
          <HomeIcon size={18} aria-hidden />
          {i18n._(homeItem.label)}
        </CompanyLink>
      </li>
      {groups.map(({ id, label, icon: Icon, items }) => {
        const open = !folded.includes(id)
        return (
          <li key={id}>
            <UnstyledButton className={classes.group} aria-expanded={open} onClick={() => fold(id)}>
              <Icon size={18} aria-hidden />
              <span className={classes.name}>{i18n._(label)}</span>
              <IconChevronDown
                size={16}
                aria-hidden
                className={classes.chevron}
                data-open={open || undefined}
              />
            </UnstyledButton>
            {open && (
              <ul className={classes.items}>
                {items.map((item) => (
                  <li key={item.path}>
                    <CompanyLink path={item.path} className={classes.item}>
                      {i18n._(item.label)}
                      <Waiting count={counters.get(item.path) ?? 0} asked={item.path === '/approvals'} />
                    </CompanyLink>
                  </li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
      {warehouseMode && (
        <li>
          <a href="/w" className={classes.top}>
            <IconDeviceMobile size={18} aria-hidden />
            <Trans>Warehouse mode</Trans>
          </a>
        </li>
      )}
      {settings !== null && (
        <li>
          <CompanyLink path={settings.path} className={classes.top}>
            <SettingsIcon size={18} aria-hidden />
            {i18n._(settings.label)}
          </CompanyLink>
        </li>
      )}
    </ul>
  )
}

/** How many of a list are late, or ask this person for an answer. */
function Waiting({ count, asked }: { readonly count: number; readonly asked: boolean }) {
  if (count === 0) return null
  return (
    <span className={classes.count}>
      <span aria-hidden>{count > 999 ? '999+' : count}</span>
      <span className="visually-hidden">
        {asked ? (
          <Plural value={count} one="# waits for you" other="# wait for you" />
        ) : (
          <Plural value={count} one="# late" other="# late" />
        )}
      </span>
    </span>
  )
}
