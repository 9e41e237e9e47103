package day

import (
	"slices"
	"time"

	"fayi/judging"
)

// Last returns the last of days working days from the day from, which counts itself when it is one. Saturdays,
// Sundays and holidays do not count; weekend days in workdays are. Errors: Invalid for a day that is not valid, or
// days below 1 or above 60.
func Last(from string, days int, holidays, workdays []string) (string, error) {
	for _, day := range slices.Concat([]string{from}, holidays, workdays) {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return "", judging.Fail(judging.Invalid, "notice.bad_day", judging.Args{"Day": day}).Because(err)
		}
	}
	if days < 1 || days > 60 {
		return "", judging.Fail(judging.Invalid, "notice.bad_days", judging.Args{"Days": days})
	}
	at, _ := time.Parse(time.DateOnly, from) // checked above
	for left := days; ; at = at.AddDate(0, 0, 1) {
		day := at.Format(time.DateOnly)
		rest := at.Weekday() == time.Saturday || at.Weekday() == time.Sunday
		if slices.Contains(workdays, day) || !rest && !slices.Contains(holidays, day) {
			left--
		}
		if left == 0 {
			return day, nil
		}
		if at.Year() > 9000 {
			return "", judging.Fail(judging.Invalid, "notice.bad_days", judging.Args{"Days": days})
		}
	}
}
