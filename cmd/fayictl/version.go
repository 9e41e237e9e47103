package main

import "fayi/judging"

// showVersion tells the program's version, and plainly so if it is no release.
func showVersion(c *call) error {
	if _, err := c.parse(c.flags(), 0, 0); err != nil {
		return err
	}
	text, release := judging.Version()
	return c.answer(struct {
		Version string `json:"version"`
		Release bool   `json:"release"`
	}{text, release}, func() {
		key := "cli.version"
		if !release {
			key = "cli.version_unreleased"
		}
		c.say(key, judging.Args{"Version": text})
	})
}
