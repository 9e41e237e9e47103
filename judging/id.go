package judging

import (
	"fmt"

	"fayi/judging/text"
)

// Identities are short, unique within one contest, never reused, and say nothing of the person behind them.
type (
	ContestID string // 16 hex digits, drawn at random
	WorkID    string // "w000001"
	JudgeID   string // "j001"
	IntakeID  string // "i001"
	PlanID    string // "p001"
)

// Serial formats the n-th identity of a kind: prefix and n, padded with zeros to width digits.
func Serial(prefix string, width, n int) string { return fmt.Sprintf("%s%0*d", prefix, width, n) }

// Round counts from 1: 1 初评, 2 复评, 3 终评.
type Round int

// Fold brings text to the form in which names and headers are compared, see text.Fold.
func Fold(s string) string { return text.Fold(s) }

// Tidy cleans a value for keeping, see text.Tidy.
func Tidy(s string) string { return text.Tidy(s) }
