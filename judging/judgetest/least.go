package judgetest

import "regexp"

var least = regexp.MustCompile(`(?m)^min_score = .*\n`)

// WithoutLeast takes the least scores of awards out of a rule file: they are made for marks, and rounds without marks
// can't reach them.
func WithoutLeast(file []byte) string { return least.ReplaceAllString(string(file), "") }
