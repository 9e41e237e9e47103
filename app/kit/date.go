package kit

import (
	"fmt"
	"time"
)

// DateTime writes a day as the language does, 2020年5月12日 or 2020-05-12, and its time to the minute. The zero time is "".
func DateTime(t Texter, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.T("kit.date_time", map[string]any{
		"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day(),
		"Month2": fmt.Sprintf("%02d", at.Month()), "Day2": fmt.Sprintf("%02d", at.Day()), "Clock": at.Format("15:04"),
	})
}
