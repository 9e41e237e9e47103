package celltext

import (
	"strings"

	"fayi/judging"
)

// emptyWords are what people write into a cell to say that there is nothing.
var emptyWords = WordSet("- -- --- — —— － / // \\ 无 暂无 没有 空 无此项 不详 n/a na null none nil nan (无) (空) (跳过) 、 . 。 * ? 无。")

// IsBlankText reports whether text shows nothing.
func IsBlankText(text string) bool { return strings.TrimLeftFunc(text, isBlank) == "" }

// IsEmpty reports whether text says that there is nothing.
func IsEmpty(text string) bool {
	if len(text) >= 16 {
		return IsBlankText(text)
	}
	folded := judging.Fold(text)
	return folded == "" || emptyWords[folded]
}
