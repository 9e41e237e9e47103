package report

import (
	"cmp"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
)

// numberRanges tells the numbers of certificates as people write them: those in a row as "0005–0009", what stands
// before and after a number said once. "〔2020〕第0003、0005–0009号".
func numberRanges(list []records.Certificate, comma string) string {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b records.Certificate) int {
		return cmp.Compare(a.Seq, b.Seq)
	})
	var out strings.Builder
	head, tail := "", "" // of the group at hand
	for i := 0; i < len(sorted); {
		from := sorted[i]
		before, digits, after := cutNumber(from)
		to := i
		for to+1 < len(sorted) && sorted[to+1].Seq <= sorted[to].Seq+1 && sameForm(sorted[to+1], before, after) {
			to++
		}
		switch {
		case i == 0:
			out.WriteString(before)
		case before == head && after == tail:
			out.WriteString(comma)
		default:
			out.WriteString(tail + comma + before)
		}
		head, tail = before, after
		out.WriteString(digits)
		if sorted[to].Seq > from.Seq {
			_, last, _ := cutNumber(sorted[to])
			out.WriteString("–" + last)
		}
		i = to + 1
	}
	return out.String() + tail
}

// cutNumber parts a certificate's number into its running number and what stands around it; one without it is all
// running number.
func cutNumber(c records.Certificate) (before, digits, after string) {
	digits = judging.Serial("", 4, c.Seq)
	i := strings.LastIndex(c.Number, digits)
	if i < 0 {
		return "", c.Number, ""
	}
	return c.Number[:i], digits, c.Number[i+len(digits):]
}

func sameForm(c records.Certificate, before, after string) bool {
	b, _, a := cutNumber(c)
	return b == before && a == after
}
