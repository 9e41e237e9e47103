package celltext

import (
	"fayi/judging"
)

// Choices as columns: 作品类别 over 书法, 绘画, 摄影; 作品类别:书法; or 书法 alone; with a mark in one of them.

// IsTick reports whether a cell says that its column is chosen.
func IsTick(s string) bool {
	switch judging.Fold(s) {
	case "√", "✓", "✔", "v", "1", "是", "○", "●", "☑", "■", "*", "y", "yes", "true", "对":
		return true
	}
	return false
}

// IsUntick reports whether a cell says that its column is not chosen.
func IsUntick(s string) bool {
	switch judging.Fold(s) {
	case "0", "否", "×", "x", "✗", "✘", "□", "☐", "n", "no", "false":
		return true
	}
	return IsEmpty(s)
}

// IsMark reports whether a cell says that its column is chosen, or is not.
func IsMark(s string) bool { return IsTick(s) || IsUntick(s) }
