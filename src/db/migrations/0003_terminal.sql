CREATE TABLE `campaign_draft` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`answers` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_draft_name_unique` ON `campaign_draft` (`name`);--> statement-breakpoint
ALTER TABLE `campaign` ADD `caps` text;--> statement-breakpoint
ALTER TABLE `campaign` ADD `sender` text;--> statement-breakpoint
ALTER TABLE `message` ADD `later_at` integer;--> statement-breakpoint
ALTER TABLE `message` ADD `asked_at` integer;--> statement-breakpoint
ALTER TABLE `prospect` ADD `legal_basis` text;--> statement-breakpoint
ALTER TABLE `prospect` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `suppression` ADD `expires_at` integer;--> statement-breakpoint
ALTER TABLE `workspace` ADD `fingerprint_key` text;