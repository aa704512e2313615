/** `Mon 23 Nov 2026`: a date, in no zone. */
export const dayText = (date: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ weekday: 'short', day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' },
  })
    .format(Date.parse(`${date}T12:00:00Z`))
    .replace(',', '');
