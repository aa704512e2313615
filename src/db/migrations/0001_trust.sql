CREATE TABLE `circuit` (
	`channel` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`open_until` integer,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sender_day` (
	`sender` text NOT NULL,
	`lane` text NOT NULL,
	`date` text NOT NULL,
	`day_cap` integer,
	`week_cap` integer,
	PRIMARY KEY(`sender`, `lane`, `date`)
);
--> statement-breakpoint
DROP INDEX `enrolment_due`;--> statement-breakpoint
CREATE INDEX `enrolment_due` ON `enrolment` (`campaign_id`,`next_at`) WHERE status = 'active' and next_at is not null;--> statement-breakpoint
ALTER TABLE `campaign` ADD `days_off` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `channels` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `shield_from` integer;--> statement-breakpoint
ALTER TABLE `message` ADD `sender` text;--> statement-breakpoint
ALTER TABLE `message` ADD `allowed` text;--> statement-breakpoint
CREATE INDEX `message_ledger` ON `message` (`sender`,`channel`,`sent_at`) WHERE mode = 'live' and sent_at is not null;--> statement-breakpoint
UPDATE `message` SET `sender` = CASE `channel`
	WHEN 'linkedin' THEN 'linkedin'
	WHEN 'sms' THEN coalesce(json_extract(`envelope`, '$.from'), json_extract(`envelope`, '$.messagingService'))
	ELSE lower(CASE WHEN instr(json_extract(`envelope`, '$.from'), '<') > 0
		THEN rtrim(substr(json_extract(`envelope`, '$.from'), instr(json_extract(`envelope`, '$.from'), '<') + 1), '> ')
		ELSE json_extract(`envelope`, '$.from') END) END;
