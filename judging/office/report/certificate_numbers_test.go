package report

import (
	"fmt"
	"testing"

	"fayi/judging/office/internal/records"
)

func TestNumbersOfCertificatesAreToldAsTheyAre(t *testing.T) {
	of := func(year int, seqs ...int) (out []records.Certificate) {
		for _, s := range seqs {
			out = append(out, records.Certificate{Seq: s, Number: fmt.Sprintf("〔%d〕第%04d号", year, s)})
		}
		return out
	}
	for want, list := range map[string][]records.Certificate{
		"":                       nil,
		"〔2020〕第0003号":           of(2020, 3),
		"〔2020〕第0003、0005–0009号": of(2020, 9, 7, 8, 3, 5, 6),
		"〔2020〕第0001–0002、0004号": of(2020, 4, 1, 2),
		"〔2020〕第0001号、〔2021〕第0002号":      append(of(2020, 1), of(2021, 2)...),
		"〔2020〕第0007号、〔2021〕第0009–0010号": append(of(2021, 10, 9), of(2020, 7)...),
		"〔2020〕第9999–10000号":             of(2020, 9999, 10000),
	} {
		if got := numberRanges(list, "、"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
