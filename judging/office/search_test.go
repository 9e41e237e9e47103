package office_test

import (
	"fmt"
	"testing"

	"fayi/judging/office"
)

func TestAnythingIsFoundByAnyOfItsWords(t *testing.T) {
	o := published(t, 12)
	f, err := o.Finder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"法治之光7":     "work w000007",
		"甲某7":       "work w000007",
		"fzzg 甲某12": "work w000012",
		"评委b":       "judge j002",
		"pw 示例协会2":  "judge j003",
		"示例第3小学":    "work w000003",
		"ｊ００４":      "judge j004",
	} {
		hits, total := f.Find(query, 1)
		if len(hits) != 1 || total < 1 || fmt.Sprintf("%s %s", hits[0].Kind, hits[0].ID) != want {
			t.Errorf("%s: %v of %d, want %s", query, hits, total, want)
		}
	}
	if hits, total := f.Find("  ", 5); hits != nil || total != 0 {
		t.Error("nothing finds something")
	}
	if hits, total := f.Find("法治之光", 5); len(hits) != 5 || total != 12 {
		t.Errorf("%d of %d", len(hits), total)
	}
	if hits, _ := f.Find("示例第3小学", 20); hits[len(hits)-1].Kind != office.HitUnit {
		t.Error("the unit itself is not found")
	}
}
