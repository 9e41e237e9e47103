package command

import (
	"fayi/judging"
	"fayi/judging/release"
)

// VersionCommands are the commands of the noun version.
var VersionCommands = []Declaration{showVersion}

// showVersion tells the program's version, and plainly so if it is no release, or whether a file of a release is
// what its signer handed out.
func showVersion(cmd *Command) Handler {
	cmd.Use("version", "version --verify fayi-1.2.0-setup.exe --key fayi.pub")
	cmd.Ends(judging.Corrupt) // a file that is not what was signed
	file := cmd.Str("verify", "FILE", "flag.verify_release")
	key := cmd.Str("key", "FILE.pub", "flag.release_key")
	return func(*Call, []string) (Result, error) {
		switch {
		case cmd.Has("verify"):
			return verifyRelease(*file, *key)
		case cmd.Has("key"):
			return Result{}, cmd.Misused("cli.key_of_nothing", nil)
		}
		return tellVersion()
	}
}

// tellVersion says the version of the program.
func tellVersion() (Result, error) {
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

func verifyRelease(file, key string) (Result, error) {
	seal, err := release.Verify(file, key)
	if err != nil {
		return Result{}, err
	}
	return Answer(seal, func(pr *Printer) {
		pr.Say("release.verified", judging.Args{
			"File": seal.File, "Comment": seal.Comment, "Sum": seal.SHA256, "Key": seal.Key,
		})
	})
}
