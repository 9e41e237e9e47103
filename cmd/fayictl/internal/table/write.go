package table

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// number writes v for a program: nine figures, which is more than any score holds.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }

func writeStandings(w io.Writer, all []standJSON) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"work", "score", "se", "rank", "rank_lo",
		"rank_hi"}) // the first error sticks and is returned by Error
	for _, s := range all {
		if s.Score == nil {
			_ = out.Write([]string{plainCell(s.Work), "", "", "", "", ""})
			continue
		}
		_ = out.Write([]string{plainCell(s.Work), number(*s.Score), number(s.SE), strconv.Itoa(s.Rank),
			strconv.Itoa(s.RankLo), strconv.Itoa(s.RankHi)})
	}
	out.Flush()
	return out.Error()
}

func writeJudges(w io.Writer, all []severityJSON) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"judge", "severity", "scale", "noise", "reliability", "n"})
	for _, j := range all {
		_ = out.Write([]string{plainCell(j.Judge), number(j.Severity), number(j.Scale), number(j.Noise),
			number(j.Reliability), strconv.Itoa(j.N)})
	}
	out.Flush()
	return out.Error()
}

// plainCell keeps a spreadsheet program from taking a name for a formula.
func plainCell(s string) string {
	if s != "" && slices.Contains([]byte("=+-@"), s[0]) {
		if _, err := strconv.ParseFloat(s, 64); err != nil {
			return "'" + s
		}
	}
	return s
}
