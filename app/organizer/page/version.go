package page

import (
	"fayi/app/kit"
	"fayi/judging"
)

// Version tells the program's version, and plainly so if it is no release.
func Version(t kit.Texter) string {
	text, release := judging.Version()
	if release {
		return text
	}
	return t.T("shell.unreleased", judging.Args{"Version": text})
}
