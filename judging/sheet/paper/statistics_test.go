package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
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
	bars(t, first)
}

// bars wants every chart to begin at nought: programs choose another beginning where values are close, and 48 looks
// like half of 52.
func bars(t *testing.T, book []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/charts/chart") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if charts++; err != nil || !bytes.Contains(text, []byte(`min val="0"`)) {
			t.Errorf("%s does not begin at nought: %v", f.Name, err)
		}
	}
	if charts == 0 {
		t.Error("no charts")
	}
}
