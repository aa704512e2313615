CREATE TABLE `campaign` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`scenario_version_id` integer NOT NULL,
	`status` text NOT NULL,
	`mode` text NOT NULL,
	`objective` text,
	`language` text NOT NULL,
	`timezone` text NOT NULL,
	`days` text NOT NULL,
	`hours_from` integer NOT NULL,
	`hours_to` integer NOT NULL,
	`start_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`paused_at` integer,
	FOREIGN KEY (`scenario_version_id`) REFERENCES `scenario_version`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_name_unique` ON `campaign` (`name`);--> statement-breakpoint
CREATE TABLE `enrolment` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`campaign_id` integer NOT NULL,
	`prospect_id` integer NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`step` text,
	`next_at` integer,
	`hold` text,
	`anchor_at` integer NOT NULL,
	`step_at` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`prospect_id`) REFERENCES `prospect`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrolment_once` ON `enrolment` (`campaign_id`,`prospect_id`);--> statement-breakpoint
CREATE INDEX `enrolment_prospect` ON `enrolment` (`prospect_id`);--> statement-breakpoint
CREATE INDEX `enrolment_due` ON `enrolment` (`next_at`) WHERE status = 'active' and next_at is not null;--> statement-breakpoint
CREATE INDEX `enrolment_open` ON `enrolment` (`campaign_id`,`status`) WHERE status in ('active', 'paused');--> statement-breakpoint
CREATE INDEX `enrolment_held` ON `enrolment` (`hold`,`campaign_id`) WHERE status = 'active' and hold is not null;--> statement-breakpoint
CREATE TABLE `event` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`type` text NOT NULL,
	`at` integer NOT NULL,
	`prospect_id` integer NOT NULL,
	`campaign_id` integer,
	`enrolment_id` integer,
	`message_id` integer,
	`channel` text,
	`data` text,
	`external_id` text
);
--> statement-breakpoint
CREATE INDEX `event_prospect` ON `event` (`prospect_id`,`type`);--> statement-breakpoint
CREATE INDEX `event_campaign` ON `event` (`campaign_id`,`type`,`enrolment_id`,`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `event_external` ON `event` (`external_id`) WHERE external_id is not null;--> statement-breakpoint
CREATE TABLE `import_change` (
	`import_id` integer NOT NULL,
	`prospect_id` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `import_run`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `import_change_import` ON `import_change` (`import_id`);--> statement-breakpoint
CREATE TABLE `import_run` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`file` text NOT NULL,
	`status` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`mapping` text NOT NULL,
	`counts` text
);
--> statement-breakpoint
CREATE TABLE `lease` (
	`name` text PRIMARY KEY NOT NULL,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`heartbeat_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `message` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`enrolment_id` integer NOT NULL,
	`prospect_id` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`step` text NOT NULL,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`mode` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`envelope` text NOT NULL,
	`source` text NOT NULL,
	`template` text,
	`provider` text,
	`provider_id` text,
	`idempotency_key` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	`tick_id` integer,
	`created_at` integer NOT NULL,
	`claimed_at` integer,
	`sent_at` integer,
	FOREIGN KEY (`enrolment_id`) REFERENCES `enrolment`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_once` ON `message` (`enrolment_id`,`step`,`channel`);--> statement-breakpoint
CREATE INDEX `message_prospect` ON `message` (`prospect_id`,`sent_at`);--> statement-breakpoint
CREATE INDEX `message_sent` ON `message` (`campaign_id`,`step`,`channel`,`enrolment_id`) WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX `message_key` ON `message` (`idempotency_key`) WHERE idempotency_key is not null and state <> 'sent';--> statement-breakpoint
CREATE INDEX `message_open` ON `message` (`state`) WHERE state in ('draft', 'awaiting_approval', 'ready', 'sending', 'awaiting_operator', 'uncertain');--> statement-breakpoint
CREATE TABLE `prospect` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text,
	`first_name` text,
	`last_name` text,
	`civility` text,
	`company` text,
	`company_key` text,
	`title` text,
	`phone` text,
	`mobile` text,
	`linkedin` text,
	`company_linkedin` text,
	`website` text,
	`siren` text,
	`siret` text,
	`naf` text,
	`city` text,
	`zip` text,
	`country` text,
	`region` text,
	`language` text,
	`timezone` text,
	`industry` text,
	`headcount` text,
	`revenue` text,
	`disc` text,
	`consent` text,
	`notes` text,
	`tags` text,
	`source` text,
	`custom` text,
	`phone_key` text,
	`import_id` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `prospect_email` ON `prospect` (`email`) WHERE email is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `prospect_linkedin` ON `prospect` (`linkedin`) WHERE linkedin is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `prospect_phone_key` ON `prospect` (`phone_key`) WHERE phone_key is not null;--> statement-breakpoint
CREATE INDEX `prospect_company` ON `prospect` (`company_key`) WHERE company_key is not null;--> statement-breakpoint
CREATE TABLE `scenario_version` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `scenario_version_hash` ON `scenario_version` (`slug`,`hash`);--> statement-breakpoint
CREATE TABLE `suppression` (
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`source` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `value`)
);
--> statement-breakpoint
CREATE TABLE `tick` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`host` text NOT NULL,
	`pid` integer NOT NULL,
	`summary` text
);
--> statement-breakpoint
CREATE TABLE `workspace` (
	`id` integer PRIMARY KEY NOT NULL,
	`uuid` text NOT NULL,
	`created_at` integer NOT NULL
);
