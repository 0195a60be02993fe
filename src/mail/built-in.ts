import type { Purpose, Reminder } from './purposes.ts'

/** The words that Zapas brings. */
export interface MailText {
  readonly subject: string
  readonly body: string
}

export const builtInLanguages = ['en', 'pl'] as const
type Built = (typeof builtInLanguages)[number]

interface Words {
  readonly document: MailText
  readonly own: Readonly<Partial<Record<Purpose, MailText>>>
}

const subject = '{{document}} {{number}}, {{company}}'

const en: Words = {
  document: {
    subject,
    body: `Dear Sir or Madam,

please find attached: {{document}} {{number}} of {{date}}.

See it online: {{link}}

Kind regards
{{company}}`,
  },
  own: {
    invoice: {
      subject,
      body: `Dear Sir or Madam,

please find attached our invoice {{number}} of {{date}} for {{total}}.

To pay: {{remaining}}, due on {{dueDate}}
Account: {{account}}
See it online: {{link}}

Kind regards
{{company}}`,
    },
    quotation: {
      // Of a draft, which has no number yet.
      subject: '{{document}} of {{date}}, {{company}}',
      body: `Dear Sir or Madam,

thank you for your inquiry. Our quotation of {{date}} for {{total}} is attached.

See it online: {{link}}

Kind regards
{{company}}`,
    },
    'purchase-order': {
      subject,
      body: `Dear Sir or Madam,

please find attached our order {{number}} of {{date}}. Please confirm it.

Kind regards
{{company}}`,
    },
    'reminder-1': {
      subject: 'Payment reminder, {{company}}',
      body: `Dear Sir or Madam,

perhaps it slipped your attention that these amounts are due:

{{invoices}}

Together: {{remaining}}
Account: {{account}}
See them online: {{link}}

If you have paid meanwhile, please disregard this mail.

Kind regards
{{company}}`,
    },
    'reminder-2': {
      subject: 'Second payment reminder, {{company}}',
      body: `Dear Sir or Madam,

in spite of our reminder these amounts are still open:

{{invoices}}

Please pay {{remaining}} within seven days.
Account: {{account}}
See them online: {{link}}

If something is not in order with our invoice, please tell us.

Kind regards
{{company}}`,
    },
    'reminder-3': {
      subject: 'Last payment reminder, {{company}}',
      body: `Dear Sir or Madam,

this is our last reminder. These amounts have been due for a long time:

{{invoices}}

Please pay {{remaining}} at once.
Account: {{account}}
See them online: {{link}}

Kind regards
{{company}}`,
    },
  },
}

const pl: Words = {
  document: {
    subject,
    body: `Szanowni Państwo,

w załączeniu przesyłamy dokument: {{document}} {{number}} z dnia {{date}}.

Dokument w Internecie: {{link}}

Z poważaniem
{{company}}`,
  },
  own: {
    invoice: {
      subject,
      body: `Szanowni Państwo,

w załączeniu przesyłamy fakturę {{number}} z dnia {{date}} na kwotę {{total}}.

Do zapłaty: {{remaining}}, termin płatności {{dueDate}}
Numer rachunku: {{account}}
Faktura w Internecie: {{link}}

Z poważaniem
{{company}}`,
    },
    quotation: {
      subject: '{{document}} z dnia {{date}}, {{company}}',
      body: `Szanowni Państwo,

dziękujemy za zapytanie. W załączeniu przesyłamy ofertę z dnia {{date}} na kwotę {{total}}.

Oferta w Internecie: {{link}}

Z poważaniem
{{company}}`,
    },
    'purchase-order': {
      subject,
      body: `Szanowni Państwo,

w załączeniu przesyłamy zamówienie {{number}} z dnia {{date}}. Prosimy o jego potwierdzenie.

Z poważaniem
{{company}}`,
    },
    'reminder-1': {
      subject: 'Przypomnienie o płatności, {{company}}',
      body: `Szanowni Państwo,

uprzejmie przypominamy, że minął termin płatności następujących faktur:

{{invoices}}

Razem: {{remaining}}
Numer rachunku: {{account}}
Faktury w Internecie: {{link}}

Jeżeli płatność została już dokonana, prosimy o pominięcie tej wiadomości.

Z poważaniem
{{company}}`,
    },
    'reminder-2': {
      subject: 'Drugie przypomnienie o płatności, {{company}}',
      body: `Szanowni Państwo,

mimo naszego przypomnienia następujące faktury pozostają niezapłacone:

{{invoices}}

Prosimy o zapłatę {{remaining}} w ciągu siedmiu dni.
Numer rachunku: {{account}}
Faktury w Internecie: {{link}}

Jeżeli mają Państwo zastrzeżenia do faktury, prosimy o informację.

Z poważaniem
{{company}}`,
    },
    'reminder-3': {
      subject: 'Ostateczne wezwanie do zapłaty, {{company}}',
      body: `Szanowni Państwo,

to nasze ostatnie wezwanie. Następujące faktury są od dawna wymagalne:

{{invoices}}

Prosimy o niezwłoczną zapłatę {{remaining}}.
Numer rachunku: {{account}}
Faktury w Internecie: {{link}}

Z poważaniem
{{company}}`,
    },
  },
}

const texts: Readonly<Record<Built, Words>> = { en, pl }

/** English where the language has no words of its own. */
export function builtIn(purpose: Purpose, language: string): MailText {
  const known = builtInLanguages.find((each) => language.toLowerCase().split('-')[0] === each) ?? 'en'
  return texts[known].own[purpose] ?? texts[known].document
}

/** The text of a mail that only tells whether mail gets through. */
export const testText: Readonly<Record<Built, MailText>> = {
  en: {
    subject: 'Test mail of {{company}}',
    body: `This mail was sent by Zapas, to see whether mail gets through. It does.

{{company}}`,
  },
  pl: {
    subject: 'Wiadomość testowa, {{company}}',
    body: `Tę wiadomość wysłał Zapas, aby sprawdzić, czy poczta dochodzi. Dochodzi.

{{company}}`,
  },
}

export function reminderOf(stage: number): Reminder {
  return `reminder-${stage}` as Reminder
}
