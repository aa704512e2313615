ALTER TABLE `message` ADD `scenario` text;--> statement-breakpoint
UPDATE `message` SET `scenario` = (SELECT v.`slug` FROM `campaign` c JOIN `scenario_version` v ON v.`id` = c.`scenario_version_id`
	WHERE c.`id` = `message`.`campaign_id`);