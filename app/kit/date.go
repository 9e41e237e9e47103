package kit

import (
	"fmt"
	"time"
)

// Date writes a day as the language does: 2020年5月12日, 2020-05-12. The zero time is "".
func Date(t Texter, day time.Time) string { return dated(t, "kit.date", day) }

// DateTime writes a day and its time to the minute.
func DateTime(t Texter, at time.Time) string { return dated(t, "kit.date_time", at) }

func dated(t Texter, key string, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.T(key, map[string]any{
		"Year": at.Year(), "Month": int(at.Month()), "Day": at.Day(),
		"Month2": fmt.Sprintf("%02d", at.Month()), "Day2": fmt.Sprintf("%02d", at.Day()), "Clock": at.Format("15:04"),
	})
}
