package main

import "fayi/judging"

// versionCommands are the commands of the noun version.
var versionCommands = []declaration{showVersion}

// showVersion tells the program's version, and plainly so if it is no release.
func showVersion(cmd *command) handler {
	cmd.use("version", "version")
	return func(*call, []string) (result, error) {
		text, release := judging.Version()
		return answer(struct {
			Version string `json:"version"`
			Release bool   `json:"release"`
		}{text, release}, func(pr *printer) {
			key := "cli.version"
			if !release {
				key = "cli.version_unreleased"
			}
			pr.say(key, judging.Args{"Version": text})
		})
	}
}
