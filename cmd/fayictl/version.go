package main

import (
	"fayi/judging"
	"fayi/judging/release"
)

// versionCommands are the commands of the noun version.
var versionCommands = []declaration{showVersion}

// showVersion tells the program's version, and plainly so if it is no release, or whether a file of a release is
// what its signer handed out.
func showVersion(cmd *command) handler {
	cmd.use("version", "version --verify fayi-1.2.0-setup.exe --key fayi.pub")
	file := cmd.str("verify", "FILE", "flag.verify_release")
	key := cmd.str("key", "FILE.pub", "flag.release_key")
	return func(*call, []string) (result, error) {
		switch {
		case cmd.has("verify"):
			return verifyRelease(*file, *key)
		case cmd.has("key"):
			return result{}, cmd.misused("cli.key_of_nothing", nil)
		}
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

func verifyRelease(file, key string) (result, error) {
	seal, err := release.Verify(file, key)
	if err != nil {
		return result{}, err
	}
	return answer(seal, func(pr *printer) {
		pr.say("release.verified", judging.Args{
			"File": seal.File, "Comment": seal.Comment, "Sum": seal.SHA256, "Key": seal.Key,
		})
	})
}
