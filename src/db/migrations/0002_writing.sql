CREATE TABLE `disc_proposal` (
	`prospect_id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`proposal` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `model_call` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`purpose` text NOT NULL,
	`campaign_id` integer,
	`prospect_id` integer,
	`model` text NOT NULL,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`cache_read_tokens` integer NOT NULL,
	`cache_write_tokens` integer NOT NULL,
	`cost` integer NOT NULL,
	`latency_ms` integer NOT NULL,
	`result` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `model_call_at` ON `model_call` (`at`,`cost`);--> statement-breakpoint
CREATE INDEX `model_call_campaign` ON `model_call` (`campaign_id`,`at`,`cost`);--> statement-breakpoint
CREATE TABLE `text_batch` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`provider_id` text,
	`status` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`collected_at` integer,
	`counts` text
);
--> statement-breakpoint
CREATE TABLE `text_batch_request` (
	`id` text PRIMARY KEY NOT NULL,
	`batch_id` integer NOT NULL,
	`key` text NOT NULL,
	`prospect_id` integer NOT NULL,
	`campaign_id` integer,
	`model` text NOT NULL,
	`estimate` integer NOT NULL,
	`keep_until` integer NOT NULL,
	`result` text NOT NULL,
	FOREIGN KEY (`batch_id`) REFERENCES `text_batch`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `text_batch_request_batch` ON `text_batch_request` (`batch_id`);--> statement-breakpoint
CREATE INDEX `text_batch_request_open` ON `text_batch_request` (`key`) WHERE result = 'submitted';--> statement-breakpoint
CREATE INDEX `text_batch_request_estimate` ON `text_batch_request` (`campaign_id`,`estimate`) WHERE result = 'submitted';--> statement-breakpoint
CREATE TABLE `text_cache` (
	`key` text PRIMARY KEY NOT NULL,
	`prospect_id` integer NOT NULL,
	`answer` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `text_cache_expires` ON `text_cache` (`expires_at`);--> statement-breakpoint
CREATE INDEX `text_cache_prospect` ON `text_cache` (`prospect_id`);--> statement-breakpoint
ALTER TABLE `campaign` ADD `approval` text DEFAULT 'off' NOT NULL;--> statement-breakpoint
ALTER TABLE `campaign` ADD `voice` text;--> statement-breakpoint
ALTER TABLE `message` ADD `writing` text;--> statement-breakpoint
ALTER TABLE `message` ADD `facts_key` text;