import { Trans, useLingui } from '@lingui/react/macro'
import { Menu, TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { fold } from '../../../src/kernel/fold.ts'
import { useMe } from '../../session/index.ts'
import { companyColor } from './company-color.ts'
import classes from './header.module.css'

/** So many companies need no field to find one. */
const few = 6

/** In which company one is, and the way to the others. Each tab may stand in another. */
export function CompanySwitch() {
  const { t } = useLingui()
  const { company, companies } = useMe()
  const navigate = useNavigate()
  const [asked, setAsked] = useState('')
  const demo = companies.find(({ slug }) => slug === company.slug)?.demo ?? false
  const found = companies.filter(({ name }) => fold(name).includes(fold(asked)))
  return (
    <Menu shadow="md" position="bottom-start" width={280} onClose={() => setAsked('')}>
      <Menu.Target>
        <UnstyledButton className={classes.name}>
          <span className={classes.dot} style={{ background: companyColor(company.slug) }} />
          <span className={classes.clip}>{company.name}</span>
          {demo && (
            <span className={classes.tag}>
              <Trans>Demo</Trans>
            </span>
          )}
          <span className="visually-hidden">
            <Trans>Change the company</Trans>
          </span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown aria-label={t`Companies`}>
        {companies.length > few && (
          <TextInput
            aria-label={t`Find a company`}
            placeholder={t`Find a company`}
            m={4}
            value={asked}
            onChange={(event) => setAsked(event.currentTarget.value)}
            data-autofocus
          />
        )}
        {found.map(({ slug, name, demo: isDemo }) => (
          <Menu.Item
            key={slug}
            aria-current={slug === company.slug || undefined}
            leftSection={
              <span className={classes.dot} style={{ background: companyColor(slug), display: 'block' }} />
            }
            rightSection={isDemo ? <Trans>Demo</Trans> : null}
            onClick={() => void navigate({ to: '/c/$slug', params: { slug } })}
          >
            {name}
          </Menu.Item>
        ))}
        {found.length === 0 && (
          <Menu.Label>
            <Trans>No company has this name</Trans>
          </Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
