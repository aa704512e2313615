/** Stands in SMS that never leave this machine, where no real way out has been set. */
export const REHEARSAL_SMS_OPT_OUT = 'STOP: https://exemple.example/stop';
