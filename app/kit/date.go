package kit

import (
	"fmt"
	"time"
)

// Date writes a day, given as 2006-01-02, as the language does: 2020年5月12日 or 2020-05-12. What is no day comes back
// as it is.
func Date(t Texter, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.T("kit.date", DateArgs(at))
}

// DateTime writes a day as the language does, 2020年5月12日 or 2020-05-12, and its time to the minute. The zero time
// is "".
func DateTime(t Texter, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	args := DateArgs(at)
	args["Clock"] = at.Format("15:04")
	return t.T("kit.date_time", args)
}

// DateArgs are the arguments of the texts that write a day.
func DateArgs(at time.Time) map[string]any {
	return map[string]any{
		"Year":   at.Year(),
		"Month":  int(at.Month()),
		"Day":    at.Day(),
		"Month2": fmt.Sprintf("%02d", at.Month()),
		"Day2":   fmt.Sprintf("%02d", at.Day()),
	}
}
