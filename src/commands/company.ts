import { Option } from 'commander'

/** Every command that works in a company takes it the same way. */
export function companyOption(): Option {
  return new Option('--company <slug>', 'the company, by slug or id; may be left out where there is only one')
}

export interface CompanyOption {
  readonly company?: string
}

/** Who the audit trail says it was. */
export const commandLine = 'command line'
