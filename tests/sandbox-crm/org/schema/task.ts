import { DEFAULTED, READ_ONLY } from './field.ts';
import {
  auditFields,
  checkbox,
  date,
  dateTime,
  identityFields,
  integer,
  longText,
  picklist,
  reference,
  text,
} from './field-kinds.ts';
import type { ObjectDefinition } from './object-type.ts';
import { TASK_PRIORITIES, TASK_STATUSES, TASK_SUBJECTS, TASK_SUBTYPES } from './picklists.ts';

const RECURRENCE = ['RecursDaily', 'RecursEveryWeekday', 'RecursMonthly', 'RecursMonthlyNth', 'RecursWeekly', 'RecursYearly'];

export const task = (): ObjectDefinition => ({
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  fields: [
    ...identityFields('Activity ID'),
    reference('WhoId', 'Name ID', ['Contact', 'Lead'], 'Who'),
    reference('WhatId', 'Related To ID', ['Account', 'Opportunity'], 'What'),
    integer('WhoCount', 'Relation Count', READ_ONLY, { permissionable: false }),
    integer('WhatCount', 'Related To Count', READ_ONLY, { permissionable: false }),
    picklist('Subject', 'Subject', TASK_SUBJECTS, { type: 'combobox' }),
    date('ActivityDate', 'Due Date Only'),
    picklist('Status', 'Status', TASK_STATUSES, DEFAULTED, { restrictedPicklist: true }),
    picklist('Priority', 'Priority', TASK_PRIORITIES, DEFAULTED, { restrictedPicklist: true }),
    checkbox('IsHighPriority', 'High Priority', READ_ONLY, { permissionable: false }),
    reference('OwnerId', 'Assigned To ID', ['Group', 'User'], 'Owner', DEFAULTED),
    longText('Description', 'Description'),
    picklist('Type', 'Type', ['Call', 'Meeting', 'Other', 'Prep', 'Email']),
    reference('AccountId', 'Account ID', ['Account'], 'Account', READ_ONLY, { permissionable: false }),
    checkbox('IsClosed', 'Closed', READ_ONLY, { permissionable: false }),
    ...auditFields(),
    checkbox('IsArchived', 'Archived', READ_ONLY, { permissionable: false }),
    integer('CallDurationInSeconds', 'Call Duration'),
    picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], {
      restrictedPicklist: true,
      length: 40,
      byteLength: 120,
    }),
    text('CallDisposition', 'Call Result', 255),
    text('CallObject', 'Call Object Identifier', 255),
    dateTime('ReminderDateTime', 'Reminder Date/Time'),
    checkbox('IsReminderSet', 'Reminder Set'),
    reference('RecurrenceActivityId', 'Recurrence Activity ID', ['Task'], 'RecurrenceActivity', READ_ONLY, {
      permissionable: false,
    }),
    checkbox('IsRecurrence', 'Create Recurring Series of Tasks'),
    date('RecurrenceStartDateOnly', 'Recurrence Start'),
    date('RecurrenceEndDateOnly', 'Recurrence End'),
    picklist('RecurrenceType', 'Recurrence Type', RECURRENCE, { restrictedPicklist: true, length: 40, byteLength: 120 }),
    integer('RecurrenceInterval', 'Recurrence Interval'),
    picklist('TaskSubtype', 'Task Subtype', TASK_SUBTYPES, {
      restrictedPicklist: true,
      length: 40,
      byteLength: 120,
      updateable: false,
      defaultedOnCreate: true,
    }),
    dateTime('CompletedDateTime', 'Completed Date', READ_ONLY, { permissionable: false }),
  ],
});
