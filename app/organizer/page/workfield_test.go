package page_test

import (
	"strings"
	"testing"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestAWorkFieldSaysWhichWorkIsMeant(t *testing.T) {
	text := pagetest.Chinese(t)
	f := page.NewWorkField(text, "作品编号", "如 SF-0132", true, []judging.Work{
		{ID: "w000001", Code: "SF-7294", Title: "条幅", Authors: []string{"赵四"}, Unit: "松林镇"},
		{ID: "w000002", Code: "SF-4656", Title: "公正"},
	})
	shown := func() string { return strings.Join(kittest.Texts(f.Line), "|") }
	for typed, want := range map[string]judging.WorkID{
		"SF-7294": "w000001", " sf7294 ": "w000001", "ＳＦ－７２９４": "w000001", "w000002": "w000002", "SF 4656": "w000002",
		"SF-9999": "", "": "", "SF": "",
	} {
		f.Line.Entry().SetText(typed)
		if want == "" {
			if got := f.Work(); got != strings.TrimSpace(typed) || strings.Contains(shown(), "条幅") {
				t.Errorf("%q: %q, shown %q", typed, got, shown())
			}
			continue
		}
		title := map[judging.WorkID]string{"w000001": "SF-7294《条幅》、赵四、松林镇", "w000002": "SF-4656《公正》"}[want]
		if got := f.Work(); got != string(want) || !strings.Contains(shown(), title) {
			t.Errorf("%q: %q, shown %q", typed, got, shown())
		}
	}
	f.Line.Entry().SetText("SF-7294")
	f.Line.Entry().SetText("")
	if f.Line.Valid() || f.Line.Wrong() == "" || strings.Contains(shown(), "条幅") {
		t.Errorf("empty: %q", shown())
	}
}
