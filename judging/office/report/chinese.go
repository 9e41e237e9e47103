package report

import (
	"fmt"
)

// chineseNumber writes n, 1-99, as it stands in 第一批; others in digits.
func chineseNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	if n < 1 || n > 99 {
		return fmt.Sprint(n)
	}
	tens, ones := n/10, n%10
	switch tens {
	case 0:
		return digits[ones]
	case 1:
		return "十" + digits[ones]
	}
	return digits[tens] + "十" + digits[ones]
}
