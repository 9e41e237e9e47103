package paper

import (
	"bytes"
	"testing"
)

func TestStatisticsAreTheSameBytesEachTime(t *testing.T) {
	tables := []StatTable{{By: "category", Awards: []string{"一等奖"}}, {By: "group"}, {By: "unit"}}
	for i := range tables {
		for _, n := range []string{"甲", "乙", "丙"} {
			awards := make([]int, len(tables[i].Awards))
			tables[i].Rows = append(tables[i].Rows, StatRow{Name: n, Works: 3, Accepted: 2, Awards: awards})
		}
	}
	words := func(key string, _ map[string]any) string { return key }
	var first []byte
	for range 30 {
		var b bytes.Buffer
		if err := WriteStatistics(&b, "t", tables, words); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("the same statistics gave other bytes")
		}
	}
}
