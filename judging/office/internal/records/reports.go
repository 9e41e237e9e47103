package records

import (
	"fayi/judging"
)

// FileName makes text fit to name a file on any system.
func FileName(s string) string { return judging.LegalName(s, "") }
