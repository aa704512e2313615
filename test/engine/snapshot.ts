import { Calendar } from '../../src/engine/dates/calendar.ts';
import { publicHolidays } from '../../src/engine/dates/holidays.ts';
import type { Policy } from '../../src/engine/plan/decision.ts';
import type { Snapshot } from '../../src/engine/plan/snapshot.ts';
import type { Scenario, Step } from '../../src/engine/scenario/scenario.ts';
import { aScenario, aStep, NO_FACTS, NOW } from '../builders.ts';

export const calendar = new Calendar(publicHolidays());

export const POLICY: Policy = {
  calendar,
  spread: { linkedin: false, email: false, sms: false },
  country: 'FR',
  channels: { linkedin: true, email: true, sms: true },
  freeMail: 'hold',
  smsConsent: 'required',
};

export interface SnapshotOverrides
  extends Partial<Omit<Snapshot, 'enrolment' | 'prospect' | 'campaign' | 'version'>> {
  enrolment?: Partial<Snapshot['enrolment']>;
  prospect?: Partial<Snapshot['prospect']>;
  campaign?: Partial<Snapshot['campaign']>;
  steps?: readonly Partial<Step>[];
  scenario?: Partial<Scenario>;
}

/** Claire Durand, due now at the first step of a two-mail scenario, reachable on all channels, with consent. */
export function aSnapshot(overrides: SnapshotOverrides = {}): Snapshot {
  const { enrolment, prospect, campaign, steps, scenario, ...rest } = overrides;
  const whole = aScenario({ ...scenario, ...(steps ? { steps: steps.map((step) => aStep(step)) } : {}) });
  return {
    enrolment: {
      id: 1,
      step: whole.steps[0]?.id ?? '',
      anchorAt: NOW,
      stepAt: NOW,
      nextAt: NOW,
      hold: null,
      ...enrolment,
    },
    prospect: {
      ...NO_FACTS,
      id: 1,
      first_name: 'Claire',
      last_name: 'Durand',
      email: 'claire@ateliers.example',
      mobile: '+33612345678',
      linkedin: 'claire-durand',
      consent: 'salon 2026',
      custom: {},
      companyKey: null,
      ...prospect,
    },
    campaign: {
      id: 1,
      name: 'PME Ouest',
      status: 'running',
      mode: 'live',
      objective: null,
      language: 'fr',
      timezone: 'Europe/Paris',
      window: { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 18 * 60, daysOff: [] },
      startAt: NOW,
      channels: [],
      approval: 'off',
      voice: null,
      caps: {},
      sender: null,
      scenarioVersionId: 1,
      ...campaign,
    },
    version: { id: 1, hash: 'x', scenario: whole, templates: {} },
    touches: [],
    history: [],
    accepted: false,
    connected: false,
    delivered: false,
    lastContactAt: null,
    suppressedBy: null,
    ...rest,
  };
}
