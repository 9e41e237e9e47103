package celltext

import (
	"regexp"
	"strings"

	"fayi/judging"
)

var workCode = regexp.MustCompile(`^([A-Z]{1,4})[-–—−_]?(\d{4,9})$`)

// OwnCode reads the code of a work, in any width, case and dash; "" where there is none.
func OwnCode(text string) judging.WorkCode {
	m := workCode.FindStringSubmatch(strings.ToUpper(judging.Fold(text)))
	if m == nil {
		return ""
	}
	return judging.WorkCode(m[1] + "-" + m[2])
}
