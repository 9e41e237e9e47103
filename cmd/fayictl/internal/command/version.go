package command

import (
	"fayi/judging"
)

// VersionCommands are the commands of the noun version.
var VersionCommands = []Declaration{showVersion}

// showVersion tells the program's version, and plainly so if it is no release.
func showVersion(cmd *Command) Handler {
	cmd.Use("version", "version")
	return func(*Call, []string) (Result, error) {
		text, release := judging.Version()
		return Answer(struct {
			Version string `json:"version"`
			Release bool   `json:"release"`
		}{text, release}, func(pr *Printer) {
			key := "cli.version"
			if !release {
				key = "cli.version_unreleased"
			}
			pr.Say(key, judging.Args{"Version": text})
		})
	}
}
