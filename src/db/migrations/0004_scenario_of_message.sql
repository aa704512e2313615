ALTER TABLE `message` ADD `scenario` text;--> statement-breakpoint
-- A campaign may have been given another scenario since: where its present one has no such step, the last one before
-- the message that has it, and of these one of the same slug first.
WITH known AS MATERIALIZED (
	SELECT v.`id`, v.`slug`, v.`created_at`, s.value ->> '$.id' AS step
	FROM `scenario_version` v, json_each(CASE WHEN json_valid(v.`body`) THEN v.`body` ELSE '{}' END, '$.scenario.steps') s
)
UPDATE `message` SET `scenario` = (
	SELECT coalesce(k.`slug`, v.`slug`) FROM `campaign` c JOIN `scenario_version` v ON v.`id` = c.`scenario_version_id`
	LEFT JOIN known k ON k.step = `message`.`step` AND (k.`id` = v.`id` OR k.`created_at` <= `message`.`created_at`)
	WHERE c.`id` = `message`.`campaign_id`
	ORDER BY k.`id` = v.`id` DESC, k.`slug` = v.`slug` DESC, k.`created_at` DESC, k.`id` DESC LIMIT 1);
