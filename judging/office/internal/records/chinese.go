package records

import (
	"fmt"
	"time"
)

// ChineseDate writes a day as papers do: 2020年5月12日.
func ChineseDate(t time.Time) string {
	return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
}
