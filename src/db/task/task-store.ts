import type { TaskStore } from '../../engine/ports/tasks.ts';
import { failure } from '../../errors.ts';
import type { Connection } from '../connection.ts';
import { snapshotOf } from '../tick/due.ts';
import { recordAccepted } from './accepted.ts';
import { offeredTasks } from './offered.ts';
import { findTask } from './rows.ts';
import { putOff, recordConnected, recordDone, recordNotFound, recordSkip, recordStop } from './settle.ts';
import { storeEdit, storeRewrite } from './texts.ts';
import { undoLast } from './undo.ts';

/** @param now the clock, UTC ms, for what listing finds out by itself */
export const createTaskStore = (connection: Connection, now: () => number): TaskStore => ({
  list: async (filter, limit, except = []) => offeredTasks(connection, filter, { limit, except, now: now() }),
  find: async (messageId, cancelled) => findTask(connection, messageId, cancelled),
  async snapshot(enrolmentId) {
    const snapshot = snapshotOf(connection, enrolmentId, now());
    if (!snapshot) throw failure(`no enrolment ${enrolmentId}`, 'hector task list');
    return snapshot;
  },
  done: async (task, sent) => recordDone(connection, task, sent),
  skip: async (task, reason, at) => recordSkip(connection, task, reason, at),
  later: async (task, until) => putOff(connection, task, until),
  notFound: async (task, at) => recordNotFound(connection, task, at),
  connected: async (task, at) => recordConnected(connection, task, at),
  stop: async (task, at) => recordStop(connection, task, at),
  accepted: async (prospectId, at, { messageId = null, enrolmentId = null } = {}) =>
    recordAccepted(connection, prospectId, { at, messageId, enrolmentId }),
  edit: async (task, body, at) => storeEdit(connection, task, body, at),
  rewrite: async (task, message, remark, at) => storeRewrite(connection, task, { message, remark, at }),
  undo: async (messageId, at, said) => undoLast(connection, messageId, { at, said }),
});
